# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

Language = Literal["en", "es", "pt"] | str
"""Language of documents and of accounts. Other values are kept when read and never sent."""

LANGUAGE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "en",
        "es",
        "pt",
    }
)
