# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

AtCommunicationCommunicationType = Literal["auto", "guides", "manual", "portal_at"] | str
"""Which documents are communicated, and by whom. Other values are kept when read and never sent."""

AT_COMMUNICATION_COMMUNICATION_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "auto",
        "guides",
        "manual",
        "portal_at",
    }
)
