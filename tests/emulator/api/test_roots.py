"""The keys under which a body may have its document."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("segment", "root", "status"),
    [
        ("invoice_receipts", "invoice_receipt", 201),
        ("invoice_receipts", "invoice", 201),
        ("invoices", "invoice_receipt", 422),
        ("proformas", "proforma", 201),
        ("proformas", "quote", 201),
        ("quotes", "estimate", 422),
        ("transports", "transport", 201),
        ("transports", "shipping", 201),
        ("shippings", "guide", 422),
    ],
)
def test_a_root_is_the_types_or_the_pages(any_api: Any, segment: str, root: str, status: int) -> None:
    """`estimate` and `guide` name families in lists alone (assumed)."""
    answer = any_api.post(f"/{segment}.json", {root: any_api.plain()})
    assert answer.status_code == status, answer.text
    if status == 422:
        assert any(any_api.root_of(segment) in text for text in any_api.texts(answer))
