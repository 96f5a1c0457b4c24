# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.item_envelope import ItemEnvelope
from ...models.item_request import ItemRequest
from ...types import Request, Response


def request(
    *,
    body: ItemRequest,
) -> Request:
    """Creates an item.

    The name is unique within the account. The price must be a string; a number is refused.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createItem",
        method="POST",
        path="/items.json",
        body=format_model(ItemRequest, body),
    )


def parse(response: Response) -> ItemEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(ItemEnvelope.from_dict)
    raise UnexpectedStatus(response)
