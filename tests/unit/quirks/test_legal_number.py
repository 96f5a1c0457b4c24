"""The number of a document by law."""

from __future__ import annotations

from typing import Any

import pytest
from invoicexpress import InputError, Invoice, PurchaseOrder, legal_number

from tests.unit.conftest import as_read, document_json

ISSUED: dict[str, Any] = {
    "status": "final",
    "sequence_number": "1/DEMO",
    "inverted_sequence_number": "DEMO/1",
}


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, "FT DEMO/1"),
        ({"type": "InvoiceReceipt"}, "FR DEMO/1"),
        ({"type": "SimplifiedInvoice"}, "FS DEMO/1"),
        ({"type": "CreditNote", "status": "canceled"}, "NC DEMO/1"),
        ({"inverted_sequence_number": None}, "FT DEMO/1"),
        ({"sequence_number": "28/A/B", "inverted_sequence_number": None}, "FT A/B/28"),
        ({"sequence_number": None, "inverted_sequence_number": "2014/60"}, "FT 2014/60"),
    ],
)
def test_a_number_has_the_code_of_its_type(changes: dict[str, Any], number: str) -> None:
    assert legal_number(Invoice.from_dict(as_read(document_json(**{**ISSUED, **changes})))) == number


@pytest.mark.parametrize("number", ["rascunho", "draft", "", None])
def test_a_draft_has_none(number: str | None) -> None:
    draft = Invoice.from_dict(as_read(document_json(sequence_number=number)))
    with pytest.raises(InputError, match=r"^document: Invoice 7 has no number yet; finalize it first$"):
        legal_number(draft)


def test_a_purchase_order_has_none() -> None:
    order = PurchaseOrder.from_dict(as_read(document_json(**{**ISSUED, "type": "PurchaseOrder"})))
    with pytest.raises(InputError, match="a PurchaseOrder has no number by law"):
        legal_number(order)
