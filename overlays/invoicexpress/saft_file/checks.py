"""Checks a file for consistency: counts, sums, taxes, types, dates, references, and gaps in its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final

from invoicexpress_wire import shown_amount

from . import line_checks, taxed_lines
from .audit_file import AuditFile, one_of
from .findings import Finding, of_document, of_problem
from .rows import ControlTotals, Document, Header, Line, Section
from .taxed_lines import DEBITED
from .values import series_and_place

_SHOWN: Final = 20
_CENT: Final = Decimal("0.01")
_HALF_A_CENT: Final = Decimal("0.005")
_NOISE: Final = Decimal("0.000001")
"""Of the sums of programs that add binary numbers."""
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
_INSURANCE: Final = frozenset({"RP", "RE", "CS", "LD", "RA"})
_TYPES: Final[Mapping[Section, frozenset[str]]] = {
    "SalesInvoices": frozenset({"FT", "FS", "FR", "ND", "NC", "VD", "TV", "TD", "AA", "DA"}) | _INSURANCE,
    "MovementOfGoods": frozenset({"GR", "GT", "GA", "GC", "GD"}),
    "WorkingDocuments": frozenset({"CM", "CC", "FC", "FO", "NE", "OU", "OR", "PF", "DC"}) | _INSURANCE,
    "Payments": frozenset({"RC", "RG"}),
}
"""The types of each section (SAF-T schema 1.04_01), withdrawn ones included."""
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


def check(file: AuditFile) -> list[Finding]:
    """Checks a file for consistency in one walk over it; returns an empty list for a consistent file.

    Net total and tax may be off by what rounding explains: half a cent, and for each line the distance of its
    amount or its tax to the cent, and of its amount to quantity times unit price, since programs may round
    once, by rate or by line. The tax authority's own demonstration file has lines of four decimals under
    totals of two. A line may be half a cent off, or up to a cent if a unit price with few decimals explains
    it. A gross total is exact if all totals are whole cents; with more decimals it may be half a cent off. A
    control total is exact too if the lines on its side are whole cents; each document with more decimals
    explains half a cent, or the distance of its lines to the cent.

    A rate of VAT is one that its region had on the day of the supply, on that of the document, or between;
    corrections, receipts and deducted advances may have an older one.

    Net total, tax and gross total have one sign. Credit notes may have negative totals, invoices not.

    Keeps the number and date of each document in memory, not the documents. Raises InputError for anything
    but a file opened by `read`, and the exceptions of reading.
    """
    one_of("file", file)
    findings = [of_problem(problem) for problem in file.problems]
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
                entry = _Place(
                    int(place),
                    document.number or "",
                    document.date,
                    document.system_entry_date,
                    document.line,
                )
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
    line: int | None


@dataclass(slots=True)
class _Sum:
    """A sum over the lines of a section, and by how much a stated total may differ from it."""

    exact: Decimal = Decimal(0)
    rounding: Decimal = Decimal(0)

    @property
    def tolerance(self) -> Decimal:
        return max(_NOISE, self.rounding)

    def add(self, values: Sequence[Decimal]) -> None:
        """Adds the values of one document. Programs may round parts of a cent by document or by line."""
        self.exact += sum(values, Decimal(0))
        by_line = sum(map(taxed_lines.to_the_cent, values), Decimal(0))
        self.rounding += max(_HALF_A_CENT, by_line) if by_line else 0


@dataclass(slots=True)
class _Sums:
    """Expected control totals of a section."""

    documents: int = 0
    lines: int = 0
    debit: _Sum = field(default_factory=_Sum)
    credit: _Sum = field(default_factory=_Sum)
    quantity: _Sum = field(default_factory=_Sum)
    is_known: bool = True
    """Whether all amounts were readable."""

    def add(self, document: Document) -> None:
        self.documents += 1
        self.lines += len(document.lines)
        if document.status in LEFT_OUT[document.section]:
            return
        self.is_known = self.is_known and _lines_are_known(document)
        self.debit.add([line.debit_amount for line in document.lines if line.debit_amount is not None])
        self.credit.add([line.credit_amount for line in document.lines if line.credit_amount is not None])
        self.quantity.add([line.quantity for line in document.lines if line.quantity is not None])


def _lines_are_known(document: Document) -> bool:
    return not any("/Line" in problem.path for problem in document.problems)


def _findings(document: Document, header: Header, masters: _Masters) -> Iterator[Finding]:
    for problem in document.problems:
        yield of_problem(problem, document.section)
    yield from _totals(document)
    yield from line_checks.findings(document, header)
    yield from _side(document)
    yield from _type(document)
    yield from _period(document, header)
    yield from _references(document, masters)


def _totals(document: Document) -> Iterator[Finding]:
    """Whether the totals fit each other and the lines."""
    net, tax, gross = document.net_total, document.tax_payable, document.gross_total
    if net is not None and tax is not None and gross is not None:
        are_whole = not any(map(_has_parts_of_a_cent, (net, tax, gross)))
        if abs(gross - net - tax) > (Decimal(0) if are_whole else _HALF_A_CENT):
            what = (
                f"the gross total is {shown_amount(gross)}, net total and tax are {shown_amount(net + tax)}"
            )
            yield of_document(document, "gross_total", what, net + tax, gross)
    sign = taxed_lines.sign(document)
    if net is not None and _lines_are_known(document):
        lines = sign * sum(map(taxed_lines.amount, document.lines), Decimal(0))
        if lines != net and abs(lines - net) > taxed_lines.net_tolerance(document):
            what = f"the net total is {shown_amount(net)}, the lines are {shown_amount(lines)}"
            yield of_document(document, "net_total", what, lines, net)
    if tax is not None and _taxes_are_known(document):
        lines = sign * sum(map(taxed_lines.tax, document.lines), Decimal(0))
        if lines != tax and abs(lines - tax) > taxed_lines.tax_tolerance(document):
            lines = lines.quantize(_CENT, ROUND_HALF_UP)
            what = f"the tax is {shown_amount(tax)}, that of the lines is {shown_amount(lines)}"
            yield of_document(document, "tax_payable", what, lines, tax)
    elif net and tax and document.section != "Payments" and (net < 0) is not (tax < 0):
        what = f"the tax is {shown_amount(tax)}, and the net total has the other sign: {shown_amount(net)}"
        yield of_document(document, "tax_payable", what, None, tax)


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
    against = [line for line in document.lines if sign * taxed_lines.amount(line) > 0]
    negative = [
        line for line in against if _is_negative(line.debit_amount if is_debited else line.credit_amount)
    ]
    if negative:
        # An amount below 0 is on the wrong side, whatever its element says.
        others = [line for line in against if line not in negative]
        places = f"{_places(negative)} with a negative {right}"
        places += f", {_places(others)} with {wrong}" if others else ""
        what = (
            f"{places}: its type {kind} takes {right} of 0 or more, and its lines come to "
            f"{shown_amount(-abs(net))} of it"
        )
    else:
        what = (
            f"{_places(against)}: its type {kind} takes {right}, and its lines come to "
            f"{shown_amount(abs(net))} of {wrong}"
        )
    yield of_document(document, "wrong_side", what)


def _is_negative(amount: Decimal | None) -> bool:
    return amount is not None and amount < 0


def _places(lines: Sequence[Line]) -> str:
    name = "line" if len(lines) == 1 else "lines"
    return f"{name} {', '.join(str(line.line_number) for line in lines)}"


def _type(document: Document) -> Iterator[Finding]:
    """Whether the section has the type, and the number does not begin with the code of another one."""
    section, kind = document.section, document.type
    if kind is None:
        return
    if kind not in _TYPES[section]:
        what = (
            f"{kind[:_SHOWN]!r} is no type of {section}; expected one of {', '.join(sorted(_TYPES[section]))}"
        )
        yield of_document(document, "unknown_type", what)
    elif _has_wrong_prefix(document):
        code = _internal_code(document)
        what = f"its type is {kind}, and its number begins with {code}, the code of another type"
        yield of_document(document, "wrong_prefix", what)


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

        An unknown type and a wrong prefix are findings of their own.
        """
        code, kind = _internal_code(document), document.type
        if code is None or kind not in _TYPES[document.section] or _has_wrong_prefix(document):
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
            yield of_document(document, "shared_code", what)
            break
        numbers[document.section, kind] = document.number


def _period(document: Document, header: Header) -> Iterator[Finding]:
    first, last, date = header.start_date, header.end_date, document.date
    if date is None or not (_goes_back(first, date) or _goes_back(date, last)):
        return
    what = f"it is dated {date}, and the file's period is {first or '?'} to {last or '?'}"
    yield of_document(document, "out_of_period", what)


def _references(document: Document, masters: _Masters) -> Iterator[Finding]:
    """Whether the master files have all that the document refers to."""
    if document.customer_id is not None and document.customer_id not in masters.customers:
        what = f"customer {document.customer_id!r} is not among the master files"
        yield of_document(document, "unknown_customer", what)
    if document.supplier_id is not None and document.supplier_id not in masters.suppliers:
        what = f"supplier {document.supplier_id!r} is not among the master files"
        yield of_document(document, "unknown_supplier", what)
    named: dict[str, int | None] = {}
    for line in document.lines:
        if line.product_code is not None and line.product_code not in masters.products:
            named.setdefault(line.product_code, line.line)
    for code, place in named.items():
        what = f"product {code!r} is not among the master files"
        yield of_document(document, "unknown_product", what, line=place)


def _control_totals(section: Section, said: ControlTotals, summed: _Sums) -> Iterator[Finding]:
    rows: list[tuple[str, Decimal | int | None, Decimal | int, Decimal]] = [
        ("NumberOfEntries", said.number_of_entries, summed.documents, Decimal(0)),
        ("NumberOfMovementLines", said.number_of_movement_lines, summed.lines, Decimal(0)),
    ]
    if summed.is_known:
        rows += [
            ("TotalDebit", said.total_debit, summed.debit.exact, summed.debit.tolerance),
            ("TotalCredit", said.total_credit, summed.credit.exact, summed.credit.tolerance),
            (
                "TotalQuantityIssued",
                said.total_quantity_issued,
                summed.quantity.exact,
                summed.quantity.tolerance,
            ),
        ]
    for name, found, expected, tolerance in rows:
        if found is not None and abs(Decimal(found) - expected) > tolerance:
            is_amount = name in ("TotalDebit", "TotalCredit")
            shown = (shown_amount(Decimal(value)) if is_amount else value for value in (found, expected))
            what = f"{name} is {next(shown)}, not {next(shown)}"
            yield Finding("control_total", section, None, what, expected, found, said.line)


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
            yield Finding(
                "duplicate", section, each.number, "the number occurs more than once", line=each.line
            )
        if each.place > before.place + 1:
            first, last = f"{series}/{before.place + 1}", f"{series}/{each.place - 1}"
            missing = each.place - before.place - 1
            what = f"{first} is missing" if missing == 1 else f"{first} to {last} are missing"
            yield Finding("gap", section, first, what, missing, 0, each.line)
        if _goes_back(before.date, each.date) or _was_entered_before(each.entered, before.entered):
            what = f"it is dated before {before.number}"
            yield Finding("order", section, each.number, what, line=each.line)
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
