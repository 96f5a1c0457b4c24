"""What the checks of a file find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from invoicexpress_loading.records import fields_in_help

if TYPE_CHECKING:
    from decimal import Decimal

    from .rows import Document, Problem, Section

FindingKind: TypeAlias = Literal[
    "unreadable",
    "control_total",
    "gross_total",
    "net_total",
    "tax_payable",
    "line_amount",
    "line_number",
    "exemption",
    "tax_rate",
    "wrong_side",
    "unknown_type",
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
* `line_number`: two lines of a document with one number.
* `exemption`: a line without tax, and without the reason or its code; or with tax and a reason.
* `tax_rate`: a rate of VAT that its region did not have when the tax fell due.
* `wrong_side`: an invoice that debits, or a credit note that credits.
* `unknown_type`: a type that the section does not have.
* `wrong_prefix`: a number that begins with the code of another type.
* `shared_code`: numbers of two types that begin with the same internal code.
* `out_of_period`: a date outside of the header's period.
* `unknown_customer`, `unknown_supplier`, `unknown_product`: missing from the master files.
* `gap`, `duplicate`, `order`: numbers that are missing, repeated, or dated before their predecessors.
"""


@fields_in_help
@dataclass(frozen=True, slots=True)
class Finding:
    """An inconsistency of a file."""

    kind: FindingKind
    """What is inconsistent."""
    section: Section | None
    """None outside of the sections."""
    number: str | None
    """Number of the document; for a gap the first missing number."""
    what: str
    """The same in words."""
    expected: Decimal | int | None = None
    """The value that the rest of the file implies."""
    found: Decimal | int | None = None
    """The value in the file."""
    line: int | None = None
    """Line of the file, from 1: of the document's line or of the unreadable value, otherwise where the
    document begins. A gap has that of the document after it, a control total that of the first one of its
    section. None for a finding about the file as a whole.
    """

    def __str__(self) -> str:
        document = " ".join(filter(None, (self.section, self.number)))
        line = "" if self.line is None else f"line {self.line} of the file"
        return f"{', '.join(filter(None, (document, line))) or 'file'}: {self.what}"


def of_document(
    document: Document,
    kind: FindingKind,
    what: str,
    expected: Decimal | int | None = None,
    found: Decimal | int | None = None,
    *,
    line: int | None = None,
) -> Finding:
    """A finding about a document, at a line of the file, by default where the document begins."""
    at = document.line if line is None else line
    return Finding(kind, document.section, document.number, what, expected, found, at)


def of_problem(problem: Problem, section: Section | None = None) -> Finding:
    """The finding about an unreadable or missing value, at its line."""
    return Finding(
        "unreadable", section, problem.number, f"{problem.path}: {problem.what}", line=problem.line
    )
