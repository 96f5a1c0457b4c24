"""`make demo`: one month of a small shop, from the first client to a PDF and the month's SAF-T file.

Nothing here reaches the network: the demo starts the emulator on a free port of this machine and stops it at
the end.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from dateutil.relativedelta import relativedelta
from invoicexpress import Client, Invoice, InvoiceXpress, lisbon

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT, API_KEY = "demo", "demo-key"  # of the emulator, no secret


@contextmanager
def emulator(log: Path) -> Generator[str]:
    """Starts an emulator that logs its requests; yields its address."""
    command = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0"]
    with (
        log.open("w") as lines,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=lines, text=True) as process,  # noqa: S603 ours
    ):
        try:
            assert process.stdout is not None  # noqa: S101 for the type checkers: it is a pipe
            yield json.loads(process.stdout.readline())["base_url"]
        finally:
            process.terminate()


def find_or_create_client(ix: InvoiceXpress) -> tuple[Client, str]:
    """Return the client with a code, and whether it was found or created."""
    found = ix.clients.find_by_code("LIVRARIA")
    if found is not None:
        return found, "found"
    created = ix.clients.create(
        code="LIVRARIA",
        name="Livraria Fictícia, Lda",
        fiscal_id="599999977",  # of nobody, with the right check digit
        address="Rua das Letras, 12",
        postal_code="4000-123",
        city="Porto",
        country="Portugal",
        language="pt",
    )
    return created, "created"


def issue_invoice_receipt(ix: InvoiceXpress, client: Client, today: datetime.date) -> Invoice:
    """Issues an invoice-receipt for a sale at the counter."""
    draft = ix.invoice_receipts.create(
        date=today,
        due_date=today,
        client={"name": client.name, "code": "LIVRARIA"},
        items=[
            {
                "name": "Caderno A5",
                "description": "Caderno pautado, 96 folhas",
                "unit_price": Decimal("8.1301"),
                "quantity": Decimal(3),
                "tax": {"name": "IVA23"},
            }
        ],
    )
    return ix.invoice_receipts.finalize(draft, expect_total=Decimal("30.00"))


def issue_invoice(ix: InvoiceXpress, client: Client, today: datetime.date) -> Invoice:
    """Issues an invoice with two VAT rates and an exempt line, due in a month."""
    draft = ix.invoices.create(
        date=today,
        due_date=today + relativedelta(months=1),
        client={"name": client.name, "code": "LIVRARIA"},
        reference="Encomenda 2026-118",
        tax_exemption="M07",
        items=[
            {
                "name": "Estante",
                "description": "Estante de carvalho, montagem incluída",
                "unit_price": Decimal("240.00"),
                "quantity": Decimal(1),
                "unit": "unit",
                "discount": Decimal(10),
                "tax": {"name": "IVA23"},
            },
            {
                "name": "Livro",
                "description": "Os Maias, edição escolar",
                "unit_price": Decimal("12.50"),
                "quantity": Decimal(20),
                "unit": "unit",
                "tax": {"name": "IVA6"},
            },
            {
                "name": "Formação",
                "description": "Formação certificada, isenta de IVA",
                "unit_price": Decimal("90.00"),
                "quantity": Decimal(2),
                "unit": "hour",
                "tax": {"name": "Isento"},
            },
        ],
    )
    return ix.invoices.finalize(draft, expect_total=Decimal("710.68"))


def month_of(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month."""
    first = today.replace(day=1)
    return first, first + relativedelta(months=1, days=-1)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows under a heading, in aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def number_of(document: Invoice) -> str:
    """The number as printed."""
    return str(document.inverted_sequence_number or document.sequence_number)


def step(what: str, document: Invoice) -> tuple[str, ...]:
    """A row of the table of steps."""
    return (what, document.type, number_of(document), document.status, f"{document.total:.2f} EUR")


def main(arguments: list[str] | None = None) -> int:
    """Runs the month and prints its events. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "demo", help="folder of the files")
    folder: Path = parser.parse_args(arguments).output
    folder.mkdir(parents=True, exist_ok=True)
    today = lisbon.today()

    log = folder / "emulator.log"
    with emulator(log) as base_url, InvoiceXpress(ACCOUNT, API_KEY, base_url=base_url) as ix:
        client, how = find_or_create_client(ix)
        invoice_receipt = issue_invoice_receipt(ix, client, today)
        invoice = issue_invoice(ix, client, today)
        receipt = ix.invoices.pay(
            invoice, amount=Decimal("300.00"), payment_mechanism="TB", payment_date=today
        )
        pdf = ix.invoices.pdf(invoice).save(
            folder / f"{invoice.type}-{number_of(invoice).replace('/', '-')}.pdf"
        )
        audit_file = ix.saft.export(today.year, today.month).save(folder / f"SAF-T-{today:%Y-%m}.xml")
        first, last = month_of(today)
        month = [
            *ix.invoices.list(date_from=first, date_to=last),
            *ix.invoice_receipts.list(date_from=first, date_to=last),
            *ix.receipts.list(date_from=first, date_to=last),
        ]

    print(f"Emulator at {base_url}, client {client.name} ({how})\n")
    print(
        table(
            [
                ("event", "document", "number", "status", "total"),
                step("paid at the counter", invoice_receipt),
                step("finalized, total as expected", invoice),
                step("partial payment taken", receipt),
            ]
        )
    )
    print(f"\nDocuments of {today:%B %Y}\n")
    print(
        table(
            [
                ("type", "number", "atcud", "date", "before taxes", "taxes", "total", "status"),
                *(
                    (
                        document.type,
                        number_of(document),
                        str(document.atcud or ""),
                        f"{document.date:%d/%m/%Y}",
                        f"{document.before_taxes:.2f}",
                        f"{document.taxes:.2f}",
                        f"{document.total:.2f}",
                        document.status,
                    )
                    for document in month
                ),
            ]
        )
    )
    print(f"\nThe invoice as PDF: {pdf}\nThe month as SAF-T: {audit_file}\nRequests to the emulator: {log}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
