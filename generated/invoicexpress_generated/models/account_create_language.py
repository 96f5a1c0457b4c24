from typing import Final, Literal

AccountCreateLanguage = Literal["en", "es", "pt"] | str
""" Language of the account. Others are kept as they come, and never sent. """

ACCOUNT_CREATE_LANGUAGE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "en",
        "es",
        "pt",
    }
)
