"""Net prices: the service's total equals the shop's, or provably no price makes it so."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress import InputError, net_prices, totals
from invoicexpress.totals import Line

STEP = Decimal("0.0001")
CENT = Decimal("0.01")


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


GROSS = decimals("0", "9999.99", 2)
TAX = st.sampled_from([Decimal(rate) for rate in ("0", "4", "5", "6", "12", "13", "16", "22", "23")])
QUANTITY = decimals("0.01", "20", 2) | decimals("1", "5000", 2)
DISCOUNT = st.just(Decimal(0)) | decimals("0", "100", 4)


def comes_to(price: Decimal, tax: Decimal, quantity: Decimal, discount: Decimal) -> Decimal:
    """The service's total of a line."""
    line = Line(unit_price=price, quantity=quantity, discount=discount, tax=tax)
    return totals.of_lines([line]).total


@given(GROSS, TAX, QUANTITY, DISCOUNT)
@example(Decimal("1000.01"), Decimal(23), Decimal(997), Decimal(0))
@example(Decimal("0.01"), Decimal(0), Decimal(200), Decimal(0))
@example(Decimal("0.01"), Decimal(0), Decimal(100), Decimal(0))
def test_the_price_gives_the_total_and_is_the_closest_or_none_does(
    gross: Decimal, tax: Decimal, quantity: Decimal, discount: Decimal
) -> None:
    """Against an exhaustive search: every price of four decimals within 60 steps of the quotient."""
    found = net_prices.of_line(gross, tax=tax, quantity=quantity, discount=discount)
    factor = Fraction(quantity) * (1 - Fraction(discount) / 100) * (1 + Fraction(tax) / 100)
    if not factor:
        assert found == (None if gross else 0)
        return
    quotient = Fraction(gross) / factor
    middle = int(quotient * 10_000)
    around = [Decimal(units) * STEP for units in range(max(0, middle - 60), middle + 61)]
    hits = [price for price in around if comes_to(price, tax, quantity, discount) == gross]
    if found is None:
        assert hits == []
    else:
        assert found.as_tuple().exponent == -4
        assert found == min(hits, key=lambda price: (abs(Fraction(price) - quotient), price))


@given(GROSS, TAX, QUANTITY | st.integers(1, 20_000).map(Decimal), DISCOUNT)
@example(Decimal("9.99"), Decimal(23), Decimal(100), Decimal(0))
@example(Decimal("9.99"), Decimal(23), Decimal("100.50"), Decimal("33.3333"))
def test_the_lines_of_units_always_give_the_total(
    gross: Decimal, tax: Decimal, quantity: Decimal, discount: Decimal
) -> None:
    lines = net_prices.lines_of_units(gross, tax=tax, quantity=quantity, discount=discount)
    exact = Fraction(gross) * Fraction(quantity) * (1 - Fraction(discount) / 100)
    assert totals.of_lines(lines).total == totals.rounded(exact, 2)
    assert sum(line.quantity for line in lines) == quantity
    assert {(line.tax, line.discount) for line in lines} == {(tax, discount)}
    assert all(line.quantity > 0 for line in lines)
    if len(lines) == 2:
        assert net_prices.of_unit(gross, tax=tax, quantity=quantity, discount=discount) is None
        assert lines[1].unit_price - lines[0].unit_price == STEP
        assert quantity % 1 or all(line.quantity % 1 == 0 for line in lines)
    else:
        assert len(lines) == 1


def test_a_hundred_mugs_at_9_99() -> None:
    lines = net_prices.lines_of_units(Decimal("9.99"), tax=Decimal(23), quantity=Decimal(100))
    assert [(line.quantity, line.unit_price) for line in lines] == [
        (Decimal(49), Decimal("8.1219")),
        (Decimal(51), Decimal("8.1220")),
    ]


@given(GROSS, TAX)
def test_one_piece_always_has_a_price(gross: Decimal, tax: Decimal) -> None:
    """A step of 0.0001 moves the total by less than a cent, so it cannot jump over one."""
    price = net_prices.of_line(gross, tax=tax)
    assert price is not None
    assert comes_to(price, tax, Decimal(1), Decimal(0)) == gross


@given(decimals("0", "999.99", 2), TAX, decimals("0.01", "40", 2), DISCOUNT)
def test_a_price_apiece_gives_what_the_shop_makes_of_it(
    gross: Decimal, tax: Decimal, quantity: Decimal, discount: Decimal
) -> None:
    found = net_prices.of_unit(gross, tax=tax, quantity=quantity, discount=discount)
    with localcontext(prec=60):
        shown = (gross * quantity * (1 - discount / 100)).quantize(CENT, ROUND_HALF_UP)
    if found is not None:
        assert comes_to(found, tax, quantity, discount) == shown
    else:
        assert net_prices.of_line(shown, tax=tax, quantity=quantity, discount=discount) is None


def test_known_prices() -> None:
    assert net_prices.of_line(Decimal("9.99"), tax=Decimal(23)) == Decimal("8.1220")
    assert net_prices.of_line(Decimal("30.00"), tax=Decimal(23)) == Decimal("24.3902"), "vendor docs 2017"
    assert net_prices.of_unit(Decimal("3.33"), tax=Decimal(23), quantity=Decimal(3)) == Decimal("2.7073")
    assert net_prices.of_line(Decimal("0.00"), tax=Decimal(23)) == 0


def test_of_two_prices_equally_close_the_lower_is_taken() -> None:
    # The quotient is 0.00025; 0.0002 comes to 0.016 and 0.0003 to 0.024, and both round to 0.02.
    assert net_prices.of_line(Decimal("0.02"), tax=Decimal(0), quantity=Decimal(80)) == Decimal("0.0002")
    # The quotient is 0.00005; 0.0000 comes to 0.00 and 0.0001 to 0.02.
    assert net_prices.of_line(Decimal("0.01"), tax=Decimal(0), quantity=Decimal(200)) is None


def test_large_quantities_may_have_no_price() -> None:
    assert net_prices.of_line(Decimal("1000.01"), tax=Decimal(23), quantity=Decimal(997)) is None
    assert net_prices.of_line(Decimal("1000.01"), tax=Decimal(23)) is not None


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"gross": Decimal("9.999")}, "gross"),
    ({"gross": Decimal(-1)}, "gross"),
    ({"gross": 9.99}, "gross"),
    ({"tax": Decimal(-1)}, "tax"),
    ({"quantity": Decimal(-1)}, "quantity"),
    ({"discount": Decimal(101)}, "discount"),
]


@pytest.mark.parametrize("solve", [net_prices.of_line, net_prices.of_unit])
@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_no_line_can_have_is_refused(solve: Any, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        solve(**{"gross": Decimal("9.99"), "tax": Decimal(23), **wrong})
    assert caught.value.field == field
