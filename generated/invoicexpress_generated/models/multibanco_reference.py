# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number,
    parse_decimal,
    parse_object,
    parse_text,
)

from ..types import as_subclass

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
        at = ""
        try:
            at = "entity"
            field_dict["entity"] = self.entity
            at = "reference"
            field_dict["reference"] = self.reference
            at = "value"
            field_dict["value"] = format_decimal_number(self.value)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> MultibancoReference:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _model = MultibancoReference.__new__(MultibancoReference)
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
