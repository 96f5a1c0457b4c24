# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number,
    format_iso_date,
    format_text,
)

from .. import models
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "value",
        "date",
        "observation",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "value",
        "date",
    }
)


@define
class InitialBalanceWrite:
    """A client's balance before the first document."""

    value: Decimal
    """Amount in the account's currency."""

    date: datetime.date
    """Day of the balance, yyyy-mm-dd on the wire."""

    observation: str | Unset = UNSET
    """Remarks on the balance."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.InitialBalanceWriteFields]) -> InitialBalanceWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("InitialBalanceWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "value"
            field_dict["value"] = format_decimal_number(self.value)
            at = "date"
            field_dict["date"] = format_iso_date(self.date)
            at = "observation"
            if not isinstance(self.observation, Unset):
                field_dict["observation"] = format_text(self.observation)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
