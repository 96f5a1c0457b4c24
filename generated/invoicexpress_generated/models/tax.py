# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_string,
    format_flag_integer_or_none,
    format_integer,
    parse_decimal,
    parse_flag_or_none,
    parse_integer,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "name",
        "value",
        "region",
        "code",
        "default_tax",
    }
)


@define
class Tax:
    """A VAT rate of the account."""

    id: int
    """Id."""

    name: str
    """Name, unique within the account."""

    value: Decimal
    """Rate in percent."""

    region: None | str | Unset = UNSET
    """Region code: PT, PT-AC, PT-MA, or a country."""

    code: None | str | Unset = UNSET
    """NOR, INT, RED, OUT or ISE."""

    default_tax: bool | None | Unset = UNSET
    """Used where a line names no known tax."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "id"
            _value = self.id
            field_dict["id"] = _value if type(_value) is int else format_integer(_value)
            at = "name"
            _value = self.name
            field_dict["name"] = _value
            at = "value"
            _value = self.value
            field_dict["value"] = format_decimal_string(_value)
            at = "region"
            _value = self.region
            if _value is not UNSET:
                field_dict["region"] = _value
            at = "code"
            _value = self.code
            if _value is not UNSET:
                field_dict["code"] = _value
            at = "default_tax"
            _value = self.default_tax
            if _value is not UNSET:
                field_dict["default_tax"] = format_flag_integer_or_none(_value)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Tax:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Tax)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer(_value)
            _at = "name"
            _value = _source[_at]
            _model.name = _value if type(_value) is str else parse_text(_value)
            _at = "value"
            _value = _source[_at]
            _model.value = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "region"
            _value = _get(_at, UNSET)
            _model.region = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "code"
            _value = _get(_at, UNSET)
            _model.code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "default_tax"
            _value = _get(_at, UNSET)
            _model.default_tax = _value if _value is UNSET else parse_flag_or_none(_value)
        except KeyError:
            raise WireError("Tax lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Tax else as_subclass(cls, _model)
