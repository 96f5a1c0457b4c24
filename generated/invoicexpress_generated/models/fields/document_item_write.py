# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict

from ...models.tax_reference import TaxReference
from .tax_reference import TaxReferenceFields


class DocumentItemWriteFields(TypedDict, total=False):
    """The fields of DocumentItemWrite as keyword arguments. None leaves a field out.

    A line. A new name creates an item in the catalogue; a known name overwrites that item.

    Required:
        name (str): Name of the item.
        unit_price (Decimal): Price of one before tax, 4 decimals are kept.
        quantity (Decimal): How many, 2 decimals are kept.

    Optional:
        description (str): Text of the line.
        unit (str): Unit: hour, day, month, unit, service, other.
        discount (Decimal): Discount in percent, 0 to 100.
        tax (TaxReference | TaxReferenceFields): A tax by its name. An unknown name falls back to the
            account's default tax.
        tax_exemption (str): Exemption code of a line at 0 %.
    """

    name: Required[str]
    """Name of the item."""
    unit_price: Required[Decimal]
    """Price of one before tax, 4 decimals are kept."""
    quantity: Required[Decimal]
    """How many, 2 decimals are kept."""
    description: str | None
    """Text of the line."""
    unit: str | None
    """Unit: hour, day, month, unit, service, other."""
    discount: Decimal | None
    """Discount in percent, 0 to 100."""
    tax: TaxReference | TaxReferenceFields | None
    """A tax by its name. An unknown name falls back to the account's default tax."""
    tax_exemption: str | None
    """Exemption code of a line at 0 %."""
