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

from ..models.preferred_contact import PreferredContact
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "name",
        "code",
        "email",
        "language",
        "address",
        "city",
        "postal_code",
        "country",
        "fiscal_id",
        "website",
        "phone",
        "fax",
        "preferred_contact",
        "observations",
        "open_account_link",
        "send_options",
        "payment_days",
        "tax_exemption_code",
    }
)


@define
class ClientFields:
    """What a client has, wherever it is shown."""

    name: str
    """Name, unique within the account."""

    code: None | str | Unset = UNSET
    """Code, unique within the account."""

    email: None | str | Unset = UNSET
    """E-mail address."""

    language: None | str | Unset = UNSET
    """Language of the client's documents: pt, en or es."""

    address: None | str | Unset = UNSET
    """Street and number."""

    city: None | str | Unset = UNSET
    """City."""

    postal_code: None | str | Unset = UNSET
    """Postal code."""

    country: None | str | Unset = UNSET
    """Country by the English name of the vendor's list."""

    fiscal_id: None | str | Unset = UNSET
    """Tax number."""

    website: None | str | Unset = UNSET
    """Web address."""

    phone: None | str | Unset = UNSET
    """Telephone."""

    fax: None | str | Unset = UNSET
    """Fax."""

    preferred_contact: None | PreferredContact | Unset = UNSET
    """A person at the client."""

    observations: None | str | Unset = UNSET
    """Default remarks for the client's documents."""

    open_account_link: None | str | Unset = field(default=UNSET, repr=False)
    """Public address of the client's account. Anyone with the address can read it."""

    send_options: int | None | Unset = UNSET
    """Copies to send: 1 original, 2 with duplicate, 3 with triplicate."""

    payment_days: int | None | Unset = UNSET
    """Days until due."""

    tax_exemption_code: None | str | Unset = UNSET
    """Exemption code; `M00` for none."""

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
            field_dict["name"] = _value
            at = "code"
            _value = self.code
            if _value is not UNSET:
                field_dict["code"] = _value
            at = "email"
            _value = self.email
            if _value is not UNSET:
                field_dict["email"] = _value
            at = "language"
            _value = self.language
            if _value is not UNSET:
                field_dict["language"] = _value
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
            at = "country"
            _value = self.country
            if _value is not UNSET:
                field_dict["country"] = _value
            at = "fiscal_id"
            _value = self.fiscal_id
            if _value is not UNSET:
                field_dict["fiscal_id"] = _value
            at = "website"
            _value = self.website
            if _value is not UNSET:
                field_dict["website"] = _value
            at = "phone"
            _value = self.phone
            if _value is not UNSET:
                field_dict["phone"] = _value
            at = "fax"
            _value = self.fax
            if _value is not UNSET:
                field_dict["fax"] = _value
            at = "preferred_contact"
            _value = self.preferred_contact
            if _value is not UNSET:
                field_dict["preferred_contact"] = None if _value is None else _value.to_dict()
            at = "observations"
            _value = self.observations
            if _value is not UNSET:
                field_dict["observations"] = _value
            at = "open_account_link"
            _value = self.open_account_link
            if _value is not UNSET:
                field_dict["open_account_link"] = _value
            at = "send_options"
            _value = self.send_options
            if _value is not UNSET:
                field_dict["send_options"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "payment_days"
            _value = self.payment_days
            if _value is not UNSET:
                field_dict["payment_days"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "tax_exemption_code"
            _value = self.tax_exemption_code
            if _value is not UNSET:
                field_dict["tax_exemption_code"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ClientFields:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(ClientFields)
        _at = ""
        try:
            _at = "name"
            _value = _source[_at]
            _model.name = _value if type(_value) is str else parse_text(_value)
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
            _at = "language"
            _value = _get(_at, UNSET)
            _model.language = (
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
            _at = "country"
            _value = _get(_at, UNSET)
            _model.country = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "fiscal_id"
            _value = _get(_at, UNSET)
            _model.fiscal_id = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "website"
            _value = _get(_at, UNSET)
            _model.website = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "phone"
            _value = _get(_at, UNSET)
            _model.phone = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "fax"
            _value = _get(_at, UNSET)
            _model.fax = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "preferred_contact"
            _value = _get(_at, UNSET)
            _model.preferred_contact = (
                _value if _value is UNSET or _value is None else PreferredContact.from_dict(_value)
            )
            _at = "observations"
            _value = _get(_at, UNSET)
            _model.observations = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "open_account_link"
            _value = _get(_at, UNSET)
            _model.open_account_link = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "send_options"
            _value = _get(_at, UNSET)
            _model.send_options = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "payment_days"
            _value = _get(_at, UNSET)
            _model.payment_days = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "tax_exemption_code"
            _value = _get(_at, UNSET)
            _model.tax_exemption_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("ClientFields lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is ClientFields else as_subclass(cls, _model)
