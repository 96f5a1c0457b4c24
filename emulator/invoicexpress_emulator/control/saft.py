"""The SAF-T file of a month or a year, at once and without a key."""

from __future__ import annotations

from typing import Final

from ..account import DEFAULT_ACCOUNT
from ..answer import FileAnswer
from ..emulation import Emulation
from ..saft_export import (
    FIRST_YEAR,
    LAST_YEAR,
    NothingToExport,
    check_there_is_something,
    file_answer,
    span_of,
)
from .json_schema import TEXT, said, whole, with_default
from .operation import ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts, count


def _saft(emulation: Emulation, sent: JsonObject) -> tuple[int, FileAnswer]:
    if sent.get("account") == ALL_ACCOUNTS:
        raise ControlError(422, "A SAF-T file has the books of one account, so name one.")
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
        summary="Exports the SAF-T (PT) file of a month, or of a whole year.",
        sent={
            "account": said(with_default(TEXT, DEFAULT_ACCOUNT), "The name of an account."),
            "year": whole(FIRST_YEAR, LAST_YEAR),
            "month": said(whole(1, 12), "None for the whole year."),
        },
        required=("year",),
        answer=said(TEXT, "SAF-T (PT) 1.04_01. A download that breaks off is to be asked for again."),
        media_type="application/xml",
    ),
)
