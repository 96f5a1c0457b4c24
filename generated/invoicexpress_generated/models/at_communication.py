# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_choice,
    format_text,
)

from .. import models
from ..models.at_communication_communication_type import (
    AT_COMMUNICATION_COMMUNICATION_TYPE_VALUES,
    AtCommunicationCommunicationType,
)
from ..types import known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "at_subuser",
        "at_password",
        "communication_type",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "at_subuser",
        "at_password",
        "communication_type",
    }
)


@define
class AtCommunication:
    """How documents are communicated to the tax authority, and by which user of its portal."""

    at_subuser: str
    """Tax number and number of the user, `500100200/1`."""

    at_password: str = field(repr=False)
    """Password of the user, in base64."""

    communication_type: AtCommunicationCommunicationType
    """Which documents are communicated, and by whom."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.AtCommunicationFields]) -> AtCommunication:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("AtCommunication", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "at_subuser"
            field_dict["at_subuser"] = format_text(self.at_subuser)
            at = "at_password"
            field_dict["at_password"] = format_text(self.at_password)
            at = "communication_type"
            field_dict["communication_type"] = format_choice(
                AT_COMMUNICATION_COMMUNICATION_TYPE_VALUES, self.communication_type
            )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
