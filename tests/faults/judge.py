"""The rules that a call has to keep under every fault: it is done, refused, or unknown, and says so truly.

The judge compares what the caller got with what exists in the emulator's own store after late writes have
landed. It knows nothing of single writes or faults: the effect of a write is the one that the same write has
undisturbed in another account.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from invoicexpress import AmbiguousResultError, ApiError, InvoiceXpressError, TransportError
from invoicexpress_generated.types import Unset

from .books import Change, Row

Exists = Literal["nothing", "part", "it", "twice", "another"]
"""What exists: nothing, a stage on the way such as a draft, the effect, more than it, something else."""

Lie = Literal[
    "duplicate",
    "loss",
    "false refusal",
    "wrong effect",
    "wrong value",
    "no place to look",
    "no key",
    "foreign exception",
]


@dataclass(frozen=True)
class Outcome:
    """What the caller got: a value, or an exception."""

    value: Any = None
    error: BaseException | None = None

    @property
    def way(self) -> str:
        """Which of the three ways the call ended in, or the foreign exception."""
        if self.error is None:
            return "done"
        if isinstance(self.error, AmbiguousResultError):
            return "unknown"
        if isinstance(self.error, InvoiceXpressError):
            return "refused"
        return f"raised {type(self.error).__name__}"


@dataclass(frozen=True)
class Verdict:
    """What the caller got and what exists."""

    way: str
    exists: Exists
    error: str = ""
    """The name of the exception."""
    lie: Lie | None = None
    detail: str = ""
    could_have_known: bool = False
    is_forged: bool = False
    """Whether the caller believed an answer that no client can tell from the true one."""


def what_exists(found: Change, stages: Sequence[Change]) -> Exists:
    """Compare a change with the stages of the undisturbed write, the last of them complete."""
    if found.is_none:
        return "nothing"
    whole = stages[-1]
    if found.entries == whole.entries:
        return "it"
    if any(found.entries == stage.entries for stage in stages[:-1]):
        return "part"
    return "twice" if _is_more(found, whole) else "another"


def _is_more(found: Change, whole: Change) -> bool:
    def added(change: Change) -> int:
        return sum(
            count
            for entry, count in change.entries.items()
            if isinstance(entry, tuple)
            and entry[0] == "+"
            and entry[1] not in {"clients", "items", "document_lines", "deliveries"}
        )

    return added(found) > added(whole) or found.entries > whole.entries


def judge(
    outcome: Outcome,
    found: Change,
    stages: Sequence[Change],
    *,
    needs_key: bool = False,
    proof_was_there: bool = False,
    is_forged: bool = False,
) -> Verdict:
    """Judge one call.

    Args:
        outcome: What the caller got.
        found: What changed in the books.
        stages: What the write changes undisturbed, after each of its requests.
        needs_key: Whether an unknown result has to name the key of the create.
        proof_was_there: Whether a read would have shown the effect when the call ended.
        is_forged: Whether the fault gave the very answer of a success, and no read shows the effect.
    """
    exists = what_exists(found, stages)
    error = outcome.error
    lie, detail = _lie(outcome, exists, found, needs_key=needs_key)
    is_forged = is_forged and lie == "loss"
    return Verdict(
        outcome.way,
        exists,
        "" if error is None else type(error).__name__,
        None if is_forged else lie,
        detail or ("" if error is None else str(error)),
        could_have_known=outcome.way == "unknown" and proof_was_there,
        is_forged=is_forged,
    )


def _lie(outcome: Outcome, exists: Exists, found: Change, *, needs_key: bool) -> tuple[Lie | None, str]:
    error = outcome.error
    if exists == "twice":
        return "duplicate", ""
    if outcome.way.startswith("raised"):
        return "foreign exception", f"{type(error).__name__}: {error}"
    if outcome.way == "done":
        return _of_success(outcome.value, exists, found)
    if exists == "another":
        return "wrong effect", f"{error}; {found.entries}"
    if isinstance(error, AmbiguousResultError):
        if not error.look_at.strip() or error.look_at == "the state":
            return "no place to look", str(error)
        if needs_key and error.proprietary_uid is None:
            return "no key", str(error)
        return None, ""
    if exists == "nothing" or _is_named(error, found):
        return None, ""
    return "false refusal", str(error)


def _is_named(error: BaseException | None, found: Change) -> bool:
    """Whether an error names the draft that exists; anything else that exists is no draft.

    The path in an answer's error names the draft that a refused request was about, so such an error speaks of
    new drafts only: a draft that changed was not refused.
    """
    documents = found.touched.get("documents", [])
    is_answer = isinstance(error, ApiError | TransportError)
    return bool(documents) and all(
        row["status"] == "draft"
        and re.search(rf"\b{row['id']}\b", str(error))
        and not (is_answer and ("documents", (row["id"],)) not in found.added)
        for row in documents
    )


def _of_success(value: Any, exists: Exists, found: Change) -> tuple[Lie | None, str]:
    if exists == "another":
        return "wrong effect", f"{found.entries}"
    if exists != "it":
        return "loss", f"returned {type(value).__name__}, and {exists} exists"
    different = differences(value, found)
    return ("wrong value", different) if different else (None, "")


_TABLES: Final = {
    "Invoice": "documents",
    "Estimate": "documents",
    "Guide": "documents",
    "PurchaseOrder": "documents",
    "Client": "clients",
    "Item": "items",
    "Tax": "taxes",
    "Sequence": "series",
    "Regularization": "regularizations",
    "TreasuryMovement": "treasury_movements",
    "InitialBalance": "initial_balances",
    "Account": "accounts",
}
_COMPARED: Final = {
    "documents": ("status", "type", "date", "due_date", "reference", "total"),
    "clients": ("name", "code", "email", "city"),
    "items": ("name", "description", "unit_price"),
    "taxes": ("name", "value", "region"),
    "series": ("serie",),
    "regularizations": ("value", "date"),
    "treasury_movements": ("value", "date", "movement_type"),
    "initial_balances": ("value", "date"),
    "accounts": (),
}
_CENTS: Final = frozenset(
    {
        "total",
        "documents.total",
        "regularizations.value",
        "treasury_movements.value",
        "initial_balances.value",
    }
)


def differences(value: Any, found: Change) -> str:
    """How a returned value differs from the row that it stands for; empty for none."""
    if isinstance(value, list):
        return ""
    table = _TABLES.get(type(value).__name__)
    if table is None:
        return "" if value is None else f"returned {type(value).__name__}"
    rows = found.touched.get(table, [])
    given = getattr(value, "id", None)
    if isinstance(given, int) and table != "series":
        rows = [row for row in rows if row.get("id") == given]
    if not rows:
        return f"returned {table} {given}, which this call did not touch: {found.new_ids(table)}"
    return "; ".join(_in_row(table, value, rows[-1]))


def _in_row(table: str, value: Any, row: Row) -> list[str]:
    found: list[str] = []
    for name in _COMPARED[table]:
        returned = getattr(value, name, None)
        if isinstance(returned, Unset) or returned is None or name not in row:
            continue
        stored = _stored(f"{table}.{name}", row[name], returned)
        if stored != returned:
            found.append(f"returned {name} {returned}, stored {stored}")
    return found


def _stored(column: str, stored: Any, returned: Any) -> Any:
    if isinstance(returned, Decimal):
        number = Decimal(str(stored if stored is not None else 0))
        return number / 100 if column in _CENTS else number
    if isinstance(returned, datetime.date) and isinstance(stored, str):
        return type(returned).fromisoformat(stored)
    return "" if stored is None else stored
