# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    parse_decimal_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "rate"
            if not isinstance(self.rate, Unset):
                field_dict["rate"] = format_decimal_number_or_none(self.rate)
            at = "currency"
            if not isinstance(self.currency, Unset):
                field_dict["currency"] = self.currency
            at = "total"
            if not isinstance(self.total, Unset):
                field_dict["total"] = format_decimal_number_or_none(self.total)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Multicurrency:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = Multicurrency.__new__(Multicurrency)
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
