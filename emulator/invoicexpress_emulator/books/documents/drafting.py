"""Reads and checks the content of a create or an update, and completes it from the account's clients, items,
taxes and series.

An unknown client or item is created, a known client stays unchanged (other fields sent with it are ignored),
a known item is overwritten (vendor docs 2026-07: creating clients and items along).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.currencies import CURRENCIES
from ...fiscal.document_types import INVOICES, DocumentType
from ...fiscal.exemption_codes import DEFAULT_EXEMPTION, EXEMPTIONS, NO_EXEMPTION
from ...fiscal.totals import HUNDRED, ZERO, GlobalDiscount, Totals, document_totals, rounded
from ...http import messages
from ...http.errors import Shape, refuse_if_any
from ...http.fields import Fields, JsonObject
from ...http.wire_values import JsonValue, parse_date, parse_id
from ..catalogue.items import rows as items
from ..catalogue.items.item import PRICE_DECIMALS, PRICE_LIMIT, UNITS
from ..catalogue.taxes import rows as taxes
from ..catalogue.taxes.tax import Tax, named, resolve
from ..clients import rows as clients
from ..clients.values import is_broken, matching, values_from
from ..series.rows import row_by_id
from . import rows
from .document import Document, Draft, Line
from .goods import read_delivery

if TYPE_CHECKING:
    from ..call import Call
    from ..clients.client import Client

QUANTITY_DECIMALS: Final = 2
DISCOUNT_DECIMALS: Final = 4
RATE_DECIMALS: Final = 6
"""Stored scales (weareswat 2020)."""

LARGEST_TOTAL: Final = 99_999_999_999
"""Cents: the column of a document's total has nine digits before the point (weareswat 2020)."""

_LARGEST_RETENTION: Final = Decimal("99.99")


def read_draft(call: Call, document_type: DocumentType, data: JsonObject, old: Document | None) -> Draft:
    """Return the draft in a request; `old` is the replaced document, if any.

    Raises:
        Refused: 422, with all complaints.
    """
    fields = Fields(data, [])
    if document_type.portuguese_only and not call.account.is_portuguese:
        fields.complain(messages.PORTUGAL_ONLY)
    day = _date(fields, "date", missing=call.today, unreadable=call.today)
    due = _date(fields, "due_date", missing=day, unreadable=call.today)
    client = _client(call, document_type, fields)
    if client is not None:
        check_opening(call, document_type, client.id, day, fields)
    lines = _lines(call, fields, client)
    exemption = _exemption(call, fields, lines, on_update=old is not None)
    discount = _global_discount(fields)
    currency, rate = _currency(fields)
    retention = _retention(fields)
    series_row_id = _series_row_id(call, document_type, fields)
    owner_id = _owner_id(call, document_type, fields, old)
    delivery = read_delivery(document_type, fields)
    reference, observations = fields.text("reference"), fields.text("observations")
    totals = _totals(fields, lines, discount)
    wants_multibanco = _has_multibanco(call, document_type, fields)
    refuse_if_any(Shape.GENERAL, fields.complaints)
    assert client is not None  # noqa: S101 - without one there is a complaint
    return Draft(
        date=day,
        due_date=due,
        reference=reference,
        observations=observations,
        retention=retention,
        tax_exemption=exemption,
        client=client,
        currency_code=currency,
        rate=rate,
        global_discount=discount,
        owner_id=owner_id,
        wants_multibanco=wants_multibanco,
        series_row_id=series_row_id,
        totals=totals,
        lines=tuple(_remembered(call, line) for line in lines),
        delivery=delivery,
    )


DATES: Final = frozenset({"date", "due_date"})
"""The fields of an update that sends dates alone."""


def redated(call: Call, data: JsonObject, old: Document) -> Draft:
    """Return a draft with new dates, and all else as it is.

    Raises:
        Refused: 422, with all complaints.
    """
    fields = Fields(data, [])
    day = _date(fields, "date", missing=old.date, unreadable=call.today)
    due = _date(fields, "due_date", missing=old.due_date, unreadable=call.today)
    check_opening(call, old.type, old.client_id, day, fields)
    refuse_if_any(Shape.GENERAL, fields.complaints)
    client = clients.by_id(call.db, call.account.id, old.client_id)
    assert client is not None  # noqa: S101 - a client with documents stays
    return Draft(
        date=day,
        due_date=due,
        reference=old.reference,
        observations=old.observations,
        retention=old.retention,
        tax_exemption=old.tax_exemption,
        client=client,
        currency_code=old.currency_code,
        rate=old.rate,
        global_discount=old.global_discount,
        owner_id=old.owner_id,
        wants_multibanco=old.wants_multibanco,
        series_row_id=old.series_row_id,
        totals=old.totals,
        lines=old.lines,
        delivery=old.delivery,
    )


def _date(fields: Fields, key: str, *, missing: dt.date, unreadable: dt.date) -> dt.date:
    """Read a date; an unreadable one is silently today (vendor docs 2026-07: date). Anything but text fails
    (vendor docs 2026-07: 422 example).
    """
    sent = fields.data.get(key)
    if sent is None:
        return missing
    if not isinstance(sent, str):
        fields.complain(messages.DATE_NOT_TEXT, value=sent, type=_RUBY_TYPES.get(type(sent), "Object"))
        return unreadable
    return parse_date(sent) or unreadable


def check_opening(
    call: Call, document_type: DocumentType, client_id: int, day: dt.date, fields: Fields
) -> None:
    """Complain about a document older than its client's initial balance (diogopms 2026-06).

    This concerns the types that a balance counts: invoices, notes and receipts (assumed).
    """
    opening = clients.opened_on(call.db, client_id) if document_type.family is INVOICES else None
    if opening is not None and day < opening:
        fields.complain(messages.DATE_BEFORE_BALANCE, date=opening.isoformat())


_RUBY_TYPES: Final[dict[type, str]] = {
    int: "Integer",
    Decimal: "Float",
    bool: "Boolean",
    list: "Array",
    dict: "Hash",
}


def _client(call: Call, document_type: DocumentType, fields: Fields) -> Client | None:
    sent = next(filter(None, (fields.child(key) for key in document_type.client_keys)), None)
    if sent is None or not sent.data:
        if document_type.client_optional:
            return clients.final_consumer(call.db, call.account.id)
        fields.complain(messages.CLIENT_MISSING)
        return None
    settings = call.account.settings
    known = matching(call.db, call.account.id, sent.data)
    if known is not None:
        if is_broken(known, settings):
            fields.complain(messages.CLIENT_INVALID)
            fields.complain(messages.FISCAL_ID_OF_DOCUMENT_INVALID)
        return known
    # The service complains about the client first, then about its fields (ventrata 2026).
    wrong = Fields(sent.data, [])
    values = values_from(wrong, settings, messages.FISCAL_ID_OF_DOCUMENT_INVALID)
    if wrong.complaints:
        fields.complain(messages.CLIENT_INVALID)
        fields.complaints.extend(wrong.complaints)
        return None
    return clients.insert(call.db, call.account.id, values)


def _lines(call: Call, fields: Fields, client: Client | None) -> list[Line]:
    sent = fields.data.get("items")
    if sent is not None and not isinstance(sent, list):
        fields.complain(messages.ITEMS_NOT_ARRAY)
        return []
    if not sent:
        fields.complain(messages.ITEMS_MISSING)
        return []
    known = taxes.every(call.db, call.account.id)
    home = call.account.settings.country
    is_abroad = client is not None and client.country not in {None, home}
    exempts = is_abroad and call.profile.unknown_tax_abroad_is_exempt
    return [_line(fields, entry, known, unknown_is_exempt=exempts) for entry in sent]


def _tax(known: list[Tax], sent: JsonObject, *, unknown_is_exempt: bool) -> tuple[Tax, bool]:
    """Return the tax of a line, and whether it silently fell to 0 %: live, a rate sent alone, or an
    unknown name, did so for clients in other countries (suestecreative 2026).
    """
    if unknown_is_exempt and sent.keys() & {"name", "value"} and not named(known, _name_only(sent)):
        exempt = next((tax for tax in known if tax.value == 0), None)
        if exempt is not None:
            return exempt, True
    return resolve(known, sent), False


def _name_only(tax: JsonObject) -> JsonObject:
    return {"name": tax.get("name")}


def _line(fields: Fields, entry: JsonValue, known: list[Tax], *, unknown_is_exempt: bool) -> Line:
    if not isinstance(entry, dict):
        fields.complain(messages.ITEMS_NOT_OBJECTS)
        entry = {}
    line = Fields(entry, fields.complaints)
    name, unit = line.text("name"), line.text("unit")
    if name is None:
        line.complain(messages.LINE_NAME_REQUIRED)
    if unit is not None and unit not in UNITS:
        line.complain(messages.UNIT_NOT_ACCEPTED, unit=unit)
    sent_tax = line.child("tax")
    tax, fell = _tax(known, sent_tax.data if sent_tax else {}, unknown_is_exempt=unknown_is_exempt)
    return Line(
        item_id=None,
        name=name or "",
        description=line.text("description"),
        unit_price=_unit_price(line),
        quantity=_quantity(line),
        unit=unit,
        discount=_discount(line),
        tax_id=tax.id,
        tax_name=tax.name,
        tax_value=tax.value,
        tax_region=tax.region,
        tax_code=tax.code,
        tax_exemption=_exemption_code(line, "tax_exemption") or (DEFAULT_EXEMPTION if fell else None),
    )


def _unit_price(line: Fields) -> Decimal:
    price = line.decimal("unit_price", messages.UNIT_PRICE_NOT_NUMBER)
    if price is None:
        line.complain(messages.UNIT_PRICE_NOT_NUMBER)
        return ZERO
    if price < 0:
        line.complain(messages.UNIT_PRICE_NEGATIVE)
        return ZERO
    return _bounded(line, rounded(price, PRICE_DECIMALS))


def _quantity(line: Fields) -> Decimal:
    """Read a quantity; clients have left it out with success, and it is 1 then (assumed)."""
    quantity = line.decimal("quantity", messages.QUANTITY_INVALID)
    if quantity is None:
        return Decimal(1)
    if quantity < 0:
        line.complain(messages.QUANTITY_INVALID)
        return ZERO
    return _bounded(line, rounded(quantity, QUANTITY_DECIMALS))


def _bounded(line: Fields, value: Decimal) -> Decimal:
    if value >= PRICE_LIMIT:
        line.complain(messages.AMOUNT_TOO_LARGE)
        return ZERO
    return value


def _discount(line: Fields) -> Decimal:
    """Read a discount in percent; an absolute `discount_amount` is ignored (suestecreative 2026)."""
    discount = line.decimal("discount", messages.DISCOUNT_NOT_NUMBER)
    if discount is None:
        return ZERO
    if not 0 <= discount <= HUNDRED:
        line.complain(messages.DISCOUNT_RANGE)
        return ZERO
    return rounded(discount, DISCOUNT_DECIMALS)


def _exemption_code(fields: Fields, key: str) -> str | None:
    """Read an exemption code; `M00` removes it."""
    code = fields.text(key)
    if code is None or code == NO_EXEMPTION:
        return None
    if code not in EXEMPTIONS:
        fields.complain(messages.EXEMPTION_UNKNOWN, codes=",".join(EXEMPTIONS))
        return None
    return code


def _exemption(call: Call, fields: Fields, lines: list[Line], *, on_update: bool) -> str | None:
    """Return the document's exemption code.

    A line without VAT needs a reason, its own or the document's, in Portuguese accounts (vendor docs
    2026-07). Creating without one is refused; an update without one silently stamps M99 (suestecreative
    2026).
    """
    code = _exemption_code(fields, "tax_exemption") or _exemption_code(fields, "tax_exemption_reason")
    unexplained = any(line.is_exempt and line.tax_exemption is None for line in lines)
    misspelt = any(complaint.text is messages.EXEMPTION_UNKNOWN for complaint in fields.complaints)
    if code is None and unexplained and not misspelt and call.account.is_portuguese:
        if on_update:
            return DEFAULT_EXEMPTION
        fields.complain(messages.EXEMPTION_MISSING)
    return code


def _retention(fields: Fields) -> Decimal | None:
    retention = fields.decimal("retention", messages.RETENTION_RANGE)
    if retention is None:
        return None
    if not 0 <= retention <= _LARGEST_RETENTION:
        fields.complain(messages.RETENTION_RANGE)
        return None
    return rounded(retention, 2)


def _global_discount(fields: Fields) -> GlobalDiscount | None:
    sent = fields.child("global_discount")
    if sent is None or not sent.data:
        return None
    value_type = sent.text("value_type")
    value = sent.decimal("value", messages.GLOBAL_DISCOUNT_INVALID)
    if value_type == "percentage" and value is not None and 0 <= value <= HUNDRED:
        return GlobalDiscount("percentage", rounded(value, DISCOUNT_DECIMALS))
    if value_type == "absolute" and value is not None and 0 <= value < PRICE_LIMIT:
        return GlobalDiscount("absolute", rounded(value, 2))
    fields.complain(messages.GLOBAL_DISCOUNT_INVALID)
    return None


def _currency(fields: Fields) -> tuple[str | None, Decimal | None]:
    """Read the foreign currency and its rate, 1 by default (assumed); the account's own currency is not
    foreign.
    """
    code = fields.text("currency_code")
    if code is None:
        return None, None
    code = code.strip().upper()
    rate = fields.decimal("rate", messages.RATE_INVALID)
    if code not in CURRENCIES:
        fields.complain(messages.CURRENCY_UNKNOWN, code=code)
        return None, None
    if rate is not None and not 0 < rate < 10**10:
        fields.complain(messages.RATE_INVALID)
        return None, None
    return (None, None) if code == "EUR" else (code, rounded(rate or Decimal(1), RATE_DECIMALS))


def _series_row_id(call: Call, document_type: DocumentType, fields: Fields) -> int | None:
    """Read `sequence_id`: the row of the document's own type in a series.

    An id without a series in the account counts as none: finalising then uses the default series (assumed:
    the vendor's examples carry such ids and are accepted).
    """
    row_id = parse_id(fields.data.get("sequence_id"))
    row = row_by_id(call.db, call.account.id, row_id) if row_id is not None else None
    if row is None:
        return None
    if row.root != document_type.root:
        fields.complain(messages.SERIES_OF_OTHER_TYPE)
    return row.id


def _owner_id(call: Call, document_type: DocumentType, fields: Fields, old: Document | None) -> int | None:
    """Read `owner_invoice_id`: the document to correct, invoice or move.

    Other types ignore it, and so do invoices that name anything but a guide, and guides that name anything
    but an invoice. An update without it keeps the link.
    """
    if not document_type.may_have_owner:
        return None
    if not fields.has("owner_invoice_id"):
        return old.owner_id if old else None
    owner_id = parse_id(fields.data["owner_invoice_id"])
    owner = rows.by_id(call.db, call.account.id, owner_id) if owner_id is not None else None
    if not document_type.corrects and (owner is None or not document_type.may_follow(owner.type)):
        return None
    if owner is None:
        fields.complain(messages.OWNER_NOT_FOUND)
        return None
    check_owner(document_type, owner, fields)
    return owner.id


def check_owner(document_type: DocumentType, owner: Document, fields: Fields) -> None:
    """Complain about a document that cannot be corrected, invoiced or moved: a draft (suestecreative 2026), a
    cancelled one (Despacho 8632/2014, 3.3.7).
    """
    if not document_type.may_follow(owner.type):
        fields.complain(messages.OWNER_WRONG_TYPE)
    elif owner.status == "draft":
        fields.complain(messages.OWNER_IN_DRAFT)
    elif owner.status in {"canceled", "deleted"}:
        fields.complain(messages.OWNER_CANCELED)


def _has_multibanco(call: Call, document_type: DocumentType, fields: Fields) -> bool:
    """Read whether to make a Multibanco reference; types and accounts without references ignore the field."""
    wanted = document_type.multibanco and call.account.is_portuguese and fields.flag("mb_reference")
    if wanted and not call.account.settings.multibanco:
        fields.complain(messages.MULTIBANCO_OFF)
    return wanted


def _totals(fields: Fields, lines: list[Line], discount: GlobalDiscount | None) -> Totals:
    amounts = [line.amounts for line in lines]
    if discount and discount.value_type == "absolute" and discount.value > sum(a.subtotal for a in amounts):
        fields.complain(messages.GLOBAL_DISCOUNT_TOO_HIGH)
        discount = None
    totals = document_totals(amounts, discount)
    if max(totals) > LARGEST_TOTAL:
        fields.complain(messages.AMOUNT_TOO_LARGE)
    return totals


def _remembered(call: Call, line: Line) -> Line:
    """Put a line's item into the catalogue; it replaces the item of that name."""
    values = items.ItemValues(line.name, line.description, line.unit_price, line.unit, line.tax_id)
    return line._replace(item_id=items.remember(call.db, call.account.id, values))
