# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_date,
    format_decimal_number,
    format_text,
)

from .. import models
from ..models.payment_mechanism import PAYMENT_MECHANISM_VALUES, PaymentMechanism
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "amount",
        "payment_mechanism",
        "note",
        "serie",
        "payment_date",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "amount",
    }
)


@define
class PartialPayment:
    """A payment of a document, in part or in full."""

    amount: Decimal
    """Amount in the account's currency, 2 decimals, at most the open balance."""

    payment_mechanism: PaymentMechanism | Unset = UNSET
    """How a payment was made. CC credit card, CD debit card, CH cheque, CO voucher, CS current account, DE
    electronic money, LC commercial paper, MB Multibanco, NU cash, OU other, PR exchange, TB bank
    transfer, TR restaurant ticket, CI documentary credit."""

    note: str | Unset = UNSET
    """Remarks that the receipt prints."""

    serie: str | Unset = UNSET
    """Name of the receipt's série; the document's own otherwise."""

    payment_date: datetime.date | Unset = UNSET
    """Date of the payment, dd/mm/yyyy on the wire; today otherwise."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.PartialPaymentFields]) -> PartialPayment:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("PartialPayment", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "amount"
            field_dict["amount"] = constrained(format_decimal_number(self.amount), minimum="0")
            at = "payment_mechanism"
            if not isinstance(self.payment_mechanism, Unset):
                field_dict["payment_mechanism"] = format_choice(
                    PAYMENT_MECHANISM_VALUES, self.payment_mechanism
                )
            at = "note"
            if not isinstance(self.note, Unset):
                field_dict["note"] = format_text(self.note)
            at = "serie"
            if not isinstance(self.serie, Unset):
                field_dict["serie"] = format_text(self.serie)
            at = "payment_date"
            if not isinstance(self.payment_date, Unset):
                field_dict["payment_date"] = format_date(self.payment_date)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
