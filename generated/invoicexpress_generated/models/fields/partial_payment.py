# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from decimal import Decimal
from typing import Required, TypedDict

from ...models.payment_mechanism import PaymentMechanism


class PartialPaymentFields(TypedDict, total=False):
    """The fields of PartialPayment as keyword arguments. None leaves a field out.

    A payment of a document, in part or in full.

    Required:
        amount (Decimal): Amount in the account's currency, 2 decimals, at most the open balance.

    Optional:
        payment_mechanism (PaymentMechanism): How a payment was made. CC credit card, CD debit card, CH
            cheque, CO voucher, CS current account, DE electronic money, LC commercial paper, MB
            Multibanco, NU cash, OU other, PR exchange, TB bank transfer, TR restaurant ticket, CI
            documentary credit.
        note (str): Remarks that the receipt prints.
        serie (str): Name of the receipt's série; the document's own otherwise.
        payment_date (date): Date of the payment, dd/mm/yyyy on the wire; today otherwise.
    """

    amount: Required[Decimal]
    """Amount in the account's currency, 2 decimals, at most the open balance."""
    payment_mechanism: PaymentMechanism | None
    """How a payment was made. CC credit card, CD debit card, CH cheque, CO voucher, CS current account, DE
    electronic money, LC commercial paper, MB Multibanco, NU cash, OU other, PR exchange, TB bank
    transfer, TR restaurant ticket, CI documentary credit."""
    note: str | None
    """Remarks that the receipt prints."""
    serie: str | None
    """Name of the receipt's série; the document's own otherwise."""
    payment_date: datetime.date | None
    """Date of the payment, dd/mm/yyyy on the wire; today otherwise."""
