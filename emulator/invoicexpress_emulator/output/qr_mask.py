"""The mask of a QR code with the lowest penalty (ISO/IEC 18004:2015, 7.8).

The library scores the eight masks module by module, for half of the time of a PDF. Here a symbol is one large
integer with a bit for each module, so that a feature is found everywhere by a few shifts. The mask is the one
that the library chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import segno
from segno import consts

if TYPE_CHECKING:
    from segno import QRCode

_MASKS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
"""Whether a mask turns the module in row `i`, column `j` (table 10)."""

_DATA: Final = frozenset({consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT})
_LATER: Final = frozenset(
    {
        consts.TYPE_FORMAT_DARK,
        consts.TYPE_FORMAT_LIGHT,
        consts.TYPE_VERSION_DARK,
        consts.TYPE_VERSION_LIGHT,
        consts.TYPE_DARKMODULE,
    }
)
"""Modules that are written after the choice, and light for it."""

_GAP: Final = 4
"""Light modules after each row, so that rows do not touch: what is outside counts as light."""


class Frame(NamedTuple):
    """What all symbols of a version share; each integer has a bit for each module."""

    side: int
    kept: int
    """Modules that have their colour when the mask is chosen."""
    turned: tuple[int, ...]
    """What each mask turns."""
    has_right: int
    """Modules with one to their right."""
    has_below: int


def best_mask(code: QRCode) -> int:
    """Return the number of the mask with the lowest penalty, the first of several.

    Args:
        code: the text's symbol with mask 0.
    """
    frame = frame_of(code.version)
    unmasked = bits(code.matrix) & frame.kept ^ frame.turned[0]
    return min(range(len(_MASKS)), key=lambda number: penalty(unmasked ^ frame.turned[number], frame))


@lru_cache(maxsize=40)
def frame_of(version: int | str) -> Frame:
    """Return the frame of a version, by its number."""
    blank = segno.make_qr("", version=version, error="m", mask=0, boost_error=False)
    kinds = [[*row] for row in blank.matrix_iter(border=0, verbose=True)]
    places = range(len(kinds))
    # The library takes this module for format information, of which there are eight (7.9.1).
    kinds[8][-9] = consts.TYPE_DATA_LIGHT

    def where(rule: Callable[[int, int], bool]) -> int:
        return bits(bytes(rule(i, j) for j in places) for i in places)

    data = where(lambda i, j: kinds[i][j] in _DATA)
    last = places[-1]
    return Frame(
        side=len(places),
        kept=where(lambda i, j: kinds[i][j] not in _LATER),
        turned=tuple(where(mask) & data for mask in _MASKS),
        has_right=where(lambda i, j: j < last),
        has_below=where(lambda i, j: i < last),
    )


def penalty(dark: int, frame: Frame) -> int:
    """Return the penalty of a symbol as `bits` has it (7.8.3.1, table 11)."""
    row = frame.side + _GAP
    along = ~(dark ^ dark >> 1) & frame.has_right
    down = ~(dark ^ dark >> row) & frame.has_below
    blocks = along & along >> row & down
    modules = frame.side**2
    steps = abs(20 * dark.bit_count() - 10 * modules) // modules
    return (
        _runs(along, 1)
        + _runs(down, row)
        + 3 * blocks.bit_count()
        + 40 * (_finders(dark, 1) + _finders(dark, row))
        + 10 * steps
    )


def _runs(same: int, step: int) -> int:
    """Return 3 for each run of five modules of a colour, and 1 for each further module of it."""
    fives = same & same >> step & same >> 2 * step & same >> 3 * step
    return fives.bit_count() + 2 * (fives & ~(fives << step)).bit_count()


def _finders(dark: int, step: int) -> int:
    """Count patterns like a finder's, 1:1:3:1:1, with four light modules before or after. Of two that share
    modules the first one counts.
    """
    after = [dark >> place * step for place in range(11)]
    shape = after[0] & ~after[1] & after[2] & after[3] & after[4] & ~after[5] & after[6]
    if not shape:
        return 0
    before = dark << step | dark << 2 * step | dark << 3 * step | dark << 4 * step
    found = shape & ~(before & (after[7] | after[8] | after[9] | after[10]))
    return (found & ~(found << 4 * step | found << 6 * step)).bit_count()


def bits(rows: Iterable[bytes | bytearray]) -> int:
    """Return rows of zeros and ones as one integer; its lowest bit is the first module."""
    gap = bytes(_GAP)
    text = b"".join(row + gap for row in rows)[::-1].translate(_DIGITS)
    return int(text, 2)


_DIGITS: Final = bytes.maketrans(b"\0\1", b"01")
