"""The contents of one issued document besides its amounts: lines, client, goods, dates, payment reference."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from typing import Final, cast

from ..books.catalogue.items.item import UNITS
from ..fiscal.countries import COUNTRY_CODES
from .finding import CLIENT, DUE_DATE, GOODS, ISSUER, LINES, MULTIBANCO, Flaw
from .stored import Stored, moment

_LARGEST_REFERENCE: Final = 99_999_999
"""Cents: a Multibanco reference has eight digits for its amount."""
_PLACE: Final = ("detail", "city", "postal_code", "country")


def check_contents(each: Stored, goods: sqlite3.Row | None, fiscal_id: str) -> Iterator[Flaw]:
    """Yield the flaws of an issued document's contents; `goods` is its row of `deliveries`, `fiscal_id` its
    account's number.
    """
    yield from _lines(each)
    yield from _client(each.row)
    yield from _issuer(each.row, fiscal_id)
    yield from _due(each)
    yield from _reference(each.row)
    yield from _goods(each, goods)


def _lines(each: Stored) -> Iterator[Flaw]:
    if each.type.is_receipt:
        if each.lines:
            yield Flaw(LINES, "It is a receipt, and has lines.")
        return
    if not each.lines:
        yield Flaw(LINES, "It has no lines.")
    elif [line["position"] for line in each.lines] != [*range(len(each.lines))]:
        yield Flaw(LINES, "The positions of its lines have a gap.")
    nameless = [str(line["position"] + 1) for line in each.lines if not str(line["name"]).strip()]
    if nameless:
        yield Flaw(LINES, f"There is no name on line {', '.join(nameless)}.")
    if strange := sorted({line["unit"] for line in each.lines} - {None, *UNITS}):
        yield Flaw(LINES, f"There is an unknown unit on its lines: {', '.join(strange)}.")


def _client(row: sqlite3.Row) -> Iterator[Flaw]:
    kept = _parsed(row["client"])
    if kept is None or not str(kept.get("name") or "").strip():
        yield Flaw(CLIENT, "It does not name its client.")
    elif kept.get("id") != row["client_id"]:
        yield Flaw(CLIENT, f"It keeps the client {kept.get('id')}, and belongs to {row['client_id']}.")


def _issuer(row: sqlite3.Row, fiscal_id: str) -> Iterator[Flaw]:
    if row["status"] == "draft":
        return  # `state` reports a draft with a number
    kept = _parsed(row["issuer"])
    if kept is None or not str(kept.get("name") or "").strip():
        yield Flaw(ISSUER, "It does not name its issuer.")
    elif kept.get("fiscal_id") != fiscal_id:
        yield Flaw(ISSUER, f"It is issued by {kept.get('fiscal_id')}, and its account is {fiscal_id}.")


def _parsed(text: str | None) -> dict[str, object] | None:
    """Return an object that is stored as JSON; None if the text is not one."""
    try:
        made: object = json.loads(text or "")
    except ValueError:
        return None
    return cast("dict[str, object]", made) if isinstance(made, dict) else None


def _due(each: Stored) -> Iterator[Flaw]:
    day, due = str(each.row["date"]), str(each.row["due_date"])
    try:
        is_late = dt.date.fromisoformat(due) < dt.date.fromisoformat(day)
    except ValueError:
        yield Flaw(DUE_DATE, f"One of its dates, {day} and {due}, is malformed.")
        return
    if is_late or (each.type.is_receipt and due != day):
        yield Flaw(DUE_DATE, f"It is due on {due}, and its date is {day}.")


def _reference(row: sqlite3.Row) -> Iterator[Flaw]:
    expected = bool(row["wants_multibanco"]) and 0 < row["total"] <= _LARGEST_REFERENCE
    if bool(row["has_multibanco"]) != expected:
        what = "a payment reference" if row["has_multibanco"] else "no payment reference"
        yield Flaw(MULTIBANCO, f"It has {what}, and should have {'one' if expected else 'none'}.")


def _goods(each: Stored, goods: sqlite3.Row | None) -> Iterator[Flaw]:
    if each.type.goods is None:
        if goods is not None:
            yield Flaw(GOODS, f"A {each.type.root} moves no goods.")
        return
    if goods is None:
        yield Flaw(GOODS, "It has no delivery of its goods.")
        return
    code = goods["at_doc_code"]
    if code is not None and (each.type.goods != "transported" or not str(code).startswith("EMU")):
        yield Flaw(GOODS, f"Its code of the tax authority is {code}, which this emulator does not give.")
    if each.type.goods != "transported":
        return
    for name in ("address_from", "address_to"):
        place = _parsed(goods[name]) or {}
        lacks = [part for part in _PLACE if not str(place.get(part) or "").strip()]
        if lacks:
            yield Flaw(GOODS, f"Its {name} lacks: {', '.join(lacks)}.")
        elif place["country"] not in COUNTRY_CODES:
            yield Flaw(GOODS, f"Its {name} has the unknown country {place['country']}.")
    leaves, entered = moment(goods["loaded_at"]), moment(each.row["system_entry"])
    if leaves is None:
        yield Flaw(GOODS, "It has no moment at which its goods leave.")
    elif entered is not None and leaves <= entered:
        yield Flaw(
            GOODS, f"Its goods left at {leaves.isoformat()}, and it was entered at {entered.isoformat()}."
        )
