# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_decimal_string,
    format_flag_string,
    format_text,
)

from .. import models
from ..models.tax_write_code import TAX_WRITE_CODE_VALUES, TaxWriteCode
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "value",
        "region",
        "code",
        "default_tax",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
        "value",
        "region",
    }
)


@define
class TaxWrite:
    """A new or changed tax."""

    name: str
    """Name of the tax, unique, such as `IVA23`."""

    value: Decimal
    """Rate in percent, 0 to 100. A JSON number was answered with 500."""

    region: str
    """Region code: PT, PT-AC, PT-MA, Desconhecido, or a country."""

    code: TaxWriteCode | Unset = UNSET
    """Kind of rate: NOR normal, INT intermediate, RED reduced, OUT other, ISE exempt."""

    default_tax: bool | Unset = UNSET
    """Makes it the account's default."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.TaxWriteFields]) -> TaxWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("TaxWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = constrained(format_text(self.name), min_length=1)
            at = "value"
            field_dict["value"] = constrained(format_decimal_string(self.value), minimum="0", maximum="100")
            at = "region"
            field_dict["region"] = constrained(format_text(self.region), min_length=1)
            at = "code"
            if not isinstance(self.code, Unset):
                field_dict["code"] = format_choice(TAX_WRITE_CODE_VALUES, self.code)
            at = "default_tax"
            if not isinstance(self.default_tax, Unset):
                field_dict["default_tax"] = format_flag_string(self.default_tax)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
