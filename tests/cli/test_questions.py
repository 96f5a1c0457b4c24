"""What a question shows before something that cannot be undone, in both profiles and both languages."""

from __future__ import annotations

import re

import pytest

from .shop import LINE, Shop

NIF = "508025338"


def asked(shop: Shop, *arguments: str, lang: str = "en") -> list[str]:
    """The lines of a question that no terminal answers; nothing is done."""
    before = {each.id: each.status for each in shop.books().values()}
    said = shop.run(*arguments, "--lang", lang, code=4).err
    assert {each.id: each.status for each in shop.books().values()} == before
    return [" ".join(line.split()) for line in said.splitlines()]


def issue(*more: str) -> tuple[str, ...]:
    """An invoice of 153.50, with a line whose tax is the account's default."""
    lines = ("--item", LINE, "--item", "Livro;1,5;10;IVA6", "--item", "Caneca;1;11.8293")
    return ("issue", "invoice", *lines, "--expect-total", "153.45", *more)


def test_an_issue_in_english(shop: Shop) -> None:
    shop.run("clients", "create", "Ana Lda", "--code", "A1", "--nif", NIF)
    said = asked(shop, *issue("--client-code", "A1", "--due-date", "2099-12-31", "--serie", "DEMO"))
    place = f"{shop.account.name} at {shop.account.base_url}"
    assert f"Issue a new invoice of 153.45 - {place}." in said
    for line in (
        "Type Invoice", "Client Ana Lda", f"Fiscal ID {NIF}", "Due 2099-12-31", "Série DEMO", "Total 153.45",
        "Design 2 50.00 IVA23 (23 %)", "Livro 1.5 10.00 IVA6 (6 %)", "Caneca 1 11.8293 IVA23 (23 %)",
    ):  # fmt: skip
        assert line in said


def test_an_issue_in_portuguese(shop: Shop) -> None:
    """All of it is Portuguese, and amounts are as in tables."""
    said = asked(shop, *issue("--client", "Rui", "--client-nif", NIF), lang="pt")
    place = f"{shop.account.name} em {shop.account.base_url}"
    assert f"Emitir um documento novo (Fatura) de 153,45 - {place}." in said
    for line in (
        "Tipo Fatura", "Cliente Rui (cliente novo)", f"NIF {NIF}", "Total 153,45",
        "Nome Quantidade Preço Imposto",
        "Design 2 50,00 IVA23 (23 %)", "Livro 1,5 10,00 IVA6 (6 %)", "Caneca 1 11,8293 IVA23 (23 %)",
        "Sem imposto próprio: Caneca. Aplica-se o imposto por omissão da conta: IVA23 (23 %).",
    ):  # fmt: skip
        assert line in said
    assert "NIF nenhum: consumidor final" in asked(shop, *issue("--client", "Rui"), lang="pt")
    english = re.compile(r"\b(the|of|at|and|tax|client|total of)\b")
    assert [line for line in said if english.search(line)] == []


def test_questions_about_a_document(shop: Shop) -> None:
    """Each shows the client's tax number, and the lines that it is about."""
    shop.run("clients", "create", "Ana", "--code", "C1", "--nif", NIF)
    new = ("issue", "invoice", "--client-code", "C1", "--expect-total", "133.60", "--yes", "--json")
    issued = shop.run(*new, "--item", LINE, "--item", "Livro;1;10;IVA6").json
    number = shop.books()[issued["id"]].number
    assert number is not None
    reason = ("--reason", "Devolução")
    for arguments in (
        ("settle", number),
        ("pay", number, "10", "--mechanism", "MB", "--date", "2026-11-01"),
        ("cancel", number, *reason),
        ("credit", number, *reason),
        ("credit", number, *reason, "--line", "2"),
        ("email", number, "--to", "a@example.pt"),
    ):
        said = asked(shop, *arguments)
        assert {f"Fiscal ID {NIF}", "Total 133.60", "Client Ana"} <= set(said), arguments
        is_all = "--line" not in arguments
        assert any(re.match("Design 2(.00)? 50.00 IVA23", line) for line in said) is is_all
        assert any(re.match("Livro 1(.00)? 10.00 IVA6", line) for line in said)
        if arguments[0] == "credit":
            assert f"Total of the note {'133.60' if is_all else '10.60'}" in said
        if "--reason" in arguments:
            assert "Reason Devolução" in said
        if arguments[0] == "pay":
            assert {"Paid by MB", "Paid on 2026-11-01"} <= set(said)
    assert "Fiscal ID 508025338" in asked(shop, "treasury", "move", "Ana", "5")


def test_a_key_is_said_once_something_is_sent(one_shop: Shop) -> None:
    """Before, an interruption leaves nothing to repeat."""
    new = issue("--client", "Ana")
    assert not any("Key" in line for line in asked(one_shop, *new))
    assert "Key" not in one_shop.run(*new, "--serie", "NONE", "--yes", code=4).err
    assert one_shop.run(*new, "--yes").err.count("Key: cli-") == 1
    number = one_shop.number(one_shop.issued())
    assert not any("Key" in line for line in asked(one_shop, "credit", number))
    assert one_shop.run("credit", number, "--yes", "--lang", "pt").err.count("Chave: cli-") == 1


@pytest.mark.parametrize("name", ["--reason", "--message"])
def test_the_reason_of_a_cancellation(shop: Shop, name: str) -> None:
    number = shop.number(shop.issued())
    shop.run("cancel", number, "--yes", code=2)
    assert shop.run("cancel", number, name, "Engano", "--yes", "--json").json["status"] == "canceled"


def test_the_reason_of_a_note(shop: Shop) -> None:
    number = shop.number(shop.issued())
    made = ("credit", number, "--reason", "Devolução de um artigo", "--key", "r-1", "--yes", "--json")
    note = shop.run(*made).json
    assert note["observations"] == "Devolução de um artigo"
    assert shop.run(*made).json["id"] == note["id"]
    assert len([each for each in shop.books().values() if each.type == "CreditNote"]) == 1
