"""The nearest known name to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


def nearest(given: str, known: Iterable[str], shown: Mapping[str, str] | None = None) -> str:
    """` (did you mean …?)`, or nothing when no name is near. `shown`: how names are written."""
    found = difflib.get_close_matches(given, list(known), n=1)
    return f" (did you mean {(shown or {}).get(found[0], found[0])}?)" if found else ""
