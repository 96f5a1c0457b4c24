"""What clients owe: unpaid documents less their receipts and credit notes.

A document owes its total less its issued receipts and credit notes; a retention is not deducted, as it is not
deducted from the total (vendor docs 2026-07). A settled document owes nothing, whatever its receipts. The
other way round the client is owed what credit notes exceed what their document still owed, and the whole of a
note whose document was paid when issued or is unknown, until the note is settled, that is, paid back.

Initial balances, write-offs and movements without a document are not among documents:
`ix.treasury.balance(client)` has them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from invoicexpress_generated.types import Unset
from invoicexpress_loading.records import fields_in_help
from invoicexpress_wire import shown

from ..errors import InputError
from ..quirks.document_types import CREDIT_NOTES, RECEIPT_TYPES
from ..quirks.file_names import title_of
from ..totals import euros
from .counted import (
    Sale,
    by_client,
    cents_of,
    day,
    each_of,
    first,
    is_issued,
    kind_of,
    sale_of,
    sales,
)

if TYPE_CHECKING:
    from ..quirks.polymorphism import AnyDocument
    from .counted import Party

_NOTE_TYPES: Final = frozenset(row.type for row in CREDIT_NOTES)


@fields_in_help
class Debtor(NamedTuple):
    """What a client owes, in EUR."""

    client_id: int | None
    """The client's id; None if documents do not tell."""
    code: str | None
    """The client's code; None without one."""
    name: str | None
    """The name in the client's latest document."""
    documents: int
    """Number of documents with an open amount."""
    open: Decimal
    """Sum of what these documents owe."""
    overdue: Decimal
    """The part of `open` that was due before today."""
    oldest_due_date: datetime.date
    """The first due date among the documents with an open amount."""
    credit: Decimal
    """What the client is owed by credit notes, zero or negative."""
    balance: Decimal
    """`open` plus `credit`."""


@fields_in_help
class AgeRow(NamedTuple):
    """What a client owes by days since it was due, in EUR."""

    client_id: int | None
    """The client's id; None if documents do not tell."""
    code: str | None
    """The client's code; None without one."""
    name: str | None
    """The name in the client's latest document."""
    documents: int
    """Number of documents with an open amount, credits included."""
    not_due: Decimal
    """Due on the day of the report, or later."""
    days_1_to_30: Decimal
    """1 to 30 days late."""
    days_31_to_60: Decimal
    """31 to 60 days late."""
    days_61_to_90: Decimal
    """61 to 90 days late."""
    over_90: Decimal
    """More than 90 days late."""
    credit: Decimal
    """What the client is owed by credit notes, zero or negative."""
    total: Decimal
    """Sum of the six amounts before it."""


@fields_in_help
class OpenItems(NamedTuple):
    """What all clients owe by age, in EUR."""

    rows: tuple[AgeRow, ...]
    """A row for each client, from the highest total down."""
    total: AgeRow
    """The sums of all rows, without a client."""


class _Item(NamedTuple):
    """An open amount: what a document owes, or, negative, what its client is owed."""

    sale: Sale
    cents: int


Related = Mapping[int, "Sequence[AnyDocument]"]
"""The related documents of documents, by id."""


def unread(documents: Iterable[AnyDocument], related: Related) -> list[AnyDocument]:
    """The documents whose related documents `top_debtors` and `open_items_by_age` still need.

    Unpaid documents and credit notes, then the documents that such notes correct, and the receipts of all of
    these, which may pay other documents too. Ask again after each round, until none is left:

        related = {}
        while missing := reports.unread(documents, related):
            related.update({each.id: ix.documents.related(each) for each in missing})

    Raises InputError.
    """
    relatives = _Relatives(related)
    for _ in _items(documents, relatives):
        pass
    return list(relatives.missing.values())


def top_debtors(
    documents: Iterable[AnyDocument],
    related: Related,
    *,
    today: datetime.date | None = None,
    count: int | None = 10,
) -> list[Debtor]:
    """The clients that owe most, all of them if `count` is None; clients who owe nothing are left out.

    `related` has the related documents of unpaid documents (see `unread`), `today` is by default today in
    Lisbon. Clients who owe the same are in the order of their names. Raises InputError, also for documents
    whose related documents are missing.
    """
    now = day("today", today)
    rows: list[tuple[Party, Debtor]] = []
    for party, items in _by_client(documents, related):
        owed = [(each.cents, _due(each.sale)) for each in items if each.cents > 0]
        total, credit = sum(cents for cents, _ in owed), _credit(items)
        if total + credit > 0:
            debtor = Debtor(
                *party,
                documents=len(owed),
                open=euros(total),
                overdue=euros(sum(cents for cents, due in owed if due < now)),
                oldest_due_date=min(due for _, due in owed),
                credit=euros(credit),
                balance=euros(total + credit),
            )
            rows.append((party, debtor))
    rows.sort(key=lambda row: (-row[1].balance, row[0].place()))
    return first([debtor for _, debtor in rows], count)


def open_items_by_age(
    documents: Iterable[AnyDocument], related: Related, *, on: datetime.date | None = None
) -> OpenItems:
    """What clients owe by age: not due, due for 1 to 30, 31 to 60, 61 to 90, and for more than 90 days.

    `related` has the related documents of unpaid documents (see `unread`). Ages are those of the day `on`, by
    default today in Lisbon; payments and notes are those that the documents show now, also if they are of a
    later day. Raises InputError, also for documents whose related documents are missing.
    """
    now = day("on", on)
    found: list[tuple[Party, list[int]]] = []
    for party, items in _by_client(documents, related):
        amounts = [0] * (len(_AGES) + 1)
        for item in items:
            if item.cents > 0:
                amounts[_age(_due(item.sale), now)] += item.cents
        found.append((party, [len(items), *amounts, _credit(items)]))
    found.sort(key=lambda row: (-sum(row[1][1:]), row[0].place()))
    sums = [sum(column) for column in zip(*(numbers for _, numbers in found), strict=True)]
    return OpenItems(
        tuple(_age_row(party, numbers) for party, numbers in found),
        _age_row((None, None, None), sums or [0] * (len(_AGES) + 3)),
    )


_AGES: Final = (0, 30, 60, 90)
"""The last day of each column but the last one."""


def _age(due: datetime.date, on: datetime.date) -> int:
    """The column of a due date."""
    late = (on - due).days
    return sum(late > last for last in _AGES)


def _age_row(party: tuple[int | None, str | None, str | None], numbers: list[int]) -> AgeRow:
    documents, *cents = numbers
    not_due, to_30, to_60, to_90, over_90, credit = map(euros, cents)
    return AgeRow(*party, documents, not_due, to_30, to_60, to_90, over_90, credit, euros(sum(cents)))


def _credit(items: list[_Item]) -> int:
    return sum(each.cents for each in items if each.cents < 0)


def _due(sale: Sale) -> datetime.date:
    due = sale.document.due_date
    if isinstance(due, Unset) or due is None:
        raise sale.refuse("has no due date", "due_date")
    return due


def _by_client(documents: Iterable[AnyDocument], related: Related) -> list[tuple[Party, list[_Item]]]:
    relatives = _Relatives(related)
    items = list(_items(documents, relatives))
    if relatives.missing:
        one = next(iter(relatives.missing.values()))
        more = len(relatives.missing) - 1
        others = f", and those of {more} more" if more else ""
        raise InputError(
            f"related[{one.id}]",
            f"the related documents of {title_of(one)} are missing{others}; `reports.unread` names the "
            "documents, and `ix.documents.related` reads theirs: ask `unread` again until it names none",
        )
    return by_client((each.sale.document, each.sale.path, each) for each in items)


class _Relatives:
    """The related documents that were read, and the documents whose related ones are missing."""

    def __init__(self, related: Related) -> None:
        given = cast("object", related)
        if not isinstance(given, Mapping):
            raise InputError("related", f"expected related documents by id, got {shown(given)}")
        self._related = related
        self.missing: dict[int, AnyDocument] = {}

    def of(self, document: AnyDocument) -> list[tuple[str, AnyDocument]] | None:
        """The related documents with their paths; None if they are missing."""
        found = self._related.get(document.id)
        if found is None:
            self.missing.setdefault(document.id, document)
            return None
        return list(each_of(f"related[{document.id}]", found))


def _items(documents: Iterable[AnyDocument], relatives: _Relatives) -> Iterator[_Item]:
    """The open amounts, as far as the related documents tell."""
    owing: dict[int, Sale] = {}
    corrected: dict[int, Sale] = {}
    for sale in sales(documents):
        if sale.is_settled:
            continue
        if not sale.is_credit:
            owing[sale.document.id] = sale
            continue
        around = relatives.of(sale.document)
        if around is None:
            continue
        owner = _owner(sale, around)
        if owner is None or owner.is_paid_on_issue:
            if cents := sale.signed("total"):
                yield _Item(sale, cents)
        else:
            corrected[owner.document.id] = owner
    for sale in (corrected | owing).values():
        if balance := _balance(sale, relatives):
            yield _Item(sale, balance)


def _owner(note: Sale, around: list[tuple[str, AnyDocument]]) -> Sale | None:
    """The document that a note corrects: it is older, and ids grow. Raises InputError for several."""
    owners = [
        owner
        for path, each in around
        if each.id < note.document.id and (owner := sale_of(each, path)) and owner.kind.creditable
    ]
    if len(owners) > 1:
        names = " and ".join(title_of(each.document) for each in owners)
        raise note.refuse(f"corrects {names}, and does not show how much of each")
    return owners[0] if owners else None


def _balance(sale: Sale, relatives: _Relatives) -> int | None:
    """What a document owes in cents, or, negative, what its client is owed for it; None if not yet known."""
    around = relatives.of(sale.document)
    if around is None:
        return None
    paid = credited = refundable = 0
    is_known = True
    for path, each in around:
        if each.type not in RECEIPT_TYPES | _NOTE_TYPES or not is_issued(each, path):
            continue
        cents = cents_of(each, path, "total")
        if each.type in RECEIPT_TYPES:
            is_known &= _pays_alone(sale, each, relatives)
            paid += cents
        else:
            credited += cents
            refundable += 0 if each.status == "settled" else cents
    if not is_known:
        return None
    total = sale.cents("total")
    if paid > total:
        raise sale.refuse(
            f"has receipts over {euros(paid)}, more than its total of {euros(total)}; they pay something "
            "else too, and do not show how much"
        )
    left = total - paid - credited
    return max(min(left, 0) if sale.is_settled else left, -refundable)


def _pays_alone(sale: Sale, receipt: AnyDocument, relatives: _Relatives) -> bool:
    """Whether a receipt is known to pay one document. Raises InputError if it pays others too."""
    around = relatives.of(receipt)
    if around is None:
        return False
    for path, each in around:
        kind = kind_of(each, path)
        if each.id != sale.document.id and kind.family == "invoice" and not kind.issued_by_payments:
            raise sale.refuse(
                f"has the receipt {title_of(receipt)}, which pays {title_of(each)} too, and does not show "
                "how much of each"
            )
    return True
