# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict


class TaxReferenceFields(TypedDict, total=False):
    """The fields of TaxReference as keyword arguments. None leaves a field out.

    A tax by its name. An unknown name falls back to the account's default tax.

    Required:
        name (str): Name of the tax, such as `IVA23`.

    Optional:
        id (int): Id of the tax; not enough alone.
        value (Decimal): Rate in percent, which the service takes together with the name.
    """

    name: Required[str]
    """Name of the tax, such as `IVA23`."""
    id: int | None
    """Id of the tax; not enough alone."""
    value: Decimal | None
    """Rate in percent, which the service takes together with the name."""
