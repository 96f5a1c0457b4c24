"""Plans that limit the number of documents in a period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.books.documents.plan_limit import period_of


def refusal(first: str, last: str) -> dict[str, Any]:
    return {"errors": {"error": f"Document creation limit reached for the period from {first} to {last}."}}


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 28))
def test_a_day_is_in_the_one_period_that_has_it(day: date, from_day: int) -> None:
    first, last = period_of(day, from_day)
    assert first <= day < last
    assert first.day == last.day == from_day
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) == 1
    assert period_of(last, from_day)[0] == last


@pytest.mark.parametrize("segment", ["invoices", "quotes", "transports", "purchase_orders"])
def test_over_the_limit_nothing_is_made(any_api: Any, segment: str) -> None:
    any_api.freeze("2026-11-21T12:00:00")
    any_api.control("config", document_limit={"documents": 2})
    any_api.create("quotes")
    any_api.issue()
    answer = any_api.post(f"/{segment}.json", {any_api.root_of(segment): any_api.plain(client={"name": "N"})})
    assert (answer.status_code, answer.json()) == (422, refusal("01/11/2026", "01/12/2026"))
    assert any_api.get("/clients/find-by-name.json", client_name="N").status_code == 404


def test_a_new_period_starts_anew_with_what_is_still_a_draft(any_api: Any) -> None:
    any_api.freeze("2022-12-14T23:00:00")
    any_api.control("config", document_limit={"documents": 2, "from_day": 15})
    draft, _ = any_api.create(), any_api.issue()
    body = {"invoice": any_api.plain()}
    assert any_api.post("/invoices.json", body).json() == refusal("15/11/2022", "15/12/2022")
    any_api.freeze("2022-12-15T00:00:00")
    any_api.issue()
    assert any_api.post("/invoices.json", body).json() == refusal("15/12/2022", "15/01/2023")
    any_api.changed(draft, "deleted")
    any_api.create()


def test_what_is_there_can_be_changed_paid_and_asked_for_again(any_api: Any) -> None:
    body = {"invoice": any_api.plain(), "proprietary_uid": "u"}
    made = any_api.only(any_api.post("/invoices.json", body).json())
    any_api.control("config", document_limit={"documents": 1})
    assert any_api.only(any_api.post("/invoices.json", body).json())["id"] == made["id"]
    assert any_api.put(f"/invoices/{made['id']}.json", {"invoice": any_api.plain()}).status_code == 200
    any_api.changed(made, "finalized")
    assert any_api.pay(made, 1).status_code == 200
    assert any_api.post("/invoices.json", {"invoice": any_api.plain()}).status_code == 422
    any_api.control("config", document_limit=None)
    any_api.create()


def test_the_stats_of_an_account_count_by_its_plan(any_api: Any) -> None:
    any_api.control("config", document_limit={"documents": 3})
    any_api.create()
    everyone = any_api.get("/_emulator/accounts").json()["accounts"]
    (own_id,) = (each["id"] for each in everyone if each["name"] == any_api.name)
    documents = any_api.get(f"/api/accounts/{own_id}/stats.json").json()["account"]["documents"]
    assert (documents["used_documents"], documents["available_documents"]) == (1, 2)


def test_in_english_for_everyone(api: Any) -> None:
    api.control("config", document_limit={"documents": 0}, language="pt")
    (text,) = api.texts(api.post("/invoices.json", {"invoice": api.plain()}))
    assert text.startswith("Document creation limit")
