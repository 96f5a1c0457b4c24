"""Issuing a document: the conditions, then number, ATCUD, signature and, on request, a Multibanco reference.

Numbers are taken inside the request's transaction, so a refused or broken request leaves no gap
(Despacho 8632/2014, 1.6).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...fiscal.atcud import atcud
from ...fiscal.multibanco import reference_for
from ...fiscal.qr_fields import MOST_REGIONS
from ...fiscal.signature import message_to_sign
from ...http import messages
from ...http.clock import never_behind
from ...http.errors import Shape, refuse_if_any
from ...http.fields import Fields
from ..clients import rows as clients
from ..series import rows as series
from . import rows
from .balances import left_to_credit
from .drafting import check_opening, check_owner
from .issuer import issuer_now

if TYPE_CHECKING:
    from ..call import Call
    from ..series.series import SeriesRow
    from .document import Document


def issue(call: Call, draft: Document) -> None:
    """Give a draft its number, ATCUD and signature.

    Raises:
        Refused: 422, because of the series, the dates, the owner, the departure or the tax regions.
    """
    row = _series_row(call, draft)
    checks = Fields({}, [])
    _check_dates(draft, row, checks)
    check_opening(call, draft.type, draft.client_id, draft.date, checks)
    needs_registration = row.needs_registration and call.account.is_portuguese
    if needs_registration and row.validation_code is None and _registration_is_required(call):
        checks.complain(messages.SERIES_NOT_REGISTERED)
    _check_owner(call, draft, checks)
    entered_at = entry_moment(call)
    _check_departure(draft, entered_at, checks)
    _check_regions(call, draft, checks)
    refuse_if_any(Shape.GENERAL, checks.complaints)

    number = row.last_number + 1
    signature = None
    if draft.type.signed and call.account.is_portuguese:
        full_number = f"{draft.type.prefix} {row.serie}/{number}"
        signature = call.signer.sign(
            message_to_sign(draft.date, entered_at, full_number, draft.totals.total, row.last_signature)
        )
    series.advance(call.db, row, issued_on=draft.date, signature=signature)
    client = clients.by_id(call.db, call.account.id, draft.client_id)
    assert client is not None  # noqa: S101 - a foreign key
    has_multibanco = draft.wants_multibanco and reference_for(draft.id, draft.totals.total) is not None
    rows.set_issued(
        call.db,
        draft.id,
        rows.Issued(
            series_row_id=row.id,
            number=number,
            serie=row.serie,
            atcud=atcud(row.validation_code, number, needs_registration=needs_registration),
            signature=signature,
            system_entry=entered_at,
            has_multibanco=has_multibanco,
        ),
        client,
        issuer_now(call.account),
    )


def entry_moment(call: Call) -> datetime:
    """Return the time of entry for a document issued now, to the second.

    In an account, times of entry never go back (Despacho 8632/2014, 3.2.1). A program with a screen asks
    before it enters anything earlier than the last entry of any series (3.4.3); an API cannot ask, so such a
    document gets the time of that entry (assumed).
    """
    return never_behind(call.now.replace(microsecond=0), rows.last_entries(call.db, call.account.id))


def _registration_is_required(call: Call) -> bool:
    return call.account.settings.series_registration == "required"


def _series_row(call: Call, draft: Document) -> SeriesRow:
    chosen = (
        series.row_by_id(call.db, call.account.id, draft.series_row_id)
        if draft.series_row_id is not None
        else None
    )
    return chosen or series.row_for(call.db, call.account.id, draft.type.root)


def _check_dates(draft: Document, row: SeriesRow, checks: Fields) -> None:
    """A document may not be dated before its predecessor in the series (suestecreative 2026; Despacho
    8632/2014, 3.4.2).
    """
    if row.last_date is not None and draft.date < row.last_date:
        checks.complain(
            messages.DATE_BEHIND_SERIES,
            type=draft.type.dashed_name,
            date=row.last_date.strftime("%d %b %y"),
        )
    if draft.due_date < draft.date:
        checks.complain(messages.DUE_DATE_BEFORE_DATE)


def _check_departure(draft: Document, entered_at: datetime, checks: Fields) -> None:
    """A guide is issued before its goods leave (square-bit 2026-04; Decreto-Lei 147/2003, art. 5)."""
    if draft.type.goods == "transported" and draft.delivery and draft.delivery.leaves_before(entered_at):
        checks.complain(messages.LOADED_AT_PAST)


def _check_regions(call: Call, draft: Document, checks: Fields) -> None:
    """A QR code has room for three regions (AT, Código QR v1.0); with more a document is not issued
    (assumed).
    """
    if call.account.is_portuguese and len(draft.qr_regions) > MOST_REGIONS:
        checks.complain(messages.TOO_MANY_REGIONS, most=MOST_REGIONS)


def _check_owner(call: Call, draft: Document, checks: Fields) -> None:
    owner = rows.by_id(call.db, call.account.id, draft.owner_id) if draft.owner_id is not None else None
    if owner is None:
        return
    check_owner(draft.type, owner, checks)
    if draft.type.reduces_owner:
        left = left_to_credit(call.db, owner)
        # A fully credited document gets no further note, not even of 0.00 (Despacho 8632/2014, 3.3.7).
        if draft.totals.total > left or (left == 0 and owner.totals.total > 0):
            checks.complain(messages.CREDIT_ABOVE_OWNER)
