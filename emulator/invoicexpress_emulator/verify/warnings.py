"""Warnings: limits, rates and numbers that look wrong, and that the service does not refuse."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from ..fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from ..fiscal.exemption_codes import DAYS_OF_LAW, EXCLUDED, names_verba
from ..fiscal.vat_rates import code_of, law_of_rates
from . import stored
from .amounts import euros, number
from .finding import (
    CREDITED_QUANTITY,
    EXEMPTION_DATE,
    FISCAL_ID,
    NOTE_CLIENT,
    NOTE_WITHOUT_OWNER,
    SIMPLIFIED_LIMIT,
    VAT_RATE,
    Flaw,
)
from .stored import LIVE, Stored
from .tax_numbers import without_prefix

_LIVE: Final = ", ".join(f"'{status}'" for status in LIVE)
_CREDITING: Final = ", ".join(f"'{row.name}'" for row in DOCUMENT_TYPES if row.reduces_owner)

_LARGEST_SALE: Final = 1_000_00
_LARGEST_SERVICE: Final = 100_00
"""Cents, VAT included."""
_UNITS_OF_SERVICES: Final = frozenset({"hour", "day", "month", "service"})
"""Its unit alone tells whether a line sells goods: `unit`, `other` and none at all are taken for goods."""

Found = Iterator[tuple[sqlite3.Row, Flaw]]


def find_warnings(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield the warnings about an account's live documents, each with the document that it concerns."""
    live = f"account_id = ? AND number IS NOT NULL AND status IN ({_LIVE}) ORDER BY id"
    for batch in stored.every(db, live, (account_id,)):
        for each in batch:
            for flaw in _of_document(each):
                yield each.row, flaw
    yield from _notes(db, account_id)
    yield from _quantities(db, account_id)


def _of_document(each: Stored) -> Iterator[Flaw]:
    yield from _fiscal_id(each.row)
    try:
        on = dt.date.fromisoformat(str(each.row["date"]))
        yield from _limit(each)
        yield from _rates(each, on)
        yield from _exemptions(each, on)
    except (ValueError, InvalidOperation):
        return  # a malformed number or date is a finding


def _exemptions(each: Stored, on: dt.date) -> Iterator[Flaw]:
    """Yield reasons that do not hold on that day, or not for the works that the text names. What a line is
    about is known from its words alone, so M31 without them passes.
    """
    texts = _texts_by_exemption(each)
    for code, days in DAYS_OF_LAW.items():
        if code not in texts:
            continue
        if on < days.first:
            yield Flaw(EXEMPTION_DATE, f"The reason {code} exists from {days.first} on.", days.source)
        # A note repeats the reason of an older document.
        elif days.last is not None and on > days.last and not each.type.corrects:
            yield Flaw(EXEMPTION_DATE, f"The reason {code} existed until {days.last}.", days.source)
    for code, left in EXCLUDED.items():
        named = any(names_verba(text, left.verba) for text in texts.get(code, ()))
        if named and on >= left.since and not each.type.corrects:
            works = f"works of verba {left.verba}, which carry {left.instead} since {left.since}"
            sentence = f"The reason is {code}, and the text names {works}."
            yield Flaw(EXEMPTION_DATE, sentence, left.source)


def _texts_by_exemption(each: Stored) -> dict[str | None, list[str]]:
    """Return each reason of the document with the texts about its lines without VAT."""
    about = each.row["observations"] or ""
    found: dict[str | None, list[str]] = {each.row["tax_exemption"]: [about]}
    for line in each.lines:
        code = line["tax_exemption"] or each.row["tax_exemption"]
        texts = found.setdefault(code, [about])
        if number(line["tax_value"]) == 0:
            texts += (line["name"], line["description"] or "")
    return found


def _limit(each: Stored) -> Iterator[Flaw]:
    if each.type.saft_type != "FS":
        return
    has_services = any(line["unit"] in _UNITS_OF_SERVICES for line in each.lines)
    limit = _LARGEST_SERVICE if has_services else _LARGEST_SALE
    if each.row["total"] > limit:
        what = "of services" if has_services else "of goods"
        yield Flaw(
            SIMPLIFIED_LIMIT,
            f"It is of {euros(each.row['total'])}; a simplified invoice {what} is of at most {euros(limit)}.",
        )


def _rates(each: Stored, on: dt.date) -> Iterator[Flaw]:
    """Yield rates that a Portuguese region does not have on that day, or that have another name there. `OUT`
    is the name of rates of special regimes, so it passes.
    """
    for line in each.lines:
        region, stated = line["tax_region"] or "PT", line["tax_code"]
        law = law_of_rates(region, on)
        if number(line["tax_value"]) == 0 or stated == "OUT" or law is None:
            continue
        place, name = line["position"] + 1, code_of(region, Decimal(line["tax_value"]), on)
        percent = f"{float(line['tax_value']):g} %"
        if name is None:
            yield Flaw(VAT_RATE, f"On line {place}, {percent} is not a rate of {region} on {on}.", law)
        elif stated and stated != name:
            yield Flaw(VAT_RATE, f"On line {place}, {percent} is called {stated}, and is {name}.", law)


def _fiscal_id(row: sqlite3.Row) -> Iterator[Flaw]:
    try:
        client = json.loads(row["client"])
    except ValueError:
        return  # a finding
    kept, country = client.get("fiscal_id"), client.get("country")
    if kept and country in {None, "Portugal"} and not _is_nif(without_prefix(kept, country)):
        yield Flaw(FISCAL_ID, f"The check digit of its client's tax number {kept} is wrong.")


def _is_nif(text: str) -> bool:
    """Whether nine digits end in their check digit: 11 less their sum by weights 9 to 2 modulo 11, or 0."""
    if len(text) != 9 or not (text.isascii() and text.isdigit()):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), text, strict=False))
    return int(text[-1]) == (11 - total % 11) % 11 % 10


def _notes(db: sqlite3.Connection, account_id: int) -> Found:
    names = [row.name for row in DOCUMENT_TYPES if row.corrects]
    rows = db.execute(
        "SELECT n.*, o.client_id AS corrected FROM documents n LEFT JOIN documents o ON o.id = n.owner_id "  # noqa: S608 - own constants
        f"WHERE n.account_id = ? AND n.status IN ({_LIVE}) AND n.number IS NOT NULL "
        "AND n.type IN (SELECT value FROM json_each(?)) ORDER BY n.id",
        (account_id, json.dumps(names)),
    )
    for row in rows:
        if row["owner_id"] is None:
            yield row, Flaw(NOTE_WITHOUT_OWNER, f"It is a {BY_NAME[row['type']].root}, and corrects nothing.")
        elif row["corrected"] not in {None, row["client_id"]}:
            yield row, Flaw(NOTE_CLIENT, f"It corrects the document {row['owner_id']} of another client.")


def _quantities(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield documents of which credit notes take more of an item than there was; items that the document does
    not name are not compared, since a note may name a returned item otherwise.
    """
    taken: dict[tuple[int, str], Fraction] = {}
    rows = db.execute(
        "SELECT c.owner_id, l.name, l.quantity "  # noqa: S608 - own constants
        "FROM documents c JOIN document_lines l ON l.document_id = c.id "
        f"WHERE c.account_id = ? AND c.type IN ({_CREDITING}) AND c.status IN ({_LIVE}) "
        "AND c.owner_id IS NOT NULL",
        (account_id,),
    )
    for row in rows:
        key = (row["owner_id"], row["name"])
        taken[key] = taken.get(key, Fraction()) + _quantity(row["quantity"])
    for (owner_id, name), quantity in sorted(taken.items()):
        lines = db.execute(
            "SELECT quantity FROM document_lines WHERE document_id = ? AND name = ?", (owner_id, name)
        ).fetchall()
        invoiced = sum((_quantity(line["quantity"]) for line in lines), Fraction())
        owner = db.execute("SELECT * FROM documents WHERE id = ?", (owner_id,)).fetchone()
        if owner is not None and lines and quantity > invoiced:
            sentence = f"Its credit notes take {float(quantity):g} of {name}, and it has {float(invoiced):g}."
            yield owner, Flaw(CREDITED_QUANTITY, sentence)


def _quantity(text: str) -> Fraction:
    """Return a quantity; a malformed one is a finding, and counts as 0 here."""
    try:
        return number(text)
    except ValueError:
        return Fraction()
