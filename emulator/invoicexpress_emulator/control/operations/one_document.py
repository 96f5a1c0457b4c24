"""One document in full: its lines, taxes, payments, relations, QR code, and place in the chain."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...books.accounts.account import DEFAULT_ACCOUNT
from ...books.documents import payment_rows
from ...books.documents import rows as documents
from ...books.documents.balances import open_amount
from ...books.documents.issuer import issuer_of
from ...fiscal.document_types import BY_NAME
from ...fiscal.totals import euros, rounded
from ...http.wire_values import JsonValue, decimal_text, parse_id
from ...output.qr_code import qr_png, qr_text
from ..json_schema import (
    AMOUNT,
    MOMENT,
    TEXT,
    WHOLE,
    at_least,
    by_name,
    list_of,
    one_of,
    or_null,
    record,
    said,
    with_default,
)
from .documents import DOCUMENT, at_a_glance
from .operation import ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...books.documents.document import Document, Line
    from ...books.documents.goods import Address

_CREDITED_STATES: Final = frozenset({"final", "settled"})


def _details(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    if sent.get("account") == ALL_ACCOUNTS:
        raise ControlError(422, "A document belongs to one account: name it.")
    (account,) = chosen_accounts(emulation, sent)
    document_id = parse_id(sent["id"])
    found = None if document_id is None else documents.by_id(emulation.store.db, account.id, document_id)
    if found is None:
        raise ControlError(404, f"There is no document {sent['id']!r} of {account.name!r}.")
    return 200, _shown(emulation, account, found)


def _shown(emulation: Emulation, account: Account, found: Document) -> JsonValue:
    db = emulation.store.db
    (glance,) = at_a_glance(emulation, [found])
    totals, owed = found.totals, open_amount(db, found) if found.type.payable else None
    reference = found.multibanco
    payments = [*payment_rows.payments_for(db, found.id), *payment_rows.payments_of(db, [found.id])]
    return {
        "document": glance,
        "client": {name: str(value) for name, value in found.client.items() if value is not None},
        "observations": found.observations,
        "retention": None if found.retention is None else decimal_text(found.retention),
        "issued_at": found.system_entry.isoformat() if found.system_entry else None,
        "canceled_at": found.canceled_at.isoformat() if found.canceled_at else None,
        "cancel_message": found.cancel_message,
        "lines": [_line(each) for each in found.lines],
        "global_discount": _global_discount(found),
        "vat": [
            {
                "region": part.key.region,
                "code": part.key.code,
                "rate": decimal_text(part.key.rate),
                "exemption": part.key.exemption,
                "base": _amount(part.base),
                "tax": _amount(part.tax),
            }
            for part in found.tax_parts
        ],
        "totals": {
            "sum": _amount(totals.sum),
            "discount": _amount(totals.discount),
            "before_taxes": _amount(totals.before_taxes),
            "taxes": _amount(totals.taxes),
            "total": _amount(totals.total),
            "withheld": _amount(found.withheld),
            "open": None if owed is None else _amount(owed),
        },
        "multibanco": None
        if reference is None
        else {
            "entity": reference.entity,
            "reference": reference.reference,
            "amount": _amount(reference.amount),
        },
        "delivery": _delivery(found),
        "payments": [
            {
                "receipt_id": each.receipt_id,
                "document_id": each.document_id,
                "amount": _amount(each.amount),
                "mechanism": each.mechanism,
            }
            for each in payments
        ],
        "related": _related(emulation, account, found),
        "chain": _chain(emulation, found),
        "qr": _qr(found, account),
        "api": _api(found),
    }


def _amount(cents: int) -> str:
    return f"{euros(cents):.2f}"


def _line(line: Line) -> JsonValue:
    return {
        "name": line.name,
        "description": line.description,
        "unit_price": decimal_text(line.unit_price),
        "quantity": decimal_text(line.quantity),
        "unit": line.unit,
        "discount": decimal_text(line.discount),
        "tax_name": line.tax_name,
        "tax_rate": decimal_text(line.tax_value),
        "tax_exemption": line.tax_exemption,
        "subtotal": f"{rounded(line.amounts.subtotal, 2):.2f}",
    }


def _global_discount(found: Document) -> JsonValue:
    discount = found.global_discount
    return {"value_type": discount.value_type, "value": decimal_text(discount.value)} if discount else None


def _delivery(found: Document) -> JsonValue:
    delivery = found.delivery
    if delivery is None:
        return None
    return {
        "loaded_at": delivery.loaded_at.isoformat() if delivery.loaded_at else None,
        "license_plate": delivery.license_plate,
        "from": delivery.load_site or _place(delivery.address_from),
        "to": delivery.delivery_site or _place(delivery.address_to),
        "at_doc_code": delivery.at_doc_code,
    }


def _place(address: Address | None) -> str | None:
    return None if address is None else ", ".join(part for part in address if part)


def _related(emulation: Emulation, account: Account, found: Document) -> JsonValue:
    db = emulation.store.db
    others = documents.related(db, account.id, found.id, None)
    paid = {each.document_id for each in payment_rows.payments_of(db, [found.id])}

    def relation(other: Document) -> str:
        if other.id == found.owner_id:
            return "origin"
        if other.owner_id == found.id:
            return "successor"
        return "paid" if other.id in paid else "receipt"

    glances = at_a_glance(emulation, others)
    return [
        {"relation": relation(other), "document": glance}
        for other, glance in zip(others, glances, strict=True)
    ]


def _chain(emulation: Emulation, found: Document) -> JsonValue:
    before, after = documents.neighbours(emulation.store.db, found)
    return {
        "previous": at_a_glance(emulation, [before])[0] if before else None,
        "next": at_a_glance(emulation, [after])[0] if after else None,
        "signature": found.signature,
    }


def _qr(found: Document, account: Account) -> JsonValue:
    if not found.is_issued or not account.is_portuguese:
        return None
    try:
        text = qr_text(found, issuer_of(found, account).fiscal_id)
    except ValueError:  # it does not fit a code
        return None
    return {"text": text, "png": _picture(text)}


@lru_cache(maxsize=32)
def _picture(text: str) -> str:
    # A page that looks at a document asks again and again.
    return b64encode(qr_png(text)).decode()


def _api(found: Document) -> JsonValue:
    note = BY_NAME[found.type.credit_note_name]
    is_creditable = found.type.creditable and found.status in _CREDITED_STATES
    return {
        "segment": found.type.segment,
        "root": found.type.root,
        "states": [after for before, after in found.type.states if before == found.status],
        "credit_note": {"segment": note.segment, "root": note.root} if is_creditable else None,
    }


_PERCENT: Final = said(TEXT, "Percent.")
_DECIMAL: Final = said(TEXT, "A decimal number, in full.")
_LINE: Final = record(
    "DocumentLine",
    {
        "name": TEXT,
        "description": or_null(TEXT),
        "unit_price": said(TEXT, "EUR before VAT, in full."),
        "quantity": _DECIMAL,
        "unit": or_null(TEXT),
        "discount": _PERCENT,
        "tax_name": TEXT,
        "tax_rate": _PERCENT,
        "tax_exemption": or_null(TEXT),
        "subtotal": said(AMOUNT, "EUR after the line's discount, before VAT; rounded here only."),
    },
)
_VAT: Final = record(
    "VatPart",
    {
        "region": TEXT,
        "code": TEXT,
        "rate": _PERCENT,
        "exemption": or_null(TEXT),
        "base": AMOUNT,
        "tax": AMOUNT,
    },
)
_TOTALS: Final = record(
    "DocumentTotals",
    {
        "sum": said(AMOUNT, "EUR, before discounts and VAT."),
        "discount": AMOUNT,
        "before_taxes": AMOUNT,
        "taxes": AMOUNT,
        "total": AMOUNT,
        "withheld": said(AMOUNT, "EUR, withheld at source; part of the total."),
        "open": or_null(said(AMOUNT, "EUR, left to pay; null for types that take no payments.")),
    },
)
_ROUTE = {"segment": said(TEXT, "In paths."), "root": said(TEXT, "The root key of its requests.")}
_DETAILS: Final = record(
    "DocumentDetails",
    {
        "document": DOCUMENT,
        "client": said(by_name(TEXT), "The client's fields, as they were when the document was written."),
        "observations": or_null(TEXT),
        "retention": or_null(_PERCENT),
        "issued_at": or_null(said(MOMENT, "By the account's clock.")),
        "canceled_at": or_null(said(MOMENT, "By the account's clock.")),
        "cancel_message": or_null(TEXT),
        "lines": list_of(_LINE),
        "global_discount": or_null(record("GlobalDiscount", {"value_type": TEXT, "value": _DECIMAL})),
        "vat": said(list_of(_VAT), "Base and VAT of each rate."),
        "totals": _TOTALS,
        "multibanco": or_null(
            record("MultibancoReference", {"entity": TEXT, "reference": TEXT, "amount": AMOUNT})
        ),
        "delivery": or_null(
            record(
                "DocumentDelivery",
                {
                    "loaded_at": or_null(said(TEXT, "Lisbon time, ISO 8601 without a zone.")),
                    "license_plate": or_null(TEXT),
                    "from": or_null(TEXT),
                    "to": or_null(TEXT),
                    "at_doc_code": or_null(said(TEXT, "The tax authority's code.")),
                },
            )
        ),
        "payments": said(
            list_of(
                record(
                    "DocumentPayment",
                    {"receipt_id": WHOLE, "document_id": WHOLE, "amount": AMOUNT, "mechanism": TEXT},
                )
            ),
            "What receipts pay of this document, cancelled ones included, or what this receipt pays.",
        ),
        "related": list_of(
            record(
                "RelatedDocument",
                {
                    "relation": said(
                        one_of("origin", "successor", "receipt", "paid"),
                        "What the other document is: the origin of this one, made from this one, a receipt "
                        "for it, or paid by it.",
                    ),
                    "document": DOCUMENT,
                },
            )
        ),
        "chain": record(
            "ChainPlace",
            {
                "previous": or_null(DOCUMENT),
                "next": or_null(DOCUMENT),
                "signature": or_null(said(TEXT, "Base64; null if unsigned.")),
            },
        ),
        "qr": or_null(
            record("QrCode", {"text": TEXT, "png": said(TEXT, "The picture, as a PNG in Base64.")})
        ),
        "api": record(
            "DocumentRoute",
            {
                **_ROUTE,
                "states": said(list_of(TEXT), "The states to which change-state can move it now."),
                "credit_note": or_null(
                    said(record("CreditNoteRoute", _ROUTE), "How to make a credit note for it.")
                ),
            },
        ),
    },
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/documents/{id}",
        _details,
        summary="Returns one document of an account in full.",
        sent={
            "account": said(with_default(TEXT, DEFAULT_ACCOUNT), "The account's name."),
            "id": said(at_least(1), "The document's id."),
        },
        answer=_DETAILS,
    ),
)
