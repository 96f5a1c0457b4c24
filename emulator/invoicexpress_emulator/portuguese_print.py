"""How amounts, dates and text are printed in Portugal, in the characters that the PDF's fonts have."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from .totals import euros
from .wire_values import portuguese_date

ENCODING: Final = "cp1252"
"""The core fonts of PDF have these characters: all of Portuguese and the euro sign."""


def printable(text: str) -> str:
    """Return text with everything that the fonts lack replaced: by its plain letter if it has one,
    else by `?`.
    """
    kept: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\t", " "):
        if character == "\n":
            kept.append(character)
        elif character.isprintable():
            kept.append(_in_font(character))
    return "".join(kept)


def _in_font(character: str) -> str:
    for candidate in (character, unicodedata.normalize("NFKD", character)[:1]):
        try:
            candidate.encode(ENCODING)
        except UnicodeEncodeError:
            continue
        return candidate
    return "" if unicodedata.combining(character) else "?"


def decimal_comma(value: Decimal, places: int) -> str:
    """Print a number with a comma, a dot between thousands and `places` decimals."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def amount(cents: int) -> str:
    """Print cents as EUR: `1.234,56 €`."""
    return f"{decimal_comma(euros(cents), 2)} €"


def price(value: Decimal) -> str:
    """Print a unit price with two to four decimals."""
    places = max(2, -int(value.normalize().as_tuple().exponent)) if value else 2
    return decimal_comma(value, min(places, 4))


def plain_number(value: Decimal) -> str:
    """Print a quantity or a percentage without needless zeros: `2`, `2,5`."""
    text = decimal_comma(value, 4).rstrip("0")
    return text.removesuffix(",")


def day(value: date) -> str:
    """Print a date as dd/mm/yyyy."""
    return portuguese_date(value)
