# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict

from ...models.movement_type import MovementType
from ...models.payment_mechanism import PaymentMechanism


class TreasuryMovementWriteFields(TypedDict, total=False):
    """The fields of TreasuryMovementWrite as keyword arguments. None leaves a field out.

    A payment of a client, or to one, without a document.

    Required:
        value (Decimal): Amount in the account's currency.
        movement_type (MovementType): Which way the money went.
        date (date): Day of the movement, yyyy-mm-dd on the wire.

    Optional:
        payment_method (PaymentMechanism): How a payment was made. CC credit card, CD debit card, CH
            cheque, CO voucher, CS current account, DE electronic money, LC commercial paper, MB
            Multibanco, NU cash, OU other, PR exchange, TB bank transfer, TR restaurant ticket, CI
            documentary credit.
        serie (str): Name of the receipt's série.
        observation (str): Remarks on the movement.
    """

    value: Required[Decimal]
    """Amount in the account's currency."""
    movement_type: Required[MovementType]
    """Which way the money went."""
    date: Required[datetime.date]
    """Day of the movement, yyyy-mm-dd on the wire."""
    payment_method: PaymentMechanism | None
    """How a payment was made. CC credit card, CD debit card, CH cheque, CO voucher, CS current account, DE
    electronic money, LC commercial paper, MB Multibanco, NU cash, OU other, PR exchange, TB bank
    transfer, TR restaurant ticket, CI documentary credit."""
    serie: str | None
    """Name of the receipt's série."""
    observation: str | None
    """Remarks on the movement."""
