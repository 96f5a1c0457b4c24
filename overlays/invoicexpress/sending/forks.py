"""What a process that was forked makes anew.

A fork copies locks that other threads hold, which nothing in the child ever releases, and sockets, on which
parent and child would read each other's answers.

One thing cannot be made anew: a module that another thread is loading stays half loaded in the child, and its
import waits there for ever. So a fork waits until it is loaded.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, Protocol
from weakref import WeakSet


class Renewable(Protocol):
    """A thing with locks, counts or connections."""

    def renew(self) -> None:
        """Makes them anew, in the child of a fork. Other threads do not exist yet."""


_LIVE: Final[WeakSet[Renewable]] = WeakSet()


def renewed_in_children(thing: Renewable) -> None:
    """Has a thing renewed in the children of this process, for as long as it exists."""
    _LIVE.add(thing)


# Reentrant, since a module may be loaded, and a process forked, by the code of a module being loaded.
_LOADING: Final = threading.RLock()


@contextmanager
def loading() -> Generator[None]:
    """Around imports that a request causes: a fork in another thread waits for their end."""
    with _LOADING:
        yield


def _renew() -> None:
    _LOADING.release()
    for thing in list(_LIVE):
        thing.renew()


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_LOADING.acquire, after_in_parent=_LOADING.release, after_in_child=_renew)
