"""What a question shows before something that cannot be undone: client with tax number, lines, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

from invoicexpress import (
    AnyDocument,
    Client,
    DocumentItemWrite,
    InvoiceXpress,
    NotFoundError,
    Tax,
    Unset,
    known,
    totals,
)

from ..output import Column, Row
from ..session import Session

NEW: Final = (
    Column("type", "Type", is_term=True),
    Column("client", "Client", wraps=14),
    Column("fiscal_id", "Fiscal ID"),
    Column("date", "Date"),
    Column("due_date", "Due"),
    Column("serie", "Série"),
    Column("reference", "Reference"),
    Column("currency_code", "Currency"),
    Column("global_discount", "Discount"),
    Column("retention", "Retention"),
    Column("observations", "Observations", wraps=20),
    Column("total", "Total", is_money=True),
)
"""A document that is not made yet."""
LINES: Final = (
    Column("name", "Name", wraps=12),
    Column("description", "Description", wraps=12, spare=4),
    Column("quantity", "Quantity"),
    Column("unit", "Unit", spare=3),
    Column("unit_price", "Price", is_money=True),
    Column("discount", "Discount", spare=1),
    Column("tax", "Tax"),
    Column("exemption", "Exemption", spare=2),
)


def percent(rate: Decimal) -> str:
    """`23 %`."""
    return f"{rate.normalize():f} %"


def lines_of(document: AnyDocument) -> Iterable[Row]:
    """The lines of a document."""
    for item in document.items:
        tax = getattr(item, "tax", None)
        yield {
            "name": item.name,
            "description": getattr(item, "description", None),
            "quantity": item.quantity,
            "unit": getattr(item, "unit", None),
            "unit_price": item.unit_price,
            "discount": getattr(item, "discount", None),
            "tax": getattr(tax, "name", None),
            "exemption": getattr(item, "tax_exemption", None),
        }


def new_lines(items: Iterable[Mapping[str, Any]], taxes: Sequence[Tax]) -> Iterable[Row]:
    """The lines of a document that is not made yet, with the rates of the account's taxes."""
    by_name = {tax.name: tax for tax in taxes}
    default = next((tax for tax in taxes if known(tax.default_tax, None)), None)
    for item in items:
        given: Mapping[str, Any] = item.get("tax") or {}
        name = given.get("name")
        tax = default if name is None else by_name.get(name)
        rate = None if tax is None else known(tax.value, None)
        label = name if tax is None else tax.name
        shown = label if rate is None else f"{label} ({percent(rate)})"
        yield {**item, "exemption": item.get("tax_exemption"), "tax": shown}


def note_total(owner: AnyDocument, items: Sequence[DocumentItemWrite] | None) -> Decimal | None:
    """The total of a credit note for all of a document, or for some lines.

    None where it is not plain, as with a discount on the whole.
    """
    if items is None:
        return owner.total
    rates = {str(item.tax.name): item.tax.value for item in owner.items if item.tax}
    if known(getattr(owner, "global_discount", None), None):
        return None
    lines: list[totals.Line] = []
    for item in items:
        rate = None if isinstance(item.tax, Unset) else rates.get(item.tax.name)
        if not isinstance(rate, Decimal):
            return None
        discount = known(item.discount, None) or Decimal(0)
        price, quantity = item.unit_price, item.quantity
        lines.append(totals.Line(unit_price=price, quantity=quantity, discount=discount, tax=rate))
    return totals.of_lines(lines).total


def fiscal_id_of(ix: InvoiceXpress, document: AnyDocument) -> str | None:
    """The tax number of a document's client; the answer may leave it out. Costs a request then."""
    client = getattr(document, "client", None)
    given = known(getattr(client, "fiscal_id", None), None)
    number = getattr(client, "id", None)
    if given or not isinstance(number, int):
        return given or None
    try:
        return known(ix.clients.get(number).fiscal_id, None) or None
    except NotFoundError:
        return None


def new_document(
    session: Session,
    ix: InvoiceXpress,
    kind: str,
    fields: Mapping[str, Any],
    serie: str | None,
    total: Decimal,
) -> Row:
    """The head of a document that is not made yet. Costs a request or two, for its client."""
    client: Mapping[str, Any] = fields.get("client") or {}
    found = _known_client(ix, client)
    name, number = client.get("name"), client.get("fiscal_id")
    if found is not None:
        name, number = found.name, found.fiscal_id
    elif client:
        name = f"{name} ({session.text('new client')})"
    discount: Mapping[str, Any] = fields.get("global_discount") or {}
    value = discount.get("value")
    is_share = discount.get("value_type") == "percentage"
    retention = fields.get("retention")
    return {
        **{column.field: fields.get(column.field) for column in NEW},
        "type": kind,
        "client": name,
        # A number that the answer leaves out is not known to be none.
        "fiscal_id": number if isinstance(number, Unset) else number or session.text("none: final consumer"),
        "serie": serie,
        "global_discount": percent(value) if value is not None and is_share else value,
        "retention": None if retention is None else percent(retention),
        "total": total,
    }


def _known_client(ix: InvoiceXpress, client: Mapping[str, Any]) -> Client | None:
    """The client that the service takes: by its id, its code, or its name, in this order."""
    if client.get("id"):
        return ix.clients.get(cast("int", client["id"]))
    found = ix.clients.find_by_code(client["code"]) if client.get("code") else None
    return found or (ix.clients.find_by_name(client["name"]) if client.get("name") else None)
