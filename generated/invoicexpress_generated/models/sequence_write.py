from __future__ import annotations

from typing import Any, Final, NotRequired, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_flag_string,
    format_text,
    parse_flag,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "serie",
        "default_sequence",
    }
)
_NAMES: Final[frozenset[str]] = frozenset(
    {
        "serie",
        "default_sequence",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "serie",
    }
)


class SequenceWriteFields(TypedDict):
    """The fields of SequenceWrite as keyword arguments. None means that a field is not given."""

    serie: str
    default_sequence: NotRequired[bool | None]


@define
class SequenceWrite:
    """A new série."""

    serie: str
    """Name of the série."""

    default_sequence: bool | Unset = UNSET
    """Makes it the default. Only "1" has an effect; the integer 1 was seen to have none."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[SequenceWriteFields]) -> SequenceWrite:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("SequenceWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "serie"
            field_dict["serie"] = constrained(format_text(self.serie), min_length=1)
            at = "default_sequence"
            if not isinstance(self.default_sequence, Unset):
                field_dict["default_sequence"] = format_flag_string(self.default_sequence)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> SequenceWrite:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _get = _source.get
        _at = ""
        try:
            _at = "serie"
            _value = _source[_at]
            serie_ = _value if type(_value) is str else parse_text(_value)
            _at = "default_sequence"
            _value = _get(_at, UNSET)
            default_sequence_ = _value if _value is UNSET else parse_flag(_value)
        except KeyError:
            raise WireError("SequenceWrite lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            serie_,
            default_sequence_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
