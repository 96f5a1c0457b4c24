"""Lines that are shown rounded: their exact values come from their amounts, or are not told at all."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from invoicexpress import DocumentItemWrite, InputError, Invoice, totals
from invoicexpress.quirks.comparison import document_differences, exact_differences, line_differences
from invoicexpress.quirks.crediting import lines_of, with_taxes
from invoicexpress.quirks.read_back import exact, net_amounts
from invoicexpress_generated.models.document_item import DocumentItem
from invoicexpress_generated.models.tax import Tax
from invoicexpress_generated.types import UNSET

from tests.unit.conftest import as_read, document_json, tax_json
from tests.unit.quirks.test_comparison import sent

PRICES = st.decimals("0", "99999", places=4)
QUANTITIES = st.decimals("0.01", "9999", places=2)
DISCOUNTS = st.just(Decimal(0)) | st.decimals("0", "99", places=4)
RATES = st.sampled_from([Decimal(0), Decimal(6), Decimal(13), Decimal(23)])
Stored = tuple[Decimal, Decimal, Decimal, Decimal]
"""Price, quantity, discount and rate."""


def at(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def shown(
    price: Decimal,
    quantity: Decimal,
    discount: Decimal = Decimal(0),
    rate: Decimal = Decimal(23),
    *,
    decimals: int | None,
    numbers: bool = False,
    before_discount: bool = False,
) -> DocumentItem:
    """A stored line as the service shows it: rounded texts with all amounts, or numbers with a total alone.

    Without `decimals` the values are as stored. Amounts were binary numbers on their way. The subtotal is
    the amount less the discount, or the one before it.
    """
    net = Fraction(price) * Fraction(quantity) * (1 - Fraction(discount) / 100)
    vat = net * Fraction(rate) / 100
    values = {
        name: f"{value if decimals is None else at(value, decimals):f}"
        for name, value in (("unit_price", price), ("quantity", quantity))
    }
    line: dict[str, Any] = {"name": "Café", "discount": float(discount)}
    line["tax"] = {"id": 1, "name": "IVA", "value": float(rate)}
    line["total"] = float(totals.rounded(net + vat, 4))
    if numbers:
        line |= {name: float(text) for name, text in values.items()}
    else:
        line |= values
        whole = Fraction(price) * Fraction(quantity)
        line["subtotal"] = float(totals.rounded(whole if before_discount else net, 10))
        line["tax_amount"] = float(totals.rounded(vat, 10))
        line["discount_amount"] = float(
            totals.rounded(Fraction(price) * Fraction(quantity) * Fraction(discount) / 100, 10)
        )
    return DocumentItem.from_dict(as_read(line))


def write(price: Decimal, quantity: Decimal, discount: Decimal = Decimal(0)) -> DocumentItemWrite:
    return DocumentItemWrite("Café", price, quantity, discount=discount)


class TestExactValues:
    @given(
        st.tuples(PRICES, QUANTITIES, DISCOUNTS, RATES),
        st.sampled_from([2, 3, 4, None]),
        st.booleans(),
    )
    @example((Decimal("2.0244"), Decimal(1), Decimal(0), Decimal(23)), 2, False)
    @example((Decimal("2.0244"), Decimal(1), Decimal(10), Decimal(23)), 2, True)
    @example((Decimal("2.0244"), Decimal(1), Decimal("0.0001"), Decimal(0)), 2, True)
    def test_two_decimals_are_enough(
        self, stored: Stored, decimals: int | None, before_discount: bool
    ) -> None:
        """Whichever of the two a subtotal is: the other amounts of the line say it."""
        price, quantity, discount, _ = stored
        line = shown(*stored, decimals=decimals, before_discount=before_discount)
        assert exact(line) == (price, quantity)
        net = Fraction(price) * Fraction(quantity) * (1 - Fraction(discount) / 100)
        assert any(abs(each - net) <= Fraction(1, 10**8) + net / 2**50 for each in net_amounts(line))

    @given(PRICES, QUANTITIES, DISCOUNTS, st.booleans())
    @example(Decimal(10), Decimal(1), Decimal("0.02"), True)
    def test_a_subtotal_alone_gives_the_values_or_none(
        self, price: Decimal, quantity: Decimal, discount: Decimal, before_discount: bool
    ) -> None:
        """9.998 and 10 are both shown as 10.00, and each is the amount of one reading."""
        line = shown(price, quantity, discount, decimals=2, before_discount=before_discount)
        line.tax_amount = line.total = line.discount_amount = UNSET
        assert exact(line) in (None, (price, quantity))
        if discount == 0 or (discount > 1 and price > 1):
            assert exact(line) == (price, quantity)

    def test_an_amount_that_fits_neither_reading_decides_nothing(self) -> None:
        """Should the service write no amount of a discount, or one of a piece."""
        for amount in (Decimal(0), Decimal("0.1")):
            for before_discount in (True, False):
                line = shown(Decimal("2.0244"), Decimal(3), Decimal(10), decimals=2,
                             before_discount=before_discount)  # fmt: skip
                line.discount_amount = amount
                assert exact(line) == (Decimal("2.0244"), Decimal(3))

    @settings(max_examples=40)
    @given(PRICES, QUANTITIES, DISCOUNTS)
    @example(Decimal("2.04"), Decimal(1), Decimal(0))
    @example(Decimal("0.08"), Decimal("0.13"), Decimal(0))
    def test_one_decimal_gives_the_values_or_none(
        self, price: Decimal, quantity: Decimal, discount: Decimal
    ) -> None:
        assume(discount < 90)
        assert exact(shown(price, quantity, discount, decimals=1)) in (None, (price, quantity))

    def test_whole_numbers_have_an_exact_quantity(self) -> None:
        line = shown(Decimal("2.0244"), Decimal(3), decimals=0)
        assert exact(line) == (Decimal("2.0244"), Decimal(3))
        assert exact(shown(Decimal(1), Decimal(1), decimals=0)) == (Decimal(1), Decimal(1))

    @given(PRICES, QUANTITIES, RATES, st.sampled_from([2, 4]))
    def test_a_total_alone_gives_the_amount(
        self, price: Decimal, quantity: Decimal, rate: Decimal, decimals: int
    ) -> None:
        """The amount is right to a part of a cent, whatever the price."""
        found = exact(shown(price, quantity, rate=rate, decimals=decimals, numbers=True))
        if found is not None:
            meant, told = (Fraction(one) * Fraction(other) for one, other in ((price, quantity), found))
            assert abs(meant - told) * (1 + Fraction(rate) / 100) <= Fraction(1, 10**4)

    def test_one_decimal_is_told_where_one_line_fits(self) -> None:
        assert exact(shown(Decimal("8.1301"), Decimal(3), decimals=1)) == (Decimal("8.1301"), Decimal(3))
        assert exact(shown(Decimal("10"), Decimal("1.25"), decimals=1)) == (Decimal(10), Decimal("1.25"))

    def test_a_line_that_costs_nothing_is_known_by_its_discount(self) -> None:
        line = shown(Decimal("2.0244"), Decimal(1), Decimal(100), decimals=2)
        assert exact(line) == (Decimal("2.0244"), Decimal(1))

    def test_without_amounts_the_values_are_as_shown(self) -> None:
        line = DocumentItem("Café", Decimal("2.02"), Decimal(1))
        assert exact(line) == (Decimal("2.02"), Decimal(1))


LINES = st.lists(st.tuples(PRICES, QUANTITIES, DISCOUNTS, RATES), min_size=1, max_size=4)


def invoice(lines: list[DocumentItem]) -> Invoice:
    return Invoice.from_dict(as_read(document_json(status="final", items=[each.to_dict() for each in lines])))


def total(lines: Iterable[Stored]) -> Fraction:
    """The exact total, VAT included."""
    return sum(
        (
            Fraction(price) * Fraction(quantity) * (1 - Fraction(discount) / 100) * (1 + Fraction(rate) / 100)
            for price, quantity, discount, rate in lines
        ),
        Fraction(),
    )


@settings(max_examples=50)
@given(LINES, st.sampled_from([0, 1, 2, 4, None]), st.booleans(), st.booleans())
def test_a_credited_total_is_the_invoices_or_the_note_is_refused(
    lines: list[Stored], decimals: int | None, numbers: bool, before_discount: bool
) -> None:
    assume(not numbers or decimals not in (0, 1))
    owner = invoice(
        [shown(*line, decimals=decimals, numbers=numbers, before_discount=before_discount) for line in lines]
    )
    try:
        note = lines_of(owner)
    except InputError:
        assert decimals is not None
        return

    told = total(
        (each.unit_price, each.quantity, discount, rate)
        for each, (_, _, discount, rate) in zip(note, lines, strict=True)
    )
    if numbers:
        # The caller compares the totals: four decimals of a line's total leave a part of a cent open.
        assert abs(told - total(lines)) <= Fraction(len(lines), 10**4)
    else:
        assert told == total(lines)


def test_a_line_that_cannot_be_told_is_named() -> None:
    """2.04 x 1 and 2 x 1.02 are shown alike."""
    owner = invoice([shown(Decimal("2.04"), Decimal(1), decimals=1)])
    with pytest.raises(InputError, match=r"^invoice\.items\[0\]\.unit_price: 1\.0 at 2\.0 is rounded"):
        lines_of(owner)


class TestComparison:
    @given(PRICES, QUANTITIES, DISCOUNTS, st.sampled_from([0, 1, 2, 3, 4, None]), st.booleans())
    def test_what_was_sent_is_found_however_it_is_shown(
        self,
        price: Decimal,
        quantity: Decimal,
        discount: Decimal,
        decimals: int | None,
        before_discount: bool,
    ) -> None:
        line = shown(price, quantity, discount, decimals=decimals, before_discount=before_discount)
        assert list(line_differences(write(price, quantity, discount), line)) == []
        assert list(exact_differences(write(price, quantity, discount), line)) == []

    @given(
        st.decimals("0", "99999", places=6),
        st.decimals("0.01", "9999", places=4),
        st.sampled_from([0, 1, 2, None]),
    )
    def test_more_decimals_than_are_stored_are_no_difference(
        self, price: Decimal, quantity: Decimal, decimals: int | None
    ) -> None:
        line = shown(totals.rounded(price, 4), totals.rounded(quantity, 2), decimals=decimals)
        assert list(line_differences(write(price, quantity), line)) == []

    @given(
        PRICES,
        st.tuples(PRICES, QUANTITIES, st.sampled_from([Decimal(0), Decimal("7.5")]), RATES),
        st.sampled_from([0, 1, 2, 4, None]),
        st.booleans(),
        st.booleans(),
    )
    @example(Decimal("2.0244"), (Decimal("2.02"), Decimal(1), Decimal(0), Decimal(23)), 2, False, False)
    @example(Decimal("2.02"), (Decimal("2.0244"), Decimal(1), Decimal(0), Decimal(23)), 2, False, False)
    @example(Decimal("2.02"), (Decimal("2.0244"), Decimal(1), Decimal("7.5"), Decimal(23)), 2, False, True)
    @example(Decimal("1.8726"), (Decimal("2.0244"), Decimal(1), Decimal("7.5"), Decimal(0)), 0, False, True)
    def test_another_price_is_a_difference_however_it_is_shown(
        self, meant: Decimal, stored: Stored, decimals: int | None, exactly: bool, before_discount: bool
    ) -> None:
        price, quantity, discount, _ = stored
        assume(meant != price)
        line = shown(*stored, decimals=decimals, before_discount=before_discount)
        compared = exact_differences if exactly else line_differences
        assert list(compared(write(meant, quantity, discount), line)) != []

    def test_the_message_names_the_amount(self) -> None:
        line = shown(Decimal("2.0244"), Decimal(1), decimals=2)
        assert list(line_differences(write(Decimal("2.02"), Decimal(1)), line)) == [
            "subtotal 2.0244, which is not 1 at 2.02 EUR"
        ]

    def test_a_discount_that_the_service_changed_is_no_difference_of_price(self) -> None:
        line = shown(Decimal("2.0244"), Decimal(1), Decimal(0), decimals=2)
        assert list(line_differences(write(Decimal("2.0244"), Decimal(1), Decimal(10)), line)) == []

    def test_a_rounded_value_without_an_amount_proves_no_update(self) -> None:
        line = DocumentItem("Café", Decimal("2.02"), Decimal(1), discount=Decimal(0))
        meant = write(Decimal("2.0244"), Decimal(1))
        assert list(line_differences(meant, line)) == []
        assert list(exact_differences(meant, line)) == ["unit_price 2.02 EUR, sent 2.0244 EUR"]

    def test_a_replay_is_told_apart_by_its_total_where_nothing_else_is_shown(self) -> None:
        line = shown(Decimal("2.0244"), Decimal(1), decimals=2, numbers=True)
        assert list(line_differences(write(Decimal("2.0244"), Decimal(1)), line)) == []
        assert list(line_differences(write(Decimal("2.02"), Decimal(1)), line)) == [
            "total 2.49, which is not 1 at 2.02 EUR"
        ]

    def test_the_place_of_a_line_is_named(self) -> None:
        found = invoice([shown(Decimal("2.0244"), Decimal(1), decimals=2)])
        given = sent(items=[write(Decimal("2.02"), Decimal(1))])
        assert "line 1: subtotal 2.0244, which is not 1 at 2.02 EUR" in list(
            document_differences("Invoice", given, found)
        )


class TestNamelessTaxes:
    def line(
        self,
        tax_id: int | None,
        rate: Decimal = Decimal(23),
        discount: Decimal = Decimal(0),
        *,
        before_discount: bool = False,
    ) -> DocumentItem:
        line = shown(
            Decimal("2.0244"), Decimal(1), discount, rate, decimals=2, before_discount=before_discount
        )
        return DocumentItem.from_dict(
            as_read({**line.to_dict(), "tax": {"id": tax_id, "name": None, "value": None}})
        )

    def taxes(self) -> list[Tax]:
        return [Tax.from_dict(as_read(tax_json(id=1, name="IVA23", value="23.0")))]

    def test_the_accounts_tax_of_the_id_gives_the_name(self) -> None:
        (line,) = lines_of(with_taxes(invoice([self.line(1)]), self.taxes()))
        assert line.tax
        assert line.tax.name == "IVA23"

    @pytest.mark.parametrize("before_discount", [False, True])
    def test_a_discount_hides_no_name(self, before_discount: bool) -> None:
        item = self.line(1, discount=Decimal(50), before_discount=before_discount)
        (line,) = lines_of(with_taxes(invoice([item]), self.taxes()))
        assert (line.tax and line.tax.name, line.unit_price) == ("IVA23", Decimal("2.0244"))
        halved = self.line(1, Decimal("11.5"), Decimal(50), before_discount=before_discount)
        with pytest.raises(InputError, match="has no name"):
            lines_of(with_taxes(invoice([halved]), self.taxes()))

    @pytest.mark.parametrize(("tax_id", "rate"), [(1, Decimal(22)), (2, Decimal(23)), (None, Decimal(23))])
    def test_another_tax_or_none_is_no_name(self, tax_id: int | None, rate: Decimal) -> None:
        """A tax whose rate does not give the line's VAT was changed since."""
        owner = with_taxes(invoice([self.line(tax_id, rate)]), self.taxes())
        with pytest.raises(InputError, match="has no name"):
            lines_of(owner)
