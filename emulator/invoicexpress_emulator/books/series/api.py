"""The endpoints of series (séries). A series has one row per document type, each with its own id, number,
date, validation code and hash chain.

A document's `sequence_id` is the id of the row of its own type; the series' own id is the id of its
invoice row, so sending it for another type is refused (suestecreative 2026). A series cannot be
renamed or deleted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Refused, Shape, invalid
from ...http.root_object import root_object
from . import rows

if TYPE_CHECKING:
    from ...http.messages import Text
    from ...http.wire_values import JsonValue
    from ..accounts.account import Account
    from ..accounts.settings import AtRegistration
    from ..call import Call
    from .series import Series

_SERIES_NAME: Final = {
    "refuse": re.compile(r"[A-Za-z0-9._-]{1,35}"),
    "accept": re.compile(r"(?! )[A-Za-z0-9._ -]{1,35}(?<! )"),
}
"""By the treatment of blanks. No blank, `/` or `^` may be in a name (SAF-T schema, InvoiceNo); the length is
assumed.
"""


def _find(call: Call) -> Series | None:
    return rows.by_id(call.db, call.account.id, call.path_id("sequence_id"))


def _found(call: Call) -> Series:
    series = _find(call)
    if series is None:
        raise NotFound(Missing.SEQUENCE)
    return series


class _Refusal(NamedTuple):
    """The answer for one refusal of the tax authority: each endpoint has its own code for it."""

    status: int
    create: Text
    register: Text


_TROUBLES: Final[Mapping[AtRegistration, _Refusal]] = {
    "no_credentials": _Refusal(422, messages.SEQUENCE_BAD_CREDENTIALS, messages.REGISTER_BAD_CREDENTIALS),
    "no_activity": _Refusal(422, messages.SEQUENCE_NO_ACTIVITY, messages.REGISTER_NO_ACTIVITY),
    "invalid_series": _Refusal(422, messages.SEQUENCE_INVALID, messages.REGISTER_NAME_NOT_ALLOWED),
    "registered_elsewhere": _Refusal(422, messages.SEQUENCE_EXISTS, messages.REGISTER_KNOWN_ALREADY),
    "in_progress": _Refusal(409, messages.SEQUENCE_BEING_REGISTERED, messages.REGISTER_BEING_REGISTERED),
    "unknown_error": _Refusal(422, messages.SEQUENCE_UNKNOWN_ERROR, messages.REGISTER_UNKNOWN_ERROR),
}
"""Codes of creating and registering series (vendor docs 2026-07). The page does not say when 003 of creating
("invalid sequence") and 001 and 007 of registering ("name not allowed", "all registered in AT") occur:
here, when the tax authority refuses the name, or already knows the series (assumed). The other codes need no
setting: an invalid or taken name, an account elsewhere, an unknown series or one with all its codes.
"""


def _trouble(account: Account) -> _Refusal | None:
    """Return the (simulated) tax authority's refusal of the account's series, None if it accepts them."""
    if account.at_user is not None and account.settings.at_registration == "no_credentials":
        return None
    return _TROUBLES.get(account.settings.at_registration)


def _series_json(call: Call, series: Series) -> dict[str, JsonValue]:
    return call.profile.series(series, portuguese=call.account.is_portuguese)


def list_sequences(call: Call) -> Answer:
    """GET /sequences.json: all of them, no pagination."""
    shown: list[JsonValue] = [_series_json(call, each) for each in rows.of_account(call.db, call.account.id)]
    return json_answer({"sequences": shown})


def get_sequence(call: Call) -> Answer:
    """GET /sequences/{id}.json, by the series' own id."""
    return json_answer({call.profile.series_root: _series_json(call, _found(call))})


def _asks_for_default(sent: JsonValue) -> bool:
    """Only for `"1"` and true; an integer 1 is silently ignored (recorded 2019, weareswat 2020)."""
    return sent is True or sent == "1"


def create_sequence(call: Call) -> Answer:
    """POST /sequences.json: makes a series and registers it at the (simulated) tax authority, which only
    Portuguese accounts do (vendor docs 2026-07: sequences).
    """
    data = root_object(call.body, "sequence", shape=Shape.SEQUENCE)
    sent = data.get("serie")
    is_integer = isinstance(sent, int) and not isinstance(sent, bool)
    serie = str(sent) if is_integer else sent
    if not isinstance(serie, str) or not _SERIES_NAME[call.account.settings.serie_blanks].fullmatch(serie):
        raise invalid(Shape.SEQUENCE, messages.SEQUENCE_NAME_NOT_ALLOWED.about())
    if rows.is_taken(call.db, call.account.id, serie):
        raise invalid(Shape.SEQUENCE, messages.SEQUENCE_EXISTS.about())
    is_portuguese = call.account.is_portuguese
    if is_portuguese and (trouble := _trouble(call.account)):
        raise Refused(trouble.status, Shape.SEQUENCE, trouble.create.about())
    series_id = rows.add(
        call.store,
        call.account.id,
        serie,
        is_default=_asks_for_default(data.get("default_sequence")),
        registered=is_portuguese and call.account.settings.at_registration != "manual",
        sent_as_integer=is_integer,
    )
    made = rows.by_id(call.db, call.account.id, series_id)
    assert made is not None  # noqa: S101 - it has just been added
    return json_answer({call.profile.series_root: _series_json(call, made)}, 201)


def set_current(call: Call) -> Answer:
    """PUT /sequences/{id}/set_current.json: makes a series the default."""
    rows.make_default(call.db, call.account.id, _found(call).id)
    return EMPTY


def register_sequence(call: Call) -> Answer:
    """PUT /sequences/{id}/register.json: the answer is a list with one series (vendor docs 2026-07)."""
    series = _find(call)
    if series is None:
        raise Refused(404, Shape.SEQUENCE, messages.SEQUENCE_UNKNOWN.about())
    if not call.account.is_portuguese:
        raise invalid(Shape.SEQUENCE, messages.REGISTER_NOT_PORTUGUESE.about())
    if trouble := _trouble(call.account):
        raise Refused(trouble.status, Shape.SEQUENCE, trouble.register.about())
    if not rows.register(call.store, series.id):
        raise Refused(409, Shape.SEQUENCE, messages.ALL_SEQUENCES_REGISTERED.about())
    shown: list[JsonValue] = [_series_json(call, _found(call))]
    return json_answer({"sequences": shown})
