"""Checks a file for consistency: counts, sums, references, and gaps in its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final, Literal, TypeAlias

from invoicexpress_wire import shown_amount

from .audit_file import AuditFile, one_of
from .rows import ControlTotals, Document, Line, Section
from .values import series_and_place

FindingKind: TypeAlias = Literal[
    "unreadable",
    "control_total",
    "gross_total",
    "net_total",
    "tax_payable",
    "line_amount",
    "unknown_customer",
    "unknown_product",
    "gap",
    "duplicate",
    "order",
]
"""Kinds of inconsistency: an unreadable value; a wrong count or sum of a section; a gross total other than
net total plus tax; a net total other than the sum of its lines; a line whose amount is not its quantity times
its unit price; a customer or product missing from the master files; numbers that are missing, repeated, or
dated before their predecessors. Only `vat_summary` finds a `tax_payable` other than the tax of the lines.
"""

_TOLERANCE: Final = Decimal("0.01")
_WIDE: Final = Context(prec=100)
# Statuses that count but do not enter sums (Portaria 302/2016, 4.1.2, 4.1.3, 4.2.2, 4.3.2, 4.4.2): cancelled
# documents, and invoices invoiced again within another one.
LEFT_OUT: Final[Mapping[Section, frozenset[str]]] = {
    "SalesInvoices": frozenset({"A", "F"}),
    "MovementOfGoods": frozenset({"A"}),
    "WorkingDocuments": frozenset({"A"}),
    "Payments": frozenset({"A"}),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """An inconsistency of a file."""

    kind: FindingKind
    section: Section | None
    """None outside of the sections."""
    number: str | None
    """Number of the document; for a gap the first missing number."""
    what: str
    expected: Decimal | int | None = None
    """The value that the rest of the file implies."""
    found: Decimal | int | None = None
    """The value in the file."""

    def __str__(self) -> str:
        where = " ".join(filter(None, (self.section, self.number)))
        return f"{where or 'file'}: {self.what}"


def check(file: AuditFile) -> list[Finding]:
    """Checks a file for consistency in one walk over it; returns an empty list for a consistent file.

    Sums may be a cent off: the tax authority's own demonstration file has lines of four decimals under totals
    of two. So may a line, whose amount is often in whole cents and whose unit price is net of all discounts
    (Portaria 302/2016, 4.1.4.19.7); the cent is the tolerance of Saft-PT_4_PHP.

    Keeps the number and date of each document in memory, not the documents. Raises InputError for anything
    but a file opened by `read`, and the exceptions of reading.
    """
    one_of("file", file)
    findings = [Finding("unreadable", None, None, str(problem)) for problem in file.problems]
    sums: dict[Section, _Sums] = {section: _Sums() for section in file.control_totals}
    series: dict[tuple[Section, str], list[_Place]] = {}
    customers = {each.customer_id for each in file.customers}
    products = {each.product_code for each in file.products}
    for document in file.documents():
        findings += _findings(document, customers, products)
        sums.setdefault(document.section, _Sums()).add(document)
        parts = series_and_place(document.number)
        if parts is not None:
            name, place = parts
            entry = _Place(int(place), document.number or "", document.date, document.system_entry_date)
            series.setdefault((document.section, name), []).append(entry)
    for section, summed in sums.items():
        findings += _control_totals(section, file.control_totals.get(section, ControlTotals()), summed)
    for (section, name), places in series.items():
        findings += _numbers(section, name, sorted(places, key=lambda each: each.place))
    return findings


@dataclass(frozen=True, slots=True)
class _Place:
    place: int
    number: str
    date: dt.date | None
    entered: dt.datetime | None


@dataclass(slots=True)
class _Sums:
    """Expected control totals of a section."""

    documents: int = 0
    lines: int = 0
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)
    is_known: bool = True
    """Whether all amounts were readable."""

    def add(self, document: Document) -> None:
        self.documents += 1
        self.lines += len(document.lines)
        if document.status in LEFT_OUT[document.section]:
            return
        self.is_known = self.is_known and _lines_are_known(document)
        for line in document.lines:
            self.debit += line.debit_amount or 0
            self.credit += line.credit_amount or 0
            self.quantity += line.quantity or 0


def _lines_are_known(document: Document) -> bool:
    return not any("/Line" in problem.path for problem in document.problems)


def _findings(
    document: Document, customers: Collection[str | None], products: Collection[str | None]
) -> Iterator[Finding]:
    section, number = document.section, document.number
    for problem in document.problems:
        yield Finding("unreadable", section, number, str(problem))
    net, tax, gross = document.net_total, document.tax_payable, document.gross_total
    if net is not None and tax is not None and gross is not None and gross != net + tax:
        what = f"the gross total is {shown_amount(gross)}, net total and tax are {shown_amount(net + tax)}"
        yield Finding("gross_total", section, number, what, net + tax, gross)
    if net is not None and _lines_are_known(document):
        lines = abs(sum(map(_signed_amount, document.lines), Decimal(0)))
        if abs(lines - abs(net)) > _TOLERANCE:
            what = f"the net total is {shown_amount(net)}, the lines are {shown_amount(lines)}"
            yield Finding("net_total", section, number, what, lines, net)
    for line in document.lines:
        yield from _line_amount(document, line)
    if document.customer_id is not None and document.customer_id not in customers:
        what = f"customer {document.customer_id!r} is not among the master files"
        yield Finding("unknown_customer", section, number, what)
    codes = dict.fromkeys(line.product_code for line in document.lines if line.product_code is not None)
    for code in codes:
        if code not in products:
            yield Finding(
                "unknown_product", section, number, f"product {code!r} is not among the master files"
            )


def _line_amount(document: Document, line: Line) -> Iterator[Finding]:
    """Whether the amount of a line is its quantity times its unit price."""
    quantity, price = line.quantity, line.unit_price
    said = line.credit_amount if line.debit_amount is None else _signed_amount(line)
    if quantity is None or price is None or said is None:
        return
    # Returns may have a negative quantity or a negative price.
    product, amount = abs(_WIDE.multiply(quantity, price)), abs(said)
    if product != amount and abs(product - amount) > _TOLERANCE:
        what = (
            f"line {line.line_number} has the amount {shown_amount(amount)}, "
            f"{quantity:f} times {shown_amount(price)} is {shown_amount(product)}"
        )
        yield Finding("line_amount", document.section, document.number, what, product, amount)


def _signed_amount(line: Line) -> Decimal:
    return (line.credit_amount or Decimal(0)) - (line.debit_amount or Decimal(0))


def _control_totals(section: Section, said: ControlTotals, summed: _Sums) -> Iterator[Finding]:
    rows: list[tuple[str, Decimal | int | None, Decimal | int, Decimal]] = [
        ("NumberOfEntries", said.number_of_entries, summed.documents, Decimal(0)),
        ("NumberOfMovementLines", said.number_of_movement_lines, summed.lines, Decimal(0)),
    ]
    if summed.is_known:
        rows += [
            ("TotalDebit", said.total_debit, summed.debit, _TOLERANCE),
            ("TotalCredit", said.total_credit, summed.credit, _TOLERANCE),
            ("TotalQuantityIssued", said.total_quantity_issued, summed.quantity, _TOLERANCE),
        ]
    for name, found, expected, tolerance in rows:
        if found is not None and abs(Decimal(found) - expected) > tolerance:
            is_amount = name in ("TotalDebit", "TotalCredit")
            shown = (shown_amount(Decimal(value)) if is_amount else value for value in (found, expected))
            what = f"{name} is {next(shown)}, not {next(shown)}"
            yield Finding("control_total", section, None, what, expected, found)


def _numbers(section: Section, series: str, places: Iterable[_Place]) -> Iterator[Finding]:
    """Gaps, repeated numbers, and dates that go back, in a sorted series.

    The start is not a gap: earlier numbers are in another month's file.
    """
    before: _Place | None = None
    for each in places:
        if before is None:
            before = each
            continue
        if each.place == before.place:
            yield Finding("duplicate", section, each.number, "the number occurs more than once")
        if each.place > before.place + 1:
            first, last = f"{series}/{before.place + 1}", f"{series}/{each.place - 1}"
            missing = each.place - before.place - 1
            what = f"{first} is missing" if missing == 1 else f"{first} to {last} are missing"
            yield Finding("gap", section, first, what, missing, 0)
        if _goes_back(before.date, each.date) or _goes_back(_clock(before.entered), _clock(each.entered)):
            what = f"it is dated before {before.number}"
            yield Finding("order", section, each.number, what)
        before = each


def _clock(moment: dt.datetime | None) -> dt.datetime | None:
    """The time without its zone, since some documents of a file may have one and others not."""
    return None if moment is None else moment.replace(tzinfo=None)


def _goes_back(before: dt.date | None, after: dt.date | None) -> bool:
    return before is not None and after is not None and after < before
