"""Documents and accounts without a server, for tests of the page alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from invoicexpress_emulator.account import Account
from invoicexpress_emulator.document import Document, Line
from invoicexpress_emulator.document_types import BY_NAME
from invoicexpress_emulator.lisbon_clock import LISBON, AccountClock
from invoicexpress_emulator.settings import Settings
from invoicexpress_emulator.totals import document_totals


def an_account(**changes: Any) -> Account:
    account = Account(
        id=1,
        name="a",
        api_key="k",
        organization_name="Exemplo, Lda.",
        fiscal_id="599999993",
        settings=Settings(),
        clock=AccountClock(),
        state="active",
        trial=False,
        partner=False,
        created_by=None,
        at_user=None,
    )
    return replace(account, **changes)


def a_line(**changes: Any) -> Line:
    line = Line(
        item_id=None,
        name="Artigo",
        description=None,
        unit_price=Decimal(100),
        quantity=Decimal(1),
        unit="unit",
        discount=Decimal(0),
        tax_id=1,
        tax_name="IVA23",
        tax_value=Decimal(23),
        tax_region="PT",
        tax_code="NOR",
        tax_exemption=None,
    )
    return replace(line, **changes)


def a_document(kind: str = "Invoice", **changes: Any) -> Document:
    """An issued document; its amounts follow from its lines."""
    lines = changes.setdefault("lines", (a_line(),))
    document = Document(
        id=1,
        type=BY_NAME[kind],
        status="final",
        archived=False,
        date=date(2026, 11, 20),
        due_date=date(2026, 12, 20),
        reference=None,
        observations=None,
        retention=None,
        tax_exemption=None,
        client_id=1,
        client={"id": 1, "name": "Ana, Lda."},
        currency_code=None,
        rate=None,
        global_discount=None,
        owner_id=None,
        wants_multibanco=False,
        has_multibanco=False,
        series_row_id=1,
        number=7,
        serie="A",
        atcud="EMUABCDE-7",
        signature="Y" + "." * 9 + "h" + "." * 9 + "G" + "." * 9 + "V",
        system_entry=datetime(2026, 11, 20, 10, 30, tzinfo=LISBON),
        totals=document_totals([line.amounts for line in lines], changes.get("global_discount")),
        revision=1,
        lines=lines,
    )
    return replace(document, **changes)
