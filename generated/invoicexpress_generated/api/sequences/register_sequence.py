# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.sequence_list import SequenceList
from ...types import Request, Response, segment


def request(
    sequence_id: int,
) -> Request:
    """Registers a série with the tax authority.

    Gives each document type of the série its validation code, the first half of the ATCUD. Without
    credentials of the tax authority the service answered 403, 422 and 500.

    Args:
        sequence_id: Id of the série, which is the id of its row for invoices.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="registerSequence",
        method="PUT",
        path=f"/sequences/{segment('sequence-id', sequence_id, format_integer)}/register.json",
    )


def parse(response: Response) -> SequenceList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(SequenceList.from_dict)
    raise UnexpectedStatus(response)
