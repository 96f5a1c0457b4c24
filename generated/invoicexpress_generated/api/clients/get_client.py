# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.client_envelope import ClientEnvelope
from ...types import Request, Response, segment


def request(
    client_id: int,
) -> Request:
    """Reads a client.

    One client by id.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getClient",
        method="GET",
        path=f"/clients/{segment('client-id', client_id, format_integer)}.json",
    )


def parse(response: Response) -> ClientEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(ClientEnvelope.from_dict)
    raise UnexpectedStatus(response)
