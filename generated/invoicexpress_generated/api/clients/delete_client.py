# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    client_id: int,
) -> Request:
    """Deletes a client without documents.

    Undocumented. It has answered an error and still deleted the client, so read the client afterwards.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="deleteClient",
        method="DELETE",
        path=f"/clients/{segment('client-id', client_id, format_integer)}.json",
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
