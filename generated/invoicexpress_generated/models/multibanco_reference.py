# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number,
    parse_decimal,
    parse_object,
    parse_text,
)

from ..types import as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "entity",
        "reference",
        "value",
    }
)


@define
class MultibancoReference:
    """What to type into an ATM to pay."""

    entity: str
    """Five digits of the entity."""

    reference: str
    """Nine digits of the reference."""

    value: Decimal
    """Amount in EUR."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "entity"
            _value = self.entity
            field_dict["entity"] = _value
            at = "reference"
            _value = self.reference
            field_dict["reference"] = _value
            at = "value"
            _value = self.value
            field_dict["value"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> MultibancoReference:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _model = new_model(MultibancoReference)
        _at = ""
        try:
            _at = "entity"
            _value = _source[_at]
            _model.entity = _value if type(_value) is str else parse_text(_value)
            _at = "reference"
            _value = _source[_at]
            _model.reference = _value if type(_value) is str else parse_text(_value)
            _at = "value"
            _value = _source[_at]
            _model.value = _value if type(_value) is Decimal else parse_decimal(_value)
        except KeyError:
            raise WireError("MultibancoReference lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is MultibancoReference else as_subclass(cls, _model)
