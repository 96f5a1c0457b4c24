"""The client's arithmetic and the emulator's agree on any document, part by part and cent by cent.

The client works in fractions, the emulator in decimals, and neither imports the other: each implements the
rule of docs/totals.md. They are compared here without a server; test_totals_and_emulator.py covers the
amounts on the wire.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from invoicexpress import InvoiceWrite, Tax, reference_data, totals
from invoicexpress.totals import Line, TaxRates
from invoicexpress_emulator.books.catalogue.items import item as items
from invoicexpress_emulator.books.documents import drafting
from invoicexpress_emulator.fiscal import totals as emulated
from invoicexpress_generated.models.global_discount_write import GlobalDiscountWrite

LONG: Final = int(os.environ.get("FUZZ_EXAMPLES", "0"))
DOCUMENTS: Final = max(3000, 800 * LONG) if LONG else 300
"""`make fuzz` compares thousands of them, as many as its size says."""
QUICK: Final = settings(
    max_examples=DOCUMENTS, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class AccountTax(NamedTuple):
    """A tax of an account. A mainland tax may lack a region."""

    region: str | None
    rate: Decimal
    code: str

    @property
    def name(self) -> str:
        return f"{self.region} {self.rate} {self.code}"


EVERY_DAY: Final = tuple(
    AccountTax(region, Decimal(rate), code)
    for region, rate, code in (
        ("PT", "0", "ISE"),
        # The same rate under another code, or of another region, is a separate part.
        ("PT", "23", "OUT"),
        ("PT", "4", "OUT"),
        ("PT", "7.5", "OUT"),
        ("PT", "33.33", "OUT"),
        ("PT", "0.01", "OUT"),
        ("PT", "99.99", "OUT"),
        ("PT", "100", "OUT"),
        (None, "17.5", "OUT"),
        ("PT-AC", "0", "ISE"),
        ("PT-MA", "0", "ISE"),
        ("ES", "21", "OUT"),
        ("ES", "4", "OUT"),
        ("DE", "19", "OUT"),
        ("DE", "0", "ISE"),
    )
)
REGIONS: Final[tuple[reference_data.VatRegion, ...]] = ("PT", "PT-AC", "PT-MA")
CODES: Final[Mapping[reference_data.VatKind, str]] = {
    "normal": "NOR",
    "intermediate": "INT",
    "reduced": "RED",
}


def taxes_on(day: dt.date) -> tuple[AccountTax, ...]:
    """The rates in force in all regions on a day, and some that never existed."""
    in_force = (
        AccountTax(region, reference_data.vat_rate(region, kind, on=day), code)
        for region in REGIONS
        for kind, code in CODES.items()
    )
    return (*in_force, *EVERY_DAY)


DAYS: Final = (dt.date(2024, 9, 30), dt.date(2024, 10, 1), dt.date(2026, 11, 21))
"""Madeira's reduced rate fell from 5 to 4 % between the first two, and is that of the Azores since."""
TAXES: Final = {day: taxes_on(day) for day in DAYS}


class Row(NamedTuple):
    """A line as the caller writes it."""

    unit_price: Decimal
    quantity: Decimal
    discount: Decimal
    tax: AccountTax
    exemption: str | None


@dataclass(frozen=True)
class Case:
    """A document as the caller writes it."""

    day: dt.date
    rows: Sequence[Row]
    tax_exemption: str | None = None
    global_discount: tuple[Any, Decimal] | None = None
    retention: Decimal | None = None
    rate: Decimal | None = None


def scaled(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals with this many places. Small and round ones, where ties occur, are as likely as others."""
    return st.one_of(
        st.integers(low, min(high, 10**places)),
        st.integers(low, high),
        st.sampled_from([unit for unit in (0, 10**places // 2, 10**places) if low <= unit <= high]),
    ).map(lambda units: Decimal(units).scaleb(-places))


PRICES: Final = scaled(0, 5_000_0000, 4)
QUANTITIES: Final = scaled(0, 200_00, 2)
PERCENTAGES: Final = st.just(Decimal(0)) | scaled(0, 100_0000, 4)
EXEMPTIONS: Final = st.sampled_from([None, "M01", "M05", "M07", "M99"])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    day = draw(st.sampled_from(DAYS))
    few = draw(st.lists(st.sampled_from(TAXES[day]), min_size=1, max_size=5))
    row = st.builds(Row, PRICES, QUANTITIES, PERCENTAGES, st.sampled_from(few), EXEMPTIONS)
    # An unbounded list strategy mostly gives short lists.
    length = draw(st.integers(1, 12))
    rows = draw(st.lists(row, min_size=length, max_size=length))
    return Case(
        day,
        rows,
        draw(EXEMPTIONS),
        draw(discounts(rows)),
        draw(st.none() | scaled(0, 99_99, 2)),
        draw(st.none() | scaled(1, 1999_999999, 6)),
    )


@st.composite
def discounts(draw: st.DrawFn, rows: Sequence[Row]) -> tuple[Any, Decimal] | None:
    kind = draw(st.sampled_from([None, "percentage", "absolute"]))
    if kind is None:
        return None
    if kind == "percentage":
        return kind, draw(PERCENTAGES)
    net = sum((row.unit_price * row.quantity * (100 - row.discount) / 100 for row in rows), Decimal(0))
    most = int(net * 100)
    return kind, Decimal(draw(st.integers(0, most) | st.just(most))).scaleb(-2)


class Part(NamedTuple):
    """A row of the VAT summary, in a form common to both sides."""

    region: str
    code: str
    rate: Decimal
    exemption: str | None
    base: Decimal
    tax: Decimal


class Amounts(NamedTuple):
    """All the amounts to compare."""

    sum: Decimal
    discount: Decimal
    before_taxes: Decimal
    taxes: Decimal
    total: Decimal
    withheld: Decimal
    in_other_currency: Decimal | None
    parts: list[Part]


def by_the_client(case: Case) -> Amounts:
    """The amounts that the client computes from the document and the account's taxes."""
    known = [
        Tax(number, tax.name, tax.rate, region=tax.region, code=tax.code)
        for number, tax in enumerate(TAXES[case.day])
    ]
    written = InvoiceWrite.of(
        date=case.day,
        client={"name": "Ana"},
        items=[
            {
                "name": "A",
                "unit_price": row.unit_price,
                "quantity": row.quantity,
                "discount": row.discount,
                "tax": {"name": row.tax.name},
                "tax_exemption": row.exemption,
            }
            for row in case.rows
        ],
        tax_exemption=case.tax_exemption,
        global_discount=case.global_discount and GlobalDiscountWrite(*case.global_discount),
        retention=case.retention,
        rate=case.rate,
    )
    found = totals.of_document(written, TaxRates.of(known))
    return Amounts(
        found.sum,
        found.discount,
        found.before_taxes,
        found.taxes,
        found.total,
        found.retention,
        found.multicurrency_total,
        [
            Part(part.region, part.code or "", part.rate, part.exemption, part.base, part.tax)
            for part in found.parts
        ],
    )


def by_the_emulator(case: Case) -> Amounts:
    """The amounts as the emulator stores and shows them."""
    lines = [
        (
            emulated.TaxKey(
                row.tax.region or "PT",
                row.tax.code,
                row.tax.rate,
                (row.exemption or case.tax_exemption) if row.tax.rate == 0 else None,
            ),
            emulated.line_amounts(
                emulated.rounded(row.unit_price, items.PRICE_DECIMALS),
                emulated.rounded(row.quantity, drafting.QUANTITY_DECIMALS),
                emulated.rounded(row.discount, drafting.DISCOUNT_DECIMALS),
                row.tax.rate,
            ),
        )
        for row in case.rows
    ]
    discount = case.global_discount and emulated.GlobalDiscount(*case.global_discount)
    found = emulated.document_totals([amounts for _, amounts in lines], discount)
    return Amounts(
        emulated.euros(found.sum),
        emulated.euros(found.discount),
        emulated.euros(found.before_taxes),
        emulated.euros(found.taxes),
        emulated.euros(found.total),
        emulated.euros(emulated.withheld(found.before_taxes, case.retention)),
        None if case.rate is None else emulated.in_other_currency(found.total, case.rate),
        [
            Part(
                part.key.region,
                part.key.code,
                part.key.rate,
                part.key.exemption,
                emulated.euros(part.base),
                emulated.euros(part.tax),
            )
            for part in emulated.tax_summary(lines, discount)
        ],
    )


PT_0: Final = AccountTax("PT", Decimal(0), "ISE")


def alike(*codes: str, price: str = "1") -> list[Row]:
    """Exempt lines of one price, each distinct code being a part."""
    return [Row(Decimal(price), Decimal(1), Decimal(0), PT_0, code) for code in codes]


THIRDS: Final = Case(
    DAYS[0],
    [*alike("M01", "M01", price="0.5"), *alike("M05", "M07")],
    global_discount=("absolute", Decimal(1)),
)
"""Three parts of 2/3 EUR, the first of two lines: two cents are left over for three that lost alike."""


@QUICK
@given(cases())
@example(THIRDS)
def test_the_two_agree_on_every_amount_and_every_part(case: Case) -> None:
    client, emulator = by_the_client(case), by_the_emulator(case)
    assert client._asdict() == emulator._asdict()
    event(f"{len(client.parts)} parts")
    assert sum(part.base for part in client.parts) == client.before_taxes
    assert sum(part.tax for part in client.parts) == client.taxes


def test_parts_that_lost_alike_are_served_as_they_stand() -> None:
    """A part summed from two lines gets no more than the next, which has one line."""
    bases = [(part.exemption, str(part.base)) for part in by_the_emulator(THIRDS).parts]
    assert bases == [("M01", "0.67"), ("M05", "0.67"), ("M07", "0.66")]
    assert by_the_client(THIRDS).parts == by_the_emulator(THIRDS).parts


def test_two_regions_of_one_rate_are_two_parts() -> None:
    """4 % in the Azores and, since 2024-10-01, in Madeira: a cent may go to one of them alone."""
    day = DAYS[1]
    azores, madeira = (AccountTax(region, Decimal(4), "RED") for region in ("PT-AC", "PT-MA"))
    assert {azores, madeira} <= set(TAXES[day])
    case = Case(day, [Row(Decimal("0.125"), Decimal(1), Decimal(0), tax, None) for tax in (azores, madeira)])
    assert [(part.region, str(part.base), str(part.tax)) for part in by_the_client(case).parts] == [
        ("PT-AC", "0.13", "0.01"),
        ("PT-MA", "0.12", "0.00"),
    ]
    assert by_the_client(case) == by_the_emulator(case)


LARGEST: Final = Decimal("99999999999999.9999")
"""A price with as many digits as the column holds, 18 with 4 of them decimals (weareswat
2020)."""


def row(price: Decimal, quantity: str = "1", discount: str = "0", tax: AccountTax | None = None) -> Row:
    return Row(price, Decimal(quantity), Decimal(discount), tax or TAXES[DAYS[2]][0], "M07")


EXTREMES: Final[Mapping[str, Case]] = {
    "largest price and quantity": Case(DAYS[2], [row(LARGEST, "99999999999999.99", "33.3333")]),
    "largest price, shared out": Case(
        DAYS[2],
        [row(LARGEST, "99999999999999.99", "0.0001", tax) for tax in TAXES[DAYS[2]]],
        global_discount=("absolute", Decimal("1234567890123.47")),
    ),
    "smallest price": Case(DAYS[2], [row(Decimal("0.0001"), "0.01")]),
    "nothing": Case(DAYS[2], [row(Decimal(10), "0")], global_discount=("absolute", Decimal(0))),
    "given away": Case(DAYS[2], [row(Decimal("9.99"), discount="100"), row(Decimal(5), discount="100")]),
    "all but a thread": Case(DAYS[2], [row(Decimal("9.99"), discount="99.9999")] * 3),
    "the whole as discount": Case(
        DAYS[2], [row(Decimal("9.99")), row(Decimal("5.01"))], global_discount=("absolute", Decimal("15.00"))
    ),
    "all but a cent as discount": Case(
        DAYS[2],
        [row(Decimal("3.33"), tax=tax) for tax in TAXES[DAYS[2]][:3]],
        global_discount=("absolute", Decimal("9.98")),
    ),
    "a hundred percent": Case(
        DAYS[2], [row(Decimal("9.99"))], global_discount=("percentage", Decimal(100)), retention=Decimal(25)
    ),
    "everything exempt": Case(
        DAYS[2],
        [
            row._replace(exemption=code)
            for row in alike("M01", price="0.105")
            for code in ("M01", "M05", None)
        ],
        tax_exemption="M99",
        retention=Decimal("11.5"),
        rate=Decimal("1.083333"),
    ),
    "thousands of lines": Case(
        DAYS[2],
        [
            row(Decimal(n).scaleb(-4), str(n % 7), str(n % 100), TAXES[DAYS[2]][n % len(TAXES[DAYS[2]])])
            for n in range(1, 5000)
        ],
        global_discount=("absolute", Decimal("123.45")),
        rate=Decimal("0.000001"),
    ),
}


@pytest.mark.parametrize("case", EXTREMES.values(), ids=EXTREMES)
def test_the_two_agree_where_amounts_are_extreme(case: Case) -> None:
    client, emulator = by_the_client(case), by_the_emulator(case)
    assert client._asdict() == emulator._asdict()


def test_a_line_names_everything_that_tells_parts_apart() -> None:
    """A new field on either side must be added here too."""
    assert set(emulated.TaxKey._fields) == {"region", "code", "rate", "exemption"}
    own = {each.name for each in fields(Line)} - {"unit_price", "quantity", "discount"}
    assert own == {"tax", "region", "code", "exemption"}
