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

    The root key is singular, and what it holds is a list. That pages can be asked for is assumed, since
    the answer says where its page stands.

    Args:
        client_id: Id of the client.
        page: Number of the page, from 1.
        per_page: Entries a page. The account's setting (10, 20 or 30) unless given; 100 is used in production.

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
