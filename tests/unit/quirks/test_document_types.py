"""The table of document types matches the contract, and a namespace has exactly the methods of its row."""

from __future__ import annotations

from typing import Any

import pytest
from invoicexpress import AsyncInvoiceXpress, Estimate, Guide, Invoice, InvoiceXpress, PurchaseOrder
from invoicexpress.namespaces import documents
from invoicexpress.quirks import document_types
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, DocumentTypeRow, filter_names
from invoicexpress_generated.models.document_status import DOCUMENT_STATUS_VALUES
from invoicexpress_generated.models.document_status_filter import DOCUMENT_STATUS_FILTER_VALUES

from tests.contract.contract_files import COMPACT, loaded
from tests.unit.conftest import KEY, Service, methods_of, spaces_of

CONTRACT: dict[str, Any] = loaded(COMPACT)
TABLE: dict[str, dict[str, Any]] = {row["segment"]: row for row in CONTRACT["x-document-types"]}
ROWS: dict[str, DocumentTypeRow] = {row.segment: row for row in DOCUMENT_TYPES}
# Expressed by the namespaces' methods, or of no use at run time.
NOT_OURS = ("events", "operations", "deprecated", "x-evidence")
# Words in the contract's operation ids, and the methods that they become.
BY_OPERATION = {
    "listDocuments": {"list"},
    "createDocument": {"create", "issue"},
    "getDocument": {"get"},
    "updateDocument": {"update"},
    "changeDocumentState": set[str](),
    "sendDocumentEmail": {"email"},
    # Guesses, which ix.legacy has for every type.
    "archiveDocument": set[str](),
    "unarchiveDocument": set[str](),
}
# The lists of these families have paths of their own, which name no type.
LISTS_OF_FAMILIES = {"/estimates.json", "/guides.json"}
BY_EVENT = {
    "finalized": {"finalize"},
    "deleted": {"delete"},
    "canceled": {"cancel"},
    "settled": {"settle"},
    "unsettled": {"unsettle"},
    "accept": {"accept"},
    "accepted": {"accept"},
    "refuse": {"refuse"},
    "refused": {"refuse"},
    "second_copy": {"second_copy"},
    "completed": {"complete"},
}
# Finalizing an invoice-receipt settles it, so none is ever final and open.
LEFT_OUT = {"invoice_receipts": {"settle"}}
# Operations of the contract without a type; their descriptions name the types.
EVERY_TYPE = {"get", "pdf"}
WITH_QR_CODE = {"invoice", "guide"}
INVOICES_WITH_RELATIVES = {"related_documents"}
PAYABLE = {"invoices", "simplified_invoices", "vat_moss_invoices"}
# Methods that use several operations: walking a list, and notes for an invoice.
WITH_A_LIST = {"find_by_number"}
CREDITING = {"credit_notes": {"credit", "left_to_credit", "lines"}}
RESOURCES = {"documents", "clients", "items", "sequences", "taxes", "saft", "treasury", "accounts", "legacy"}
MODELS = {"invoice": Invoice, "estimate": Estimate, "guide": Guide, "purchase_order": PurchaseOrder}


def namespaces() -> dict[str, documents.DocumentNamespace[Any, Any]]:
    """A client's document namespaces by name."""
    with InvoiceXpress("acme", KEY, transport=Service().transport) as ix:
        spaces = spaces_of(ix)
    return {name: space for name, space in spaces.items() if isinstance(space, documents.DocumentNamespace)}


def test_the_same_types_in_the_same_order() -> None:
    assert [row.segment for row in DOCUMENT_TYPES] == list(TABLE)


@pytest.mark.parametrize("segment", TABLE)
def test_each_row_is_that_of_the_contract(segment: str) -> None:
    ours, theirs = ROWS[segment], TABLE[segment]
    assert {
        "segment": ours.segment,
        "root": ours.root,
        "list_key": ours.list_key,
        "type": ours.type,
        "family": ours.family,
        "fixed_root": ours.fixed_root,
        "family_list": f"/{ours.family_segment}.json",
        "client": "required" if ours.needs_client else "optional",
        "idempotent_create": ours.idempotent_create,
    } == {
        "idempotent_create": False,
        **{key: value for key, value in theirs.items() if key not in NOT_OURS},
    }


def test_the_columns_that_the_contract_does_not_have() -> None:
    """Spelled out, since documents are credited, cancelled and named by them."""
    assert {row.segment: row.code for row in DOCUMENT_TYPES if row.code} == {
        "invoices": "FT",
        "simplified_invoices": "FS",
        "invoice_receipts": "FR",
        "credit_notes": "NC",
        "debit_notes": "ND",
        "receipts": "RG",
        "quotes": "OR",
        "proformas": "PF",
        "shippings": "GR",
        "transports": "GT",
        "devolutions": "GD",
    }
    assert [row.segment for row in document_types.CREDITABLE] == [
        "invoices",
        "simplified_invoices",
        "invoice_receipts",
        "debit_notes",
        "vat_moss_invoices",
    ]
    assert {row.segment: row.corrects for row in document_types.NOTES} == {
        "credit_notes": "credit",
        "debit_notes": "debit",
        "vat_moss_credit_notes": "credit",
    }
    assert {"Receipt", "VatMossReceipt"} == document_types.RECEIPT_TYPES


def test_no_two_types_share_a_name() -> None:
    for names in (
        [row.segment for row in DOCUMENT_TYPES],
        [row.root for row in DOCUMENT_TYPES],
        [row.type for row in DOCUMENT_TYPES],
    ):
        assert len(set(names)) == len(names)


def test_every_type_has_one_namespace_of_its_segments_name() -> None:
    assert {name: space.row.segment for name, space in namespaces().items()} == {name: name for name in TABLE}


def test_both_clients_have_the_same_namespaces() -> None:
    sync = InvoiceXpress("acme", KEY, transport=Service().transport)
    asynchronous = AsyncInvoiceXpress("acme", KEY, transport=Service().transport)
    names = spaces_of(sync).keys()
    assert names == spaces_of(asynchronous).keys()
    assert names == {*TABLE, *RESOURCES}
    for name in names:
        assert type(getattr(sync, name)).__bases__ == type(getattr(asynchronous, name)).__bases__


@pytest.mark.parametrize("segment", TABLE)
def test_a_namespace_does_what_its_row_allows_and_nothing_else(segment: str) -> None:
    row = TABLE[segment]
    allowed = set[str](EVERY_TYPE)
    for name in row["operations"]:
        allowed |= BY_OPERATION[name]
    for event in row["events"]:
        allowed |= BY_EVENT[event]
    if row["family_list"] in LISTS_OF_FAMILIES:
        allowed |= {"list"}
    if "list" in allowed:
        allowed |= WITH_A_LIST
    if row["family"] in WITH_QR_CODE:
        allowed |= {"qr_code"}
    if row["family"] == "invoice" and "createDocument" in row["operations"]:
        allowed |= INVOICES_WITH_RELATIVES
    if segment in PAYABLE:
        allowed.add("pay")
    if row["family"] == "guide":
        allowed.add("at_code")
    allowed |= CREDITING.get(segment, set())
    assert methods_of(namespaces()[segment]) == allowed - LEFT_OUT.get(segment, set())


def test_the_exceptions_that_people_stumble_over() -> None:
    """Spelled out, since the derivation above could be silently wrong."""
    can = {name: methods_of(space) for name, space in namespaces().items()}
    assert can["receipts"] == {"get", "list", "find_by_number", "pdf", "qr_code", "cancel"}
    assert can["vat_moss_receipts"] == can["receipts"]
    assert {name for name in can if "unsettle" in can[name]} == {"credit_notes", "debit_notes"}
    answered = {"quotes", "proformas", "fees_notes", "purchase_orders"}
    assert {name for name in can if "accept" in can[name]} == answered
    assert {name for name in can if "refuse" in can[name]} == answered
    assert {name for name in can if "complete" in can[name]} == {"purchase_orders"}
    assert {name for name in can if "pay" in can[name]} == PAYABLE
    assert {name for name in can if "credit" in can[name]} == {"credit_notes"}
    assert {name for name in can if "create" not in can[name]} == {"receipts", "vat_moss_receipts"}
    assert not can["quotes"] & {"settle", "pay", "qr_code", "related_documents"}
    assert not can["transports"] & {"settle", "pay", "accept", "related_documents"}
    assert all("list" in methods for methods in can.values())


@pytest.mark.parametrize("segment", TABLE)
def test_a_method_that_is_not_there_is_an_attribute_error(segment: str) -> None:
    space = namespaces()[segment]
    every = {name for other in namespaces().values() for name in methods_of(other)}
    for name in every - methods_of(space):
        with pytest.raises(AttributeError):
            getattr(space, name)


@pytest.mark.parametrize("segment", TABLE)
def test_the_model_is_that_of_the_family(segment: str) -> None:
    assert namespaces()[segment].model is MODELS[TABLE[segment]["family"]]


def test_a_finalized_document_is_filtered_as_sent() -> None:
    """It reads `final` and filters `sent` (square-bit 2026-04, diogopms 2026-06)."""
    assert filter_names(["final", "settled"]) == ["sent", "settled"]
    assert filter_names(["final", "sent", "final"]) == ["sent"]
    assert filter_names([]) == []
    assert filter_names(("draft", "new-one")) == ["draft", "new-one"]


def test_every_status_that_reads_has_a_filter() -> None:
    assert set(filter_names(sorted(DOCUMENT_STATUS_VALUES))) <= DOCUMENT_STATUS_FILTER_VALUES


def test_rows_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        document_types.INVOICE.root = "quote"  # type: ignore[misc] # it must fail
