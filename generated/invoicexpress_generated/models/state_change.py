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
from ..models.state_event import STATE_EVENT_VALUES, StateEvent
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "state",
        "message",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "state",
    }
)


@define
class StateChange:
    """A change of state."""

    state: StateEvent
    """An action on a document. Estimates take `accept` and `refuse`, by the vendor's table and the live
    service; the vendor's schema writes `accepted` and `refused`, and leaves out the `unsettled` of its
    own table."""

    message: str | Unset = UNSET
    """Why. Wanted when cancelling."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.StateChangeFields]) -> StateChange:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("StateChange", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "state"
            field_dict["state"] = format_choice(STATE_EVENT_VALUES, self.state)
            at = "message"
            if not isinstance(self.message, Unset):
                field_dict["message"] = format_text(self.message)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
