"""Dates and times on the wire: dd/mm/yyyy, and yyyy-mm-dd in treasury; exact both ways, strict on writing."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress_wire import (
    WireError,
    format_date,
    format_date_or_none,
    format_datetime,
    format_datetime_or_none,
    format_iso_date,
    format_iso_date_or_none,
    parse_date,
    parse_date_or_none,
    parse_datetime,
    parse_datetime_or_none,
    parse_iso_date,
    parse_iso_date_or_none,
)

naive_times = st.datetimes().map(lambda moment: moment.replace(microsecond=0))


@given(st.dates())
@example(datetime.date.min)
@example(datetime.date.max)
@example(datetime.date(2028, 2, 29))
def test_any_date_survives_the_wire(day: datetime.date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date_or_none(format_date_or_none(day)) == day


@given(st.dates())
def test_a_printed_date_is_day_month_year_with_leading_zeros(day: datetime.date) -> None:
    assert format_date(day) == f"{day.day:02}/{day.month:02}/{day.year:04}"
    assert len(format_date(day)) == 10


@given(st.dates())
def test_days_and_months_without_leading_zeros_are_read(day: datetime.date) -> None:
    assert parse_date(f"{day.day}/{day.month}/{day.year:04}") == day


def test_the_day_comes_first() -> None:
    """Reading 03/04 the American way would move a document to another month."""
    assert parse_date("03/04/2026") == datetime.date(2026, 4, 3)


@given(st.dates())
@example(datetime.date.min)
@example(datetime.date.max)
@example(datetime.date(2028, 2, 29))
def test_any_date_survives_the_younger_wire(day: datetime.date) -> None:
    assert parse_iso_date(format_iso_date(day)) == day
    assert parse_iso_date_or_none(format_iso_date_or_none(day)) == day
    assert format_iso_date(day) == f"{day.year:04}-{day.month:02}-{day.day:02}"


@given(st.dates())
def test_neither_wire_reads_the_dates_of_the_other(day: datetime.date) -> None:
    with pytest.raises(WireError, match="not a date as yyyy-mm-dd"):
        parse_iso_date(format_date(day))
    with pytest.raises(WireError, match="not a date as dd/mm/yyyy"):
        parse_date(format_iso_date(day))


@given(naive_times)
def test_any_time_survives_the_wire(moment: datetime.datetime) -> None:
    assert parse_datetime(format_datetime(moment)) == moment
    assert parse_datetime_or_none(format_datetime_or_none(moment)) == moment


def test_a_time_without_seconds_is_read() -> None:
    assert parse_datetime("1/2/2026 09:30") == datetime.datetime(2026, 2, 1, 9, 30)  # noqa: DTZ001 none there


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-21",
        "21-11-2026",
        "21/11/26",
        "31/02/2026",
        "00/01/2026",
        "01/13/2026",
        "29/02/2027",
        "01/01/0000",
        "21/11/2026 ",
        " 21/11/2026",
        "21/11/2026\n",
        "٢١/١١/٢٠٢٦",
        "21/11/2026 09:30:00",
        "hoje",
        20261121,
        Decimal(1),
        True,
        [],
        {},
    ],
)
@pytest.mark.parametrize("parse", [parse_date, parse_date_or_none])
def test_what_is_not_a_date_is_refused(parse: Callable[[object], object], value: object) -> None:
    with pytest.raises(WireError, match="not a date"):
        parse(value)


@pytest.mark.parametrize(
    "value",
    [
        "21/11/2026",
        "20261121",
        "2026-W47-6",
        "2026-11-1",
        "26-11-21",
        "2026-02-31",
        "2026-13-01",
        "0000-01-01",
        "2027-02-29",
        "2026-11-21T00:00:00",
        "2026-11-21 ",
        "2026-11-21\n",
        "٢٠٢٦-١١-٢١",
        "null",
        20261121,
        Decimal(1),
        True,
        [],
        {},
    ],
)
@pytest.mark.parametrize("parse", [parse_iso_date, parse_iso_date_or_none])
def test_what_is_not_an_iso_date_is_refused(parse: Callable[[object], object], value: object) -> None:
    with pytest.raises(WireError, match="not a date as yyyy-mm-dd"):
        parse(value)


@pytest.mark.parametrize(
    "value",
    [
        "21/11/2026",
        "21/11/2026T09:30:00",
        "21/11/2026 9:30:00",
        "21/11/2026 24:00:00",
        "21/11/2026 23:60:00",
        "31/02/2026 09:30:00",
        "21/11/2026 09:30:00Z",
        "21/11/2026 09:30:00\n",
        0,
        [],
    ],
)
@pytest.mark.parametrize("parse", [parse_datetime, parse_datetime_or_none])
def test_what_is_not_a_time_is_refused(parse: Callable[[object], object], value: object) -> None:
    with pytest.raises(WireError, match="not a time"):
        parse(value)


@pytest.mark.parametrize("parse", [parse_date_or_none, parse_iso_date_or_none, parse_datetime_or_none])
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_and_the_empty_text_are_nothing_where_nothing_may_stand(
    parse: Callable[[object], object], nothing: object
) -> None:
    assert parse(nothing) is None


@pytest.mark.parametrize("parse", [parse_date, parse_iso_date, parse_datetime])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_refused_where_something_has_to_stand(
    parse: Callable[[object], object], nothing: object
) -> None:
    with pytest.raises(WireError):
        parse(nothing)


NOW = datetime.datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 the wire has no zone


@pytest.mark.parametrize("value", ["21/11/2026", "2026-11-21", NOW, 0, 1.0, True, None, ()])
@pytest.mark.parametrize("format_value", [format_date, format_iso_date])
def test_only_a_date_is_written_as_a_date(format_value: Callable[[object], str], value: object) -> None:
    """A text is refused, because the service silently replaces one that it cannot read by today."""
    with pytest.raises(WireError, match=r"expected a datetime\.date"):
        format_value(value)


@pytest.mark.parametrize(
    "value", ["21/11/2026 09:30:00", NOW.date(), NOW.replace(tzinfo=datetime.UTC), 0, 1.0, None]
)
def test_only_a_time_without_a_zone_is_written_as_a_time(value: object) -> None:
    with pytest.raises(WireError, match="without a zone"):
        format_datetime(value)


def test_none_is_written_as_null_where_null_may_stand() -> None:
    assert format_date_or_none(None) is None
    assert format_iso_date_or_none(None) is None
    assert format_datetime_or_none(None) is None


@given(st.text() | st.integers() | st.booleans() | st.none() | st.floats() | st.lists(st.integers()))
def test_reading_never_raises_anything_but_a_wire_error(value: object) -> None:
    parsers = (
        parse_date,
        parse_date_or_none,
        parse_iso_date,
        parse_iso_date_or_none,
        parse_datetime,
        parse_datetime_or_none,
    )
    for parse in parsers:
        with contextlib.suppress(WireError):
            parse(value)
