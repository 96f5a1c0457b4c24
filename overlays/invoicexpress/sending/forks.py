"""What a process that was forked makes anew.

A fork copies locks that other threads hold, which nothing in the child ever releases, and sockets, on which
parent and child would read each other's answers.

A module that another thread is loading cannot be made anew: a fork waits (`invoicexpress_loading`).
"""

from __future__ import annotations

import os
from typing import Final, Protocol
from weakref import WeakSet

from invoicexpress_loading import loading

__all__ = ["Renewable", "loading", "renewed_in_children"]


class Renewable(Protocol):
    """A thing with locks, counts or connections."""

    def renew(self) -> None:
        """Makes them anew, in the child of a fork. Other threads do not exist yet."""


_LIVE: Final[WeakSet[Renewable]] = WeakSet()


def renewed_in_children(thing: Renewable) -> None:
    """Has a thing renewed in the children of this process, for as long as it exists."""
    _LIVE.add(thing)


def _renew() -> None:
    for thing in list(_LIVE):
        thing.renew()


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
