# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_flag_string,
    format_text,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "serie",
        "default_sequence",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "serie",
    }
)


@define
class SequenceWrite:
    """A new série."""

    serie: str
    """Name of the série, such as `2026`."""

    default_sequence: bool | Unset = UNSET
    """Makes it the account's default série. Only "1" has an effect; the integer 1 had none."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.SequenceWriteFields]) -> SequenceWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("SequenceWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "serie"
            field_dict["serie"] = constrained(format_text(self.serie), min_length=1)
            at = "default_sequence"
            if not isinstance(self.default_sequence, Unset):
                field_dict["default_sequence"] = format_flag_string(self.default_sequence)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
