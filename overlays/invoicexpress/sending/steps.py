"""Steps that a flow yields to the core that drives it, besides requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .pacing import Pace


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait; the outcome is the monotonic time afterwards, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Link:
    """Fetch a file by its link; the outcome is a Response.

    The link is a secret, and is fetched without the API key.
    """

    url: str = field(repr=False)
    limit: int
    """Largest size to accept, in bytes after decompression."""

    def __reduce__(self) -> Any:
        raise TypeError("a Link is a secret, and cannot be pickled or copied")


@dataclass(frozen=True, slots=True)
class Turn:
    """Take a turn at the pace; the outcome is 0, or the seconds until the next try."""

    pace: Pace
    place: str

    def __call__(self) -> float:
        return self.pace.turn(self.place)


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold back all clients that share a pace."""

    pace: Pace
    place: str
    seconds: float

    def __call__(self) -> None:
        self.pace.hold(self.place, self.seconds)
