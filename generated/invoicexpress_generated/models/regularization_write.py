from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, NotRequired, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number,
    format_iso_date,
    format_text,
    parse_decimal,
    parse_iso_date,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "value",
        "date",
        "observation",
    }
)
_NAMES: Final[frozenset[str]] = frozenset(
    {
        "value",
        "date",
        "observation",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "value",
        "date",
    }
)


class RegularizationWriteFields(TypedDict):
    """The fields of RegularizationWrite as keyword arguments. None means that a field is not given."""

    value: Decimal
    date: datetime.date
    observation: NotRequired[str | None]


@define
class RegularizationWrite:
    """A part of what a client owes that is written off."""

    value: Decimal
    """Amount in the account's currency, at most what remains."""

    date: datetime.date
    """Its day, yyyy-mm-dd."""

    observation: str | Unset = UNSET
    """Remarks."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[RegularizationWriteFields]) -> RegularizationWrite:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("RegularizationWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "value"
            field_dict["value"] = format_decimal_number(self.value)
            at = "date"
            field_dict["date"] = format_iso_date(self.date)
            at = "observation"
            if not isinstance(self.observation, Unset):
                field_dict["observation"] = format_text(self.observation)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> RegularizationWrite:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _get = _source.get
        _at = ""
        try:
            _at = "value"
            _value = _source[_at]
            value_ = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "date"
            _value = _source[_at]
            date_ = parse_iso_date(_value)
            _at = "observation"
            _value = _get(_at, UNSET)
            observation_ = (
                _value if _value is UNSET else (_value if type(_value) is str else parse_text(_value))
            )
        except KeyError:
            raise WireError("RegularizationWrite lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            value_,
            date_,
            observation_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
