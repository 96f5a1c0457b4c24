"""Exports the SAF-T file of a month or a year, without waiting and without an API key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...books.accounts.account import DEFAULT_ACCOUNT
from ...output.saft.export import (
    FIRST_YEAR,
    LAST_YEAR,
    NothingToExport,
    check_there_is_something,
    file_answer,
    span_of,
)
from ..json_schema import TEXT, said, whole, with_default
from .operation import ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts, count

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...http.answer import FileAnswer


def _saft(emulation: Emulation, sent: JsonObject) -> tuple[int, FileAnswer]:
    if sent.get("account") == ALL_ACCOUNTS:
        raise ControlError(422, "A SAF-T file covers one account: name it.")
    (account,) = chosen_accounts(emulation, sent)
    year = count(sent, "year", FIRST_YEAR, LAST_YEAR, FIRST_YEAR)
    span = span_of(year, count(sent, "month", 1, 12, 1) if "month" in sent else None)
    try:
        check_there_is_something(emulation.store.db, account, span)
    except NothingToExport as error:
        raise ControlError(404, str(error)) from None
    today = account.clock.now(emulation.time_source).date()
    return 200, file_answer(emulation.store, account, span, today)


OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/saft",
        _saft,
        summary="Exports the SAF-T (PT) file of a month or a whole year.",
        sent={
            "account": said(with_default(TEXT, DEFAULT_ACCOUNT), "The account's name."),
            "year": whole(FIRST_YEAR, LAST_YEAR),
            "month": said(whole(1, 12), "Leave it out for the whole year."),
        },
        required=("year",),
        answer=said(TEXT, "SAF-T (PT) 1.04_01. If the download breaks off, ask again."),
        media_type="application/xml",
    ),
)
