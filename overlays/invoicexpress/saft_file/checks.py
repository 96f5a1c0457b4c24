"""Checks a file for consistency: counts, sums, taxes, types, dates, references, and gaps in its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final, Literal, TypeAlias

from invoicexpress_wire import shown_amount

from . import taxed_lines
from .audit_file import AuditFile, one_of
from .rows import ControlTotals, Document, Header, Line, Section
from .taxed_lines import DEBITED
from .values import series_and_place

FindingKind: TypeAlias = Literal[
    "unreadable",
    "control_total",
    "gross_total",
    "net_total",
    "tax_payable",
    "line_amount",
    "wrong_side",
    "wrong_prefix",
    "shared_code",
    "out_of_period",
    "unknown_customer",
    "unknown_supplier",
    "unknown_product",
    "gap",
    "duplicate",
    "order",
]
"""Kinds of inconsistency:

* `unreadable`: a value that cannot be read, or a required one that is missing.
* `control_total`: a count or sum of a section other than that of its documents.
* `gross_total`: a gross total other than net total plus tax.
* `net_total`: a net total other than the sum of its lines, or with the wrong sign.
* `tax_payable`: a tax other than that of its lines, or with the wrong sign.
* `line_amount`: a line whose amount is not its quantity times its unit price.
* `wrong_side`: an invoice that debits, or a credit note that credits.
* `wrong_prefix`: a number that begins with the code of another type.
* `shared_code`: numbers of two types that begin with the same internal code.
* `out_of_period`: a date outside of the header's period.
* `unknown_customer`, `unknown_supplier`, `unknown_product`: missing from the master files.
* `gap`, `duplicate`, `order`: numbers that are missing, repeated, or dated before their predecessors.
"""

_CENT: Final = Decimal("0.01")
_HALF_A_CENT: Final = Decimal("0.005")
_TOLERANCE: Final = _CENT
# Wide enough for the product of the three largest numbers that the reader accepts.
_WIDE: Final = Context(prec=500)
# Statuses that count but do not enter sums (Portaria 302/2016, 4.1.2, 4.1.3, 4.2.2, 4.3.2, 4.4.2): cancelled
# documents, and invoices invoiced again within another one.
LEFT_OUT: Final[Mapping[Section, frozenset[str]]] = {
    "SalesInvoices": frozenset({"A", "F"}),
    "MovementOfGoods": frozenset({"A"}),
    "WorkingDocuments": frozenset({"A"}),
    "Payments": frozenset({"A"}),
}
_CREDITED: Final = frozenset({"FT", "FS", "FR", "ND", "VD", "TV", "AA", "RP"})
"""Types of invoice that raise it, by CreditAmount (Portaria 302/2016, 4.1.4.19.14). Coinsurance and
reinsurance may do either.
"""
_CODES: Final = frozenset({"FT", "FS", "FR", "NC", "GR", "GT", "GA", "GC", "GD"})
"""Codes of types that mean that type wherever they stand: invoices, credit notes and guides.

A number begins with the program's own code, which may be any text (Portaria 302/2016, 4.1.4.1). So a code
that is no type any more (`VD`) says nothing, nor does one that is common for other documents: `RC` for all
receipts, `CC` for an account, `ND` for a "nota de devolução", `OR`, `PF` and `NE` for any working document.
"""
_ANY_WORKING_DOCUMENT: Final = "DC"
"""Type of all working documents without one of their own, until 2017-06-30 (SAF-T schema 1.04_01)."""


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

    Net total and tax may be off by what rounding explains: half a cent, and for each line the distance of its
    amount or its tax to the cent, and of its amount to quantity times unit price, since programs may round
    once, by rate or by line. The tax authority's own demonstration file has lines of four decimals under
    totals of two. A line may be half a cent off, or up to a cent if a unit price with few decimals explains
    it. A gross total is exact if all totals are whole cents; with more decimals it may be half a cent off. A
    control total may be a cent off, or half a cent for each document whose lines have more decimals.

    Net total, tax and gross total have one sign. Credit notes may have negative totals, invoices not.

    Keeps the number and date of each document in memory, not the documents. Raises InputError for anything
    but a file opened by `read`, and the exceptions of reading.
    """
    one_of("file", file)
    findings = [Finding("unreadable", None, None, str(problem)) for problem in file.problems]
    sums: dict[Section, _Sums] = {section: _Sums() for section in file.control_totals}
    series: dict[tuple[Section, str], list[_Place]] = {}
    codes = _Codes()
    masters = _Masters(
        customers={each.customer_id for each in file.customers},
        suppliers=file.supplier_ids,
        products={each.product_code for each in file.products},
    )
    with localcontext(_WIDE):
        for document in file.documents():
            findings += _findings(document, file.header, masters)
            findings += codes.add(document)
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
class _Masters:
    """The keys of the master files."""

    customers: Collection[str | None]
    suppliers: Collection[str]
    products: Collection[str | None]


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
    rounded: int = 0
    """Number of documents whose lines have parts of a cent, which programs may round before they add them."""
    is_known: bool = True
    """Whether all amounts were readable."""

    @property
    def tolerance(self) -> Decimal:
        return max(_TOLERANCE, _HALF_A_CENT * self.rounded)

    def add(self, document: Document) -> None:
        self.documents += 1
        self.lines += len(document.lines)
        if document.status in LEFT_OUT[document.section]:
            return
        self.is_known = self.is_known and _lines_are_known(document)
        self.rounded += any(_has_parts_of_a_cent(taxed_lines.amount(line)) for line in document.lines)
        for line in document.lines:
            self.debit += line.debit_amount or 0
            self.credit += line.credit_amount or 0
            self.quantity += line.quantity or 0


def _lines_are_known(document: Document) -> bool:
    return not any("/Line" in problem.path for problem in document.problems)


def _findings(document: Document, header: Header, masters: _Masters) -> Iterator[Finding]:
    section, number = document.section, document.number
    for problem in document.problems:
        yield Finding("unreadable", section, number, str(problem))
    yield from _totals(document)
    for line in document.lines:
        yield from _line_amount(document, line)
    yield from _side(document)
    yield from _prefix(document)
    yield from _period(document, header)
    yield from _references(document, masters)


def _totals(document: Document) -> Iterator[Finding]:
    """Whether the totals fit each other and the lines."""
    section, number = document.section, document.number
    net, tax, gross = document.net_total, document.tax_payable, document.gross_total
    if net is not None and tax is not None and gross is not None:
        are_whole = not any(map(_has_parts_of_a_cent, (net, tax, gross)))
        if abs(gross - net - tax) > (Decimal(0) if are_whole else _HALF_A_CENT):
            what = (
                f"the gross total is {shown_amount(gross)}, net total and tax are {shown_amount(net + tax)}"
            )
            yield Finding("gross_total", section, number, what, net + tax, gross)
    sign = taxed_lines.sign(document)
    if net is not None and _lines_are_known(document):
        lines = sign * sum(map(taxed_lines.amount, document.lines), Decimal(0))
        if lines != net and abs(lines - net) > taxed_lines.net_tolerance(document):
            what = f"the net total is {shown_amount(net)}, the lines are {shown_amount(lines)}"
            yield Finding("net_total", section, number, what, lines, net)
    if tax is not None and _taxes_are_known(document):
        lines = sign * sum(map(taxed_lines.tax, document.lines), Decimal(0))
        if lines != tax and abs(lines - tax) > taxed_lines.tax_tolerance(document):
            lines = lines.quantize(_CENT, ROUND_HALF_UP)
            what = f"the tax is {shown_amount(tax)}, that of the lines is {shown_amount(lines)}"
            yield Finding("tax_payable", section, number, what, lines, tax)
    elif net and tax and section != "Payments" and (net < 0) is not (tax < 0):
        what = f"the tax is {shown_amount(tax)}, and the net total has the other sign: {shown_amount(net)}"
        yield Finding("tax_payable", section, number, what, None, tax)


def _has_parts_of_a_cent(amount: Decimal) -> bool:
    return amount != amount.quantize(_CENT)


def _taxes_are_known(document: Document) -> bool:
    """Whether the tax follows from the lines: all have a readable one. The lines of receipts pay documents,
    with tax and less discounts.
    """
    return (
        document.section != "Payments"
        and bool(document.lines)
        and _lines_are_known(document)
        and not any(map(taxed_lines.is_unknown, document.lines))
    )


def _side(document: Document) -> Iterator[Finding]:
    """Whether an invoice or a note is on the side of its type. Single lines may be on the other one: an
    advance that an invoice deducts is a debit.
    """
    kind = document.type
    is_debited = kind in DEBITED
    is_judged = document.section == "SalesInvoices" and (is_debited or kind in _CREDITED)
    if not is_judged or not _lines_are_known(document):
        return
    net = sum(map(taxed_lines.amount, document.lines), Decimal(0))
    right, wrong = ("DebitAmount", "CreditAmount") if is_debited else ("CreditAmount", "DebitAmount")
    if not net or (net < 0) is is_debited:
        return
    sign = 1 if is_debited else -1
    places = [str(line.line_number) for line in document.lines if sign * taxed_lines.amount(line) > 0]
    name = "line" if len(places) == 1 else "lines"
    what = (
        f"{name} {', '.join(places)}: its type {kind} takes {right}, and its lines come to "
        f"{shown_amount(abs(net))} of {wrong}"
    )
    yield Finding("wrong_side", document.section, document.number, what)


def _prefix(document: Document) -> Iterator[Finding]:
    if _has_wrong_prefix(document):
        code = _internal_code(document)
        what = f"its type is {document.type}, and its number begins with {code}, the code of another type"
        yield Finding("wrong_prefix", document.section, document.number, what)


def _has_wrong_prefix(document: Document) -> bool:
    """Whether the number begins with the code of another type."""
    return document.type is not None and _internal_code(document) in _CODES - {document.type}


def _internal_code(document: Document) -> str | None:
    """The program's code for the type of a document: the number up to its first blank."""
    code, blank, _ = (document.number or "").partition(" ")
    return code if code and blank else None


class _Codes:
    """The types under each internal code. No code may stand for two (Portaria 302/2016, 4.1.4.1).

    A working document of type DC may have become one of another type.
    """

    def __init__(self) -> None:
        self._found: dict[str, dict[tuple[Section, str], str | None]] = {}

    def add(self, document: Document) -> Iterator[Finding]:
        """Notes a document. Yields a finding for the first one of each further type.

        A wrong prefix is a finding of its own.
        """
        code, kind = _internal_code(document), document.type
        if code is None or kind is None or _has_wrong_prefix(document):
            return
        numbers = self._found.setdefault(code, {})
        if (document.section, kind) in numbers:
            return
        for (section, known), number in numbers.items():
            if kind == known or (
                section == document.section == "WorkingDocuments" and _ANY_WORKING_DOCUMENT in (kind, known)
            ):
                continue
            what = f"its internal code {code} is of type {kind} here, and of type {known} in {number}"
            yield Finding("shared_code", document.section, document.number, what)
            break
        numbers[document.section, kind] = document.number


def _period(document: Document, header: Header) -> Iterator[Finding]:
    first, last, date = header.start_date, header.end_date, document.date
    if date is None or not (_goes_back(first, date) or _goes_back(date, last)):
        return
    what = f"it is dated {date}, and the file's period is {first or '?'} to {last or '?'}"
    yield Finding("out_of_period", document.section, document.number, what)


def _references(document: Document, masters: _Masters) -> Iterator[Finding]:
    """Whether the master files have all that the document refers to."""
    section, number = document.section, document.number
    if document.customer_id is not None and document.customer_id not in masters.customers:
        what = f"customer {document.customer_id!r} is not among the master files"
        yield Finding("unknown_customer", section, number, what)
    if document.supplier_id is not None and document.supplier_id not in masters.suppliers:
        what = f"supplier {document.supplier_id!r} is not among the master files"
        yield Finding("unknown_supplier", section, number, what)
    codes = dict.fromkeys(line.product_code for line in document.lines if line.product_code is not None)
    for code in codes:
        if code not in masters.products:
            what = f"product {code!r} is not among the master files"
            yield Finding("unknown_product", section, number, what)


def _line_amount(document: Document, line: Line) -> Iterator[Finding]:
    """Whether the amount of a line is its quantity times its unit price."""
    quantity, price = line.quantity, line.unit_price
    if quantity is None or price is None or taxed_lines.is_product(line):
        return
    product, amount = abs(quantity * price), abs(taxed_lines.amount(line))
    what = (
        f"line {line.line_number} has the amount {shown_amount(amount)}, "
        f"{quantity:f} times {shown_amount(price)} is {shown_amount(product)}"
    )
    yield Finding("line_amount", document.section, document.number, what, product, amount)


def _control_totals(section: Section, said: ControlTotals, summed: _Sums) -> Iterator[Finding]:
    rows: list[tuple[str, Decimal | int | None, Decimal | int, Decimal]] = [
        ("NumberOfEntries", said.number_of_entries, summed.documents, Decimal(0)),
        ("NumberOfMovementLines", said.number_of_movement_lines, summed.lines, Decimal(0)),
    ]
    if summed.is_known:
        rows += [
            ("TotalDebit", said.total_debit, summed.debit, summed.tolerance),
            ("TotalCredit", said.total_credit, summed.credit, summed.tolerance),
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
        if _goes_back(before.date, each.date) or _was_entered_before(each.entered, before.entered):
            what = f"it is dated before {before.number}"
            yield Finding("order", section, each.number, what)
        before = each


def _was_entered_before(moment: dt.datetime | None, other: dt.datetime | None) -> bool:
    """Whether a moment is surely before another one.

    Two moments with zones are compared as instants, others by their clocks, since some documents of a file
    may have a zone and others not. Clocks repeat an hour at the end of summer time.
    """
    if moment is None or other is None:
        return False
    if moment.tzinfo is not None and other.tzinfo is not None:
        return moment < other
    hours = [each.replace(minute=0, second=0, microsecond=0, tzinfo=None) for each in (moment, other)]
    if hours[0] == hours[1] and _is_repeated(hours[0]):
        return False
    return moment.replace(tzinfo=None) < other.replace(tzinfo=None)


def _is_repeated(hour: dt.datetime) -> bool:
    """Whether clocks show an hour twice, at the end of summer time on the last Sunday of October: that from
    01:00 in Lisbon and Madeira, that from 00:00 in the Azores.
    """
    is_last_sunday = hour.month == 10 and hour.day > 31 - 7 and hour.isoweekday() == 7
    return is_last_sunday and hour.hour in (0, 1)


def _goes_back(before: dt.date | None, after: dt.date | None) -> bool:
    return before is not None and after is not None and after < before
