# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import TypedDict

from ...models.global_discount_write_value_type import GlobalDiscountWriteValueType


class GlobalDiscountWriteFields(TypedDict):
    """The fields of GlobalDiscountWrite as keyword arguments.

    A discount on the whole document.

    Required:
        value_type (GlobalDiscountWriteValueType): Whether `value` is a percentage or an absolute
            amount.
        value (Decimal): In percent, or an amount in the account's currency.
    """

    value_type: GlobalDiscountWriteValueType
    """Whether `value` is a percentage or an absolute amount."""
    value: Decimal
    """In percent, or an amount in the account's currency."""
