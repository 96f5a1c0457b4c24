"""A client's tax number as files and codes must print it, read anew from the stored client."""

from __future__ import annotations

import re
from typing import Final

from ..fiscal.countries import COUNTRY_CODES
from ..fiscal.fiscal_ids import LETTERS_AFTER_PREFIX, OTHER_PREFIXES

_GAP: Final = r"[\W_]*"
_LETTERS_OF_A_COUNTRY: Final = 2


def without_prefix(stored: object, country: object) -> str:
    """Return a number without the prefix of its client's country, and a Portuguese one without blanks."""
    text = str(stored or "").strip()
    code = COUNTRY_CODES.get(str(country), "") if country else "PT"
    if code == "PT":
        nif = re.fullmatch(rf"{_GAP}(?:PT)?{_GAP}((?:[0-9]{_GAP})+)", text, re.IGNORECASE)
        return re.sub(r"[\W_]", "", nif[1]) if nif else text
    prefixes = "|".join((code, *OTHER_PREFIXES.get(code, ())))
    letters = LETTERS_AFTER_PREFIX.get(code)
    numbers = f"[0-9].*|{_spaced(letters)}" if letters else "[0-9].*"
    found = re.fullmatch(rf"(?:{prefixes}){_GAP}({numbers})", text, re.IGNORECASE | re.DOTALL)
    # SAF-T's word for an unknown country is no prefix.
    is_prefix = len(code) == _LETTERS_OF_A_COUNTRY
    return found[1] if is_prefix and found else text


def _spaced(pattern: str) -> str:
    """Return a pattern of characters, each with a count or none, with gaps allowed between them."""
    parts = re.findall(r"(\[.*?\]|\\d|\w)(?:\{(\d+)\})?", pattern)
    return _GAP.join(part for part, count in parts for _ in range(int(count or 1)))
