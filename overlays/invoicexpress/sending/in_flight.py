"""A client's writes in flight and the documents it knows, for writes that the service cannot tell apart.

Two threads that create the same thing at once, or one that does so twice within the lag of the lists, each
see the other's document as a new one. The client's own knowledge settles this: a document returned by one
call belongs to that call, and while a similar write is in flight a new document may belong to that write.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator, Hashable, Iterable
from contextlib import contextmanager
from typing import Final

from .issued_references import IssuedReferences

_REMEMBERED: Final = 10_000
"""Most ids kept, latest first. Only the last few seconds matter: lists lag no longer."""


class NotYetKnown(Exception):
    """A similar write is in flight, so the owner of a new document is not known yet."""


class InFlight:
    """Known ids and writes in flight of one client and its `with_options` copies.

    Threads and tasks may share it; no method waits.
    """

    def __init__(self) -> None:
        self.lock: Final = threading.Lock()
        self.under_way: Final[Counter[Hashable]] = Counter()
        self.known: Final[dict[tuple[str, int], None]] = {}
        self.references: Final = IssuedReferences()

    def know(self, kind: str, number: int) -> None:
        """Marks an id as not new: a call returned it, or the caller named it. Changes lag in lists too.

        `kind` names a space of ids; all documents of an account share one.
        """
        with self.lock:
            self.remember(kind, number)

    def remember(self, kind: str, number: int) -> None:
        """Same as `know`, for a caller that holds the lock."""
        self.known[kind, number] = None
        if len(self.known) > _REMEMBERED:
            del self.known[next(iter(self.known))]


class WriteScope:
    """Writes that the service cannot tell apart, such as creates with the same reference."""

    def __init__(self, in_flight: InFlight, kind: str, *scope: Hashable) -> None:
        self._in_flight = in_flight
        self._kind = kind
        self._scope = (kind, *scope)

    @contextmanager
    def sending(self) -> Generator[None]:
        """Counts a write as in flight until its answer arrives or the attempt fails."""
        under_way = self._in_flight.under_way
        with self._in_flight.lock:
            under_way[self._scope] += 1
        try:
            yield
        finally:
            with self._in_flight.lock:
                under_way[self._scope] -= 1
                if not under_way[self._scope]:
                    del under_way[self._scope]

    def know(self, number: int) -> None:
        """Marks an id from the service's answer as not new."""
        self._in_flight.know(self._kind, number)

    def free(self, ids: Iterable[int]) -> list[int]:
        """Return the ids without an owner. Raises NotYetKnown while a similar write is in flight."""
        with self._in_flight.lock:
            free = [each for each in ids if (self._kind, each) not in self._in_flight.known]
            if free and self._in_flight.under_way[self._scope]:
                raise NotYetKnown("another thread or task is creating the same")
            return free

    def take(self, number: int) -> None:
        """Takes an id for this write. Raises NotYetKnown when another write took it first."""
        with self._in_flight.lock:
            if (self._kind, number) in self._in_flight.known:
                raise NotYetKnown(f"{number} belongs to another write")
            self._in_flight.remember(self._kind, number)
