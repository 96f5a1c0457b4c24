"""The endpoints of taxes: names, rates and regions; one tax is the account's default."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ....faults.crashes import Crashed
from ....fiscal.tax_regions import TAX_REGIONS
from ....fiscal.totals import HUNDRED, rounded
from ....http import messages
from ....http.answer import EMPTY, Answer, json_answer
from ....http.errors import Missing, NotFound, Shape, refuse_if_any
from ....http.fields import Fields
from ....http.root_object import root_object
from ....http.wire_values import JsonValue, parse_decimal, parse_flag
from . import rows
from .rows import TaxValues
from .tax import TAX_CODES, Tax

if TYPE_CHECKING:
    from ...call import Call


def _find(call: Call) -> Tax:
    tax = rows.by_id(call.db, call.account.id, call.path_id("tax_id"))
    if tax is None:
        raise NotFound(Missing.TAX)
    return tax


def list_taxes(call: Call) -> Answer:
    """GET /taxes.json: all of them, no pagination (recorded 2019)."""
    shown: list[JsonValue] = [call.profile.tax(tax) for tax in rows.every(call.db, call.account.id)]
    return json_answer({"taxes": shown})


def get_tax(call: Call) -> Answer:
    """GET /taxes/{id}.json."""
    return json_answer({"tax": call.profile.tax(_find(call))})


def create_tax(call: Call) -> Answer:
    """POST /taxes.json; live, a rate that is a JSON number makes it fail (diogopms 2026-06)."""
    sent = root_object(call.body, "tax", shape=Shape.TAX).get("value")
    is_number = isinstance(sent, int | float | Decimal) and not isinstance(sent, bool)
    if is_number and call.profile.create_tax_fails_on_numbers:
        raise Crashed
    tax = rows.by_id(call.db, call.account.id, rows.insert(call.db, call.account.id, _checked(call, None)))
    assert tax is not None  # noqa: S101 - it has just been inserted
    return json_answer({"tax": call.profile.tax(tax)}, 201)


def update_tax(call: Call) -> Answer:
    """PUT /taxes/{id}.json: requires the same fields as create; the answer is empty."""
    old = _find(call)
    rows.update(call.db, call.account.id, old.id, _checked(call, old))
    return EMPTY


def delete_tax(call: Call) -> Answer:
    """DELETE /taxes/{id}.json. The default tax stays: an account without one could not tax anything
    (assumed).
    """
    tax = _find(call)
    refuse_if_any(Shape.TAX, [messages.TAX_DEFAULT_KEPT.about()] if tax.is_default else [])
    rows.delete(call.db, tax.id)
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


def _checked(call: Call, old: Tax | None) -> TaxValues:
    fields = Fields(root_object(call.body, "tax", shape=Shape.TAX), [])
    name, region, code = fields.text("name"), fields.text("region"), fields.text("code")
    rate = _rate(fields)
    if name is None:
        fields.complain(messages.TAX_NAME_REQUIRED)
    elif any(t.name == name and t.id != (old.id if old else 0) for t in rows.every(call.db, call.account.id)):
        fields.complain(messages.TAX_NAME_TAKEN)
    if region is None:
        if old is not None or call.profile.tax_region_required_on_create:
            fields.complain(messages.TAX_REGION_EMPTY)
    elif region not in TAX_REGIONS:
        fields.complain(messages.TAX_REGION_INVALID)
    if code is not None and code not in TAX_CODES:
        fields.complain(messages.TAX_CODE_INVALID)
    refuse_if_any(Shape.TAX, fields.complaints)
    # The default changes by setting another; it is never just unset.
    is_default = parse_flag(fields.data.get("default_tax")) or bool(old and old.is_default)
    assert name is not None  # noqa: S101 - without one there is a complaint
    assert rate is not None  # noqa: S101 - without one there is a complaint
    return TaxValues(name, rate, region, code, is_default)
