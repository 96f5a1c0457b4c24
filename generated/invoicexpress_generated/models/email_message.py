# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_flag_string,
    format_model,
    format_text,
)

from .. import models
from ..models.email_recipient import EmailRecipient
from ..types import UNSET, Unset, as_model, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "client",
        "subject",
        "body",
        "cc",
        "bcc",
        "logo",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "client",
    }
)


@define
class EmailMessage:
    """An e-mail with a document."""

    client: EmailRecipient
    """The address to which the message goes."""

    subject: str | Unset = UNSET
    """Subject of the message."""

    body: str | Unset = UNSET
    """Text of the message."""

    cc: str | Unset = UNSET
    """E-mail address for a copy."""

    bcc: str | Unset = UNSET
    """E-mail address for a blind copy."""

    logo: bool | Unset = UNSET
    """Shows the account's logo. Depends on the plan."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.EmailMessageFields]) -> EmailMessage:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("EmailMessage", fields, _REQUIRED, _NAMES)
        if "client" in values:
            values["client"] = as_model(EmailRecipient.of, values["client"], "client")
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "client"
            field_dict["client"] = format_model(EmailRecipient, self.client)
            at = "subject"
            if not isinstance(self.subject, Unset):
                field_dict["subject"] = format_text(self.subject)
            at = "body"
            if not isinstance(self.body, Unset):
                field_dict["body"] = format_text(self.body)
            at = "cc"
            if not isinstance(self.cc, Unset):
                field_dict["cc"] = format_text(self.cc)
            at = "bcc"
            if not isinstance(self.bcc, Unset):
                field_dict["bcc"] = format_text(self.bcc)
            at = "logo"
            if not isinstance(self.logo, Unset):
                field_dict["logo"] = format_flag_string(self.logo)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
