"""Options of a new document: the client's tax number and address, and lines without a tax."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from invoicexpress import known
from invoicexpress_emulator.control_client import DocumentInfo

from .shop import LINE, Shop

NIF, OTHER = "508025338", "501442600"


def issue(shop: Shop, *options: str, code: int = 0, command: str = "issue") -> str:
    """Runs it; returns what it says."""
    beyond = ("--expect-total", "123.00", "--yes") if command == "issue" else ()
    return shop.run(command, "invoice", "--item", LINE, *beyond, *options, code=code).err


def clients(shop: Shop) -> dict[str, tuple[str | None, str | None]]:
    """Tax number and e-mail of each client, by name."""
    with shop.account.client() as ix:
        return {
            each.name: (known(each.fiscal_id, None) or None, known(each.email, None) or None)
            for each in (ix.clients.find_by_name(entry.name) for entry in ix.clients.list())
            if each is not None
        }


def issued(shop: Shop) -> list[DocumentInfo]:
    """The legal documents; a refused number leaves a draft."""
    return [each for each in shop.books().values() if each.status != "draft"]


@pytest.mark.parametrize("command", ["issue", "create"])
@pytest.mark.parametrize("written", [NIF, "PT 508.025.338"])
def test_a_new_client_with_tax_number_and_address(shop: Shop, command: str, written: str) -> None:
    issue(
        shop, "--client", "Rui", "--client-nif", written, "--client-email", "rui@example.pt", command=command
    )
    assert clients(shop) == {"Rui": (NIF, "rui@example.pt")}
    assert len(shop.books()) == 1


def test_a_known_client_keeps_its_number(shop: Shop) -> None:
    """The service would ignore the number, and issue to the client's own one or to the final consumer."""
    issue(shop, "--client", "Rui", "--client-code", "R1", "--client-nif", NIF)
    issue(shop, "--client", "Ana", "--client-code", "A1")
    file = shop.shell.folder / "rui.json"
    file.write_text(json.dumps({"client": {"name": "Rui", "code": "R1", "fiscal_id": OTHER}}))
    for options in (
        ("--client", "Rui", "--client-nif", OTHER),
        ("--client-code", "R1", "--client-nif", OTHER),
        ("--client-code", "R1", "--client-email", "other@example.pt"),
        ("--client", "Ana", "--client-nif", NIF),
        ("--from", "rui.json"),
        ("--from", "rui.json", "--client-email", "other@example.pt"),
    ):
        for command in ("issue", "create"):
            said = issue(shop, *options, code=4, command=command)
            assert "invoice.client." in said
            assert "`invoicexpress clients update " in said
    assert len(issued(shop)) == 2
    # The same number is no contradiction, and an option goes before the file.
    issue(shop, "--client-code", "R1", "--client-nif", f"PT{NIF}")
    issue(shop, "--from", "rui.json", "--client-nif", NIF)
    assert [each.client for each in issued(shop)].count("Rui") == 3


def test_a_file_with_a_client_and_another_one_beside_it(one_shop: Shop) -> None:
    """The file's tax number would be lost without a word."""
    file = one_shop.shell.folder / "rui.json"
    file.write_text(json.dumps({"client": {"name": "Rui", "fiscal_id": NIF}}))
    for option in ("--client", "--client-code"):
        assert "two clients" in issue(one_shop, "--from", "rui.json", option, "Rui", code=2)
    assert one_shop.books() == {}


def test_the_remedy_for_a_known_client(shop: Shop) -> None:
    """The command that the refusal names sets the number, and the document then goes to it."""
    issue(shop, "--client", "Ana", "--client-code", "A1")
    said = issue(shop, "--client-code", "A1", "--client-nif", NIF, code=4)
    remedy = re.search(r"`invoicexpress (clients update \d+ --nif NIF)`", said)
    assert remedy is not None
    shop.run(*remedy[1].replace("NIF", NIF).split(), "--yes")
    assert clients(shop) == {"Ana": (NIF, None)}
    issue(shop, "--client-code", "A1", "--client-nif", NIF)
    assert len(issued(shop)) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--client-nif", NIF), "of which client?"),
        (("--client-email", "a@example.pt"), "of which client?"),
        (("--client", "Rui", "--client-nif", "508025339"), "not a Portuguese tax number"),
        (("--client", "Rui", "--client-nif", "DE123456789"), "`country` in --from"),
    ],
)
def test_usage(one_shop: Shop, options: tuple[str, ...], said: str) -> None:
    assert said in issue(one_shop, *options, code=2)
    assert (one_shop.books(), clients(one_shop)) == ({}, {})


def test_a_number_from_abroad(shop: Shop) -> None:
    file = shop.shell.folder / "client.json"
    file.write_text(json.dumps({"client": {"name": "Max", "country": "Germany"}}))
    issue(shop, "--from", "client.json", "--client-nif", "DE123456789", command="create")
    assert clients(shop)["Max"][0] == "DE123456789"


def test_a_line_without_a_tax(shop: Shop) -> None:
    """The command says which tax it gets, before it asks, and says nothing where each line has one."""
    options = ("--client", "Ana", "--item", "Caneca;1;8.13", "--item", "Livro;1;10;IVA6")
    asked = shop.run("issue", "invoice", *options, "--expect-total", "20.60", code=4).err
    assert "Without a tax of their own: Caneca. The account's default applies: IVA23 (23 %)." in asked
    assert asked.index("Caneca") < asked.index("needs a yes")
    assert shop.books() == {}
    made = shop.run("create", "invoice", *options, "--json")
    assert "Caneca. The account's default applies: IVA23 (23 %)." in made.err
    assert Decimal(made.json["total"]) == Decimal("20.60")
    with shop.account.client() as ix:
        ix.taxes.create(name="Intermedia", value=Decimal(13), region="PT", code="INT", default_tax=True)
    now = shop.run("create", "invoice", *options, "--json")
    assert "Intermedia (13 %)" in now.err
    assert Decimal(now.json["total"]) == Decimal("19.79")
    assert "Without a tax" not in issue(shop, "--client", "Ana")


GROSS = (
    "--client",
    "Ana",
    "--item",
    "Caneca;1;9.99;IVA23",
    "--item",
    "Prato;3;3,33",
    "--item",
    "Livro;2;10.60;IVA6",
)


@pytest.mark.parametrize("name", ["--prices-with-vat", "--gross"])
def test_prices_with_vat(shop: Shop, name: str) -> None:
    """The document comes to the shop's total: 9.99 and 3 at 3.33 at 23 %, and 2 at 10.60 at 6 %."""
    made = shop.run("create", "invoice", *GROSS, name, "--json").json
    assert made["total"] == "41.18"
    said = shop.run("issue", "invoice", *GROSS, name, "--expect-total", "41.18", code=4).err
    assert {"Caneca 1 8.122 IVA23 (23 %)", "Livro 2 10.00 IVA6 (6 %)"} <= {
        " ".join(line.split()) for line in said.splitlines()
    }
    shop.run("issue", "invoice", *GROSS, name, "--expect-total", "41.18", "--yes")
    assert sorted(each.status for each in shop.books().values()) == ["draft", "final"]
    # Without the option they are prices without VAT.
    assert shop.run("create", "invoice", *GROSS, "--json").json["total"] == "47.05"


def test_a_price_with_vat_that_no_one_line_gives(shop: Shop) -> None:
    line = ("--client", "Ana", "--item", "Caneca;100;9.99;IVA23", "--gross")
    asked = shop.run("issue", "invoice", *line, "--expect-total", "999.00", code=4).err
    assert {"Caneca 49 8.1219 IVA23 (23 %)", "Caneca 51 8.122 IVA23 (23 %)"} <= {
        " ".join(each.split()) for each in asked.splitlines()
    }
    made = shop.run("issue", "invoice", *line, "--expect-total", "999.00", "--yes")
    assert "Caneca: two lines, since no price of four decimals makes 100 at 9.99 exact." in made.err
    assert [each.total for each in shop.books().values()] == [Decimal("999.00")]


def test_prices_with_vat_that_cannot_be(one_shop: Shop) -> None:
    for line, code, said in (
        (("--item", "A;1;9.999;IVA23"), 2, "expected an amount of two decimals"),
        (("--item", "A;1;9.99;IVA32"), 4, "no tax IVA32 (did you mean IVA23?)"),
        (("--from", "x.json"), 2, "of which lines?"),
    ):
        assert said in one_shop.run("create", "invoice", "--client", "Ana", "--gross", *line, code=code).err
    assert one_shop.books() == {}
