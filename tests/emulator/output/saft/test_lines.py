"""The price of a unit gives back the amount of its line, whatever quantity, price and discounts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.books.catalogue.items.item import UNITS
from invoicexpress_emulator.fiscal.totals import EXACT, cents, line_amounts, rounded
from invoicexpress_emulator.output.saft.lines import unit_of_measure, unit_price
from invoicexpress_emulator.output.saft.values import decimal

from tests.emulator.support.saft_file import File


def price_of(quantity: Decimal, net: Decimal, amount: int, price: Decimal = Decimal(0)) -> Decimal:
    line: Any = SimpleNamespace(quantity=quantity, unit_price=price)
    return unit_price(line, net, amount)


@given(
    quantity=st.decimals("0.01", 10**13, places=2),
    price=st.decimals(0, 10**6, places=4),
    discount=st.decimals(0, 100, places=4),
    global_discount=st.decimals(0, 100, places=4),
    leftover=st.integers(-1, 1),
)
def test_quantity_times_price_is_the_amount(
    quantity: Decimal, price: Decimal, discount: Decimal, global_discount: Decimal, leftover: int
) -> None:
    """Also if the line took or lost the cent that another line could not take."""
    line = line_amounts(price, quantity, discount, Decimal(23))
    net = EXACT.multiply(line.subtotal, EXACT.subtract(Decimal(100), global_discount)).scaleb(-2, EXACT)
    amount = max(0, cents(net) + leftover)
    found = Fraction(decimal(price_of(quantity, net, amount)))
    assert abs(found * Fraction(quantity) - Fraction(amount, 100)) <= Fraction(1, 200)
    if amount == cents(net):
        assert abs(found * Fraction(quantity) - Fraction(net)) <= Fraction(1, 100_000)


@pytest.mark.parametrize(
    ("quantity", "net", "amount", "price"),
    [
        ("100000", "1267.25", 126725, "0.0126725"),
        ("3", "10", 1000, "3.333333"),
        ("300000", "100000", 10_000_000, "0.33333333333"),
        ("1", "0.333333", 33, "0.333333"),
        ("1", "0.333333", 34, "0.34"),
        ("0.03", "0.02", 2, "0.666667"),
        ("7", "0", 0, "0"),
    ],
)
def test_a_price_has_the_decimals_that_it_takes(quantity: str, net: str, amount: int, price: str) -> None:
    assert decimal(price_of(Decimal(quantity), Decimal(net), amount)) == price


def test_the_price_of_nothing_is_its_own() -> None:
    assert price_of(Decimal(0), Decimal(0), 0, Decimal("12.3456")) == rounded(Decimal("12.3456"), 4)


@pytest.mark.parametrize("segment", ["invoices", "credit_notes", "quotes", "shippings"])
def test_each_section_has_such_prices(api: Any, segment: str) -> None:
    """Credits, debits, documents for a customer to check, and guides; their own check finds nothing."""
    api.freeze("2026-11-21T10:00:00")
    leaflets = {"name": "Folheto", "unit_price": "0.0137", "quantity": 100000, "discount": "7.5"}
    item = {**leaflets, "tax": {"name": "IVA23"}}
    more = {"owner_invoice_id": api.issue(items=[item, item])["id"]} if segment == "credit_notes" else {}
    discount = {"value_type": "percentage", "value": 20}
    made = api.issue(segment, items=[item], global_discount=discount, **more)
    file = File.of(api)
    (element,) = [each for number, each in file.every() if number.endswith(made["inverted_sequence_number"])
                  and not number.startswith("FT")] or [each for _, each in file.every()]  # fmt: skip
    (line,) = File.all(element, "Line")
    (amount,) = [*File.texts(line, "CreditAmount"), *File.texts(line, "DebitAmount")]
    product = Decimal(File.text(line, "Quantity")) * Decimal(File.text(line, "UnitPrice"))
    assert (product, amount) == (Decimal("1013.80"), "1013.80")


def test_a_unit_has_one_spelling(api: Any) -> None:
    """Whether a line names it or leaves it to the service."""
    api.freeze("2026-11-21T10:00:00")
    items = [
        {"name": f"Coisa {unit}", "unit_price": 1, "quantity": 1, **({"unit": unit} if unit else {})}
        for unit in (None, *UNITS)
    ]
    made = api.issue(items=items)
    ((number, element),) = File.of(api).every()
    assert number.endswith(made["inverted_sequence_number"])
    found = dict(zip([None, *UNITS], File.texts(element, "Line/UnitOfMeasure"), strict=True))
    assert found == {
        None: "UN",
        "unit": "UN",
        "hour": "HORA",
        "day": "DIA",
        "month": "MÊS",
        "service": "SERV",
        "other": "OUTRO",
    }


def test_a_unit_of_an_older_data_file_stays() -> None:
    assert unit_of_measure("arroba") == "arroba"
