# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    format_integer_or_none,
    parse_decimal_or_none,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "id"
            if not isinstance(self.id, Unset):
                field_dict["id"] = format_integer_or_none(self.id)
            at = "name"
            if not isinstance(self.name, Unset):
                field_dict["name"] = self.name
            at = "value"
            if not isinstance(self.value, Unset):
                field_dict["value"] = format_decimal_number_or_none(self.value)
            at = "comment"
            if not isinstance(self.comment, Unset):
                field_dict["comment"] = self.comment
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ItemTax:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = ItemTax.__new__(ItemTax)
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
