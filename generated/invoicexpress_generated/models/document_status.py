# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

DocumentStatus = (
    Literal[
        "accepted", "canceled", "completed", "deleted", "draft", "final", "refused", "second_copy", "settled"
    ]
    | str
)
"""Status of a document in an answer. Filters call `final` `sent`. Other values are kept when read and
never sent."""

DOCUMENT_STATUS_VALUES: Final[frozenset[str]] = frozenset(
    {
        "accepted",
        "canceled",
        "completed",
        "deleted",
        "draft",
        "final",
        "refused",
        "second_copy",
        "settled",
    }
)
