# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from ...errors import UnexpectedStatus
from ...models.sequence_list import SequenceList
from ...types import Request, Response


def request() -> Request:
    """Lists the account's séries.

    Not paged.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listSequences",
        method="GET",
        path="/sequences.json",
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
