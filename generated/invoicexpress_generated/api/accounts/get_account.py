# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.account_details_envelope import AccountDetailsEnvelope
from ...types import Request, Response, segment


def request(
    account_id: int,
) -> Request:
    """Reads an account.

    Another account answers 404 unless the key is a partner's.

    Args:
        account_id: Id of the account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getAccount",
        method="GET",
        path=f"/api/accounts/{segment('account-id', account_id, format_integer)}/get.json",
    )


def parse(response: Response) -> AccountDetailsEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(AccountDetailsEnvelope.from_dict)
    raise UnexpectedStatus(response)
