# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.client_envelope import ClientEnvelope
from ...models.client_request import ClientRequest
from ...types import Request, Response


def request(
    *,
    body: ClientRequest,
) -> Request:
    """Creates a client.

    Name and code are unique within the account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createClient",
        method="POST",
        path="/clients.json",
        body=format_model(ClientRequest, body),
    )


def parse(response: Response) -> ClientEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(ClientEnvelope.from_dict)
    raise UnexpectedStatus(response)
