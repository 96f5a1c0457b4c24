"""The data of a file: a period, and the documents issued in it, slice by slice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from ...books.documents.issuer import Issuer
    from ...fiscal.document_types import SaftSection


@dataclass(frozen=True, slots=True)
class Period:
    """The account and the days of one year to export, and the day on which the file was made."""

    issuer: Issuer
    """The account on that day."""
    first: dt.date
    last: dt.date
    created: dt.date


@dataclass(frozen=True, slots=True)
class Referred:
    """A document as others refer to it: printed number and date."""

    number: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Settled:
    """One payment of a receipt: the paid document, cents, payment mechanism."""

    document: Referred
    amount: int
    mechanism: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Some documents of one section, and the documents that they refer to.

    `owners` are the documents that others correct, invoice or move, by id; `settled` the payments of each
    receipt; `invoiced` the ids of guides that have a live invoice.
    """

    documents: Sequence[Document]
    owners: Mapping[int, Referred]
    settled: Mapping[int, Sequence[Settled]]
    invoiced: frozenset[int]

    def owner_of(self, document: Document) -> Referred | None:
        """Return the document that another one corrects, invoices or moves."""
        return None if document.owner_id is None else self.owners.get(document.owner_id)


class Books(Protocol):
    """Everything issued in the period."""

    def slices(self, section: SaftSection) -> Iterator[Slice]:
        """Yield the documents of one section, by number within type and series; the same each time."""
        ...
