"""Treasury of a client: balance, initial balance, regularizations (write-offs), movements of money.

Its paths begin with /api/v3, and its dates are ISO (vendor docs 2026-07). A payment pays the oldest open
documents first and makes a receipt for each (order and number of receipts are assumed). After a movement is
deleted, the documents stay paid (diogopms 2026-06).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.payment_mechanisms import DEFAULT_MECHANISM, PAYMENT_MECHANISMS
from ...fiscal.totals import cents, euros
from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Shape, invalid, refuse_if_any
from ...http.fields import Fields
from ...http.root_object import root_object
from ...http.wire_values import JsonValue, decimal_text, number, parse_date
from ..clients import rows as clients
from ..documents import rows as documents
from ..documents.balances import open_amount
from ..documents.payments import pay
from ..pages import page_of
from . import rows
from .client_account import Amounts, client_account
from .records import InitialBalance, Movement, Regularization

if TYPE_CHECKING:
    from ...http.messages import Text
    from ..call import Call
    from ..clients.client import Client

MOVEMENT_TYPES: Final = ("Payment", "Reimbursement")

_NO_BALANCE_DATE: Final = "1970-01-01"
_LARGEST: Final = Decimal(10) ** 9
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _client(call: Call) -> Client:
    client = clients.by_id(call.db, call.account.id, call.path_id("client_id"))
    if client is None:
        raise NotFound(Missing.CLIENT_OF_TREASURY)
    return client


def _value(fields: Fields, complaint: Text, *, smallest: Decimal) -> int:
    """Read an amount in EUR; return cents."""
    value = fields.decimal("value", complaint)
    if value is None or not smallest <= value < _LARGEST:
        fields.complain(complaint)
        return 0
    return cents(value)


def _date(fields: Fields) -> date | None:
    """Read an ISO date; any other text counts as missing."""
    text = fields.text("date")
    day = parse_date(text) if text is not None and _ISO.fullmatch(text.strip()) else None
    if day is None:
        fields.complain(messages.TREASURY_DATE_BLANK)
    return day


def _euros(amount: int) -> float:
    return number(euros(amount))


def _amounts(amounts: Amounts) -> JsonValue:
    return {"with_vat": _euros(amounts.with_vat), "without_vat": _euros(amounts.without_vat)}


# Balance --------------------------------------------------------------------------------------------


def get_client_balance(call: Call) -> Answer:
    """GET /api/v3/clients/{id}/balance.json: without a root key.

    `remaining_balance` is the debt that may be written off: `total` before the write-offs so far, `value`
    after them (assumed: the documentation only names them).
    """
    client = _client(call)
    account = client_account(call.db, client.id)
    opening = rows.initial_balance(call.db, client.id)
    return json_answer(
        {
            "currency": {"symbol": "€", "code": "EUR"},
            "initial_balance": {
                "value": _euros(account.initial),
                "created_at": opening.date.isoformat() if opening else _NO_BALANCE_DATE,
                "observation": opening.observation if opening else None,
            },
            "balance": _amounts(account.balance),
            "overdue_balance": _amounts(account.overdue(call.today)),
            "remaining_balance": {
                "total": _euros(max(0, account.balance.with_vat + account.regularized)),
                "value": _euros(account.remaining),
            },
        }
    )


def update_initial_balance(call: Call) -> Answer:
    """PUT /api/v3/clients/{id}/initial_balance.json; may be negative: the client is owed."""
    client = _client(call)
    is_flat = not isinstance(call.body, dict) or "initial_balance" not in call.body
    if is_flat and call.profile.flat_initial_balance is not None:
        return call.profile.flat_initial_balance
    fields = Fields(root_object(call.body, "initial_balance", shape=Shape.TREASURY), [])
    value = _value(fields, messages.TREASURY_VALUE_INVALID, smallest=-_LARGEST)
    day, observation = _date(fields), fields.text("observation")
    refuse_if_any(Shape.TREASURY, fields.complaints)
    assert day is not None  # noqa: S101 - without one there is a complaint
    rows.set_initial_balance(call.db, client.id, InitialBalance(value, day, observation))
    return json_answer(
        {"initial_balance": {"value": _euros(value), "date": day.isoformat(), "observation": observation}}
    )


# Regularizations ------------------------------------------------------------------------------------


def _shown_regularization(found: Regularization) -> dict[str, JsonValue]:
    return {
        "id": found.id,
        "number": f"NR{found.number:08d}",
        "value": _euros(found.value),
        "date": found.date.isoformat(),
        "observation": found.observation,
    }


def list_regularizations(call: Call) -> Answer:
    """GET /api/v3/clients/{id}/regularization.json: a list under a singular key (vendor docs 2026-07)."""
    client, page = _client(call), page_of(call.query)
    found, total = rows.page_of_regularizations(call.db, client.id, page)
    shown: list[JsonValue] = [_shown_regularization(each) for each in found]
    return json_answer({"regularization": shown, "pagination": page.described(total)})


def create_regularization(call: Call) -> Answer:
    """POST /api/v3/clients/{id}/regularization.json: writes off a part of the debt.

    Numbers run through the account and are not used twice (assumed).
    """
    client = _client(call)
    fields = Fields(root_object(call.body, "regularization", shape=Shape.TREASURY), [])
    value = _value(fields, messages.TREASURY_VALUE_INVALID, smallest=Decimal("0.01"))
    if value > client_account(call.db, client.id).remaining:
        fields.complain(messages.REGULARIZATION_TOO_HIGH)
    day, observation = _date(fields), fields.text("observation")
    refuse_if_any(Shape.TREASURY, fields.complaints)
    assert day is not None  # noqa: S101 - without one there is a complaint
    made = rows.add_regularization(
        call.db, call.account.id, client.id, value, day=day, observation=observation
    )
    shown: JsonValue = _shown_regularization(made)
    return json_answer(
        {"regularization": [shown] if call.profile.regularization_created_in_list else shown}, 201
    )


def delete_regularization(call: Call) -> Answer:
    """DELETE /api/v3/clients/{id}/regularization/{id}.json: restores the debt; an empty 200."""
    client = _client(call)
    if not rows.delete_regularization(call.db, client.id, call.path_id("id")):
        raise NotFound(Missing.REGULARIZATION)
    return EMPTY


# Movements ------------------------------------------------------------------------------------------


def create_movement(call: Call) -> Answer:
    """POST /api/v3/clients/{id}/treasury_movements.json: money received or paid back."""
    client = _client(call)
    fields = Fields(root_object(call.body, "treasury_movement", shape=Shape.TREASURY), [])
    value = _value(fields, messages.MOVEMENT_VALUE_INVALID, smallest=Decimal("0.01"))
    kind, method = fields.text("movement_type"), fields.text("payment_method") or DEFAULT_MECHANISM
    if kind not in MOVEMENT_TYPES:
        fields.complain(messages.MOVEMENT_TYPE_INVALID)
    if method not in PAYMENT_MECHANISMS:
        fields.complain(messages.MOVEMENT_METHOD_INVALID)
    day, serie, observation = _date(fields), fields.text("serie"), fields.text("observation")
    refuse_if_any(Shape.TREASURY, fields.complaints)
    assert day is not None  # noqa: S101 - without one there is a complaint
    assert kind is not None  # noqa: S101 - without one there is a complaint
    if kind == "Payment":
        serie = _take_payment(call, client, value, method=method, serie=serie, note=observation, day=day)
    movement = Movement(value, kind, method, day, serie, observation)
    movement_id = rows.add_movement(call.db, call.account.id, client.id, movement)
    shown: dict[str, JsonValue] = {"id": movement_id} if call.profile.movement_shows_id else {}
    shown |= movement._asdict() | {"value": _euros(value), "date": day.isoformat()}
    return json_answer({"treasury_movement": shown}, 201)


def _take_payment(
    call: Call,
    client: Client,
    value: int,
    *,
    method: str,
    serie: str | None,
    note: str | None,
    day: date,
) -> str | None:
    """Pay open documents, oldest first; return the series of the receipts."""
    waiting = [(each, open_amount(call.db, each)) for each in documents.unpaid_of_client(call.db, client.id)]
    still_open = sum(amount for _, amount in waiting)
    if not still_open:
        raise invalid(Shape.TREASURY, messages.NOTHING_OPEN.about())
    if value > still_open:
        raise invalid(Shape.TREASURY, messages.MOVEMENT_TOO_HIGH.about(open=decimal_text(euros(still_open))))
    left = value
    for invoice, amount in waiting:
        part = min(left, amount)
        if part:
            receipt_id = pay(call, invoice, part, mechanism=method, note=note, serie=serie, paid_on=day)
            receipt = documents.by_id(call.db, call.account.id, receipt_id)
            serie = receipt.serie if receipt else serie
        left -= part
    return serie


def delete_movement(call: Call) -> Answer:
    """DELETE /api/v3/clients/{id}/treasury_movements/{id}.json; paid documents stay paid."""
    client = _client(call)
    if not rows.delete_movement(call.db, client.id, call.path_id("id")):
        raise NotFound(Missing.MOVEMENT)
    return call.profile.movement_deleted
