"""Laws of arguments: what people write is read exactly, or refused."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_cli import values
from invoicexpress_cli.outcomes import UsageError

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
NAMES = st.text(st.characters(exclude_characters=";", exclude_categories=["Cc", "Cs", "Z"]), min_size=1)


@given(AMOUNTS, st.sampled_from(".,"))
def test_an_amount_is_read_exactly(amount: Decimal, point: str) -> None:
    found = values.amount(f" {amount:f} ".replace(".", point))
    assert (found, str(found)) == (amount, f"{amount:f}")


@given(st.text())
def test_any_other_text_is_no_amount(text: str) -> None:
    try:
        found = values.amount(text)
    except UsageError:
        return
    assert found.is_finite()
    assert found == Decimal(text.strip().replace(",", "."))


@pytest.mark.parametrize(
    "text",
    ["", "1O", "1.234,50", "1,234.50", "1 234", "1e3", "NaN", "Infinity", "+1", ".5", "5.", "€5", "٣", "--1"],
)
def test_no_amounts(text: str) -> None:
    with pytest.raises(UsageError):
        values.amount(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_date_in_both_forms(day: datetime.date) -> None:
    assert values.date(f" {day:%Y-%m-%d} ") == values.date(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    "text", ["", "2026-02-29", "31/11/2026", "2026/11/30", "11/30/2026", "today", "30-11-2026"]
)
def test_no_dates(text: str) -> None:
    with pytest.raises(UsageError):
        values.date(text)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_in_both_forms_is_whole(year: int, number: int) -> None:
    found = values.month(f"{year:04}-{number:02}")
    assert found == values.month(f"{number}/{year:04}") == values.month(str(found))
    assert (found.first.day, found.last.day) == (1, calendar.monthrange(year, number)[1])
    assert found.first.month == found.last.month == number


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "0000-01", "13/2026", "26-11", "2026-11-01", "nov"]
)
def test_no_months(text: str) -> None:
    with pytest.raises(UsageError):
        values.month(text)


@given(NAMES, AMOUNTS, AMOUNTS, st.none() | NAMES)
def test_a_line_is_its_parts(name: str, quantity: Decimal, price: Decimal, tax: str | None) -> None:
    text = f"{name} ; {quantity:f}; {price:f}" + ("" if tax is None else f" ;{tax}")
    expected = {"name": name, "quantity": quantity, "unit_price": price}
    assert values.line(text) == (expected if tax is None else {**expected, "tax": {"name": tax}})


@given(st.text())
def test_a_text_is_a_line_or_refused(text: str) -> None:
    try:
        found = values.line(text)
    except UsageError:
        return
    assert {"name", "quantity", "unit_price"} <= found.keys()
