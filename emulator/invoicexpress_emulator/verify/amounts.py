"""The amounts of one document, made anew from its lines with fractions, which never round."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..fiscal.currencies import CURRENCIES
from ..fiscal.exemption_codes import EXEMPTIONS
from .finding import AMOUNTS, CURRENCY, EXEMPTION, TOTALS, Flaw

if TYPE_CHECKING:
    from .stored import Stored

_HUNDRED: Final = Fraction(100)
_NAMES: Final = ("sum", "discount", "before_taxes", "taxes", "total")


@lru_cache(maxsize=4096)
def number(text: str) -> Fraction:
    """Return a stored number, exactly; most are stored many times over.

    Raises:
        ValueError: the text is not a number.
    """
    return Fraction(text)


def half_up(value: Fraction) -> int:
    """Return a fraction that is not negative as the nearest whole number, halves upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True, slots=True)
class ExactLine:
    """A line before any rounding, in cents: before its discount, after it and the document's, and VAT."""

    row: sqlite3.Row
    gross: Fraction
    net: Fraction
    tax: Fraction


def exact_lines(each: Stored) -> list[ExactLine]:
    """Return a document's lines.

    Raises:
        ValueError: a stored number is malformed.
    """
    rows: list[tuple[sqlite3.Row, Fraction, Fraction]] = []
    for line in each.lines:
        gross = number(line["unit_price"]) * number(line["quantity"]) * _HUNDRED
        rows.append((line, gross, gross * (1 - number(line["discount"]) / _HUNDRED)))
    kept = _kept(each.row, sum((net for _, _, net in rows), Fraction()))
    return [
        ExactLine(line, gross, net * kept, net * kept * number(line["tax_value"]) / _HUNDRED)
        for line, gross, net in rows
    ]


def _kept(row: sqlite3.Row, net: Fraction) -> Fraction:
    """Return the part of the lines that the document's own discount leaves: an amount is spread over them."""
    if row["discount_type"] is None:
        return Fraction(1)
    value = number(row["discount_value"])
    if row["discount_type"] == "percentage":
        return 1 - value / _HUNDRED
    return 1 - value * _HUNDRED / net if net else Fraction(1)


def check_amounts(each: Stored, exact: list[ExactLine], paid: int | None) -> Iterator[Flaw]:
    """Yield the flaws of a document's amounts; `paid` is the amount that a receipt pays, in cents."""
    expected = (paid or 0, 0, paid or 0, 0, paid or 0) if each.type.is_receipt else _expected(exact)
    wrong = [
        f"{name} is {euros(each.row[name])} and should be {euros(value)}"
        for name, value in zip(_NAMES, expected, strict=True)
        if each.row[name] != value
    ]
    if wrong:
        yield Flaw(TOTALS, f"{'; '.join(wrong)}.")
    negative = [name for name in _NAMES if each.row[name] < 0]
    lines = [f"line {line.row['position'] + 1}" for line in exact if _is_outside(line.row)]
    if what := [*negative, *lines, *_outside_of_document(each.row)]:
        yield Flaw(AMOUNTS, f"An amount below 0, or a discount outside 0 to 100 %, in: {', '.join(what)}.")


def check_currency(row: sqlite3.Row) -> Iterator[Flaw]:
    """Yield the flaws of a document's foreign currency."""
    code, rate = row["currency_code"], row["rate"]
    if code is None:
        if rate is not None:
            yield Flaw(CURRENCY, f"It has a rate of {rate}, and no foreign currency.")
    elif code == "EUR" or code not in CURRENCIES:
        yield Flaw(CURRENCY, f"Its currency {code} is not a foreign currency of the table.")
    elif rate is None or number(rate) <= 0:
        yield Flaw(CURRENCY, f"Its rate of {code} is {rate or 'missing'}.")


def check_exemption(each: Stored, exact: list[ExactLine]) -> Iterator[Flaw]:
    """Yield lines of an issued document without VAT and without a reason, and unknown reasons."""
    stated = {each.row["tax_exemption"], *(line.row["tax_exemption"] for line in exact)} - {None}
    if unknown := sorted(stated - EXEMPTIONS.keys()):
        yield Flaw(EXEMPTION, f"The table of exemptions lacks {', '.join(unknown)}.")
    if each.row["tax_exemption"]:
        return
    bare = [
        str(line.row["position"] + 1)
        for line in exact
        if number(line.row["tax_value"]) == 0 and not line.row["tax_exemption"]
    ]
    if bare:
        yield Flaw(EXEMPTION, f"There is no reason for not charging VAT on line {', '.join(bare)}.")


def _expected(exact: list[ExactLine]) -> tuple[int, int, int, int, int]:
    """Return the five amounts: total and VAT are rounded once, and the rest makes the sums hold."""
    gross = sum((line.gross for line in exact), Fraction())
    net = sum((line.net for line in exact), Fraction())
    tax = sum((line.tax for line in exact), Fraction())
    total, taxes, discount = half_up(net + tax), half_up(tax), half_up(gross - net)
    return total - taxes + discount, discount, total - taxes, taxes, total


def _is_outside(line: sqlite3.Row) -> bool:
    return (
        number(line["unit_price"]) < 0
        or number(line["quantity"]) < 0
        or not 0 <= number(line["discount"]) <= _HUNDRED
    )


def _outside_of_document(row: sqlite3.Row) -> Iterator[str]:
    """Yield the names of a document's own percentages and discount that are out of bounds."""
    if not 0 <= number(row["retention"] or "0") <= _HUNDRED:
        yield "the tax withheld"
    kind, value = row["discount_type"], number(row["discount_value"] or "0")
    if value < 0 or (kind == "percentage" and value > _HUNDRED):
        yield "the discount"
    if (kind is None) != (row["discount_value"] is None) or kind not in {None, "percentage", "absolute"}:
        yield "the kind of discount"


def euros(cents: int) -> str:
    """Return an amount of cents as EUR with two decimals."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"


def withheld(row: sqlite3.Row) -> int:
    """Return the tax withheld at source, in cents: a percentage of the amount before VAT."""
    return half_up(Fraction(row["before_taxes"]) * number(row["retention"] or "0") / _HUNDRED)
