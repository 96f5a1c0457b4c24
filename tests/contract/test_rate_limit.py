"""Against an emulator with a rate limit, a paced client never hits it, and an unpaced one recovers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import anyio
import pytest
from invoicexpress import AsyncInvoiceXpress, Exchange, InvoiceXpress, Pace, RateLimitError
from invoicexpress_emulator import Emulator

from .validating_transport import Profile

REQUESTS, SECONDS = 8, 2


@pytest.fixture
def limited(profile: Profile) -> Iterator[Emulator]:
    """A separate emulator with a low rate limit."""
    with Emulator(profile=profile, rate_limit=f"{REQUESTS}/{SECONDS}") as running:
        yield running


def get_in_threads(emulator: Emulator, pace: Pace | None, retries: int) -> list[int | None]:
    """Sends twice the limit from four threads, and returns the statuses."""
    heard: list[Exchange] = []
    with InvoiceXpress(
        emulator.account,
        emulator.api_key,
        base_url=emulator.base_url,
        pace=pace,
        retries=retries,
        on_response=heard.append,
    ) as ix:
        threads = [
            threading.Thread(target=lambda: [ix.taxes.list() for _ in range(REQUESTS // 2)]) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return [exchange.status for exchange in heard]


def get_in_tasks(emulator: Emulator, pace: Pace | None, retries: int) -> list[int | None]:
    """Sends the same from four tasks."""
    heard: list[Exchange] = []

    async def run() -> None:
        async with AsyncInvoiceXpress(
            emulator.account,
            emulator.api_key,
            base_url=emulator.base_url,
            pace=pace,
            retries=retries,
            on_response=heard.append,
        ) as ix:

            async def work() -> None:
                for _ in range(REQUESTS // 2):
                    await ix.taxes.list()

            async with anyio.create_task_group() as tasks:
                for _ in range(4):
                    tasks.start_soon(work)

    anyio.run(run)
    return [exchange.status for exchange in heard]


Get = Callable[[Emulator, Pace | None, int], list[int | None]]


@pytest.mark.parametrize("get", [get_in_threads, get_in_tasks])
def test_a_client_at_the_pace_of_the_service_is_never_refused(limited: Emulator, get: Get) -> None:
    assert get(limited, Pace(REQUESTS, SECONDS), 0) == [200] * 2 * REQUESTS


@pytest.mark.parametrize("get", [get_in_threads, get_in_tasks])
def test_a_client_at_no_pace_is_refused_and_gets_through_all_the_same(limited: Emulator, get: Get) -> None:
    statuses = get(limited, None, 20)
    assert statuses.count(200) == 2 * REQUESTS
    assert statuses.count(429) > 0


def test_whoever_does_not_want_to_wait_is_told_how_long_it_would_take(limited: Emulator) -> None:
    with InvoiceXpress(limited.account, limited.api_key, base_url=limited.base_url, pace=None) as ix:
        for _ in range(REQUESTS):
            ix.taxes.list()
        with pytest.raises(RateLimitError) as caught:
            ix.with_options(max_retry_after=0).taxes.list()
    assert caught.value.retry_after is not None
    assert 0 < int(caught.value.retry_after) <= SECONDS
