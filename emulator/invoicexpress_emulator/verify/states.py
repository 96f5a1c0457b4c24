"""Whether the columns of a document fit its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .finding import ENTRIES, STATE, Flaw
from .stored import Stored, moment

_UNISSUED: Final = frozenset({"draft", "deleted"})
_GIVEN_BY_ISSUING: Final = ("number", "serie", "atcud", "system_entry")
_GIVEN_BY_CANCELING: Final = ("canceled_at", "cancel_message")
_NEVER_BEFORE: Final = (*_GIVEN_BY_ISSUING, "signature", *_GIVEN_BY_CANCELING)


def check_state(each: Stored) -> Iterator[Flaw]:
    """Yield the values that a document's state forbids, and those that it demands and the document lacks."""
    status, family = str(each.row["status"]), each.type.family.name
    if each.row["family"] != family:
        yield Flaw(STATE, f"A {each.type.root} is of the family {family}, and not of {each.row['family']}.")
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
        lacks += [name for name in _GIVEN_BY_CANCELING if not each.row[name]]
        yield from _canceled(each)
    elif has := [name for name in _GIVEN_BY_CANCELING if each.row[name] is not None]:
        yield Flaw(STATE, f"It is in the state {status}, and has: {', '.join(has)}.")
    if lacks:
        yield Flaw(STATE, f"It is in the state {status}, and lacks: {', '.join(lacks)}.")


def _canceled(each: Stored) -> Iterator[Flaw]:
    stated, entered = each.row["canceled_at"], moment(each.row["system_entry"])
    canceled = moment(stated)
    if canceled is None:
        if stated:
            yield Flaw(STATE, f"It was cancelled at {stated}, which is not a date and time.")
    elif entered is not None and canceled < entered:
        sentence = f"It was cancelled at {canceled.isoformat()}, and entered at {entered.isoformat()}."
        yield Flaw(ENTRIES, sentence)
