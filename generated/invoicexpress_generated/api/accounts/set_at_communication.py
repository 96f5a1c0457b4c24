# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.at_communication_answer import AtCommunicationAnswer
from ...models.at_communication_request import AtCommunicationRequest
from ...types import Request, Response


def request(
    *,
    body: AtCommunicationRequest,
) -> Request:
    """Sets how documents are communicated to the tax authority.

    An empty body got 422 and 500. Refused on trial accounts.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="setAtCommunication",
        method="POST",
        path="/api/v3/accounts/at_communication.json",
        body=format_model(AtCommunicationRequest, body),
    )


def parse(response: Response) -> AtCommunicationAnswer:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(AtCommunicationAnswer.from_dict)
    raise UnexpectedStatus(response)
