# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_text,
)

from .. import models
from ..types import known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "detail",
        "city",
        "postal_code",
        "country",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "detail",
        "city",
        "postal_code",
        "country",
    }
)


@define
class GuideAddressWrite:
    """Place where goods are loaded or unloaded. All four parts are required; write an unknown postal code
    as a dash."""

    detail: str
    """Street and number."""

    city: str
    """City of the address."""

    postal_code: str
    """Postal code, `DDDD-DDD` in Portugal; a dash if it is unknown."""

    country: str
    """Country by the English name of the vendor's list."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.GuideAddressWriteFields]) -> GuideAddressWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("GuideAddressWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "detail"
            field_dict["detail"] = format_text(self.detail)
            at = "city"
            field_dict["city"] = format_text(self.city)
            at = "postal_code"
            field_dict["postal_code"] = format_text(self.postal_code)
            at = "country"
            field_dict["country"] = format_text(self.country)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
