# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

DocumentStatusFilter = (
    Literal[
        "accepted",
        "canceled",
        "completed",
        "deleted",
        "draft",
        "final",
        "refused",
        "second_copy",
        "sent",
        "settled",
    ]
    | str
)
"""Status of a document in a filter. `sent` finds `final` documents. Other values are kept when read
and never sent."""

DOCUMENT_STATUS_FILTER_VALUES: Final[frozenset[str]] = frozenset(
    {
        "accepted",
        "canceled",
        "completed",
        "deleted",
        "draft",
        "final",
        "refused",
        "second_copy",
        "sent",
        "settled",
    }
)
