"""What things look like on the wire, as tables of fields: one table per thing and profile.

A field is a name and a function of the thing; a function that returns `ABSENT` leaves the key out,
which the live service does where its documentation promises a value (observed: value types). The
tables are in the order in which the service emits the keys. `profiles` chooses between them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from ..fiscal.atcud import NOT_REGISTERED, NOT_RELEVANT
from ..fiscal.currencies import CURRENCIES
from ..fiscal.document_types import SERIES_ROWS
from ..fiscal.signature import printed_characters
from ..fiscal.totals import LineAmounts, euros, in_other_currency
from ..http.wire_values import JsonValue, decimal_text, number, portuguese_date, portuguese_moment
from ..seeded import seeded_hex

if TYPE_CHECKING:
    from ..books.catalogue.items.item import Item
    from ..books.catalogue.taxes.tax import Tax
    from ..books.clients.client import Client, Contact
    from ..books.documents.document import Document, Line
    from ..books.documents.goods import Address, Delivery
    from ..books.series.series import Series, SeriesRow
    from ..fiscal.document_types import Goods
    from ..http.messages import Language

Thing = TypeVar("Thing")


class Absent:
    """Says that a key is left out."""


ABSENT: Final = Absent()

ACCOUNT_CURRENCY: Final = "Euro"
"""`currency` is a name, and always the account's (observed: value types)."""

Fields = tuple[tuple[str, Callable[[Thing], JsonValue | Absent]], ...]


def shown(thing: Thing, fields: Fields[Thing]) -> dict[str, JsonValue]:
    """Return a thing as JSON, key by key."""
    result: dict[str, JsonValue] = {}
    for key, value_of in fields:
        value = value_of(thing)
        if not isinstance(value, Absent):
            result[key] = value
    return result


def or_absent(value: JsonValue) -> JsonValue | Absent:
    """Leave out what has no value."""
    return ABSENT if value is None else value


def or_blank(value: str | None) -> str:
    """Show no value as an empty text, as the documented types demand."""
    return value or ""


def blanked(fields: Fields[Thing], *keys: str) -> Fields[Thing]:
    """Return the table with empty texts in place of null for these keys."""

    def blank_for_null(
        value_of: Callable[[Thing], JsonValue | Absent],
    ) -> Callable[[Thing], JsonValue | Absent]:
        def filled(thing: Thing) -> JsonValue | Absent:
            value = value_of(thing)
            return "" if value is None else value

        return filled

    return tuple((key, blank_for_null(value_of) if key in keys else value_of) for key, value_of in fields)


# Taxes -----------------------------------------------------------------------------------------------

OBSERVED_TAX: Final[Fields[Tax]] = (
    ("id", lambda tax: tax.id),
    ("name", lambda tax: tax.name),
    ("value", lambda tax: decimal_text(tax.value)),
    ("region", lambda tax: tax.region),
    ("code", lambda tax: tax.code),
    ("default_tax", lambda tax: int(tax.is_default)),
)
DOCUMENTED_TAX: Final[Fields[Tax]] = (
    ("id", lambda tax: tax.id),
    ("name", lambda tax: tax.name),
    ("value", lambda tax: number(tax.value)),
    ("region", lambda tax: or_blank(tax.region)),
    ("code", lambda tax: or_blank(tax.code)),
    ("default_tax", lambda tax: int(tax.is_default)),
)

# Items -----------------------------------------------------------------------------------------------

OBSERVED_ITEM: Final[Fields[Item]] = (
    ("id", lambda item: item.id),
    ("name", lambda item: item.name),
    ("description", lambda item: item.description),
    ("unit_price", lambda item: number(item.unit_price)),
    ("unit", lambda item: item.unit),
    ("tax", lambda item: {"id": item.tax.id, "name": item.tax.name, "value": decimal_text(item.tax.value)}),
)
DOCUMENTED_ITEM: Final[Fields[Item]] = (
    ("id", lambda item: item.id),
    ("name", lambda item: item.name),
    ("description", lambda item: or_blank(item.description)),
    ("unit_price", lambda item: number(item.unit_price)),
    ("unit", lambda item: or_blank(item.unit)),
    (
        "tax",
        lambda item: {
            "name": item.tax.name,
            "value": number(item.tax.value),
            "comment": f"tax value:{decimal_text(item.tax.value)}%",
        },
    ),
)

# Clients ---------------------------------------------------------------------------------------------


def _contact(contact: Contact) -> dict[str, JsonValue]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "mobile": contact.mobile,
    }


def _contact_row(contact: Contact) -> dict[str, JsonValue]:
    return {key: value for key, value in _contact(contact).items() if value is not None}


def _documented_contact(contact: Contact) -> dict[str, JsonValue]:
    return {
        "name": or_blank(contact.name),
        "email": or_blank(contact.email),
        "phone": or_blank(contact.phone),
    }


def open_account_link(client: Client, seed: int, base_url: str) -> str:
    """Return the page where a client sees its open documents; a bearer link."""
    return f"{base_url}/suppliers/{seeded_hex(seed, 'open_account_link', client.id)}"


OBSERVED_CLIENT_CREATED: Final[Fields[Client]] = (
    ("id", lambda client: client.id),
    ("name", lambda client: client.name),
    ("code", lambda client: client.code),
    ("email", lambda client: client.email),
    ("language", lambda client: client.language),
    ("address", lambda client: client.address),
    ("city", lambda client: client.city),
    ("postal_code", lambda client: client.postal_code),
    ("country", lambda client: or_absent(client.country)),
    ("fiscal_id", lambda client: client.fiscal_id),
    ("website", lambda client: client.website),
    ("phone", lambda client: client.phone),
    ("fax", lambda client: client.fax),
    ("preferred_contact", lambda client: _contact(client.contact)),
    ("observations", lambda client: client.observations),
    ("send_options", lambda client: client.send_options),
)
OBSERVED_CLIENT_BILLING: Final[Fields[Client]] = (
    ("payment_days", lambda client: client.payment_days),
    ("tax_exemption_code", lambda client: client.tax_exemption_code),
)
OBSERVED_CLIENT_ROW: Final[Fields[Client]] = tuple(
    ("preferred_contact", lambda client: _contact_row(client.contact))
    if field[0] == "preferred_contact"
    else field
    for field in OBSERVED_CLIENT_CREATED
)
DOCUMENTED_CLIENT: Final[Fields[Client]] = (
    ("id", lambda client: str(client.id)),
    ("name", lambda client: client.name),
    ("email", lambda client: or_blank(client.email)),
    ("address", lambda client: or_blank(client.address)),
    ("city", lambda client: or_blank(client.city)),
    ("postal_code", lambda client: or_blank(client.postal_code)),
    ("fiscal_id", lambda client: or_blank(client.fiscal_id)),
    ("website", lambda client: or_blank(client.website)),
    ("country", lambda client: or_blank(client.country)),
    ("phone", lambda client: or_blank(client.phone)),
    ("fax", lambda client: or_blank(client.fax)),
    ("preferred_contact", lambda client: _documented_contact(client.contact)),
    ("observations", lambda client: or_blank(client.observations)),
)
DOCUMENTED_CLIENT_BILLING: Final[Fields[Client]] = (
    ("send_options", lambda client: str(client.send_options or 1)),
    ("payment_days", lambda client: str(client.payment_days)),
    ("tax_exemption_code", lambda client: client.tax_exemption_code),
)
DOCUMENTED_CLIENT_ROW: Final[Fields[Client]] = (
    ("name", lambda client: client.name),
    ("code", lambda client: or_blank(client.code)),
    ("email", lambda client: or_blank(client.email)),
    ("language", lambda client: client.language or "pt"),
    ("address", lambda client: or_blank(client.address)),
    ("city", lambda client: or_blank(client.city)),
    ("postal_code", lambda client: or_blank(client.postal_code)),
    ("country", lambda client: or_blank(client.country)),
    ("fiscal_id", lambda client: or_blank(client.fiscal_id)),
    ("website", lambda client: or_blank(client.website)),
    ("phone", lambda client: or_blank(client.phone)),
    ("fax", lambda client: or_blank(client.fax)),
    ("preferred_contact", lambda client: _documented_contact(client.contact)),
    ("observations", lambda client: or_blank(client.observations)),
    ("send_options", lambda client: str(client.send_options or 1)),
)

# Series ----------------------------------------------------------------------------------------------

OBSERVED_SERIES_ROWS: Final = tuple(row.root for row in SERIES_ROWS if row.shown)
"""Order of ids; the row of cash invoices exists and is not shown (observed: sequences)."""

DOCUMENTED_SERIES_ROWS: Final = (
    "invoice",
    "invoice_receipt",
    "simplified_invoice",
    "credit_note",
    "debit_note",
    "receipt",
    "shipping",
    "transport",
    "devolution",
    "proforma",
    "quote",
    "fees_note",
    "vat_moss_invoice",
    "vat_moss_credit_note",
    "vat_moss_receipt",
)
"""Order of the page, which has no purchase orders (docs: sequences)."""


def series_json(
    series: Series, roots: tuple[str, ...], unregistered: str, serie: JsonValue
) -> dict[str, JsonValue]:
    """Return a series: three keys per document type. `unregistered` is the code of a type that waits
    for one.
    """

    def code(row: SeriesRow) -> str:
        return row.validation_code or (unregistered if row.needs_registration else NOT_RELEVANT)

    result: dict[str, JsonValue] = {
        "id": series.id,
        "serie": serie,
        "default_sequence": int(series.is_default),
    }
    for root in roots:
        row = series.rows[root]
        result[f"current_{root}_number"] = row.last_number
        result[f"current_{root}_sequence_id"] = row.id
        result[f"current_{root}_validation_code"] = code(row)
    return result


# Documents -------------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """A document, the address at which its customer can see it, and the language of its account."""

    document: Document
    permalink: str
    language: Language


_DRAFT_NUMBER: Final[Mapping[Language, str]] = {"pt": "rascunho", "en": "draft"}
"""What a draft says for a number: the one as recorded in 2019, the other as the first version's examples."""


class ShownLine(NamedTuple):
    """A line and its amounts, which are computed once."""

    line: Line
    amounts: LineAmounts


OBSERVED_LINE: Final[Fields[ShownLine]] = (
    ("name", lambda it: it.line.name),
    ("description", lambda it: it.line.description),
    ("unit_price", lambda it: decimal_text(it.line.unit_price)),
    ("unit", lambda it: it.line.unit),
    ("quantity", lambda it: decimal_text(it.line.quantity)),
    ("tax", lambda it: {"id": it.line.tax_id, "name": it.line.tax_name, "value": number(it.line.tax_value)}),
    ("discount", lambda it: number(it.line.discount)),
    ("subtotal", lambda it: number(it.amounts.subtotal)),
    ("tax_amount", lambda it: number(it.amounts.tax)),
    ("discount_amount", lambda it: number(it.amounts.discount)),
    ("total", lambda it: number(it.amounts.total)),
)
DOCUMENTED_LINE_ROW: Final[Fields[ShownLine]] = blanked(OBSERVED_LINE, "description", "unit")
DOCUMENTED_LINE: Final[Fields[ShownLine]] = (
    ("name", lambda it: it.line.name),
    ("description", lambda it: or_blank(it.line.description)),
    ("unit_price", lambda it: number(it.line.unit_price)),
    ("quantity", lambda it: number(it.line.quantity)),
    ("unit", lambda it: or_blank(it.line.unit)),
    ("discount", lambda it: number(it.line.discount)),
    ("tax", lambda it: {"name": it.line.tax_name, "value": number(it.line.tax_value)}),
    ("total", lambda it: number(it.amounts.total)),
)


def _lines(fields: Fields[ShownLine]) -> Callable[[Shown], JsonValue]:
    return lambda it: [shown(ShownLine(line, line.shown_amounts), fields) for line in it.document.lines]


def _client(*keys: str, blank: JsonValue | Absent) -> Callable[[Shown], JsonValue]:
    """Show these keys of the document's client; `blank` stands for those without a value."""

    def value_of(it: Shown) -> JsonValue:
        values = {key: it.document.client.get(key) for key in keys}
        shown_values = {key: blank if value is None else value for key, value in values.items()}
        return {key: value for key, value in shown_values.items() if not isinstance(value, Absent)}

    return value_of


def _amount(name: str) -> Callable[[Shown], JsonValue]:
    return lambda it: number(euros(getattr(it.document.totals, name)))


def _observations(it: Shown) -> JsonValue:
    """The live service appends the exemption's words to issued documents, on a line of their own
    (observed).
    """
    document = it.document
    if document.is_issued and document.exemption_text:
        return f"{document.observations or ''}\n{document.exemption_text}"
    return document.observations


def _saft_hash(document: Document) -> str | None:
    return printed_characters(document.signature) if document.signature else None


def _multibanco(it: Shown) -> JsonValue | Absent:
    reference = it.document.multibanco
    if reference is None:
        return ABSENT
    return {
        "entity": reference.entity,
        "reference": reference.reference,
        "value": number(euros(reference.amount)),
    }


def _global_discount(it: Shown) -> JsonValue | Absent:
    discount = it.document.global_discount
    return {"value_type": discount.value_type, "value": number(discount.value)} if discount else ABSENT


def _multicurrency(it: Shown) -> JsonValue | Absent:
    """The total in the currency that was asked for; all other amounts stay in EUR (docs: multicurrency)."""
    document = it.document
    if document.currency_code is None or document.rate is None:
        return ABSENT
    total = in_other_currency(document.totals.total, document.rate)
    return {
        "rate": decimal_text(document.rate),
        "currency": CURRENCIES[document.currency_code],
        "total": number(total),
    }


def _of_goods(
    kind: Goods, value: Callable[[Delivery], JsonValue | Absent]
) -> Callable[[Shown], JsonValue | Absent]:
    """Show something of documents that say this of goods, and leave the key out of all others."""

    def value_of(it: Shown) -> JsonValue | Absent:
        delivery = it.document.delivery
        return ABSENT if delivery is None or it.document.type.goods != kind else value(delivery)

    return value_of


def _addressed(address: Address | None) -> JsonValue | Absent:
    return ABSENT if address is None else asdict(address)


_ADDRESSES: Final[Fields[Shown]] = (
    ("address_from", _of_goods("transported", lambda goods: _addressed(goods.address_from))),
    ("address_to", _of_goods("transported", lambda goods: _addressed(goods.address_to))),
)
_GUIDE_LOADING: Final[Fields[Shown]] = (
    (
        "loaded_at",
        _of_goods(
            "transported", lambda goods: portuguese_moment(goods.loaded_at) if goods.loaded_at else None
        ),
    ),
    ("load_site", _of_goods("transported", lambda goods: goods.load_site)),
    ("delivery_site", _of_goods("transported", lambda goods: goods.delivery_site)),
)
"""Assumed, since a client of 2022 reads `loaded_at`; the documentation of guides has none of them."""
_ORDER_LOADING: Final[Fields[Shown]] = (
    (
        "loaded_at",
        _of_goods(
            "ordered",
            lambda goods: portuguese_date(goods.loaded_at.date()) if goods.loaded_at else None,
        ),
    ),
    ("delivery_site", _of_goods("ordered", lambda goods: goods.delivery_site)),
)
"""What the first version showed of an order; nothing is known of later ones (assumed)."""
_TRANSPORT: Final[Fields[Shown]] = (
    ("at_doc_code_id", _of_goods("transported", lambda goods: or_absent(goods.at_doc_code))),
    ("license_plate", _of_goods("transported", lambda goods: goods.license_plate)),
)
"""The code's key is not there until the code is (observed: guides)."""

_AMOUNTS: Final[Fields[Shown]] = tuple(
    (name, _amount(name)) for name in ("sum", "discount", "before_taxes", "taxes", "total")
)
_OPTIONAL: Final[Fields[Shown]] = (
    ("mb_reference", _multibanco),
    ("global_discount", _global_discount),
    ("multicurrency", _multicurrency),
)
_HEAD: Final[Fields[Shown]] = (
    ("id", lambda it: it.document.id),
    ("status", lambda it: it.document.status),
    ("archived", lambda it: it.document.archived),
    ("type", lambda it: it.document.type.name),
)
_DATES: Final[Fields[Shown]] = (
    ("date", lambda it: portuguese_date(it.document.date)),
    ("due_date", lambda it: portuguese_date(it.document.due_date)),
)

OBSERVED_DOCUMENT: Final[Fields[Shown]] = (
    *_HEAD,
    ("sequence_number", lambda it: it.document.sequence_number or _DRAFT_NUMBER[it.language]),
    ("inverted_sequence_number", lambda it: or_absent(it.document.inverted_sequence_number)),
    ("atcud", lambda it: or_absent(it.document.atcud)),
    ("sequence_id", lambda it: it.document.series_row_id if it.document.is_issued else ABSENT),
    ("tax_exemption", lambda it: or_absent(it.document.exemption_code)),
    *_DATES,
    ("reference", lambda it: it.document.reference),
    ("observations", _observations),
    ("retention", lambda it: None if it.document.retention is None else decimal_text(it.document.retention)),
    ("permalink", lambda it: it.permalink),
    ("saft_hash", lambda it: _saft_hash(it.document) if it.document.is_issued else ABSENT),
    *_AMOUNTS,
    ("currency", lambda it: ACCOUNT_CURRENCY),
    *_GUIDE_LOADING,
    *_ORDER_LOADING,
    *_ADDRESSES,
    ("client", _client("id", "name", "code", "email", "country", blank=ABSENT)),
    ("items", _lines(OBSERVED_LINE)),
    *_TRANSPORT,
    *_OPTIONAL,
)


def _documented(client: Callable[[Shown], JsonValue], lines: Fields[ShownLine]) -> Fields[Shown]:
    return (
        *_HEAD,
        ("sequence_number", lambda it: it.document.sequence_number or "draft"),
        ("inverted_sequence_number", lambda it: it.document.inverted_sequence_number or "draft"),
        ("atcud", lambda it: it.document.atcud or NOT_REGISTERED),
        ("sequence_id", lambda it: str(it.document.series_row_id or "")),
        ("tax_exemption", lambda it: or_blank(it.document.exemption_code)),
        *_DATES,
        ("reference", lambda it: or_blank(it.document.reference)),
        ("observations", lambda it: or_blank(it.document.observations)),
        ("retention", lambda it: decimal_text(it.document.retention) if it.document.retention else "0"),
        ("permalink", lambda it: it.permalink),
        ("saft_hash", lambda it: or_blank(_saft_hash(it.document))),
        *_AMOUNTS,
        ("currency", lambda it: ACCOUNT_CURRENCY),
        *blanked(_ORDER_LOADING, "delivery_site"),
        *_ADDRESSES,
        ("client", client),
        ("items", _lines(lines)),
        *blanked(_TRANSPORT, "license_plate"),
        *_OPTIONAL,
    )


DOCUMENTED_DOCUMENT: Final = _documented(
    _client("id", "name", "code", "country", "email", blank=""), DOCUMENTED_LINE
)
DOCUMENTED_DOCUMENT_ROW: Final = _documented(_client("id", "name", "country", blank=""), DOCUMENTED_LINE_ROW)
