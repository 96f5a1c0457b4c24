"""Quotes, proformas and fees notes: not binding until accepted, and without an idempotency key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Unpack

from invoicexpress_generated import models

import invoicexpress

from .. import quirks
from ..quirks import document_types
from ..quirks.document_filters import DocumentFilters
from ..quirks.identity import id_of
from ..quirks.number_lookup import WITH_NUMBER
from ..sending.flows import C_co, Flow, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .by_reference import ByReference
from .document_lists import estimate_pages
from .documents import Numbered


def _written(fields: models.EstimateWriteFields) -> models.EstimateWrite:
    return models.EstimateWrite.of(**fields)


class _Estimates(ByReference[C_co, models.Estimate], Numbered[C_co, models.Estimate]):
    model = models.Estimate

    @listing
    def list(
        self, *, per_page: int = PER_PAGE, **filters: Unpack[DocumentFilters]
    ) -> PageReader[models.Estimate]:
        """The documents of this type, read page by page as needed. Without filters, all of them.

        Takes the filters of DocumentFilters. A new document may be missing for about two seconds. Raises
        InputError for an unknown filter.
        """
        return self._pages(filters, per_page)

    def _with_number(self) -> PageReader[models.Estimate]:
        return self._pages({"status": WITH_NUMBER[self.row.family]}, PER_PAGE)

    def _pages(self, filters: DocumentFilters, per_page: int) -> PageReader[models.Estimate]:
        return estimate_pages([self.row.type], filters, per_page, what=self.row.segment)

    def _with_reference(self, reference: str) -> Flow[Sequence[models.Estimate]]:
        return (yield from quirks.lookups.every(_Estimates.list.describe(self, reference=reference)))

    @operation
    def create(
        self, *, sequence: models.Sequence | str | None = None, **fields: Unpack[models.EstimateWriteFields]
    ) -> Flow[models.Estimate]:
        """Creates a draft. Takes the fields of EstimateWrite; client and items may be mappings.

        `sequence` is a série or its name, and determines `sequence_id`. Estimates have no idempotency key, so
        give each a unique `reference`: the client lists the documents with that reference first, and after an
        unknown result a single new one with the same content is the result. Without a reference an unknown
        result stays unknown. Raises InputError before anything is sent, ValidationError if the service
        refuses, AmbiguousResultError if the result stays unknown.
        """
        return (yield from self._create(fields, _written, sequence))

    @operation
    def issue(
        self,
        *,
        expect_total: Decimal | invoicexpress.Totals,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.EstimateWriteFields],
    ) -> Flow[models.Estimate]:
        """Creates and finalizes a document, once for each `reference`, and returns the issued document.

        `reference` is required: your own, and unique among your documents of this type. `expect_total` is in
        the account's currency, or a Totals. Called again with the same reference and content, by another
        thread or task of this process, this returns the same issued document. Other processes are not
        guarded, nor is this one after a restart: estimates have no idempotency key, and lists lag. A
        reference is free again once its document is cancelled.

        Takes the fields of `create`. Raises KeyReusedError if the reference belongs to a document with other
        content, DraftMismatchError with the draft's id if the total differs, InputError before anything is
        sent, ValidationError if the service refuses, and AmbiguousResultError if the result stays unknown;
        with this reference the client then creates nothing more until it finds the document.
        """
        return (yield from self._issue(fields, _written, sequence, expect_total))

    @operation
    def update(
        self,
        document: models.Estimate | int,
        *,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.EstimateWriteFields],
    ) -> Flow[models.Estimate]:
        """Replaces a draft as a whole: repeat every line that should stay.

        Takes the fields of `create`. Raises ValidationError for anything but a draft.
        """
        return (yield from self._update(document, fields, _written, sequence))

    @operation
    def accept(self, document: models.Estimate | int) -> Flow[models.Estimate]:
        """Marks a finalized estimate as accepted by the client."""
        return (yield from self._change_state(id_of(document, self.model), "accept"))

    @operation
    def refuse(self, document: models.Estimate | int) -> Flow[models.Estimate]:
        """Marks a finalized estimate as refused by the client."""
        return (yield from self._change_state(id_of(document, self.model), "refuse"))


class Quotes(_Estimates[C_co]):
    """Quotes (orçamentos)."""

    row = document_types.QUOTE


class Proformas(_Estimates[C_co]):
    """Pro-forma invoices."""

    row = document_types.PROFORMA


class FeesNotes(_Estimates[C_co]):
    """Fees notes."""

    row = document_types.FEES_NOTE
