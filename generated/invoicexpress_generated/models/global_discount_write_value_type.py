# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

GlobalDiscountWriteValueType = Literal["absolute", "percentage"] | str
"""Whether `value` is a percentage or an absolute amount. Other values are kept when read and never
sent."""

GLOBAL_DISCOUNT_WRITE_VALUE_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "absolute",
        "percentage",
    }
)
