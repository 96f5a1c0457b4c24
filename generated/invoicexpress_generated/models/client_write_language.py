from typing import Final, Literal

ClientWriteLanguage = Literal["en", "es", "pt"] | str
""" Language of the client's documents. Others are kept as they come, and never sent. """

CLIENT_WRITE_LANGUAGE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "en",
        "es",
        "pt",
    }
)
