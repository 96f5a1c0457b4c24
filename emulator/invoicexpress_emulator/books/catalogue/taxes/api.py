"""Taxes: names, rates and regions; one is the account's default.

A line of a document names its tax; a name that is not known silently gets the default (voluzi
2026).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ....faults.crashes import Crashed
from ....fiscal.tax_regions import TAX_REGIONS
from ....fiscal.totals import HUNDRED, rounded
from ....http import messages
from ....http.answer import EMPTY, Answer, json_answer
from ....http.errors import Missing, NotFound, Shape, refuse_if_any
from ....http.fields import Fields
from ....http.root_object import root_object
from ....http.wire_values import JsonValue, parse_decimal, parse_flag
from ....storage import ids
from .tax import Tax

if TYPE_CHECKING:
    from ...accounts.settings import Country
    from ...call import Call

TAX_CODES: Final = ("NOR", "INT", "RED", "OUT", "ISE")


class _Default(NamedTuple):
    name: str
    value: str
    code: str


class _Country(NamedTuple):
    region: str
    taxes: tuple[_Default, ...]


_DEFAULTS: Final[Mapping[Country, _Country]] = {
    "Portugal": _Country(
        "PT",
        (
            _Default("IVA23", "23.0", "NOR"),
            _Default("IVA13", "13.0", "INT"),
            _Default("IVA6", "6.0", "RED"),
            _Default("Isento", "0.0", "ISE"),
        ),
    ),
    "Ireland": _Country(
        "IE",
        (
            _Default("VAT23", "23.0", "NOR"),
            _Default("VAT13.5", "13.5", "INT"),
            _Default("VAT9", "9.0", "RED"),
            _Default("Exempt", "0.0", "ISE"),
        ),
    ),
    "UK": _Country(
        "GB",
        (
            _Default("VAT20", "20.0", "NOR"),
            _Default("VAT5", "5.0", "RED"),
            _Default("Exempt", "0.0", "ISE"),
        ),
    ),
}
"""Mainland rates (CIVA, art. 18); the first is the account's default. Region `PT` (recorded
2019). What accounts elsewhere begin with is not known: their countries' rates, under names of ours
(assumed).
"""


def add_defaults(db: sqlite3.Connection, account_id: int, country: Country) -> None:
    """Give a new account its taxes."""
    region, rows = _DEFAULTS[country]
    for position, row in enumerate(rows):
        db.execute(
            "INSERT INTO taxes (id, account_id, name, value, region, code, is_default) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                ids.next_id(db, account_id, "taxes"),
                account_id,
                row.name,
                row.value,
                region,
                row.code,
                int(position == 0),
            ),
        )


def _tax(row: sqlite3.Row) -> Tax:
    return Tax(
        row["id"], row["name"], Decimal(row["value"]), row["region"], row["code"], bool(row["is_default"])
    )


def every(db: sqlite3.Connection, account_id: int) -> list[Tax]:
    """Return all taxes of an account, oldest first."""
    rows = db.execute("SELECT * FROM taxes WHERE account_id = ? ORDER BY id", (account_id,))
    return [_tax(row) for row in rows]


def resolve(known: list[Tax], sent: Mapping[str, JsonValue] | None) -> Tax:
    """Return the tax that a line means: by name, else by rate, else the account's default.

    An id alone is not enough, and an unknown name gives the default without a word
    (suestecreative 2026, voluzi 2026).
    """
    return named(known, sent) or next(tax for tax in known if tax.is_default)


def named(known: list[Tax], sent: Mapping[str, JsonValue] | None) -> Tax | None:
    """Return the tax of a name or, where no name is sent, of a rate; None if there is none."""
    if not sent:
        return None
    name = sent.get("name")
    if isinstance(name, str) and name.strip():
        return next((tax for tax in known if tax.name == name.strip()), None)
    rate = parse_decimal(sent.get("value"))
    return next((tax for tax in known if rate is not None and tax.value == rate), None)


def _find(call: Call) -> Tax:
    row = call.db.execute(
        "SELECT * FROM taxes WHERE id = ? AND account_id = ?", (call.path_id("tax_id"), call.account.id)
    ).fetchone()
    if row is None:
        raise NotFound(Missing.TAX)
    return _tax(row)


def list_taxes(call: Call) -> Answer:
    """GET /taxes.json: all of them, no pagination (recorded 2019)."""
    rows: list[JsonValue] = [call.profile.tax(tax) for tax in every(call.db, call.account.id)]
    return json_answer({"taxes": rows})


def get_tax(call: Call) -> Answer:
    """GET /taxes/{id}.json."""
    return json_answer({"tax": call.profile.tax(_find(call))})


def create_tax(call: Call) -> Answer:
    """POST /taxes.json; live, a rate that is a JSON number makes it fail (diogopms 2026-06)."""
    sent = root_object(call.body, "tax", shape=Shape.TAX).get("value")
    is_number = isinstance(sent, int | float | Decimal) and not isinstance(sent, bool)
    if is_number and call.profile.create_tax_fails_on_numbers:
        raise Crashed
    tax_id = _save(call, None)
    row = call.db.execute("SELECT * FROM taxes WHERE id = ?", (tax_id,)).fetchone()
    return json_answer({"tax": call.profile.tax(_tax(row))}, 201)


def update_tax(call: Call) -> Answer:
    """PUT /taxes/{id}.json: wants the same fields as create; answers nothing."""
    _save(call, _find(call))
    return EMPTY


def delete_tax(call: Call) -> Answer:
    """DELETE /taxes/{id}.json. The default tax stays: an account without one could not tax anything
    (assumed).
    """
    tax = _find(call)
    refuse_if_any(Shape.TAX, [messages.TAX_DEFAULT_KEPT.about()] if tax.is_default else [])
    call.db.execute("DELETE FROM taxes WHERE id = ?", (tax.id,))
    return call.profile.tax_deleted


def _rate(fields: Fields) -> Decimal | None:
    """Read the rate. It must be text (diogopms 2026-06)."""
    sent = fields.data.get("value")
    if sent is None or sent == "":
        fields.complain(messages.TAX_VALUE_REQUIRED)
        return None
    rate = parse_decimal(sent) if isinstance(sent, str) else None
    if rate is None or not 0 <= rate <= HUNDRED:
        fields.complain(messages.TAX_VALUE_INVALID)
        return None
    return rounded(rate, 2)


def _save(call: Call, old: Tax | None) -> int:
    fields = Fields(root_object(call.body, "tax", shape=Shape.TAX), [])
    name, region, code = fields.text("name"), fields.text("region"), fields.text("code")
    rate = _rate(fields)
    if name is None:
        fields.complain(messages.TAX_NAME_REQUIRED)
    elif any(t.name == name and t.id != (old.id if old else 0) for t in every(call.db, call.account.id)):
        fields.complain(messages.TAX_NAME_TAKEN)
    if region is None:
        if old is not None or call.profile.tax_region_required_on_create:
            fields.complain(messages.TAX_REGION_EMPTY)
    elif region not in TAX_REGIONS:
        fields.complain(messages.TAX_REGION_INVALID)
    if code is not None and code not in TAX_CODES:
        fields.complain(messages.TAX_CODE_INVALID)
    refuse_if_any(Shape.TAX, fields.complaints)
    # The default moves by setting another; it is never just unset.
    is_default = parse_flag(fields.data.get("default_tax")) or bool(old and old.is_default)
    if is_default:
        call.db.execute("UPDATE taxes SET is_default = 0 WHERE account_id = ?", (call.account.id,))
    values = (name, str(rate), region, code, int(is_default))
    if old is not None:
        call.db.execute(
            "UPDATE taxes SET name = ?, value = ?, region = ?, code = ?, is_default = ? WHERE id = ?",
            (*values, old.id),
        )
        return old.id
    tax_id = ids.next_id(call.db, call.account.id, "taxes")
    call.db.execute(
        "INSERT INTO taxes (name, value, region, code, is_default, account_id, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values, call.account.id, tax_id),
    )
    return tax_id
