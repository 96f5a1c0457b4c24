"""Root keys: a document is read under its type's own key or the family's, never under any other."""

from __future__ import annotations

import copy
import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    ClientWrite,
    DocumentClientWrite,
    DocumentItemWrite,
    Invoice,
    InvoiceWrite,
    ItemWrite,
    SequenceWrite,
    TaxReference,
    TaxWrite,
    UnexpectedResponseError,
)
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, RECEIPT, DocumentTypeRow
from invoicexpress.quirks.envelopes import trimmed, unwrap_document
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.models.document_envelope import DocumentEnvelope
from invoicexpress_generated.models.document_list import DocumentList
from invoicexpress_generated.types import Response
from invoicexpress_wire import WireError, loads

from tests.unit.conftest import Answer, Run, Service, document_json, model_of

ROOTS = [row.root for row in DOCUMENT_TYPES]


def exactly(body: Any) -> Any:
    """A body as read from the wire, with decimals."""
    return loads(json.dumps(body))


@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_the_types_own_root_is_read(service: Service, run: Run, row: DocumentTypeRow) -> None:
    """The live service's form."""
    service.will(Answer(body={row.root: document_json(type=row.type)}))
    document = run(service, lambda ix: getattr(ix, row.segment).get(7))
    assert type(document) is model_of(row)
    assert (document.id, document.type) == (7, row.type)


@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_the_familys_root_is_read(service: Service, run: Run, row: DocumentTypeRow) -> None:
    """The documented form."""
    service.will(Answer(body={row.fixed_root: document_json(type=row.type)}))
    assert type(run(service, lambda ix: getattr(ix, row.segment).get(7))) is model_of(row)


@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_every_other_root_is_refused(service: Service, run: Run, row: DocumentTypeRow) -> None:
    others = [
        root for root in [*ROOTS, "shipping", "client", "document"] if root not in (row.root, row.fixed_root)
    ]
    for root in others:
        service.will(Answer(body={root: document_json()}))
        with pytest.raises(UnexpectedResponseError) as caught:
            run(service, lambda ix: getattr(ix, row.segment).get(7))
        assert caught.value.status == 200
        assert "expected" in caught.value.messages[0]


@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_a_document_of_another_type_or_id_is_refused(
    service: Service, run: Run, row: DocumentTypeRow
) -> None:
    """Under the right key too: another document would be changed, or finalized, in its place."""
    for changes in ({"id": 8}, {"type": "Quote" if row.type != "Quote" else "Proforma"}):
        service.will(Answer(body={row.root: document_json(**{"type": row.type, **changes})}))
        with pytest.raises(UnexpectedResponseError, match=r"expected (a )?document"):
            run(service, lambda ix: getattr(ix, row.segment).get(7))


@pytest.mark.parametrize(
    ("segment", "root"), [("receipts", "invoices"), ("quotes", "estimates"), ("transports", "guides")]
)
def test_a_list_with_a_document_of_another_type_is_refused(
    service: Service, run: Run, segment: str, root: str
) -> None:
    page = {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}
    service.will(Answer(body={root: [document_json(type="Ticket")], "pagination": page}))
    with pytest.raises(UnexpectedResponseError, match="got Ticket 7"):
        run(service, lambda ix: getattr(ix, segment).list())


BLANKS = st.text(" \t\n", max_size=3)
NAMES = st.text("aÁ b", max_size=5)


@given(before=BLANKS, name=NAMES, after=BLANKS)
def test_names_codes_and_references_lose_their_blanks_and_nothing_else_changes(
    before: str, name: str, after: str
) -> None:
    text = f"{before}{name}{after}"
    line = DocumentItemWrite(
        text, Decimal(1), Decimal(1), description=text, tax=TaxReference(text), unit=text
    )
    client = DocumentClientWrite(text, code=text, address=text)
    document = InvoiceWrite(
        date=datetime.date(2026, 11, 21), client=client, items=[line], reference=text, observations=text
    )
    given_before = copy.deepcopy(document)
    short = trimmed(document)
    assert document == given_before, "the caller's objects stay unchanged"
    assert trimmed(short) == short
    assert isinstance(short.client, DocumentClientWrite)
    bare = text.strip()
    assert (short.reference, short.client.name, short.client.code) == (bare, bare, bare)
    assert (short.items[0].name, short.items[0].tax) == (bare, TaxReference(bare))
    kept = (short.observations, short.client.address, short.items[0].description, short.items[0].unit)
    assert kept == (text,) * 4


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (ClientWrite(" Ana ", code=" A1 "), ("name", "code")),
        (ItemWrite(" Ana ", Decimal(1)), ("name",)),
        (TaxWrite(" Ana ", Decimal(1), "PT"), ("name",)),
        (SequenceWrite(" A "), ("serie",)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_things_of_an_account_are_named_without_blanks(value: Any, names: tuple[str, ...]) -> None:
    for name in names:
        assert getattr(trimmed(value), name) == getattr(value, name).strip()
        assert getattr(value, name).startswith(" ")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"invoice": document_json(), "receipt": document_json()},
        {"invoice": None},
        {"invoice": [document_json()]},
        {"invoices": [document_json()]},
        [document_json()],
        document_json(),
        "invoice",
        None,
    ],
)
def test_what_is_not_one_document_under_one_root_is_refused(service: Service, run: Run, body: Any) -> None:
    service.will(Answer(body=json.dumps(body).encode()))
    with pytest.raises(UnexpectedResponseError):
        run(service, lambda ix: ix.invoices.get(7))


def test_what_stands_beside_the_root_is_kept() -> None:
    envelope = DocumentEnvelope.from_dict(exactly({"invoice": document_json(), "note": 1}))
    assert envelope.additional_properties == {"note": 1}
    assert envelope.to_dict()["note"] == 1


def test_what_the_contract_does_not_know_of_a_document_is_kept(service: Service, run: Run) -> None:
    service.will(Answer(body={"invoice": document_json(novelty={"a": 1})}))
    invoice = run(service, lambda ix: ix.invoices.get(7))
    assert invoice.additional_properties == {"novelty": {"a": 1}}


def test_a_status_that_nobody_knows_is_kept(service: Service, run: Run) -> None:
    service.will(Answer(body={"invoice": document_json(status="second_thoughts")}))
    assert run(service, lambda ix: ix.invoices.get(7)).status == "second_thoughts"


def test_a_refusal_says_which_root_was_expected() -> None:
    envelope = DocumentEnvelope.from_dict(exactly({"quote": document_json()}))
    with pytest.raises(UnreadableBody, match="expected a document under 'receipt', got one under 'quote'"):
        unwrap_document(Response(200), envelope, RECEIPT, Invoice)


@pytest.mark.parametrize(
    "row", [row for row in DOCUMENT_TYPES if row.family == "invoice"], ids=lambda row: row.segment
)
def test_a_list_under_the_types_own_key_is_read(row: DocumentTypeRow) -> None:
    read = DocumentList.from_dict(exactly({row.list_key: [document_json()]}))
    assert (read.root, [document.id for document in read.value]) == (row.list_key, [7])


@pytest.mark.parametrize("key", ["simplified_invoices", "receipts", "documents", "estimates"])
def test_a_list_that_filters_comes_under_the_familys_key_and_no_other(
    service: Service, run: Run, key: str
) -> None:
    """Under another key it is another list, without the documents requested."""
    page = {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}
    service.will(*[Answer(body={key: [document_json()], "pagination": page})] * 2)
    with pytest.raises(UnexpectedResponseError):
        run(service, lambda ix: ix.simplified_invoices.list())
    with pytest.raises(UnexpectedResponseError):
        run(service, lambda ix: ix.clients.invoices(3))


@pytest.mark.parametrize(
    "body", [{}, {"documents": []}, {"invoices": [], "receipts": []}, {"invoices": {}}, []]
)
def test_what_is_not_one_list_under_one_root_is_refused(body: Any) -> None:
    with pytest.raises(WireError):
        DocumentList.from_dict(body)
