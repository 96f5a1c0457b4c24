# Generated from openapi.yaml by `make generate`. Do not edit.

from decimal import Decimal
from typing import TypedDict

from ...models.global_discount_write_value_type import GlobalDiscountWriteValueType


class GlobalDiscountWriteFields(TypedDict):
    """The fields of GlobalDiscountWrite as keyword arguments.

    A discount on the whole document.

    Required:
        value_type (GlobalDiscountWriteValueType): How `value` is meant.
        value (Decimal): Percent or amount.
    """

    value_type: GlobalDiscountWriteValueType
    """How `value` is meant."""
    value: Decimal
    """Percent or amount."""
