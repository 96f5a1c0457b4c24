"""Compares a thing found at the service with the thing sent, after a write without an answer.

Each function yields the differences as texts, none for a match. Stored numbers differ from sent ones by the
scales of the columns: unit price 4 decimals, sometimes echoed with 2, quantity 2, discount 4, amounts 2
(weareswat 2020, suestecreative 2026). Fields missing from an answer are not compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final, Protocol

from attrs import fields
from invoicexpress_generated.models.client import Client
from invoicexpress_generated.models.client_write import ClientWrite
from invoicexpress_generated.models.document_client import DocumentClient
from invoicexpress_generated.models.document_client_write import DocumentClientWrite
from invoicexpress_generated.models.document_item import DocumentItem
from invoicexpress_generated.models.document_item_write import DocumentItemWrite
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.models.item import Item
from invoicexpress_generated.models.item_write import ItemWrite
from invoicexpress_generated.models.partial_payment import PartialPayment
from invoicexpress_generated.models.regularization import Regularization
from invoicexpress_generated.models.regularization_write import RegularizationWrite
from invoicexpress_generated.models.tax import Tax
from invoicexpress_generated.models.tax_reference import TaxReference
from invoicexpress_generated.models.tax_write import TaxWrite
from invoicexpress_generated.types import Unset

PRICE_SCALES: Final = (4, 2)
QUANTITY_SCALES: Final = (2,)
DISCOUNT_SCALES: Final = (4, 2)
AMOUNT_SCALES: Final = (2,)
CLIENT_FIELDS: Final = tuple(
    field.name
    for field in fields(ClientWrite)
    if field.name not in ("preferred_contact", "additional_properties")
)
"""Fields with a single value; a contact, which has several, does not distinguish clients."""
_CONTEXT: Final = Context(prec=100)


class Sent(Protocol):
    """The compared fields of a document sent."""

    @property
    def date(self) -> datetime.date: ...
    @property
    def due_date(self) -> datetime.date | Unset: ...
    @property
    def client(self) -> DocumentClientWrite | Unset: ...
    @property
    def items(self) -> list[DocumentItemWrite]: ...


class Found(Protocol):
    """The compared fields of a document found."""

    @property
    def date(self) -> datetime.date: ...
    @property
    def due_date(self) -> datetime.date | Unset | None: ...
    @property
    def client(self) -> DocumentClient | Unset: ...
    @property
    def items(self) -> list[DocumentItem]: ...


def same_amount(sent: Decimal, found: Decimal, scales: Sequence[int]) -> bool:
    """Whether `found` is `sent`, rounded to one of these numbers of decimals."""
    return found == sent or any(
        found == sent.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_CONTEXT)
        for scale in scales
    )


def document_differences(sent: Sent, found: Found) -> Iterator[str]:
    """Differences between documents: reference, dates, client, lines.

    Totals follow from the lines.
    """
    yield from field_differences(sent, found, ("reference", "date", "due_date"))
    if not isinstance(sent.client, Unset) and not isinstance(found.client, Unset):
        # A client is matched by its code; a known one keeps its other fields (vendor docs 2026-07).
        by_code = not isinstance(sent.client.code, Unset) and bool(sent.client.code.strip())
        for text in field_differences(sent.client, found.client, ("code",) if by_code else ("name",)):
            yield f"client {text}"
    if len(sent.items) != len(found.items):
        yield f"{len(found.items)} lines, sent {len(sent.items)}"
        return
    for number, (line, stored) in enumerate(zip(sent.items, found.items, strict=True), start=1):
        for text in line_differences(line, stored):
            yield f"line {number}: {text}"


def payment_differences(
    sent: PartialPayment, receipt: Invoice, first_day: datetime.date, last_day: datetime.date
) -> Iterator[str]:
    """Differences between a payment and a receipt.

    A payment without a date gets the day of its processing, between the two days.
    """
    if receipt.status == "canceled":
        yield "it is canceled"
    if not same_amount(sent.amount, receipt.total, AMOUNT_SCALES):
        yield f"amount {receipt.total}, sent {sent.amount}"
    if isinstance(sent.payment_date, Unset):
        if not first_day <= receipt.date <= last_day:
            yield f"date {receipt.date}, sent on {first_day}"
    elif receipt.date != sent.payment_date:
        yield f"date {receipt.date}, sent {sent.payment_date}"


def line_differences(sent: DocumentItemWrite, found: DocumentItem) -> Iterator[str]:
    """Differences between lines."""
    yield from field_differences(sent, found, ("name",))
    yield from field_differences(sent, found, ("unit_price",), PRICE_SCALES)
    yield from field_differences(sent, found, ("quantity",), QUANTITY_SCALES)
    yield from field_differences(sent, found, ("discount",), DISCOUNT_SCALES)
    yield from _named_tax_differences(sent.tax, found.tax)


def item_differences(sent: ItemWrite, found: Item) -> Iterator[str]:
    """Differences between items of the catalogue."""
    yield from field_differences(sent, found, ("name", "description", "unit"))
    yield from field_differences(sent, found, ("unit_price",), PRICE_SCALES)
    yield from _named_tax_differences(sent.tax, found.tax)


def tax_differences(sent: TaxWrite, found: Tax) -> Iterator[str]:
    """Differences between taxes of the account."""
    yield from field_differences(sent, found, ("name", "value", "region", "code"))


def client_differences(sent: ClientWrite, found: Client) -> Iterator[str]:
    """Differences between clients."""
    yield from field_differences(sent, found, CLIENT_FIELDS)


def regularization_differences(sent: RegularizationWrite, found: Regularization) -> Iterator[str]:
    """Differences between regularizations."""
    yield from field_differences(sent, found, ("value", "date"))


def _named_tax_differences(sent: TaxReference | Unset, found: Any) -> Iterator[str]:
    """Difference between the tax named and the tax found, which may lack its name."""
    name = getattr(found, "name", None)
    if not isinstance(sent, Unset) and isinstance(name, str) and name != sent.name.strip():
        yield f"tax {name}, sent {sent.name}"


def field_differences(
    sent: object, found: object, names: Sequence[str], scales: Sequence[int] = AMOUNT_SCALES
) -> Iterator[str]:
    """Differences in these fields, as texts."""
    for name in names:
        given, stored = getattr(sent, name), getattr(found, name)
        if (
            not isinstance(given, Unset)
            and not isinstance(stored, Unset)
            and not _same(given, stored, scales)
        ):
            yield f"{name} {stored!s}, sent {given!s}"


def _same(given: object, stored: object, scales: Sequence[int]) -> bool:
    if isinstance(given, Decimal):
        # The service stores 0 as null.
        return same_amount(given, stored if isinstance(stored, Decimal) else Decimal(0), scales)
    if isinstance(given, str):
        # The service strips blanks at the ends, and stores a blank text as null.
        return given.strip() == (stored.strip() if isinstance(stored, str) else "")
    return given == stored
