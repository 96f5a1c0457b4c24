"""Compares a thing at the service with the thing sent: after an unknown result, an update, or a known key.

Each function yields the differences as texts, none for a match. Stored numbers differ from sent ones by the
scales of the columns: unit price 4 decimals, quantity 2, discount 4, amounts 2 (weareswat 2020). Prices and
quantities of lines are shown with still fewer, so the exact amount of a line is compared as well
(`read_back`). Fields missing from an answer are not compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Any, Final, Protocol, cast

from attrs import AttrsInstance, fields, has
from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import is_array, shown_amount

from .. import lisbon, reference_data
from ..fiscal_ids import is_none, is_same
from ..totals import QUANTITY_DECIMALS, UNIT_PRICE_DECIMALS, rounded
from .currencies import amount_of
from .read_back import Values, amounts_fit, is_shown_as

PRICE_SCALES: Final = (4, 2)
AMOUNT_SCALES: Final = (2,)
DISCOUNT_SCALES: Final = (4, 2)
RETENTION_SCALES: Final = (2,)
RATE_SCALES: Final = (6,)
ACCOUNT_FIELDS: Final = ("organization_name", "email", "address", "postal_code", "city")
_CONTEXT: Final = Context(prec=100)


class Sent(Protocol):
    """The compared fields of every document sent."""

    @property
    def date(self) -> datetime.date: ...
    @property
    def client(self) -> models.DocumentClientWrite | Unset: ...
    @property
    def items(self) -> list[models.DocumentItemWrite]: ...


class Found(Protocol):
    """The compared fields of every document found."""

    @property
    def type(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def date(self) -> datetime.date: ...
    @property
    def client(self) -> models.DocumentClient | Unset: ...
    @property
    def items(self) -> list[models.DocumentItem]: ...
    @property
    def currency(self) -> str: ...


def same_amount(sent: Decimal, found: Decimal, scales: Sequence[int]) -> bool:
    """Whether `found` is `sent`, rounded to one of these numbers of decimals."""
    return found == sent or any(
        found == sent.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_CONTEXT)
        for scale in scales
    )


def document_differences(
    document_type: str, sent: Sent, found: Found, *, unchosen: Container[str] = ()
) -> Iterator[str]:
    """Differences between a document and the one sent, in the fields that the service leaves alone.

    These are type, date, due date (if given), reference, observations, retention, currency, the client's code
    (its name, without a code), and number, names, prices and quantities of the lines. What the service itself
    changes is left to `Checks`: tax, totals, discount, exemption, other fields of a known client. `unchosen`
    names fields that the caller left to the client, so they distinguish nothing. A draft for the namesake of
    the client is left to `other_person` too, since a repeat gives the same.
    """
    if found.type != document_type:
        yield f"type {found.type}, expected {document_type}"
    for name, rule in _DOCUMENT_RULES.items():
        if name not in unchosen:
            yield from rule(sent, found)
    if found.status != "draft" or not is_namesake(sent.client, found.client):
        yield from _client_differences(sent.client, found.client)
    if len(sent.items) != len(found.items):
        yield f"{len(found.items)} lines, sent {len(sent.items)}"
        return
    for number, (line, stored) in enumerate(zip(sent.items, found.items, strict=True), start=1):
        for text in line_differences(line, stored):
            yield f"line {number}: {text}"


def status_differences(found: Found) -> Iterator[str]:
    """A cancelled or deleted document is no answer to a create, should the service return it for its key."""
    if found.status in ("canceled", "deleted"):
        yield f"it is {found.status}"


def lookup_differences(document_type: str, sent: Sent, found: Found) -> Iterator[str]:
    """Differences between a document and one sent without a key, discounts and taxes of the lines included.

    A new document that differs in anything may be another caller's.
    """
    yield from document_differences(document_type, sent, found)
    if found.status == "draft" and is_namesake(sent.client, found.client):
        yield from _client_differences(sent.client, found.client)
    for number, (line, stored) in enumerate(zip(sent.items, found.items, strict=False), start=1):
        for text in field_differences(line, stored, ("discount",), DISCOUNT_SCALES):
            yield f"line {number}: {text}"
        for text in _named_tax_differences(line.tax, stored.tax):
            yield f"line {number}: {text}"


def expectation_differences(document_type: str, expected: Sent, found: Found) -> Iterator[str]:
    """Differences between a document and the one that the caller means to issue.

    Those of `lookup_differences`, of id, name, code and tax number of the client where given, and of the
    codes of exemptions. A total is left to `expected_total`.
    """
    texts = [
        *lookup_differences(document_type, expected, found),
        *client_identity_differences(expected, found),
    ]
    texts += _exemption_differences(expected, found)
    for number, (line, stored) in enumerate(zip(expected.items, found.items, strict=False), start=1):
        texts += (f"line {number}: {text}" for text in _exemption_differences(line, stored))
    yield from dict.fromkeys(texts)


def client_identity_differences(expected: Sent, found: Found) -> Iterator[str]:
    """Who the client is: its fields may have been changed for another person."""
    client, stored = expected.client, found.client
    if isinstance(client, Unset) or isinstance(stored, Unset):
        return
    for text in field_differences(client, stored, ("id", "name", "code")):
        yield f"client {text}"
    if isinstance(client.fiscal_id, Unset) or isinstance(stored.fiscal_id, Unset):
        return
    numbers = client.fiscal_id or "", stored.fiscal_id or ""
    if not is_same(*numbers) and not all(map(is_none, numbers)):
        # Without the numbers, which are personal data.
        yield f"client has {'no' if is_none(numbers[1]) else 'another'} tax number"


def _exemption_differences(expected: object, found: object) -> Iterator[str]:
    """An answer may show no code, or its text instead."""
    given, stored = _text(expected, "tax_exemption"), _text(found, "tax_exemption")
    if given and stored != given and stored in reference_data.exemptions():
        yield f"tax_exemption {stored}, sent {given}"


def _reference_differences(sent: Sent, found: Found) -> Iterator[str]:
    given, stored = _text(sent, "reference"), _text(found, "reference")
    if stored is not None and stored != (given or ""):
        yield f"reference {stored!r}, sent {given or ''!r}"


def _observation_differences(sent: Sent, found: Found) -> Iterator[str]:
    """Finalizing appends the text of an exemption to the observations (recorded 2019)."""
    given, stored = _text(sent, "observations") or "", _text(found, "observations")
    if stored is None or stored == given:
        return
    is_exempt = bool(_text(found, "tax_exemption")) or any(
        item.tax and item.tax.value == 0 for item in found.items
    )
    if found.status != "draft" and is_exempt and stored.startswith(given):
        return
    yield f"observations {stored!r}, sent {given!r}"


def _retention_differences(sent: Sent, found: Found) -> Iterator[str]:
    """No retention is null or 0."""
    stored = getattr(found, "retention", UNSET)
    if not isinstance(stored, Unset):
        given = getattr(sent, "retention", UNSET) or Decimal(0)
        if not same_amount(given, stored or Decimal(0), RETENTION_SCALES):
            yield f"retention {stored or 0} %, sent {given} %"


def _currency_differences(sent: Sent, found: Found) -> Iterator[str]:
    """A document in the account's own currency shows no other (vendor docs 2026-07)."""
    code, shown = getattr(sent, "currency_code", UNSET), getattr(found, "multicurrency", UNSET)
    stored = shown.currency if shown and shown.currency else found.currency
    if isinstance(code, Unset) or not code.strip():
        given = found.currency
    else:
        known = reference_data.currencies().get(code.strip().upper())
        given = code if known is None else known.name
    if stored != given:
        yield f"currency {stored}, sent {given}"
    rate = getattr(sent, "rate", UNSET)
    if shown and isinstance(shown.rate, Decimal) and isinstance(rate, Decimal):
        yield from field_differences(sent, shown, ("rate",), RATE_SCALES)


def _client_differences(
    sent: models.DocumentClientWrite | Unset, found: models.DocumentClient | Unset
) -> Iterator[str]:
    """A client is matched by its id, then its code, then its name (suestecreative 2026)."""
    if isinstance(sent, Unset) or isinstance(found, Unset):
        return
    if not isinstance(sent.id, Unset):
        yield from (f"client {text}" for text in field_differences(sent, found, ("id",)))
        return
    # An answer leaves an absent code out (recorded 2019): then the name tells the client.
    by_code = not isinstance(sent.code, Unset) and bool(sent.code.strip()) and bool(found.code)
    for text in field_differences(sent, found, ("code",) if by_code else ("name",)):
        yield f"client {text}"


def is_namesake(
    sent: models.DocumentClientWrite | Unset, found: models.DocumentClient | models.Client | Unset
) -> bool:
    """Whether a client has the name sent but another code, or none: an unknown code leaves the service the
    name to find a client by (suestecreative 2026), which may be another person's.
    """
    if isinstance(sent, Unset) or isinstance(found, Unset) or isinstance(found.code, Unset):
        return False
    code, name = (sent.code or "").strip(), (found.name or "").strip()
    is_meant = not isinstance(sent.id, Unset) and sent.id == found.id
    return bool(code) and not is_meant and code != (found.code or "").strip() and sent.name.strip() == name


def _transport_differences(sent: Sent, found: Found) -> Iterator[str]:
    """A guide's time, places and vehicle: the driver's papers."""
    for name in ("loaded_at", "license_plate"):
        if hasattr(sent, name) and hasattr(found, name):
            yield from field_differences(sent, found, (name,))
    for name in ("address_from", "address_to"):
        given, stored = getattr(sent, name, UNSET), getattr(found, name, UNSET)
        if given and stored:
            for text in field_differences(given, stored, ("detail", "city", "postal_code", "country")):
                yield f"{name}: {text}"


_DOCUMENT_RULES: Final[Mapping[str, Callable[[Sent, Found], Iterator[str]]]] = {
    "date": lambda sent, found: field_differences(sent, found, ("date",)),
    "due_date": lambda sent, found: field_differences(sent, found, ("due_date",)),
    "reference": _reference_differences,
    "observations": _observation_differences,
    "retention": _retention_differences,
    "currency_code": _currency_differences,
    "transport": _transport_differences,
}


def left_out(sent: AttrsInstance) -> frozenset[str]:
    """Names of the fields that a write leaves out; an update may keep their values."""
    return frozenset(each.name for each in fields(type(sent)) if isinstance(getattr(sent, each.name), Unset))


def _text(document: object, name: str) -> str | None:
    """A text without blanks at its ends; "" for null, None if the document does not show it."""
    value = getattr(document, name, UNSET)
    if isinstance(value, Unset):
        return None
    return "" if value is None else value.replace("\r\n", "\n").strip()


def payment_differences(
    sent: models.PartialPayment, receipt: models.Invoice, first_day: datetime.date, last_day: datetime.date
) -> Iterator[str]:
    """Differences between a payment and a receipt.

    A payment without a date gets the day of its processing, between the two days.
    """
    if receipt.status == "canceled":
        yield "it is canceled"
    if not same_amount(sent.amount, receipt.total, AMOUNT_SCALES):
        yield f"amount {amount_of(receipt, receipt.total)}, sent {amount_of(receipt, sent.amount)}"
    if isinstance(sent.payment_date, Unset):
        if not first_day <= receipt.date <= last_day:
            yield f"date {receipt.date}, sent on {first_day}"
    elif receipt.date != sent.payment_date:
        yield f"date {receipt.date}, sent {sent.payment_date}"


def line_differences(sent: models.DocumentItemWrite, found: models.DocumentItem) -> Iterator[str]:
    """Differences between lines, in name, price, quantity, and, if given, description and unit."""
    yield from field_differences(sent, found, ("name", "description", "unit"))
    yield from _value_differences(sent, found)


def _value_differences(
    sent: models.DocumentItemWrite, found: models.DocumentItem, path: str = "", *, needs_proof: bool = False
) -> Iterator[str]:
    """Differences between lines in price and quantity, which may be shown rounded.

    With `needs_proof` a rounded value without an exact amount beside it is a difference.
    """
    given = Values(sent.unit_price, sent.quantity)
    shown = Values(found.unit_price, found.quantity)
    stored = Values(rounded(sent.unit_price, UNIT_PRICE_DECIMALS), rounded(sent.quantity, QUANTITY_DECIMALS))
    discount = Decimal(0) if isinstance(sent.discount, Unset) else sent.discount
    discounts = {discount} if isinstance(found.discount, Unset) else {discount, found.discount or Decimal(0)}
    fits = [amounts_fit(found, values, each) for values in (stored, given) for each in sorted(discounts)]
    is_proof = any(fits)
    different = False
    for name, one, kept, other in zip(Values._fields, given, stored, shown, strict=True):
        same = other in (one, kept) or (is_shown_as(kept, other) and (is_proof or not needs_proof))
        if not same:
            different = True
            yield _difference(f"{path}{name}", other, one)
    if not different and not is_proof and None not in fits:
        name = "total" if isinstance(found.subtotal, Unset) or found.subtotal is None else "subtotal"
        amount = getattr(found, name)
        yield f"{path}{name} {amount:f}, which is not {given.quantity:f} at {shown_amount(given.unit_price)}"


def item_differences(sent: models.ItemWrite, found: models.Item) -> Iterator[str]:
    """Differences between items of the catalogue."""
    yield from field_differences(sent, found, ("name", "description", "unit"))
    yield from field_differences(sent, found, ("unit_price",), PRICE_SCALES)
    yield from _named_tax_differences(sent.tax, found.tax)


def tax_differences(sent: models.TaxWrite, found: models.Tax) -> Iterator[str]:
    """Differences between taxes of the account."""
    yield from field_differences(sent, found, ("name", "value", "region", "code"))


@cache
def _client_fields() -> Sequence[str]:
    """Fields with a single value; a contact, which has several, does not distinguish clients."""
    known = (field.name for field in fields(models.ClientWrite))
    return [name for name in known if name not in ("preferred_contact", "additional_properties")]


def client_differences(sent: models.ClientWrite, found: models.Client) -> Iterator[str]:
    """Differences between clients. A tax number is the same one with or without separators."""
    for name in _client_fields():
        given, stored = getattr(sent, name), getattr(found, name)
        if name != "fiscal_id" or not given or not stored or not is_same(given, stored):
            yield from field_differences(sent, found, (name,))


def regularization_differences(
    sent: models.RegularizationWrite, found: models.Regularization
) -> Iterator[str]:
    """Differences between regularizations."""
    yield from field_differences(sent, found, ("value", "date"))


def initial_balance_differences(
    sent: models.InitialBalanceWrite, found: models.InitialBalance
) -> Iterator[str]:
    """Differences between initial balances. The balance of a client does not show the date sent."""
    yield from field_differences(sent, found, ("value", "observation"))


def account_differences(sent: models.AccountUpdate, found: models.AccountDetails) -> Iterator[str]:
    """Differences between accounts, in the fields that an account shows."""
    yield from field_differences(sent, found, ACCOUNT_FIELDS)


def exact_differences(sent: AttrsInstance, found: object, path: str = "") -> Iterator[str]:
    """Differences in every field that was given; a field that the answer does not show is one.

    After an update without an answer, equality in some fields proves nothing: the others may be old.
    """
    compared: tuple[str, ...] = ("additional_properties",)
    if isinstance(sent, models.DocumentItemWrite) and isinstance(found, models.DocumentItem):
        yield from _value_differences(sent, found, path, needs_proof=True)
        compared += Values._fields
    for each in fields(type(sent)):
        given = getattr(sent, each.name)
        if not isinstance(given, Unset) and each.name not in compared:
            yield from _exact(given, getattr(found, each.name, UNSET), f"{path}{each.name}")


def _exact(given: Any, stored: Any, path: str) -> Iterator[str]:
    if isinstance(stored, Unset):
        yield f"{path} is not shown"
    elif isinstance(given, models.TaxReference):
        if getattr(stored, "name", None) != given.name.strip():
            yield f"{path} {getattr(stored, 'name', None)}, sent {given.name}"
    elif is_array(given):
        if len(given) != len(stored):
            yield f"{path}: {len(stored)}, sent {len(given)}"
            return
        for number, (one, other) in enumerate(zip(given, stored, strict=True)):
            yield from _exact(one, other, f"{path}[{number}]")
    elif has(cast("type[object]", type(given))):
        yield from exact_differences(given, stored, f"{path}.")
    elif not _same(given, stored, _SCALES.get(path.rpartition(".")[2], AMOUNT_SCALES)):
        yield _difference(path, stored, given)


_SCALES: Final[Mapping[str, Sequence[int]]] = {
    "unit_price": (4,),
    "discount": DISCOUNT_SCALES,
    "rate": RATE_SCALES,
    "value": (4, 2),
}
"""Decimals that the service keeps, by field; otherwise two."""


def _named_tax_differences(sent: models.TaxReference | Unset, found: Any) -> Iterator[str]:
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
            yield _difference(name, stored, given)


_AMOUNTS: Final = frozenset({"amount", "unit_price"})


def _difference(path: str, stored: object, given: object) -> str:
    is_amount = path.rpartition(".")[2] in _AMOUNTS
    shown, sent = (
        shown_amount(value) if is_amount and isinstance(value, Decimal) else value
        for value in (stored, given)
    )
    return f"{path} {shown!s}, sent {sent!s}"


def _same(given: object, stored: object, scales: Sequence[int]) -> bool:
    if isinstance(given, Decimal):
        # The service stores 0 as null.
        return same_amount(given, stored if isinstance(stored, Decimal) else Decimal(0), scales)
    if isinstance(given, str):
        # The service strips blanks at the ends, and stores a blank text as null.
        return given.strip() == (stored.strip() if isinstance(stored, str) else "")
    if isinstance(given, datetime.datetime):
        # Times travel in whole seconds, as Lisbon has them.
        there = lisbon.meant(given).replace(microsecond=0)
        is_local = isinstance(stored, datetime.datetime) and stored.tzinfo is None
        return (there.replace(tzinfo=None) if is_local else there) == stored
    return given == stored
