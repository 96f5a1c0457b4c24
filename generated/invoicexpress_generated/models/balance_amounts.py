# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    parse_decimal_or_none,
    parse_object,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "with_vat",
        "without_vat",
    }
)


@define
class BalanceAmounts:
    """An amount, with and without VAT."""

    with_vat: Decimal | None | Unset = UNSET
    """Amount with VAT."""

    without_vat: Decimal | None | Unset = UNSET
    """Amount without VAT."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "with_vat"
            _value = self.with_vat
            if _value is not UNSET:
                field_dict["with_vat"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "without_vat"
            _value = self.without_vat
            if _value is not UNSET:
                field_dict["without_vat"] = (
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
    def from_dict(cls, src_dict: object) -> BalanceAmounts:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(BalanceAmounts)
        _at = ""
        try:
            _at = "with_vat"
            _value = _get(_at, UNSET)
            _model.with_vat = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "without_vat"
            _value = _get(_at, UNSET)
            _model.without_vat = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
        except KeyError:
            raise WireError("BalanceAmounts lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is BalanceAmounts else as_subclass(cls, _model)
