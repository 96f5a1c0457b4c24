# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    constrained,
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.client_invoices_request import ClientInvoicesRequest
from ...models.document_list import DocumentList
from ...types import UNSET, Request, Response, Unset, query, segment


def request(
    client_id: int,
    *,
    body: ClientInvoicesRequest,
    page: int | Unset = UNSET,
    per_page: int | Unset = UNSET,
) -> Request:
    """Lists a client's documents.

    A read, despite its verb. An unknown client gets an HTML page.

    Args:
        client_id: Id of the client.
        page: Number of the page, from 1.
        per_page: Entries per page. Defaults to the account's setting (10, 20 or 30); 100 is used in production.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listClientInvoices",
        method="POST",
        path=f"/clients/{segment('client-id', client_id, format_integer)}/invoices.json",
        query=query(
            ("page", page, lambda value: constrained(format_integer(value), minimum="1")),
            ("per_page", per_page, lambda value: constrained(format_integer(value), minimum="1")),
        ),
        body=format_model(ClientInvoicesRequest, body),
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
