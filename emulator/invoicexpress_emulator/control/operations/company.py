"""Seeding: fills an empty account with a realistic company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...books.accounts import rows as accounts
from ..json_schema import DAY, FLAG, at_least, by_name, record, said, whole, with_default
from .operation import ControlError, ControlOperation, JsonObject, flag, per_account

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.wire_values import JsonValue

_LARGEST_SEED: Final = 2**63 - 1


def _seed(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..demo_company import company  # noqa: PLC0415 - startup does not need its names and check digits

    seed, reset = sent.get("seed", 0), flag(sent, "reset", default=False)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= _LARGEST_SEED:
        raise ControlError(422, f'"seed" must be a whole number from 0 to {_LARGEST_SEED}.')

    def made(account: Account) -> JsonValue:
        if reset:
            accounts.empty(emulation.store, account)
        try:
            counts = company.make(emulation, account, seed)
        except company.CannotSeed as error:
            raise ControlError(409, str(error)) from None
        if reset:
            emulation.forget(account)
        return counts

    return per_account(emulation, sent, made)


_COUNT: Final = at_least(0)
_COUNTED: Final = ("clients", "items", "taxes", "documents", "outbox")

OPERATIONS: Final = (
    ControlOperation(
        "POST",
        "/seed",
        _seed,
        summary=(
            "Fills an empty account with a company: customers, items, taxes, and a year of documents of "
            "every type, up to today by the account's clock. The same seed and day give the same company."
        ),
        sent={
            "seed": whole(0, _LARGEST_SEED, default=0),
            "reset": with_default(
                said(FLAG, "Empty the account first, but keep its settings and clock."), False
            ),
        },
        answer=record(
            None, {**dict.fromkeys(_COUNTED, _COUNT), "by_type": by_name(_COUNT), "from": DAY, "to": DAY}
        ),
        per_account=True,
    ),
)
