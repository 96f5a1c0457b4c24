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
        "quantity",
        "description",
        "unit",
        "discount",
        "tax",
        "tax_exemption",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
        "unit_price",
        "quantity",
    }
)


@define
class DocumentItemWrite:
    """A line. A new name creates an item in the catalogue; a known name overwrites that item."""

    name: str
    """Name of the item."""

    unit_price: Decimal
    """Price of one before tax, in the account's currency; 4 decimals are kept."""

    quantity: Decimal
    """How many, in units of `unit`; 2 decimals are kept."""

    description: str | Unset = UNSET
    """Text that describes the item on this line."""

    unit: str | Unset = UNSET
    """Unit of the quantity: hour, day, month, unit, service, other."""

    discount: Decimal | Unset = UNSET
    """Discount on the line in percent, 0 to 100."""

    tax: TaxReference | Unset = UNSET
    """The tax of the line, by its name. An unknown name falls back to the account's default tax."""

    tax_exemption: str | Unset = UNSET
    """Code of the reason for a line at 0 %, such as `M01`."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.DocumentItemWriteFields]) -> DocumentItemWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("DocumentItemWrite", fields, _REQUIRED, _NAMES)
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
            at = "quantity"
            field_dict["quantity"] = constrained(format_decimal_string(self.quantity), minimum="0")
            at = "description"
            if not isinstance(self.description, Unset):
                field_dict["description"] = format_text(self.description)
            at = "unit"
            if not isinstance(self.unit, Unset):
                field_dict["unit"] = format_text(self.unit)
            at = "discount"
            if not isinstance(self.discount, Unset):
                field_dict["discount"] = constrained(
                    format_decimal_string(self.discount), minimum="0", maximum="100"
                )
            at = "tax"
            if not isinstance(self.tax, Unset):
                field_dict["tax"] = format_model(TaxReference, self.tax)
            at = "tax_exemption"
            if not isinstance(self.tax_exemption, Unset):
                field_dict["tax_exemption"] = constrained(
                    format_text(self.tax_exemption), pattern="^M\\d{2}$"
                )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
