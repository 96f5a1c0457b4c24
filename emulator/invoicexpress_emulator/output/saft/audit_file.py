"""The file from its first line to its last, written piece by piece."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from .control_totals import ControlTotals
from .header import header
from .markup import DECLARATION, NAMESPACE, PAUSE, closed, encoded, leaf, opened, written
from .master_files import MasterFiles
from .movement_of_goods import stock_movement
from .payments import payment
from .sales_invoices import invoice
from .working_documents import work_document

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from ...fiscal.document_types import SaftSection
    from .content import Books, Period, Slice


class _Section(NamedTuple):
    name: SaftSection
    totals: Callable[[ControlTotals], dict[str, str]]
    element: Callable[[Document, Slice], ET.Element]


_SECTIONS: Final = (
    _Section("SalesInvoices", ControlTotals.of_amounts, invoice),
    _Section("MovementOfGoods", ControlTotals.of_goods, stock_movement),
    _Section("WorkingDocuments", ControlTotals.of_amounts, work_document),
    _Section("Payments", ControlTotals.of_amounts, payment),
)
"""In the order of the schema."""


def audit_file(period: Period, books: Books) -> Iterator[bytes]:
    """Yield the XML file in pieces, some of which are empty: between any two there is time for other work.

    The books are read twice, and must be the same both times.
    """
    return encoded(_texts(period, books))


def _texts(period: Period, books: Books) -> Iterator[str]:
    master, totals = MasterFiles(), {section.name: ControlTotals() for section in _SECTIONS}
    for section in _SECTIONS:
        for part in books.slices(section.name):
            for document in part.documents:
                master.add(document)
                totals[section.name].add(document)
            yield PAUSE
    yield f'{DECLARATION}\n<AuditFile xmlns="{NAMESPACE}">'
    yield written(header(period), 1)
    yield from master.texts(1)
    yield opened("SourceDocuments", 1)
    for section in _SECTIONS:
        if totals[section.name].documents:
            yield from _section(section, totals[section.name], books)
    yield closed("SourceDocuments", 1)
    yield closed("AuditFile", 0)


def _section(section: _Section, totals: ControlTotals, books: Books) -> Iterator[str]:
    yield opened(section.name, 2)
    for name, value in section.totals(totals).items():
        yield leaf(name, value, 3)
    for part in books.slices(section.name):
        for document in part.documents:
            yield written(section.element(document, part), 3)
        yield PAUSE
    yield closed(section.name, 2)
