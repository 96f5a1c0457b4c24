"""The QR code on the page has the right text and the prescribed size."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import httpx
import pytest
import zxingcpp
from invoicexpress_emulator.books.accounts.settings import Settings
from invoicexpress_emulator.books.documents.document import Document
from invoicexpress_emulator.fiscal.document_types import BY_NAME
from invoicexpress_emulator.output.pdf.layout import document_pdf
from invoicexpress_emulator.output.qr_code import qr_text
from PIL import Image

from tests.emulator.conftest import Api
from tests.emulator.output.pdf.test_pages import issued
from tests.emulator.support.golden_pdf import CLIENT
from tests.emulator.support.printed import MM_PER_INCH, Symbol, fetched, pictures, symbols
from tests.emulator.support.printed_samples import a_document, a_line, an_account

SMALLEST = 30.0
QUIET = 2.5
"""Millimetres: AT, Código QR v1.0: at least 30 by 30, and 0.25 cm around it."""


def only_symbol(content: bytes) -> Symbol:
    """The only code in a file."""
    (symbol,) = [symbol for page in symbols(content) for symbol in page]
    return symbol


@pytest.mark.parametrize("kind", BY_NAME)
def test_it_is_the_one_that_the_api_gives(api: Api, kind: str) -> None:
    document = issued(api, kind)
    api.control("config", qr_code="immediate")
    link = api.get(f"/api/qr_codes/{document['id']}.json").json()["qr_code"]["url"]
    with Image.open(io.BytesIO(httpx.get(link).content)) as picture:
        (of_the_api,) = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    symbol = only_symbol(fetched(api, document))
    assert symbol.text == of_the_api.text
    assert symbol.ec_level == "M"
    parts = dict(part.split(":", 1) for part in symbol.text.split("*"))
    assert parts["G"] == f"{BY_NAME[kind].prefix} {document['inverted_sequence_number']}"


@pytest.mark.parametrize("kind", BY_NAME)
def test_it_says_the_text_of_the_document(kind: str) -> None:
    lines = (
        a_line(),
        a_line(tax_value=Decimal(16), tax_region="PT-AC"),
        a_line(tax_value=Decimal(0), tax_code="ISE", tax_exemption="M07"),
    )
    document = a_document(kind, lines=() if BY_NAME[kind].is_receipt else lines, retention=Decimal(25))
    account = an_account()
    assert only_symbol(document_pdf(document, account)).text == qr_text(document, account.fiscal_id)


def longest() -> Document:
    """A document that fills as many fields of the code as possible."""
    rates = [("PT", 23), ("PT", 13), ("PT", 6), ("PT-AC", 16), ("PT-AC", 9), ("PT-AC", 4), ("PT-MA", 22)]
    taxed = tuple(
        a_line(unit_price=Decimal(12_345_678), tax_value=Decimal(rate), tax_region=region)
        for region, rate in rates
    )
    exempt = a_line(unit_price=Decimal(12_345_678), tax_value=Decimal(0), tax_exemption="M07")
    outside = a_line(unit_price=Decimal(12_345_678), tax_value=Decimal(0), tax_exemption="M99")
    return a_document(
        lines=(*taxed, exempt, outside),
        client={"id": 1, "name": "A", "fiscal_id": "X" * 30, "country": "Germany"},
        serie="S" * 30,
        atcud="EMU" + "A" * 30 + "-7",
        retention=Decimal(25),
    )


@pytest.mark.parametrize("document", [a_document(), longest()], ids=["short", "long"])
def test_it_is_large_enough_and_stands_alone(document: Document) -> None:
    content = document_pdf(document, an_account())
    symbol = only_symbol(content)
    assert symbol.text == qr_text(document, "599999993")
    # Corners are located to about one dot, an eighth of a millimetre.
    assert symbol.right - symbol.left >= SMALLEST
    assert symbol.bottom - symbol.top >= SMALLEST
    dpi = 200
    page = pictures(content, dpi)[-1]
    dot = MM_PER_INCH / dpi
    outer = [symbol.left - QUIET, symbol.top - QUIET, symbol.right + QUIET, symbol.bottom + QUIET]
    left, top, right, bottom = (round(edge / dot) for edge in outer)
    inner = [round(edge / dot) for edge in (symbol.left, symbol.top, symbol.right, symbol.bottom)]
    margins = [
        (left, top, right, inner[1] - 2),
        (left, inner[3] + 3, right, bottom),
        (left, top, inner[0] - 2, bottom),
        (inner[2] + 3, top, right, bottom),
    ]
    assert [min(page.crop(box).tobytes()) for box in margins] == [255] * 4


def test_every_copy_has_it(api: Api) -> None:
    document = api.issue(client={**CLIENT, "send_options": 3})
    found = list(symbols(fetched(api, document)))
    assert [len(page) for page in found] == [1, 1, 1]
    assert len({page[0].text for page in found}) == 1


def test_a_canceled_documents_code_is_read_over_the_mark_across_the_page(api: Api) -> None:
    document = api.changed(api.issue(), "canceled", "engano")
    assert "*E:A*" in only_symbol(fetched(api, document)).text


@pytest.mark.parametrize(
    ("changes", "country"),
    [({"status": "draft", "number": None, "serie": None, "atcud": None}, "Portugal"), ({}, "Ireland")],
    ids=["draft", "abroad"],
)
def test_drafts_and_other_countries_have_none(changes: dict[str, Any], country: Any) -> None:
    content = document_pdf(a_document(**changes), an_account(settings=Settings(country=country)))
    assert list(symbols(content)) == [[]]
