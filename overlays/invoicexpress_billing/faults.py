"""What is wrong with a file, and what was understood of it."""

from __future__ import annotations

from typing import NamedTuple


class FileFaultError(Exception):
    """A file cannot be read as rows at all. The text says what was wrong, and what to do."""


class InputFault(NamedTuple):
    """One fault of a file, for the person who corrects it."""

    row: int | None
    """As the program shows it that the file comes from: Excel's row, or the line of a text file, from 1 on.
    None for a fault of the whole file, or of a whole column.
    """
    column: str | None
    """The header, as the file has it."""
    message: str
    """What is wrong, and what was expected."""

    def __str__(self) -> str:
        row = None if self.row is None else f"row {self.row}"
        column = None if self.column is None else f"column {self.column}"
        where = ", ".join(part for part in (row, column) if part)
        return f"{where}: {self.message}" if where else self.message


class Understood(NamedTuple):
    """One thing that the file does not say outright, to be shown before anything is sent."""

    what: str
    """`encoding`, `delimiter`, `sheet`, `column`, `amounts`, `dates`, `tax` or `default`."""
    column: str | None
    """The header, as the file has it. None for the file as a whole, and for an absent column."""
    meaning: str
    """`decimal comma`, `cp1252`."""
    example: str | None = None
    """A value of the file with its meaning: `1.234,56 is 1234.56`."""

    def __str__(self) -> str:
        about = self.what if self.column is None else f"column {self.column}"
        return f"{about}: {self.meaning}" + (f" ({self.example})" if self.example else "")
