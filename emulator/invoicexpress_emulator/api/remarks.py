"""Remarks in the request log: requests that succeed, and yet do not do what their sender means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..fiscal.document_types import DOCUMENT_TYPES, FAMILIES

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue

KEY: Final = "proprietary_uid"
_ROOTS: Final = {
    f"create{family.noun}": {family.root, *(row.root for row in DOCUMENT_TYPES if row.family is family)}
    for family in FAMILIES
    if family.idempotent_create
}
"""The roots of a document with an idempotency key, by the operation that creates it."""


def of(operation_id: str, body: JsonValue) -> tuple[str, ...]:
    """Return the remarks on a body, each a sentence."""
    return tuple(_misplaced_key(operation_id, body))


def _misplaced_key(operation_id: str, body: JsonValue) -> Iterator[str]:
    """The key stands beside the root (weareswat 2020): inside, it is ignored, and a repeat makes another
    document.
    """
    if not isinstance(body, dict) or body.get(KEY):
        return
    for root in sorted(_ROOTS.get(operation_id, ())):
        inner = body.get(root)
        if isinstance(inner, dict) and inner.get(KEY):
            yield (
                f"{root}.{KEY} is ignored, so that a repeat makes another document: send {KEY} beside {root}."
            )
