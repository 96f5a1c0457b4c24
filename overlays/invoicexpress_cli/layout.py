"""How wide the columns of a table are on a terminal, and which it has room for.

Numbers, ids, dates and amounts are never broken: a part of one cannot be copied. Where they do not fit, first
texts and headings take several lines, then columns that can be spared are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

GAP: Final = 2
"""Characters between two columns."""


class Need(NamedTuple):
    """What a column needs, in characters."""

    least: int
    """With its texts and its heading on several lines."""
    values: int
    """With its texts on one line."""
    full: int
    """With its heading on one line, too."""
    spare: int = 0
    """The highest is left out first, 0 never."""

    @classmethod
    def of(cls, heading: str, values: Sequence[str], *, wraps: int, spare: int) -> Need:
        """The need of a column with these values; `wraps` as in `Column`."""
        widest = max(map(cell_len, values), default=0)
        word = max(map(cell_len, heading.split()), default=0)
        least = max(min(widest, wraps) if wraps else widest, word)
        return cls(least, max(least, widest), max(widest, cell_len(heading)), spare)


def fitted(needs: Sequence[Need], room: int | None) -> list[int | None] | None:
    """The width of each column, None for one that is left out; None if those that must stay do not fit.

    `room` is the width of the terminal; without one there is room for everything.
    """
    kept = list(range(len(needs)))
    while room is not None and _sum([needs[index].least for index in kept]) > room:
        spared = max(kept, key=lambda index: needs[index].spare, default=None)
        if spared is None or needs[spared].spare == 0:
            return None
        kept.remove(spared)
    widths = [needs[index].least for index in kept]
    for goals in ([needs[index].values for index in kept], [needs[index].full for index in kept]):
        _widen(widths, goals, room)
    found = dict(zip(kept, widths, strict=True))
    return [found.get(index) for index in range(len(needs))]


def _sum(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _widen(widths: list[int], goals: Sequence[int], room: int | None) -> None:
    """Widens columns towards their goals, the narrowest first, while there is room."""
    while lacking := [index for index, width in enumerate(widths) if width < goals[index]]:
        if room is None:
            widths[:] = goals
            return
        if _sum(widths) >= room:
            return
        widths[min(lacking, key=widths.__getitem__)] += 1
