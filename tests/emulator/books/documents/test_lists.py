"""Lists: filters, pages, roots."""

from __future__ import annotations

from typing import Any

import pytest


def ids(answer: Any, root: str = "invoices") -> list[int]:
    assert answer.status_code == 200
    return [each["id"] for each in answer.json()[root]]


@pytest.fixture
def some(api: Any) -> dict[str, Any]:
    """Some documents of several types, states, dates and amounts."""

    def items(price: int, name: str = "Trabalho") -> list[Any]:
        return [{"name": name, "description": f"descrição de {name}", "unit_price": price, "quantity": 1}]

    return {
        "draft": api.create(date="01/01/2026", due_date="31/01/2026", items=items(10), reference="PO-1"),
        "final": api.issue(date="01/02/2026", due_date="28/02/2026", items=items(100), reference="PO-10"),
        "settled": api.issue("invoice_receipts", date="01/03/2026", due_date="01/03/2026", items=items(500)),
        "canceled": api.changed(api.issue("credit_notes", items=items(50, "Café 100%")), "canceled", "x"),
        "deleted": api.changed(api.create(items=items(1)), "deleted"),
        "quote": api.issue("quotes", client={"name": "Outra Gente", "fiscal_id": "508025338"}),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["draft", "final", "settled", "canceled"]),
        ({"type[]": "Invoice"}, ["draft", "final"]),
        ({"type[]": ["InvoiceReceipt", "CreditNote"]}, ["settled", "canceled"]),
        ({"type[]": "Nonsense"}, []),
        ({"type[]": "quotes"}, []),
        ({"type[]": "Quote"}, []),
        ({"status[]": "foo"}, []),
        ({"status[]": ["foo", "draft"]}, ["draft"]),
        ({"date[from]": "foo", "total_before_taxes[to]": "foo", "type[]": "Invoice"}, ["draft", "final"]),
        ({"status[]": "draft"}, ["draft"]),
        ({"status[]": "sent"}, ["final"]),
        ({"status[]": "final"}, ["final"]),
        ({"status[]": ["sent", "settled"]}, ["final", "settled"]),
        ({"status[]": "deleted"}, ["deleted"]),
        ({"status[]": "sent", "type[]": "InvoiceReceipt"}, []),
        ({"reference": "PO-1"}, ["draft"]),
        ({"text": "po-1"}, ["draft", "final"]),
        ({"text": "café 100%"}, ["canceled"]),
        ({"text": "100_"}, []),
        ({"text": "ana lda"}, ["draft", "final", "settled", "canceled"]),
        ({"date[from]": "01/02/2026", "date[to]": "01/03/2026"}, ["final", "settled"]),
        ({"date[to]": "31/01/2026"}, ["draft"]),
        ({"due_date[from]": "01/02/2026", "due_date[to]": "28/02/2026"}, ["final"]),
        ({"total_before_taxes[from]": "50.00", "total_before_taxes[to]": "100"}, ["final", "canceled"]),
        (
            {"date[from]": "string", "total_before_taxes[to]": "muito"},
            ["draft", "final", "settled", "canceled"],
        ),
        ({"non_archived": "true"}, ["draft", "final", "settled", "canceled"]),
        ({"non_archived": "true", "archived": "false"}, ["draft", "final", "settled", "canceled"]),
        ({"archived": "true"}, []),
        ({"non_archived": "true", "archived": "true"}, ["draft", "final", "settled", "canceled"]),
    ],
)
def test_filters(api: Any, some: dict[str, Any], query: dict[str, Any], expected: list[str]) -> None:
    assert ids(api.get("/invoices.json", **query)) == [some[name]["id"] for name in expected]


def test_text_finds_the_number(api: Any, some: dict[str, Any]) -> None:
    number = some["final"]["inverted_sequence_number"]
    assert some["final"]["id"] in ids(api.get("/invoices.json", text=number))


def test_estimates_are_a_list_of_their_own(any_api: Any) -> None:
    made = [any_api.create(segment)["id"] for segment in ("quotes", "proformas", "fees_notes")]
    any_api.create("invoices")
    assert ids(any_api.get("/estimates.json"), "estimates") == made
    assert ids(any_api.get("/estimates.json", **{"type[]": "Proforma"}), "estimates") == made[1:2]


@pytest.mark.parametrize(
    "segment",
    [
        "invoice_receipts",
        "simplified_invoices",
        "credit_notes",
        "debit_notes",
        "vat_moss_invoices",
        "quotes",
        "vat_moss_credit_notes",
        "shippings",
        "transports",
        "devolutions",
        "purchase_orders",
    ],
)
def test_typed_lists_have_the_plural_root_of_their_type(any_api: Any, segment: str) -> None:
    mine = any_api.create(segment)
    any_api.create("invoices")
    answer = any_api.get(f"/{segment}.json")
    assert ids(answer, segment) == [mine["id"]]
    assert answer.json()["pagination"]["total_entries"] == 1


def test_receipts_are_listed_apart_and_among_invoices(api: Any) -> None:
    receipt = api.pay(api.issue(), 10).json()["receipt"]
    assert ids(api.get("/receipts.json"), "receipts") == [receipt["id"]]
    assert ids(api.get("/invoices.json", **{"type[]": "Receipt"})) == [receipt["id"]]


def test_pages(any_api: Any) -> None:
    made = [any_api.create()["id"] for _ in range(23)]
    answer = any_api.get("/invoices.json")
    assert ids(answer) == made[:10]
    assert answer.json()["pagination"] == {
        "total_entries": 23,
        "total_pages": 3,
        "current_page": 1,
        "per_page": 10,
    }
    assert ids(any_api.get("/invoices.json", page=3)) == made[20:]
    assert ids(any_api.get("/invoices.json", page=2, per_page=20)) == made[20:]
    assert ids(any_api.get("/invoices.json", page=9)) == []
    assert ids(any_api.get("/invoices.json", page=0, per_page=0)) == made[:10]
    assert ids(any_api.get("/invoices.json", page="x", per_page=-3)) == made[:10]
    assert any_api.get("/invoices.json", per_page=5000).json()["pagination"]["per_page"] == 100


def test_an_empty_list_has_one_page(api: Any) -> None:
    assert api.get("/invoices.json").json() == {
        "invoices": [],
        "pagination": {"total_entries": 0, "total_pages": 1, "current_page": 1, "per_page": 10},
    }


class TestInvoicesOfAClient:
    def test_a_read_by_post(self, any_api: Any) -> None:
        mine = any_api.issue()
        any_api.create(client={"name": "Outra"})
        draft = any_api.create()
        any_api.create("quotes")
        path = f"/clients/{mine['client']['id']}/invoices.json"
        everybody: list[dict[str, Any] | None] = [None, {}, {"filter": {}}]
        for body in everybody:
            assert ids(any_api.post(path, body)) == [mine["id"], draft["id"]]
        assert ids(any_api.http.post(path)) == [mine["id"], draft["id"]]
        assert ids(any_api.post(path, {"filter": {"status": ["final"]}})) == [mine["id"]]
        assert ids(any_api.post(path, {"filter": {"by_type": ["CreditNote"]}})) == []
        everything = {"status": ["final"], "by_type": ["Invoice"], "archived": ["non_archived"]}
        assert ids(any_api.post(path, {"filter": everything})) == [mine["id"]]
        assert ids(any_api.post(path, {"filter": {"archived": ["archived"]}})) == []


def test_accounts_see_nothing_of_each_other(api: Any, other: Any) -> None:
    mine = api.issue()
    assert ids(other.get("/invoices.json")) == []
    assert other.get(f"/invoices/{mine['id']}.json").status_code == 404
    assert other.get(f"/clients/{mine['client']['id']}.json").status_code == 404
    assert other.change(mine, "canceled", "x").status_code == 404
    assert other.get(f"/api/pdf/{mine['id']}.json").status_code == 404
    assert other.get(f"/document/{mine['id']}/related_documents.json").status_code == 404
    assert other.pay(mine, 1).status_code == 404
