"""The monthly fees of a gym, and reminders: the code that test_billing.py tests.

It takes its client as an argument, so tests give it an emulated account, and asks `lisbon` for the day, which
follows the clock of a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from invoicexpress import (
    AmbiguousResultError,
    ConflictError,
    Invoice,
    InvoiceXpress,
    InvoiceXpressError,
    RateLimitError,
    ServerError,
    TransportError,
    legal_number,
    lisbon,
    net_prices,
    payment_terms,
)

VAT: Final = Decimal(23)
DAYS_TO_PAY: Final = 8

NOT_SETTLED: Final = (AmbiguousResultError, TransportError, RateLimitError, ConflictError, ServerError)
"""The result is unknown, or the service was not reached: the same call, made again, settles it."""


@dataclass(frozen=True)
class Member:
    """A member of the gym."""

    code: str
    name: str
    email: str
    fee: Decimal
    """EUR a month, VAT included: the price on the gym's wall."""


@dataclass
class Run:
    """The outcome for each member, by the member's code."""

    issued: dict[str, str] = field(default_factory=dict[str, str])
    """Numbers of invoices."""
    refused: dict[str, str] = field(default_factory=dict[str, str])
    """Reasons. Nothing was issued, and a person has to look."""
    unknown: dict[str, str] = field(default_factory=dict[str, str])
    """Reasons. Bill the month again, with the same day."""


def bill_month(ix: InvoiceXpress, members: Iterable[Member], day: date) -> Run:
    """Bills each member for the month of `day`, once, however often it is called.

    Keep `day` with the month, and pass the same one when you repeat the run: an invoice of another day would
    be another invoice. One member's trouble does not stop the others.
    """
    run = Run()
    for member in members:
        try:
            run.issued[member.code] = legal_number(_bill(ix, member, day))
        except NOT_SETTLED as error:
            run.unknown[member.code] = str(error)
        except InvoiceXpressError as error:
            run.refused[member.code] = str(error)
    return run


def _bill(ix: InvoiceXpress, member: Member, day: date) -> Invoice:
    price = net_prices.of_line(member.fee, tax=VAT)
    assert price is not None  # noqa: S101 - for a quantity of one there always is a price
    return ix.invoices.issue(
        key=f"{member.code}-{day:%Y-%m}",
        expect_total=member.fee,
        date=day,
        due_date=payment_terms.due_date(day, days=DAYS_TO_PAY),
        client={"name": member.name, "code": member.code, "email": member.email},
        items=[
            {
                "name": f"Mensalidade {day:%m/%Y}",
                "unit_price": price,
                "quantity": Decimal(1),
                "tax": {"name": "IVA23"},
            }
        ],
    )


def remind(ix: InvoiceXpress, members: Iterable[Member]) -> list[str]:
    """Mails each overdue invoice to its member, and returns the numbers.

    Call it once a day: a mail cannot be read back, so nothing here could tell that it was sent already.
    """
    addresses = {member.code: member.email for member in members}
    reminded: list[str] = []
    yesterday = lisbon.today() - timedelta(days=1)
    for invoice in ix.invoices.list(status=["final"], due_date_to=yesterday):
        code = invoice.client.code
        if isinstance(code, str) and code in addresses:
            number = legal_number(invoice)
            ix.invoices.email(invoice, addresses[code], subject=f"{number} was due on {invoice.due_date}")
            reminded.append(number)
    return reminded
