"""Lists of documents: one function per list of the service."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from invoicexpress_generated import models
from invoicexpress_generated.api import documents as api
from invoicexpress_generated.types import Request, Response, Unset

from ..quirks.document_filters import DocumentFilters, GuideFilters, document_query, guide_query
from ..quirks.document_types import QUOTE, SHIPPING, DocumentTypeRow
from ..quirks.envelopes import unwrap_documents
from ..quirks.identity import id_of
from ..sending.flows import Flow, exchange
from ..sending.pagination import Page, PageReader, page_of

D = TypeVar("D", "models.Invoice", "models.Estimate", "models.Guide", "models.PurchaseOrder")


def document_pages(
    row: DocumentTypeRow,
    model: type[D],
    types: list[models.DocumentType] | Unset,
    filters: DocumentFilters,
    per_page: int,
    *,
    what: str,
) -> PageReader[D]:
    """List of the family of `row`: invoices with receipts and notes, or purchase orders."""
    query = document_query(filters)

    def request(number: int, per_page: int) -> Request:
        return api.list_documents.request(
            row.family_segment, type=types, **query, page=number, per_page=per_page
        )

    return pages_of(
        request,
        api.list_documents.parse,
        (row.family_segment,),
        model,
        types=types or None,
        per_page=per_page,
        what=what,
    )


def estimate_pages(
    types: list[models.DocumentType] | Unset, filters: DocumentFilters, per_page: int, *, what: str
) -> PageReader[models.Estimate]:
    """The list of quotes, proformas and fees notes."""
    query = document_query(filters)

    def request(number: int, per_page: int) -> Request:
        return api.list_estimates.request(type=types, **query, page=number, per_page=per_page)

    return pages_of(
        request,
        api.list_estimates.parse,
        (QUOTE.family_segment,),
        models.Estimate,
        types=types or None,
        per_page=per_page,
        what=what,
    )


def guide_pages(
    types: list[models.DocumentType] | Unset, filters: GuideFilters, per_page: int, *, what: str
) -> PageReader[models.Guide]:
    """The list of shippings, transports and devolutions."""
    query = guide_query(filters)

    def request(number: int, per_page: int) -> Request:
        return api.list_guides.request(type=types, **query, page=number, per_page=per_page)

    return pages_of(
        request,
        api.list_guides.parse,
        (SHIPPING.family_segment,),
        models.Guide,
        types=types or None,
        per_page=per_page,
        what=what,
    )


def pages_of(
    request: Callable[[int, int], Request],
    parse: Callable[[Response], models.DocumentList],
    list_keys: Collection[str],
    model: type[D],
    *,
    types: Collection[str] | None = None,
    per_page: int,
    what: str,
) -> PageReader[D]:
    """The pages of a list of documents under one of the root keys `list_keys`, all of `types` if given.

    `request` builds the request for a page by its number and size; `what` names the entries in messages.
    """

    def read(number: int, per_page: int) -> Flow[Page[D]]:
        def page(response: Response) -> Page[D]:
            answer = parse(response)
            entries = unwrap_documents(response, answer, list_keys, model, types)
            return page_of(number, entries, answer.pagination)

        return (yield from exchange(request(number, per_page), page))

    return PageReader(read, id_of, per_page, what)
