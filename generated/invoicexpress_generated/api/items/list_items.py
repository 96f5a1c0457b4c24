# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    constrained,
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.item_list import ItemList
from ...types import UNSET, Request, Response, Unset, query


def request(
    *,
    page: int | Unset = UNSET,
    per_page: int | Unset = UNSET,
) -> Request:
    """Lists the items.

    Takes page parameters, but does not answer with the number of pages.

    Args:
        page: Number of the page, from 1.
        per_page: Entries per page. Defaults to the account's setting (10, 20 or 30); 100 is used in production.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listItems",
        method="GET",
        path="/items.json",
        query=query(
            ("page", page, lambda value: constrained(format_integer(value), minimum="1")),
            ("per_page", per_page, lambda value: constrained(format_integer(value), minimum="1")),
        ),
    )


def parse(response: Response) -> ItemList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(ItemList.from_dict)
    raise UnexpectedStatus(response)
