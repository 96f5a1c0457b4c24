# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict


class InitialBalanceWriteFields(TypedDict, total=False):
    """The fields of InitialBalanceWrite as keyword arguments. None leaves a field out.

    A client's balance before the first document.

    Required:
        value (Decimal): Amount in the account's currency.
        date (date): Day of the balance, yyyy-mm-dd on the wire.

    Optional:
        observation (str): Remarks on the balance.
    """

    value: Required[Decimal]
    """Amount in the account's currency."""
    date: Required[datetime.date]
    """Day of the balance, yyyy-mm-dd on the wire."""
    observation: str | None
    """Remarks on the balance."""
