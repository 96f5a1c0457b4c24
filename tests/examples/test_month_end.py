"""A month of a small company, closed by the example's command: files, figures, and a second run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from invoicexpress import DocumentClientWriteFields, DocumentItemWriteFields, InvoiceXpress, lisbon, saft_file
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.control_client import Respond
from PIL import Image
from pypdf import PdfReader

from examples import month_end
from examples.with_emulator import variables

from .running import run

LAST_DAY: Final = lisbon.today().replace(day=1) - timedelta(days=1)
MONTH: Final = f"{LAST_DAY:%Y-%m}"
FILES: Final = ["FR DEMO-1", "FT DEMO-1", "FT DEMO-2", "NC DEMO-1", "RG DEMO-1"]


def line(price: int, tax: str) -> DocumentItemWriteFields:
    return {
        "name": "Caneca",
        "unit_price": Decimal(price),
        "quantity": Decimal(1),
        "tax": {"name": tax},
    }


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An account with a month: a part-paid invoice, a refunded sale, a cancelled invoice, a draft."""
    with Emulator() as emulator:
        control = emulator.control
        control.config.change(pdf=Readiness(polls=1), saft=Readiness(polls=1))
        control.clock.set(datetime.combine(LAST_DAY, time(9)))
        client: DocumentClientWriteFields = {"name": "Ana Sousa", "code": "A1"}
        with InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix:

            def draft(*items: DocumentItemWriteFields) -> int:
                due = LAST_DAY + timedelta(days=90)  # after today, so that it is not due whenever this runs
                return ix.invoices.create(date=LAST_DAY, due_date=due, client=client, items=items).id

            owed = ix.invoices.finalize(draft(line(100, "IVA23"), line(50, "IVA6")))
            ix.invoices.pay(owed, amount=Decimal("76.00"), payment_mechanism="MB", payment_date=LAST_DAY)
            ix.invoices.cancel(ix.invoices.finalize(draft(line(10, "IVA23"))), "Engano")
            sale = ix.invoice_receipts.finalize(
                ix.invoice_receipts.create(date=LAST_DAY, client=client, items=[line(20, "IVA23")])
            )
            ix.credit_notes.issue(sale, key="refund", date=LAST_DAY)
            draft(line(1, "IVA23"))
        yield emulator


def nothing(_: saft_file.AuditFile) -> month_end.Vat:
    """Another reading of the month, which finds no VAT in its file."""
    return {}


def test_a_month_whose_first_pdf_fails(
    emulator: Emulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with emulator.control.faults.injected(Respond(404), "generatePdf", expect=1):
        done = run("month_end.py", emulator, MONTH, "--to", str(tmp_path))
    assert done.returncode == 75, done.stderr
    assert "in no file: 1" in done.stdout
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row for row in rows if row[:1] == ["PT"] or row[:1] == ["Total"]] == [
        ["PT", "23", "%", "100.00", "23.00"],
        ["PT", "6", "%", "50.00", "3.00"],
        ["Total", "150.00", "26.00"],
        ["Total", "100.00", "0.00", "0.00", "0.00", "0.00", "-24.60", "75.40"],
    ]
    assert "Ana Sousa  " in done.stdout
    assert len(list(tmp_path.glob("*.pdf"))) == len(FILES) - 1
    expected = emulator.control.save_saft(tmp_path / "expected.xml", LAST_DAY.year, LAST_DAY.month)
    assert (tmp_path / f"SAF-T {MONTH}.xml").read_bytes() == expected.read_bytes()
    with Image.open(tmp_path / f"VAT {MONTH}.png") as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(100_000) or []}
    assert {(0x1F, 0x77, 0xB4), (0xFF, 0x7F, 0x0E)} <= colours, "no bars"

    # A second run fetches the one that is missing.
    for name, value in variables(emulator).items():
        monkeypatch.setenv(name, value)
    seen = emulator.control.requests()[-1].number
    assert month_end.main([MONTH, "--to", str(tmp_path)]) == 0
    assert len(emulator.control.requests(operation="generatePdf", since=seen)) == 1
    assert sorted(each.stem for each in tmp_path.glob("*.pdf")) == FILES
    for path in tmp_path.glob("*.pdf"):
        text = PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()
        assert path.stem.replace("-", "/") in text

    # The two readings of the month differ: a finding, not a file for the tax authority.
    monkeypatch.setattr(month_end, "vat_of_file", nothing)
    assert month_end.main([MONTH, "--to", str(tmp_path)]) == 1
    assert "VAT of the documents is" in capsys.readouterr().out

    monkeypatch.setenv("INVOICEXPRESS_API_KEY", "of-another-account")
    assert month_end.main([MONTH, "--to", str(tmp_path)]) == 1
    assert "AuthenticationError" in capsys.readouterr().err
