"""Documents by id or by number, and the namespace of each type."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from typing import Any, Final, NamedTuple

from invoicexpress import (
    AnyDocument,
    InputError,
    InvoiceXpress,
    InvoiceXpressError,
    NotFoundError,
    Unset,
    legal_number,
)

from .outcomes import RefusedError, UsageError
from .suggestions import nearest
from .texts import DOCUMENTS


class DocumentKind(NamedTuple):
    """A type of documents."""

    name: str
    """As an argument: `invoice_receipt`."""
    type: str
    """In answers: `InvoiceReceipt`."""
    namespace: str
    """Attribute of the client: `invoice_receipts`."""
    code: str | None
    """In numbers: `FR` (Portaria 302/2016)."""
    family: str
    """The list that it is in: `invoice`, `estimate` or `guide`."""


KINDS: Final = (
    DocumentKind("invoice", "Invoice", "invoices", "FT", "invoice"),
    DocumentKind("simplified_invoice", "SimplifiedInvoice", "simplified_invoices", "FS", "invoice"),
    DocumentKind("invoice_receipt", "InvoiceReceipt", "invoice_receipts", "FR", "invoice"),
    DocumentKind("credit_note", "CreditNote", "credit_notes", "NC", "invoice"),
    DocumentKind("debit_note", "DebitNote", "debit_notes", "ND", "invoice"),
    DocumentKind("receipt", "Receipt", "receipts", "RG", "invoice"),
    DocumentKind("vat_moss_invoice", "VatMossInvoice", "vat_moss_invoices", None, "invoice"),
    DocumentKind("vat_moss_credit_note", "VatMossCreditNote", "vat_moss_credit_notes", None, "invoice"),
    DocumentKind("vat_moss_receipt", "VatMossReceipt", "vat_moss_receipts", None, "invoice"),
    DocumentKind("quote", "Quote", "quotes", "OR", "estimate"),
    DocumentKind("proforma", "Proforma", "proformas", "PF", "estimate"),
    DocumentKind("fees_note", "FeesNote", "fees_notes", None, "estimate"),
    DocumentKind("shipping", "Shipping", "shippings", "GR", "guide"),
    DocumentKind("transport", "Transport", "transports", "GT", "guide"),
    DocumentKind("devolution", "Devolution", "devolutions", "GD", "guide"),
)
_ID: Final = re.compile(r"(?:(?P<kind>[A-Za-z_]+)\s+)?(?P<id>[0-9]+)")
"""`123456`, or as `name_of` names a draft: `Invoice 123456`."""
_NUMBER: Final = re.compile(r"(?P<kind>[A-Za-z_]+)\s+(?P<serie>.+)/(?P<number>[0-9]+)")


def kind_named(name: str) -> DocumentKind:
    """The type of documents with that name, plural, code or type. Raises UsageError."""
    given = _flat(name.strip())
    for kind in KINDS:
        names = (kind.name, kind.namespace, kind.type, kind.code or kind.name, DOCUMENTS[kind.type])
        if given in map(_flat, names):
            return kind
    titles = {kind.name: DOCUMENTS[kind.type].lower().replace(" ", "-") for kind in KINDS}
    words = {_flat(word): word for word in (*titles, *titles.values())}
    hint = nearest(given, words, words)
    listed = ", ".join(f"{kind} ({title})" for kind, title in titles.items())
    raise UsageError(f"{name}: no type of documents{hint}; there are {listed}")


def _flat(name: str) -> str:
    """Without case and accents, and with one character between words."""
    letters = unicodedata.normalize("NFD", name.lower().replace("-", "_").replace(" ", "_"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def _in_english(named: str) -> str:
    """`Fatura 123`, as a Portuguese table names a draft, as `Invoice 123`."""
    for kind, title in sorted(DOCUMENTS.items(), key=lambda each: -len(each[1])):
        if named.lower().startswith(f"{title.lower()} "):
            return f"{kind}{named[len(title) :]}"
    return named


def kind_of(document: AnyDocument) -> DocumentKind:
    """The row of a document's type. Raises RefusedError for purchase orders, which no command handles."""
    kind = next((kind for kind in KINDS if kind.type == str(document.type)), None)
    if kind is None:
        raise RefusedError(f"{document.type} {document.id}: no command handles documents of this type")
    return kind


def found(ix: InvoiceXpress, named: str) -> AnyDocument:
    """The document with that id or number, as `FT A/12`. Raises UsageError, RefusedError and the client's."""
    given = _in_english(named.strip())
    if (parts := _ID.fullmatch(given)) is not None:
        return _with_id(ix, given, int(parts["id"]), parts["kind"])
    parts = _NUMBER.fullmatch(given)
    if parts is None:
        raise UsageError(
            f'{named!r}: expected an id such as 123456, or a number with its type and série such as "FT A/12"'
        )
    kind = kind_named(parts["kind"])
    document = namespace(ix, kind).find_by_number(int(parts["number"]), parts["serie"].strip())
    if document is None:
        raise RefusedError(
            f"{given}: no such document among the {kind.namespace.replace('_', ' ')} of this account; "
            f"`invoicexpress list --type {kind.name}` shows them"
        )
    found_document: AnyDocument = document
    return found_document


def _with_id(ix: InvoiceXpress, given: str, number: int, of_kind: str | None) -> AnyDocument:
    kind = None if of_kind is None else kind_named(of_kind)
    if number == 0:
        raise UsageError(f"{given}: expected an id above 0")
    try:
        document = ix.documents.get(number)
    except NotFoundError:
        document = None
    if document is None or (kind is not None and kind.type != str(document.type)):
        hint = (
            ""
            if kind is not None
            else f'a number is written with type and série, "FT {_serie(ix)}/{number}"; '
        )
        raise RefusedError(
            f"{given}: this account has no document with this id; {hint}"
            "`invoicexpress list` shows those of the last month"
        )
    return document


def _serie(ix: InvoiceXpress) -> str:
    """The account's default série, for an example."""
    with contextlib.suppress(InvoiceXpressError):
        for serie in ix.sequences.list():
            if serie.default_sequence is True:
                return serie.serie
    return "A"


def namespace(ix: InvoiceXpress, kind: DocumentKind) -> Any:
    """The methods for a type of documents."""
    return getattr(ix, kind.namespace)


def name_of(document: AnyDocument) -> str:
    """The number by law, or type and id of a draft: `FT A/12`, `Invoice 123`."""
    try:
        return legal_number(document)
    except InputError:
        number = getattr(document, "inverted_sequence_number", None)
        if isinstance(number, str) and "/" in number and not isinstance(number, Unset):
            return f"{document.type} {number}"
        return f"{document.type} {document.id}"
