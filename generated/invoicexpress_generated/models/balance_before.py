# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    format_iso_date_or_none,
    parse_decimal_or_none,
    parse_iso_date_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "value",
        "created_at",
        "observation",
    }
)


@define
class BalanceBefore:
    """What was owed before the first document."""

    value: Decimal | None | Unset = UNSET
    """Amount in the account's currency."""

    created_at: datetime.date | None | Unset = UNSET
    """Its day, yyyy-mm-dd; 1970-01-01 when there is none."""

    observation: None | str | Unset = UNSET
    """Remarks."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "value"
            _value = self.value
            if _value is not UNSET:
                field_dict["value"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "created_at"
            _value = self.created_at
            if _value is not UNSET:
                field_dict["created_at"] = format_iso_date_or_none(_value)
            at = "observation"
            _value = self.observation
            if _value is not UNSET:
                field_dict["observation"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> BalanceBefore:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(BalanceBefore)
        _at = ""
        try:
            _at = "value"
            _value = _get(_at, UNSET)
            _model.value = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "created_at"
            _value = _get(_at, UNSET)
            _model.created_at = _value if _value is UNSET else parse_iso_date_or_none(_value)
            _at = "observation"
            _value = _get(_at, UNSET)
            _model.observation = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("BalanceBefore lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is BalanceBefore else as_subclass(cls, _model)
