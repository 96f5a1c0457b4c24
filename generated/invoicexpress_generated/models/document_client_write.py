# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_integer,
    format_text,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "id",
        "code",
        "email",
        "address",
        "city",
        "postal_code",
        "country",
        "fiscal_id",
        "website",
        "phone",
        "fax",
        "observations",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
    }
)


@define
class DocumentClientWrite:
    """The client of a document. A new name creates a client; for a known name the other fields are
    ignored."""

    name: str
    """Name of the client."""

    id: int | Unset = UNSET
    """Id of a known client."""

    code: str | Unset = UNSET
    """Code of the client, which finds it first."""

    email: str | Unset = UNSET
    """E-mail address."""

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

    observations: str | Unset = UNSET
    """Remarks that the client's documents print by default."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.DocumentClientWriteFields]) -> DocumentClientWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("DocumentClientWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = constrained(format_text(self.name), min_length=1)
            at = "id"
            if not isinstance(self.id, Unset):
                field_dict["id"] = format_integer(self.id)
            at = "code"
            if not isinstance(self.code, Unset):
                field_dict["code"] = format_text(self.code)
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = format_text(self.email)
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
            at = "observations"
            if not isinstance(self.observations, Unset):
                field_dict["observations"] = format_text(self.observations)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
