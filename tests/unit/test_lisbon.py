"""The clock of `lisbon`, which tests may move."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from invoicexpress import lisbon, payment_terms, reference_data
from invoicexpress_wire import WireError

from tests.folded import folded

UTC = datetime.UTC
NEW_YEAR = datetime.datetime.fromisoformat("2027-01-01T00:30")
AZORES = datetime.timezone(-datetime.timedelta(hours=1))


@folded(
    "told, day, hour",
    [
        (NEW_YEAR, "2027-01-01", 0),
        (datetime.datetime(2026, 6, 30, 22, 59, tzinfo=UTC), "2026-06-30", 23),
        (datetime.datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "2026-07-01", 0),
        (datetime.datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "2026-12-31", 23),
        (datetime.datetime(2026, 12, 31, 23, 0, tzinfo=AZORES), "2027-01-01", 0),
    ],
)
def test_the_time_is_that_of_its_source_in_lisbon(told: datetime.datetime, day: str, hour: int) -> None:
    with lisbon.clock(lambda: told):
        assert lisbon.today().isoformat() == day
        assert lisbon.now().hour == hour
        assert lisbon.now().tzinfo == lisbon.zone()


def test_a_time_that_lisbon_skips_is_none() -> None:
    skipped = datetime.datetime.fromisoformat("2026-03-29T01:30")
    with lisbon.clock(lambda: skipped), pytest.raises(WireError, match="does not exist in Lisbon"):
        lisbon.now()


def test_the_source_is_asked_each_time() -> None:
    hours = iter(range(24))
    with lisbon.clock(lambda: NEW_YEAR + datetime.timedelta(hours=next(hours))):
        assert [lisbon.now().hour for _ in range(3)] == [0, 1, 2]


def test_defaults_follow() -> None:
    with lisbon.clock(lambda: NEW_YEAR):
        assert payment_terms.due_date(days=30) == datetime.date(2027, 1, 31)


@folded("told, holds", [("2025-08-13T23:59", False), ("2025-08-14T00:00", True)])
def test_the_table_of_the_day_follows(told: str, holds: bool) -> None:
    with lisbon.clock(lambda: datetime.datetime.fromisoformat(told)):
        assert reference_data.exemption_holds("M45") is holds


def test_the_inner_clock_counts_and_the_outer_one_comes_back() -> None:
    def fail_in_2030() -> None:
        with lisbon.clock(lambda: NEW_YEAR.replace(year=2030)):
            assert lisbon.today().year == 2030
            raise ZeroDivisionError

    before = lisbon.now()
    with lisbon.clock(lambda: NEW_YEAR):
        with pytest.raises(ZeroDivisionError):
            fail_in_2030()
        assert lisbon.today().year == 2027
    assert before <= lisbon.now() < before + datetime.timedelta(minutes=5)


def test_threads_and_tasks_share_it() -> None:
    async def day() -> str:
        return lisbon.today().isoformat()

    with ThreadPoolExecutor(1) as pool:
        # The thread and its context exist before the clock.
        pool.submit(lisbon.today).result()
        with lisbon.clock(lambda: NEW_YEAR):
            assert pool.submit(lisbon.today).result().year == 2027
            assert anyio.run(day) == "2027-01-01"
