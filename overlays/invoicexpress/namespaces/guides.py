"""Guides: goods in transit. They state time and place of loading, and get a code from the tax authority.

The loading time is in Europe/Lisbon and may not be in the past (square-bit 2026-04, OCA 2026-08). The code
arrives some time after the guide was finalized; before that its key is missing (vendor docs 2026-07,
Webdados 2025).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence as Many
from decimal import Decimal
from typing import Final, Unpack

from invoicexpress_generated import models
from invoicexpress_generated.types import Unset
from invoicexpress_wire import WireError

import invoicexpress

from .. import lisbon, quirks
from ..errors import InputError
from ..quirks import document_types
from ..quirks.document_filters import GuideFilters
from ..quirks.identity import id_of
from ..quirks.number_lookup import WITH_NUMBER
from ..sending.flows import C_co, Flow, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .by_reference import ByReference
from .document_lists import guide_pages
from .documents import Numbered, QrCoded


def loading_time(given: object) -> datetime.datetime:
    """A loading time in wire form: without a zone, in Europe/Lisbon.

    Raises WireError for a time in the past, since such a guide could never be finalized, and for a time that
    does not exist in Lisbon. A time that occurs twice, when clocks are put back, is past after the second.
    """
    if not isinstance(given, datetime.datetime):
        raise WireError(f"expected a datetime.datetime, got {type(given).__name__} {given!r}")
    there, now = lisbon.meant(given), lisbon.now()
    latest = there if given.tzinfo is not None else there.replace(fold=1)
    # Within one zone Python compares wall-clock times, not instants.
    if latest.astimezone(datetime.UTC) <= now.astimezone(datetime.UTC):
        raise WireError(f"{there:%Y-%m-%d %H:%M:%S} is in the past; in Lisbon it is {now:%Y-%m-%d %H:%M:%S}")
    return there.replace(tzinfo=None, fold=0)


def _meant(fields: models.GuideWriteFields) -> models.GuideWrite:
    return models.GuideWrite.of(**fields)


def _written(fields: models.GuideWriteFields) -> models.GuideWrite:
    guide = _meant(fields)
    try:
        guide.loaded_at = loading_time(guide.loaded_at)
    except WireError as error:
        raise error.inside("loaded_at") from None
    return guide


AT_CODE_TIMEOUT: Final = 180.0
"""Seconds."""


class Guides(ByReference[C_co, models.Guide], QrCoded[C_co, models.Guide], Numbered[C_co, models.Guide]):
    """Methods of guides of every type."""

    model = models.Guide

    @listing
    def list(self, *, per_page: int = PER_PAGE, **filters: Unpack[GuideFilters]) -> PageReader[models.Guide]:
        """The guides of this type, read page by page as needed. Without filters, all of them.

        Takes the filters of GuideFilters. A new guide may be missing for about two seconds. Raises InputError
        for an unknown filter.
        """
        return self._pages(filters, per_page)

    def _with_number(self) -> PageReader[models.Guide]:
        return self._pages({"status": WITH_NUMBER[self.row.family]}, PER_PAGE)

    def _pages(self, filters: GuideFilters, per_page: int) -> PageReader[models.Guide]:
        return guide_pages([self.row.type], filters, per_page, what=self.row.segment)

    def _with_reference(self, reference: str) -> Flow[Many[models.Guide]]:
        # The list has no filter for references; `text` searches the details (vendor docs 2026-07).
        found = yield from quirks.lookups.every(Guides.list.describe(self, text=reference))
        return [guide for guide in found if guide.reference == reference]

    @operation
    def create(
        self, *, sequence: models.Sequence | str | None = None, **fields: Unpack[models.GuideWriteFields]
    ) -> Flow[models.Guide]:
        """Creates a draft. Takes the fields of GuideWrite; client, items and addresses may be mappings.

        `loaded_at` is in Europe/Lisbon; a time with a zone is converted. `owner_invoice_id` names the invoice
        of the goods. `sequence` is a série or its name. Guides have no idempotency key: as with estimates,
        give each a unique `reference`, so that an unknown result can be decided. Raises InputError before
        anything is sent, ValidationError if the service refuses, AmbiguousResultError if the result stays
        unknown.
        """
        return (yield from self._create(fields, _written, sequence))

    @operation
    def issue(
        self,
        *,
        expect_total: Decimal | invoicexpress.Totals,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.GuideWriteFields],
    ) -> Flow[models.Guide]:
        """Creates and finalizes a document, once for each `reference`, and returns the issued document.

        `reference` is required: your own, and unique among your documents of this type. `expect_total` is in
        the account's currency, or a Totals. Called again with the same reference and content, by another
        thread or task of this process, this returns the same issued document. Other processes are not
        guarded, nor is this one after a restart: guides have no idempotency key, and lists lag. A reference
        is free again once its document is cancelled.

        Takes the fields of `create`. Raises KeyReusedError if the reference belongs to a document with other
        content, DraftMismatchError with the draft's id if the total differs, InputError before anything is
        sent, ValidationError if the service refuses, and AmbiguousResultError if the result stays unknown;
        with this reference the client then creates nothing more until it finds the document.
        """
        return (yield from self._issue(fields, _written, sequence, expect_total, meant=_meant))

    @operation
    def update(
        self,
        document: models.Guide | int,
        *,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.GuideWriteFields],
    ) -> Flow[models.Guide]:
        """Replaces a draft as a whole: repeat every line that should stay. Takes the fields of `create`.

        The live service was seen to answer 500 to this for every type of guide (diogopms 2026-06). Raises
        ValidationError for anything but a draft.
        """
        return (yield from self._update(document, fields, _written, sequence))

    @operation
    def at_code(
        self,
        document: models.Guide | int,
        *,
        timeout: float = AT_CODE_TIMEOUT,
        on_wait: quirks.polling.OnWait | None = None,
    ) -> Flow[str]:
        """Waits for the tax authority's code for the transport, which the driver has to carry.

        It arrives some time after the guide was finalized, a minute for one integrator (Webdados 2025).
        `timeout` is in seconds; `on_wait` is called before each pause. Raises InputError for a draft or a
        cancelled guide, which get no code; NotReadyError at the deadline (calling again resumes);
        NotFoundError.
        """
        document_id = id_of(document, self.model)
        what = f"the tax authority's code for guide {document_id}"
        return (
            yield from quirks.polling.until_present(
                what, lambda: self._get(document_id), code_of, timeout, on_wait
            )
        )


def code_of(guide: models.Guide) -> str | None:
    """The code of the tax authority for a transport; None before it arrives.

    Raises InputError for a guide that gets no code in its state.
    """
    if guide.status in ("draft", "deleted", "canceled"):
        raise InputError(
            "guide", f"it is {guide.status}; only finalized guides get a code of the tax authority"
        )
    code = guide.at_doc_code_id
    return None if isinstance(code, Unset) or not code else code


class Shippings(Guides[C_co]):
    """Shipping guides (GR)."""

    row = document_types.SHIPPING


class Transports(Guides[C_co]):
    """Transport guides (GT)."""

    row = document_types.TRANSPORT


class Devolutions(Guides[C_co]):
    """Devolution guides (GD): goods that go back."""

    row = document_types.DEVOLUTION
