# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    format_integer_or_none,
    parse_decimal_or_none,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "name",
        "value",
        "comment",
    }
)


@define
class ItemTax:
    """The VAT of an item of the catalogue."""

    id: int | None | Unset = UNSET
    """Id of the tax."""

    name: None | str | Unset = UNSET
    """Name of the tax."""

    value: Decimal | None | Unset = UNSET
    """Rate in percent."""

    comment: None | str | Unset = UNSET
    """A remark such as `tax value:23.0%`."""

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
            if _value is not UNSET:
                field_dict["id"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "name"
            _value = self.name
            if _value is not UNSET:
                field_dict["name"] = _value
            at = "value"
            _value = self.value
            if _value is not UNSET:
                field_dict["value"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "comment"
            _value = self.comment
            if _value is not UNSET:
                field_dict["comment"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ItemTax:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(ItemTax)
        _at = ""
        try:
            _at = "id"
            _value = _get(_at, UNSET)
            _model.id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "name"
            _value = _get(_at, UNSET)
            _model.name = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "value"
            _value = _get(_at, UNSET)
            _model.value = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "comment"
            _value = _get(_at, UNSET)
            _model.comment = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("ItemTax lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is ItemTax else as_subclass(cls, _model)
