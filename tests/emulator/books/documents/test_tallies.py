"""The total beside a page is the number of documents in the list, whatever happened to them."""

from __future__ import annotations

import itertools
from contextlib import closing
from pathlib import Path
from typing import Any

from invoicexpress_emulator import Emulator

TYPES = ("Invoice", "CreditNote", "Receipt")
STATUSES = ("sent", "canceled", "deleted")
FLAGS: tuple[dict[str, str], ...] = ({}, {"non_archived": "true"}, {"archived": "true"})


def check(api: Any) -> int:
    """Compare totals with whole lists, for lists by type, status and archive; return the longest."""
    filters = [
        {name: value for name, value in (("type[]", kind), ("status[]", status)) if value} | flags
        for kind, status, flags in itertools.product((None, *TYPES), (None, *STATUSES), FLAGS)
    ]
    longest = 0
    for root, chosen in [*(("invoices", each) for each in filters), ("estimates", {}), ("credit_notes", {})]:
        whole = api.get(f"/{root}.json", per_page=100, **chosen).json()[root]
        first = api.get(f"/{root}.json", per_page=1, **chosen).json()["pagination"]
        assert first["total_entries"] == len(whole), (root, chosen)
        longest = max(longest, len(whole))
    return longest


def test_totals_follow_every_change(api: Any) -> None:
    check(api)
    first, second = api.issue(), api.create()
    api.issue("invoice_receipts")
    note = api.issue("credit_notes", owner_invoice_id=first["id"])
    assert check(api) == 4
    api.pay(api.issue(), "0.5")  # which makes a receipt
    api.changed(second, "deleted")
    api.changed(note, "canceled", "engano")
    assert api.put(f"/invoices/{first['id']}/archive.json").status_code == 200
    api.issue("quotes")
    assert check(api) == 5
    assert api.post("/invoices.json", {"invoice": {"items": [], "client": {"name": "B"}}}).status_code == 422
    assert check(api) == 5

    api.control("snapshot", name="before")
    api.create()
    api.issue("credit_notes", owner_invoice_id=first["id"])
    assert check(api) == 7
    api.control("restore", name="before")
    assert check(api) == 5
    api.control("reset")
    assert check(api) == 0
    api.create()
    assert check(api) == 1


def test_a_start_counts_the_documents_of_its_file(tmp_path: Path, caller: Any) -> None:
    data = tmp_path / "books.db"
    with Emulator(data=data) as server:
        api = caller(server.base_url, server.account, server.api_key)
        with closing(api.http):
            api.pay(api.issue(), "0.5")
            api.issue("credit_notes")
            api.create()
    with Emulator(data=data) as server:
        api = caller(server.base_url, server.account, server.api_key)
        with closing(api.http):
            assert check(api) == 4
            api.create()
            assert check(api) == 5
