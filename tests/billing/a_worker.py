"""A worker in a process of its own.

`python -m tests.billing.a_worker DATABASE BASE_URL [REDIS]` works until SIGTERM.
"""

from __future__ import annotations

import sys
from functools import partial

from invoicexpress import InvoiceXpress, Pace
from invoicexpress_billing import RunRecord
from invoicexpress_billing.workers import work

from tests.billing.made_up import SETTLED_AFTER

REQUESTS = 60_000
"""A minute."""


def client(base_url: str, pace: Pace, run: RunRecord) -> InvoiceXpress:
    """The client of a run's account."""
    return InvoiceXpress(run.account_name, "demo-key", base_url=base_url, pace=pace, consistency_window=1.0)


def main(database: str, base_url: str, redis: str | None = None) -> None:
    """Works until SIGTERM."""
    pace = Pace(REQUESTS, redis=redis)
    work(
        database,
        partial(client, base_url, pace),
        at_once=2,
        heartbeat=0.5,
        takeover=2.0,
        settled_after=SETTLED_AFTER,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
