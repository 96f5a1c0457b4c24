"""Money, rates and quantities: exact decimals, written as JSON strings or as JSON numbers.

The contract says which of the two a field takes: `/items` and `/taxes` refuse numbers, payments need them
(diogopms 2026-06). Both are read everywhere, since both were seen in the same fields.
Floats are refused: they are not exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from invoicexpress_loading import lazy_pattern

from .wire_error import WireError, shown

_DECIMAL: Final = lazy_pattern(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_SYMBOLS: Final = lazy_pattern(r"\s|€|%|EUR")
_THOUSANDS_WITH_POINT: Final = lazy_pattern(r"[+-]?\d{1,3}(\.\d{3})+,\d+", re.ASCII)
_THOUSANDS_WITH_COMMA: Final = lazy_pattern(r"[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
# 1,234 is a thousand to some and little more than one to others.
_ONE_GROUP: Final = lazy_pattern(r"[+-]?\d{1,3},\d{3}", re.ASCII)


def parse_decimal(value: object) -> Decimal:
    """`"1.50"`, `1.5` or `1` as an exact Decimal.

    Raises WireError for anything else, NaN and floats included.
    """
    if isinstance(value, str):
        return _of_text(value)
    if (type(value) is Decimal and value.is_finite()) or type(value) is int:
        return Decimal(value)
    raise WireError(f"not a decimal number: {shown(value)}")


# Most texts are rates and quantities: "23.0", "1.0". One that was read before need not be checked again.
@lru_cache(1024)
def _of_text(text: str) -> Decimal:
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    raise WireError(f"not a decimal number: {shown(text)}")


def parse_decimal_or_none(value: object) -> Decimal | None:
    """Like parse_decimal; null and the empty string are None."""
    return None if value is None or value == "" else parse_decimal(value)


def _exact(value: object) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise WireError(f"expected a decimal.Decimal, got {type(value).__name__} {shown(value)}{_hint(value)}")


def _hint(value: object) -> str:
    """The Decimal that a float or a text stands for; nothing where the text could be read in two ways."""
    text = repr(value) if isinstance(value, float) else value if isinstance(value, str) else ""
    plain = _plain(_SYMBOLS.sub("", text))
    return f'; use Decimal("{plain}")' if _DECIMAL.fullmatch(plain) else ""


def _plain(text: str) -> str:
    """A number with a decimal point, of one with a decimal comma or with groups of thousands."""
    if _THOUSANDS_WITH_POINT.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _THOUSANDS_WITH_COMMA.fullmatch(text):
        return text.replace(",", "")
    return text if _ONE_GROUP.fullmatch(text) else text.replace(",", ".")


def format_decimal_string(value: object) -> str:
    """A Decimal as a string of plain digits, never with an exponent."""
    return format(_exact(value), "f")


def format_decimal_string_or_none(value: object) -> str | None:
    """Like format_decimal_string; None is null."""
    return None if value is None else format_decimal_string(value)


def format_decimal_number(value: object) -> Decimal:
    """A Decimal that `dumps` writes as an exact JSON number."""
    return _exact(value)


def format_decimal_number_or_none(value: object) -> Decimal | None:
    """Like format_decimal_number; None is null."""
    return None if value is None else _exact(value)
