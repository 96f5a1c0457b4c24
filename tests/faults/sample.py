"""The short form of the matrix: a sample that is spread over all of it.

Each write meets each group of faults, and each fault falls at each place and on both clients. Another seed
gives another such sample, so the samples of several seeds come ever closer to the whole.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .cells import KINDS, Cell, Kind
from .faults import FAULTS, Fault
from .plan import PLACES, Place
from .service import PROFILES, ProfileName
from .writes import WRITES, Write

PLACES_OF_A_WRITE: Final = 8
"""At how many of the places each write meets a fault: the sample has a minute of `make test`."""
GROUPS: Final = tuple(dict.fromkeys(fault.group for fault in FAULTS))
_OBSERVED_OF_FOUR: Final = 3
"""How many of four writes meet the wire that the service speaks, rather than the documented one."""


@dataclass(frozen=True)
class Choice:
    """A cell whose target is still to be found among the operations that its write sends."""

    write: Write
    fault: Fault
    place: Place
    kind: Kind
    profile: ProfileName
    lot: int

    def cell(self, operations: Sequence[str]) -> Cell:
        """Return the cell, with one of the operations that change something as its target."""
        target = operations[self.lot % len(operations)]
        return Cell(self.write, target, self.fault, self.place, self.kind, self.profile)


def sample(seed: int) -> tuple[Choice, ...]:
    """Return the sample of a seed: so many cells for each write."""
    lots = random.Random(seed)  # noqa: S311 - a spread, not a secret
    seen = _Seen()
    return tuple(choice for write in WRITES for choice in _of_write(write, lots, seen))


class _Seen:
    """How often each fault fell at each place, and on each client."""

    def __init__(self) -> None:
        self.places: Counter[tuple[str, str]] = Counter()
        self.kinds: Counter[tuple[str, str]] = Counter()

    def add(self, fault: Fault, place: Place, kind: Kind) -> None:
        self.places[fault.name, place.name] += 1
        self.kinds[fault.name, kind] += 1

    def rarest(self, faults: Sequence[Fault], place: Place, kind: Kind) -> Fault:
        return min(
            faults,
            key=lambda fault: (self.places[fault.name, place.name], self.kinds[fault.name, kind]),
        )


def _of_write(write: Write, lots: random.Random, seen: _Seen) -> Iterator[Choice]:
    profile = _profile(write, lots)
    kinds: list[Kind] = [KINDS[number % len(KINDS)] for number in range(PLACES_OF_A_WRITE)]
    lots.shuffle(kinds)
    unmet = list(GROUPS)
    for place, kind in zip(lots.sample(PLACES, PLACES_OF_A_WRITE), kinds, strict=True):
        faults = [fault for fault in FAULTS if not unmet or fault.group in unmet]
        lots.shuffle(faults)
        fault = seen.rarest(faults, place, kind)
        if unmet:
            unmet.remove(fault.group)
        seen.add(fault, place, kind)
        yield Choice(write, fault, place, kind, profile, lots.randrange(1 << 16))


def _profile(write: Write, lots: random.Random) -> ProfileName:
    drawn: ProfileName = "observed" if lots.randrange(4) < _OBSERVED_OF_FOUR else "documented"
    return drawn if write.not_in != drawn else profile_with(write)


def profile_with(write: Write) -> ProfileName:
    """Return the first profile that has the operation of a write."""
    return next(profile for profile in PROFILES if profile != write.not_in)
