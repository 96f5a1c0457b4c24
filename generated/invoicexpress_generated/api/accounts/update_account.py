# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.account_update_request import AccountUpdateRequest
from ...types import Request, Response, segment


def request(
    account_id: int,
    *,
    body: AccountUpdateRequest,
) -> Request:
    """Changes an account.

    The tax number cannot be changed. The tax authority's credentials are the ones used to register
    séries.

    Args:
        account_id: Id of the account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateAccount",
        method="PUT",
        path=f"/api/accounts/{segment('account-id', account_id, format_integer)}/update.json",
        body=format_model(AccountUpdateRequest, body),
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
