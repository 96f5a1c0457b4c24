"""A document takes the série id of its type's row."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import AmbiguousResultError, InputError, KeyReusedError, Sequence
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, INVOICE, RECEIPT, DocumentTypeRow
from invoicexpress.quirks.sequence_rows import row_id

from tests.unit.conftest import Answer, Run, Service, document_json, echo, line_json, sequence_json

FIELDS: dict[str, Any] = {
    "date": datetime.date(2026, 11, 21),
    "client": {"name": "Ana"},
    "items": [{"name": "Café", "unit_price": Decimal(1), "quantity": Decimal(1)}],
}
ROWS = {f"current_{row.root}_sequence_id": 100 + place for place, row in enumerate(DOCUMENT_TYPES)}
SERIE = Sequence.from_dict(sequence_json(id=6, serie="A", **ROWS))


@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_each_type_takes_the_id_of_its_own_row(row: DocumentTypeRow) -> None:
    """This includes rows of types that the vendor has dropped and the contract lacks."""
    assert row_id(SERIE, row) == ROWS[f"current_{row.root}_sequence_id"]


@pytest.mark.parametrize("missing", [{}, {"current_receipt_sequence_id": None}])
def test_a_row_that_is_not_there_is_refused(missing: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="the série '2026' has no row for receipts"):
        row_id(Sequence.from_dict(sequence_json(**missing)), RECEIPT)


def test_the_id_of_a_serie_is_that_of_its_row_for_invoices() -> None:
    assert row_id(Sequence.from_dict({"id": 6, "serie": "A"}), INVOICE) == 6


@pytest.mark.parametrize("segment", ["invoices", "credit_notes", "quotes", "purchase_orders"])
@pytest.mark.parametrize("method", ["create", "update"])
@pytest.mark.parametrize("by_name", [True, False])
def test_a_serie_or_its_name_gives_the_id(
    service: Service, run: Run, segment: str, method: str, by_name: bool
) -> None:
    root = segment.removesuffix("s")
    listed = [sequence_json(serie="B"), sequence_json(id=6, serie="A", **ROWS)]
    service.will(
        *[Answer(body={"sequences": listed})] * by_name,
        echo(root, 201 if method == "create" else 200),
    )
    args = (7,) if method == "update" else ()
    given = "A" if by_name else SERIE
    run(service, lambda ix: getattr(getattr(ix, segment), method)(*args, sequence=given, **FIELDS))
    assert [sent.path for sent in service.sent[:-1]] == ["/sequences.json"] * by_name
    assert service.sent[-1].body[root]["sequence_id"] == ROWS[f"current_{root}_sequence_id"]
    assert "sequence" not in service.sent[-1].body[root]


def test_a_name_that_no_serie_has_says_which_there_are(service: Service, run: Run) -> None:
    service.will(Answer(body={"sequences": [sequence_json(serie="A"), sequence_json(serie="B")]}))
    with pytest.raises(InputError, match="unknown série 'C'; known are A, B"):
        run(service, lambda ix: ix.invoices.create(sequence="C", **FIELDS))
    service.will(Answer(body={"sequences": []}))
    with pytest.raises(InputError, match="known are none"):
        run(service, lambda ix: ix.invoices.create(sequence="C", **FIELDS))
    assert {sent.verb for sent in service.sent} == {"GET"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sequence": SERIE, "sequence_id": 5}, "not both"),
        ({"sequence": "A", "sequence_id": 5}, "not both"),
        ({"sequence": 6}, "expected a Sequence or its name, got 6"),
    ],
)
def test_what_names_no_one_serie_is_refused_and_not_sent(
    service: Service, run: Run, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        run(service, lambda ix: ix.invoices.create(**given, **FIELDS))
    assert caught.value.field == "sequence"
    assert service.requests == []


def test_without_a_serie_the_default_one_is_taken(service: Service, run: Run) -> None:
    service.will(*[Answer(201, {"invoice": document_json()})] * 2)
    run(service, lambda ix: ix.invoices.create(**FIELDS))
    run(service, lambda ix: ix.invoices.create(sequence_id=5, **FIELDS))
    assert "sequence_id" not in service.sent[0].body["invoice"]
    assert service.sent[1].body["invoice"]["sequence_id"] == 5


def test_a_serie_that_is_not_there_is_none(service: Service, run: Run) -> None:
    service.will(Answer(body={"sequences": [sequence_json(serie="A")]}))
    assert run(service, lambda ix: ix.sequences.find("B")) is None


LISTED = Answer(body={"sequences": [sequence_json(id=6, serie="A", **ROWS), sequence_json(id=7, serie="B")]})


def made(**shown: Any) -> Answer:
    line = line_json(name="Café", unit_price=1, quantity=1, subtotal=1, total=1.23)
    return Answer(
        201, body={"invoice": document_json(client={"id": 1, "name": "Ana"}, items=[line], **shown)}
    )


def keyed(row: int | None, key: str = "a") -> Callable[[Any], Any]:
    def create(ix: Any) -> Any:
        return ix.invoices.create(proprietary_uid=key, sequence_id=row, **FIELDS)

    return create


@pytest.mark.parametrize(
    ("shown", "sent", "found"),
    [
        ({"sequence_id": 100}, 7, "série A, sent B"),
        ({"sequence_id": "6", "inverted_sequence_number": "A/3"}, 7, "série A, sent B"),
        ({"sequence_number": "3/A"}, 7, "série A, sent B"),
        ({"sequence_id": 99}, 7, "série the unknown sequence_id 99, sent B"),
        ({"sequence_id": 6}, 99, "série A, sent the unknown sequence_id 99"),
    ],
)
def test_the_key_of_a_document_in_another_serie_is_refused(
    service: Service, run: Run, shown: dict[str, Any], sent: int, found: str
) -> None:
    service.will(made(**shown), LISTED)
    with pytest.raises(KeyReusedError) as caught:
        run(service, keyed(sent))
    assert caught.value.differences == (found,)


@pytest.mark.parametrize(("shown", "sent"), [({"sequence_id": 101}, 6), ({"sequence_number": "3/B"}, 7)])
def test_a_row_of_the_same_serie_is_no_difference(
    service: Service, run: Run, shown: dict[str, Any], sent: int
) -> None:
    """Rows differ by type; and an answer without the row has the série's name in its number."""
    service.will(made(**shown), LISTED)
    assert run(service, keyed(sent)).id == 7


@pytest.mark.parametrize(
    ("shown", "sent"),
    [({"sequence_id": 7}, 7), ({"sequence_id": None}, 7), ({}, 7), ({"sequence_id": 6}, None)],
)
def test_the_same_row_or_no_serie_needs_no_look(
    service: Service, run: Run, shown: dict[str, Any], sent: int | None
) -> None:
    service.will(made(**shown))
    assert run(service, keyed(sent)).id == 7


def test_a_serie_that_cannot_be_read_leaves_the_result_unknown(service: Service, run: Run) -> None:
    service.will(made(sequence_id=100), Answer(404))
    with pytest.raises(AmbiguousResultError, match="the séries could not be read") as caught:
        run(service, keyed(7))
    assert (caught.value.proprietary_uid, caught.value.look_at) == ("a", "the série of document 7")


def test_another_key_of_the_same_id_is_another_document(service: Service, run: Run) -> None:
    """An emulator that was emptied gives its ids again."""
    service.will(made(), made())
    run(service, keyed(6, "a"))
    run(service, keyed(7, "b"))


def test_a_draft_without_a_serie_is_known_by_the_first_create(service: Service, run: Run) -> None:
    service.will(made(), made(), LISTED)
    run(service, keyed(6, " a "))
    with pytest.raises(KeyReusedError, match="série A, sent B"):
        run(service, keyed(7, "a"))
