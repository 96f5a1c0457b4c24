# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.client_balance import ClientBalance
from ...types import Request, Response, segment


def request(
    client_id: int,
) -> Request:
    """Reads the balance of a client.

    Amounts are in the account's currency.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getClientBalance",
        method="GET",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/balance.json",
    )


def parse(response: Response) -> ClientBalance:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(ClientBalance.from_dict)
    raise UnexpectedStatus(response)
