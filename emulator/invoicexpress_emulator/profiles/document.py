"""How a document and its lines are spelt on each wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..fiscal.atcud import NOT_REGISTERED
from ..fiscal.currencies import CURRENCIES
from ..fiscal.signature import printed_characters
from ..fiscal.totals import CENTS, LineAmounts, euros, in_other_currency, rounded
from ..http.wire_values import JsonValue, decimal_text, number, portuguese_date, portuguese_moment
from ..seeded import seeded_hex
from .field_table import ABSENT, Absent, Fields, as_json, blanked, or_absent, or_blank

if TYPE_CHECKING:
    from ..books.accounts.settings import LineDecimals, LineTax
    from ..books.documents.document import Document, Line
    from ..books.documents.goods import Address, Delivery
    from ..fiscal.document_types import Goods
    from ..http.messages import Language

ACCOUNT_CURRENCY: Final = "Euro"
"""`currency` is a name, and always the account's (recorded 2019)."""


def permalink(document: Document, seed: int, base_url: str) -> str:
    """Return the public address of a document: its id and forty hexadecimal digits (recorded 2019)."""
    return f"{base_url}/documents/{document.id}{seeded_hex(seed, 'permalink', document.id)}"


class Shown(NamedTuple):
    """A document, the address at which its customer can see it, and the language of its account."""

    document: Document
    permalink: str
    language: Language
    decimals: LineDecimals
    line_tax: LineTax


_DRAFT_NUMBER: Final[Mapping[Language, str]] = {"pt": "rascunho", "en": "draft"}
"""The number of a draft: the Portuguese as recorded in 2019, the English in the first version's examples."""


class ShownLine(NamedTuple):
    """A line, its amounts, which are computed once, and how it is read back."""

    line: Line
    amounts: LineAmounts
    decimals: LineDecimals
    tax: LineTax


def _text(it: ShownLine, value: Decimal) -> str:
    """Show a price or quantity, rounded half up (assumed)."""
    return decimal_text(value) if it.decimals == "stored" else format(rounded(value, it.decimals), "f")


def _line_tax(it: ShownLine, *keys: str) -> JsonValue:
    """Show the tax of a line; name and rate may be null (suestecreative 2026)."""
    line = it.line
    is_whole = it.tax == "whole"
    shown: dict[str, JsonValue] = {
        "id": line.tax_id,
        "name": line.tax_name if is_whole else None,
        "value": number(line.tax_value) if is_whole else None,
    }
    return {key: shown[key] for key in keys}


OBSERVED_LINE: Final[Fields[ShownLine]] = (
    ("name", lambda it: it.line.name),
    ("description", lambda it: it.line.description),
    ("unit_price", lambda it: _text(it, it.line.unit_price)),
    ("unit", lambda it: it.line.unit),
    ("quantity", lambda it: _text(it, it.line.quantity)),
    ("tax", lambda it: _line_tax(it, "id", "name", "value")),
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
    ("tax", lambda it: _line_tax(it, "name", "value")),
    ("total", lambda it: number(it.amounts.total)),
)


def _lines(fields: Fields[ShownLine]) -> Callable[[Shown], JsonValue]:
    return lambda it: [
        as_json(ShownLine(line, line.shown_amounts, it.decimals, it.line_tax), fields)
        for line in it.document.lines
    ]


def _client(*keys: str, blank: JsonValue | Absent) -> Callable[[Shown], JsonValue]:
    """Show these keys of the document's client; `blank` stands for those without a value."""

    def value_of(it: Shown) -> JsonValue:
        shown: dict[str, JsonValue] = {}
        client = it.document.client
        for key in keys:
            value = client.get(key)
            if value is None:
                if blank is not ABSENT:
                    shown[key] = blank
            else:
                shown[key] = value
        return shown

    return value_of


def _amount(name: str) -> Callable[[Shown], JsonValue]:
    amount_of = attrgetter(f"document.totals.{name}")
    # Dividing whole numbers gives the nearest float, which is the one of the exact decimal.
    return lambda it: amount_of(it) / CENTS


def _observations(it: Shown) -> JsonValue:
    """The live service appends the exemption's words to issued documents, on a line of their own
    (recorded 2019).
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
    """The total in the document's foreign currency; all others stay in EUR (vendor docs 2026-07)."""
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
    """Show a value of documents with goods of this kind, and leave the key out of all others."""

    def value_of(it: Shown) -> JsonValue | Absent:
        delivery = it.document.delivery
        return ABSENT if delivery is None or it.document.type.goods != kind else value(delivery)

    return value_of


def _addressed(address: Address | None) -> JsonValue | Absent:
    return ABSENT if address is None else dict(address._asdict())


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
"""Assumed, since filipetoscano 2022 reads `loaded_at`; the documentation of guides has none of them."""
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
"""As the first version showed an order; nothing is known of later ones (assumed)."""
_TRANSPORT: Final[Fields[Shown]] = (
    ("at_doc_code_id", _of_goods("transported", lambda goods: or_absent(goods.at_doc_code))),
    ("license_plate", _of_goods("transported", lambda goods: goods.license_plate)),
)
"""The code's key is not there until the code is (Webdados 2025)."""

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

_OBSERVED_CLIENT: Final = (
    "id",
    "name",
    "email",
    "address",
    "city",
    "postal_code",
    "country",
    "code",
    "fiscal_id",
    "website",
    "phone",
    "fax",
    "observations",
)
"""The client inside a document, every field that has a value (recorded 2019; square-bit 2026-04 for city,
website, fax and observations, whose places are assumed).
"""

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
    ("client", _client(*_OBSERVED_CLIENT, blank=ABSENT)),
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
