# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_flag_string,
    format_model,
    format_text,
)

from .. import models
from ..models.account_credentials import AccountCredentials
from ..types import UNSET, Unset, as_model, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "organization_name",
        "email",
        "password",
        "terms",
        "first_name",
        "last_name",
        "phone",
        "fiscal_id",
        "address",
        "city",
        "postal_code",
        "website",
        "fax",
        "credentials",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset()


@define
class AccountUpdate:
    """A changed account. The vendor's page requires name, e-mail, password and terms; the live service
    accepted fewer."""

    organization_name: str | Unset = UNSET
    """Name of the company."""

    email: str | Unset = UNSET
    """E-mail address of the account."""

    password: str | Unset = field(default=UNSET, repr=False)
    """The user's password."""

    terms: bool | Unset = UNSET
    """Accepts the terms and conditions."""

    first_name: str | Unset = UNSET
    """First name of the user."""

    last_name: str | Unset = UNSET
    """Last name of the user."""

    phone: str | Unset = UNSET
    """Telephone number."""

    fiscal_id: str | Unset = UNSET
    """Tax number; the one that the account has already."""

    address: str | Unset = UNSET
    """Street and number."""

    city: str | Unset = UNSET
    """City of the address."""

    postal_code: str | Unset = UNSET
    """Postal code, `DDDD-DDD` in Portugal."""

    website: str | Unset = UNSET
    """Address of the web site."""

    fax: str | Unset = UNSET
    """Fax number."""

    credentials: AccountCredentials | Unset = UNSET
    """A user of the tax authority's portal."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.AccountUpdateFields]) -> AccountUpdate:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("AccountUpdate", fields, _REQUIRED, _NAMES)
        if "credentials" in values:
            values["credentials"] = as_model(AccountCredentials.of, values["credentials"], "credentials")
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "organization_name"
            if not isinstance(self.organization_name, Unset):
                field_dict["organization_name"] = constrained(
                    format_text(self.organization_name), min_length=1
                )
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = format_text(self.email)
            at = "password"
            if not isinstance(self.password, Unset):
                field_dict["password"] = format_text(self.password)
            at = "terms"
            if not isinstance(self.terms, Unset):
                field_dict["terms"] = format_flag_string(self.terms)
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
            at = "address"
            if not isinstance(self.address, Unset):
                field_dict["address"] = format_text(self.address)
            at = "city"
            if not isinstance(self.city, Unset):
                field_dict["city"] = format_text(self.city)
            at = "postal_code"
            if not isinstance(self.postal_code, Unset):
                field_dict["postal_code"] = format_text(self.postal_code)
            at = "website"
            if not isinstance(self.website, Unset):
                field_dict["website"] = format_text(self.website)
            at = "fax"
            if not isinstance(self.fax, Unset):
                field_dict["fax"] = format_text(self.fax)
            at = "credentials"
            if not isinstance(self.credentials, Unset):
                field_dict["credentials"] = format_model(AccountCredentials, self.credentials)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
