# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_integer,
    parse_integer,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "api_key",
        "name",
        "url",
        "state",
    }
)


@define
class Account:
    """A new account."""

    id: int
    """Id. Documented as a string, as those of clients are, which the live service writes as integers."""

    api_key: str = field(repr=False)
    """Key of the account's first user."""

    name: None | str | Unset = UNSET
    """Name of the company."""

    url: None | str | Unset = UNSET
    """Address."""

    state: None | str | Unset = UNSET
    """`active`, `deactive` or `pending`."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "id"
            _value = self.id
            field_dict["id"] = _value if type(_value) is int else format_integer(_value)
            at = "api_key"
            _value = self.api_key
            field_dict["api_key"] = _value
            at = "name"
            _value = self.name
            if _value is not UNSET:
                field_dict["name"] = _value
            at = "url"
            _value = self.url
            if _value is not UNSET:
                field_dict["url"] = _value
            at = "state"
            _value = self.state
            if _value is not UNSET:
                field_dict["state"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Account:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Account)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer(_value)
            _at = "api_key"
            _value = _source[_at]
            _model.api_key = _value if type(_value) is str else parse_text(_value)
            _at = "name"
            _value = _get(_at, UNSET)
            _model.name = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "url"
            _value = _get(_at, UNSET)
            _model.url = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "state"
            _value = _get(_at, UNSET)
            _model.state = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("Account lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Account else as_subclass(cls, _model)
