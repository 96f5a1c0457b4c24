"""The limit of documents in an account's plan.

Seen in English: over the limit, creating answers 422 and names the period, from a day of a month to the same
day of the next (tim-online 2023-11: from 15/12/2022 to 15/01/2023). Assumed: every document issued
in the period counts, and every draft, whatever its type; receipts, which come from payments, do not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ...http import messages
from ...http.errors import Shape, invalid
from ...http.wire_values import portuguese_date
from .counting import count_made_or_drafted

if TYPE_CHECKING:
    from ..call import Call


def period_of(day: date, from_day: int) -> tuple[date, date]:
    """Return the first day of the period of `day`, and the first day of the next period."""
    first = day.replace(day=from_day)
    if day < first:
        first = (day.replace(day=1) - timedelta(days=1)).replace(day=from_day)
    return first, (first.replace(day=1) + timedelta(days=31)).replace(day=from_day)


def refuse_if_reached(call: Call) -> None:
    """Raise Refused (422) if the plan allows no more documents in this period."""
    limit = call.account.settings.document_limit
    if limit is None:
        return
    first, last = period_of(call.today, limit.from_day)
    if count_made_or_drafted(call.db, call.account.id, first, last) >= limit.documents:
        raise invalid(
            Shape.PLAN,
            messages.DOCUMENT_LIMIT.about(first=portuguese_date(first), last=portuguese_date(last)),
        )
