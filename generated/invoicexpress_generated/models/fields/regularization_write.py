# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict


class RegularizationWriteFields(TypedDict, total=False):
    """The fields of RegularizationWrite as keyword arguments. None leaves a field out.

    A part of a client's debt to write off.

    Required:
        value (Decimal): Amount in the account's currency, at most what remains.
        date (date): Its day, yyyy-mm-dd.

    Optional:
        observation (str): Remarks.
    """

    value: Required[Decimal]
    """Amount in the account's currency, at most what remains."""
    date: Required[datetime.date]
    """Its day, yyyy-mm-dd."""
    observation: str | None
    """Remarks."""
