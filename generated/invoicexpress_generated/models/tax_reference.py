# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number,
    format_integer,
    format_text,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "id",
        "value",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
    }
)


@define
class TaxReference:
    """A tax by its name. An unknown name falls back to the account's default tax."""

    name: str
    """Name of the tax, such as `IVA23`."""

    id: int | Unset = UNSET
    """Id of the tax; not enough alone."""

    value: Decimal | Unset = UNSET
    """Rate in percent, which the service takes together with the name."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.TaxReferenceFields]) -> TaxReference:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("TaxReference", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = format_text(self.name)
            at = "id"
            if not isinstance(self.id, Unset):
                field_dict["id"] = format_integer(self.id)
            at = "value"
            if not isinstance(self.value, Unset):
                field_dict["value"] = format_decimal_number(self.value)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
