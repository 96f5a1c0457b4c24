# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_text_or_none,
    parse_object,
    parse_text,
    parse_text_or_none,
)

from ..types import UNSET, Unset, as_subclass, new_model

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
        _value: Any
        at = ""
        try:
            at = "name"
            _value = self.name
            if _value is not UNSET:
                field_dict["name"] = _value
            at = "email"
            _value = self.email
            if _value is not UNSET:
                field_dict["email"] = _value
            at = "phone"
            _value = self.phone
            if _value is not UNSET:
                field_dict["phone"] = _value
            at = "mobile"
            _value = self.mobile
            if _value is not UNSET:
                field_dict["mobile"] = format_text_or_none(_value)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> PreferredContact:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(PreferredContact)
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
