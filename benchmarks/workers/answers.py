"""Answers of the service, as bytes: a client, an invoice with lines, a list of invoices."""

from __future__ import annotations

import json
from typing import Any

LINES = 4


def client() -> bytes:
    """A client, with all fields that an answer has."""
    fields = {
        "id": 628535,
        "name": "Ana Sousa",
        "code": "A1",
        "email": "ana@example.com",
        "language": "pt",
        "address": "Rua A 1",
        "city": "Lisboa",
        "postal_code": "1000-001",
        "country": "Portugal",
        "fiscal_id": "508025338",
        "website": None,
        "phone": "210000000",
        "fax": None,
        "observations": None,
        "send_options": "1",
        "payment_days": 30,
        "tax_exemption_code": None,
        "preferred_contact": {"name": "Rui", "email": "rui@example.com", "phone": "210000001"},
    }
    return json.dumps({"client": fields}).encode()


def document(lines: int, number: int = 0) -> dict[str, Any]:
    """An invoice in the service's form: amounts as numbers, prices as strings, dates as dd/mm/yyyy."""
    line = {
        "name": "Consultoria",
        "description": "Hora de consultoria",
        "unit_price": "24.3902",
        "unit": "hour",
        "quantity": "1.0",
        "tax": {"id": 69166, "name": "IVA23", "value": 23.0},
        "discount": 0.0,
        "subtotal": 24.3902,
        "tax_amount": 5.609746,
        "discount_amount": 0.0,
        "total": 29.9999,
    }
    return {
        "id": 2137287 + number,
        "status": "final",
        "archived": False,
        "type": "Invoice",
        "sequence_number": f"{28 + number}/A",
        "inverted_sequence_number": f"A/{28 + number}",
        "atcud": f"ABCD1234-{28 + number}",
        "sequence_id": 12345,
        "tax_exemption": None,
        "date": "21/11/2026",
        "due_date": "21/12/2026",
        "reference": "Encomenda 17",
        "observations": None,
        "retention": None,
        "permalink": "https://www.app.invoicexpress.com/documents/2137287",
        "saft_hash": "J4ay",
        "sum": 97.56,
        "discount": 0.0,
        "before_taxes": 97.56,
        "taxes": 22.44,
        "total": 120.0,
        "currency": "Euro",
        "client": {"id": 628535, "name": "Ana Sousa", "country": "Portugal"},
        "items": [line] * lines,
    }


def invoice(lines: int) -> bytes:
    """One invoice."""
    return json.dumps({"invoice": document(lines)}).encode()


def pages(documents: int, per_page: int) -> list[bytes]:
    """A list of invoices with four lines each, page by page."""
    total = -(-documents // per_page)
    found: list[bytes] = []
    for page in range(total):
        entries = [document(LINES, page * per_page + place) for place in range(per_page)]
        pagination = {
            "total_entries": documents,
            "current_page": page + 1,
            "total_pages": total,
            "per_page": per_page,
        }
        found.append(json.dumps({"invoices": entries, "pagination": pagination}).encode())
    return found
