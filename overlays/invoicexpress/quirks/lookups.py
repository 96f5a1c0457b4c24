"""Looks for the result of a write, until it is found or the time is over.

A thing counts as missing only after `Options.consistency_window` of repeated reads, the last of them
answered: lists lag writes by about two seconds (square-bit 2026-04), and the service may carry out a write
after the client has given up on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

from ..errors import ConfigurationError, InvoiceXpressError, NotFoundError
from ..options import Options
from ..sending.flows import Flow, pause
from ..sending.in_flight import NotYetKnown
from ..sending.pagination import PageReader, PageWalk
from .attempts import proves_absence
from .identity import Identified

T = TypeVar("T")
D = TypeVar("D", bound=Identified)

Look: TypeAlias = Callable[[], Flow[T | None]]
"""Looks up the result of a write; returns None if it is missing.

Raises Undecidable, NotYetKnown, or the exception of a failed read.
"""

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 1.0


class Undecidable(Exception):
    """The lookup does not prove whether a write was carried out. The message describes its finding."""


def look_for(look: Look[T], options: Options, *, once: bool = False) -> Flow[T | None]:
    """Repeats a lookup until it finds something; returns None at the end of the window.

    With `once` the first answered lookup suffices. Raises Undecidable, and the exception of the last lookup.
    """
    began = now = yield from pause(0)
    for seconds in pauses():
        left = began + options.consistency_window - now
        try:
            found = yield from look()
        except (InvoiceXpressError, NotYetKnown) as error:
            # The client was closed meanwhile.
            if left <= 0 or isinstance(error, ConfigurationError):
                raise
        else:
            if found is not None or once or left <= 0:
                return found
        now = yield from pause(min(seconds, left))
    raise AssertionError("unreachable: pauses never end")


def pauses(count: int | None = None) -> Iterator[float]:
    """Seconds between attempts: doubling, then steady. Without a count they never end."""
    seconds = _FIRST_PAUSE
    while count is None or count > 0:
        yield seconds
        seconds = min(2 * seconds, _LONGEST_PAUSE)
        count = None if count is None else count - 1


def matching(find: Callable[[], Flow[D | None]], differences: Callable[[D], Iterator[str]]) -> Look[D]:
    """A lookup of a new thing by its name or code. It raises Undecidable for a thing that differs."""

    def look() -> Flow[D | None]:
        found = yield from find()
        if found is not None and (different := "; ".join(differences(found))):
            raise Undecidable(f"{found.id} exists but differs: {different}")
        return found

    return look


def gone(read: Callable[[], Flow[object]]) -> Flow[bool | None]:
    """Looks for a deleted thing by reading it: True once it is gone, None while it is there."""
    return True if (yield from gone_or_read(read)) is None else None


def gone_or_read(read: Callable[[], Flow[T]]) -> Flow[T | None]:
    """Reads a thing that may be deleted; None once it is gone."""
    try:
        return (yield from read())
    except NotFoundError as error:
        if proves_absence(error):
            return None
        raise


def every(reader: PageReader[T]) -> Flow[Sequence[T]]:
    """All entries of a list."""
    walk, entries = PageWalk(reader), list[T]()
    while not walk.is_over:
        page = walk.accept((yield from walk.next_page()))
        entries += page.entries if page else ()
    return entries
