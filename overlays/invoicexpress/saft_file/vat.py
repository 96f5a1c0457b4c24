"""Base and VAT of a file by rate, as the periodic VAT declaration asks for them.

The rules, with their sources:

* Only invoices and their notes count (section SalesInvoices; CIVA, art. 29 and 36). Guides, quotes and
  pro-formas charge no VAT. Cancelled documents (status A) and invoices invoiced again within another one
  (F) do not count (Portaria 302/2016, 4.1.2 and 4.1.3). Self-billed and third-party invoices do.
* Lines on the debit side, such as those of credit notes, are negative (Portaria 302/2016, 4.1.4.19.13). What
  credit notes and returns correct is also summed apart, since the law treats it apart (CIVA, art. 78).
* A row is one tax, region, code and rate; at 0 % one exemption code. The continent (`PT`), the Azores
  (`PT-AC`) and Madeira (`PT-MA`) have rates of their own (CIVA, art. 18).
* Invoices of the cash scheme have rows of their own: their VAT is due when they are paid, with the receipt
  (Decreto-Lei 71/2013, art. 2).
* Amounts are in EUR: a document in another currency has its EUR amounts in the file, and the others beside
  them (Portaria 302/2016, 4.1.4.20.4).
* Each document's base and tax are split over its rows in whole cents that add up to its NetTotal and
  TaxPayable. Each row gets its exact amount rounded down; the cents left over go, one each, to the rows that
  lost most. So rows add up to the sum of the documents; sums of lines that are rounded at the end do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from invoicexpress_loading.records import fields_in_help
from invoicexpress_wire import shown_amount

from ..errors import InputError
from . import taxed_lines
from .audit_file import AuditFile, each_of
from .checks import LEFT_OUT
from .findings import Finding, of_document
from .taxed_lines import DEBITED

if TYPE_CHECKING:
    from .findings import FindingKind
    from .rows import Document, Header, Line, Problem, Section

_SECTION: Final[Section] = "SalesInvoices"
_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")
_ORDER: Final = ("IVA", "IS", "NS")
# Wide enough for the product of the three largest numbers that the reader accepts, to the cent.
_WIDE: Final = Context(prec=500)


@fields_in_help
@dataclass(frozen=True, slots=True, kw_only=True)
class VatRow:
    """Base and tax of one tax, region, code and rate, in EUR, notes deducted."""

    tax_type: str | None
    """`IVA` VAT, `IS` stamp duty, `NS` not subject to either; None for what the taxes of the lines do not
    explain, with a finding for each document.
    """
    tax_country_region: str | None
    """`PT`, `PT-AC` (Azores), `PT-MA` (Madeira), or a country."""
    tax_code: str | None
    """`RED`, `INT`, `NOR`, `ISE` (exempt), `OUT` (other), `NS`, or the item of stamp duty."""
    tax_percentage: Decimal | None
    """The rate in percent; None for a tax of fixed amounts."""
    tax_exemption_code: str | None
    """`M01` and so on, at 0 % only."""
    is_cash_vat: bool
    """Whether its documents are of the cash scheme, whose tax is due when they are paid."""
    base: Decimal
    """Base, in EUR, credit notes deducted; negative where notes exceed invoices."""
    tax: Decimal
    """Tax, in EUR, credit notes deducted."""
    corrected_base: Decimal
    """The part of `base` from credit notes and returns, included in it already; usually negative."""
    corrected_tax: Decimal
    """The part of `tax` from credit notes and returns, included in it already; usually negative."""


@fields_in_help
@dataclass(frozen=True, slots=True, kw_only=True)
class VatSummary:
    """Base and tax of the invoices of one or more files."""

    rows: tuple[VatRow, ...]
    """By tax, region, from the highest rate down, code and exemption; the cash scheme's last."""
    documents: int
    """Number of documents that count."""
    left_out: int
    """Number of cancelled documents, and of invoices invoiced again within another one."""
    net_total: Decimal
    """Sum of the documents' NetTotal, and of the rows' `base`, in EUR."""
    tax_payable: Decimal
    """Sum of the documents' TaxPayable, and of the rows' `tax`, in EUR."""
    findings: tuple[Finding, ...]
    """Documents whose amounts cannot be read or do not follow from their lines; empty for a reliable summary.

    `unreadable`: the document does not count, one of its totals is computed from its lines, the tax of a line
    is unknown, or another value that the summary depends on; `net_total` and `tax_payable`: the lines imply
    another total or another sign, by more than rounding explains (see `check`). The difference is in the row
    without a tax, and so is the base of a line with an unknown tax, with the part of TaxPayable that the
    other lines do not explain.
    """


def vat_summary(files: AuditFile | Iterable[AuditFile]) -> VatSummary:
    """Sums base and tax of a file's invoices and notes by tax, region, code, rate and exemption.

    Also sums the files of several months, for a quarter. The base of the rows adds up to the documents'
    NetTotal, and their tax to the documents' TaxPayable. Lines with a tax base only (TaxBase) add tax and no
    base, as in NetTotal. Purchases, deductible VAT, and sales outside of the files are not included.

    Reads each file once, in flat memory. Raises InputError for files whose periods overlap, since documents
    would count twice, or of different companies; and the exceptions of reading.
    """
    opened = list(each_of("files", files))
    _check_periods([file.header for file in opened])
    summing = _Summing()
    with localcontext(_WIDE):
        for file in opened:
            for document in file.documents(_SECTION):
                summing.add(document)
        return summing.summary()


def _check_periods(headers: Sequence[Header]) -> None:
    for one, other in combinations(headers, 2):
        if one.tax_registration_number != other.tax_registration_number:
            companies = f"{one.tax_registration_number} and {other.tax_registration_number}"
            raise InputError("files", f"expected files of one company, got {companies}")
        first, second = _period(one), _period(other)
        entities = {one.tax_entity, other.tax_entity}
        if len(entities) > 1 and not entities & {None, "Global"}:
            continue
        if first[0] <= second[1] and second[0] <= first[1]:
            periods = f"{first[0]} to {first[1]} and {second[0]} to {second[1]}"
            raise InputError("files", f"expected periods that do not overlap, got {periods}")


def _period(header: Header) -> tuple[dt.date, dt.date]:
    if header.start_date is None or header.end_date is None:
        raise InputError("files", "expected files with StartDate and EndDate, or a single file")
    return header.start_date, header.end_date


class _Key(NamedTuple):
    tax_type: str | None
    region: str | None
    code: str | None
    rate: Decimal | None
    exemption: str | None
    is_cash_vat: bool


@dataclass(slots=True)
class _Sums:
    base: Decimal = _ZERO
    tax: Decimal = _ZERO


class _Summing:
    def __init__(self) -> None:
        self._all: dict[_Key, _Sums] = {}
        self._corrections: dict[_Key, _Sums] = {}
        self._documents = 0
        self._left_out = 0
        self._findings: list[Finding] = []

    def add(self, document: Document) -> None:
        """Adds a document, unless it does not count."""
        if document.status in LEFT_OUT[_SECTION]:
            self._left_out += 1
            return
        unreadable = [(_place_of(each), each) for each in document.problems]
        if any(place in _AMOUNTS for place, _ in unreadable) or any(
            line.credit_amount is None and line.debit_amount is None for line in document.lines
        ):
            what = "a line has no readable amount, so it does not count"
            self._findings.append(of_document(document, "unreadable", what))
            return
        doubts = [
            (_doubt(each), each.line)
            for place, each in unreadable
            if place in _FIELDS or place.startswith(_TAX)
        ]
        unknown = [line for line in document.lines if taxed_lines.is_unknown(line)]
        if not any(place.startswith(_TAX) for place, _ in unreadable):
            doubts += [
                (f"line {line.line_number} has no {taxed_lines.missing(line)}", line.line) for line in unknown
            ]
        is_unknown = bool(unknown) or any(place == _TAX_BASE for place, _ in unreadable)
        if is_unknown and document.tax_payable is None:
            doubts.append(("TaxPayable is not readable either, so it does not count", document.line))
        self._findings += [of_document(document, "unreadable", what, line=line) for what, line in doubts]
        if is_unknown and document.tax_payable is None:
            return
        self._documents += 1
        parts: dict[_Key, _Sums] = {}
        for line in document.lines:
            key = _key(document, line)
            part = parts.setdefault(key, _Sums())
            part.base += taxed_lines.amount(line)
            part.tax += taxed_lines.tax(line)
        bases = self._split(document, "net_total", document.net_total, [each.base for each in parts.values()])
        exact = [each.tax for each in parts.values()]
        if is_unknown and document.tax_payable is not None:
            taxes = _rest(taxed_lines.sign(document) * document.tax_payable, exact)
        else:
            taxes = self._split(document, "tax_payable", document.tax_payable, exact)
        unexplained = _Key(None, None, None, None, None, bool(document.cash_vat_scheme_indicator))
        for key, base, tax in zip([*parts, unexplained], bases, taxes, strict=True):
            if key is not unexplained or base or tax:
                self._sum(document, key, base, tax)

    def _sum(self, document: Document, key: _Key, base: Decimal, tax: Decimal) -> None:
        for sums in (self._all, self._corrections) if document.type in DEBITED else (self._all,):
            found = sums.setdefault(key, _Sums())
            found.base += base
            found.tax += tax

    def _split(
        self, document: Document, kind: FindingKind, total: Decimal | None, exact: Sequence[Decimal]
    ) -> list[Decimal]:
        """The whole cents of each part of a total, and at the end what the parts do not explain."""
        implied = sum(exact, _ZERO)
        cents = implied.quantize(_CENT, ROUND_HALF_UP)
        if total is None:
            name = _NAMES[kind]
            what = f"{name} is not readable; its lines imply {abs(cents)}"
            self._findings.append(of_document(document, "unreadable", what, abs(cents)))
            return [*_shares(cents, exact)[0], _ZERO]
        sign = taxed_lines.sign(document)
        signed = sign * total
        tolerance = taxed_lines.net_tolerance if kind == "net_total" else taxed_lines.tax_tolerance
        if signed == implied or abs(signed - implied) <= tolerance(document):
            shares, difference = _shares(signed, exact)
            if not difference:
                return [*shares, _ZERO]
            largest = max(range(len(exact)), key=lambda place: abs(exact[place]), default=None)
            if largest is not None and exact[largest]:
                shares[largest] += difference
                return [*shares, _ZERO]
        what = f"{_NAMES[kind]} is {shown_amount(total)}, its lines imply {shown_amount(sign * cents)}"
        self._findings.append(of_document(document, kind, what, sign * cents, total))
        return [*_shares(cents, exact)[0], signed - cents]

    def summary(self) -> VatSummary:
        """The sums so far."""
        rows = tuple(self._rows())
        return VatSummary(
            rows=rows,
            documents=self._documents,
            left_out=self._left_out,
            net_total=sum((row.base for row in rows), _ZERO),
            tax_payable=sum((row.tax for row in rows), _ZERO),
            findings=tuple(self._findings),
        )

    def _rows(self) -> Iterator[VatRow]:
        for key in sorted(self._all, key=_place):
            sums, corrections = self._all[key], self._corrections.get(key, _Sums())
            yield VatRow(
                tax_type=key.tax_type,
                tax_country_region=key.region,
                tax_code=key.code,
                tax_percentage=key.rate,
                tax_exemption_code=key.exemption,
                is_cash_vat=key.is_cash_vat,
                base=sums.base,
                tax=sums.tax,
                corrected_base=corrections.base,
                corrected_tax=corrections.tax,
            )


_NAMES: Final[dict[FindingKind, str]] = {"net_total": "NetTotal", "tax_payable": "TaxPayable"}


_TAX: Final = "Line/Tax/"
_TAX_BASE: Final = "Line/TaxBase"
_AMOUNTS: Final = frozenset({"Line/CreditAmount", "Line/DebitAmount"})
_FIELDS: Final = frozenset(
    {
        _TAX_BASE,
        "Line/Quantity",
        "Line/TaxExemptionCode",
        "DocumentStatus/InvoiceStatus",
        "InvoiceType",
        "SpecialRegimes/CashVATSchemeIndicator",
    }
)
"""Fields that a summary depends on, beside amounts, taxes and totals."""


def _place_of(problem: Problem) -> str:
    """Where in its document: `Line/Tax/TaxPercentage`."""
    return problem.path.partition("/")[2].partition("/")[2]


def _doubt(problem: Problem) -> str:
    return f"{_place_of(problem).rpartition('/')[2]}: {problem.what}"


def _rest(total: Decimal, exact: Sequence[Decimal]) -> list[Decimal]:
    """The whole cents of each part with a known tax, and at the end the rest of the total."""
    shares = [each.quantize(_CENT, ROUND_HALF_UP) for each in exact]
    return [*shares, total - sum(shares, _ZERO)]


def _key(document: Document, line: Line) -> _Key:
    is_cash_vat = bool(document.cash_vat_scheme_indicator)
    tax = line.tax
    if tax is None or taxed_lines.is_unknown(line):
        return _Key(None, None, None, None, None, is_cash_vat)
    exemption = None if tax.tax_percentage else line.tax_exemption_code
    return _Key(
        tax.tax_type, tax.tax_country_region, tax.tax_code, tax.tax_percentage, exemption, is_cash_vat
    )


def _shares(total: Decimal, exact: Sequence[Decimal]) -> tuple[list[Decimal], Decimal]:
    """Splits a total into whole cents in the proportions of exact amounts, and returns what is left.

    Every amount is rounded down; the cents left over go, one each, to those that lost most.
    """
    shares = [each.quantize(_CENT, ROUND_FLOOR) for each in exact]
    left = total - sum(shares, _ZERO)
    losses = [each - share for each, share in zip(exact, shares, strict=True)]
    for place in sorted(range(len(exact)), key=lambda place: losses[place], reverse=True):
        if left < _CENT or not losses[place]:
            break
        shares[place] += _CENT
        left -= _CENT
    return shares, left


def _place(key: _Key) -> tuple[object, ...]:
    kind = _ORDER.index(key.tax_type) if key.tax_type in _ORDER else len(_ORDER)
    rate = -(key.rate or _ZERO)
    is_unknown = key.tax_type is None
    names = (key.tax_type or "", key.region or "", rate, key.code or "", key.exemption or "")
    return (key.is_cash_vat, is_unknown, kind, *names, key.rate is None)
