"""PDFs with seals, as a caller of either client meets them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
from invoicexpress import Download, lisbon
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.control_client import Control

from tests.unit.support.certificates import COMPLIANCE, FOR_SEALS, PASSWORD, certificate_file

from .both_clients import AnyClient, got
from .conftest import Account

pytestmark = pytest.mark.anyio

ITEMS: Any = [{"name": "Caneca", "unit_price": Decimal("8.13"), "quantity": Decimal(1)}]
NOT_REAL = "Selo de teste, sem valor (not a real seal)"


@pytest.fixture
def control(account: Account) -> Control:
    """The account's control plane; its files are ready at once."""
    plane = Control(account.base_url, account=account.name)
    plane.config.change(pdf=Readiness(polls=1))
    return plane


async def pdf_of_an_invoice(ix: AnyClient) -> Download:
    draft = await got(ix.invoices.create(date=lisbon.today(), client={"name": "Ana"}, items=ITEMS))
    found = await got(ix.invoices.pdf(await got(ix.invoices.finalize(draft))))
    assert isinstance(found, Download)
    return found


async def test_a_seal_says_who_and_whether_the_file_changed(ix: AnyClient, control: Control) -> None:
    control.config.change(pdf_seal=True)
    pdf = await pdf_of_an_invoice(ix)
    (seal,) = pdf.seals()
    assert (seal.by, seal.is_unchanged, seal.says_qualified) == (NOT_REAL, True, False)
    assert seal.issuer == seal.subject
    assert seal.at is not None
    assert abs(seal.at - lisbon.now()).total_seconds() < 300

    other = pdf.content.replace(b"/MediaBox", b"/MediaBoy", 1)
    assert [each.is_unchanged for each in Download(other, pdf.media_type).seals()] == [False]

    both = pdf.sealed_with(certificate_file(COMPLIANCE, FOR_SEALS, name="Ana, Lda."), PASSWORD)
    assert [(seal.by, seal.is_unchanged, seal.says_qualified) for seal in both.seals()] == [
        (NOT_REAL, True, False),
        ("Ana, Lda.", True, True),
    ]
    assert len(pdf.seals()) == 1


async def test_a_seal_is_of_the_accounts_time(ix: AnyClient, control: Control) -> None:
    control.config.change(pdf_seal=True)
    control.clock.freeze(datetime(2026, 3, 2, 9, 30))  # noqa: DTZ001 - Lisbon's, since it says no zone
    draft = await got(
        ix.invoices.create(date=datetime(2026, 3, 2).date(), client={"name": "Ana"}, items=ITEMS)  # noqa: DTZ001 - as above
    )
    (drafted,) = (await got(ix.invoices.pdf(draft))).seals()
    assert (drafted.at.isoformat(), drafted.is_unchanged) == ("2026-03-02T00:00:00+00:00", True)
    invoice = await got(ix.invoices.finalize(draft))
    first, again = await got(ix.invoices.pdf(invoice)), await got(ix.invoices.pdf(invoice))
    (seal,) = first.seals()
    assert seal.at.isoformat() == "2026-03-02T09:30:00+00:00"
    assert first.content == again.content, "it was sealed once"


async def test_no_pdf_has_a_seal_by_default_and_with_one_the_paper_is_the_same(
    ix: AnyClient, control: Control, tmp_path: Path
) -> None:
    draft = await got(ix.invoices.create(date=lisbon.today(), client={"name": "Ana"}, items=ITEMS))
    invoice = await got(ix.invoices.finalize(draft))
    plain = await got(ix.invoices.pdf(invoice))
    assert plain.seals() == []
    control.config.change(pdf_seal=True)
    sealed = await got(ix.invoices.pdf(invoice))
    assert sealed.content.startswith(plain.content)
    texts = [
        [page.extract_text() for page in pypdf.PdfReader(each.save(tmp_path / f"{at}.pdf")).pages]
        for at, each in enumerate((plain, sealed))
    ]
    assert texts[0] == texts[1]
