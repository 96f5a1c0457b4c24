# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.item_request import ItemRequest
from ...types import Request, Response, segment


def request(
    item_id: int,
    *,
    body: ItemRequest,
) -> Request:
    """Changes an item.

    An item used on documents cannot be renamed.

    Args:
        item_id: Id of the item.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateItem",
        method="PUT",
        path=f"/items/{segment('item-id', item_id, format_integer)}.json",
        body=format_model(ItemRequest, body),
    )


def parse(response: Response) -> None:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        response.read_nothing()
        return None
    raise UnexpectedStatus(response)
