"""Client and emulator each restate the vendor's tables, and must agree."""

from __future__ import annotations

from datetime import date, timedelta

from invoicexpress import reference_data as data
from invoicexpress_emulator.fiscal.countries import COUNTRY_CODES
from invoicexpress_emulator.fiscal.currencies import CURRENCIES
from invoicexpress_emulator.fiscal.exemption_codes import (
    DAYS_OF_LAW,
    EXCLUDED,
    EXEMPTIONS,
    NO_EXEMPTION,
)
from invoicexpress_emulator.fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from invoicexpress_emulator.fiscal.tax_regions import TAX_REGIONS
from invoicexpress_emulator.fiscal.vat_rates import HISTORY, rates_in_force


def test_exemption_codes_print_the_same_words() -> None:
    """The client also knows withdrawn codes and marks them; the service is not known to accept any. M26 is
    listed although its law has ended.
    """
    laws = [row for row in data.exemptions().values() if not row.is_request_marker]
    assert {row.code: row.text for row in laws if row.listed_to is None} == EXEMPTIONS
    assert {row.code for row in laws} - EXEMPTIONS.keys() == {"M03", "M08"}
    assert data.exemption(NO_EXEMPTION).is_request_marker


def test_exemption_codes_have_the_same_days() -> None:
    """The emulator has those of laws that began or ended after the first certified programs."""
    listed = [data.exemption(code) for code in EXEMPTIONS]
    first_programs = date(2010, 7, 1)
    expected = {
        row.code: (row.law_from, row.law_to)
        for row in listed
        if row.law_to or (row.law_from and row.law_from > first_programs)
    }
    assert {code: (days.first, days.last) for code, days in DAYS_OF_LAW.items()} == expected


def test_both_leave_the_same_works_to_another_code() -> None:
    rows = data.exemptions().values()
    mine = {row.code: (row.excluded_verba, row.note_from) for row in rows if row.excluded_verba}
    assert mine == {code: (left.verba, left.since) for code, left in EXCLUDED.items()}
    for code, left in EXCLUDED.items():
        assert left.instead in data.exemption(code).note
        assert data.exemption(left.instead).law_from == left.since


def test_countries_have_the_same_names_and_no_other_codes() -> None:
    assert set(data.countries()) == set(COUNTRY_CODES)
    codes = {row.name: row.iso_code for row in data.countries().values() if row.iso_code is not None}
    assert codes == {name: COUNTRY_CODES[name] for name in codes}


def test_currencies_have_the_same_names() -> None:
    assert {row.code: row.name for row in data.currencies().values()} == CURRENCIES


def test_tax_regions_are_the_same() -> None:
    assert {row.code for row in data.tax_regions()} == TAX_REGIONS


def test_payment_mechanisms_are_the_same() -> None:
    assert set(data.payment_mechanisms()) == set(PAYMENT_MECHANISMS)


def test_both_know_the_same_changes_of_rates_since_the_same_day() -> None:
    mine = {(row.region, row.valid_from) for row in data.vat_rates()}
    assert mine == {(row.region, row.day) for row in HISTORY}


def test_rates_of_vat_are_the_same_on_each_day_that_the_client_knows() -> None:
    for row in data.vat_rates():
        until = row.valid_to or date(2030, 1, 1)
        for after in range((until - row.valid_from).days + 1):
            rates = rates_in_force(row.region, row.valid_from + timedelta(days=after))
            assert getattr(rates, row.kind) == row.percent, (row, after)
