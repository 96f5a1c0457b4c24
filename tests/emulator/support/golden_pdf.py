"""Golden pictures of printed pages, reviewed by eye, and the tolerance of the comparison.

    python -m tests.emulator.support.golden_pdf

regenerates them, with a fixed seed and a frozen clock. Look at every one before you commit it. The QR code is
blanked out: another test decodes it (`output/qr_code/test_printed.py`).

Renderers smooth the edges of letters differently, so single pixels are not compared. A picture is cut into
small cells, and the darkness of each may differ by `CELL_TOLERANCE`. That is less than the difference between
a 3 and an 8 (13 in the smallest type), or a line of text shifted down by a tenth of a millimetre (23).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import zxingcpp
from invoicexpress_emulator import Emulator
from PIL import Image, ImageChops, ImageDraw

from tests.emulator.conftest import GOODS, Api

from .printed import MM_PER_INCH, fetched, pictures

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FOLDER: Final = Path(__file__).parents[1] / "golden"
DPI: Final = 90
FINER: Final = 3
"""How many times finer a page is drawn, before it is reduced to that."""
CELL: Final = 8
"""Dots of a cell's side: about two millimetres, which is a digit and a half."""
CELL_TOLERANCE: Final = 9.0
"""Mean difference of a cell, of 255."""
_SHADES: Final = 16
_WHITE: Final = 255
_MASK: Final = 204
_PAGE_MM: Final = (210.0, 297.0)
_QR_BOX_MM: Final = (157.5, 234.0, 194.5, 270.5)

MOMENT: Final = "2026-11-20T10:30:00"

ITEMS: Final[list[dict[str, Any]]] = [
    {
        "name": "CONS-01",
        "description": "Consultoria em organização de armazéns, mês de outubro",
        "unit_price": "55.1234",
        "quantity": "12.5",
        "unit": "hour",
        "discount": 10,
        "tax": {"name": "IVA23"},
    },
    {
        "name": "REF-13",
        "description": "Refeições servidas",
        "unit_price": "8.50",
        "quantity": 40,
        "unit": "unit",
        "tax": {"name": "IVA13"},
    },
    {
        "name": "Livro «Contas à moda antiga»",
        "unit_price": "24.90",
        "quantity": 3,
        "unit": "unit",
        "tax": {"name": "IVA6"},
    },
    {
        "name": "FORM",
        "description": "Formação profissional",
        "unit_price": 1250,
        "quantity": 1,
        "unit": "service",
        "tax": {"name": "Isento"},
    },
]

CLIENT: Final = {
    "name": "Construções Irmãos Gonçalves, Lda.",
    "code": "CIG",
    "fiscal_id": "508025338",
    "address": "Rua da Imaginação, 12",
    "postal_code": "4480-000",
    "city": "Vila do Conde",
    "country": "Portugal",
}
ENGLISH_CLIENT: Final = {
    "name": "Fictional Widgets Ltd",
    "code": "FWL",
    "fiscal_id": "GB000000000",
    "address": "1 Nowhere Lane",
    "postal_code": "XX1 1XX",
    "city": "London",
    "country": "UK",
    "language": "en",
}


def _invoice(api: Api) -> bytes:
    api.post(
        "/taxes.json", {"tax": {"name": "AC16", "value": "16", "region": "PT-AC", "code": "NOR"}}
    ).raise_for_status()
    island = {"name": "TRANSP-AC", "unit_price": 180, "quantity": 1, "tax": {"name": "AC16"}}
    document = api.issue(
        client=CLIENT,
        items=[*ITEMS, island],
        retention="25",
        tax_exemption="M07",
        date="20/11/2026",
        due_date="20/12/2026",
        reference="PO-77",
        observations="Obrigado pela preferência. Levantamento no cais n.º 3, até às 18 h – 5 € de caução.",
        mb_reference=1,
        global_discount={"value_type": "percentage", "value": 5},
    )
    return fetched(api, document)


def _invoice_in_english(api: Api) -> bytes:
    items = [
        {
            "name": "DESIGN",
            "description": "Design of a warehouse",
            "unit_price": "1234.5",
            "quantity": "2",
            "unit": "day",
            "tax": {"name": "IVA23"},
        },
        {"name": "EXPORT", "description": "Widgets", "unit_price": 75, "quantity": 100,
         "unit": "unit", "tax": {"name": "Isento"}},
    ]  # read by rows # fmt: skip
    document = api.issue(
        client=ENGLISH_CLIENT,
        items=items,
        tax_exemption="M05",
        currency_code="USD",
        rate="1.0825",
        due_date="20/12/2026",
        observations="Thank you for your business.",
    )
    return fetched(api, document)


def _credit_note(api: Api) -> bytes:
    owner = api.issue(client=CLIENT, items=ITEMS[:1])
    document = api.issue(
        "credit_notes",
        client=CLIENT,
        items=[{**ITEMS[0], "quantity": "2.5"}],
        owner_invoice_id=owner["id"],
        observations="Devolução de 2,5 horas não prestadas",
    )
    return fetched(api, document)


def _receipt(api: Api) -> bytes:
    owner = api.issue(client=CLIENT, items=ITEMS[:1], due_date="20/12/2026")
    answer = api.pay(owner, "100.5", payment_mechanism="MB", note="Primeira prestação")
    return fetched(api, answer.json()["receipt"])


def _transport(api: Api) -> bytes:
    goods = {**GOODS, "loaded_at": "21/11/2026 08:15:00", "load_site": "Armazém 2"}
    document = api.issue("transports", client=CLIENT, items=ITEMS[1:3], **goods)
    for _ in range(3):
        api.read(document)
    return fetched(api, document)


def _draft(api: Api) -> bytes:
    return fetched(api, api.create(client=CLIENT, items=ITEMS[:2]))


def _canceled(api: Api) -> bytes:
    document = api.issue("invoice_receipts", client=CLIENT, items=ITEMS[:2])
    return fetched(api, api.changed(document, "canceled", "Emitida em duplicado por engano"))


def _two_pages(api: Api) -> bytes:
    return fetched(api, api.issue(client=CLIENT, items=ITEMS * 7, tax_exemption="M07"))


def _triplicate(api: Api) -> bytes:
    return fetched(
        api, api.issue("simplified_invoices", client={**CLIENT, "send_options": "3"}, items=ITEMS[1:3])
    )


CASES: Final[dict[str, Callable[[Api], bytes]]] = {
    "invoice": _invoice,
    "invoice_in_english": _invoice_in_english,
    "credit_note": _credit_note,
    "receipt": _receipt,
    "transport": _transport,
    "draft": _draft,
    "canceled": _canceled,
    "two_pages": _two_pages,
    "triplicate": _triplicate,
}
"""Each makes one document and prints it."""


def printed(name: str) -> bytes:
    """Print the document of a case: identical in every run, from a new emulator with a frozen clock."""
    with Emulator(seed=5) as emulator:
        api = Api(emulator.base_url, emulator.account, emulator.api_key)
        with api.http:
            api.freeze(MOMENT)
            return CASES[name](api)


def seen(content: bytes) -> list[Picture]:
    """The pages in the form compared: few shades, and no QR code."""
    return [_reduced(page) for page in pictures(content, DPI * FINER)]


def _reduced(page: Picture) -> Picture:
    """Scale a page down to `DPI`. It is drawn finer, since coarse rendering snaps letters to whole pixels."""
    picture = _averaged(page, (_dots(_PAGE_MM[0]), _dots(_PAGE_MM[1])))
    if zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        left, top, right, bottom = map(_dots, _QR_BOX_MM)
        ImageDraw.Draw(picture).rectangle((left, top, right, bottom), fill=_MASK)
    step = _WHITE // (_SHADES - 1)
    return shaded(picture, [round(shade / step) * step for shade in range(_WHITE + 1)])


def _averaged(picture: Any, size: tuple[int, int]) -> Picture:
    """Return a smaller picture; each pixel is the mean of those that it replaces.

    It takes Any, since Pillow's types for this refer to a library that is not installed.
    """
    return cast("Picture", picture.resize(size, Image.Resampling.BOX))


def shaded(picture: Any, shades: list[int]) -> Picture:
    """Return a picture with each shade mapped to another."""
    return cast("Picture", picture.point(shades))


def _dots(millimetres: float) -> int:
    return round(millimetres * DPI / MM_PER_INCH)


def golden_files(name: str) -> list[Path]:
    """Paths of a case's committed pictures, page by page."""
    return sorted(FOLDER.glob(f"{name}-[0-9]*.png"))


def strangest_cell(actual: Picture, golden: Picture) -> tuple[float, tuple[int, int]]:
    """Return the largest difference of a cell, out of 255, and that cell's upper left corner in pixels."""
    difference = ImageChops.difference(actual, golden)
    width, height = (-(-side // CELL) for side in difference.size)
    worst = (0.0, (0, 0))
    # A second pass with cells shifted by half, since a change on a border could hide.
    for shift in (0, CELL // 2):
        padded = Image.new("L", ((width + 1) * CELL, (height + 1) * CELL))
        padded.paste(difference, (shift, shift))
        means = _averaged(padded, (width + 1, height + 1)).tobytes()
        at = max(range(len(means)), key=means.__getitem__)
        corner = (at % (width + 1) * CELL - shift, at // (width + 1) * CELL - shift)
        worst = max(worst, (float(means[at]), corner))
    return worst


def save(picture: Picture, path: Path) -> None:
    """Write a picture with a reduced palette."""
    picture.quantize(_SHADES, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Regenerate all pictures."""
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in CASES:
        for number, picture in enumerate(seen(printed(name)), 1):
            save(picture, FOLDER / f"{name}-{number}.png")
    print(f"{sum(path.stat().st_size for path in FOLDER.glob('*.png')) // 1024} KiB in {FOLDER}")


if __name__ == "__main__":
    main()
