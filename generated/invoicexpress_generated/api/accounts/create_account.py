# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.account_create_request import AccountCreateRequest
from ...models.account_envelope import AccountEnvelope
from ...types import Request, Response


def request(
    *,
    body: AccountCreateRequest,
) -> Request:
    """Creates an account and its first user.

    For partners. The answer holds the new account's key.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createAccount",
        method="POST",
        path="/api/accounts/create.json",
        body=format_model(AccountCreateRequest, body),
    )


def parse(response: Response) -> AccountEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(AccountEnvelope.from_dict)
    raise UnexpectedStatus(response)
