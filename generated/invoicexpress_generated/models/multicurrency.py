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
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "rate",
        "currency",
        "total",
    }
)


@define
class Multicurrency:
    """The total in another currency. Prices and totals of the document itself stay in the account's
    currency."""

    rate: Decimal | None | Unset = UNSET
    """Exchange rate, 6 decimals."""

    currency: None | str | Unset = UNSET
    """Name of the other currency."""

    total: Decimal | None | Unset = UNSET
    """Total by rate."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "rate"
            _value = self.rate
            if _value is not UNSET:
                field_dict["rate"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "currency"
            _value = self.currency
            if _value is not UNSET:
                field_dict["currency"] = _value
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
    def from_dict(cls, src_dict: object) -> Multicurrency:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Multicurrency)
        _at = ""
        try:
            _at = "rate"
            _value = _get(_at, UNSET)
            _model.rate = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "currency"
            _value = _get(_at, UNSET)
            _model.currency = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "total"
            _value = _get(_at, UNSET)
            _model.total = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
        except KeyError:
            raise WireError("Multicurrency lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Multicurrency else as_subclass(cls, _model)
