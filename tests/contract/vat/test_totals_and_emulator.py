"""The client's arithmetic and the emulator's, two readings of one rule, agree to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import Checks, InvoiceWrite, InvoiceXpress, lisbon, net_prices, totals
from invoicexpress.totals import TaxRates

from tests.contract.conftest import Account

TODAY = lisbon.today()
AMOUNTS = ("sum", "discount", "before_taxes", "taxes", "total")


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


def lines(price: int, quantity: int, discount: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lines with this many decimals, some without their own tax."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["Caderno", "Lápis", "Livro"]),
                "unit_price": decimals("0", "5000", price),
                "quantity": decimals("0", "200", quantity),
            },
            optional={
                "discount": decimals("0", "100", discount),
                "tax": st.sampled_from(["IVA23", "IVA13", "IVA6", "IVA7.5", "Isento"]).map(
                    lambda name: {"name": name}
                ),
            },
        ),
        min_size=1,
        max_size=6,
    )


DISCOUNTS = st.none() | decimals("0", "100", 4).map(
    lambda value: {"value_type": "percentage", "value": value}
)


@pytest.fixture
def careful(account: Account) -> Iterator[InvoiceXpress]:
    """A client that raises when a draft comes back different from what it sent."""
    checks = Checks.each("raise", reads=False)
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, checks=checks) as ix:
        ix.taxes.create(name="IVA7.5", value=Decimal("7.5"), region="PT")
        yield ix


@pytest.fixture
def careless(account: Account) -> Iterator[InvoiceXpress]:
    """A client without checks."""
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, checks=Checks.off()) as ix:
        yield ix


def document(items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "date": TODAY,
        "client": {"name": "Ana Sousa", "code": "A1"},
        "items": items,
        "tax_exemption": "M07",
        **more,
    }


def amounts(thing: Any) -> dict[str, Decimal]:
    return {name: getattr(thing, name) for name in AMOUNTS}


@given(st.data())
@settings(max_examples=60)
def agree(ix: InvoiceXpress, rates: TaxRates, made: Any, discount: Any, data: st.DataObject) -> None:
    fields = document(data.draw(made), global_discount=data.draw(discount))
    expected = totals.of_document(InvoiceWrite.of(**fields), rates)
    assert amounts(ix.invoices.create(**fields)) == amounts(expected)


def test_totals_are_the_emulator_s_to_the_cent(careful: InvoiceXpress) -> None:
    """With all checks on, the client also raises no false alarm over sixty honest answers."""
    agree(careful, TaxRates.of(careful.taxes.list()), lines(4, 2, 4), DISCOUNTS)


def test_what_is_not_stored_counts_for_neither(careful: InvoiceXpress, careless: InvoiceXpress) -> None:
    agree(careless, TaxRates.of(careful.taxes.list()), lines(6, 4, 6), st.none())


def test_an_absolute_discount_is_spread_alike(careful: InvoiceXpress) -> None:
    rates = TaxRates.of(careful.taxes.list())

    @given(lines(4, 2, 4), st.integers(0, 100))
    @settings(max_examples=40)
    def agree_on(items: list[dict[str, Any]], percent: int) -> None:
        plain = totals.of_document(InvoiceWrite.of(**document(items)), rates)
        # Rounded down, since the credit cannot exceed the total.
        value = totals.rounded(plain.before_taxes * percent / 100, 2) - Decimal("0.01")
        discount = {"value_type": "absolute", "value": max(value, Decimal(0))}
        fields = document(items, global_discount=discount)
        expected = totals.of_document(InvoiceWrite.of(**fields), rates)
        assert amounts(careful.invoices.create(**fields)) == amounts(expected)

    agree_on()


def test_estimates_come_to_the_same(careful: InvoiceXpress) -> None:
    items: list[Any] = [
        {"name": "A", "unit_price": Decimal("2.37"), "quantity": Decimal(1), "tax": {"name": "IVA23"}}
    ] * 3
    lines_ = [totals.Line(unit_price=Decimal("2.37"), tax=Decimal(23))] * 3
    quote = careful.quotes.create(date=TODAY, client={"name": "Ana", "code": "A1"}, items=items)
    assert amounts(quote) == amounts(totals.of_lines(lines_))
    assert quote.total == Decimal("8.75")


def test_another_currency_is_converted_alike(careful: InvoiceXpress) -> None:
    rates = TaxRates.of(careful.taxes.list())
    items = [{"name": "A", "unit_price": Decimal("33.33"), "quantity": Decimal(1), "tax": {"name": "IVA23"}}]
    fields = document(items, currency_code="USD", rate=Decimal("1.235657"))
    draft = careful.invoices.create(**fields)
    assert draft.multicurrency
    expected = totals.of_document(InvoiceWrite.of(**fields), rates)
    assert draft.multicurrency.total == expected.multicurrency_total


def test_a_net_price_gives_the_total_that_the_shop_shows(careful: InvoiceXpress) -> None:
    rates = TaxRates.of(careful.taxes.list())

    @given(decimals("0.01", "9999.99", 2), st.sampled_from(["IVA23", "IVA13", "IVA6"]), st.integers(1, 40))
    @settings(max_examples=40)
    def arrives(gross: Decimal, tax: str, quantity: int) -> None:
        price = net_prices.of_line(gross, tax=rates.by_name[tax], quantity=Decimal(quantity))
        if price is None:
            return
        item = {"name": "A", "unit_price": price, "quantity": Decimal(quantity), "tax": {"name": tax}}
        assert careful.invoices.create(**document([item])).total == gross

    arrives()
