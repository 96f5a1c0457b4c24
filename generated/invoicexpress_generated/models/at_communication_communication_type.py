from typing import Final, Literal

AtCommunicationCommunicationType = Literal["auto", "guides", "manual", "portal_at"] | str
""" Which documents are communicated, and by whom. Others are kept as they come, and never sent. """

AT_COMMUNICATION_COMMUNICATION_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "auto",
        "guides",
        "manual",
        "portal_at",
    }
)
