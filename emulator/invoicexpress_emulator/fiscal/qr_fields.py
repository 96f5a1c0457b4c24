"""The fields of the tax authority's QR code, and the text composed of them.

Source: AT, "Especificações Técnicas, Código QR" v1.0 of 13-08-2020: `code:value` joined by `*` in the table's
order, amounts with a point and two decimals. Fields marked `+` are always present, fields marked `++`
only with a value.

This module knows the table but no documents. A value that does not fit raises ValueError; it is never cut.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from .totals import euros

NO_VAT_REGION: Final = "0"
"""Field I1 of a document that has no VAT rate at all."""

NO_ATCUD: Final = "0"
UNSIGNED: Final = "0"
"""Field Q of unsigned documents: receipts (Despacho 8632/2014, 1.1)."""

MOST_REGIONS: Final = 3

_REGION_LETTERS: Final = "IJK"
_SEPARATOR: Final = "*"
_LARGEST_AMOUNT: Final = 16

LONGEST: Final[Mapping[str, int]] = {
    "A": 9, "B": 30, "C": 12, "D": 2, "E": 1, "F": 8, "G": 60, "H": 70,
    **{f"{letter}{n}": 5 if n == 1 else _LARGEST_AMOUNT for letter in _REGION_LETTERS for n in range(1, 9)},
    **dict.fromkeys("LMNOP", _LARGEST_AMOUNT), "Q": 4, "R": 4, "S": 65,
}  # read by rows # fmt: skip
"""Code -> maximum length of its value, in the table's order."""

_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "A": re.compile(r"[0-9]{9}"),
    "C": re.compile(r"[A-Z]{2}|Desconhecido"),
    "D": re.compile(r"[A-Z]{2}"),
    "E": re.compile(r"[A-Z]"),
    "F": re.compile(r"[0-9]{8}"),
    **{f"{letter}1": re.compile(r"PT(-AC|-MA)?|[A-Z]{2}") for letter in _REGION_LETTERS},
    "I1": re.compile(r"0|PT(-AC|-MA)?|[A-Z]{2}"),
    "Q": re.compile(r"0|[A-Za-z0-9+/=]{4}"),
    "R": re.compile(r"[0-9]+"),
}
"""The form of some values; all values are printable and free of `*`."""


class AtRate(NamedTuple):
    """A document's base and VAT at one rate, in cents; a note that corrects only VAT has no base."""

    base: int | None
    tax: int | None


NOTHING: Final = AtRate(None, None)


class InRegion(NamedTuple):
    """A document's amounts in one tax region, in cents; None is left out."""

    region: str
    exempt: int | None = None
    reduced: AtRate = NOTHING
    intermediate: AtRate = NOTHING
    normal: AtRate = NOTHING

    @property
    def amounts(self) -> tuple[int | None, ...]:
        """The fields 2 to 8, in order."""
        rates = (self.reduced, self.intermediate, self.normal)
        return (self.exempt, *(amount for rate in rates for amount in (rate.base, rate.tax)))


@dataclass(frozen=True, slots=True)
class QrFields:
    """The fields A to S. Amounts are cents; None or an empty tuple stands for no value."""

    issuer: str
    """A: tax number."""
    buyer: str
    """B: tax number, 999999990 for the final consumer."""
    country: str
    """C: the buyer's, an ISO code or `Desconhecido`."""
    type: str
    """D: as in SAF-T (PT)."""
    status: str
    """E: as in SAF-T (PT)."""
    date: dt.date
    """F."""
    number: str
    """G: as printed, with its prefix."""
    atcud: str
    """H: without the word `ATCUD`; 0 without one."""
    regions: tuple[InRegion, ...]
    """I, J, K: one to three."""
    taxes: int
    """N: all VAT, and stamp duty."""
    total: int
    """O: with taxes."""
    hash_characters: str
    """Q: four, or 0."""
    certificate: str
    """R: the number of the program's certificate."""
    not_subject: int | None = None
    """L: the amount not subject to VAT, or not taxed."""
    stamp_duty: int | None = None
    """M."""
    withheld: int | None = None
    """P: at source."""
    other: tuple[str, ...] = ()
    """S: the program's own information, such as how to pay, joined by `;`."""


def in_order(regions: Iterable[str]) -> list[str]:
    """Return each tax region once, in the code's order: Portugal's first."""
    return sorted(set(regions), key=lambda region: (region[:2] != "PT", region))


def written(fields: QrFields) -> str:
    """Return the text of a code.

    Raises:
        ValueError: a value breaks the table, or the regions are not one to three, each once.
    """
    regions = [each.region for each in fields.regions]
    if not 1 <= len(regions) <= MOST_REGIONS or len(set(regions)) != len(regions):
        raise ValueError(f"a code has one to {MOST_REGIONS} regions, each once, got {regions}")
    pairs = [(code, value) for code, value in _values(fields) if value is not None]
    for code, value in pairs:
        _check(code, value)
    return _SEPARATOR.join(f"{code}:{value}" for code, value in pairs)


def _values(fields: QrFields) -> Iterator[tuple[str, str | None]]:
    yield from (
        ("A", fields.issuer),
        ("B", fields.buyer),
        ("C", fields.country),
        ("D", fields.type),
        ("E", fields.status),
        ("F", fields.date.isoformat().replace("-", "")),
        ("G", fields.number),
        ("H", fields.atcud),
    )
    for letter, each in zip(_REGION_LETTERS, fields.regions, strict=False):
        yield f"{letter}1", each.region
        for place, amount in enumerate(each.amounts, 2):
            yield f"{letter}{place}", _amount(amount)
    yield from (
        ("L", _amount(fields.not_subject)),
        ("M", _amount(fields.stamp_duty)),
        ("N", _amount(fields.taxes)),
        ("O", _amount(fields.total)),
        ("P", _amount(fields.withheld)),
        ("Q", fields.hash_characters),
        ("R", fields.certificate),
        ("S", ";".join(fields.other) or None),
    )


def _amount(cents: int | None) -> str | None:
    return None if cents is None else f"{euros(cents):.2f}"


def _check(code: str, value: str) -> None:
    longest, form = LONGEST[code], _FORMS.get(code)
    if not 0 < len(value) <= longest:
        raise ValueError(f"field {code} has 1 to {longest} characters, got {len(value)}: {value}")
    if not value.isprintable() or _SEPARATOR in value:
        raise ValueError(f"field {code} contains a forbidden character: {value!r}")
    if form is not None and not form.fullmatch(value):
        raise ValueError(f"field {code} cannot be {value!r}")
    if longest == _LARGEST_AMOUNT and value.startswith("-"):
        raise ValueError(f"field {code} is negative: {value}")
