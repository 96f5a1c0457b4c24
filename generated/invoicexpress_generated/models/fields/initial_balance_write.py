# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict


class InitialBalanceWriteFields(TypedDict, total=False):
    """The fields of InitialBalanceWrite as keyword arguments. None leaves a field out.

    A client's balance before the first document.

    Required:
        value (Decimal): Amount in the account's currency.
        date (date): Its day, yyyy-mm-dd.

    Optional:
        observation (str): Remarks.
    """

    value: Required[Decimal]
    """Amount in the account's currency."""
    date: Required[datetime.date]
    """Its day, yyyy-mm-dd."""
    observation: str | None
    """Remarks."""
