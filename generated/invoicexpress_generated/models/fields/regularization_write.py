# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict


class RegularizationWriteFields(TypedDict, total=False):
    """The fields of RegularizationWrite as keyword arguments. None leaves a field out.

    A part of a client's debt to write off.

    Required:
        value (Decimal): Amount in the account's currency, at most the open debt.
        date (date): Day on which it is written off, yyyy-mm-dd on the wire.

    Optional:
        observation (str): Remarks on the regularization.
    """

    value: Required[Decimal]
    """Amount in the account's currency, at most the open debt."""
    date: Required[datetime.date]
    """Day on which it is written off, yyyy-mm-dd on the wire."""
    observation: str | None
    """Remarks on the regularization."""
