# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    constrained,
    format_integer,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.client_list import ClientList
from ...types import UNSET, Request, Response, Unset, query


def request(
    *,
    fiscal_id: str | Unset = UNSET,
    page: int | Unset = UNSET,
    per_page: int | Unset = UNSET,
) -> Request:
    """Lists the clients.

    Ordered by name, ten a page by default.

    Args:
        fiscal_id: Only clients with this tax number. Undocumented, but used in production.
        page: Number of the page, from 1.
        per_page: Entries per page. Defaults to the account's setting (10, 20 or 30); 100 is used in production.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listClients",
        method="GET",
        path="/clients.json",
        query=query(
            ("fiscal_id", fiscal_id, format_text),
            ("page", page, lambda value: constrained(format_integer(value), minimum="1")),
            ("per_page", per_page, lambda value: constrained(format_integer(value), minimum="1")),
        ),
    )


def parse(response: Response) -> ClientList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(ClientList.from_dict)
    raise UnexpectedStatus(response)
