"""The documents that count, and their clients."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from invoicexpress_generated import models
from invoicexpress_wire import shown

from .. import lisbon, reference_data
from ..errors import InputError
from ..quirks.absent_values import known
from ..quirks.document_types import INVOICE_RECEIPT, DocumentTypeRow, row_of
from ..quirks.file_names import title_of
from ..quirks.polymorphism import is_document
from ..totals import AMOUNT_DECIMALS

if TYPE_CHECKING:
    from ..quirks.polymorphism import AnyDocument

_CASH_INVOICE: Final = "CashInvoice"
"""A type that the law withdrew, left in filters (vendor docs 2026-07). It is paid when issued, as an
invoice-receipt.
"""
_ISSUED: Final = frozenset({"final", "settled", "second_copy"})
_NOT_ISSUED: Final = frozenset({"draft", "canceled", "deleted"})


@dataclass(frozen=True, slots=True)
class Sale:
    """An issued document that is turnover."""

    document: models.Invoice
    path: str
    """Its place in the argument, for messages: `documents[3]`."""
    kind: DocumentTypeRow

    @property
    def is_credit(self) -> bool:
        """Whether it reduces turnover."""
        return self.kind.corrects == "credit"

    @property
    def sign(self) -> int:
        """-1 for credit notes, else 1."""
        return -1 if self.is_credit else 1

    @property
    def is_paid_on_issue(self) -> bool:
        """Whether issuing it settles it. Simplified invoices wait for payment (vendor change log)."""
        return self.kind is INVOICE_RECEIPT

    @property
    def is_settled(self) -> bool:
        """Whether it is paid, or paid back."""
        return self.document.status == "settled" or self.is_paid_on_issue

    def cents(self, field: str) -> int:
        """An amount of the document in cents, as it shows it.

        Raises InputError for a part of a cent, and below zero.
        """
        return cents_of(self.document, self.path, field)

    def signed(self, field: str) -> int:
        """An amount of the document in cents, negative for credit notes. Raises InputError like `cents`."""
        return self.sign * self.cents(field)

    def refuse(self, reason: str, field: str = "") -> InputError:
        """The error that names the document."""
        return refusal(self.document, self.path, reason, field)


def refusal(document: AnyDocument, path: str, reason: str, field: str = "") -> InputError:
    """An error that names a document: `documents[3].due_date: FT A/28 (id 7) has none`."""
    return InputError(
        f"{path}.{field}" if field else path, f"{title_of(document)} (id {document.id}) {reason}"
    )


def cents_of(document: AnyDocument, path: str, field: str) -> int:
    """An amount of a document in cents. Raises InputError for a part of a cent, and below zero."""
    amount: Decimal = getattr(document, field)
    cents = amount.scaleb(AMOUNT_DECIMALS)
    if cents < 0 or cents != cents.to_integral_value():
        raise refusal(document, path, f"has {amount}; expected whole cents, 0 or more", field)
    return int(cents)


def sales(documents: Iterable[AnyDocument]) -> list[Sale]:
    """The documents that are turnover, in the order given. Raises InputError as the package describes."""
    found: list[Sale] = []
    seen: set[int] = set()
    for path, document in each_of("documents", documents):
        if document.id in seen:
            raise refusal(document, path, "was passed twice, and would count twice")
        seen.add(document.id)
        sale = sale_of(document, path)
        if sale is not None:
            found.append(sale)
    return found


def each_of(name: str, documents: Iterable[AnyDocument]) -> Iterator[tuple[str, AnyDocument]]:
    """Each document of an argument, and its path. Raises InputError for anything else."""
    given = cast("object", documents)
    if not isinstance(given, Iterable):
        raise InputError(
            name,
            f"expected a list of documents, got {shown(given)}; read an asynchronous list first: "
            "[each async for each in ix.documents.list()]",
        )
    for place, document in enumerate(cast("Iterable[object]", given)):
        if not is_document(document):
            raise InputError(f"{name}[{place}]", f"expected a document, got {shown(document)}")
        yield f"{name}[{place}]", document


def sale_of(document: AnyDocument, path: str) -> Sale | None:
    """A document that is turnover, or None. Raises InputError for an unknown type, status or currency."""
    kind = kind_of(document, path)
    is_turnover = kind.family == "invoice" and not kind.issued_by_payments
    if not is_turnover or not isinstance(document, models.Invoice) or not is_issued(document, path):
        return None
    _check_currency(document, path)
    return Sale(document, path, kind)


def kind_of(document: AnyDocument, path: str) -> DocumentTypeRow:
    """The row of a document's type. Raises InputError for an unknown one."""
    if document.type == _CASH_INVOICE:
        return INVOICE_RECEIPT
    try:
        return row_of(document.type)
    except KeyError:
        raise refusal(document, path, f"has an unknown type, {document.type!r}", "type") from None


def is_issued(document: AnyDocument, path: str) -> bool:
    """Whether a document of the invoice family counts. Raises InputError for a status that it cannot have."""
    if document.status in _ISSUED:
        return True
    if document.status in _NOT_ISSUED:
        return False
    raise refusal(
        document,
        path,
        f"has the status {document.status!r}, which does not tell whether it counts",
        "status",
    )


def _check_currency(document: models.Invoice, path: str) -> None:
    try:
        code = reference_data.currency_named(document.currency).code
    except InputError:
        code = None
    if code != "EUR":
        raise refusal(
            document, path, f"is in {document.currency!r}; reports add up amounts in Euro alone", "currency"
        )


def whole_number(name: str, value: int, least: int, most: int | None = None) -> int:
    """A whole number of an argument. Raises InputError for anything else."""
    if type(value) is not int or value < least or (most is not None and value > most):
        upto = "or more" if most is None else f"to {most}"
        raise InputError(name, f"expected a whole number, {least} {upto}, got {shown(value)}")
    return value


R = TypeVar("R")


def first(rows: list[R], count: int | None) -> list[R]:
    """The first rows, or all of them for None. Raises InputError for a count below 1."""
    return rows if count is None else rows[: whole_number("count", count, 1)]


def day(name: str, value: datetime.date | None) -> datetime.date:
    """A day of an argument, by default today in Lisbon. Raises InputError for anything else."""
    chosen = lisbon.today() if value is None else value
    given = cast("object", chosen)
    if not isinstance(given, datetime.date) or isinstance(given, datetime.datetime):
        raise InputError(name, f"expected a date, got {shown(given)}")
    return chosen


class Party(NamedTuple):
    """The client of some documents; all three are None for final consumers without a name."""

    id: int | None
    code: str | None
    name: str | None

    def place(self) -> tuple[str, int, str]:
        """Where it stands among clients with equal amounts: by name, then by id and code."""
        return ((self.name or "").casefold(), self.id or 0, self.code or "")


T = TypeVar("T")


def by_client(entries: Iterable[tuple[models.Invoice, str, T]]) -> list[tuple[Party, list[T]]]:
    """The entries of each client; an entry comes with its document and the path of that.

    Raises InputError for a client with a name, but neither id nor code: two clients may share a name.
    """
    given = list(entries)
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for document, _, _ in given:
        if document.client.id is not None and (code := known(document.client.code, "")):
            ids[code].add(document.client.id)
    parties: dict[int | str | None, list[models.Invoice]] = {}
    groups: dict[int | str | None, list[T]] = {}
    for document, path, entry in given:
        key = _key(document, path, ids)
        parties.setdefault(key, []).append(document)
        groups.setdefault(key, []).append(entry)
    return [(_party(parties[key]), group) for key, group in groups.items()]


def _key(document: models.Invoice, path: str, ids: dict[str, set[int]]) -> int | str | None:
    """The client's id; else its code; None for a final consumer without a name."""
    client = document.client
    if client.id is not None:
        return client.id
    if code := known(client.code, ""):
        same = ids.get(code, set())
        return next(iter(same)) if len(same) == 1 else code
    if client.name:
        raise refusal(
            document,
            path,
            f"has neither id nor code of its client {client.name!r}, and others may have that name",
            "client",
        )
    return None


def _party(documents: list[models.Invoice]) -> Party:
    """The client, as its latest document shows it."""
    latest = sorted(documents, key=lambda each: (each.date, each.id), reverse=True)
    return Party(
        next((each.client.id for each in latest if each.client.id is not None), None),
        next((code for each in latest if (code := known(each.client.code, ""))), None),
        next((each.client.name for each in latest if each.client.name), None),
    )
