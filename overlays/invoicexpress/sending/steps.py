"""What a flow may ask of the core that drives it, requests apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pacing import Pace


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait; the answer is the monotonic time afterwards, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Link:
    """Fetch a file by its link; the answer is a Response.

    The link is a secret, and the API key does not go with it.
    """

    url: str = field(repr=False)
    limit: int
    """Largest size to accept, in bytes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Take a turn at the pace; the answer is in how many seconds to ask again, 0 when the turn is taken."""

    pace: Pace
    place: str

    def __call__(self) -> float:
        return self.pace.turn(self.place)


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold back all who share a pace."""

    pace: Pace
    place: str
    seconds: float

    def __call__(self) -> None:
        self.pace.hold(self.place, self.seconds)
