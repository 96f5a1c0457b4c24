# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    constrained,
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.saft_progress import SaftProgress
from ...models.saft_response import SaftResponse
from ...types import UNSET, Request, Response, Unset, query


def request(
    *,
    month: int,
    year: int | Unset = UNSET,
    years: int | Unset = UNSET,
) -> Request:
    """Gives the address of a month's SAF-T file.

    Answers 202 with a message until the file is ready; repeat the request until 200. Refused on trial
    accounts.

    Args:
        month: Month of the documents, 1 to 12.
        year: Year of the documents, as the vendor's page names it.
        years: Year of the documents, under the name that works in practice. Both may be sent.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="exportSaft",
        method="GET",
        path="/api/export_saft.json",
        query=query(
            ("month", month, lambda value: constrained(format_integer(value), minimum="1", maximum="12")),
            ("year", year, lambda value: constrained(format_integer(value), minimum="1900", maximum="9999")),
            (
                "years",
                years,
                lambda value: constrained(format_integer(value), minimum="1900", maximum="9999"),
            ),
            required=frozenset(
                {
                    "month",
                }
            ),
        ),
    )


def parse(response: Response) -> SaftResponse | SaftProgress:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(SaftResponse.from_dict)
    if response.status == 202:
        return response.read(SaftProgress.from_dict)
    raise UnexpectedStatus(response)
