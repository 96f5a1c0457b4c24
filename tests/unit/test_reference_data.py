"""The reference tables: complete, consistent with the contract, and clear about missing entries."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import InputError, lisbon
from invoicexpress import reference_data as data
from invoicexpress_generated.models.payment_mechanism import PAYMENT_MECHANISM_VALUES
from invoicexpress_generated.models.tax_write_code import TAX_WRITE_CODE_VALUES
from invoicexpress_wire import constrained

from tests.contract.contract_files import COMPACT, loaded
from tests.unit.test_public_api import python

CONTRACT: dict[str, Any] = loaded(COMPACT)
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        # 30 of the vendor's list, M26, M34 and M35 of the tax authority's, M03 and M08 of older ones, M00.
        (data.exemptions, 36),
        (data.vat_rates, 29),
        (data.saft_due_days, 5),
        (data.payment_mechanisms, 14),
        (data.countries, 251),
        # 264 of the vendor's list, and Desconhecido.
        (data.tax_regions, 265),
        (data.currencies, 157),
    ],
)
def test_a_table_is_whole_and_each_row_says_where_it_is_from(table: Callable[[], Any], rows: int) -> None:
    found = table()
    values = list(found.values() if hasattr(found, "values") else found)
    assert len(found) == len(values) == rows
    assert all(row.source for row in values)


def test_nothing_is_read_until_it_is_asked_for() -> None:
    code = (
        "import invoicexpress\n"
        "from invoicexpress import reference_data as data\n"
        "tables = (data.exemptions, data.vat_rates, data.countries, data.saft_due_days, data.currencies)\n"
        "print([table.cache_info().currsize for table in tables])\n"
        "data.exemption('M07')\n"
        "print([table.cache_info().currsize for table in tables])"
    )
    assert python(code).splitlines() == ["[0, 0, 0, 0, 0]", "[1, 0, 0, 0, 0]"]


def test_a_table_cannot_be_changed_by_its_reader() -> None:
    table: Any = data.exemptions()
    with pytest.raises(TypeError):
        table["M98"] = table["M07"]


def test_the_payment_mechanisms_are_the_contract_s() -> None:
    assert set(data.payment_mechanisms()) == set(SCHEMAS["PaymentMechanism"]["enum"])
    assert set(data.payment_mechanisms()) == set(PAYMENT_MECHANISM_VALUES)


def exemption_patterns() -> set[str]:
    """The patterns of all the contract's fields for exemption codes."""
    return {
        field["pattern"]
        for schema in SCHEMAS.values()
        for name, field in schema.get("properties", {}).items()
        if name.startswith("tax_exemption") and "pattern" in field
    }


def test_every_exemption_code_can_be_sent() -> None:
    patterns = exemption_patterns()
    assert patterns
    for code in data.exemptions():
        for pattern in patterns:
            assert constrained(code, pattern=pattern) == code


def test_exemptions_print_what_the_law_wants() -> None:
    for row in data.exemptions().values():
        assert row.is_request_marker is (row.code == "M00")
        if not row.is_request_marker:
            # SAF-T (PT) 1.04_01 takes 6 to 60 characters; the vendor's words for M15 have one more.
            assert 6 <= len(row.text) <= (61 if row.code == "M15" else 60), row
            assert row.legal_basis, row
    assert data.exemption("M07").text == "Isento artigo 9.º do CIVA"
    assert {row.code for row in data.exemptions().values() if not row.in_vendor_list} == {
        "M00",
        "M03",
        "M08",
        "M26",
        "M34",
        "M35",
    }


def test_each_code_has_the_days_of_its_law_and_their_source() -> None:
    """M00 takes an exemption away: no law is behind it."""
    for row in data.exemptions().values():
        assert row.law_source, row
        assert (row.law_from is None) == row.is_request_marker, row
        for first, last in ((row.law_from, row.law_to), (row.listed_from, row.listed_to)):
            assert first is None or last is None or first <= last, row
    ended = {row.code: row.law_to for row in data.exemptions().values() if row.law_to}
    assert ended == {"M03": datetime.date(2013, 9, 30), "M26": datetime.date(2023, 12, 31)}


FIRST_DAYS = {
    "M02": "1990-06-24",  # Decreto-Lei 198/90 of 19 June; Lei 6/83, art. 2
    "M03": "1997-08-14",  # Decreto-Lei 204/97 of 9 August; Lei 6/83, art. 2
    "M08": "1986-01-01",
    "M11": "1986-01-01",
    "M12": "1986-01-01",
    "M13": "1996-10-23",  # Decreto-Lei 199/96 of 18 October; Lei 6/83, art. 2
    "M19": "2022-07-01",
    "M21": "2004-01-01",  # Lei 107-B/2003
    "M32": "2010-04-29",
    "M33": "2020-01-01",  # Decreto-Lei 165/2019
    "M34": "2023-01-01",  # Decreto-Lei 85/2022
    "M42": "2007-01-30",  # Decreto-Lei 21/2007 of 29 January; Lei 74/98, art. 2
    "M43": "2000-01-01",
    "M45": "2025-04-01",  # Decreto-Lei 35/2025, art. 10.10
    "M46": "2017-07-01",  # Decreto-Lei 19/2017
}


@pytest.mark.parametrize("code", FIRST_DAYS)
def test_a_law_begins_on_its_day(code: str) -> None:
    assert str(data.exemption(code).law_from) == FIRST_DAYS[code]


def test_the_food_basket_ended_with_its_law_though_the_table_lists_it() -> None:
    """Lei 17/2023, Lei 60-A/2023."""
    row = data.exemption("M26")
    assert (row.law_from, row.law_to) == (datetime.date(2023, 4, 18), datetime.date(2023, 12, 31))
    assert (row.listed_from, row.listed_to) == (datetime.date(2023, 4, 14), None)
    assert "Lei 60-A/2023" in row.law_source


def test_construction_has_two_codes_since_july_2026() -> None:
    """Decreto-Lei 97/2026: M35 for works of verba 2.42, M31 for others."""
    assert "verba 2.42" in data.exemption("M31").note
    assert "2026-07-01" in data.exemption("M31").note
    assert data.exemption("M31").note_on(datetime.date(2026, 6, 30)) == ""
    assert data.exemption("M31").note_on(datetime.date(2026, 7, 1)) == data.exemption("M31").note
    assert data.exemption("M35").law_from == datetime.date(2026, 7, 1)
    assert "Decreto-Lei 97/2026" in data.exemption("M35").law_source
    assert data.exemption_holds("M31", on=datetime.date(2026, 7, 1)), "other construction keeps it"


TABLE_OF_2026 = (
    "M01 M02 M04 M05 M06 M07 M09 M10 M11 M12 M13 M14 M15 M16 M19 M20 M21 M25 M26 M30 M31 M32 M33 M34 M35 "
    "M40 M41 M42 M43 M44 M45 M46 M99"
)
"""The tax authority's table V4.0 of 2026-06-18."""


def test_the_codes_that_hold_are_those_of_the_tax_authority_s_table_whose_law_is_in_force() -> None:
    day = datetime.date(2026, 7, 1)
    in_force = [code for code in TABLE_OF_2026.split() if code != "M26"]
    assert [code for code in data.exemptions() if data.exemption_holds(code, on=day)] == in_force
    eve = day - datetime.timedelta(days=1)
    assert [code for code in data.exemptions() if data.exemption_holds(code, on=eve)] == [
        code for code in in_force if code != "M35"
    ]
    listed = [row.code for row in data.exemptions().values() if row.law_source and row.listed_to is None]
    assert [code for code in listed if code != "M00"] == TABLE_OF_2026.split()


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("M35", datetime.date(2026, 7, 1), None),
        ("M45", datetime.date(2025, 8, 14), None),
        ("M26", datetime.date(2023, 4, 18), datetime.date(2023, 12, 31)),
        ("M20", datetime.date(2015, 1, 1), None),
        ("M40", datetime.date(2022, 7, 1), None),
        ("M08", None, datetime.date(2022, 12, 31)),
        ("M03", None, datetime.date(2013, 9, 30)),
        ("M07", None, None),
    ],
)
def test_a_code_holds_from_its_first_day_to_its_last(
    code: str, first: datetime.date | None, last: datetime.date | None
) -> None:
    row, day = data.exemption(code), datetime.timedelta(days=1)
    assert (row.valid_from, row.valid_to) == (first, last)
    for bound, before, after in ((first, False, True), (last, True, False)):
        if bound is not None:
            assert row.holds(bound)
            assert data.exemption_holds(code, on=bound - day) is before
            assert data.exemption_holds(code, on=bound + day) is after


def test_an_exemption_holds_today_unless_a_day_is_given() -> None:
    assert data.exemption_holds("M07")
    assert not data.exemption_holds("M08")
    assert not data.exemption_holds("M00"), "M00 removes an exemption"


@pytest.mark.parametrize(
    ("region", "percent", "day", "kind"),
    [
        ("PT-MA", "5", (2024, 9, 30), "reduced"),
        ("PT-MA", "4.00", (2024, 10, 1), "reduced"),
        ("PT-MA", "5", (2024, 10, 1), None),
        ("PT", "23", (2026, 11, 21), "normal"),
        ("PT", "7.5", (2026, 11, 21), None),
        ("PT-AC", "9", (2026, 11, 21), "intermediate"),
        ("ES", "21", (2026, 11, 21), None),
    ],
)
def test_a_rate_is_known_by_its_region_and_day(
    region: str, percent: str, day: tuple[int, int, int], kind: str | None
) -> None:
    assert data.vat_kind(region, Decimal(percent), on=datetime.date(*day)) == kind


def test_a_rate_is_that_of_today_unless_a_day_is_given() -> None:
    assert data.vat_kind("PT-MA", Decimal(4)) == "reduced"


@pytest.mark.parametrize(
    ("region", "rates"),
    [("PT", ("23", "13", "6")), ("PT-AC", ("16", "9", "4")), ("PT-MA", ("22", "12", "4"))],
)
def test_the_rates_of_today(region: data.VatRegion, rates: tuple[str, str, str]) -> None:
    kinds: tuple[data.VatKind, ...] = ("normal", "intermediate", "reduced")
    assert tuple(data.vat_rate(region, kind) for kind in kinds) == tuple(map(Decimal, rates))


def test_madeira_s_reduced_rate_fell_on_a_day() -> None:
    """DLR 6/2024/M: 4 % from 1 October 2024."""
    assert data.vat_rate("PT-MA", "reduced", on=datetime.date(2024, 9, 30)) == 5
    assert data.vat_rate("PT-MA", "reduced", on=datetime.date(2024, 10, 1)) == 4


def test_at_no_day_two_rates_hold() -> None:
    by_kind: dict[tuple[str, str], list[data.VatRate]] = {}
    for row in data.vat_rates():
        by_kind.setdefault((row.region, row.kind), []).append(row)
    assert len(by_kind) == 9
    for rows in by_kind.values():
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert earlier.valid_to + datetime.timedelta(days=1) == later.valid_from
        assert rows[-1].valid_to is None


RATES = {
    ("PT", "2010-01-01"): "20 12 5",
    ("PT", "2010-06-30"): "20 12 5",
    ("PT", "2010-07-01"): "21 13 6",
    ("PT", "2010-12-31"): "21 13 6",
    ("PT", "2011-01-01"): "23 13 6",
    ("PT-AC", "2010-01-01"): "14 8 4",
    ("PT-AC", "2010-06-30"): "14 8 4",
    ("PT-AC", "2010-07-01"): "15 9 4",
    ("PT-AC", "2011-01-01"): "16 9 4",
    ("PT-AC", "2013-12-31"): "16 9 4",
    ("PT-AC", "2014-01-01"): "18 10 5",
    ("PT-AC", "2015-07-01"): "18 9 4",
    ("PT-AC", "2021-06-30"): "18 9 4",
    ("PT-AC", "2021-07-01"): "16 9 4",
    ("PT-MA", "2010-01-01"): "14 8 4",
    ("PT-MA", "2010-06-30"): "14 8 4",
    ("PT-MA", "2010-07-01"): "15 9 4",
    ("PT-MA", "2012-03-31"): "16 9 4",
    ("PT-MA", "2012-04-01"): "22 12 5",
    ("PT-MA", "2024-09-30"): "22 12 5",
    ("PT-MA", "2024-10-01"): "22 12 4",
}
"""Normal, intermediate, reduced on the first and last day of changes."""


@pytest.mark.parametrize(("region", "day"), RATES)
def test_the_rates_of_each_region_since_2010(region: data.VatRegion, day: str) -> None:
    kinds: tuple[data.VatKind, ...] = ("normal", "intermediate", "reduced")
    on = datetime.date.fromisoformat(day)
    assert " ".join(str(data.vat_rate(region, kind, on=on)) for kind in kinds) == RATES[region, day]


@pytest.mark.parametrize(
    ("month", "due"),
    [
        ("2026-10", "2026-11-05"),
        ("2025-12", "2026-01-09"),  # by order
        ("2026-12", "2027-01-05"),
        ("2023-03", "2023-04-10"),  # the 8th by order, which was a Saturday
        ("2023-11", "2023-12-11"),  # a holiday before a weekend
        ("2023-12", "2024-01-08"),
        ("2024-01", "2024-02-05"),
        ("2026-03", "2026-04-06"),  # a Sunday
        ("2026-09", "2026-10-06"),  # a holiday
        ("2026-07", "2026-08-31"),  # August
        ("2024-07", "2024-08-31"),  # a Saturday
        ("2025-07", "2025-08-31"),  # a Sunday
        ("2022-11", "2022-12-12"),
        ("2022-12", "2023-01-12"),
        ("2023-01", "2023-02-08"),
        ("2023-05", "2023-06-09"),  # after Corpus Christi
        ("2042-05", "2042-06-06"),  # after Corpus Christi
        ("2075-03", "2075-04-08"),  # Good Friday, and Easter
        ("2019-07", "2019-08-16"),  # before the rule of August, after a holiday
        ("2020-06", "2020-07-13"),  # a Sunday
    ],
)
def test_a_month_s_saft_is_due_on_the_5th_unless_moved(month: str, due: str) -> None:
    first = datetime.date.fromisoformat(f"{month}-01")
    assert data.saft_due(first.year, first.month) == datetime.date.fromisoformat(due)


def test_one_law_holds_for_each_month_and_orders_go_before_it() -> None:
    laws = [row for row in data.saft_due_days() if not row.is_by_order]
    for earlier, later in pairwise(laws):
        assert earlier.last_month is not None
        assert (later.first_month - earlier.last_month).days in (28, 29, 30, 31)
    assert laws[-1].last_month is None
    assert laws[-1].day == 5
    assert [row.day for row in data.saft_due_days() if row.is_by_order] == [8, 9]


@given(st.dates(datetime.date(2008, 7, 1), datetime.date(2100, 1, 1)))
def test_on_every_day_that_the_table_covers_there_is_a_rate(day: datetime.date) -> None:
    for row in data.vat_rates():
        assert data.vat_rate(row.region, row.kind, on=day) > 0


UNKNOWN: list[tuple[Callable[[], object], str]] = [
    (lambda: data.exemption("M98"), "exemption code: 'M98' is not among the 36"),
    (lambda: data.exemption("m07"), "exemption code"),
    (lambda: data.exemption_holds("M98"), "exemption code: 'M98'"),
    (lambda: data.payment_mechanism("XX"), "payment mechanism: 'XX'"),
    (lambda: data.country("PT"), "country name: 'PT' is not among the 251"),
    (lambda: data.country_name("TO"), "country code: 'TO'"),
    (lambda: data.country_name("VG"), "country code: 'VG'"),
    (lambda: data.country_name(""), "country code: ''"),
    (lambda: data.tax_region("PT-XX"), "tax region: 'PT-XX'"),
    (lambda: data.currency("Euro"), "currency code: 'Euro'"),
    (lambda: data.currency_named("EUR"), "currency name: 'EUR'"),
    (lambda: data.vat_rate("PT-XX"), "unknown 'normal' rate of region 'PT-XX'"),  # type: ignore[arg-type] # the point
    (lambda: data.vat_rate("PT-AC", on=datetime.date(2008, 6, 30)), "known from 2008-07-01 on"),
    (lambda: data.saft_due(2018, 12), "known from 2019-01 on, not for 2018-12"),
    (lambda: data.saft_due(2026, 13), "from 1 to 12, got 2026 and 13"),
]


@pytest.mark.parametrize(("ask", "said"), UNKNOWN)
def test_what_is_not_there_is_said(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(InputError) as caught:
        ask()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PT", "Portugal"),
        ("gb", "UK"),
        ("US", "United States"),
        ("CZ", "Czech Republic"),
        ("KR", "Korea, South"),
        ("MO", "Macau"),
        ("CD", "Congo, Democratic Republic"),
        ("MM", "Myanmar"),
        ("RU", "Russia"),
    ],
)
def test_countries_are_found_by_code(code: str, name: str) -> None:
    assert data.country_name(code) == name
    assert data.country(name).iso_code == code.upper()


def test_a_code_has_one_name_to_send() -> None:
    rows = data.countries().values()
    codes = {row.iso_code for row in rows if row.iso_code}
    preferred = Counter(row.iso_code for row in rows if row.is_preferred)
    assert set(preferred) == codes
    assert set(preferred.values()) == {1}


def test_countries_and_tax_regions_agree_on_codes() -> None:
    """Many countries are on both of the vendor's lists; our codes must not contradict the second."""
    regions = {row.name: row.code for row in data.tax_regions()}
    shared = [row for row in data.countries().values() if row.iso_code and row.name in regions]
    assert len(shared) > 200
    assert [row for row in shared if regions[row.name] != row.iso_code] == []


def test_a_region_of_several_names_gives_the_first() -> None:
    assert data.tax_region("PT-MA").name == "Portugal – Madeira"
    assert data.tax_region("CI").name == "Côte d’Ivoire"
    assert data.tax_region("Desconhecido").code == "Desconhecido"


def test_currencies_are_found_by_either_name() -> None:
    euro = data.currency("EUR")
    assert (euro.name, euro.symbol) == ("Euro", "€")
    for row in data.currencies().values():
        assert data.currency_named(row.name) == row


def test_the_rates_cover_the_codes_that_a_tax_can_have() -> None:
    """NOR, INT and RED are the three kinds of rates; ISE has no rate, OUT covers any other."""
    names = {"NOR": "normal", "INT": "intermediate", "RED": "reduced"}
    assert set(TAX_WRITE_CODE_VALUES) - {"ISE", "OUT"} == set(names)
    assert {row.kind for row in data.vat_rates()} == set(names.values())


class TestQualifiedSeals:
    def test_pdfs_need_one_from_2027_on(self) -> None:
        """Lei 45-A/2024 named 2026, the State Budget 2026 moved it."""
        days = [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1), datetime.date(2027, 6, 1)]
        assert [data.needs_qualified_seal(on=day) for day in days] == [False, True, True]

    def test_today_is_lisbons(self) -> None:
        assert data.needs_qualified_seal() == data.needs_qualified_seal(on=lisbon.today())

    def test_each_law_moved_the_day_further(self) -> None:
        rows = data.qualified_seal_days()
        assert [row.first_day for row in rows] == sorted({row.first_day for row in rows})
        assert all(row.source for row in rows)
