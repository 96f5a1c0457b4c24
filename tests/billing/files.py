"""Files as other programs write them: a small writer of .xlsx and .ods, and the account of these tests."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from xml.sax.saxutils import escape

from invoicexpress import Tax

TODAY: Final = datetime.date(2026, 11, 30)
TAXES: Final = (
    Tax(1, "IVA23", Decimal(23), "PT", "NOR", True),
    Tax(2, "IVA6", Decimal(6), "PT", "RED", False),
    Tax(3, "Isento", Decimal(0), "PT", "ISE", False),
    Tax(4, "IVA4 Açores", Decimal(4), "PT-AC", "RED", False),
    Tax(5, "IVA4 Madeira", Decimal(4), "PT-MA", "RED", False),
    Tax(6, "IVA5 Madeira", Decimal(5), "PT-MA", "RED", False),
)


class Formula(NamedTuple):
    """A formula with its result; None if it was never calculated."""

    result: float | str | None


class Broken(NamedTuple):
    """A cell with an error, such as `#DIV/0!`."""

    error: str


Written: TypeAlias = str | float | bool | datetime.date | Formula | Broken | None

_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH: Final = datetime.date(1899, 12, 30)


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[Written]]], *, hidden: str = "") -> Path:
    """Write a workbook. A float is written with 17 digits, as Excel does."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        f" state='{'hidden' if name == hidden else 'visible'}'/>"
        for number, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{parts}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINKS}"><sheets>{entries}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="rId99" '
            f'Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_SHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
    return path


def _sheet(rows: Sequence[Sequence[Written]]) -> str:
    lines = "".join(_row(number, row) for number, row in enumerate(rows, start=1) if row)
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}</sheetData></worksheet>'


def _row(number: int, row: Sequence[Written]) -> str:
    cells = "".join(_cell(f"{chr(ord('A') + at)}{number}", value) for at, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Written) -> str:
    match value:
        case None:
            return ""
        case Broken(error):
            return f'<c r="{place}" t="e"><v>{error}</v></c>'
        case Formula(None):
            return f'<c r="{place}"><f>A1</f></c>'
        case Formula(str(result)):
            return f'<c r="{place}" t="str"><f>A1</f><v>{escape(result)}</v></c>'
        case Formula(result):
            return f'<c r="{place}"><f>A1</f><v>{result:.17g}</v></c>'
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case datetime.date():
            return f'<c r="{place}" s="1"><v>{(value - _EPOCH).days}</v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case _:
            return f'<c r="{place}"><v>{value:.17g}</v></c>'


def write_ods(path: Path, rows: Sequence[Sequence[str | float | datetime.date]]) -> Path:
    """Write a sheet of LibreOffice."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Folha1">{lines}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return path


def _ods_cell(value: str | float | datetime.date) -> str:
    if isinstance(value, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
