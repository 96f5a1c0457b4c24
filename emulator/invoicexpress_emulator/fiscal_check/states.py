"""Whether what a document has fits its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .finding import STATE, Flaw
from .stored import Stored

_UNISSUED: Final = frozenset({"draft", "deleted"})
_GIVEN_BY_ISSUING: Final = ("number", "serie", "atcud", "system_entry")
_NEVER_BEFORE: Final = (*_GIVEN_BY_ISSUING, "signature", "canceled_at")


def check_state(each: Stored) -> Iterator[Flaw]:
    """Yield what a document has that its state forbids, or lacks that it demands."""
    status = str(each.row["status"])
    known = {"draft", *each.type.states.values()} - ({"draft"} if each.type.is_receipt else set())
    if each.type.is_receipt:
        known.add("final")
    if status not in known:
        yield Flaw(STATE, f"A {each.type.root} is never in the state {status}.")
        return
    if status in _UNISSUED:
        has = [name for name in _NEVER_BEFORE if each.row[name] is not None]
        if has:
            yield Flaw(STATE, f"It is in the state {status}, and has: {', '.join(has)}.")
        return
    lacks = [name for name in _GIVEN_BY_ISSUING if each.row[name] is None]
    if each.row["series_row_id"] is None:
        lacks.append("series_row_id")
    if each.is_canceled:
        lacks += [name for name in ("canceled_at", "cancel_message") if not each.row[name]]
    if lacks:
        yield Flaw(STATE, f"It is in the state {status}, and lacks: {', '.join(lacks)}.")
