# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal

from invoicexpress_wire import (
    constrained,
    format_boolean,
    format_choice,
    format_date,
    format_decimal_string,
    format_each,
    format_integer,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.document_list import DocumentList
from ...models.document_status_filter import DOCUMENT_STATUS_FILTER_VALUES, DocumentStatusFilter
from ...models.document_type import DOCUMENT_TYPE_VALUES, DocumentType
from ...types import UNSET, Request, Response, Unset, query


def request(
    *,
    text: str | Unset = UNSET,
    type: list[DocumentType] | Unset = UNSET,
    status: list[DocumentStatusFilter] | Unset = UNSET,
    reference: str | Unset = UNSET,
    date_from: datetime.date | Unset = UNSET,
    date_to: datetime.date | Unset = UNSET,
    due_date_from: datetime.date | Unset = UNSET,
    due_date_to: datetime.date | Unset = UNSET,
    total_before_taxes_from: Decimal | Unset = UNSET,
    total_before_taxes_to: Decimal | Unset = UNSET,
    non_archived: bool | Unset = UNSET,
    archived: bool | Unset = UNSET,
    page: int | Unset = UNSET,
    per_page: int | Unset = UNSET,
) -> Request:
    """Lists quotes, proformas and fees notes.

    The documents of the whole family, narrowed by `type[]`. Ten a page by default.

    Args:
        text: Looks in the details of document, client and items.
        type: Only these types. Documented as required, but optional on the live service.
        status: Only these statuses, by their filter names. The filter for `final` is `sent`.
        reference: Exactly this reference.
        date_from: First document date, dd/mm/yyyy.
        date_to: Last document date, dd/mm/yyyy.
        due_date_from: First due date, dd/mm/yyyy.
        due_date_to: Last due date, dd/mm/yyyy.
        total_before_taxes_from: Smallest amount before taxes, in the account's currency.
        total_before_taxes_to: Largest amount before taxes, in the account's currency.
        non_archived: Includes documents outside the archive. Documented as required, but optional on the live service.
        archived: Includes archived documents.
        page: Number of the page, from 1.
        per_page: Entries per page. Defaults to the account's setting (10, 20 or 30); 100 is used in production.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listEstimates",
        method="GET",
        path="/estimates.json",
        query=query(
            ("text", text, format_text),
            (
                "type[]",
                type,
                lambda value: format_each(lambda value: format_choice(DOCUMENT_TYPE_VALUES, value), value),
            ),
            (
                "status[]",
                status,
                lambda value: format_each(
                    lambda value: format_choice(DOCUMENT_STATUS_FILTER_VALUES, value), value
                ),
            ),
            ("reference", reference, format_text),
            ("date[from]", date_from, format_date),
            ("date[to]", date_to, format_date),
            ("due_date[from]", due_date_from, format_date),
            ("due_date[to]", due_date_to, format_date),
            ("total_before_taxes[from]", total_before_taxes_from, format_decimal_string),
            ("total_before_taxes[to]", total_before_taxes_to, format_decimal_string),
            ("non_archived", non_archived, format_boolean),
            ("archived", archived, format_boolean),
            ("page", page, lambda value: constrained(format_integer(value), minimum="1")),
            ("per_page", per_page, lambda value: constrained(format_integer(value), minimum="1")),
        ),
    )


def parse(response: Response) -> DocumentList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(DocumentList.from_dict)
    raise UnexpectedStatus(response)
