# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    format_decimal_string,
    parse_decimal,
    parse_decimal_or_none,
    parse_object,
    parse_text,
)

from ..models.document_item_tax import DocumentItemTax
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "name",
        "unit_price",
        "quantity",
        "description",
        "unit",
        "tax",
        "tax_exemption",
        "discount",
        "subtotal",
        "tax_amount",
        "discount_amount",
        "total",
    }
)


@define
class DocumentItem:
    """A line. Subtotal, tax and total come unrounded."""

    name: str
    """Name, which is the item's code."""

    unit_price: Decimal
    """Price of one, before tax and discount. 4 decimals are stored, and 2 shown (1 in 2019), so it may be
    rounded; `subtotal` is not."""

    quantity: Decimal
    """How many. 2 decimals are stored and shown (1 shown in 2019)."""

    description: None | str | Unset = UNSET
    """Text of the line."""

    unit: None | str | Unset = UNSET
    """Unit of measure."""

    tax: DocumentItemTax | None | Unset = UNSET
    """The VAT of the line."""

    tax_exemption: None | str | Unset = UNSET
    """Exemption code of the line."""

    discount: Decimal | None | Unset = UNSET
    """Discount in percent."""

    subtotal: Decimal | None | Unset = UNSET
    """Price by quantity less discount, unrounded."""

    tax_amount: Decimal | None | Unset = UNSET
    """VAT of the line, unrounded."""

    discount_amount: Decimal | None | Unset = UNSET
    """Discount as an amount."""

    total: Decimal | None | Unset = UNSET
    """Subtotal and VAT."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "name"
            _value = self.name
            field_dict["name"] = _value
            at = "unit_price"
            _value = self.unit_price
            field_dict["unit_price"] = format_decimal_string(_value)
            at = "quantity"
            _value = self.quantity
            field_dict["quantity"] = format_decimal_string(_value)
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
            at = "tax_exemption"
            _value = self.tax_exemption
            if _value is not UNSET:
                field_dict["tax_exemption"] = _value
            at = "discount"
            _value = self.discount
            if _value is not UNSET:
                field_dict["discount"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "subtotal"
            _value = self.subtotal
            if _value is not UNSET:
                field_dict["subtotal"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "tax_amount"
            _value = self.tax_amount
            if _value is not UNSET:
                field_dict["tax_amount"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "discount_amount"
            _value = self.discount_amount
            if _value is not UNSET:
                field_dict["discount_amount"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "total"
            _value = self.total
            if _value is not UNSET:
                field_dict["total"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentItem:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(DocumentItem)
        _at = ""
        try:
            _at = "name"
            _value = _source[_at]
            _model.name = _value if type(_value) is str else parse_text(_value)
            _at = "unit_price"
            _value = _source[_at]
            _model.unit_price = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "quantity"
            _value = _source[_at]
            _model.quantity = _value if type(_value) is Decimal else parse_decimal(_value)
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
            _model.tax = _value if _value is UNSET or _value is None else DocumentItemTax.from_dict(_value)
            _at = "tax_exemption"
            _value = _get(_at, UNSET)
            _model.tax_exemption = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "discount"
            _value = _get(_at, UNSET)
            _model.discount = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "subtotal"
            _value = _get(_at, UNSET)
            _model.subtotal = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "tax_amount"
            _value = _get(_at, UNSET)
            _model.tax_amount = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "discount_amount"
            _value = _get(_at, UNSET)
            _model.discount_amount = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "total"
            _value = _get(_at, UNSET)
            _model.total = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
        except KeyError:
            raise WireError("DocumentItem lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is DocumentItem else as_subclass(cls, _model)
