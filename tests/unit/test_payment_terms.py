"""Payment terms: calendar months, and today's date in Lisbon."""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import InputError, lisbon, payment_terms
from invoicexpress.payment_terms import due_date, month_of, month_range

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2190, 12, 31))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "terms", "due"),
    [
        ("2026-11-21", {}, "2026-11-21"),
        ("2026-11-21", {"days": 30}, "2026-12-21"),
        ("2026-01-31", {"months": 1}, "2026-02-28"),
        ("2028-01-31", {"months": 1}, "2028-02-29"),
        ("2026-01-31", {"months": 1, "end_of_month": True}, "2026-02-28"),
        ("2026-11-21", {"months": 1, "end_of_month": True}, "2026-12-31"),
        ("2026-11-21", {"end_of_month": True}, "2026-11-30"),
        ("2026-11-21", {"end_of_month": True, "days": 15}, "2026-12-15"),
        ("2026-11-30", {"end_of_month": True}, "2026-11-30"),
        ("2026-12-15", {"months": 2, "end_of_month": True, "days": 10}, "2027-03-10"),
    ],
)
def test_terms(start: str, terms: Any, due: str) -> None:
    assert due_date(day(start), **terms) == day(due)


@given(DAYS, st.integers(0, 400), st.integers(0, 40), st.booleans())
def test_nothing_is_due_before_its_date(
    start: datetime.date, days: int, months: int, end_of_month: bool
) -> None:
    due = due_date(start, days=days, months=months, end_of_month=end_of_month)
    assert due >= start + datetime.timedelta(days=days)
    assert due >= due_date(start, days=days, months=months)


@given(DAYS, st.integers(0, 40))
def test_the_end_of_a_month_is_its_last_day(start: datetime.date, months: int) -> None:
    due = due_date(start, months=months, end_of_month=True)
    assert due.day == monthrange(due.year, due.month)[1]
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months


@given(DAYS)
def test_a_month_holds_each_of_its_days_and_no_other(some: datetime.date) -> None:
    found = month_of(some)
    assert found == month_range(some.year, some.month)
    assert found.first <= some <= found.last
    assert found.first.day == 1
    assert (found.last + datetime.timedelta(days=1)).day == 1
    assert month_of(some, months_back=1).last + datetime.timedelta(days=1) == found.first


def test_a_month_filters_a_list() -> None:
    assert month_range(2026, 11).as_filter() == {"date_from": day("2026-11-01"), "date_to": day("2026-11-30")}
    first, last = month_range(2028, 2)
    assert (first, last) == (day("2028-02-01"), day("2028-02-29"))


def test_today_is_lisbon_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lisbon, "today", lambda: day("2026-01-31"))
    assert due_date(days=1) == day("2026-02-01")
    assert month_of() == (day("2026-01-01"), day("2026-01-31"))
    assert month_of(months_back=1).first == day("2025-12-01")


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"days": -1}, "expected 0 or more days"),
        ({"months": -1}, "expected 0 or more days"),
        ({"days": 10**10}, "has no day"),
        ({"months": 12 * 9999}, "has no day"),
    ],
)
def test_terms_that_lead_nowhere_are_refused(terms: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        due_date(day("2026-11-21"), **terms)


def test_a_time_of_day_is_refused() -> None:
    moment = datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC)
    for call in (due_date, month_of):
        with pytest.raises(InputError, match="without a time"):
            call(moment)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1)])
def test_a_month_that_there_is_not_is_refused(year: int, month: int) -> None:
    with pytest.raises(InputError, match="month"):
        payment_terms.month_range(year, month)
