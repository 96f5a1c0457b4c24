"""The pace, kept by the process: threads and tasks, clients and accounts, holds, and a clock that jumps."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, InvoiceXpress, Pace, RateLimitError
from invoicexpress.client import PACE
from invoicexpress.sending.address import address
from invoicexpress.sending.pacing import LocalCounts

from tests.unit.conftest import KEY, Answer, Service, tax_json

TAX = Answer(body={"tax": tax_json()})
_NUMBERS = itertools.count()
DEADLINE = 30.0
"""Seconds after which a test that polls gives up."""


@pytest.fixture
def place() -> str:
    """A place unique to the test."""
    return f"place-{next(_NUMBERS)}"


@pytest.fixture
def account() -> str:
    """An account unique to the test."""
    return f"acme-{next(_NUMBERS)}"


def test_the_default_is_what_the_service_allows() -> None:
    assert (PACE.requests, PACE.seconds, PACE.redis) == (780, 60, None)
    assert Pace() == PACE


def test_as_many_turns_as_the_pace_has_are_given_at_once_and_no_more(place: str) -> None:
    pace = Pace(5, 60)
    assert [pace.turn(place) for _ in range(5)] == [0] * 5
    waits = [pace.turn(place) for _ in range(3)]
    assert all(60 < wait <= 61 for wait in waits)


def test_each_place_has_its_own_turns(place: str) -> None:
    pace = Pace(1, 60)
    assert [pace.turn(f"{place}-{number}") for number in range(3)] == [0, 0, 0]
    assert pace.turn(f"{place}-0") > 0


def test_equal_paces_share_their_turns(place: str) -> None:
    assert [Pace(2, 60).turn(place) for _ in range(2)] == [0, 0]
    assert Pace(2, 60).turn(place) > 0


def wait_for_turn(pace: Pace, place: str) -> None:
    """Requests a turn, waits as long as the answer says, and tries again, as a core does."""
    deadline = time.monotonic() + DEADLINE
    while (wait := pace.turn(place)) > 0:
        assert time.monotonic() < deadline
        time.sleep(wait)


def most_within(moments: list[float], seconds: float) -> int:
    """The largest number of moments within any span of this many seconds."""
    moments = sorted(moments)
    return max(
        sum(1 for other in moments[start:] if other - moment < seconds)
        for start, moment in enumerate(moments)
    )


def test_a_turn_is_free_again_when_the_window_has_moved_on(place: str) -> None:
    pace = Pace(3, 1)
    moments: list[float] = []
    for _ in range(7):
        wait_for_turn(pace, place)
        moments.append(time.monotonic())
    assert most_within(moments, 1.9) == 3
    assert 3.9 < moments[-1] - moments[0] < 20


def in_threads(count: int, work: Callable[[int], None]) -> None:
    """Runs work in threads that start together."""
    barrier = threading.Barrier(count)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            barrier.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_threads_never_get_more_than_the_pace_together(place: str) -> None:
    pace = Pace(50, 60)
    given: list[float] = []
    in_threads(8, lambda _: given.extend(wait for _ in range(50) if (wait := pace.turn(place)) == 0))
    assert len(given) == 50


def test_no_thread_starves(place: str) -> None:
    """Eight threads compete for five seconds, and each gets turns."""
    pace = Pace(40, 1)
    turns: Counter[int] = Counter()
    moments: list[float] = []
    end = time.monotonic() + 5

    def work(number: int) -> None:
        while time.monotonic() < end:
            wait_for_turn(pace, place)
            moments.append(time.monotonic())
            turns[number] += 1
            # The duration of a request; without it the first thread would take all turns before others run.
            time.sleep(0.005)

    in_threads(8, work)
    assert len(turns) == 8
    assert min(turns.values()) >= 3
    assert most_within(moments, 1) <= 40


def test_a_hold_stops_all_until_it_is_over(place: str) -> None:
    pace = Pace(100, 60)
    began = time.monotonic()
    pace.hold(place, 1)
    assert 0.5 < pace.turn(place) <= 1
    assert 0.5 < Pace(7, 3).turn(place) <= 1, "a pace with other limits waits too"
    assert pace.turn(f"{place}-other") == 0
    wait_for_turn(pace, place)
    assert 0.9 < time.monotonic() - began < 10


def test_a_longer_hold_counts_and_a_shorter_one_does_not(place: str) -> None:
    pace = Pace(100, 60)
    for seconds, held in ((5, 5), (20, 20), (5, 20), (0, 20)):
        pace.hold(place, seconds)
        assert held - 1 < pace.turn(place) <= held


def test_a_hold_of_nothing_holds_nobody(place: str) -> None:
    Pace().hold(place, 0)
    assert Pace().turn(place) == 0


def test_a_hold_has_an_end_whatever_is_asked(place: str) -> None:
    Pace().hold(place, 1e9)
    assert Pace().turn(place) <= 600


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the machine's clock, in seconds from now."""
    moved = [0.0]
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + moved[0])

    def move(seconds: float) -> None:
        moved[0] = seconds

    return move


@pytest.mark.parametrize("hours", [-10_000, -1, 1, 10_000])
def test_the_machines_clock_changes_nothing(place: str, clock: Callable[[float], None], hours: int) -> None:
    pace = Pace(3, 60)
    for _ in range(3):
        pace.turn(place)
    pace.hold(f"{place}-held", 30)
    clock(3600 * hours)
    assert 60 < pace.turn(place) <= 61
    assert 29 < pace.turn(f"{place}-held") <= 30


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    st.integers(1, 5),
    st.integers(1, 10),
    st.lists(st.tuples(st.floats(0, 12), st.sampled_from("ab"), st.sampled_from(["turn", "hold"]))),
)
def test_no_window_has_more_turns_than_the_pace_and_no_held_place_has_one(
    requests: int, seconds: int, steps: list[tuple[float, str, str]]
) -> None:
    clock = Clock()
    counts, pace = LocalCounts(clock), Pace(requests, seconds)
    given: dict[str, list[float]] = {"a": [], "b": []}
    held: dict[str, float] = {}
    for passed, where, step in steps:
        clock.now += passed
        if step == "hold":
            counts.hold(where, passed)
            held[where] = max(clock.now + math.ceil(passed), held.get(where, 0))
            continue
        wait = counts.turn(pace, where)
        recent = [moment for moment in given[where] if moment > clock.now - seconds - 1]
        is_free = len(recent) < requests and held.get(where, 0) <= clock.now
        assert (wait == 0) is is_free
        if wait == 0:
            given[where].append(clock.now)
            continue
        # The wait is as long as it has to be.
        until_held = held.get(where, 0) - clock.now
        expected = until_held if until_held > 0 else recent[0] + seconds + 1 - clock.now
        assert wait == pytest.approx(max(expected, 0.01))


def test_what_is_over_is_forgotten() -> None:
    clock = Clock()
    counts = LocalCounts(clock)
    for number in range(1000):
        counts.turn(Pace(3, 60), f"place-{number}")
        counts.hold(f"place-{number}", 5)
        clock.now += 1
    kept = vars(counts)
    assert len(kept["_sent"]) <= 63
    assert len(kept["_held_until"]) <= 7


@given(st.integers(1, 20), st.integers(1, 100), st.integers(0, 40))
def test_of_any_number_that_ask_at_once_just_the_pace_is_served(
    requests: int, seconds: int, asking: int
) -> None:
    place = f"place-{next(_NUMBERS)}"
    pace = Pace(requests, seconds)
    waits = [pace.turn(place) for _ in range(asking)]
    assert waits.count(0) == min(requests, asking)
    assert all(0 <= wait <= seconds + 1 for wait in waits)


@pytest.mark.parametrize(
    "wrong",
    [
        {"requests": 0},
        {"requests": -1},
        {"requests": 1.5},
        {"requests": True},
        {"seconds": 0},
        {"seconds": 0.5},
        {"redis": "http://127.0.0.1"},
        {"redis": "127.0.0.1:6379"},
        {"redis": ""},
    ],
)
def test_a_pace_that_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="pace"):
        Pace(**wrong)


def slow(service: Service) -> Service:
    """A service with unlimited answers."""
    return service.will(*[TAX] * 1000)


def test_clients_of_one_account_share_the_pace_across_threads(account: str) -> None:
    pace = Pace(10, 1)
    service = slow(Service())
    moments: list[float] = []

    def work(number: int) -> None:
        with InvoiceXpress(account, KEY, transport=service.transport, pace=pace) as ix:
            for _ in range(4):
                ix.taxes.get(5)
                moments.append(time.monotonic())

    began = time.monotonic()
    in_threads(6, work)
    assert len(moments) == 24
    # 10 at once, 10 after two seconds, 4 after four seconds.
    assert 3.8 < time.monotonic() - began < DEADLINE
    assert most_within(moments, 1) <= 10


async def test_tasks_share_the_pace_and_do_not_hold_up_the_loop(account: str) -> None:
    service = slow(Service())
    ticks = 0
    began = time.monotonic()
    async with (
        AsyncInvoiceXpress(account, KEY, transport=service.transport, pace=Pace(10, 1)) as ix,
        anyio.create_task_group() as tasks,
    ):

        async def work() -> None:
            for _ in range(4):
                await ix.taxes.get(5)

        for _ in range(6):
            tasks.start_soon(work)
        while len(service.requests) < 24:
            assert time.monotonic() - began < DEADLINE
            await anyio.sleep(0.01)
            ticks += 1
    assert len(service.requests) == 24
    assert time.monotonic() - began > 3.8
    assert ticks > 50


def test_the_sync_and_the_async_client_share_the_pace(account: str) -> None:
    service = slow(Service())
    pace = Pace(4, 1)

    async def get() -> None:
        async with AsyncInvoiceXpress(account, KEY, transport=service.transport, pace=pace) as ix:
            await ix.taxes.get(5)

    began = time.monotonic()
    with InvoiceXpress(account, KEY, transport=service.transport, pace=pace) as ix:
        for _ in range(4):
            ix.taxes.get(5)
    anyio.run(get)
    assert 1.5 < time.monotonic() - began < DEADLINE


def test_other_accounts_and_clients_without_a_pace_do_not_wait(account: str) -> None:
    service = slow(Service())
    began = time.monotonic()
    for name in (account, f"{account}-b"):
        with InvoiceXpress(name, KEY, transport=service.transport, pace=Pace(1, 60)) as ix:
            ix.taxes.get(5)
    # One emulator has many accounts at one address.
    for name in (f"{account}-c", f"{account}-d"):
        with InvoiceXpress(
            name, KEY, base_url="http://127.0.0.1:1", transport=service.transport, pace=Pace(1, 60)
        ) as ix:
            ix.taxes.get(5)
    with InvoiceXpress(account, KEY, transport=service.transport, pace=None) as ix:
        for _ in range(20):
            ix.taxes.get(5)
    assert time.monotonic() - began < 30


def is_held(account: str) -> bool:
    """Whether an account's requests are held back."""
    return PACE.turn(address(account, KEY, None, allow_insecure_http=False, http=httpx).place) > 0


def test_a_429_of_one_thread_holds_the_others(account: str) -> None:
    """The refused thread waits, and so do threads that have not sent a request yet."""
    service = Service()
    service.will(Answer(429, headers=(("retry-after", "1"),)), *[TAX] * 5)
    moments: list[float] = []

    def work(number: int) -> None:
        deadline = time.monotonic() + DEADLINE
        while number > 0 and not is_held(account):
            assert time.monotonic() < deadline
            time.sleep(0.001)
        with InvoiceXpress(account, KEY, transport=service.transport) as ix:
            ix.taxes.get(5)
        moments.append(time.monotonic())

    began = time.monotonic()
    in_threads(5, work)
    assert len(service.requests) == 6
    assert all(0.9 < moment - began < DEADLINE for moment in moments)


async def test_a_429_of_one_task_holds_the_others(account: str) -> None:
    service = Service()
    service.will(Answer(429, headers=(("retry-after", "1"),)), *[TAX] * 3)
    began = time.monotonic()
    moments: list[float] = []
    async with AsyncInvoiceXpress(account, KEY, transport=service.transport) as ix:

        async def work() -> None:
            await ix.taxes.get(5)
            moments.append(time.monotonic())

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(work)
            while not is_held(account):
                assert time.monotonic() - began < DEADLINE
                await anyio.sleep(0.001)
            for _ in range(2):
                tasks.start_soon(work)
    assert len(moments) == 3
    assert all(0.9 < moment - began < DEADLINE for moment in moments)


def test_a_retry_after_beyond_the_cap_is_an_error_at_once_and_holds_nobody(account: str) -> None:
    service = Service()
    service.will(Answer(429, headers=(("retry-after", "3600"),)), TAX)
    with InvoiceXpress(account, KEY, transport=service.transport) as ix:
        with pytest.raises(RateLimitError) as caught:
            ix.taxes.get(5)
        assert caught.value.retry_after == "3600"
        ix.taxes.get(5)
    assert len(service.requests) == 2
