"""`--lang pt`: the words in cells are Portuguese, and the names that it shows are taken as well."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import invoicexpress_cli.commands
import pytest
from invoicexpress import DocumentStatus, DocumentType, reference_data
from invoicexpress.saft_file import FindingKind
from invoicexpress_billing import State, Step
from invoicexpress_cli.commands.sequences import TYPES as SERIE_TYPES
from invoicexpress_cli.naming import KINDS, kind_named
from invoicexpress_cli.session import Session
from invoicexpress_cli.texts import DOCUMENTS, Language, term, text

from .shop import LINE, Shop


def literals(kind: Any) -> list[str]:
    """The texts of a literal type, also within a union with `str`."""
    return [str(each) for part in get_args(kind) for each in (get_args(part) or (part,)) if part is not str]


@pytest.mark.parametrize(
    "words",
    [
        literals(DocumentType),
        literals(DocumentStatus),
        literals(FindingKind),
        [*State],
        [*Step],
        SERIE_TYPES,
        [each.meaning for each in reference_data.payment_mechanisms().values()],
    ],
    ids=["types", "statuses", "findings", "states", "steps", "séries", "mechanisms"],
)
def test_every_word_is_in_portuguese(words: Iterable[str]) -> None:
    found = {str(each): term(str(each), Language.PT) for each in words}
    assert found
    assert [each for each, portuguese in found.items() if each == portuguese] == []
    assert {each: term(each, Language.EN) for each in found} == {each: each for each in found}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_type_is_taken_by_its_portuguese_name(kind: Any) -> None:
    title = DOCUMENTS[kind.type]
    assert {kind_named(title), kind_named(title.lower().replace(" ", "-"))} == {kind}


def test_a_table(one_shop: Shop) -> None:
    draft, issued = one_shop.draft(), one_shop.issued()
    one_shop.run("settle", str(issued.id), "--yes")
    lines = one_shop.run("list", "--lang", "pt").table
    settled, waiting = (next(line for line in lines if str(each.id) in line) for each in (issued, draft))
    assert settled.split()[:6] == [*one_shop.number(issued).split(), str(issued.id), "Fatura", "pago",
                                   str(issued.date)]  # fmt: skip
    named = f"Fatura {draft.id}"
    assert waiting.startswith(named)
    assert "rascunho" in waiting
    assert one_shop.run("show", named, "--json").json["id"] == draft.id
    one_shop.run("show", f"Recibo {draft.id}", code=4)
    # Programs read the same in both languages.
    for form in ("--json", "--csv"):
        assert one_shop.run("list", "--lang", "pt", form).out == one_shop.run("list", form).out
    assert "Invoice " in one_shop.run("list", "--lang", "en").out


def test_doctor(one_shop: Shop) -> None:
    out = one_shop.run("doctor", "--lang", "pt").out
    for word in ("conta", "chave", "relógio", "bem"):
        assert word in out.split()


def test_questions(one_shop: Shop) -> None:
    """What is about to be done is in Portuguese, as what is asked; names stay as they are."""
    issued, draft = one_shop.issued(name="final"), one_shop.draft(code="C2")
    number = one_shop.number(issued)
    new = ("--client", "final", "--item", LINE, "--expect-total", "123.00")
    for arguments, asked in (
        (("finalize", str(draft.id)), f"Finalizar Fatura {draft.id} - "),
        (("settle", number), f"Marcar como pago: {number} - "),
        (("cancel", number, "--message", "x"), f"Anular {number} - "),
        (("delete", str(draft.id)), f"Apagar Fatura {draft.id} - "),
        (("credit", number), f"Emitir a nota de crédito de {number} - "),
        (("pay", number, "23"), f"Registar um pagamento de 23,00 de {number} - "),
        (("email", number, "--to", "a@example.pt"), f"Enviar {number} para a@example.pt - "),
        (
            ("issue", "simplified_invoice", *new),
            "Emitir um documento novo (Fatura simplificada) de 123,00 - ",
        ),
        (("treasury", "move", "final", "5"), "Registar um pagamento de 5,00 de final - "),
    ):
        ended = one_shop.run(*arguments, "--lang", "pt", code=4)
        assert asked in ended.err
    assert {each.status for each in one_shop.books().values()} == {"final", "draft"}


def templates() -> set[str]:
    """What commands ask and remark: texts with names in braces, and those of `tell` without any."""
    found: set[str] = set()
    for path in Path(invoicexpress_cli.commands.__path__[0]).glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        parts = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                found |= {node.value} if re.search(r"(?<![{(])\{[a-z]+\}", node.value) else set()
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "tell":
                assert isinstance(node.args[0], ast.Constant)
                found.add(str(node.args[0].value))
    return found


def test_every_question_and_remark_is_in_portuguese() -> None:
    known = templates()
    assert len(known) > 40
    assert {each for each in known if text(each, Language.PT) == each} == set()
    for each in known:
        assert set(re.findall(r"{(\w+)}", text(each, Language.PT))) == set(re.findall(r"{(\w+)}", each))


def test_remarks(one_shop: Shop) -> None:
    for name in ("A", "B"):
        one_shop.draft(code=name, name=name)
    draft = one_shop.draft()
    said = one_shop.run("list", "--limit", "1", "--lang", "pt").err
    assert "os 1 mais recentes de 3 documentos" in said
    assert "--since e --month mostram outros." in one_shop.run("list", "--lang", "pt").err
    assert (
        "1 de 3 clientes; --limit 0 mostra todos"
        in one_shop.run("clients", "list", "--limit", "1", "--lang", "pt").err
    )
    deleted = one_shop.run("delete", str(draft.id), "--yes", "--lang", "pt").err
    assert deleted == f"Fatura {draft.id}: apagado\n"
    session = Session(chosen_language=Language.PT)
    withheld = "Clients withhold {amount} (retention), which is not deducted."
    assert session.asked(withheld, amount=Decimal("1234.5")).startswith("Os clientes retêm 1\u202f234,50 ")
