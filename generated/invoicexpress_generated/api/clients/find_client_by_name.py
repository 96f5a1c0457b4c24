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
    client_name: str,
) -> Request:
    """Finds the client of a name.

    The whole name; parts do not match. A miss answers 404, and once answered 500.

    Args:
        client_name: The client's name.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="findClientByName",
        method="GET",
        path="/clients/find-by-name.json",
        query=query(
            ("client_name", client_name, format_text),
            required=frozenset(
                {
                    "client_name",
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
