"""The cells of the matrix: a write, the operation that a fault hits, the fault, its place, and the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, Self, get_args

from .faults import CORE, FAULTS, Fault
from .plan import FIRST, PLACES, Place
from .service import PROFILES, ProfileName
from .writes import REPRESENTATIVES, WRITES, Write

Kind = Literal["sync", "async"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True)
class Cell:
    """One trial of the matrix."""

    write: Write
    target: str
    """The operation that the fault hits."""
    fault: Fault
    place: Place
    kind: Kind
    profile: ProfileName

    @property
    def name(self) -> str:
        """How reports call it, and `--cell` and `--only` find it."""
        write = f"{self.write.name} @ {self.target}"
        return " × ".join((write, self.fault.name, self.place.name, self.kind, self.profile))

    @classmethod
    def named(cls, name: str) -> Self:
        """Return the cell of a name, even one outside the long form. Raises ValueError for none."""
        try:
            call, fault, place, kind, profile = name.split(" × ")
            write, target = call.split(" @ ")
            return cls(
                next(each for each in WRITES if each.name == write),
                target,
                next(each for each in FAULTS if each.name == fault),
                next(each for each in PLACES if each.name == place),
                next(each for each in KINDS if each == kind),
                next(each for each in PROFILES if each == profile),
            )
        except (ValueError, StopIteration):
            raise ValueError(f"no cell is called {name!r}") from None


def cells_of(write: Write, operations: Iterable[str], *, reads_first: bool) -> Iterator[Cell]:
    """Yield the cells of the long form for a write.

    A method that several namespaces share meets every fault in one of them, and the core of each group in the
    others.
    """
    for profile, target, kind in product(PROFILES, dict.fromkeys(operations), KINDS):
        if write.not_in != profile:
            yield from _cells_of(write, target, kind, profile, reads_first=reads_first)


def _cells_of(
    write: Write, target: str, kind: Kind, profile: ProfileName, *, reads_first: bool
) -> Iterator[Cell]:
    is_main = REPRESENTATIVES[write.name] is write
    if profile == "observed" and is_main:
        for fault in FAULTS:
            yield Cell(write, target, fault, FIRST, kind, profile)
        for place in PLACES[1:]:
            if place.reads_before and not reads_first:
                continue
            for fault in CORE:
                yield Cell(write, target, fault, place, kind, profile)
    elif (profile == "observed" and kind == "sync") or (is_main and kind == "async"):
        for fault in CORE:
            yield Cell(write, target, fault, FIRST, kind, profile)
