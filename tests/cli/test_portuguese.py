"""`--lang pt`: the words in cells are Portuguese, and the names that it shows are taken as well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import invoicexpress_cli.commands
import pytest
from invoicexpress import DocumentStatus, DocumentType, reference_data
from invoicexpress.saft_file import FindingKind
from invoicexpress_billing import State, Step
from invoicexpress_cli.commands.sequences import TYPES as SERIE_TYPES
from invoicexpress_cli.naming import KINDS, kind_named
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


def test_every_question_is_in_portuguese() -> None:
    folder = Path(invoicexpress_cli.commands.__path__[0])
    sources = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    templates = {each for each in re.findall(r'"([a-zé ]+\{[^"]+)"', sources) if " {" in each}
    known = {each for each in templates if text(each, Language.PT) != each}
    assert len(known) == 12
    for each in known:
        assert set(re.findall(r"{(\w+)}", text(each, Language.PT))) <= set(re.findall(r"{(\w+)}", each))
