# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_integer,
    format_model,
    format_text,
)

from .. import models
from ..models.language import LANGUAGE_VALUES, Language
from ..models.preferred_contact_write import PreferredContactWrite
from ..types import UNSET, Unset, as_model, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
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
        "send_options",
        "payment_days",
        "tax_exemption_code",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
    }
)


@define
class ClientWrite:
    """A new or changed client."""

    name: str
    """Name of the client, unique, at most 100 characters."""

    code: str | Unset = UNSET
    """The caller's own code of the client, unique."""

    email: str | Unset = UNSET
    """E-mail address."""

    language: Language | Unset = UNSET
    """Language of the client's documents."""

    address: str | Unset = UNSET
    """Street and number."""

    city: str | Unset = UNSET
    """City of the address."""

    postal_code: str | Unset = UNSET
    """Postal code, `DDDD-DDD` in Portugal."""

    country: str | Unset = UNSET
    """Country by the English name of the vendor's list."""

    fiscal_id: str | Unset = UNSET
    """Tax number, in Portugal the NIF."""

    website: str | Unset = UNSET
    """Address of the web site."""

    phone: str | Unset = UNSET
    """Telephone number."""

    fax: str | Unset = UNSET
    """Fax number."""

    preferred_contact: PreferredContactWrite | Unset = UNSET
    """A person at a client."""

    observations: str | Unset = UNSET
    """Remarks that the client's documents print by default."""

    send_options: int | Unset = UNSET
    """Copies of a document to send: 1 original, 2 with duplicate, 3 with triplicate."""

    payment_days: int | Unset = UNSET
    """Days from the date of a document until it is due."""

    tax_exemption_code: str | Unset = UNSET
    """Code of the exemption of the client's documents, such as `M01`."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.ClientWriteFields]) -> ClientWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("ClientWrite", fields, _REQUIRED, _NAMES)
        if "preferred_contact" in values:
            values["preferred_contact"] = as_model(
                PreferredContactWrite.of, values["preferred_contact"], "preferred_contact"
            )
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = constrained(format_text(self.name), min_length=1, max_length=100)
            at = "code"
            if not isinstance(self.code, Unset):
                field_dict["code"] = format_text(self.code)
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = format_text(self.email)
            at = "language"
            if not isinstance(self.language, Unset):
                field_dict["language"] = format_choice(LANGUAGE_VALUES, self.language)
            at = "address"
            if not isinstance(self.address, Unset):
                field_dict["address"] = format_text(self.address)
            at = "city"
            if not isinstance(self.city, Unset):
                field_dict["city"] = format_text(self.city)
            at = "postal_code"
            if not isinstance(self.postal_code, Unset):
                field_dict["postal_code"] = format_text(self.postal_code)
            at = "country"
            if not isinstance(self.country, Unset):
                field_dict["country"] = format_text(self.country)
            at = "fiscal_id"
            if not isinstance(self.fiscal_id, Unset):
                field_dict["fiscal_id"] = format_text(self.fiscal_id)
            at = "website"
            if not isinstance(self.website, Unset):
                field_dict["website"] = format_text(self.website)
            at = "phone"
            if not isinstance(self.phone, Unset):
                field_dict["phone"] = format_text(self.phone)
            at = "fax"
            if not isinstance(self.fax, Unset):
                field_dict["fax"] = format_text(self.fax)
            at = "preferred_contact"
            if not isinstance(self.preferred_contact, Unset):
                field_dict["preferred_contact"] = format_model(PreferredContactWrite, self.preferred_contact)
            at = "observations"
            if not isinstance(self.observations, Unset):
                field_dict["observations"] = format_text(self.observations)
            at = "send_options"
            if not isinstance(self.send_options, Unset):
                field_dict["send_options"] = format_integer(self.send_options)
            at = "payment_days"
            if not isinstance(self.payment_days, Unset):
                field_dict["payment_days"] = format_integer(self.payment_days)
            at = "tax_exemption_code"
            if not isinstance(self.tax_exemption_code, Unset):
                field_dict["tax_exemption_code"] = constrained(
                    format_text(self.tax_exemption_code), pattern="^M\\d{2}$"
                )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
