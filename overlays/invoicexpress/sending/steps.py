"""Steps that a flow yields to the core that drives it, besides requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .pacing import Pace


class Pause(NamedTuple):
    """Wait; the outcome is the monotonic time afterwards, in seconds."""

    seconds: float


class Link(NamedTuple):
    """Fetch a file by its link; the outcome is a Response.

    The link is a secret, and is fetched without the API key.
    """

    url: str
    limit: int
    """Largest size to accept, in bytes after decompression."""
    is_redirected: bool = False

    def __repr__(self) -> str:
        return f"<Link to at most {self.limit} bytes>"

    def __reduce__(self) -> Any:
        raise TypeError("a Link is a secret, and cannot be pickled or copied")


class Turn(NamedTuple):
    """Take a turn at the pace; the outcome is 0, or the seconds until the next try."""

    pace: Pace
    place: str

    def __call__(self) -> float:
        return self.pace.turn(self.place)


class Hold(NamedTuple):
    """Hold back all clients that share a pace."""

    pace: Pace
    place: str
    seconds: float

    def __call__(self) -> None:
        self.pace.hold(self.place, self.seconds)
