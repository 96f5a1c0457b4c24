"""Fetches PDF files, and reads their text, pictures and QR codes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx
import pypdfium2  # type: ignore[import-untyped] # it ships no types
import zxingcpp
from pypdf import PdfReader

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS_PER_INCH: Final = 72
MM_PER_INCH: Final = 25.4


def fetched(api: Any, document: Any, **query: Any) -> bytes:
    """Poll until a document's PDF is ready, and fetch it without a key."""
    path = f"/api/pdf/{document['id']}.json"
    answer = api.get(path, **query)
    for _ in range(4):
        if answer.status_code == 200:
            break
        assert (answer.status_code, answer.content) == (202, b"")
        answer = api.get(path, **query)
    file = httpx.get(answer.json()["output"]["pdfUrl"])
    assert file.status_code == 200
    assert file.headers["content-type"] == "application/pdf"
    return file.content


def page_texts(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def text_of(api: Any, document: Any, **query: Any) -> str:
    """The text of a document's PDF."""
    return "\n".join(page_texts(fetched(api, document, **query)))


def pictures(content: bytes, dpi: float) -> list[Image]:
    """Every page as a grey picture."""
    pdf: Any = pypdfium2.PdfDocument(content)
    with pdf:
        return [
            page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L") for page in pdf
        ]


class Letter(NamedTuple):
    """A character on a page, and its box: points from the page's lower left."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


class Letters(NamedTuple):
    """The visible characters of a page, and the size of the page in points."""

    letters: list[Letter]
    width: float
    height: float


def letters(content: bytes) -> Iterator[Letters]:
    """The characters of each page, at their rendered positions."""
    pdf: Any = pypdfium2.PdfDocument(content)
    with pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
            yield Letters(
                [Letter(character, *box) for character, box in boxes if character.strip()],
                *page.get_size(),
            )


class Symbol(NamedTuple):
    """A QR code read off a page; positions in millimetres from the page's upper left."""

    text: str
    ec_level: str
    left: float
    top: float
    right: float
    bottom: float


def symbols(content: bytes, dpi: float = 200) -> Iterator[list[Symbol]]:
    """The QR codes of each page, found in its picture."""
    to_mm = MM_PER_INCH / dpi
    for picture in pictures(content, dpi):
        found = zxingcpp.read_barcodes(
            picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
        yield [
            Symbol(
                each.text,
                each.ec_level,
                each.position.top_left.x * to_mm,
                each.position.top_left.y * to_mm,
                each.position.bottom_right.x * to_mm,
                each.position.bottom_right.y * to_mm,
            )
            for each in found
        ]
