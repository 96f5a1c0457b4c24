"""Documents issued by reference: one at a time for each reference, and remembered in this process.

Types without an idempotency key are found again by their `reference`, but lists lag writes by about two
seconds (square-bit 2026-04). So the process itself remembers which document a reference stands for, and lets
one thread or task at a time issue it.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Final

_REMEMBERED: Final = 10_000
"""Most references kept, latest first. Older ones are in the lists."""


class IssuedReferences:
    """What is known of references. Threads and tasks may share it; no method waits."""

    def __init__(self) -> None:
        self._ids: Final[dict[Hashable, int | None]] = {}
        self.renew()

    def renew(self) -> None:
        """Frees the lock and all turns, in the child of a fork, where their holders do not exist."""
        self._lock = threading.Lock()
        self._busy: set[Hashable] = set()

    def enter(self, reference: Hashable) -> bool:
        """Takes the turn of a reference. Returns False while another thread or task has it."""
        with self._lock:
            if reference in self._busy:
                return False
            self._busy.add(reference)
            return True

    def leave(self, reference: Hashable) -> None:
        """Gives the turn back."""
        with self._lock:
            self._busy.discard(reference)

    def id_of(self, reference: Hashable) -> int | None:
        """Id of the document of a reference; None if unknown."""
        with self._lock:
            return self._ids.get(reference)

    def is_in_doubt(self, reference: Hashable) -> bool:
        """Whether the result of a create with this reference is unknown."""
        with self._lock:
            return reference in self._ids and self._ids[reference] is None

    def remember(self, reference: Hashable, document_id: int | None) -> None:
        """Keeps the document of a reference; None for an unknown result."""
        with self._lock:
            self._ids.pop(reference, None)
            self._ids[reference] = document_id
            if len(self._ids) > _REMEMBERED:
                del self._ids[next(iter(self._ids))]

    def forget(self, reference: Hashable) -> None:
        """Drops the document of a reference, after it was deleted or cancelled."""
        with self._lock:
            self._ids.pop(reference, None)
