"""The pictures of README.md and docs/."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from invoicexpress_emulator import Emulator
from PIL import Image

from tests.browser.conftest import Page
from tests.page_examples import ROOT

from .books import client_of, demo_company, invoice_of_the_start
from .camera import ADDRESS, SCHEMES, browser, is_printed, save, settled

PICTURES: Final = ROOT / "docs" / "pictures"
DASHBOARD: Final = (1280, 800)


def take(folder: Path = PICTURES) -> list[str]:
    """The dashboard, light and dark; the PDF of an invoice; both side by side for the README."""
    folder.mkdir(exist_ok=True)
    with demo_company() as emulator, browser(emulator.base_url) as chrome:
        invoice = _invoice(emulator)
        page = Page(chrome, ADDRESS)
        document = f"documents/{emulator.control.documents(limit=1)[0].id}"
        for scheme in SCHEMES:
            page.resize(*DASHBOARD, dark=scheme == "dark")
            for view, name in (("overview", "dashboard"), ("documents", "documents"), (document, "document")):
                page.open(emulator.account, view)
                is_drawn = is_printed if name == "document" else None
                picture = settled(chrome.get_screenshot_as_png, is_drawn=is_drawn)
                save(picture, folder / f"{name}-{scheme}.png")
                if (name, scheme) == ("dashboard", "light"):
                    save(_side_by_side(picture, invoice), folder / "readme.png")
    save(invoice, folder / "invoice.png")
    return []


def _invoice(emulator: Emulator) -> Image.Image:
    """The first page of the PDF of the invoice in docs/start.md."""
    with client_of(emulator) as ix, tempfile.TemporaryDirectory() as folder:
        pdf = ix.invoices.pdf(invoice_of_the_start(ix)).save(Path(folder) / "invoice.pdf")
        page = Path(folder) / "invoice"
        subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", str(pdf), str(page)], check=True)
        return Image.open(page.with_suffix(".png")).convert("RGB")


def _side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    right = right.resize((right.width * left.height // right.height, left.height), Image.Resampling.LANCZOS)
    both = Image.new("RGB", (left.width + right.width + 24, left.height), "#d0d0d0")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 24, 0))
    return both
