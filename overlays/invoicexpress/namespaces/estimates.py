"""Quotes, proformas and fees notes: they bind nobody until they are accepted, and have no idempotency key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from invoicexpress_generated.api.documents import list_estimates
from invoicexpress_generated.models.estimate import Estimate
from invoicexpress_generated.models.estimate_write import EstimateWrite, EstimateWriteFields
from invoicexpress_generated.models.sequence import Sequence as Serie
from invoicexpress_generated.types import Request

from ..quirks import document_types
from ..quirks.document_filters import DocumentFilters, document_query
from ..quirks.number_lookup import WITH_NUMBER
from ..quirks.reconciliation import every
from ..quirks.sequence_rows import sequence_id
from ..sending.flows import C_co, Flow, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .documents import ByReference, Numbered, pages_of


class _Estimates(ByReference[C_co, Estimate], Numbered[C_co, Estimate]):
    model = Estimate

    @listing
    def list(self, *, per_page: int = PER_PAGE, **filters: Unpack[DocumentFilters]) -> PageReader[Estimate]:
        """The documents of this type, page by page as they are looked at. Without filters, all of them.

        Filters are those of DocumentFilters. A document that was written a moment ago may be missing for
        about two seconds. Raises InputError for a filter that there is not.
        """
        return self._pages(filters, per_page)

    def _with_number(self) -> PageReader[Estimate]:
        return self._pages({"status": WITH_NUMBER[self.row.family]}, PER_PAGE)

    def _pages(self, filters: DocumentFilters, per_page: int) -> PageReader[Estimate]:
        query = document_query(filters)

        def request(number: int, per_page: int) -> Request:
            return list_estimates.request(type=[self.row.type], **query, page=number, per_page=per_page)

        return pages_of(
            request,
            list_estimates.parse,
            (self.row.family_segment,),
            Estimate,
            per_page=per_page,
            what=self.row.segment,
        )

    def _with_reference(self, reference: str) -> Flow[Sequence[Estimate]]:
        return (yield from every(_Estimates.list.describe(self, reference=reference)))

    @operation
    def create(
        self, *, sequence: Serie | str | None = None, **fields: Unpack[EstimateWriteFields]
    ) -> Flow[Estimate]:
        """Creates a draft. Fields are those of EstimateWrite; client and items may be mappings.

        `sequence` is a série or the name of one; the right `sequence_id` is picked from it.
        There is no idempotency key for estimates. With a `reference` the documents that have it are noted
        first, and after an unknown result exactly one new one with the same content is the one; so let each
        document have a reference of its own. Without, an unknown result stays unknown. Raises InputError
        before anything is sent, ValidationError when the service refuses, AmbiguousResultError when it cannot
        be told.
        """
        fields["sequence_id"] = yield from sequence_id(sequence, fields.get("sequence_id"), self.row)
        return (yield from self._create(lambda: EstimateWrite.of(**fields)))

    @operation
    def update(
        self,
        document: Estimate | int,
        *,
        sequence: Serie | str | None = None,
        **fields: Unpack[EstimateWriteFields],
    ) -> Flow[Estimate]:
        """Replaces a draft as a whole: lines that are not given again are gone.

        Fields are those of `create`. Raises ValidationError for anything but a draft.
        """
        fields["sequence_id"] = yield from sequence_id(sequence, fields.get("sequence_id"), self.row)
        return (yield from self._update(document, lambda: EstimateWrite.of(**fields)))

    @operation
    def accept(self, document: Estimate | int) -> Flow[Estimate]:
        """Marks a finalized estimate as accepted by the client."""
        return (yield from self._change_state(document, "accept"))

    @operation
    def refuse(self, document: Estimate | int) -> Flow[Estimate]:
        """Marks a finalized estimate as refused by the client."""
        return (yield from self._change_state(document, "refuse"))


class Quotes(_Estimates[C_co]):
    """Quotes (orçamentos)."""

    row = document_types.QUOTE


class Proformas(_Estimates[C_co]):
    """Pro-forma invoices."""

    row = document_types.PROFORMA


class FeesNotes(_Estimates[C_co]):
    """Fees notes."""

    row = document_types.FEES_NOTE
