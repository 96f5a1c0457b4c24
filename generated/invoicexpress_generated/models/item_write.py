# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_decimal_string,
    format_model,
    format_text,
)

from .. import models
from ..models.tax_reference import TaxReference
from ..types import UNSET, Unset, as_model, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "unit_price",
        "description",
        "unit",
        "tax",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
        "unit_price",
    }
)


@define
class ItemWrite:
    """A new or changed item."""

    name: str
    """Name of the item, unique."""

    unit_price: Decimal
    """Price of one before tax, in the account's currency. A JSON number is refused."""

    description: str | Unset = UNSET
    """Text that lines with the item have."""

    unit: str | Unset = UNSET
    """Unit of quantities: hour, day, month, unit, service, other."""

    tax: TaxReference | Unset = UNSET
    """The tax of the item, by its name. An unknown name falls back to the account's default tax."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.ItemWriteFields]) -> ItemWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("ItemWrite", fields, _REQUIRED, _NAMES)
        if "tax" in values:
            values["tax"] = as_model(TaxReference.of, values["tax"], "tax")
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = constrained(format_text(self.name), min_length=1)
            at = "unit_price"
            field_dict["unit_price"] = constrained(format_decimal_string(self.unit_price), minimum="0")
            at = "description"
            if not isinstance(self.description, Unset):
                field_dict["description"] = format_text(self.description)
            at = "unit"
            if not isinstance(self.unit, Unset):
                field_dict["unit"] = format_text(self.unit)
            at = "tax"
            if not isinstance(self.tax, Unset):
                field_dict["tax"] = format_model(TaxReference, self.tax)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
