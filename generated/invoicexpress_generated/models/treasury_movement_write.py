# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_choice,
    format_decimal_number,
    format_iso_date,
    format_text,
)

from .. import models
from ..models.movement_type import MOVEMENT_TYPE_VALUES, MovementType
from ..models.payment_mechanism import PAYMENT_MECHANISM_VALUES, PaymentMechanism
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "value",
        "movement_type",
        "date",
        "payment_method",
        "serie",
        "observation",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "value",
        "movement_type",
        "date",
    }
)


@define
class TreasuryMovementWrite:
    """A payment of a client, or to one, without a document."""

    value: Decimal
    """Amount in the account's currency."""

    movement_type: MovementType
    """Which way the money went."""

    date: datetime.date
    """Day of the movement, yyyy-mm-dd on the wire."""

    payment_method: PaymentMechanism | Unset = UNSET
    """How a payment was made. CC credit card, CD debit card, CH cheque, CO voucher, CS current account, DE
    electronic money, LC commercial paper, MB Multibanco, NU cash, OU other, PR exchange, TB bank
    transfer, TR restaurant ticket, CI documentary credit."""

    serie: str | Unset = UNSET
    """Name of the receipt's série."""

    observation: str | Unset = UNSET
    """Remarks on the movement."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.TreasuryMovementWriteFields]) -> TreasuryMovementWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("TreasuryMovementWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "value"
            field_dict["value"] = format_decimal_number(self.value)
            at = "movement_type"
            field_dict["movement_type"] = format_choice(MOVEMENT_TYPE_VALUES, self.movement_type)
            at = "date"
            field_dict["date"] = format_iso_date(self.date)
            at = "payment_method"
            if not isinstance(self.payment_method, Unset):
                field_dict["payment_method"] = format_choice(PAYMENT_MECHANISM_VALUES, self.payment_method)
            at = "serie"
            if not isinstance(self.serie, Unset):
                field_dict["serie"] = format_text(self.serie)
            at = "observation"
            if not isinstance(self.observation, Unset):
                field_dict["observation"] = format_text(self.observation)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
