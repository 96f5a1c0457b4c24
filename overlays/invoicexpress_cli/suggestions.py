"""The nearest known name to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(given: str, known: Iterable[str]) -> str:
    """` (did you mean …?)`, or nothing when no name is near."""
    found = difflib.get_close_matches(given, list(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""
