# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.client_envelope import ClientEnvelope
from ...types import Request, Response, query


def request(
    *,
    client_code: str,
) -> Request:
    """Finds the client of a code.

    The whole code. A miss is 404.

    Args:
        client_code: The client's code.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="findClientByCode",
        method="GET",
        path="/clients/find-by-code.json",
        query=query(
            ("client_code", client_code, format_text),
            required=frozenset(
                {
                    "client_code",
                }
            ),
        ),
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
