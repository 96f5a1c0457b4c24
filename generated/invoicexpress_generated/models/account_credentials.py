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
        "username",
        "password",
        "type",
        "context",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "username",
        "password",
    }
)


@define
class AccountCredentials:
    """A user of the tax authority's portal."""

    username: str
    """Tax number and number of the user, `500100200/1`."""

    password: str = field(repr=False)
    """Password of the user, in base64."""

    type: str | Unset = UNSET
    """Kind of the credentials; `AT` when not given."""

    context: str | Unset = UNSET
    """Their use; `Sequences` when not given."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.AccountCredentialsFields]) -> AccountCredentials:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("AccountCredentials", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "username"
            field_dict["username"] = format_text(self.username)
            at = "password"
            field_dict["password"] = format_text(self.password)
            at = "type"
            if not isinstance(self.type, Unset):
                field_dict["type"] = format_text(self.type)
            at = "context"
            if not isinstance(self.context, Unset):
                field_dict["context"] = format_text(self.context)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
