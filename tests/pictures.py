"""`python -m tests.pictures`: takes the pictures of README.md and docs/, and pictures of the built site.

The dashboard and the PDF are of an emulator with the demo company and a frozen clock, so a picture changes
only with what it shows (and the times of requests). With a site in build/site, each of its pages is taken at
two widths, light and dark, into build/pictures, to look at; a page wider than its window fails. Needs
chromium, its driver and pdftoppm.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from invoicexpress import InvoiceXpress
from invoicexpress_emulator import Emulator
from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.browser.conftest import Page
from tests.page_examples import ROOT

PICTURES: Final = ROOT / "docs" / "pictures"
SITE: Final = ROOT / "build" / "site"
LOOK: Final = ROOT / "build" / "pictures"
NOW: Final = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 the emulator's clock is Lisbon's
ADDRESS: Final = "http://127.0.0.1:8080"
"""The default, which the pages name, in place of the free port of this run."""
DASHBOARD: Final = (1280, 800)
FRAME: Final = (860, 330, 1240, 780)
"""The PDF on the page of a document."""
FRAME_PIXELS: Final = 380 * 450
PATIENCE: Final = 20.0
WIDTHS: Final = {"wide": (1280, 900), "narrow": (390, 844)}
COLORS: Final = 128
"""Of a picture's palette: text stays sharp, and a picture small."""


def main(arguments: list[str]) -> int:
    """Takes the pictures of the documentation, or with `site` those of the built site alone."""
    with browser() as chrome:
        if "site" not in arguments:
            PICTURES.mkdir(exist_ok=True)
            with Emulator() as emulator:
                take_documentation(chrome, emulator)
        wide = take_site(chrome) if (SITE / "index.html").is_file() else []
    for name in wide:
        print(f"wider than its window: {name}")
    return 1 if wide else 0


@contextmanager
def browser() -> Generator[Chrome]:
    """A headless Chromium."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        sys.exit("needs chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = program
    with tempfile.TemporaryDirectory() as profile:
        for option in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-proxy-server",
            "--disable-background-networking",
            "--force-color-profile=srgb",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
        ):
            options.add_argument(option)
        chrome = Chrome(options, ChromeService(driver))
        try:
            yield chrome
        finally:
            chrome.quit()


def take_documentation(chrome: Chrome, emulator: Emulator) -> None:
    """The dashboard, light and dark; the PDF of an invoice; both side by side for the README."""
    emulator.control.clock.freeze(NOW)
    emulator.control.seed()
    take_invoice(emulator)
    page = Page(chrome, emulator.base_url)
    for scheme in ("light", "dark"):
        page.resize(*DASHBOARD, dark=scheme == "dark")
        page.open(emulator.account, "overview")
        document = f"documents/{emulator.control.documents(limit=1)[0].id}"
        for view, name in (("overview", "dashboard"), ("documents", "documents"), (document, "document")):
            page.open(emulator.account, view)
            take(page, emulator.base_url, PICTURES / f"{name}-{scheme}.png")
    take_both()
    for path in PICTURES.glob("*.png"):
        shrink(path)


def take(page: Page, base_url: str, path: Path) -> None:
    """A picture with the default address in place of that of this run, once the PDF on it is drawn."""
    texts = "document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)"
    replaced = f"text.data = text.data.replaceAll({base_url!r}, {ADDRESS!r})"
    deadline = time.monotonic() + PATIENCE
    while True:
        page.run(f"((texts) => {{ for (let text; (text = texts.nextNode()); ) {replaced}; }})({texts})")
        page.screenshot(path)
        with Image.open(path) as picture:
            middle = picture.convert("RGB").crop(FRAME)
        if len(middle.getcolors(FRAME_PIXELS) or ()) > 1 or not path.name.startswith("document-"):
            return
        if time.monotonic() > deadline:
            sys.exit(f"{path.name}: still not drawn")
        time.sleep(0.2)


def take_invoice(emulator: Emulator) -> None:
    """The first page of the PDF of the invoice in docs/start.md."""
    with (
        InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix,
        tempfile.TemporaryDirectory() as folder,
    ):
        invoice = ix.invoices.issue(
            key="picture",
            expect_total=Decimal("30.00"),
            date=date(NOW.year, NOW.month, NOW.day),
            client={"name": "Ana Sousa", "code": "A1"},
            items=[
                {
                    "name": "Caderno",
                    "unit_price": Decimal("8.1301"),
                    "quantity": Decimal(3),
                    "tax": {"name": "IVA23"},
                }
            ],
        )
        pdf = ix.invoices.pdf(invoice).save(Path(folder) / "invoice.pdf")
        subprocess.run(
            ["pdftoppm", "-r", "100", "-png", "-singlefile", str(pdf), str(PICTURES / "invoice")],
            check=True,
        )


def take_both() -> None:
    """Dashboard and invoice side by side."""
    left = Image.open(PICTURES / "dashboard-light.png").convert("RGB")
    right = Image.open(PICTURES / "invoice.png").convert("RGB")
    right = right.resize((right.width * left.height // right.height, left.height), Image.Resampling.LANCZOS)
    both = Image.new("RGB", (left.width + right.width + 24, left.height), "#d0d0d0")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 24, 0))
    both.save(PICTURES / "readme.png")


def shrink(path: Path) -> None:
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def take_site(chrome: Chrome) -> list[str]:
    """Each page of the built site, at two widths, light and dark; returns those wider than their window."""
    shutil.rmtree(LOOK, ignore_errors=True)
    LOOK.mkdir(parents=True)
    wide: list[str] = []
    with served(SITE) as address:
        page = Page(chrome, address)
        for path in sorted(SITE.rglob("index.html")):
            place = path.parent.relative_to(SITE).as_posix()
            name = "home" if place == "." else place.replace("/", "-")
            for width, size in WIDTHS.items():
                for scheme in ("light", "dark"):
                    page.resize(*size, dark=scheme == "dark")
                    chrome.get(f"{address}/" if place == "." else f"{address}/{place}/")
                    page.until(lambda: page.run("document.readyState") == "complete")
                    page.screenshot(LOOK / f"{name}-{width}-{scheme}.png")
                if page.run("document.documentElement.scrollWidth > window.innerWidth"):
                    wide.append(f"{place} ({width})")
    return wide


@contextmanager
def served(folder: Path) -> Generator[str]:
    """A folder over HTTP, on a free port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
