"""Values as the schema can hold them."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Final

from ...fiscal.totals import EXACT, euros

UNKNOWN: Final = "Desconhecido"
_LONGEST_CODE: Final = 60
_NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(value: object, longest: int) -> str:
    """Return text that XML and the schema can hold: no control characters, not too long, never blank."""
    text = " ".join(_NOT_IN_XML.sub(" ", str(value or "")).split())
    return text[:longest].strip() or UNKNOWN


def money(cents: int) -> str:
    """Return an amount in EUR with two decimals."""
    return f"{euros(cents):.2f}"


def decimal(value: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    text = format(value.normalize(EXACT), "f")
    return "0" if text == "-0" else text


def product_code(name: str) -> str:
    """Return the code of an item, which is its name; a digest tells apart names that are too long."""
    whole = clean(name, len(name) + len(UNKNOWN))
    if len(whole) <= _LONGEST_CODE:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_CODE - len(digest) - 1]}~{digest}"


def product_description(name: str) -> str:
    """Return the words for an item: its name, in at least the two characters that the schema requires."""
    text = clean(name, 200)
    return text if len(text) > 1 else f"Artigo {text}"
