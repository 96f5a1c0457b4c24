"""Which fault hits which request of a cell: the place of a fault, counted where the requests arrive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from invoicexpress.sending.retries import REPEATS, Repeat
from invoicexpress_emulator.faults.effects import Effect, Replaced, Reset

READS: Final = frozenset(name for name, repeat in REPEATS.items() if repeat is Repeat.READ)
LOST_ANSWER: Final = Reset(applied=True)
LOST_REQUEST: Final = Reset(applied=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The connection is refused: the request never leaves. It is the client's side that sees to it."""


Hit = Effect | Refused
Make = Callable[[bytes], Hit]
"""Makes an effect of the undisturbed answer's body."""


@dataclass(frozen=True)
class Place:
    """Where a fault falls.

    `ahead` hits the first attempts, `at` is how many attempts of the write the fault itself hits, and
    `reads_before` and `reads_after` how many reads before the first attempt and after it.
    """

    name: str
    words: str
    ahead: tuple[Effect, ...] = ()
    at: int = 0
    reads_before: int = 0
    reads_after: int = 0


EVER: Final = 1_000_000
FIRST: Final = Place("first", "the first attempt", at=1)
PLACES: Final = (
    FIRST,
    Place("twice", "the first two attempts", at=2),
    Place("always", "every attempt", at=EVER),
    Place("second, answer lost", "the second attempt, after a lost answer", ahead=(LOST_ANSWER,), at=1),
    Place("second, request lost", "the second attempt, after a lost request", ahead=(LOST_REQUEST,), at=1),
    Place(
        "look-up, answer lost", "the first look-up, after a lost answer", ahead=(LOST_ANSWER,), reads_after=1
    ),
    Place(
        "look-up, request lost",
        "the first look-up, after a lost request",
        ahead=(LOST_REQUEST,),
        reads_after=1,
    ),
    Place(
        "look-ups, answer lost", "every look-up, after a lost answer", ahead=(LOST_ANSWER,), reads_after=EVER
    ),
    Place(
        "look-ups, request lost",
        "every look-up, after a lost request",
        ahead=(LOST_REQUEST,),
        reads_after=EVER,
    ),
    Place("before", "the first read, before the write", reads_before=1),
)


@dataclass
class Observed:
    """Request of a cell, as it arrived: its operation, and whether a fault hit it."""

    names: frozenset[str]
    was_hit: bool

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return bool(self.names & READS)


@dataclass
class CellPlan:
    """Gives each request of a cell its effect, and notes what arrived.

    The emulator's event loop asks for effects, the client's transport for refused connections.
    """

    target: str
    place: Place
    make: Make
    bodies: dict[str, bytes]
    """Undisturbed answers by operation."""
    on_request: Callable[[frozenset[str]], None] = lambda _: None
    requests: list[Observed] = field(default_factory=list[Observed])
    fired: int = 0
    _attempts: int = 0
    _reads: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def effect_on(self, names: frozenset[str]) -> Effect | None:
        """Note a request that arrived, and return the effect on it."""
        self.on_request(names)
        hit = self._next(names, at_the_client=False)
        assert not isinstance(hit, Refused)
        return hit

    def is_refused(self, names: frozenset[str]) -> bool:
        """Whether the connection of a request is refused; one that is counts as an attempt."""
        return self._next(names, at_the_client=True) is not None

    def _next(self, names: frozenset[str], *, at_the_client: bool) -> Hit | None:
        with self._lock:
            is_read, is_target = bool(names & READS), self.target in names
            hit = self._due(names, is_read=is_read, is_target=is_target)
            if at_the_client != isinstance(hit, Refused):
                # It is the other side's turn to count this request.
                return None
            if is_target:
                self._attempts += 1
            elif is_read:
                self._reads += 1
                if not self._attempts:
                    self._reads_before = self._reads
            self.requests.append(Observed(names, hit is not None))
            return hit

    _reads_before: int = 0

    def _due(self, names: frozenset[str], *, is_read: bool, is_target: bool) -> Hit | None:
        place = self.place
        if is_target:
            ahead = len(place.ahead)
            if self._attempts < ahead:
                return place.ahead[self._attempts]
            return self._made(names) if self._attempts < ahead + place.at else None
        if is_read and not self._attempts:
            return self._made(names) if self._reads < place.reads_before else None
        if is_read and self._reads - self._reads_before < place.reads_after:
            return self._made(names)
        return None

    def _made(self, names: frozenset[str]) -> Hit:
        self.fired += 1
        body = next((self.bodies[name] for name in sorted(names) if name in self.bodies), b"")
        return self.make(body)


def answer(
    status: int,
    body: bytes = b"",
    media_type: str = "application/json; charset=utf-8",
    *,
    applied: bool,
    **headers: str,
) -> Replaced:
    """Return the effect that answers otherwise."""
    return Replaced(status, headers, media_type, body, applied)
