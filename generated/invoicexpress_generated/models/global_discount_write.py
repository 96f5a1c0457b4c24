# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_decimal_number,
)

from .. import models
from ..models.global_discount_write_value_type import (
    GLOBAL_DISCOUNT_WRITE_VALUE_TYPE_VALUES,
    GlobalDiscountWriteValueType,
)
from ..types import known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "value_type",
        "value",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "value_type",
        "value",
    }
)


@define
class GlobalDiscountWrite:
    """A discount on the whole document."""

    value_type: GlobalDiscountWriteValueType
    """Whether `value` is a percentage or an absolute amount."""

    value: Decimal
    """In percent, or an amount in the account's currency."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.GlobalDiscountWriteFields]) -> GlobalDiscountWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("GlobalDiscountWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "value_type"
            field_dict["value_type"] = format_choice(GLOBAL_DISCOUNT_WRITE_VALUE_TYPE_VALUES, self.value_type)
            at = "value"
            field_dict["value"] = constrained(format_decimal_number(self.value), minimum="0")
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
