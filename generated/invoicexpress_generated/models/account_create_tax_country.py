# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

AccountCreateTaxCountry = Literal["1", "2", "3"] | str
"""Country of the tax number: 1 Portugal (when not given), 2 Ireland, 3 United Kingdom. Other values
are kept when read and never sent."""

ACCOUNT_CREATE_TAX_COUNTRY_VALUES: Final[frozenset[str]] = frozenset(
    {
        "1",
        "2",
        "3",
    }
)
