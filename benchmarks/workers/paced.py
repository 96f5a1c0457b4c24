"""Reads through one client at its pace for some seconds, and prints the moment and status of each attempt."""

from __future__ import annotations

import json
import time

from invoicexpress import Exchange, InvoiceXpress, Pace

from .turns import arguments


def main() -> None:
    """Prints [seconds since the epoch, status] of each attempt."""
    given = arguments()
    attempts: list[tuple[float, int | None]] = []

    def note(exchange: Exchange) -> None:
        attempts.append((time.time(), exchange.status))

    pace = Pace(given["requests"], given["seconds"], redis=given["redis"])
    with InvoiceXpress(
        "demo", "demo-key", base_url=given["base_url"], pace=pace, on_response=note, retries=10
    ) as ix:
        end = given["end"]
        while time.time() < end:
            ix.taxes.list()
    print(json.dumps(attempts))


if __name__ == "__main__":
    main()
