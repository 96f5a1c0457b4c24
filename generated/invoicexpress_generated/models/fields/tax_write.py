# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict

from ...models.tax_write_code import TaxWriteCode


class TaxWriteFields(TypedDict, total=False):
    """The fields of TaxWrite as keyword arguments. None leaves a field out.

    A new or changed tax.

    Required:
        name (str): Name of the tax, unique, such as `IVA23`.
        value (Decimal): Rate in percent, 0 to 100. A JSON number was answered with 500.
        region (str): Region code: PT, PT-AC, PT-MA, Desconhecido, or a country.

    Optional:
        code (TaxWriteCode): Kind of rate: NOR normal, INT intermediate, RED reduced, OUT other, ISE
            exempt.
        default_tax (bool): Makes it the account's default.
    """

    name: Required[str]
    """Name of the tax, unique, such as `IVA23`."""
    value: Required[Decimal]
    """Rate in percent, 0 to 100. A JSON number was answered with 500."""
    region: Required[str]
    """Region code: PT, PT-AC, PT-MA, Desconhecido, or a country."""
    code: TaxWriteCode | None
    """Kind of rate: NOR normal, INT intermediate, RED reduced, OUT other, ISE exempt."""
    default_tax: bool | None
    """Makes it the account's default."""
