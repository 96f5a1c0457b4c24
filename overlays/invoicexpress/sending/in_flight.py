"""Which documents are whose, among the writes of one client that the service cannot tell apart.

Two threads that create the same thing at the same moment, or one that does it twice within the lag of the
lists, each see the other's document as a new one. What the client knows of itself settles that: a document
that was handed out is not somebody else's, and while another such write is under way, a document that
appears may be its own.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator, Hashable, Iterable
from contextlib import contextmanager
from typing import Final

_REMEMBERED: Final = 10_000
"""Ids, the latest ones. Only those of the last seconds matter: lists lag no longer than that."""


class NotYetKnown(Exception):
    """Another write is under way, so it cannot be told yet whose a new document is."""


class Claims:
    """What one client has handed out and is creating, and those that `with_options` makes of it.

    Threads and tasks may share one; nothing in it waits.
    """

    def __init__(self) -> None:
        self.lock: Final = threading.Lock()
        self.under_way: Final[Counter[Hashable]] = Counter()
        self.known: Final[dict[tuple[str, int], None]] = {}

    def know(self, kind: str, number: int) -> None:
        """This one is not new: it was handed out, or the caller named it. What was changed lags too.

        `kind` is what has ids of its own, as all documents of an account together have.
        """
        with self.lock:
            self.remember(kind, number)

    def remember(self, kind: str, number: int) -> None:
        """`know`, for who has the lock."""
        self.known[kind, number] = None
        if len(self.known) > _REMEMBERED:
            del self.known[next(iter(self.known))]


class Claim:
    """The claims of writes of one scope: of those that the service cannot tell apart."""

    def __init__(self, claims: Claims, kind: str, *scope: Hashable) -> None:
        self._claims = claims
        self._kind = kind
        self._scope = (kind, *scope)

    @contextmanager
    def sending(self) -> Generator[None]:
        """A write is sent now; at the end it is answered, or will not be."""
        under_way = self._claims.under_way
        with self._claims.lock:
            under_way[self._scope] += 1
        try:
            yield
        finally:
            with self._claims.lock:
                under_way[self._scope] -= 1
                if not under_way[self._scope]:
                    del under_way[self._scope]

    def know(self, number: int) -> None:
        """This one is somebody's: the service has said so."""
        self._claims.know(self._kind, number)

    def free(self, ids: Iterable[int]) -> list[int]:
        """Those that are nobody's. Raises NotYetKnown where that will only be known later."""
        with self._claims.lock:
            unclaimed = [each for each in ids if (self._kind, each) not in self._claims.known]
            if unclaimed and self._claims.under_way[self._scope]:
                raise NotYetKnown("the same is being created by somebody else")
            return unclaimed

    def take(self, number: int) -> None:
        """Claims what was found. Raises NotYetKnown when somebody else was quicker."""
        with self._claims.lock:
            if (self._kind, number) in self._claims.known:
                raise NotYetKnown(f"{number} is somebody else's")
            self._claims.remember(self._kind, number)
