# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from ...errors import UnexpectedStatus
from ...models.tax_list import TaxList
from ...types import Request, Response


def request() -> Request:
    """Lists the taxes.

    Not paged.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="listTaxes",
        method="GET",
        path="/taxes.json",
    )


def parse(response: Response) -> TaxList:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(TaxList.from_dict)
    raise UnexpectedStatus(response)
