# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

StateEvent = (
    Literal[
        "accept",
        "accepted",
        "canceled",
        "completed",
        "deleted",
        "finalized",
        "refuse",
        "refused",
        "second_copy",
        "settled",
        "unsettled",
    ]
    | str
)
"""An action on a document. Estimates take `accept` and `refuse`, by the vendor's table and the live
service; the vendor's schema writes `accepted` and `refused`, and leaves out the `unsettled` of its
own table. Other values are kept when read and never sent."""

STATE_EVENT_VALUES: Final[frozenset[str]] = frozenset(
    {
        "accept",
        "accepted",
        "canceled",
        "completed",
        "deleted",
        "finalized",
        "refuse",
        "refused",
        "second_copy",
        "settled",
        "unsettled",
    }
)
