"""What a command prints: tables for people, JSON or CSV for programs.

JSON and CSV have the names of fields, ISO dates, and exact numbers as texts with a decimal point and two
decimals or more, so that no program rounds them. The service writes one amount as 123, 123.0 or "123.00";
here it is always 123.00. Tables have headings in the reader's language.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum, StrEnum
from itertools import zip_longest
from typing import Any, Final, NamedTuple, TextIO, TypeAlias, cast

import attrs
from invoicexpress import UNSET, Unset
from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from .layout import GAP, Need, fitted
from .texts import Language, term, text


class Format(StrEnum):
    """Forms of output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Row: TypeAlias = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a list: the field's name, and its English heading."""

    field: str
    heading: str
    is_money: bool = False
    """An amount in a currency, which has two decimals or more."""
    wraps: int = 0
    """A text that may take several lines, with so many characters at least. 0: it stays on one line, so that
    numbers, ids and dates can be read and copied."""
    is_term: bool = False
    """A word of a known list, such as a type or a status: tables show it in the reader's language."""
    spare: int = 0
    """How well a narrow terminal can do without it: the highest is left out first, 0 stays."""

    def of(self, row: Row) -> Any:
        """The row's value."""
        value = row.get(self.field)
        return in_cents(value) if self.is_money and isinstance(value, Decimal) else value


def in_cents(number: Decimal) -> Decimal:
    """The same number with as many decimals as it needs, and at least two: `141.0` as `141.00`."""
    whole, _, decimals = f"{number:f}".partition(".")
    return Decimal(f"{whole}.{decimals.rstrip('0').ljust(2, '0')}") if number.is_finite() else number


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters after which a spreadsheet computes a text (OWASP, CSV injection)."""
_BLANKS: Final = ("\t", "\n")
_STEERING: Final = ("Cc", "Cs")
"""Categories of characters that a cell does not keep: controls, and halves of a pair, which no file can hold.
CSV cannot escape them, and may be shown on a terminal."""
_UNKNOWN: Final = "additional_properties"
"""Where a model keeps the fields of an answer that the client does not know."""
_NARROW_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"
_WIDE: Final = 1000
"""Columns of a pipe, which has none: nothing is cut or wrapped there."""
_LEAST: Final = 20
"""Characters of a line of text, however narrow the terminal is."""


class Output:
    """Prints in one format and language."""

    def __init__(self, form: Format, language: Language, to: TextIO | None = None) -> None:
        self.format = form
        self.language = language
        self._to = to

    @property
    def _file(self) -> TextIO:
        return sys.stdout if self._to is None else self._to

    def rows(self, rows: Iterable[Row], columns: Sequence[Column], *, total: Row | None = None) -> None:
        """A list. `total`: a last line of a table; programs can add for themselves."""
        if self.format is Format.JSON:
            self._json([{column.field: plain(column.of(row)) for column in columns} for row in rows])
        elif self.format is Format.CSV:
            self._csv(rows, columns)
        elif found := list(rows):
            self._table(found, columns, total)
        else:
            print(text("Nothing to show.", self.language), file=self._file)

    def record(self, row: Row, columns: Sequence[Column]) -> None:
        """One thing, a line for each field that it has."""
        if self.format is Format.TABLE:
            self._records([row], columns)
        else:
            self._one(row, columns)

    def whole(self, thing: object, row: Row, columns: Sequence[Column]) -> None:
        """One thing: all its fields as JSON, else as `record`."""
        if self.format is Format.JSON:
            self._json(plain(thing))
        else:
            self.record(row, columns)

    def _one(self, row: Row, columns: Sequence[Column]) -> None:
        if self.format is Format.JSON:
            self._json({column.field: plain(column.of(row)) for column in columns})
        else:
            self._csv([row], columns)

    def gap(self) -> None:
        """An empty line between two tables."""
        print(file=self._file)

    def notes(self, heading: str, notes: Sequence[tuple[str, str]]) -> None:
        """Texts below a table, each with what it is about. They do not wrap, so commands in them are copied
        whole."""
        if notes:
            lines = [Text(text(heading, self.language), "bold")]
            lines += [Text(f"{term(about, self.language)}: {visible(note)}") for about, note in notes]
            self.gap()
            self._print(Text("\n").join(lines), max(line.cell_len for line in lines))

    def line(self, value: object) -> None:
        """One line of JSON, at once: progress that a program reads."""
        print(_escaped(json.dumps(plain(value), ensure_ascii=False)), file=self._file, flush=True)

    def _json(self, value: object) -> None:
        print(_escaped(json.dumps(value, ensure_ascii=False, indent=2)), file=self._file)

    def _csv(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow([column.field for column in columns])
        for row in rows:
            writer.writerow([cell(column.of(row)) for column in columns])
        self._file.write(buffer.getvalue())

    def _table(self, rows: Sequence[Row], columns: Sequence[Column], total: Row | None) -> None:
        cells = {column: [self._cell(column, row) for row in (*rows, total or {})] for column in columns}
        headings = {column: text(column.heading, self.language) for column in columns}
        needs = [
            Need.of(headings[column], cells[column], wraps=column.wraps, spare=column.spare)
            for column in columns
        ]
        widths = fitted(needs, self._room)
        if widths is None:
            self._records(rows if total is None else [*rows, total], columns)
            return
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
        table.show_footer = total is not None
        for column, width in zip(columns, widths, strict=True):
            if width is not None:
                is_number = any(_is_number(row.get(column.field)) for row in rows)
                table.add_column(
                    headings[column],
                    Text(cells[column][-1]),
                    justify="right" if is_number else "left",
                    overflow="fold",
                    width=width,
                )
        kept = [cells[column] for column, width in zip(columns, widths, strict=True) if width is not None]
        for line in list(zip(*kept, strict=True))[: len(rows)]:
            # `Text`, not markup: a client may be called "[red]".
            table.add_row(*map(Text, line))
        self._print(table, sum(width + GAP for width in widths if width is not None))
        if left := [headings[column] for column, width in zip(columns, widths, strict=True) if width is None]:
            left_out = text("Left out, since the terminal is narrow:", self.language)
            shown_by = text("a wider window, --csv or --json shows all.", self.language)
            sys.stderr.write(f"{left_out} {', '.join(left)}; {shown_by}\n")

    def _records(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        """A line for each field that a row has, and an empty line between two rows.

        Only texts wrap. Anything else that is longer than the terminal runs on, so it is copied whole.
        """
        headings = {column: text(column.heading, self.language) for column in columns}
        indent = GAP + max(map(cell_len, headings.values()), default=0)
        room = max((self._room or _WIDE) - indent, _LEAST)
        lines: list[Text] = []
        for number, row in enumerate(rows):
            lines += [Text()] if number else []
            for column in columns:
                if column.of(row) in (None, "", UNSET):
                    continue
                given = Text(self._cell(column, row))
                parts = given.wrap(Console(), room) if column.wraps and self._room else [given]
                for part, heading in zip_longest(parts, [headings[column]], fillvalue=""):
                    blanks = " " * (indent - cell_len(heading))
                    lines.append(Text.assemble((heading, "bold"), blanks, part))
        self._print(Text("\n").join(lines), max((line.cell_len for line in lines), default=0))

    @property
    def wraps(self) -> bool:
        """Whether it prints tables on a terminal, where long texts take several lines."""
        return self.format is Format.TABLE and self._room is not None

    @property
    def _room(self) -> int | None:
        """Columns of the terminal; None for a pipe, where nothing is cut or wrapped."""
        return Console(file=self._file).width if self._file.isatty() else None

    def _print(self, shown_thing: RenderableType, width: int) -> None:
        is_terminal = self._file.isatty()
        console = Console(file=self._file, highlight=False, width=None if is_terminal else max(width, _WIDE))
        if is_terminal:
            console.print(shown_thing, soft_wrap=isinstance(shown_thing, Text))
            return
        with console.capture() as lines:
            console.print(shown_thing)
        self._file.write("".join(f"{line.rstrip()}\n" for line in lines.get().splitlines()))

    def _cell(self, column: Column, row: Row) -> str:
        found = shown(column.of(row), self.language)
        return term(found, self.language) if column.is_term else found


def _is_number(value: object) -> bool:
    """Whether a column of it stands on the right: amounts, counts, ids."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def shown(value: object, language: Language) -> str:
    """A value for people: `1 234,56` in Portuguese, `1,234.56` in English; dates are ISO in both."""
    match value:
        case None | Unset():
            return ""
        case bool():
            return text("yes" if value else "no", language)
        case Decimal():
            whole = value == value.to_integral_value() and value.as_tuple().exponent == -1
            grouped = f"{value.quantize(Decimal(1)) if whole else value:,f}"
            if language is Language.EN:
                return grouped
            return grouped.replace(",", _NARROW_SPACE).replace(".", ",")
        case Enum():
            return str(value.value)
        case datetime.datetime():
            return value.isoformat(" ", "seconds")
        case datetime.date():
            return value.isoformat()
        case _:
            # Several lines, as observations may have, are one in a table.
            return visible(" ".join(str(value).splitlines()))


def visible(given: str) -> str:
    """A text without control characters, which could steer a terminal."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in given)


def _escaped(text: str) -> str:
    """JSON with the same values, in which no character can steer a terminal."""
    return "".join(
        each if each.isprintable() or each == "\n" else json.dumps(each, ensure_ascii=True)[1:-1]
        for each in text
    )


def plain(value: Any) -> Any:
    """A value as JSON has it. Fields that the answer did not have are left out, unknown ones are beside the
    others."""
    kind = cast("type[attrs.AttrsInstance]", type(value))
    if attrs.has(kind):
        pairs = {field.name: getattr(value, field.name) for field in attrs.fields(kind)}
        unknown = cast("Mapping[str, Any]", pairs.pop(_UNKNOWN, {}))
        return {
            name: plain(each) for name, each in {**unknown, **pairs}.items() if not isinstance(each, Unset)
        }
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Unset():
            return None
        case Decimal():
            return f"{in_cents(value):f}"
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return {name: plain(each) for name, each in cast("Mapping[str, Any]", value).items()}
        case list() | tuple():
            return [plain(each) for each in cast("list[Any]", value)]
        case _:
            return str(value)


def cell(value: object) -> str:
    """A value as a cell of CSV. A text that a spreadsheet would compute begins with an apostrophe."""
    found = plain(value)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, list | dict):
        return json.dumps(found, ensure_ascii=False)
    # A carriage return alone is not quoted, and would begin a row.
    lines = str(found).replace("\r\n", "\n").replace("\r", "\n")
    given = "".join("\N{REPLACEMENT CHARACTER}" if _steers(each) else each for each in lines)
    is_number = isinstance(value, int | Decimal | float)
    return f"'{given}" if given.startswith(_FORMULA) and not is_number else given


def _steers(character: str) -> bool:
    return character not in _BLANKS and unicodedata.category(character) in _STEERING
