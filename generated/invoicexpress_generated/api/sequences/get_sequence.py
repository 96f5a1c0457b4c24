# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.sequence_envelope import SequenceEnvelope
from ...types import Request, Response, segment


def request(
    sequence_id: int,
) -> Request:
    """Reads a série.

    A série by the id of its row for invoices.

    Args:
        sequence_id: Id of the série, which is the id of its row for invoices.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getSequence",
        method="GET",
        path=f"/sequences/{segment('sequence-id', sequence_id, format_integer)}.json",
    )


def parse(response: Response) -> SequenceEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(SequenceEnvelope.from_dict)
    raise UnexpectedStatus(response)
