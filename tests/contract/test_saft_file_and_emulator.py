"""The client's SAF-T reader against the emulator's writer, which share no code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress import Download, lisbon, saft_file
from invoicexpress.saft_file import Section
from invoicexpress_emulator.control_client import Control

from .both_clients import AnyClient, got
from .conftest import Account

pytestmark = pytest.mark.anyio

NAME: Final = "Conceição & Filhos, Lda."
PLACE: Final = {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
SECTION_OF: Final[dict[str, Section]] = {
    "invoices": "SalesInvoices",
    "simplified_invoices": "SalesInvoices",
    "invoice_receipts": "SalesInvoices",
    "quotes": "WorkingDocuments",
    "proformas": "WorkingDocuments",
    "shippings": "MovementOfGoods",
    "transports": "MovementOfGoods",
}


@pytest.fixture
def public_key(account: Account) -> str:
    """The emulator's public key, as it publishes it."""
    return Control(account.base_url).public_key().public_key


class Books:
    """An account with a frozen clock, and its documents."""

    def __init__(self, ix: Any, account: Account) -> None:
        self._ix = ix
        self._account = account
        self.today = dt.date(2026, 1, 1)

    def stand(self, day: dt.date) -> None:
        """Freezes the account's clock at ten o'clock on a day."""
        clock = {"account": self._account.name, "freeze": True, "set": f"{day.isoformat()}T10:00:00"}
        answer = httpx.post(f"{self._account.base_url}/_emulator/clock", json=clock)
        assert answer.status_code == 200, answer.text
        self.today = day

    async def issue(self, segment: str, quantity: str = "1", **more: Any) -> Any:
        """Issues a document with a unit price of 9.99 EUR."""
        space = getattr(self._ix, segment)
        item = {"name": "Café «Évora» €", "unit_price": Decimal("9.99"), "quantity": Decimal(quantity)}
        given: dict[str, Any] = {
            "date": self.today,
            "due_date": self.today,
            "client": {"name": NAME, "code": "C-1"},
            "items": [{**item, "tax": {"name": "IVA23"}}],
            **more,
        }
        if SECTION_OF.get(segment) == "MovementOfGoods":
            # The client goes by real time, and refuses a loading time in the past.
            loaded = dt.datetime.combine(self.today + dt.timedelta(days=1), dt.time(12))
            given |= {"loaded_at": loaded, "address_from": PLACE, "address_to": PLACE}
        return await got(space.finalize(await got(space.create(**given))))

    async def a_month(self) -> dict[str, Any]:
        """Two documents of each type, one of them cancelled, plus a credit note and a receipt; by ATCUD."""
        made: list[Any] = []
        for segment in SECTION_OF:
            made += [await self.issue(segment), await self.issue(segment, quantity="2.5")]
        cancelled = await self.issue("invoices")
        await got(self._ix.invoices.cancel(cancelled, "Engano"))
        paid = await self.issue("invoices", quantity="3")
        await got(self._ix.invoices.pay(paid, amount=Decimal("10.00")))
        note = await self.issue("credit_notes", owner_invoice_id=paid.id)
        return {each.atcud: each for each in [*made, cancelled, paid, note]}


@pytest.fixture
def books(ix: AnyClient, account: Account) -> Books:
    """This test's account."""
    return Books(ix, account)


async def test_a_month_is_exported_saved_and_read_back_whole(
    ix: AnyClient, books: Books, public_key: str, tmp_path: Path
) -> None:
    today = lisbon.today()
    books.stand(today)
    made = await books.a_month()
    download: Download = await got(ix.saft.export(today.year, today.month))
    opened = saft_file.read(download)
    assert (opened.problems, opened.encoding) == ((), "cp1252")
    assert opened.header.start_date == today.replace(day=1)
    assert opened.header.software_certificate_number == "9999"
    assert opened.namespace == "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
    assert [row.company_name for row in opened.customers] == [NAME]
    assert [row.product_description for row in opened.products] == ["Café «Évora» €"]

    rows = {row.atcud: row for row in opened.documents()}
    assert {row.section for row in rows.values()} == set(saft_file.SECTIONS)
    assert set(made) <= set(rows)
    assert len(rows) == len(made) + 1, "the receipt"
    for atcud, document in made.items():
        row = rows[atcud]
        assert str(row.number).endswith(f" {document.inverted_sequence_number}")
        assert row.problems == ()
        assert (row.date, row.gross_total, row.tax_payable) == (
            books.today,
            document.total,
            document.taxes,
        )
        assert row.hash is not None
        assert document.saft_hash in (None, "".join(row.hash[at] for at in (0, 10, 20, 30)))
    (cancelled,) = [row for row in rows.values() if row.status == "A"]
    assert (cancelled.type, cancelled.status_reason) == ("FT", "Engano")
    (receipt,) = opened.documents("Payments")
    assert (receipt.gross_total, receipt.hash, len(receipt.lines[0].source_documents)) == (
        Decimal(10),
        None,
        1,
    )

    assert saft_file.check(opened) == []
    assert saft_file.verify_chain(opened, {"1": public_key}).is_whole
    report = saft_file.verify_chain(opened, public_key)
    assert (report.verified, report.unsigned, report.is_whole) == (len(made), 1, True)

    path = download.save_in(tmp_path)
    assert list(saft_file.read(path).documents()) == list(opened.documents())


async def test_a_chain_goes_on_from_month_to_month(ix: AnyClient, books: Books, public_key: str) -> None:
    files: list[saft_file.AuditFile] = []
    for month in (10, 11):
        books.stand(dt.date(2026, month, 20))
        for quantity in ("1", "2"):
            await books.issue("invoices", quantity=quantity)
        files.append(saft_file.read((await got(ix.saft.export(2026, month))).content))
    october, november = (saft_file.verify_chain(file, public_key) for file in files)
    assert (october.verified, october.is_whole) == (2, True)
    assert (november.verified, len(november.unverifiable), november.broken) == (1, 1, ())
    assert saft_file.verify_chain(files[1], public_key, previous=october.last).is_whole
    assert saft_file.verify_chain(files, public_key).verified == 4


async def test_a_file_that_was_changed_is_found_out(ix: AnyClient, books: Books, public_key: str) -> None:
    books.stand(dt.date(2026, 10, 20))
    for quantity in ("1", "2", "3"):
        await books.issue("invoices", quantity=quantity)
    content = (await got(ix.saft.export(2026, 10))).content
    assert content.count(b"<GrossTotal>24.58</GrossTotal>") == 1
    changed = saft_file.read(content.replace(b"<GrossTotal>24.58<", b"<GrossTotal>24.57<"))
    report = saft_file.verify_chain(changed, public_key)
    assert [link.number for link in report.broken] == [row.number for row in changed.documents()][1:2]
    assert {finding.kind for finding in saft_file.check(changed)} == {"gross_total"}


RATES: Final = ({"name": "IVA23"}, {"name": "IVA13"}, {"name": "IVA6"}, {"name": "Isento"})


async def test_the_vat_summary_is_what_was_issued(ix: AnyClient, books: Books) -> None:
    """Odd prices, several rates, discounts, a foreign currency, notes, cancelled documents; two months."""
    files: list[saft_file.AuditFile] = []
    issued: list[tuple[Any, Any]] = []
    for month in (10, 11):
        books.stand(dt.date(2026, month, 20))
        for number in range(6):
            items = [
                {"name": f"Peça {place}", "unit_price": Decimal(f"{number + place}.{number}37{place}"),
                 "quantity": Decimal(f"{place * 5 + number}.{number}"), "discount": Decimal("7.77"),
                 "tax": tax, "tax_exemption": "M07"}
                for place, tax in enumerate(RATES, start=number % 2)
            ]  # fmt: skip
            more: dict[str, Any] = {"items": items, "tax_exemption": "M07"}
            if number == 3:
                more |= {"global_discount": {"value_type": "percentage", "value": Decimal("3.33")}}
            if number == 4:
                more |= {"currency_code": "USD", "rate": Decimal("1.25")}
            segment = ["invoices", "invoice_receipts", "simplified_invoices"][number % 3]
            made = await books.issue(segment, **more)
            if number == 5:
                await got(ix.simplified_invoices.cancel(made, "Engano"))
            else:
                issued.append((getattr(ix, segment), made))
            if number == 0:
                note = await books.issue("credit_notes", owner_invoice_id=made.id, items=items[:2])
                issued.append((ix.credit_notes, note))
                await books.issue("quotes", items=items, tax_exemption="M07")
        files.append(saft_file.read((await got(ix.saft.export(2026, month))).content))
    for file in files:
        assert saft_file.check(file) == []

    live = [await got(space.get(each.id)) for space, each in issued]
    assert len(live) == 12
    summary = saft_file.vat_summary(files)
    assert (summary.documents, summary.left_out, summary.findings) == (12, 2, ())
    for name, total in (("before_taxes", summary.net_total), ("taxes", summary.tax_payable)):
        signs = [-1 if each.type == "CreditNote" else 1 for each in live]
        amounts = [getattr(each, name) for each in live]
        assert total == sum(sign * amount for sign, amount in zip(signs, amounts, strict=True))
    assert sum(row.base for row in summary.rows) == summary.net_total
    assert sum(row.tax for row in summary.rows) == summary.tax_payable
    assert [(row.tax_percentage, row.tax_exemption_code) for row in summary.rows] == [
        (Decimal(23), None), (Decimal(13), None), (Decimal(6), None), (Decimal(0), "M07"),
    ]  # fmt: skip
    for row in summary.rows:
        assert row.tax_percentage is not None
        assert abs(row.tax - row.base * row.tax_percentage / 100) <= Decimal("0.02") * len(live)
