"""A4 paper and a pen: measures, colours, and text that always keeps to its width."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Final, Literal, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from .characters import ENCODING, printable

FONT: Final = "Helvetica"
MARGIN: Final = 15.0
"""Millimetres, as all measures here; sizes of type are in points."""
WIDTH: Final = 210.0 - 2 * MARGIN
BOTTOM: Final = 297.0 - 26.0
"""Where content ends and the footer begins."""
TOP: Final = 44.0
"""Where content begins."""
RIGHT_HALF: Final = MARGIN + 95.0
HALF_WIDTH: Final = WIDTH - 95.0

Colour = tuple[int, int, int]
INK: Final[Colour] = (33, 37, 41)
GREY: Final[Colour] = (97, 103, 109)
RED: Final[Colour] = (176, 42, 55)
RULE: Final[Colour] = (200, 204, 208)
SHADE: Final[Colour] = (240, 242, 244)
WATERMARK: Final[Colour] = (232, 232, 232)

_SMALLEST: Final = 3.0
_STEP: Final = 0.25
_MORE: Final = "..."

Align = Literal["L", "R", "C"]
Weight = Literal["", "B"]


class Paper(FPDF):
    """Paper that text is written on. Nothing is parsed in the text, and no text leaves its width."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = ENCODING
        self.set_margins(MARGIN, 12, MARGIN)
        self.set_auto_page_break(False)
        # Else the library puts the number of pages wherever a text has its placeholder.
        self.alias_nb_pages("")

    def ink(self, colour: Colour = INK, size: float = 9, style: Weight = "") -> None:
        """Choose colour, size and weight of the next text."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def write_line(self, text: str, width: float = 0, height: float = 4.5, align: Align = "L") -> None:
        """Write one line and go below it, where it began."""
        left = self.get_x()
        self.cell(width, height, printable(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        self.set_x(left)

    def write_shrunk(
        self, text: str, width: float, height: float, align: Align = "L", *, fill: bool = False
    ) -> None:
        """Write a number or a code in one cell, smaller if it needs to be.

        It is cut only where it would be too small to read: SAF-T ends a document's number at 60 characters,
        and here fit a hundred.
        """
        shown = printable(text)
        size = self.font_size_pt
        while self.get_string_width(shown) > width - 2 * self.c_margin and self.font_size_pt > _SMALLEST:
            self.set_font_size(self.font_size_pt - _STEP)
        self.cell(width, height, self.fitted(shown, width), align=align, fill=fill)
        self.set_font_size(size)

    def wrapped(self, text: str, width: float, height: float = 4.2) -> list[str]:
        """Return the lines that a text needs in this width, in the present font."""
        lines = cast(
            "list[str]",
            self.multi_cell(width, height, printable(text), dry_run=True, output=MethodReturnValue.LINES),
        )
        # The library hands back bytes of the font's encoding dressed up as Latin-1.
        return [line.encode("latin-1").decode(ENCODING) for line in lines]

    def wrapped_in(self, sizes: Iterable[float], text: str, width: float) -> list[str]:
        """Return as few lines as one of these sizes of type needs, and choose that size: the first of them
        that needs no more.
        """
        fewest: tuple[float, list[str]] | None = None
        for size in sizes:
            self.set_font_size(size)
            lines = self.wrapped(text, width)
            if fewest is None or len(lines) < len(fewest[1]):
                fewest = size, lines
            if len(lines) == 1:
                break
        if fewest is None:
            raise ValueError("There is no size to choose from.")
        self.set_font_size(fewest[0])
        return fewest[1]

    def wrapped_to(self, most: int, text: str, width: float) -> list[str]:
        """Return at most `most` lines; the last one ends in dots if there would be more."""
        lines = self.wrapped(text, width)
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.fitted(" ".join(lines[most - 1 :]), width)]

    def fitted(self, text: str, width: float) -> str:
        """Return as much of a text as one line of this width holds."""
        shown = printable(text).replace("\n", " ")
        room = width - 2 * self.c_margin
        if self.get_string_width(shown) <= room:
            return shown
        kept = bisect.bisect_right(
            range(len(shown)), room, key=lambda length: self.get_string_width(shown[:length] + _MORE)
        )
        return shown[: max(kept - 1, 0)] + _MORE

    def rule(self, y: float, width: float = WIDTH) -> None:
        """Draw a thin line from the left margin."""
        self.set_draw_color(*RULE)
        self.line(MARGIN, y, MARGIN + width, y)

    def has_room(self, height: float) -> bool:
        """Whether this much more fits above the footer."""
        return self.get_y() + height <= BOTTOM
