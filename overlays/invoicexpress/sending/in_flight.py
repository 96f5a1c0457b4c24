"""An account's writes in flight and its known documents, for writes that the service cannot tell apart.

Two threads that create the same thing at once, or one that does so twice within the lag of the lists, each
see the other's document as a new one. The process's own knowledge settles this: a document returned by one
call belongs to that call, and while a similar write is in flight a new document may belong to that write.
All clients of an account in a process share this knowledge, as they share the pace.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Generator, Hashable, Iterable
from contextlib import contextmanager
from typing import Final
from weakref import WeakValueDictionary

from .forks import renewed_in_children
from .issued_references import IssuedReferences

_REMEMBERED: Final = 10_000
"""Most ids kept, latest first. Only the last few seconds matter: lists lag no longer."""
_LATEST: Final = 64
"""Accounts kept after their last client is gone, latest first. The next client may come within the lag."""


class NotYetKnown(Exception):
    """A similar write is in flight, so the owner of a new document is not known yet."""


class InFlight:
    """Known ids and writes in flight of one account, in this process.

    Threads and tasks may share it; no method waits.
    """

    def __init__(self) -> None:
        self.known: Final[dict[tuple[str, int], None]] = {}
        self.rows: Final[dict[int, tuple[str, int | None]]] = {}
        self.references: Final = IssuedReferences()
        self.renew()
        renewed_in_children(self)

    def renew(self) -> None:
        """Frees the lock and drops the parent's writes, in the child of a fork. Known ids stay known."""
        self.lock = threading.Lock()
        self.under_way: Counter[Hashable] = Counter()
        self.others: Counter[Hashable] = Counter()
        self.references.renew()

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

    def row_of(self, document_id: int, key: str, sent: int | None) -> int | None:
        """The row of a série that the first create of a document named, which is `sent` for a new document.

        None stands for the default série. A draft may not show its série, so the process remembers it, with
        the document's key: an emulator that was emptied gives the same ids again.
        """
        with self.lock:
            known, row = self.rows.get(document_id, ("", None))
            if known != key:
                row = sent
                self.rows[document_id] = key, sent
                if len(self.rows) > _REMEMBERED:
                    del self.rows[next(iter(self.rows))]
            return row

    def moved(self, document_id: int, row: int | None) -> None:
        """Notes the row that an update of a draft named; None for the default série."""
        with self.lock:
            if document_id in self.rows:
                self.rows[document_id] = self.rows[document_id][0], row


class _Registry:
    """The InFlight of each account. One that a client or a write holds never leaves it."""

    def __init__(self) -> None:
        self._held: Final[WeakValueDictionary[str, InFlight]] = WeakValueDictionary()
        self._latest: Final[OrderedDict[str, InFlight]] = OrderedDict()
        self.renew()
        renewed_in_children(self)

    def renew(self) -> None:
        """Frees the lock, in the child of a fork."""
        self._lock = threading.Lock()

    def at(self, place: str) -> InFlight:
        """The InFlight of an account, by its address."""
        with self._lock:
            found = self._held.get(place)
            if found is None:
                found = self._held[place] = InFlight()
            self._latest[place] = found
            self._latest.move_to_end(place)
            if len(self._latest) > _LATEST:
                self._latest.popitem(last=False)
            return found

    def forget(self) -> None:
        """Forgets all accounts."""
        with self._lock:
            self._held.clear()
            self._latest.clear()


_REGISTRY: Final = _Registry()


def in_flight_at(place: str) -> InFlight:
    """What the clients of an account in this process share, by the account's address."""
    return _REGISTRY.at(place)


def forget_all() -> None:
    """Forgets all accounts, as if the process had just begun: for tests that share an address."""
    _REGISTRY.forget()


class WriteScope:
    """Writes that the service cannot tell apart, such as creates with the same reference."""

    def __init__(self, in_flight: InFlight, kind: str, *scope: Hashable) -> None:
        self._in_flight = in_flight
        self._kind = kind
        self._scope = (kind, *scope)

    @contextmanager
    def sending(self) -> Generator[None]:
        """Counts a write as in flight until its answer arrives or the attempt fails."""
        with self._in_flight.lock:
            self._in_flight.under_way[self._scope] += 1
        try:
            yield
        finally:
            with self._in_flight.lock:
                under_way = self._in_flight.under_way
                under_way[self._scope] -= 1
                # Below zero in the child of a fork that this write's own thread made.
                if under_way[self._scope] <= 0:
                    del under_way[self._scope]

    @property
    def others(self) -> int:
        """How many writes of another kind have made such things, as settling makes a receipt."""
        return self._in_flight.others[self._scope]

    def count_other(self) -> None:
        """Counts a write of another kind that makes such a thing."""
        with self._in_flight.lock:
            self._in_flight.others[self._scope] += 1

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
