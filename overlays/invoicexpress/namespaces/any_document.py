"""Documents of any type: mixed lists, related documents, and methods that need only an id.

Ids are unique across the types of an account, yet a document is readable only under its type's path. So
reading one by its bare id tries the types in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack

from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset

import invoicexpress

from .. import namespaces, quirks
from ..errors import InputError, NotFoundError
from ..quirks.document_filters import DocumentFilters, GuideFilters, listed
from ..quirks.document_types import DOCUMENT_TYPES, INVOICE, QUOTE, SHIPPING, DocumentTypeRow, row_of
from ..quirks.downloads import LIMIT as FILE_LIMIT
from ..quirks.polling import TIMEOUT as READY_TIMEOUT
from ..quirks.polymorphism import (
    document_id_of,
    is_document,
    model_of,
    read_document,
    read_relatives,
)
from ..sending.flows import C_co, Flow, Namespace, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .document_lists import document_pages, estimate_pages, guide_pages

# A type known in filters, without a known path (vendor docs 2026-07).
_CASH_INVOICE: Final = "CashInvoice"
# Common types first, types that the vendor has dropped last.
_IN_TURN: Final = tuple(sorted(DOCUMENT_TYPES, key=lambda row: row.is_dropped))
_TYPES: Final = tuple(row.type for row in _IN_TURN)


class AnyDocuments(Namespace[C_co]):
    """Documents of any type."""

    def _advice_without(self, name: str) -> str:
        return namespaces.absent_methods.advice(type(self), name)

    @listing
    def list(
        self,
        types: Sequence[models.DocumentType] | None = None,
        *,
        per_page: int = PER_PAGE,
        **filters: Unpack[DocumentFilters],
    ) -> PageReader[models.Invoice]:
        """Documents of the invoice family, receipts and notes included; `types` narrows (`Invoice`,
        `Receipt`).

        Takes the filters of DocumentFilters. Raises InputError for a type of another family.
        """
        allowed = _types(types, INVOICE)
        return document_pages(INVOICE, models.Invoice, allowed, filters, per_page, what="documents")

    @listing
    def list_estimates(
        self,
        types: Sequence[models.DocumentType] | None = None,
        *,
        per_page: int = PER_PAGE,
        **filters: Unpack[DocumentFilters],
    ) -> PageReader[models.Estimate]:
        """Quotes, proformas and fees notes; `types` narrows.

        Takes the filters of DocumentFilters. Raises InputError for a type of another family.
        """
        return estimate_pages(_types(types, QUOTE), filters, per_page, what="estimates")

    @listing
    def list_guides(
        self,
        types: Sequence[models.DocumentType] | None = None,
        *,
        per_page: int = PER_PAGE,
        **filters: Unpack[GuideFilters],
    ) -> PageReader[models.Guide]:
        """Shippings, transports and devolutions; `types` narrows.

        Takes the filters of GuideFilters. Raises InputError for a type of another family.
        """
        return guide_pages(_types(types, SHIPPING), filters, per_page, what="guides")

    @operation
    def get(
        self, document: invoicexpress.AnyDocument | int, types: Sequence[str] | None = None
    ) -> Flow[invoicexpress.AnyDocument]:
        """Reads a document by its id, whatever its type, or reads one again.

        A bare id is tried under each type in turn, at up to one request each; `types` (`Invoice` or
        `invoices`) restricts and orders them. Raises NotFoundError, and InputError for an unknown type.
        """
        rows = [_row("document", document.type)] if is_document(document) else _rows(types)
        for row in rows:
            try:
                return (yield from read_document(row, model_of(row.family), document_id_of(document)))
            except NotFoundError as error:
                if row is not rows[-1]:
                    continue
                error.tried = [each.type for each in rows] if len(rows) > 1 else ()
                raise
        raise InputError("types", "expected at least one type, got none")

    @operation
    def related(self, document: invoicexpress.AnyDocument | int) -> Flow[Sequence[invoicexpress.AnyDocument]]:
        """Receipts, notes and guides that belong to a document, cancelled ones included.

        Each has the class of its type.
        """
        return (yield from read_relatives(document_id_of(document)))

    @operation
    def pdf(
        self,
        document: invoicexpress.AnyDocument | int,
        *,
        second_copy: bool | None = None,
        timeout: float = READY_TIMEOUT,
        on_wait: quirks.polling.OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[quirks.downloads.Download]:
        """Waits for the PDF and fetches it; `.save(path)` writes it. Drafts have one too.

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (
            yield from quirks.renderings.pdf(
                document, second_copy=second_copy, timeout=timeout, on_wait=on_wait, limit=limit
            )
        )

    @operation
    def qr_code(
        self,
        document: models.Invoice | models.Guide | int,
        *,
        timeout: float = READY_TIMEOUT,
        on_wait: quirks.polling.OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[quirks.downloads.Download]:
        """Waits for the picture of the QR code and fetches it. Drafts have none (ValidationError).

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (yield from quirks.renderings.qr_code(document, timeout=timeout, on_wait=on_wait, limit=limit))


def _rows(types: Sequence[str] | None) -> Sequence[DocumentTypeRow]:
    return _IN_TURN if types is None else [_row("types", name) for name in listed("types", types, _TYPES)]


def _row(field: str, name: str) -> DocumentTypeRow:
    try:
        return row_of(name)
    except (KeyError, TypeError):
        raise InputError(field, f"unknown document type {name!r}; use a type such as `Invoice`") from None


def _types(
    types: Sequence[models.DocumentType] | None, of_family: DocumentTypeRow
) -> list[models.DocumentType] | Unset:
    if types is None:
        return UNSET
    for name in listed("types", types, [*_TYPES, _CASH_INVOICE]):
        family = INVOICE.family if name == _CASH_INVOICE else _row("types", name).family
        if family != of_family.family:
            raise InputError("types", f"{name} is not a type of {of_family.family_segment}")
    return [*types]
