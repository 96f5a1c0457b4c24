"""Documents for runs, and the program that runs them in a process of its own.

`python -m tests.billing.made_up JOURNAL BASE_URL COUNT` starts the run, or goes on, until all are done.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from invoicexpress import InvoiceXpress, Pace, lisbon
from invoicexpress_billing import Journal, Payment, PlannedDocument, Run, State, Step

SETTLED_AFTER: Final = datetime.timedelta(seconds=2)
PRICES: Final = ("10.00", "8.13", "0.99", "123.4567")


def documents(count: int) -> list[PlannedDocument]:
    """Invoices and invoice-receipts over three days; a third are paid by a receipt."""
    today = lisbon.today()
    found: list[PlannedDocument] = []
    for number in range(count):
        day = today - datetime.timedelta(days=2 - 3 * number // count)
        price = Decimal(PRICES[number % len(PRICES)])
        total = (price * Decimal("1.23")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        is_receipt = number % 4 == 3
        found.append(
            PlannedDocument(
                key=f"C{number:05}",
                type="invoice_receipt" if is_receipt else "invoice",
                serie=None,
                date=day,
                fields={
                    "date": day,
                    "client": {"name": f"Client {number % 50}", "code": f"C{number % 50}"},
                    "items": [
                        {
                            "name": "Plan",
                            "quantity": Decimal(1),
                            "unit_price": price,
                            "tax": {"name": "IVA23"},
                        }
                    ],
                },
                total=total,
                payment=Payment(total, "TB") if number % 3 == 0 and not is_receipt else None,
                rows=(number + 2,),
            )
        )
    return found


def paid(planned: Sequence[PlannedDocument]) -> int:
    """How many have a payment."""
    return sum(each.payment is not None for each in planned)


def go_on(journal: Path, base_url: str, count: int) -> None:
    """Starts the run, or goes on with it, until every document is done."""
    with InvoiceXpress(
        "demo", "demo-key", base_url=base_url, pace=Pace(60_000), consistency_window=0.2
    ) as ix:
        run = Run.start(
            ix,
            Journal(journal),
            documents(count),
            name="2026-11",
            place="demo",
            steps=(Step.CREATE, Step.FINALIZE, Step.PAY),
            settled_after=SETTLED_AFTER,
        )
        counts = run.go()
        while counts[State.UNKNOWN] or counts[State.FAILED]:
            counts = run.retry()


if __name__ == "__main__":
    go_on(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
