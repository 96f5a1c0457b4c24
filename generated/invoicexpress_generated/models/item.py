# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_string,
    format_integer,
    parse_decimal,
    parse_integer,
    parse_object,
    parse_text,
)

from ..models.item_tax import ItemTax
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "name",
        "unit_price",
        "description",
        "unit",
        "tax",
    }
)


@define
class Item:
    """An item of the catalogue."""

    id: int
    """Id."""

    name: str
    """Name, unique within the account."""

    unit_price: Decimal
    """Price of one before tax."""

    description: None | str | Unset = UNSET
    """Text."""

    unit: None | str | Unset = UNSET
    """Unit of measure."""

    tax: ItemTax | None | Unset = UNSET
    """The item's VAT."""

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
            at = "unit_price"
            _value = self.unit_price
            field_dict["unit_price"] = format_decimal_string(_value)
            at = "description"
            _value = self.description
            if _value is not UNSET:
                field_dict["description"] = _value
            at = "unit"
            _value = self.unit
            if _value is not UNSET:
                field_dict["unit"] = _value
            at = "tax"
            _value = self.tax
            if _value is not UNSET:
                field_dict["tax"] = None if _value is None else _value.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Item:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Item)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer(_value)
            _at = "name"
            _value = _source[_at]
            _model.name = _value if type(_value) is str else parse_text(_value)
            _at = "unit_price"
            _value = _source[_at]
            _model.unit_price = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "description"
            _value = _get(_at, UNSET)
            _model.description = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "unit"
            _value = _get(_at, UNSET)
            _model.unit = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "tax"
            _value = _get(_at, UNSET)
            _model.tax = _value if _value is UNSET or _value is None else ItemTax.from_dict(_value)
        except KeyError:
            raise WireError("Item lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Item else as_subclass(cls, _model)
