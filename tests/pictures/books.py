"""The books that the pictures show."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from invoicexpress import Invoice, InvoiceXpress
from invoicexpress_emulator import Emulator

Profile = Literal["observed", "documented"]

NOW: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
"""In winter Lisbon's time is UTC."""
TODAY: Final = date(2026, 11, 20)


@contextmanager
def demo_company(profile: Profile = "observed", data: Path | None = None) -> Generator[Emulator]:
    """An emulator with the demo company, whose clock stands still."""
    with Emulator(profile=profile, data=data, clock=lambda: NOW) as emulator:
        emulator.control.seed()
        yield emulator


@contextmanager
def client_of(emulator: Emulator) -> Generator[InvoiceXpress]:
    """A client of its account, closed at the end."""
    with InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix:
        yield ix


def invoice_of_the_start(ix: InvoiceXpress) -> Invoice:
    """The invoice of docs/start.md, issued today."""
    return ix.invoices.issue(
        key="picture",
        expect_total=Decimal("30.00"),
        date=TODAY,
        client={"name": "Ana Sousa", "code": "A1"},
        items=[
            {
                "name": "Caderno",
                "unit_price": Decimal("8.1301"),
                "quantity": Decimal(3),
                "tax": {"name": "IVA23"},
            }
        ],
    )
