# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import Required, TypedDict

from ...models.tax_write_code import TaxWriteCode


class TaxWriteFields(TypedDict, total=False):
    """The fields of TaxWrite as keyword arguments. None leaves a field out.

    A new or changed tax.

    Required:
        name (str): Name, unique.
        value (Decimal): Rate in percent. A JSON number was answered with 500.
        region (str): Region code: PT, PT-AC, PT-MA, Desconhecido, or a country.

    Optional:
        code (TaxWriteCode): Kind of rate.
        default_tax (bool): Makes it the account's default.
    """

    name: Required[str]
    """Name, unique."""
    value: Required[Decimal]
    """Rate in percent. A JSON number was answered with 500."""
    region: Required[str]
    """Region code: PT, PT-AC, PT-MA, Desconhecido, or a country."""
    code: TaxWriteCode | None
    """Kind of rate."""
    default_tax: bool | None
    """Makes it the account's default."""
