# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.sequence_create_request import SequenceCreateRequest
from ...models.sequence_envelope import SequenceEnvelope
from ...types import Request, Response


def request(
    *,
    body: SequenceCreateRequest,
) -> Request:
    """Creates a série and registers it with the tax authority.

    Portuguese accounts need working AT credentials (422, code 004 otherwise). A série is never deleted
    or renamed.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createSequence",
        method="POST",
        path="/sequences.json",
        body=format_model(SequenceCreateRequest, body),
    )


def parse(response: Response) -> SequenceEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(SequenceEnvelope.from_dict)
    raise UnexpectedStatus(response)
