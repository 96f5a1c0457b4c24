# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    sequence_id: int,
) -> Request:
    """Makes a série the account's default.

    Documents without a série are numbered in the default one.

    Args:
        sequence_id: Id of the série, which is the id of its row for invoices.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="setCurrentSequence",
        method="PUT",
        path=f"/sequences/{segment('sequence-id', sequence_id, format_integer)}/set_current.json",
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
