"""The emulator accepts every example request of the vendor's documentation, old and new, as printed.

Only the placeholders are filled in: the key, the ids in the path, and the owner's id of a credit or debit
note. Series ids in the bodies stay as printed, although no account has them.
"""

from __future__ import annotations

from typing import Any

import pytest

# Old v2 documentation, Invoices: create (two examples) and update.
OLD_CREATE = {
    "date": "03/12/2017",
    "due_date": "03/12/2017",
    "client": {"name": "Client Name", "code": "A1"},
    "items": [
        {"name": "Item Name", "description": "Item Description", "unit_price": "100", "quantity": "5"},
    ],
}
OLD_CREATE_BODY = {
    "date": "07/05/2017",
    "due_date": "08/05/2017",
    "client": {"name": "John", "code": "100"},
    "items": [
        {
            "name": "Product A",
            "description": "Cleaning product",
            "unit_price": "10.0",
            "quantity": "1.0",
        }
    ],
}
OLD_CLIENT = {
    "name": "Client Name",
    "code": "A1",
    "email": "foo@bar.com",
    "address": "Saldanha",
    "city": "Lisbon",
    "postal_code": "1050-555",
    "country": "Portugal",
    "fiscal_id": "508000000",
    "website": "www.website.com",
    "phone": "910000000",
    "fax": "210000000",
    "observations": "Observations",
}
OLD_UPDATE = {
    "date": "03/12/2017",
    "due_date": "03/12/2017",
    "reference": "999",
    "observations": "Observations",
    "retention": "0",
    "tax_exemption": "M01",
    "sequence_id": "12345",
    "manual_sequence_number": "1",
    "client": OLD_CLIENT,
    "items": [
        {
            "name": "Item Name",
            "description": "Item Description",
            "unit_price": "100",
            "quantity": "5",
            "unit": "service",
            "discount": "50",
            "tax": {"name": "IVA23"},
        }
    ],
    "mb_reference": "0",
    "owner_invoice_id": "12345",
    "tax_exemption_reason": "M00",
}
# Old v2 documentation, Estimates: update.
OLD_ESTIMATE = {
    **{key: value for key, value in OLD_UPDATE.items() if key != "owner_invoice_id"},
    "date": "3/12/2017",
    "auto_add_related_document": "0",
}
# New documentation: create and update.
NEW_BODY = {
    "date": "22/11/2025",
    "due_date": "22/12/2025",
    "reference": "PO-999",
    "observations": "Services rendered",
    "retention": "0",
    "tax_exemption": "M00",
    "sequence_id": "123456",
    "manual_sequence_number": "string",
    "client": {
        "name": "Client A",
        "code": "CLI-001",
        "email": "client@mail.com",
        "address": "Street A",
        "city": "Lisbon",
        "postal_code": "1000-100",
        "fiscal_id": "500999888",
        "country": "Portugal",
        "website": "www.client-a.com",
        "phone": "912345678",
        "fax": "212345678",
        "observations": "VIP Client",
    },
    "items": [
        {
            "name": "Consulting",
            "description": "IT Services",
            "unit_price": 50,
            "quantity": 2,
            "unit": "hour",
            "discount": 0,
            "tax": {"name": "IVA23"},
        }
    ],
    "mb_reference": "1",
    "owner_invoice_id": 1049,
    "tax_exemption_reason": "M00",
    "currency_code": "USD",
    "rate": "1.10",
    "plugin_id": "plugin_123",
    "global_discount": {"value_type": "percentage", "value": 10},
}
OLD_TYPES = (
    "invoices",
    "invoice_receipts",
    "simplified_invoices",
    "vat_moss_invoices",
    "credit_notes",
    "debit_notes",
)


def with_owner(api: Any, segment: str, body: dict[str, Any]) -> dict[str, Any]:
    corrects = segment in {"credit_notes", "debit_notes"} and "owner_invoice_id" in body
    price = [{"name": "Dono", "unit_price": "1000", "quantity": 1}]
    return {**body, "owner_invoice_id": api.issue(items=price)["id"]} if corrects else body


@pytest.mark.parametrize("segment", OLD_TYPES)
@pytest.mark.parametrize("root", ["family", "own"])
@pytest.mark.parametrize("body", [OLD_CREATE, OLD_CREATE_BODY, NEW_BODY], ids=["old", "old body", "new"])
def test_create_update_and_change_state(any_api: Any, segment: str, root: str, body: dict[str, Any]) -> None:
    key = "invoice" if root == "family" else any_api.root_of(segment)
    sent = {key: with_owner(any_api, segment, body), "proprietary_uid": "uuid-123"}
    made = any_api.post(f"/{segment}.json", sent)
    assert made.status_code == 201, made.text
    path = f"/{segment}/{any_api.only(made.json())['id']}"
    for update in (OLD_CREATE_BODY, OLD_UPDATE, NEW_BODY):
        answer = any_api.http.put(
            f"{path}.json?document-type=invoices&document-id=1",
            json={key: with_owner(any_api, segment, update)},
        )
        assert answer.status_code == 200, answer.text
    state = {"state": "finalized", "message": "Wrong invoice totals."}
    answer = any_api.put(f"{path}/change-state.json", {key: state})
    assert answer.status_code == 200, answer.text
    for email in (
        {
            "client": {"email": "someone@example.com", "save": "0"},
            "subject": "Invoice from company",
            "body": "This is where the email body goes",
            "cc": "cc.client@company.com",
            "bcc": "bcc.client@company.com",
            "logo": "0",
        },
        {
            "client": {"email": "dest@mail.com", "save": "1"},
            "subject": "Invoice",
            "body": "Attached.",
            "cc": "cc@mail.com",
            "bcc": "bcc@mail.com",
            "logo": "1",
        },
    ):
        assert any_api.put(f"{path}/email-document.json", {"message": email}).status_code == 200


@pytest.mark.parametrize("segment", ["quotes", "proformas", "fees_notes"])
def test_estimates(any_api: Any, segment: str) -> None:
    quote = any_api.create(segment)
    answer = any_api.put(f"/{segment}/{quote['id']}.json", {"quote": OLD_ESTIMATE})
    assert answer.status_code == 200, answer.text
    assert any_api.only(answer.json())["date"] == "03/12/2017"
    assert any_api.changed(quote, "finalized")["status"] == "final"


@pytest.mark.parametrize(
    "payment",
    [
        {
            "payment_mechanism": "TB",
            "note": "Observations",
            "serie": "A",
            "amount": 100.0,
            "payment_date": "26/10/2017",
        },
        {
            "amount": 10,
            "payment_mechanism": "TB",
            "note": "Transfer",
            "serie": "string",
            "payment_date": "22/11/2025",
        },
    ],
)
@pytest.mark.parametrize("message", ["Wrong payment values.", "Error"])
def test_payment_and_its_cancellation(any_api: Any, payment: dict[str, Any], message: str) -> None:
    invoice = any_api.issue(date="01/01/2017", due_date="01/01/2017")
    path = f"/documents/{invoice['id']}/partial_payments.json"
    answer = any_api.post(path, {"partial_payment": payment})
    assert answer.status_code == 200, answer.text
    receipt = answer.json()["receipt"]
    assert receipt["date"] == payment["payment_date"]
    canceled = any_api.put(
        f"/receipts/{receipt['id']}/change-state.json", {"receipt": {"state": "canceled", "message": message}}
    )
    assert canceled.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "text=foo&type%5B%5D=Invoice&status%5B%5D=sent&date%5Bfrom%5D=30%2F09%2F2017"
        "&date%5Bto%5D=31%2F10%2F2017&due_date%5Bfrom%5D=30%2F09%2F2017"
        "&due_date%5Bto%5D=31%2F10%2F2017&total_before_taxes%5Bfrom%5D=100.00&total_before_taxes%5Bto%5D=500.00&non_archived=true&archived=false&page=1&per_page=30",
        "type%5B%5D=Invoice&status%5B%5D=sent&non_archived=true&archived=true&text=string&reference=string"
        "&date%5Bfrom%5D=string&date%5Bto%5D=string&due_date%5Bfrom%5D=string&due_date%5Bto%5D=string"
        "&total_before_taxes%5Bfrom%5D=0&total_before_taxes%5Bto%5D=0&page=0&per_page=0",
    ],
)
def test_lists(any_api: Any, query: str) -> None:
    answer = any_api.http.get(f"/invoices.json?{query}&api_key={any_api.key}")
    assert answer.status_code == 200
    assert answer.json()["invoices"] == []


def test_the_rest(any_api: Any) -> None:
    invoice = any_api.issue()
    assert any_api.get(f"/document/{invoice['id']}/related_documents.json").status_code == 200
    assert any_api.get(f"/api/pdf/{invoice['id']}.json", second_copy="false").status_code == 202
    assert any_api.get(f"/api/qr_codes/{invoice['id']}.json").status_code == 202
    made = any_api.post("/sequences.json", {"sequence": {"serie": "2023", "default_sequence": "1"}})
    assert made.status_code == 201
    series = any_api.only(made.json())
    assert series["default_sequence"] == 1
    assert any_api.get(f"/sequences/{series['id']}.json").status_code == 200
    assert any_api.put(f"/sequences/{series['id']}/set_current.json").status_code == 200
    assert any_api.put(f"/sequences/{series['id']}/register.json").status_code == 409
