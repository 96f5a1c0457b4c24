"""Values of arguments and options: amounts, dates, months, lines of a document, and fields from JSON."""

from __future__ import annotations

import calendar
import datetime
import json
import re
import sys
import typing
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, NamedTuple, cast

from invoicexpress import DocumentItemWriteFields
from invoicexpress.fiscal_ids import is_valid

from .outcomes import UsageError
from .suggestions import nearest

_AMOUNT: Final = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_DIGITS: Final = 30
"""More digits than an amount has; 1E999999 would be written out."""
_LINE: Final = 'NAME;QUANTITY;PRICE[;TAX], such as "Design;2;50.00;IVA23"'


class Month(NamedTuple):
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return datetime.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def amount(text: str) -> Decimal:
    """An amount as people write it: `30`, `30.00` or `30,00`, without a separator of thousands."""
    given = text.strip()
    if not _AMOUNT.fullmatch(given):
        raise UsageError(
            f"{text!r}: expected an amount such as 30.00 or 30,00, without separators of thousands"
        )
    return Decimal(given.replace(",", "."))


def nif(text: str) -> str:
    """A tax number: a Portuguese one as its nine digits, however it is written; any other as it is given."""
    return re.sub("[^0-9]", "", text) if is_valid(text) else text.strip()


def date(text: str) -> datetime.date:
    """A date as `2026-11-30` or `30/11/2026`."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise UsageError(f"{text!r}: expected a date such as 2026-11-30 or 30/11/2026")


def month(text: str) -> Month:
    """A month as `2026-11` or `11/2026`."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})", text.strip(), re.ASCII)
    if found:
        year, number = (found[1], found[2]) if found[1] else (found[4], found[3])
        if 1 <= int(number) <= 12 and int(year) >= 1:
            return Month(int(year), int(number))
    raise UsageError(f"{text!r}: expected a month such as 2026-11")


def one_of(given: str, known: Sequence[str], option: str) -> str:
    """A value of a list. Raises UsageError with the nearest one."""
    if given not in known:
        raise UsageError(
            f"{option} {given}: unknown{nearest(given, known)}; expected one of {', '.join(known)}"
        )
    return given


def line(text: str) -> DocumentItemWriteFields:
    """A line of a document as `NAME;QUANTITY;PRICE[;TAX]`."""
    parts = [part.strip() for part in text.split(";")]
    if not 3 <= len(parts) <= 4 or not parts[0]:
        raise UsageError(f"{text!r}: expected {_LINE}")
    fields: DocumentItemWriteFields = {
        "name": parts[0],
        "quantity": amount(parts[1]),
        "unit_price": amount(parts[2]),
    }
    if len(parts) == 4 and parts[3]:
        fields["tax"] = {"name": parts[3]}
    return fields


def json_object(source: str) -> dict[str, Any]:
    """The object in a file of JSON; `-` is the standard input. Numbers are exact."""
    where = "standard input" if source == "-" else source
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise UsageError(f"{where}: not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise UsageError(f"{where}: nested too deeply") from None
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{where}: line {error.lineno}, column {error.colno}: not JSON ({error.msg})"
        ) from None
    if not isinstance(found, dict):
        raise UsageError(f'{where}: expected an object such as {{"date": "2026-11-30", …}}')
    return cast("dict[str, Any]", found)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"{twice}: stands twice in one object; keep one")
    return found


def fields(kind: type[Any], given: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """JSON's values as the types of a TypedDict of the client's: dates, exact amounts, nested objects.

    Raises UsageError for an unknown name, or a text that is no date or amount.
    """
    types = typing.get_type_hints(kind)
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in types:
            hint = nearest(name, types)
            raise UsageError(f"{where}{name}: unknown field{hint}; there are {', '.join(types)}")
        found[name] = _value(types[name], value, f"{where}{name}")
    return found


def _value(kind: Any, value: Any, where: str) -> Any:
    """A value as one of the alternatives of a type."""
    if value is None:
        return None
    kinds = _alternatives(kind)
    nested = next((each for each in kinds if typing.is_typeddict(each)), None)
    if nested is not None:
        if not isinstance(value, dict):
            names = ", ".join(typing.get_type_hints(nested))
            raise UsageError(f"{where}: {value!r}: expected an object with fields such as {names}")
        return fields(nested, cast("dict[str, Any]", value), f"{where}.")
    inner = next(
        (typing.get_args(each)[0] for each in kinds if typing.get_origin(each) in (list, Sequence)), None
    )
    if inner is not None:
        if not isinstance(value, list):
            raise UsageError(f"{where}: {value!r}: expected a list")
        items = cast("Sequence[Any]", value)
        return [_value(inner, each, f"{where}[{index}]") for index, each in enumerate(items)]
    if Decimal in kinds:
        try:
            return _finite(str(value))
        except InvalidOperation:
            raise UsageError(f"{where}: {value!r}: expected an amount such as 30.00") from None
    if datetime.datetime in kinds:
        try:
            return datetime.datetime.fromisoformat(str(value))
        except ValueError:
            raise UsageError(f"{where}: {value!r}: expected a time such as 2026-11-30T09:00") from None
    if datetime.date in kinds:
        try:
            return date(str(value))
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from None
    return value


def _finite(text: str) -> Decimal:
    """The number. Raises InvalidOperation for a text that is none, such as `NaN` or `True`."""
    found = Decimal(text)
    if not found.is_finite() or abs(found.adjusted()) > _DIGITS:
        raise InvalidOperation
    return found


def _alternatives(kind: Any) -> list[Any]:
    origin = typing.get_origin(kind)
    if origin is typing.NotRequired or origin is typing.Required:
        return _alternatives(typing.get_args(kind)[0])
    if origin in (typing.Union, UnionType):
        return [
            each for part in typing.get_args(kind) for each in _alternatives(part) if each is not NoneType
        ]
    return [kind]
