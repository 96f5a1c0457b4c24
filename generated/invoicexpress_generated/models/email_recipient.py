from __future__ import annotations

from typing import Any, Final, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_flag_string,
    format_text,
    parse_flag,
    parse_object,
    parse_text,
)

from ..types import known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "email",
        "save",
    }
)
_NAMES: Final[frozenset[str]] = frozenset(
    {
        "email",
        "save",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "email",
        "save",
    }
)


class EmailRecipientFields(TypedDict):
    """The fields of EmailRecipient as keyword arguments. None means that a field is not given."""

    email: str
    save: bool


@define
class EmailRecipient:
    """To whom an e-mail goes."""

    email: str
    """Address."""

    save: bool
    """Stores the address with the client."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[EmailRecipientFields]) -> EmailRecipient:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("EmailRecipient", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "email"
            field_dict["email"] = format_text(self.email)
            at = "save"
            field_dict["save"] = format_flag_string(self.save)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> EmailRecipient:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _at = ""
        try:
            _at = "email"
            _value = _source[_at]
            email_ = _value if type(_value) is str else parse_text(_value)
            _at = "save"
            _value = _source[_at]
            save_ = parse_flag(_value)
        except KeyError:
            raise WireError("EmailRecipient lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            email_,
            save_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
