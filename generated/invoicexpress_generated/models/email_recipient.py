# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_flag_string,
    format_text,
)

from .. import models
from ..types import known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "email",
        "save",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "email",
        "save",
    }
)


@define
class EmailRecipient:
    """To whom an e-mail goes."""

    email: str
    """E-mail address of the recipient."""

    save: bool
    """Stores the address with the client."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.EmailRecipientFields]) -> EmailRecipient:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("EmailRecipient", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "email"
            field_dict["email"] = format_text(self.email)
            at = "save"
            field_dict["save"] = format_flag_string(self.save)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
