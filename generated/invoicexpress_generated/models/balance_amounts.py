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
)

from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "with_vat"
            if not isinstance(self.with_vat, Unset):
                field_dict["with_vat"] = format_decimal_number_or_none(self.with_vat)
            at = "without_vat"
            if not isinstance(self.without_vat, Unset):
                field_dict["without_vat"] = format_decimal_number_or_none(self.without_vat)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> BalanceAmounts:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = BalanceAmounts.__new__(BalanceAmounts)
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
