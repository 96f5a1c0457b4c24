"""Documents as the emulator reads them from its rows, built without a server."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from invoicexpress_emulator.books.documents.document import Document, Line
from invoicexpress_emulator.fiscal.document_types import BY_NAME
from invoicexpress_emulator.fiscal.totals import document_totals

ISSUER = "123456789"


def signature(characters: str) -> str:
    """A signature that prints as these four characters."""
    return "".join(each + "." * 9 for each in characters)


def a_line(
    price: str, rate: str, code: str | None, region: str | None = "PT", exemption: str | None = None
) -> Line:
    """One piece at a price in EUR, with a tax."""
    return Line(
        None,
        "x",
        None,
        Decimal(price),
        Decimal(1),
        None,
        Decimal(0),
        1,
        "t",
        Decimal(rate),
        region,
        code,
        exemption,
    )


def a_document(**changes: Any) -> Document:
    """An issued simplified invoice like the second worked example of the specification."""
    lines = changes.pop("lines", (a_line("0.65", "23", "NOR"),))
    discount = changes.get("global_discount")
    document = Document(
        id=1,
        type=BY_NAME["SimplifiedInvoice"],
        status="final",
        archived=False,
        date=date(2019, 8, 12),
        due_date=date(2019, 8, 12),
        reference=None,
        observations=None,
        retention=None,
        tax_exemption=None,
        client_id=1,
        client={"id": 1, "name": "Consumidor Final"},
        currency_code=None,
        rate=None,
        global_discount=discount,
        owner_id=None,
        wants_multibanco=False,
        has_multibanco=False,
        series_row_id=1,
        number=12345,
        serie="CDVF",
        atcud="CDF7T5HD-12345",
        signature=signature("YhGV"),
        system_entry=None,
        totals=document_totals([each.amounts for each in lines], discount),
        revision=1,
        lines=lines,
    )
    return document._replace(**changes)
