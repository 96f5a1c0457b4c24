"""Takes, restores, lists and deletes snapshots of accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .. import snapshots
from ..json_schema import FLAG, MOMENT, TEXT, Schema, at_least, list_of, record, with_default
from ..snapshots import BadSnapshot, NoSnapshot, SnapshotConflict
from .operation import (
    ALL_ACCOUNTS,
    ControlError,
    ControlOperation,
    JsonObject,
    chosen_accounts,
    flag,
    per_account,
)

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.wire_values import JsonValue


def _take(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    found, replace = chosen_accounts(emulation, sent), flag(sent, "replace", default=False)
    name = sent.get("name")
    if name is None:
        name = snapshots.free_name(emulation.store.db, found)
    if not isinstance(name, str):
        raise ControlError(422, '"name" must be text.')
    for account in found:
        _carried_out(snapshots.take, emulation, account, name, replace=replace)
    taken_of: list[JsonValue] = [account.name for account in found]
    return 201, {"name": name, "accounts": taken_of}


def _restore(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    """Restore one account or, for `*`, every account that has a snapshot with the name."""
    found, name = chosen_accounts(emulation, sent), sent.get("name")
    if not isinstance(name, str):
        raise ControlError(422, '"name" must be the name of a snapshot.')
    if sent.get("account") == ALL_ACCOUNTS:
        db = emulation.store.db
        having = [each for each in found if any(kept.name == name for kept in snapshots.of_account(db, each))]
        if not having:
            raise ControlError(404, f"No account has a snapshot {name!r}.")
        found = having
    for account in found:
        _carried_out(snapshots.restore, emulation, account, name)
    restored: list[JsonValue] = [account.name for account in found]
    return 200, {"name": name, "accounts": restored}


def _list(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    def shown(account: Account) -> JsonValue:
        kept = snapshots.of_account(emulation.store.db, account)
        return {"snapshots": [dict(each._asdict()) for each in kept]}

    return per_account(emulation, sent, shown)


def _delete(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    name = sent.get("name")
    if not isinstance(name, str | None):
        raise ControlError(422, '"name" must be text.')
    found = chosen_accounts(emulation, sent)
    deleted = sum(snapshots.delete(emulation.store.db, account, name) for account in found)
    if name is not None and not deleted:
        raise ControlError(404, f"There is no snapshot {name!r}.")
    return 200, {"deleted": deleted}


def _carried_out(
    work: Callable[..., None], emulation: Emulation, account: Account, name: str, **options: bool
) -> None:
    try:
        work(emulation, account, name, **options)
    except NoSnapshot as error:
        raise ControlError(404, str(error)) from None
    except SnapshotConflict as error:
        raise ControlError(409, str(error)) from None
    except BadSnapshot as error:
        raise ControlError(422, str(error)) from None


_NAME: Final[Schema] = {**TEXT, "minLength": 1, "maxLength": snapshots.LONGEST_NAME}
_CARRIED_OUT: Final = record(None, {"name": _NAME, "accounts": list_of(TEXT)})
_SNAPSHOT: Final = record(
    None, {"name": _NAME, "taken_at": MOMENT, "documents": at_least(0), "bytes": at_least(1)}
)

OPERATIONS: Final = (
    ControlOperation(
        "POST",
        "/snapshot",
        _take,
        summary="Saves an account's books, clock and settings under a name; without one, under a new name.",
        sent={"name": _NAME, "replace": with_default(FLAG, False)},
        answer=_CARRIED_OUT,
        status=201,
    ),
    ControlOperation(
        "POST",
        "/restore",
        _restore,
        summary="Returns an account to the state of a snapshot, ids and numbers included.",
        sent={"name": _NAME},
        required=("name",),
        answer=_CARRIED_OUT,
    ),
    ControlOperation(
        "GET",
        "/snapshots",
        _list,
        summary="Lists an account's snapshots by name.",
        answer=record(None, {"snapshots": list_of(_SNAPSHOT)}),
        per_account=True,
    ),
    ControlOperation(
        "DELETE",
        "/snapshots",
        _delete,
        summary="Deletes the snapshot with a name or, without one, all of an account's snapshots.",
        sent={"name": _NAME},
        answer=record(None, {"deleted": at_least(0)}),
    ),
)
