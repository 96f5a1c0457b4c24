"""The rates of each region on each day, and their names."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.tax_regions import TAX_REGIONS
from invoicexpress_emulator.fiscal.vat_rates import HISTORY, code_of, rates_in_force, tax_code

from tests.emulator.support.issued_document import a_document, a_line
from tests.folded import folded

PORTUGUESE = ("PT", "PT-AC", "PT-MA")
CODES = ("RED", "INT", "NOR")

LAW = {
    ("PT", date(2008, 7, 1)): "5 12 20",
    ("PT", date(2010, 1, 1)): "5 12 20",
    ("PT", date(2010, 6, 30)): "5 12 20",
    ("PT", date(2010, 7, 1)): "6 13 21",
    ("PT", date(2010, 12, 31)): "6 13 21",
    ("PT", date(2011, 1, 1)): "6 13 23",
    ("PT", date(2026, 11, 21)): "6 13 23",
    ("PT-AC", date(2010, 1, 1)): "4 8 14",
    ("PT-AC", date(2010, 6, 30)): "4 8 14",
    ("PT-AC", date(2010, 7, 1)): "4 9 15",
    ("PT-AC", date(2010, 12, 31)): "4 9 15",
    ("PT-AC", date(2013, 12, 31)): "4 9 16",
    ("PT-AC", date(2014, 1, 1)): "5 10 18",
    ("PT-AC", date(2015, 6, 30)): "5 10 18",
    ("PT-AC", date(2015, 7, 1)): "4 9 18",
    ("PT-AC", date(2021, 6, 30)): "4 9 18",
    ("PT-AC", date(2021, 7, 1)): "4 9 16",
    ("PT-MA", date(2010, 1, 1)): "4 8 14",
    ("PT-MA", date(2010, 6, 30)): "4 8 14",
    ("PT-MA", date(2010, 7, 1)): "4 9 15",
    ("PT-MA", date(2012, 3, 31)): "4 9 16",
    ("PT-MA", date(2012, 4, 1)): "5 12 22",
    ("PT-MA", date(2024, 9, 30)): "5 12 22",
    ("PT-MA", date(2024, 10, 1)): "4 12 22",
}
"""The last and the first day of each change: reduced, intermediate, normal."""


@pytest.mark.parametrize(("region", "on"), LAW)
def test_each_change_begins_on_its_day(region: str, on: date) -> None:
    rates = rates_in_force(region, on)
    assert rates is not None
    assert " ".join(map(str, rates)) == LAW[region, on]
    assert [code_of(region, rate, on) for rate in rates] == list(CODES)


@pytest.mark.parametrize("region", PORTUGUESE)
def test_days_before_the_table_have_no_rates(region: str) -> None:
    assert rates_in_force(region, date(2008, 6, 30)) is None
    assert code_of(region, Decimal(21), date(2008, 6, 30)) is None


@folded("region", sorted(TAX_REGIONS - set(PORTUGUESE)))
def test_regions_abroad_have_none_of_ours(region: str) -> None:
    assert rates_in_force(region, date(2026, 1, 1)) is None
    assert code_of(region, Decimal(23), date(2026, 1, 1)) is None


def test_the_rows_of_a_region_follow_each_other() -> None:
    assert {row.region for row in HISTORY} == set(PORTUGUESE)
    for region in PORTUGUESE:
        rows = [row for row in HISTORY if row.region == region]
        assert all(before.day < after.day for before, after in pairwise(rows))
        assert all(before.rates != after.rates for before, after in pairwise(rows)), "a change changes"
    assert all(row.source for row in HISTORY)


@given(
    st.sampled_from(PORTUGUESE),
    st.dates(date(2008, 7, 1), date(2040, 1, 1)),
    st.decimals(0, 30, places=2),
)
def test_a_rate_has_a_code_exactly_when_it_is_in_force(region: str, on: date, rate: Decimal) -> None:
    rates = rates_in_force(region, on)
    assert rates is not None
    assert rates.reduced < rates.intermediate < rates.normal
    expected = dict(zip(rates, CODES, strict=True)).get(rate)
    assert code_of(region, rate, on) == expected


@given(st.sampled_from(PORTUGUESE), st.dates(date(2008, 7, 1), date(2040, 1, 1)))
def test_rates_change_on_the_days_of_the_table_alone(region: str, on: date) -> None:
    changed = rates_in_force(region, on) != rates_in_force(region, on - timedelta(days=1))
    assert changed == ((region, on) in {(row.region, row.day) for row in HISTORY})


@pytest.mark.parametrize(
    ("stated", "region", "rate", "code"),
    [
        ("RED", "PT", "23", "RED"),
        (None, "PT-MA", "4", "RED"),
        (None, "PT-MA", "5", "OUT"),
        (None, "FR", "20", "OUT"),
        ("NOR", "FR", "20", "NOR"),
        ("ISE", "PT", "6", "OUT"),
        ("ISE", "PT", "0", "ISE"),
        (None, "PT", "0", "ISE"),
    ],
)
def test_what_a_tax_was_made_with_is_its_code(stated: str | None, region: str, rate: str, code: str) -> None:
    assert tax_code(stated, region, Decimal(rate), date(2026, 1, 1)) == code


@pytest.mark.parametrize(
    ("region", "on", "rate", "code"),
    [
        ("PT-MA", date(2024, 9, 30), "5", "RED"),
        ("PT-MA", date(2024, 10, 1), "4", "RED"),
        ("PT-MA", date(2024, 10, 1), "5", "OUT"),
        ("PT-AC", date(2021, 6, 30), "18", "NOR"),
        ("PT-AC", date(2021, 7, 1), "9", "INT"),
    ],
)
def test_a_line_without_a_code_is_called_by_its_documents_date(
    region: str, on: date, rate: str, code: str
) -> None:
    line = a_line("100", rate, None, region)
    assert a_document(date=on, lines=(line,)).tax_key(line).code == code
