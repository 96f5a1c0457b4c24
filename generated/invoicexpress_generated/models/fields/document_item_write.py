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
        unit_price (Decimal): Price of one before tax, in the account's currency; 4 decimals are kept.
        quantity (Decimal): How many, in units of `unit`; 2 decimals are kept.

    Optional:
        description (str): Text that describes the item on this line.
        unit (str): Unit of the quantity: hour, day, month, unit, service, other.
        discount (Decimal): Discount on the line in percent, 0 to 100.
        tax (TaxReference | TaxReferenceFields): The tax of the line, by its name. An unknown name falls
            back to the account's default tax.
        tax_exemption (str): Code of the reason for a line at 0 %, such as `M01`.
    """

    name: Required[str]
    """Name of the item."""
    unit_price: Required[Decimal]
    """Price of one before tax, in the account's currency; 4 decimals are kept."""
    quantity: Required[Decimal]
    """How many, in units of `unit`; 2 decimals are kept."""
    description: str | None
    """Text that describes the item on this line."""
    unit: str | None
    """Unit of the quantity: hour, day, month, unit, service, other."""
    discount: Decimal | None
    """Discount on the line in percent, 0 to 100."""
    tax: TaxReference | TaxReferenceFields | None
    """The tax of the line, by its name. An unknown name falls back to the account's default tax."""
    tax_exemption: str | None
    """Code of the reason for a line at 0 %, such as `M01`."""
