"""Output: text for a person on a terminal, JSON for a program, one object per line."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_RED: Final = "31"
_FAINT: Final = "2"
_GAP: Final = "  "
_NARROWEST: Final = 20
"""Columns that the last cell of a row keeps on a narrow terminal."""


class Column(NamedTuple):
    """A column of a table. The last one of a table is cut to the width of the terminal."""

    title: str
    width: int = 0
    """The least width; a longer cell shifts its row."""
    is_number: bool = False


class Output:
    """Where a command prints to."""

    def __init__(self, form: str | None) -> None:
        """Print in a form: `text` or `json`; None for text on a terminal and JSON anywhere else."""
        is_terminal = sys.stdout.isatty()
        self.is_text = form == "text" or (form is None and is_terminal)
        self._width = shutil.get_terminal_size().columns if is_terminal else None
        plain = not is_terminal or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        self._has_color = not plain

    def line(self, text: str) -> None:
        """Print a line of text."""
        print(text, flush=True)  # noqa: T201 - the command's output

    def json(self, value: Any) -> None:
        """Print a value as JSON in one line."""
        self.line(json.dumps(value, ensure_ascii=False, default=_plain))

    def done(self, sentence: str, value: Mapping[str, Any]) -> None:
        """Print what was done: a sentence, or an object."""
        if self.is_text:
            self.line(printable(sentence))
        else:
            self.json(value)

    def objects(
        self,
        found: Sequence[DataclassInstance],
        columns: Sequence[Column],
        rows: Iterable[Sequence[str]],
        nothing: str,
    ) -> None:
        """Print a table, or each object in a line; `nothing` is the sentence for an empty table."""
        if not self.is_text:
            for each in found:
                self.json(asdict(each))
            return
        cells = [[printable(cell) for cell in row] for row in rows]
        if not cells:
            self.line(nothing)
            return
        widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
        fitted = [
            column._replace(width=max(column.width, len(column.title), width))
            for column, width in zip(columns, widths, strict=True)
        ]
        self.head(fitted)
        for row in cells:
            self.row(fitted, row)

    def head(self, columns: Sequence[Column]) -> None:
        """Print the head of a table."""
        self.line(self._painted(self._joined(columns, [column.title for column in columns]), _FAINT))

    def row(self, columns: Sequence[Column], cells: Sequence[str], *, is_bad: bool = False) -> None:
        """Print a row of a table."""
        text = self._joined(columns, [printable(cell) for cell in cells])
        self.line(self._painted(text, _RED) if is_bad else text)

    def note(self, text: str) -> None:
        """Print a line that belongs to the row above."""
        self.line(self._painted(f"    {printable(text)}", _FAINT))

    def _joined(self, columns: Sequence[Column], cells: Sequence[str]) -> str:
        *first, last = (
            _padded(cell, column.width, right=column.is_number)
            for column, cell in zip(columns, cells, strict=True)
        )
        start = "".join(f"{cell}{_GAP}" for cell in first)
        if self._width is not None:
            last = _cut(last.rstrip(), max(self._width - width_of(start), _NARROWEST))
        return f"{start}{last}".rstrip()

    def _painted(self, text: str, color: str) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self._has_color else text


def printable(text: str) -> str:
    """Return a text without characters that would steer a terminal: each becomes a question mark."""
    return "".join(each if each.isprintable() else " " if each in "\n\t" else "?" for each in text)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_columns_of(each) for each in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"


def _cut(text: str, width: int) -> str:
    if width_of(text) <= width:
        return text
    while width_of(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON")
