# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_integer_or_none,
    parse_integer_or_none,
    parse_object,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "used_documents",
        "available_documents",
        "used_api_documents",
        "available_api_documents",
        "used_web_documents",
        "available_web_documents",
    }
)


@define
class AccountDocumentStats:
    """Documents that were used, and are left."""

    used_documents: int | None | Unset = UNSET
    """Used."""

    available_documents: int | None | Unset = UNSET
    """Left."""

    used_api_documents: int | None | Unset = UNSET
    """Used through the API."""

    available_api_documents: int | None | Unset = UNSET
    """Left for the API."""

    used_web_documents: int | None | Unset = UNSET
    """Used on the web site."""

    available_web_documents: int | None | Unset = UNSET
    """Left for the web site."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "used_documents"
            _value = self.used_documents
            if _value is not UNSET:
                field_dict["used_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "available_documents"
            _value = self.available_documents
            if _value is not UNSET:
                field_dict["available_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "used_api_documents"
            _value = self.used_api_documents
            if _value is not UNSET:
                field_dict["used_api_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "available_api_documents"
            _value = self.available_api_documents
            if _value is not UNSET:
                field_dict["available_api_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "used_web_documents"
            _value = self.used_web_documents
            if _value is not UNSET:
                field_dict["used_web_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "available_web_documents"
            _value = self.available_web_documents
            if _value is not UNSET:
                field_dict["available_web_documents"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> AccountDocumentStats:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(AccountDocumentStats)
        _at = ""
        try:
            _at = "used_documents"
            _value = _get(_at, UNSET)
            _model.used_documents = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "available_documents"
            _value = _get(_at, UNSET)
            _model.available_documents = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "used_api_documents"
            _value = _get(_at, UNSET)
            _model.used_api_documents = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "available_api_documents"
            _value = _get(_at, UNSET)
            _model.available_api_documents = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "used_web_documents"
            _value = _get(_at, UNSET)
            _model.used_web_documents = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "available_web_documents"
            _value = _get(_at, UNSET)
            _model.available_web_documents = _value if _value is UNSET else parse_integer_or_none(_value)
        except KeyError:
            raise WireError("AccountDocumentStats lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is AccountDocumentStats else as_subclass(cls, _model)
