# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_flag_string,
    format_text,
)

from .. import models
from ..models.account_create_tax_country import ACCOUNT_CREATE_TAX_COUNTRY_VALUES, AccountCreateTaxCountry
from ..models.language import LANGUAGE_VALUES, Language
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "organization_name",
        "email",
        "password",
        "terms",
        "password_confirmation",
        "first_name",
        "last_name",
        "phone",
        "fiscal_id",
        "tax_country",
        "language",
        "marketing",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "organization_name",
        "email",
        "password",
        "terms",
    }
)


@define
class AccountCreate:
    """A new account, and its first user."""

    organization_name: str
    """Name of the company, at most 100 characters."""

    email: str
    """E-mail address of the user; a new user unless the operation says otherwise."""

    password: str = field(repr=False)
    """The user's password."""

    terms: bool
    """Accepts the terms and conditions; refused otherwise."""

    password_confirmation: str | Unset = field(default=UNSET, repr=False)
    """The password again. Asked for by a revision of the docs of September 2026."""

    first_name: str | Unset = UNSET
    """First name of the user."""

    last_name: str | Unset = UNSET
    """Last name of the user."""

    phone: str | Unset = UNSET
    """Telephone number."""

    fiscal_id: str | Unset = UNSET
    """Tax number of the company. It is unique and cannot be changed later."""

    tax_country: AccountCreateTaxCountry | Unset = UNSET
    """Country of the tax number: 1 Portugal (when not given), 2 Ireland, 3 United Kingdom."""

    language: Language | Unset = UNSET
    """Language of the account."""

    marketing: bool | Unset = UNSET
    """Agrees to the vendor's advertising."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.AccountCreateFields]) -> AccountCreate:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("AccountCreate", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "organization_name"
            field_dict["organization_name"] = constrained(
                format_text(self.organization_name), min_length=1, max_length=100
            )
            at = "email"
            field_dict["email"] = format_text(self.email)
            at = "password"
            field_dict["password"] = format_text(self.password)
            at = "terms"
            field_dict["terms"] = format_flag_string(self.terms)
            at = "password_confirmation"
            if not isinstance(self.password_confirmation, Unset):
                field_dict["password_confirmation"] = format_text(self.password_confirmation)
            at = "first_name"
            if not isinstance(self.first_name, Unset):
                field_dict["first_name"] = format_text(self.first_name)
            at = "last_name"
            if not isinstance(self.last_name, Unset):
                field_dict["last_name"] = format_text(self.last_name)
            at = "phone"
            if not isinstance(self.phone, Unset):
                field_dict["phone"] = format_text(self.phone)
            at = "fiscal_id"
            if not isinstance(self.fiscal_id, Unset):
                field_dict["fiscal_id"] = format_text(self.fiscal_id)
            at = "tax_country"
            if not isinstance(self.tax_country, Unset):
                field_dict["tax_country"] = format_choice(ACCOUNT_CREATE_TAX_COUNTRY_VALUES, self.tax_country)
            at = "language"
            if not isinstance(self.language, Unset):
                field_dict["language"] = format_choice(LANGUAGE_VALUES, self.language)
            at = "marketing"
            if not isinstance(self.marketing, Unset):
                field_dict["marketing"] = format_flag_string(self.marketing)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
