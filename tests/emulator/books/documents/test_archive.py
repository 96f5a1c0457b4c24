"""Archiving documents and restoring them."""

from __future__ import annotations

from typing import Any

import pytest

SEGMENTS = ("invoices", "credit_notes", "quotes", "transports", "purchase_orders")


@pytest.mark.parametrize("segment", SEGMENTS)
def test_there_and_back(any_api: Any, segment: str) -> None:
    document = any_api.issue(segment)
    for verb, archived in (("archive", True), ("archive", True), ("unarchive", False), ("unarchive", False)):
        answer = any_api.put(f"/{segment}/{document['id']}/{verb}.json")
        assert (answer.status_code, answer.content) == (200, b"")
        assert any_api.read(document)["archived"] is archived
    assert any_api.put(f"/{segment}/0/archive.json").status_code == 404


def test_receipts_too_and_only_under_their_own_type(any_api: Any) -> None:
    receipt = any_api.pay(any_api.issue(), 10).json()["receipt"]
    assert any_api.put(f"/invoices/{receipt['id']}/archive.json").status_code == 404
    assert any_api.put(f"/receipts/{receipt['id']}/archive.json").status_code == 200
    assert any_api.read(receipt)["archived"] is True


@pytest.mark.parametrize(
    ("path", "root", "segment"),
    [
        ("/invoices.json", "invoices", "invoices"),
        ("/credit_notes.json", "credit_notes", "credit_notes"),
        ("/estimates.json", "estimates", "quotes"),
        ("/guides.json", "guides", "transports"),
        ("/purchase_orders.json", "purchase_orders", "purchase_orders"),
    ],
)
def test_lists_tell_the_halves_apart(any_api: Any, path: str, root: str, segment: str) -> None:
    away, here = any_api.create(segment), any_api.create(segment)
    any_api.put(f"/{segment}/{away['id']}/archive.json")
    for query, expected in (
        ({}, [away, here]),
        ({"archived": "true"}, [away]),
        ({"non_archived": "true"}, [here]),
        ({"archived": "false", "non_archived": "true"}, [here]),
        ({"archived": "true", "non_archived": "true"}, [away, here]),
    ):
        answer = any_api.get(path, **query)
        assert [each["id"] for each in answer.json()[root]] == [each["id"] for each in expected], query


def test_documents_of_a_client(any_api: Any) -> None:
    away, here = any_api.issue(), any_api.issue()
    any_api.put(f"/invoices/{away['id']}/archive.json")
    path = f"/clients/{here['client']['id']}/invoices.json"
    for halves, expected in (
        (["archived"], [away]),
        (["non_archived"], [here]),
        (["archived", "non_archived"], [away, here]),
    ):
        answer = any_api.post(path, {"filter": {"archived": halves}})
        assert [each["id"] for each in answer.json()["invoices"]] == [each["id"] for each in expected]


def test_what_was_printed_stays_ready(any_api: Any) -> None:
    document = any_api.issue()
    path = f"/api/pdf/{document['id']}.json"
    assert [any_api.get(path).status_code for _ in range(2)] == [202, 200]
    any_api.put(f"/invoices/{document['id']}/archive.json")
    assert any_api.get(path).status_code == 200
