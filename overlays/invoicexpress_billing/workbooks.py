"""Reads a sheet of a spreadsheet with python-calamine, and finds the cells that it shows as blank.

python-calamine returns an error cell (#N/A), and a formula that was never calculated, as a blank text. A
discount lost this way would be a wrong invoice, so the XML of .xlsx files is searched for such cells. In the
binary .xls files they cannot be told from blank ones.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree

from .faults import FileFaultError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from .tables import Cell

_DIGITS: Final = 15
"""Significant digits that a spreadsheet keeps of a number. Those of a float after them are noise."""


class Sheet(NamedTuple):
    """The cells of a sheet."""

    sheet: str
    records: Iterator[tuple[int, Sequence[Cell]]]
    """Each row with its number, from 1 on."""
    lost: Mapping[tuple[int, int], str]
    """What is wrong with cells that look blank, by number of the row and place in it from 0 on."""


def read(path: Path, sheet: str | None) -> Sheet:
    """A sheet by its name, or the only visible one that is not empty.

    Raises FileFaultError for a broken or protected file, an unknown sheet, and several sheets without a name.
    """
    try:
        import python_calamine as calamine  # noqa: PLC0415 - only spreadsheets need it
    except ImportError:
        raise FileFaultError(
            f"{path.name}: spreadsheets need python-calamine; install invoicexpress[billing], or save "
            "the sheet as CSV UTF-8"
        ) from None
    try:
        with calamine.load_workbook(path) as book:  # pyright: ignore[reportUnknownMemberType]
            name = sheet if sheet is not None else _only_sheet(path.name, book)
            if name not in book.sheet_names:
                raise FileFaultError(f"{path.name}: there is no sheet {name!r}; {_choice(book.sheet_names)}")
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except calamine.PasswordError:
        raise FileFaultError(
            f"{path.name}: the file is protected by a password; save it without one"
        ) from None
    except calamine.CalamineError as error:
        raise FileFaultError(
            f"{path.name}: not a spreadsheet that can be read ({error}); open it and save it again"
        ) from None
    records = ((number, [_cell(each) for each in row]) for number, row in enumerate(rows, start=1))
    return Sheet(name, records, _lost_cells(path, name))


def _only_sheet(file: str, book: CalamineWorkbook) -> str:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - loads for spreadsheets

    shown = [
        each.name
        for each in book.sheets_metadata
        if (each.visible, each.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet)
    ]
    filled = [name for name in shown if book.get_sheet_by_name(name).start is not None]
    if not filled:
        raise FileFaultError(
            f"{file}: every visible sheet is empty; the first row needs the names of the columns"
        )
    if len(filled) > 1:
        raise FileFaultError(f"{file}: several sheets have rows; {_choice(filled)}")
    return filled[0]


def _choice(names: Sequence[str]) -> str:
    return f"name one of {', '.join(map(repr, names))}"


def _cell(
    value: float | str | datetime.time | datetime.date | datetime.timedelta,
) -> Cell:
    """A cell as a typed value. A float becomes the decimal of the digits that a spreadsheet keeps."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return plain(Decimal(f"{value:.{_DIGITS}g}"))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    return value


def plain(number: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at its end: 1001, not 1001.0 or 1.001E+3."""
    whole = number.to_integral_value()
    return Decimal(f"{whole:f}") if whole == number else Decimal(f"{number.normalize():f}")


# Cells that python-calamine returns as blank texts

_PLACE: Final = re.compile(r"([A-Z]+)([0-9]+)")
_ZIPPED: Final = (".xlsx", ".xlsm")


def _lost_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Cells of an .xlsx file with an error, or with a formula without a result."""
    if path.suffix.lower() not in _ZIPPED:
        return {}
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_part(archive, sheet)) as part:
            return dict(_broken(ElementTree.iterparse(part)))  # noqa: S314 - expat bounds entities
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, StopIteration):
        raise FileFaultError(f"{path.name}: the file is damaged; open it and save it again") from None


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the file within an .xlsx file that holds a sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - see _lost_cells
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    entry = next(each for each in book.iter() if _name(each) == "sheet" and each.get("name") == sheet)
    link = next(value for key, value in entry.items() if key.endswith("}id"))
    target = next(each.get("Target", "") for each in links.iter() if each.get("Id") == link)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _broken(
    events: Iterator[tuple[str, ElementTree.Element]],
) -> Iterator[tuple[tuple[int, int], str]]:
    for _, element in events:
        if _name(element) == "c":
            place = _PLACE.fullmatch(element.get("r", ""))
            parts = {_name(part): part.text or "" for part in element}
            if place and element.get("t") == "e":
                yield _where(place), f"the cell has the error {parts.get('v', '')}; correct its formula"
            elif place and "f" in parts and not parts.get("v") and element.get("t") != "str":
                yield _where(place), "the formula has no result; open the file in Excel and save it again"
        elif _name(element) == "row":
            element.clear()


def _where(place: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[2]), column - 1


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
