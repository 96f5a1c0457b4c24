"""Figures of an account for the overview of the dashboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ...books.documents import figures
from ...fiscal.document_types import DOCUMENT_TYPES
from ...fiscal.totals import euros
from ..json_schema import AMOUNT, DAY, TEXT, WHOLE, list_of, one_of, record, said
from .operation import ControlOperation, JsonObject, per_account

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.wire_values import JsonValue

_MONTHS: Final = 12
_AGES: Final = ("not due", "1 to 30 days", "31 to 60 days", "61 to 90 days", "more than 90 days")
"""Days since the due date, as in the client's `reports.open_items_by_age`."""
_LAST_DAYS: Final = (0, 30, 60, 90)
"""The last day of each age but the last."""


def _figures(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    db = emulation.store.db

    def shown(account: Account) -> JsonValue:
        today = account.clock.now(emulation.time_source).date()
        month = today.replace(day=1)
        issued = figures.issued(db, account.id, _months_before(month, _MONTHS - 1), today)
        return {
            "today": today.isoformat(),
            "months": [_months_before(month, back).isoformat()[:7] for back in reversed(range(_MONTHS))],
            "issued": [{**each._asdict(), "total": _amount(each.total)} for each in issued],
            "vat": [
                {
                    "region": each.region,
                    "rate": f"{each.rate:f}",
                    "base": _amount(each.base),
                    "tax": _amount(each.tax),
                }
                for each in figures.vat(db, account.id, month, today)
            ],
            "open_items": _by_age(figures.open_items(db, account.id), today),
        }

    return per_account(emulation, sent, shown)


def _months_before(month: dt.date, count: int) -> dt.date:
    """Return the first day of the month so many months earlier."""
    years, rest = divmod(month.year * 12 + month.month - 1 - count, 12)
    return dt.date(years, rest + 1, 1)


def _by_age(items: list[figures.OpenItem], today: dt.date) -> list[JsonValue]:
    """Return count and amount of the open items of each age."""
    of_age: list[list[int]] = [[] for _ in _AGES]
    for each in items:
        late = (today - each.due_date).days
        of_age[sum(late > last for last in _LAST_DAYS)].append(each.open)
    return [
        {"age": name, "documents": len(found), "open": _amount(sum(found))}
        for name, found in zip(_AGES, of_age, strict=True)
    ]


def _amount(cents: int) -> str:
    return f"{euros(cents):.2f}"


OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/figures",
        _figures,
        summary="Returns an account's figures by its clock: documents issued in each of twelve months, the "
        "VAT of this month, and what clients owe. Cancelled documents do not count.",
        answer=record(
            "Figures",
            {
                "today": DAY,
                "months": said(list_of(TEXT), "The last twelve, `2026-11`, this one last."),
                "issued": list_of(
                    record(
                        "IssuedInMonth",
                        {
                            "month": TEXT,
                            "type": one_of(*(row.name for row in DOCUMENT_TYPES)),
                            "documents": WHOLE,
                            "total": AMOUNT,
                        },
                    )
                ),
                "vat": said(
                    list_of(
                        record(
                            "VatOfRate",
                            {
                                "region": said(TEXT, "`PT`, `PT-AC`, `PT-MA`, or another country."),
                                "rate": said(TEXT, "Percent."),
                                "base": AMOUNT,
                                "tax": AMOUNT,
                            },
                        )
                    ),
                    "Sales of this month so far, credit notes deducted.",
                ),
                "open_items": said(
                    list_of(
                        record(
                            "OpenItemsOfAge",
                            {
                                "age": said(one_of(*_AGES), "Since the due date."),
                                "documents": WHOLE,
                                "open": AMOUNT,
                            },
                        )
                    ),
                    "Every age, also without items.",
                ),
            },
        ),
        per_account=True,
    ),
)
