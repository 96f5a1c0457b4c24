"""Laws of amounts: they are rounded once and always add up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.totals import (
    GlobalDiscount,
    LineAmounts,
    TaxKey,
    apportion,
    cents,
    document_totals,
    in_other_currency,
    line_amounts,
    rounded,
    tax_summary,
    withheld,
)

CENT = Decimal("0.01")


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


RATES = st.sampled_from([Decimal(rate) for rate in ("0", "4", "6", "13", "22", "23", "7.5")])
LINES = st.lists(
    st.tuples(decimals("0", "99999", 4), decimals("0", "999", 2), decimals("0", "100", 4), RATES),
    min_size=1,
    max_size=8,
)
DISCOUNTS = st.none() | decimals("0", "100", 4).map(lambda value: GlobalDiscount("percentage", value))


def amounts_of(lines: list[tuple[Decimal, Decimal, Decimal, Decimal]]) -> list[LineAmounts]:
    return [line_amounts(*line) for line in lines]


def exact_total(lines: list[tuple[Decimal, Decimal, Decimal, Decimal]], factor: Decimal) -> Decimal:
    """The document's exact total, summed independently in fractions."""
    total = Fraction(0)
    for price, quantity, discount, rate in lines:
        total += (
            Fraction(price)
            * Fraction(quantity)
            * (100 - Fraction(discount))
            / 100
            * (100 + Fraction(rate))
            / 100
        )
    total *= Fraction(factor)
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(Decimal("1e-18"))


@given(LINES, DISCOUNTS)
def test_the_amounts_add_up(lines: Any, discount: GlobalDiscount | None) -> None:
    totals = document_totals(amounts_of(lines), discount)
    assert totals.before_taxes + totals.taxes == totals.total
    assert totals.sum - totals.discount == totals.before_taxes
    assert min(totals) >= 0


@given(LINES)
def test_the_total_is_the_exact_sum_rounded_once_half_up(lines: Any) -> None:
    expected = exact_total(lines, Decimal(1)).quantize(CENT, rounding=ROUND_HALF_UP)
    assert document_totals(amounts_of(lines)).total == int(expected * 100)


@given(LINES, DISCOUNTS)
def test_no_amount_is_further_than_a_cent_from_its_exact_value(lines: Any, discount: Any) -> None:
    factor = Decimal(1) if discount is None else 1 - discount.value / 100
    amounts = amounts_of(lines)
    totals = document_totals(amounts, discount)
    net = sum(line.subtotal for line in amounts) * factor
    tax = sum(line.tax for line in amounts) * factor
    gross = sum(line.gross for line in amounts)
    for shown, exact in (
        (totals.sum, gross),
        (totals.discount, gross - net),
        (totals.before_taxes, net),
        (totals.taxes, tax),
    ):
        assert abs(Decimal(shown) / 100 - exact) <= Decimal("0.015")
    assert abs(Decimal(totals.taxes) / 100 - tax) <= Decimal("0.005")


@given(LINES, DISCOUNTS)
def test_the_parts_per_rate_add_up_to_the_document(lines: Any, discount: Any) -> None:
    keyed = [
        (TaxKey("PT", "NOR", line[3], None), amounts)
        for line, amounts in zip(lines, amounts_of(lines), strict=True)
    ]
    totals = document_totals([amounts for _, amounts in keyed], discount)
    parts = tax_summary(keyed, discount)
    assert sum(part.base for part in parts) == totals.before_taxes
    assert sum(part.tax for part in parts) == totals.taxes
    assert all(part.tax == 0 for part in parts if part.key.rate == 0)


@given(LINES, DISCOUNTS | st.integers(0, 10**6))
def test_no_part_is_a_cent_from_its_exact_value(lines: Any, discount: Any) -> None:
    """An absolute discount can make the exact value a non-terminating decimal, so fractions are used."""
    amounts = amounts_of(lines)
    net = sum((Fraction(each.subtotal) for each in amounts), Fraction())
    if isinstance(discount, int):
        discount = GlobalDiscount("absolute", Decimal(min(discount, int(net * 100))).scaleb(-2))
    kept = Fraction(1)
    if discount is not None:
        is_share = discount.value_type == "percentage"
        kept = 1 - Fraction(discount.value) / (100 if is_share else net or 1)
    keyed = [(TaxKey("PT", "NOR", line[3], None), each) for line, each in zip(lines, amounts, strict=True)]
    for part in tax_summary(keyed, discount):
        of_part = [each for key, each in keyed if key == part.key]
        base = kept * 100 * sum((Fraction(each.subtotal) for each in of_part), Fraction())
        tax = kept * 100 * sum((Fraction(each.tax) for each in of_part), Fraction())
        assert abs(part.base - base) < 1
        assert abs(part.tax - tax) < 1


def test_of_parts_that_lost_alike_the_first_are_served() -> None:
    """2 EUR over three: a part summed from two lines ranks equal with the others."""
    shares = [("M07", "1"), ("M01", "0.5"), ("M05", "1"), ("M01", "0.5")]
    keyed = [
        (
            TaxKey("PT", "ISE", Decimal(0), code),
            line_amounts(Decimal(price), Decimal(1), Decimal(0), Decimal(0)),
        )
        for code, price in shares
    ]
    parts = tax_summary(keyed, GlobalDiscount("absolute", Decimal(1)))
    assert [(part.key.exemption, part.base) for part in parts] == [("M01", 67), ("M05", 67), ("M07", 66)]


def test_another_currency_is_rounded_once() -> None:
    assert in_other_currency(12300, Decimal("1.235654")) == Decimal("151.99")
    assert str(in_other_currency(0, Decimal("1.2"))) == "0.00"


@given(st.lists(decimals("0", "1000", 6), min_size=1, max_size=9), st.integers(-2, 2))
def test_apportioning_is_exact_and_close(weights: list[Decimal], leftover: int) -> None:
    total = max(0, cents(sum(weights, Decimal(0))) + leftover)
    shares = apportion(total, weights)
    assert sum(shares) == total
    assert all(
        abs(Decimal(share) / 100 - weight) <= Decimal("0.04")
        for share, weight in zip(shares, weights, strict=True)
    )


def test_half_cents_go_up() -> None:
    line = line_amounts(Decimal("0.005"), Decimal(1), Decimal(0), Decimal(0))
    assert document_totals([line]).total == 1
    assert rounded(Decimal("2.00005"), 4) == Decimal("2.0001")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A real document: 8.1301 + 8.1301 at 100 % off + 4.87, all at 23 %.
        ([("8.1301", "1", "0"), ("8.1301", "1", "100"), ("4.87", "1", "0")], (2113, 813, 1300, 299, 1599)),
        # 2.0244 x 1.23 = 2.490012, as seen in a sandbox.
        ([("2.0244", "1", "0")], (202, 0, 202, 47, 249)),
        # Three lines of 2.37: 8.75 rounded per document, 8.76 rounded per line.
        ([("2.37", "1", "0")] * 3, (711, 0, 711, 164, 875)),
    ],
)
def test_known_documents(lines: Any, expected: tuple[int, ...]) -> None:
    amounts = [line_amounts(Decimal(p), Decimal(q), Decimal(d), Decimal(23)) for p, q, d in lines]
    assert tuple(document_totals(amounts)) == expected


def test_the_leftover_cent_goes_to_the_amount_before_taxes() -> None:
    """Net 0.1046 is 0.10 and VAT 0.024058 is 0.02, but the total 0.128658 is 0.13: the net takes the cent."""
    line = line_amounts(Decimal("0.1046"), Decimal(1), Decimal(0), Decimal(23))
    assert document_totals([line]) == (11, 0, 11, 2, 13)


def test_an_absolute_discount_is_spread_over_the_rates() -> None:
    lines = [
        line_amounts(Decimal(100), Decimal(1), Decimal(0), Decimal(23)),
        line_amounts(Decimal(100), Decimal(1), Decimal(0), Decimal(0)),
    ]
    assert document_totals(lines, GlobalDiscount("absolute", Decimal(50))) == (
        20000,
        5000,
        15000,
        1725,
        16725,
    )


def test_a_retention_is_a_part_of_the_amount_before_taxes() -> None:
    assert withheld(10000, Decimal(25)) == 2500
    assert withheld(10000, None) == 0
