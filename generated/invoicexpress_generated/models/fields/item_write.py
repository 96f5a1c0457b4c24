# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict

from ...models.tax_reference import TaxReference
from .tax_reference import TaxReferenceFields


class ItemWriteFields(TypedDict, total=False):
    """The fields of ItemWrite as keyword arguments. None leaves a field out.

    A new or changed item.

    Required:
        name (str): Name of the item, unique.
        unit_price (Decimal): Price of one before tax, in the account's currency. A JSON number is
            refused.

    Optional:
        description (str): Text that lines with the item have.
        unit (str): Unit of quantities: hour, day, month, unit, service, other.
        tax (TaxReference | TaxReferenceFields): The tax of the item, by its name. An unknown name falls
            back to the account's default tax.
    """

    name: Required[str]
    """Name of the item, unique."""
    unit_price: Required[Decimal]
    """Price of one before tax, in the account's currency. A JSON number is refused."""
    description: str | None
    """Text that lines with the item have."""
    unit: str | None
    """Unit of quantities: hour, day, month, unit, service, other."""
    tax: TaxReference | TaxReferenceFields | None
    """The tax of the item, by its name. An unknown name falls back to the account's default tax."""
