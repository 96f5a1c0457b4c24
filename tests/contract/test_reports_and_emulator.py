"""Reports over the documents that the emulator lists agree with the books behind them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from invoicexpress import AnyDocument, Invoice, InvoiceXpress, lisbon, reports
from invoicexpress.reports import RateRow

from .conftest import Account

PAGE = (Path(__file__).parents[2] / "docs" / "v1.md").read_text("utf-8")
ANA = {"name": "Ana Sousa", "code": "A1"}
BIA = {"name": "Bia Costa", "code": "B1"}


@pytest.fixture
def ix(account: Account) -> Any:
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, pace=None) as client:
        yield client


def issued(space: Any, client: dict[str, str], *lines: tuple[str, str], **more: Any) -> Invoice:
    """Issues a document with lines of a net price and a tax."""
    given: dict[str, Any] = {"date": lisbon.today(), "client": client, **more}
    items = [
        {"name": "Caneca", "unit_price": Decimal(price), "quantity": Decimal(1), "tax": {"name": tax}}
        for price, tax in lines
    ]
    document: Invoice = space.finalize(space.create(**given, items=items))
    return document


def make_books(ix: InvoiceXpress) -> None:
    """Open, partly paid, settled, corrected, cancelled and draft documents of two clients."""
    due = lisbon.today() + dt.timedelta(days=10)
    part = issued(ix.invoices, ANA, ("100", "IVA23"), ("50.0049", "IVA6"), due_date=due)
    ix.invoices.pay(part, amount=Decimal("23.00"))
    issued(ix.debit_notes, ANA, ("10", "IVA23"), owner_invoice_id=part.id)
    paid = issued(ix.simplified_invoices, BIA, ("20", "IVA13"))
    ix.simplified_invoices.pay(paid, amount=Decimal("10.00"))
    # The note settles what was left, and more: Bia is owed 10.00.
    issued(ix.credit_notes, BIA, ("20", "IVA13"), owner_invoice_id=paid.id)
    cash = issued(ix.invoice_receipts, ANA, ("40", "IVA23"))
    issued(ix.credit_notes, ANA, ("4", "IVA23"), owner_invoice_id=cash.id)
    ix.invoices.cancel(issued(ix.invoices, BIA, ("7", "IVA23")), "Engano")
    issued(ix.quotes, BIA, ("9", "IVA23"))
    line = {"name": "Caneca", "unit_price": Decimal(8), "quantity": Decimal(1)}
    ix.invoices.create(date=lisbon.today(), client=BIA, items=[line])  # type: ignore[list-item,arg-type]


def test_reports_agree_with_lists_and_balances(ix: InvoiceXpress) -> None:
    make_books(ix)
    documents = list(ix.documents.list())
    today = lisbon.today()

    ana, bia = reports.top_clients(documents)
    assert (ana.name, ana.documents, ana.before_taxes) == ("Ana Sousa", 4, Decimal("196.01"))
    assert (bia.name, bia.documents, bia.total) == ("Bia Costa", 2, Decimal("0.00"))
    assert sum(row.total for row in reports.months(documents, year=today.year)) == ana.total
    assert sum(row.total for row in reports.quarterly_results(documents, year=today.year)) == ana.total

    # The first invoice is over 176.01, 26.00 of it VAT, so its net amount takes the leftover cent.
    found = reports.vat_by_rate(documents, taxes=ix.taxes.list())
    assert found.rows == (
        RateRow("PT", Decimal(23), Decimal("146.00"), Decimal("33.58")),
        RateRow("PT", Decimal(13), Decimal("0.00"), Decimal("0.00")),
        RateRow("PT", Decimal(6), Decimal("50.01"), Decimal("3.00")),
    )
    assert (found.base, found.total) == (ana.before_taxes, ana.total)

    related: dict[int, Sequence[AnyDocument]] = {}
    while missing := reports.unread(documents, related):
        related.update({each.id: ix.documents.related(each) for each in missing})
    ages = reports.open_items_by_age(documents, related)
    balances: dict[Any, Decimal] = {row.client_id: row.total for row in ages.rows}
    for client, balance in ix.treasury.balances(clients(ix)):
        assert balances[client.id] == balance.balance.with_vat, client.name
    assert (ages.rows[0].not_due, ages.rows[0].credit) == (Decimal("165.31"), Decimal("-4.92"))
    (debtor,) = reports.top_debtors(documents, related, today=today + dt.timedelta(days=5))
    assert (debtor.name, debtor.overdue, debtor.balance) == ("Ana Sousa", Decimal("12.30"), Decimal("160.39"))


def test_the_example_of_the_page_runs(
    ix: InvoiceXpress, account: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(ix.invoice_receipts, ANA, ("40", "IVA23"))
    monkeypatch.setenv("INVOICEXPRESS_ACCOUNT", account.name)
    monkeypatch.setenv("INVOICEXPRESS_API_KEY", account.api_key)
    monkeypatch.setenv("INVOICEXPRESS_BASE_URL", account.base_url)
    (block,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    exec(compile(block, "docs/v1.md", "exec"), {})  # noqa: S102 a page of ours
    assert capsys.readouterr().out == "Ana Sousa 49.20\n"


def clients(ix: InvoiceXpress) -> list[Any]:
    """Both clients, with their ids, which the documented list leaves out."""
    return [ix.clients.find_by_code(each["code"]) for each in (ANA, BIA)]
