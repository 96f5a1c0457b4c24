from typing import Final, Literal

Language = Literal["en", "es", "pt"] | str
""" Language of documents and of accounts. Others are kept as they come, and never sent. """

LANGUAGE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "en",
        "es",
        "pt",
    }
)
