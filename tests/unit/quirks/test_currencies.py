"""The currency of an amount is the document's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from invoicexpress import Invoice
from invoicexpress.quirks.currencies import amount_of

from tests.unit.conftest import as_read, document_json


@pytest.mark.parametrize(
    ("name", "shown"), [("Euro", "9.80 EUR"), ("U.S. dollar", "9.80 USD"), ("Moeda", "9.80 Moeda")]
)
def test_a_name_becomes_a_code_where_it_is_known(name: str, shown: str) -> None:
    document = Invoice.from_dict(as_read(document_json(currency=name)))
    assert amount_of(document, Decimal("9.8")) == shown
