# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    constrained,
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.regularization_list import RegularizationList
from ...types import UNSET, Request, Response, Unset, query, segment


def request(
    client_id: int,
    *,
    page: int | Unset = UNSET,
    per_page: int | Unset = UNSET,
) -> Request:
    """Lists a client's regularizations.

    A list under a singular root key. The page parameters are assumed from the pagination in the answer.

    Args:
        client_id: Id of the client.
        page: Number of the page, from 1.
        per_page: Entries per page. Defaults to the account's setting (10, 20 or 30); 100 is used in production.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listClientRegularizations",
        method="GET",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/regularization.json",
        query=query(
            ("page", page, lambda value: constrained(format_integer(value), minimum="1")),
            ("per_page", per_page, lambda value: constrained(format_integer(value), minimum="1")),
        ),
    )


def parse(response: Response) -> RegularizationList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(RegularizationList.from_dict)
    raise UnexpectedStatus(response)
