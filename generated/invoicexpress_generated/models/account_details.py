# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_text_or_none,
    parse_flag,
    parse_object,
    parse_text,
    parse_text_or_none,
)

from ..types import UNSET, Unset, as_subclass

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "organization_name",
        "fiscal_id",
        "email",
        "state",
        "at_configured",
        "trial",
        "address",
        "postal_code",
        "city",
        "tax_country",
    }
)


@define
class AccountDetails:
    """An account as it reads."""

    organization_name: None | str | Unset = UNSET
    """Name of the company."""

    fiscal_id: None | str | Unset = UNSET
    """Tax number."""

    email: None | str | Unset = UNSET
    """E-mail address."""

    state: None | str | Unset = UNSET
    """`active`, `deactive` or `pending`."""

    at_configured: bool | None | Unset = UNSET
    """Has credentials of the tax authority."""

    trial: bool | None | Unset = UNSET
    """A trial account: it may not send e-mail, export SAF-T or communicate with the tax authority."""

    address: None | str | Unset = UNSET
    """Street and number."""

    postal_code: None | str | Unset = UNSET
    """Postal code."""

    city: None | str | Unset = UNSET
    """City."""

    tax_country: str | None | Unset = UNSET
    """1 Portugal, 2 Ireland, 3 United Kingdom."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "organization_name"
            if not isinstance(self.organization_name, Unset):
                field_dict["organization_name"] = self.organization_name
            at = "fiscal_id"
            if not isinstance(self.fiscal_id, Unset):
                field_dict["fiscal_id"] = self.fiscal_id
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = self.email
            at = "state"
            if not isinstance(self.state, Unset):
                field_dict["state"] = self.state
            at = "at_configured"
            if not isinstance(self.at_configured, Unset):
                field_dict["at_configured"] = self.at_configured
            at = "trial"
            if not isinstance(self.trial, Unset):
                field_dict["trial"] = self.trial
            at = "address"
            if not isinstance(self.address, Unset):
                field_dict["address"] = self.address
            at = "postal_code"
            if not isinstance(self.postal_code, Unset):
                field_dict["postal_code"] = self.postal_code
            at = "city"
            if not isinstance(self.city, Unset):
                field_dict["city"] = self.city
            at = "tax_country"
            if not isinstance(self.tax_country, Unset):
                field_dict["tax_country"] = format_text_or_none(self.tax_country)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> AccountDetails:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = AccountDetails.__new__(AccountDetails)
        _at = ""
        try:
            _at = "organization_name"
            _value = _get(_at, UNSET)
            _model.organization_name = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "fiscal_id"
            _value = _get(_at, UNSET)
            _model.fiscal_id = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "email"
            _value = _get(_at, UNSET)
            _model.email = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "state"
            _value = _get(_at, UNSET)
            _model.state = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "at_configured"
            _value = _get(_at, UNSET)
            _model.at_configured = (
                _value if type(_value) is bool or _value is UNSET or _value is None else parse_flag(_value)
            )
            _at = "trial"
            _value = _get(_at, UNSET)
            _model.trial = (
                _value if type(_value) is bool or _value is UNSET or _value is None else parse_flag(_value)
            )
            _at = "address"
            _value = _get(_at, UNSET)
            _model.address = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "postal_code"
            _value = _get(_at, UNSET)
            _model.postal_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "city"
            _value = _get(_at, UNSET)
            _model.city = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "tax_country"
            _value = _get(_at, UNSET)
            _model.tax_country = _value if _value is UNSET else parse_text_or_none(_value)
        except KeyError:
            raise WireError("AccountDetails lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is AccountDetails else as_subclass(cls, _model)
