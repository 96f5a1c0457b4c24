"""Lists that change during iteration, reading ahead, and resumed waits, against both profiles."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from invoicexpress import AsyncListing, Listing, NotReadyError, Waiting

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .test_client_against_emulator import document, issued
from .validating_transport import Witness

pytestmark = pytest.mark.anyio


async def walked(listing: Listing[Any] | AsyncListing[Any]) -> AsyncIterator[Any]:
    """Iterates over a listing of either client."""
    if isinstance(listing, AsyncListing):
        async with contextlib.aclosing(aiter(listing)) as entries:
            async for entry in entries:
                yield entry
    else:
        for entry in listing:
            yield entry


def ahead(listing: Any, prefetch: bool) -> Any:
    """The listing, with or without reading ahead."""
    return listing.prefetched() if prefetch else listing


def configure(account: Account, **settings: Any) -> None:
    """Changes the emulator's settings for this account."""
    answer = httpx.post(f"{account.base_url}/_emulator/config", json={"account": account.name, **settings})
    assert answer.status_code == 200, answer.text


def advance(account: Account, seconds: float) -> None:
    """Moves the account's clock forward."""
    answer = httpx.post(
        f"{account.base_url}/_emulator/clock", json={"account": account.name, "advance": seconds}
    )
    assert answer.status_code == 200, answer.text


async def drafts(ix: AnyClient, number: int) -> list[int]:
    return [(await got(ix.invoices.create(**document()))).id for _ in range(number)]


def pages_read(witness: Witness, path: str) -> int:
    return sum(asked == path and verb == "GET" for verb, asked, _ in witness.exchanges)


@pytest.mark.parametrize("prefetch", [False, True], ids=["", "prefetched"])
async def test_finalizing_each_draft_of_a_list_of_drafts_comes_to_all_of_them(
    ix: AnyClient, prefetch: bool
) -> None:
    """Each finalized draft leaves the list, and later ones move up."""
    made = await drafts(ix, 7)
    seen: list[int] = []
    async for draft in walked(ahead(ix.invoices.list(status=["draft"], per_page=2), prefetch)):
        seen.append(draft.id)
        await got(ix.invoices.finalize(draft.id))
    assert sorted(seen) == made
    assert await got(ix.invoices.list(status=["draft"]).total()) == 0
    assert await got(ix.invoices.list(status=["final"]).total()) == 7


@pytest.mark.parametrize("prefetch", [False, True], ids=["", "prefetched"])
async def test_a_draft_that_is_deleted_between_two_pages_takes_no_other_with_it(
    ix: AnyClient, witness: Witness, prefetch: bool
) -> None:
    made = await drafts(ix, 6)
    seen: list[int] = []
    async for invoice in walked(ahead(ix.invoices.list(per_page=2), prefetch)):
        seen.append(invoice.id)
        if len(seen) == 2:
            await got(ix.invoices.delete(made[0]))
    assert sorted(seen) == made
    if not prefetch:
        # Pages 1 and 2; the total fell, so page 1 again, which now has the third; then 2 and 3.
        assert pages_read(witness, "/invoices.json") == 5
        assert seen == made


@pytest.mark.parametrize("prefetch", [False, True], ids=["", "prefetched"])
async def test_deleting_each_item_of_a_list_without_a_total_comes_to_all_of_them(
    ix: AnyClient, prefetch: bool
) -> None:
    for number in range(7):
        await got(ix.items.create(name=f"Item {number}", description="-", unit_price=Decimal(1)))
    made = {item.id for item in await entries(ix.items.list())}
    assert len(made) >= 7
    seen: list[int] = []
    async for item in walked(ahead(ix.items.list(per_page=3), prefetch)):
        seen.append(item.id)
        await got(ix.items.delete(item))
    assert set(seen) == made
    assert len(seen) == len(made)
    assert await entries(ix.items.list()) == []


async def test_new_documents_are_met_at_the_end(ix: AnyClient) -> None:
    made = await drafts(ix, 4)
    seen: list[int] = []
    async for invoice in walked(ix.invoices.list(per_page=2)):
        seen.append(invoice.id)
        if len(seen) == 1:
            made += await drafts(ix, 3)
    assert seen == made


async def test_reading_ahead_reads_the_same_and_leaves_nothing_behind(
    ix: AnyClient, witness: Witness
) -> None:
    made = await drafts(ix, 5)
    tasks = asyncio.all_tasks()
    before = pages_read(witness, "/invoices.json")
    found = await entries(ix.invoices.list(per_page=2).prefetched())
    assert [invoice.id for invoice in found] == made
    assert pages_read(witness, "/invoices.json") - before == 3
    (first,) = await got(_listed(ix.invoices.list(per_page=2).prefetched(), 1))
    assert first.id == made[0]
    assert pages_read(witness, "/invoices.json") - before <= 5, "one page too many at most"
    assert asyncio.all_tasks() == tasks
    assert not [one for one in threading.enumerate() if one.name.startswith("invoicexpress-prefetch")]


def _listed(listing: Listing[Any] | AsyncListing[Any], limit: int) -> Any:
    return listing.to_list(limit)


async def test_totals_and_first_entries_cost_a_page_of_one(ix: AnyClient, witness: Witness) -> None:
    assert await got(ix.invoices.list().total()) == 0
    assert await got(ix.invoices.list().first()) is None
    made = await drafts(ix, 3)
    assert await got(ix.invoices.list(per_page=2).total()) == 3
    first = await got(ix.invoices.list(per_page=2).first())
    assert first is not None
    assert first.id == made[0]
    assert pages_read(witness, "/invoices.json") == 4
    assert await got(ix.items.list().total()) is None
    assert await got(ix.clients.list().total()) == 1


async def test_a_wait_that_was_given_up_is_resumed_and_not_started_again(
    ix: AnyClient, account: Account, witness: Witness
) -> None:
    configure(account, pdf={"polls": 3}, qr_code={"polls": 3})
    invoice = await issued(ix.invoices)
    for method, path in (
        (ix.invoices.pdf, f"/api/pdf/{invoice.id}.json"),
        (ix.invoices.qr_code, f"/api/qr_codes/{invoice.id}.json"),
    ):
        for _ in range(2):
            with pytest.raises(NotReadyError) as caught:
                await got(method(invoice, timeout=0))
            assert caught.value.polls == 1
        assert (await got(method(invoice, timeout=0))).content
        # The third poll overall finds it, no matter which wait made the first two.
        assert [status for _, asked, status in witness.exchanges if asked == path] == [202, 202, 200]


async def test_the_service_goes_on_while_nobody_asks(ix: AnyClient, account: Account) -> None:
    configure(account, pdf={"seconds": 600})
    invoice = await issued(ix.invoices)
    with pytest.raises(NotReadyError, match=f"the PDF of document {invoice.id}"):
        await got(ix.invoices.pdf(invoice, timeout=0))
    advance(account, 600)
    assert (await got(ix.invoices.pdf(invoice, timeout=0))).content.startswith(b"%PDF-")


class Enough(Exception):
    """Raised by a caller to give up."""


async def test_who_waits_is_told_and_can_give_up_and_come_back(
    ix: AnyClient, account: Account, tmp_path: Path
) -> None:
    configure(account, pdf={"polls": 3})
    invoice = await issued(ix.invoices)
    told: list[Waiting] = []

    def once(waiting: Waiting) -> None:
        told.append(waiting)
        if len(told) == 2:
            raise Enough

    with pytest.raises(Enough):
        await got(ix.invoices.pdf(invoice, on_wait=once))
    assert [(waiting.polls, waiting.pause) for waiting in told] == [(1, 0.25), (2, 0.5)]
    assert told[0].waited < told[1].waited
    pdf = await got(ix.invoices.pdf(invoice, timeout=0))
    saved = pdf.save_in(tmp_path)
    assert saved.name == f"FT {invoice.inverted_sequence_number.replace('/', '-')}.pdf"
    assert saved.read_bytes() == pdf.content
