# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_integer_or_none,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "name",
        "code",
        "email",
        "country",
        "address",
        "city",
        "postal_code",
        "fiscal_id",
        "phone",
        "website",
        "fax",
        "observations",
    }
)


@define
class DocumentClient:
    """The client as a document shows it. Live, it has every field with a value, and fields without one are
    missing."""

    id: int | None
    """Id of the client."""

    name: None | str
    """Name of the client."""

    code: None | str | Unset = UNSET
    """Code of the client."""

    email: None | str | Unset = UNSET
    """E-mail address."""

    country: None | str | Unset = UNSET
    """Country by its English name."""

    address: None | str | Unset = UNSET
    """Street and number."""

    city: None | str | Unset = UNSET
    """City."""

    postal_code: None | str | Unset = UNSET
    """Postal code."""

    fiscal_id: None | str | Unset = UNSET
    """Tax number; missing for a final consumer."""

    phone: None | str | Unset = UNSET
    """Telephone."""

    website: None | str | Unset = UNSET
    """Web address."""

    fax: None | str | Unset = UNSET
    """Fax."""

    observations: None | str | Unset = UNSET
    """Default remarks for the client's documents."""

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
            field_dict["id"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "name"
            _value = self.name
            field_dict["name"] = _value
            at = "code"
            _value = self.code
            if _value is not UNSET:
                field_dict["code"] = _value
            at = "email"
            _value = self.email
            if _value is not UNSET:
                field_dict["email"] = _value
            at = "country"
            _value = self.country
            if _value is not UNSET:
                field_dict["country"] = _value
            at = "address"
            _value = self.address
            if _value is not UNSET:
                field_dict["address"] = _value
            at = "city"
            _value = self.city
            if _value is not UNSET:
                field_dict["city"] = _value
            at = "postal_code"
            _value = self.postal_code
            if _value is not UNSET:
                field_dict["postal_code"] = _value
            at = "fiscal_id"
            _value = self.fiscal_id
            if _value is not UNSET:
                field_dict["fiscal_id"] = _value
            at = "phone"
            _value = self.phone
            if _value is not UNSET:
                field_dict["phone"] = _value
            at = "website"
            _value = self.website
            if _value is not UNSET:
                field_dict["website"] = _value
            at = "fax"
            _value = self.fax
            if _value is not UNSET:
                field_dict["fax"] = _value
            at = "observations"
            _value = self.observations
            if _value is not UNSET:
                field_dict["observations"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentClient:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(DocumentClient)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer_or_none(_value)
            _at = "name"
            _value = _source[_at]
            _model.name = _value if type(_value) is str or _value is None else parse_text(_value)
            _at = "code"
            _value = _get(_at, UNSET)
            _model.code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "email"
            _value = _get(_at, UNSET)
            _model.email = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "country"
            _value = _get(_at, UNSET)
            _model.country = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "address"
            _value = _get(_at, UNSET)
            _model.address = (
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
            _at = "fiscal_id"
            _value = _get(_at, UNSET)
            _model.fiscal_id = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "phone"
            _value = _get(_at, UNSET)
            _model.phone = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "website"
            _value = _get(_at, UNSET)
            _model.website = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "fax"
            _value = _get(_at, UNSET)
            _model.fax = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "observations"
            _value = _get(_at, UNSET)
            _model.observations = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("DocumentClient lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is DocumentClient else as_subclass(cls, _model)
