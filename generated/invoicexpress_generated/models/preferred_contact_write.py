# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_text,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "email",
        "phone",
        "mobile",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset()


@define
class PreferredContactWrite:
    """A person at a client."""

    name: str | Unset = UNSET
    """Name of the person."""

    email: str | Unset = UNSET
    """E-mail address of the person."""

    phone: str | Unset = UNSET
    """Telephone number."""

    mobile: str | Unset = UNSET
    """Number of the mobile telephone."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.PreferredContactWriteFields]) -> PreferredContactWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("PreferredContactWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            if not isinstance(self.name, Unset):
                field_dict["name"] = format_text(self.name)
            at = "email"
            if not isinstance(self.email, Unset):
                field_dict["email"] = format_text(self.email)
            at = "phone"
            if not isinstance(self.phone, Unset):
                field_dict["phone"] = format_text(self.phone)
            at = "mobile"
            if not isinstance(self.mobile, Unset):
                field_dict["mobile"] = format_text(self.mobile)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
