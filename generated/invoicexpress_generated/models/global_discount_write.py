from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_decimal_number,
    parse_decimal,
    parse_object,
    parse_text,
)

from ..models.global_discount_write_value_type import (
    GLOBAL_DISCOUNT_WRITE_VALUE_TYPE_VALUES,
    GlobalDiscountWriteValueType,
)
from ..types import known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "value_type",
        "value",
    }
)
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


class GlobalDiscountWriteFields(TypedDict):
    """The fields of GlobalDiscountWrite as keyword arguments. None means that a field is not given."""

    value_type: GlobalDiscountWriteValueType
    value: Decimal


@define
class GlobalDiscountWrite:
    """A discount on the whole document."""

    value_type: GlobalDiscountWriteValueType
    """How `value` is meant."""

    value: Decimal
    """Percent or amount."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[GlobalDiscountWriteFields]) -> GlobalDiscountWrite:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("GlobalDiscountWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "value_type"
            field_dict["value_type"] = format_choice(GLOBAL_DISCOUNT_WRITE_VALUE_TYPE_VALUES, self.value_type)
            at = "value"
            field_dict["value"] = constrained(format_decimal_number(self.value), minimum="0")
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> GlobalDiscountWrite:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _at = ""
        try:
            _at = "value_type"
            _value = _source[_at]
            value_type_ = _value if type(_value) is str else parse_text(_value)
            _at = "value"
            _value = _source[_at]
            value_ = _value if type(_value) is Decimal else parse_decimal(_value)
        except KeyError:
            raise WireError("GlobalDiscountWrite lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            value_type_,
            value_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
