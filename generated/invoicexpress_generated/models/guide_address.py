# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "detail",
        "city",
        "postal_code",
        "country",
    }
)


@define
class GuideAddress:
    """Where goods are loaded or unloaded."""

    detail: None | str | Unset = UNSET
    """Street and number."""

    city: None | str | Unset = UNSET
    """City."""

    postal_code: None | str | Unset = UNSET
    """Postal code."""

    country: None | str | Unset = UNSET
    """Country by its English name."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        _value = self.detail
        if _value is not UNSET:
            field_dict["detail"] = _value
        _value = self.city
        if _value is not UNSET:
            field_dict["city"] = _value
        _value = self.postal_code
        if _value is not UNSET:
            field_dict["postal_code"] = _value
        _value = self.country
        if _value is not UNSET:
            field_dict["country"] = _value
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> GuideAddress:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(GuideAddress)
        _at = ""
        try:
            _at = "detail"
            _value = _get(_at, UNSET)
            _model.detail = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "city"
            _value = _get(_at, UNSET)
            _model.city = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "postal_code"
            _value = _get(_at, UNSET)
            _model.postal_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "country"
            _value = _get(_at, UNSET)
            _model.country = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("GuideAddress lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is GuideAddress else as_subclass(cls, _model)
