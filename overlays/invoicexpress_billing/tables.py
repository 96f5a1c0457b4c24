"""Reads a file as rows: CSV, JSON Lines, or a spreadsheet.

    table = read_table(Path("november.csv"))
    table.headers                  # ("chave", "data", "preço")
    table.rows[0].number           # 2: the row as Excel shows it, or the line of a text file

Cells keep the type that the file gives them: numbers of a spreadsheet and of JSON are exact decimals, dates
are dates. A CSV file has texts only. `plans` gives all of them a meaning.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, NoReturn, TypeAlias, cast

from .faults import FileFaultError, InputFault, Understood

Cell: TypeAlias = str | Decimal | bool | datetime.date | datetime.time | datetime.timedelta | None
"""A value of a file; None for a blank cell. A `datetime.datetime` is a date with a time of day."""

Kind: TypeAlias = Literal["csv", "jsonl", "spreadsheet"]
"""The form of a file."""


class Row(NamedTuple):
    """A row that is not blank."""

    number: int
    """Excel's row, or the line of a text file on which the row begins; from 1 on."""
    cells: tuple[Cell, ...]
    """One cell for each header, in their order."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and what was understood of its form."""

    name: str
    """Name of the file, without its folder."""
    kind: Kind
    """The form of the file."""
    headers: tuple[str, ...]
    """As in the file, without blanks around them."""
    rows: tuple[Row, ...]
    """The rows that are not blank, in the order of the file."""
    encoding: str | None = None
    """`utf-8-sig`, `utf-8`, `utf-16` or `cp1252`, of a text file."""
    delimiter: str | None = None
    """`;`, `,` or a tab, of a CSV file."""
    sheet: str | None = None
    """Name of the sheet, of a spreadsheet."""
    faults: tuple[InputFault, ...] = ()
    """Rows that do not fit the header, and cells without a value that could be read."""

    @property
    def understood(self) -> tuple[Understood, ...]:
        """Encoding, delimiter and sheet, as far as the file has them."""
        found = (
            ("encoding", self.encoding, self._accented()),
            ("delimiter", _DELIMITER_NAMES.get(self.delimiter or ""), None),
            ("sheet", self.sheet, None),
        )
        return tuple(Understood(what, None, meaning, example) for what, meaning, example in found if meaning)

    def _accented(self) -> str | None:
        """A text that shows whether the encoding is right."""
        cells = (cell for row in self.rows for cell in row.cells if isinstance(cell, str))
        return next((text for text in (*self.headers, *cells) if not text.isascii()), None)


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """The rows of a file, by the ending of its name: .csv, .tsv, .txt; .jsonl, .ndjson; .xlsx, .xlsm, .xls,
    .ods.

    The first row that is not blank is the header. `sheet` names the sheet of a spreadsheet that has several.
    A text file is UTF-8, with a mark or without, UTF-16 with a mark, or cp1252, as Excel writes it in
    Portugal. Raises FileFaultError for a broken file, another ending, a file without header or rows, and for
    two equal headers; OSError for a file that cannot be opened.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise FileFaultError(
            f"{path.name}: expected a name that ends in {', '.join(_READERS)}; save the file as one of these"
        )
    if sheet is not None and read is not _read_spreadsheet:
        raise FileFaultError(f"{path.name}: only a spreadsheet has sheets; leave out the sheet {sheet!r}")
    table = read(path, sheet)
    if not table.rows and not table.faults:
        raise FileFaultError(f"{path.name}: there is no row below the header; add the rows to bill")
    return table


# From the cells of a grid to a table, for CSV files and spreadsheets.


class _Grid(NamedTuple):
    header: tuple[str, ...]
    places: tuple[int, ...]
    """Of the headers among the cells of a row."""
    rows: tuple[Row, ...]
    faults: tuple[InputFault, ...]


def _grid(name: str, records: Iterable[tuple[int, Sequence[Cell]]]) -> _Grid:
    """Header and rows of numbered records. Blank records are skipped, and so are blank columns."""
    filled = (record for record in records if not all(_is_blank(cell) for cell in record[1]))
    first = next(filled, None)
    if first is None:
        raise FileFaultError(f"{name}: the file is empty; its first row needs the names of the columns")
    titles = [_title(cell) for cell in first[1]]
    places = tuple(place for place, title in enumerate(titles) if title)
    header = tuple(titles[place] for place in places)
    _refuse_duplicates(name, header)
    rows: list[Row] = []
    faults: list[InputFault] = []
    for number, cells in filled:
        beyond = [
            place
            for place, cell in enumerate(cells)
            if not _is_blank(cell) and (place >= len(titles) or not titles[place])
        ]
        if beyond:
            faults.append(InputFault(number, None, _beyond(beyond[0], len(titles))))
        row = tuple(_trimmed(cells[place]) if place < len(cells) else None for place in places)
        if any(cell is not None for cell in row):
            rows.append(Row(number, row))
    return _Grid(header, places, tuple(rows), tuple(faults))


def _beyond(place: int, width: int) -> str:
    letter = _letter(place)
    if place < width:
        return f"column {letter} has a value and no header; give it a name in the first row, or clear it"
    return (
        f"there are more cells than the {width} headers; a text that holds the delimiter needs quotes around "
        f"it (cell {letter})"
    )


def _letter(place: int) -> str:
    """The name of a column in a spreadsheet: A, B, …, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _title(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _trimmed(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return cell.strip().replace("\r\n", "\n").replace("\r", "\n") or None


def _refuse_duplicates(name: str, header: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for title in header:
        known = seen.setdefault(title.casefold(), title)
        if known is not title:
            raise FileFaultError(f"{name}: two columns are called {title!r}; give each a name of its own")


# CSV

_DELIMITER_NAMES: Final = {";": "semicolon", ",": "comma", "\t": "tab"}
"""Known delimiters; of several that separate as many headers the first is taken."""
_SEPARATING: Final = "".join(_DELIMITER_NAMES) + " "
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HINT: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which Excel knows the delimiter."""


def _read_csv(path: Path, _sheet: str | None) -> Table:
    text, encoding = _decoded(path)
    body, skipped = text, 0
    if hint := _HINT.match(text):
        body, skipped = text[hint.end() :], 1
    delimiter = hint[1] if hint else _delimiter(path.name, body)
    if delimiter not in _DELIMITER_NAMES:
        raise FileFaultError(f"{path.name}: unknown delimiter {delimiter!r}; save the file with semicolons")
    grid = _grid(path.name, _records(path.name, body, delimiter, skipped))
    return Table(path.name, "csv", grid.header, grid.rows, encoding, delimiter, None, grid.faults)


def _decoded(path: Path) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    content = path.read_bytes()
    encodings: tuple[str, ...]
    if content.startswith(_UTF16_MARKS):
        encodings = ("utf-16",)
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding
    raise FileFaultError(f"{path.name}: not a text in UTF-8 or cp1252; save the file as CSV UTF-8")


def _delimiter(name: str, text: str) -> str:
    """The delimiter that splits the first row into most parts."""
    parts = {each: _parts(name, text, each) for each in _DELIMITER_NAMES}
    return max(parts, key=lambda each: parts[each])


def _parts(name: str, text: str, delimiter: str) -> int:
    """Into how many parts a delimiter splits the first row that is not blank; 0 if it cannot."""
    try:
        records = (record for _, record in _records(name, text, delimiter, 0))
        return len(next((each for each in records if "".join(map(str, each)).strip(_SEPARATING)), ()))
    except FileFaultError:
        return 0


def _records(name: str, text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The records of a text, each with the line on which it begins, after some lines that were skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1 + skipped
    try:
        for record in reader:
            yield begins, record
            begins = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise FileFaultError(
            f"{name}: row {begins}: not CSV ({error}); check the quotes of this row and of those around it"
        ) from None


# JSON Lines


def _read_jsonl(path: Path, _sheet: str | None) -> Table:
    text, encoding = _decoded(path)
    rows: list[tuple[int, Mapping[str, Cell]]] = []
    faults: list[InputFault] = []
    headers: dict[str, None] = {}
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        row: dict[str, Cell] = {}
        for key, value in _object(path.name, number, line).items():
            title = _title(key)
            headers[title] = None
            if isinstance(value, _Unreadable):
                faults.append(InputFault(number, title, value.message))
            else:
                row[title] = _trimmed(value)
        rows.append((number, row))
    if not rows:
        raise FileFaultError(f"{path.name}: the file is empty; it needs one JSON object on each line")
    titles = tuple(headers)
    _refuse_duplicates(path.name, titles)
    filled = (Row(number, tuple(row.get(title) for title in titles)) for number, row in rows)
    kept = tuple(row for row in filled if any(cell is not None for cell in row.cells))
    return Table(path.name, "jsonl", titles, kept, encoding, faults=tuple(faults))


class _Unreadable(NamedTuple):
    message: str


def _object(name: str, number: int, line: str) -> dict[str, Cell | _Unreadable]:
    """The object on one line."""
    try:
        found = json.loads(
            line,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as error:
        raise FileFaultError(
            f"{name}: row {number}: not JSON ({error.msg}, character {error.colno}); "
            "put one object on each line"
        ) from None
    except RecursionError:
        raise FileFaultError(f"{name}: row {number}: nested too deeply; correct the line") from None
    except ValueError as error:
        raise FileFaultError(f"{name}: row {number}: {error}; correct the line") from None
    if not isinstance(found, dict):
        raise FileFaultError(f'{name}: row {number}: expected an object such as {{"key": "A-1", …}}')
    return {key: _scalar(value) for key, value in cast("dict[str, object]", found).items()}


def _scalar(value: object) -> Cell | _Unreadable:
    if value is None or isinstance(value, str | Decimal | bool):
        return value
    what = "a list" if isinstance(value, list) else "an object"
    return _Unreadable(f"expected one value, got {what}; write one line for each line of a document")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


_LONGEST_NUMBER: Final = 40
"""Digits of a number before and after its point. Python would write 1E999999 out in full."""


def _number(text: str) -> Decimal:
    found = Decimal(text)
    if len(text) > _LONGEST_NUMBER or abs(found.adjusted()) > _LONGEST_NUMBER:
        raise ValueError(f"{text[:_LONGEST_NUMBER]} is too long for an amount")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no amount")


# Spreadsheets


def _read_spreadsheet(path: Path, sheet: str | None) -> Table:
    from . import workbooks  # noqa: PLC0415 - only spreadsheets need python-calamine

    found = workbooks.read(path, sheet)
    grid = _grid(path.name, found.records)
    titles = dict(zip(grid.places, grid.header, strict=True))
    lost = tuple(
        InputFault(number, titles[place], message)
        for (number, place), message in found.lost.items()
        if place in titles
    )
    return Table(
        path.name, "spreadsheet", grid.header, grid.rows, None, None, found.sheet, (*grid.faults, *lost)
    )


_READERS: Final[Mapping[str, Callable[[Path, str | None], Table]]] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".txt": _read_csv,
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".xlsx": _read_spreadsheet,
    ".xlsm": _read_spreadsheet,
    ".xls": _read_spreadsheet,
    ".ods": _read_spreadsheet,
}
