# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict

from ...models.tax_reference import TaxReference
from .tax_reference import TaxReferenceFields


class ItemWriteFields(TypedDict, total=False):
    """The fields of ItemWrite as keyword arguments. None leaves a field out.

    A new or changed item.

    Required:
        name (str): Name, unique.
        unit_price (Decimal): Price of one before tax. A JSON number is refused.

    Optional:
        description (str): Text.
        unit (str): Unit: hour, day, month, unit, service, other.
        tax (TaxReference | TaxReferenceFields): A tax by its name. An unknown name falls back to the
            account's default tax.
    """

    name: Required[str]
    """Name, unique."""
    unit_price: Required[Decimal]
    """Price of one before tax. A JSON number is refused."""
    description: str | None
    """Text."""
    unit: str | None
    """Unit: hour, day, month, unit, service, other."""
    tax: TaxReference | TaxReferenceFields | None
    """A tax by its name. An unknown name falls back to the account's default tax."""
