"""`--prices-with-vat`: lines whose prices have VAT in them, as a shop shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from invoicexpress import InputError, Tax, net_prices, totals

from ..outcomes import RefusedError, UsageError
from ..session import Session
from ..suggestions import nearest


def with_net_prices(
    session: Session, items: Sequence[Mapping[str, Any]], taxes: Iterable[Tax]
) -> list[dict[str, Any]]:
    """The lines with prices without VAT, which come to the same totals, at the rates of the account's taxes.

    Where no price of four decimals does, a line becomes two, and a remark says so. Raises UsageError for a
    price of more than two decimals, and RefusedError for a tax that the account does not have.
    """
    rates = totals.TaxRates.of(taxes)
    return [line for item in items for line in _lines(session, item, _rate(item, rates))]


def _rate(item: Mapping[str, Any], rates: totals.TaxRates) -> Decimal:
    if not item.get("tax"):
        if rates.default is None:
            raise RefusedError(f"{item['name']}: the account has no default tax; give the line a tax")
        return rates.default
    name = item["tax"]["name"]
    if name not in rates.by_name:
        hint = nearest(name, rates.by_name)
        raise RefusedError(
            f"{item['name']}: the account has no tax {name}{hint}, so its rate is not known; "
            "`invoicexpress taxes list` shows the names"
        )
    return rates.by_name[name]


def _lines(session: Session, item: Mapping[str, Any], rate: Decimal) -> Iterable[dict[str, Any]]:
    price, quantity = item["unit_price"], item["quantity"]
    try:
        found = net_prices.lines_of_units(price, tax=rate, quantity=quantity)
    except InputError as error:
        raise UsageError(f"--item {item['name']}: {price} with VAT: {error.reason}") from None
    if len(found) > 1:
        session.tell(
            "{name}: two lines, since no price of four decimals makes {quantity} at {price} exact.",
            name=item["name"],
            quantity=f"{quantity:f}",
            price=price,
        )
    for line in found:
        # As it would be written: 49, not 49.00.
        yield {**item, "unit_price": line.unit_price, "quantity": Decimal(f"{line.quantity.normalize():f}")}
