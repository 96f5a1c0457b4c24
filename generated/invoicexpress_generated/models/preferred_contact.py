# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_text_or_none,
    parse_object,
    parse_text,
    parse_text_or_none,
)

from ..types import UNSET, Unset, as_subclass

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "name",
        "email",
        "phone",
        "mobile",
    }
)


@define
class PreferredContact:
    """A person at a client."""

    name: None | str | Unset = UNSET
    """Name."""

    email: None | str | Unset = UNSET
    """E-mail address."""

    phone: None | str | Unset = UNSET
    """Telephone."""

    mobile: str | None | Unset = UNSET
    """Mobile telephone."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            if not isinstance(self.name, Unset):
                field_dict["name"] = self.name
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = self.email
            at = "phone"
            if not isinstance(self.phone, Unset):
                field_dict["phone"] = self.phone
            at = "mobile"
            if not isinstance(self.mobile, Unset):
                field_dict["mobile"] = format_text_or_none(self.mobile)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> PreferredContact:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = PreferredContact.__new__(PreferredContact)
        _at = ""
        try:
            _at = "name"
            _value = _get(_at, UNSET)
            _model.name = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "email"
            _value = _get(_at, UNSET)
            _model.email = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "phone"
            _value = _get(_at, UNSET)
            _model.phone = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "mobile"
            _value = _get(_at, UNSET)
            _model.mobile = _value if _value is UNSET else parse_text_or_none(_value)
        except KeyError:
            raise WireError("PreferredContact lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is PreferredContact else as_subclass(cls, _model)
