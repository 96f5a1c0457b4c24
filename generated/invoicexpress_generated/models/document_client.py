# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_integer_or_none,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "id"
            field_dict["id"] = format_integer_or_none(self.id)
            at = "name"
            field_dict["name"] = self.name
            at = "code"
            if not isinstance(self.code, Unset):
                field_dict["code"] = self.code
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = self.email
            at = "country"
            if not isinstance(self.country, Unset):
                field_dict["country"] = self.country
            at = "address"
            if not isinstance(self.address, Unset):
                field_dict["address"] = self.address
            at = "city"
            if not isinstance(self.city, Unset):
                field_dict["city"] = self.city
            at = "postal_code"
            if not isinstance(self.postal_code, Unset):
                field_dict["postal_code"] = self.postal_code
            at = "fiscal_id"
            if not isinstance(self.fiscal_id, Unset):
                field_dict["fiscal_id"] = self.fiscal_id
            at = "phone"
            if not isinstance(self.phone, Unset):
                field_dict["phone"] = self.phone
            at = "website"
            if not isinstance(self.website, Unset):
                field_dict["website"] = self.website
            at = "fax"
            if not isinstance(self.fax, Unset):
                field_dict["fax"] = self.fax
            at = "observations"
            if not isinstance(self.observations, Unset):
                field_dict["observations"] = self.observations
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentClient:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = DocumentClient.__new__(DocumentClient)
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
