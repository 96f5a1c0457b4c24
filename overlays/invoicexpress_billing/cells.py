"""What a cell means: texts, dates, percentages, and the words of type, unit, country, tax and mechanism.

Each reader returns a value, or raises NotReadableError with the reason and the remedy.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from invoicexpress import Tax, errors, reference_data

from . import columns
from .amounts import MARK_NAMES, NotAnAmountError, Style, is_amount, style_of
from .columns import BilledType, folded
from .tables import Cell, Kind

LONGEST_KEY: Final = 200
"""Characters of a key. The contract names no limit; 255 is that of a usual column (assumed), and a run puts a
mark of its own before the key.
"""
_EXACT_BELOW: Final = Decimal(10) ** 15
"""Spreadsheets keep 15 digits of a number."""
_FIRST_YEAR: Final = 2000


class NotReadableError(Exception):
    """A cell has no value that its column could have. The text says why, and what to do."""


# Texts

_ERROR: Final = re.compile(
    r"#(N/A|N/D|REF!|VALUE!|VALOR!|DIV/0!|NAME\?|NOME\?|NUM!|N[UÚ]M!|NULL!|NULO!)|#+|Err:[0-9]+",
    re.IGNORECASE,
)
"""Errors of Excel in English and Portuguese, and of LibreOffice, and a column that was too narrow."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")
_MOJIBAKE: Final = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf\u2018-\u2022\u20ac\u0192\u0160\u0161\u0152\u0153]")
"""What is left of accents after a file was read in the wrong encoding."""
_SHORTENED: Final = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
"""How Excel writes a long number into a CSV file."""


def text(cell: Cell) -> str:
    """A text. Numbers are written out."""
    if isinstance(cell, bool):
        raise NotReadableError(f"{str(cell).lower()} is neither a text nor a number; correct the cell")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if not isinstance(cell, str):
        raise NotReadableError(
            f"expected a text, got {_shown(cell)}; format the column as text, and write the value again"
        )
    if _ERROR.fullmatch(cell):
        raise NotReadableError(f"{cell} is an error of the spreadsheet; correct its formula")
    if _CONTROL.search(cell):
        raise NotReadableError("there is a control character in the text; type it again")
    if _MOJIBAKE.search(cell):
        raise NotReadableError(
            f"{cell!r} was saved in a wrong encoding; correct the accents, and save the file as CSV UTF-8"
        )
    return cell.strip()


def identifier(cell: Cell, kind: Kind) -> str:
    """A text that must be exact, such as a code. Refuses what a spreadsheet has shortened or changed."""
    if kind == "spreadsheet" and isinstance(cell, Decimal) and abs(cell) >= _EXACT_BELOW:
        raise NotReadableError(
            "a spreadsheet keeps 15 digits of a number; format the column as text, and write the value again"
        )
    found = text(cell)
    if "\n" in found or "\t" in found:
        raise NotReadableError("there is a line break or a tab in the text; write it in one line")
    if _SHORTENED.fullmatch(found):
        raise NotReadableError(
            f"{found} was shortened by the spreadsheet; format the column as text, and write the value again"
        )
    return found


def key(cell: Cell, kind: Kind) -> str:
    """A document's key, without blanks around it."""
    found = identifier(cell, kind)
    if len(found) > LONGEST_KEY:
        raise NotReadableError(f"expected at most {LONGEST_KEY} characters, got {len(found)}")
    return found


_EMAIL: Final = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")


def email(cell: Cell) -> str:
    """One e-mail address."""
    found = text(cell)
    if not _EMAIL.fullmatch(found) or ".." in found:
        raise NotReadableError(f"{found!r} is no e-mail address; expected one, such as ana@example.com")
    return found


# Dates

_DAY_FIRST: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
_MIDNIGHT: Final = re.compile(r"[T ]00:00(:00(\.0+)?)?", re.ASCII)
_FORMS: Final = "expected dd/mm/yyyy or yyyy-mm-dd"


def is_day_first(cell: Cell) -> bool:
    """Whether a cell is a text such as 30/11/2026."""
    return isinstance(cell, str) and bool(_DAY_FIRST.fullmatch(_without_midnight(cell)))


def date(cell: Cell) -> datetime.date:
    """A day: a date of the file, dd/mm/yyyy, or yyyy-mm-dd."""
    if isinstance(cell, datetime.datetime):
        raise NotReadableError(f"expected a day, got {cell:%Y-%m-%d %H:%M}; leave out the time of day")
    if isinstance(cell, datetime.date):
        return _plausible(cell, cell.isoformat())
    if isinstance(cell, Decimal):
        raise NotReadableError(f"expected a date, got the number {cell:f}; format the cell as a date")
    found = text(cell)
    day = _without_midnight(found)
    if match := _DAY_FIRST.fullmatch(day):
        return _day(found, int(match[4]), int(match[3]), int(match[1]))
    if match := _YEAR_FIRST.fullmatch(day):
        return _day(found, int(match[1]), int(match[3]), int(match[4]))
    if _SHORT_YEAR.fullmatch(day):
        raise NotReadableError(f"{found!r} is ambiguous; write the year with four digits, as dd/mm/yyyy")
    raise NotReadableError(f"{found!r} is no date; {_FORMS}")


def _without_midnight(found: str) -> str:
    return _MIDNIGHT.sub("", found) if _MIDNIGHT.search(found) else found


def _day(found: str, year: int, month: int, day: int) -> datetime.date:
    if month > 12 >= day:
        raise NotReadableError(f"{found!r} has no month {month}; {_FORMS}, the day before the month")
    try:
        return _plausible(datetime.date(year, month, day), found)
    except ValueError:
        raise NotReadableError(f"there is no day {found!r}; {_FORMS}") from None


def _plausible(found: datetime.date, shown: str) -> datetime.date:
    if found.year < _FIRST_YEAR:
        raise NotReadableError(f"{shown!r}: expected a year from {_FIRST_YEAR} on")
    return found


# Amounts and percentages

_MONEY: Final = re.compile(r"€|EUR", re.IGNORECASE)


def amount(cell: Cell, style: Style, *, decimals: int | None = None) -> Decimal:
    """An amount of 0 or more. Refuses more decimals than these, which the service would round."""
    if isinstance(cell, str) and "%" in cell:
        raise NotReadableError(f"expected an amount, got the percentage {cell!r}")
    found = _number(cell, style)
    if found < 0:
        raise NotReadableError(f"expected 0 or more, got {found:f}")
    if decimals is not None and found != round(found, decimals):
        raise NotReadableError(
            f"{found:f} has more than {decimals} decimals, and the service keeps {decimals}; round it"
        )
    return found


def percent(cell: Cell, style: Style, kind: Kind, *, decimals: int, most: Decimal) -> Decimal:
    """A percentage from 0 on. `10 %` and `10` are the same."""
    found = _number(_without_percent(cell), style)
    if not 0 <= found <= most:
        raise NotReadableError(f"expected 0 to {most:f} percent, got {found:f}")
    if kind == "spreadsheet" and isinstance(cell, Decimal) and 0 < found <= 1:
        raise NotReadableError(
            f"{found:f} may be {found:f} % or, in a cell formatted as a percentage, {found * 100:f} %; "
            "format the column as text, and write the percentage, such as 10 %"
        )
    return amount(found, style, decimals=decimals)


def _without_percent(cell: Cell) -> Cell:
    """A percentage without its sign. Refuses an amount of money: 10 € of discount are not 10 %."""
    if not isinstance(cell, str):
        return cell
    if _MONEY.search(cell):
        raise NotReadableError(f"expected a percentage, got the amount {cell!r}")
    return cell.strip().removesuffix("%").rstrip()


def _number(cell: Cell, style: Style) -> Decimal:
    if isinstance(cell, Decimal):
        if cell >= _EXACT_BELOW:
            raise NotReadableError(f"{cell:f} is too large for an amount")
        return cell
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise NotReadableError(
            f"expected an amount, got {_shown(cell)}; format the column as a number, and write it again"
        )
    try:
        return style.read(text(cell))
    except NotAnAmountError as error:
        raise NotReadableError(str(error)) from None


def style(cells: Iterable[tuple[int, Cell]]) -> Style:
    """How a column writes its decimals. Each cell has its row."""
    return style_of((row, cell) for row, cell in cells if isinstance(cell, str))


def example(cells: Iterable[tuple[int, Cell]], style: Style) -> tuple[str, str] | None:
    """The style of a column and its most telling text with its meaning; None where nothing is to be told."""
    if style.mark is None:
        return None
    found: list[tuple[int, str]] = []
    for _, cell in cells:
        if isinstance(cell, str) and is_amount(cell):
            try:
                found.append((len(cell), f"{cell} is {style.read(cell):f}"))
            except NotAnAmountError:
                continue
    return (MARK_NAMES[style.mark], max(found, key=lambda each: each[0])[1]) if found else None


# Words


def billed_type(cell: Cell) -> BilledType:
    """A type of document that a run makes."""
    word = text(cell)
    known = columns.TYPES.get(folded(word))
    if known is not None:
        return known
    reason = columns.UNBILLED_TYPES.get(folded(word))
    if reason is not None:
        raise NotReadableError(f"a run does not make a {word}: {reason}")
    kinds = dict.fromkeys(columns.TYPES.values())
    raise NotReadableError(f"unknown type {word!r}{_near(word, kinds)}; expected {_list(kinds)}")


def unit(cell: Cell) -> str:
    """A unit of the service."""
    return _word(cell, columns.UNITS, "unit")


def mechanism(cell: Cell) -> str:
    """The code of a payment mechanism, from the code or from its Portuguese or English name."""
    word = text(cell)
    if word.upper() in reference_data.payment_mechanisms():
        return word.upper()
    code = columns.MECHANISMS.get(folded(word))
    if code is None:
        codes = reference_data.payment_mechanisms()
        raise NotReadableError(f"unknown means of payment {word!r}; expected {_list(codes)}")
    return code


def country(cell: Cell) -> str:
    """A country in the service's spelling, from its name in English or Portuguese, or its ISO code."""
    word = text(cell)
    named = {folded(name): name for name in reference_data.countries()}
    found = named.get(folded(word))
    if found is not None:
        return found
    try:
        return reference_data.country_name(columns.COUNTRIES.get(folded(word), word))
    except errors.InputError:
        raise NotReadableError(
            f"the service has no country {word!r}{_near(word, reference_data.countries())}; use its English "
            "name, or its ISO code of two letters"
        ) from None


def _word(cell: Cell, words: Mapping[str, str], what: str) -> str:
    word = text(cell)
    found = words.get(folded(word))
    if found is None:
        known = dict.fromkeys(words.values())
        raise NotReadableError(f"unknown {what} {word!r}{_near(word, known)}; expected {_list(known)}")
    return found


def _near(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""


def _list(known: Iterable[str]) -> str:
    return f"one of {', '.join(known)}"


_EXEMPTION: Final = re.compile(r"(M\d{2})\b.*", re.IGNORECASE | re.DOTALL | re.ASCII)


def exemption(cell: Cell) -> str:
    """The code of an exemption; words after it are left out: `M07 - Isento artigo 9.º`."""
    found = text(cell)
    match = _EXEMPTION.fullmatch(found)
    if match is None:
        raise NotReadableError(f"{found!r} is no exemption code; expected one such as M07")
    code = match[1].upper()
    known = reference_data.exemptions().get(code)
    if known is None:
        raise NotReadableError(
            f"unknown exemption code {code}{_near(code, reference_data.exemptions())}; "
            "reference_data.exemptions() lists them"
        )
    if known.is_request_marker:
        raise NotReadableError(f"{code} is no reason; use the code of the law that applies")
    return code


def tax(cell: Cell, style: Style, kind: Kind, taxes: Sequence[Tax]) -> Tax:
    """A tax of the account, by its name or by its rate in percent."""
    if isinstance(cell, str):
        word = text(cell)
        exact = [each for each in taxes if each.name.strip() == word]
        named = exact or [each for each in taxes if folded(each.name) == folded(word)]
        if named:
            return _single(named, word)
        if not is_amount(word) or _MONEY.search(word):
            raise NotReadableError(
                f"the account has no tax {word!r}{_near(word, _names(taxes))}; {_has(taxes)}"
            )
    rate = amount(_without_percent(cell), style)
    found = [each for each in taxes if each.value == rate]
    if not found and kind == "spreadsheet" and isinstance(cell, Decimal) and rate < 1:
        # A cell that is formatted as a percentage: it shows 23 %, and its value is 0.23.
        found = [each for each in taxes if each.value == rate * 100]
    if not found:
        raise NotReadableError(f"the account has no tax of {rate:f} %; {_has(taxes)}")
    return _single(found, f"{rate:f} %")


def _single(found: Sequence[Tax], given: str) -> Tax:
    if len(found) > 1:
        raise NotReadableError(
            f"several taxes of the account are {given}; write the name: {_list(_names(found))}"
        )
    return found[0]


def _names(taxes: Iterable[Tax]) -> list[str]:
    return [each.name for each in taxes]


def _has(taxes: Sequence[Tax]) -> str:
    return f"it has {', '.join(_names(taxes))}" if taxes else "it has none"


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime.date):
        return f"the date {cell}"
    return f"the time {cell}" if isinstance(cell, datetime.time | datetime.timedelta) else repr(cell)
