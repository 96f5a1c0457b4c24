"""The text of a QR code, read back and held against the document's rows."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ..fiscal.countries import COUNTRY_CODES
from ..fiscal.tax_regions import reported_region
from ..fiscal.vat_rates import code_of
from .amounts import ExactLine, euros, number, withheld
from .finding import QR_CODE, Flaw
from .tax_numbers import without_prefix

if TYPE_CHECKING:
    from .stored import Stored

_LONGEST: Final[Mapping[str, int]] = {
    "A": 9, "B": 30, "C": 12, "D": 2, "E": 1, "F": 8, "G": 60, "H": 70,
    **{f"{letter}{n}": 5 if n == 1 else 16 for letter in "IJK" for n in range(1, 9)},
    "L": 16, "M": 16, "N": 16, "O": 16, "P": 16, "Q": 4, "R": 4, "S": 65,
}  # read by rows # fmt: skip
"""Code -> longest value, in the order in which the codes stand."""

_ORDER: Final = tuple(_LONGEST)
_ALWAYS: Final = ("A", "B", "C", "D", "E", "F", "G", "H", "I1", "N", "O", "Q", "R")
_AMOUNT: Final = re.compile(r"\d+\.\d{2}")
_REGION: Final = re.compile(r"0|PT(-AC|-MA)?|[A-Z]{2}")
_MULTIBANCO: Final = re.compile(
    r"MB;(?P<entity>\d{5});(?P<key>\d{7})(?P<check>\d{2});(?P<value>\d+\.\d{2})", re.ASCII
)
_ENTITY: Final = "00000"
"""An entity that does not exist, so that the reference cannot be paid."""
_PLACES: Final = {"RED": 3, "INT": 5, "NOR": 7}
_COUNTRIES: Final = {name: code for name, code in COUNTRY_CODES.items() if code != "AN"}
"""ISO took the code of the Netherlands Antilles back, and the official schema does not have it."""
_CENTS_APART: Final = 2
"""Each rate's share of the document's rounded amounts may be off its exact value by so much."""


def check_qr(text: Callable[[], str], each: Stored, exact: list[ExactLine], issuer: str) -> Iterator[Flaw]:
    """Yield the flaws of the text made for an issued document; `issuer` is the account's tax number."""
    try:
        made = text()
    except Exception as error:
        # Whatever breaks the code that makes it is a finding about the document, never the check's end.
        yield Flaw(QR_CODE, f"Its QR code cannot be made: {type(error).__name__}: {error}.")
        return
    wrong = [*_form(made)]
    fields = dict(field.split(":", 1) for field in made.split("*") if ":" in field)
    if not wrong:
        wrong += [*_values(fields, each, issuer), *_sums(fields, each), *_bases(fields, each, exact)]
    if wrong:
        yield Flaw(QR_CODE, f"{'; '.join(wrong)}.")


def _form(made: str) -> Iterator[str]:
    """Yield breaches of the specification's table: codes, their order, lengths, amounts."""
    pairs = [field.partition(":") for field in made.split("*")]
    codes = [code for code, _, _ in pairs]
    if unknown := [code for code in codes if code not in _LONGEST]:
        yield f"there is no field {', '.join(unknown)}"
        return
    if codes != sorted(set(codes), key=_ORDER.index):
        yield f"the fields are out of order or doubled: {' '.join(codes)}"
    if missing := [code for code in _ALWAYS if code not in codes]:
        yield f"it lacks {', '.join(missing)}"
    for code, _, value in pairs:
        if not value or len(value) > _LONGEST[code]:
            yield f"{code} is empty or longer than {_LONGEST[code]}: {value}"
        elif _is_amount(code) and not _AMOUNT.fullmatch(value):
            yield f"{code} is not an amount: {value}"
        elif code in {"I1", "J1", "K1"} and not _REGION.fullmatch(value):
            yield f"{code} is not a region: {value}"


def _is_amount(code: str) -> bool:
    return code in {"L", "M", "N", "O", "P"} or (code[0] in "IJK" and code[1:] != "1")


def _values(fields: Mapping[str, str], each: Stored, issuer: str) -> Iterator[str]:
    """Yield the fields that differ from the rows."""
    row = each.row
    client = json.loads(row["client"])
    country = client.get("country")
    signature, atcud = row["signature"], row["atcud"]
    expected = {
        "A": issuer,
        "B": _tax_number(client.get("fiscal_id"), country),
        "C": _COUNTRIES.get(country, "Desconhecido") if country else "PT",
        "D": each.type.saft_type,
        "E": "A" if each.is_canceled else "N",
        "F": str(row["date"]).replace("-", ""),
        "G": each.printed,
        "H": "0" if atcud in {"N/A", "N/D"} else atcud,
        "N": euros(row["taxes"]),
        "O": euros(row["total"]),
        "P": euros(withheld(row)) if withheld(row) else None,
        "Q": "".join(signature[place] for place in (0, 10, 20, 30)) if signature else "0",
        "R": "9999",
    }
    for code, value in expected.items():
        if fields.get(code) != value:
            yield f"{code} is {fields.get(code, 'missing')} and should be {value or 'missing'}"
    yield from _reference(fields.get("S"), each)


def _tax_number(stored: object, country: object) -> str:
    """Return a customer's number in one line, without field separators; 999999990 for none.

    A Portuguese one has no prefix and no blanks.
    """
    number = without_prefix(stored, country) if country in {None, "", "Portugal"} else str(stored or "")
    visible = "".join(each if each.isprintable() else " " for each in number.replace("*", " "))
    return " ".join(visible.split())[:30].strip() or "999999990"


def _reference(shown: str | None, each: Stored) -> Iterator[str]:
    """Yield the flaws of a Multibanco reference: amount, and check digits modulo 97."""
    if not each.row["has_multibanco"]:
        if shown is not None:
            yield f"S is {shown}, and the document has no payment reference"
        return
    parts = _MULTIBANCO.fullmatch(shown or "")
    if parts is None or parts["entity"] != _ENTITY or parts["value"] != euros(each.row["total"]):
        yield f"S is {shown or 'missing'}, and should be a reference for {euros(each.row['total'])}"
    elif int(f"{parts['entity']}{parts['key']}{each.row['total']:08d}{parts['check']}") % 97 != 1:
        yield f"the check digits of the reference {parts['key']}{parts['check']} are wrong"


def _sums(fields: Mapping[str, str], each: Stored) -> Iterator[str]:
    """Yield the sums that do not hold: O is all bases, L and N; N is all VAT."""
    bases = _sum(fields, "2", "3", "5", "7") + _cents(fields.get("L"))
    taxes = _sum(fields, "4", "6", "8") + _cents(fields.get("M"))
    if bases != _cents(fields["O"]) - _cents(fields["N"]):
        yield f"its bases are {euros(bases)} in all, and O less N is not"
    if taxes != _cents(fields["N"]):
        yield f"its VAT is {euros(taxes)} in all, and N is not"


def _sum(fields: Mapping[str, str], *places: str) -> int:
    return sum(_cents(value) for code, value in fields.items() if code[0] in "IJK" and code[1:] in places)


def _cents(text: str | None) -> int:
    return int((text or "0.00").replace(".", ""))


def _bases(fields: Mapping[str, str], each: Stored, exact: list[ExactLine]) -> Iterator[str]:
    """Yield the regions and rates whose base or VAT is not that of their lines, up to the rounding."""
    expected: dict[str, Fraction] = {}
    rates: dict[str, set[tuple[object, ...]]] = {}
    letters = {fields[f"{letter}1"]: letter for letter in "IJK" if f"{letter}1" in fields}
    for line in exact:
        row, rate = line.row, number(line.row["tax_value"])
        region = reported_region(row["tax_region"], "PT")
        letter = letters.get(region)
        if letter is None and each.type.saft_section == "MovementOfGoods" and not any(e.gross for e in exact):
            return
        if letter is None:
            yield f"it has no field for the region {region}"
            return
        reason = row["tax_exemption"] or each.row["tax_exemption"]
        if rate == 0:
            codes = ["L" if reason == "M99" else f"{letter}2"]
        else:
            place = _place(row, each) or (3 if rate <= 6 else 5 if rate <= 13 else 7)
            codes = [f"{letter}{place}", f"{letter}{place + 1}"]
        for code, amount in zip(codes, (line.net, line.tax), strict=False):
            expected[code] = expected.get(code, Fraction()) + amount
            rates.setdefault(code, set()).add((rate, row["tax_code"], reason if rate == 0 else None))
    for code, amount in expected.items():
        if abs(_cents(fields.get(code)) - amount) >= _CENTS_APART * len(rates[code]):
            yield f"{code} is {fields.get(code, 'missing')} and should be about {float(amount) / 100:.2f}"
    if exact:
        extra = [code for code in fields if _is_base(code) and code not in expected]
        if extra:
            yield f"no line is behind {', '.join(extra)}"


def _place(row: sqlite3.Row, each: Stored) -> int | None:
    """Return the field of the base of a line by its tax's code, without one by the rates of the day."""
    on, rate = dt.date.fromisoformat(each.row["date"]), Decimal(row["tax_value"])
    code = row["tax_code"] or code_of(reported_region(row["tax_region"], "PT"), rate, on)
    return _PLACES.get(code or "")


def _is_base(code: str) -> bool:
    return code == "L" or (code[0] in "IJK" and code[1:] != "1")
