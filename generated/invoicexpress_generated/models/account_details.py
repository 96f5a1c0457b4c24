# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_text_or_none,
    parse_flag,
    parse_object,
    parse_text,
    parse_text_or_none,
)

from ..types import UNSET, Unset, as_subclass, new_model

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
        _value: Any
        at = ""
        try:
            at = "organization_name"
            _value = self.organization_name
            if _value is not UNSET:
                field_dict["organization_name"] = _value
            at = "fiscal_id"
            _value = self.fiscal_id
            if _value is not UNSET:
                field_dict["fiscal_id"] = _value
            at = "email"
            _value = self.email
            if _value is not UNSET:
                field_dict["email"] = _value
            at = "state"
            _value = self.state
            if _value is not UNSET:
                field_dict["state"] = _value
            at = "at_configured"
            _value = self.at_configured
            if _value is not UNSET:
                field_dict["at_configured"] = _value
            at = "trial"
            _value = self.trial
            if _value is not UNSET:
                field_dict["trial"] = _value
            at = "address"
            _value = self.address
            if _value is not UNSET:
                field_dict["address"] = _value
            at = "postal_code"
            _value = self.postal_code
            if _value is not UNSET:
                field_dict["postal_code"] = _value
            at = "city"
            _value = self.city
            if _value is not UNSET:
                field_dict["city"] = _value
            at = "tax_country"
            _value = self.tax_country
            if _value is not UNSET:
                field_dict["tax_country"] = format_text_or_none(_value)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> AccountDetails:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(AccountDetails)
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
