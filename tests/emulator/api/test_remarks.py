"""Remarks in the request log, about requests that succeed and do not do what their sender means."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest
from invoicexpress_emulator.api.remarks import of
from invoicexpress_emulator.http import session_cookie

MISPLACED = (
    "invoice.proprietary_uid is ignored, so that a repeat makes another document: "
    "send proprietary_uid beside invoice."
)


def remarks(api: Any) -> list[str]:
    entry = api.get("/_emulator/requests", account=api.name).json()["requests"][-1]
    return list(entry["remarks"])


def test_a_key_inside_the_root_makes_duplicates_and_is_remarked(
    any_api: Any, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"invoice": {**any_api.plain(), "proprietary_uid": "u1"}}
    with caplog.at_level(logging.WARNING, "invoicexpress_emulator.access"):
        ids = {any_api.only(any_api.post("/invoices.json", body).json())["id"] for _ in range(2)}
    assert len(ids) == 2
    assert remarks(any_api) == [MISPLACED]
    # Once for each account: a client with this fault has it in every request.
    assert [each.getMessage() for each in caplog.records if MISPLACED in each.getMessage()] == [
        f"POST /invoices.json: {MISPLACED}"
    ]


def test_a_key_in_its_place_is_not(any_api: Any) -> None:
    any_api.post("/invoices.json", {"invoice": any_api.plain(), "proprietary_uid": "u1"})
    assert remarks(any_api) == []


@pytest.mark.parametrize(
    ("operation", "body", "count"),
    [
        ("createInvoice", {"invoice_receipt": {"proprietary_uid": "u1"}}, 1),
        ("createInvoice", {"invoice": {"proprietary_uid": "u1"}, "proprietary_uid": "u1"}, 0),
        ("createInvoice", {"invoice": {"proprietary_uid": ""}}, 0),
        ("createInvoice", {"invoice": []}, 0),
        ("createInvoice", [], 0),
        ("createInvoice", None, 0),
        # A key of other families, or of an update, is of no use anywhere.
        ("createEstimate", {"quote": {"proprietary_uid": "u1"}}, 0),
        ("updateInvoice", {"invoice": {"proprietary_uid": "u1"}}, 0),
    ],
)
def test_only_a_misplaced_key_is_remarked(operation: str, body: Any, count: int) -> None:
    assert len(of(operation, body)) == count


def test_a_client_that_keeps_cookies_is_told_and_a_browser_that_opens_a_link_twice_is_not(api: Any) -> None:
    cookie = {"Cookie": f"{session_cookie.NAME}=0"}
    link = api.issue()["permalink"]
    api.http.get("/taxes.json", headers=cookie)
    assert remarks(api) == [session_cookie.REMARK]
    last = api.get("/_emulator/requests", account=api.name).json()["requests"][-1]["number"]
    assert httpx.get(link, headers=cookie).is_success
    opened = api.get("/_emulator/requests", account="*", since=last).json()["requests"]
    assert [entry["remarks"] for entry in opened if entry["path"].startswith("/documents/")] == [[]]
