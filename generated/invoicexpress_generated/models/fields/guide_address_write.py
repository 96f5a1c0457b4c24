# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict


class GuideAddressWriteFields(TypedDict):
    """The fields of GuideAddressWrite as keyword arguments.

    Place where goods are loaded or unloaded. All four parts are required; write an unknown postal code
    as a dash.

    Required:
        detail (str): Street and number.
        city (str): City of the address.
        postal_code (str): Postal code, `DDDD-DDD` in Portugal; a dash if it is unknown.
        country (str): Country by the English name of the vendor's list.
    """

    detail: str
    """Street and number."""
    city: str
    """City of the address."""
    postal_code: str
    """Postal code, `DDDD-DDD` in Portugal; a dash if it is unknown."""
    country: str
    """Country by the English name of the vendor's list."""
