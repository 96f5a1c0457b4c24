# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_flag_string,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "mb_reference",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset()


@define
class MultibancoWish:
    """Whether to create a Multibanco reference."""

    mb_reference: bool | Unset = UNSET
    """Asks for a Multibanco reference on finalizing."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.MultibancoWishFields]) -> MultibancoWish:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("MultibancoWish", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "mb_reference"
            if not isinstance(self.mb_reference, Unset):
                field_dict["mb_reference"] = format_flag_string(self.mb_reference)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
