# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    account_id: int,
) -> Request:
    """Activates a suspended account.

    Known from the XML API alone, so the form is a guess.

    Args:
        account_id: Id of the account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="activateAccount",
        method="PUT",
        path=f"/api/accounts/{segment('account-id', account_id, format_integer)}/activate.json",
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
