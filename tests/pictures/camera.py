"""A browser that takes pictures of whole pages."""

from __future__ import annotations

import base64
import io
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.browser.conftest import Page
from tests.page_examples import ROOT

LOOK: Final = ROOT / "build" / "pictures"
ADDRESS: Final = "http://127.0.0.1:8080"
"""The default, which the pages name. The browser asks the free port of this run instead."""
WIDTHS: Final = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES: Final = ("light", "dark")
TALLEST: Final = 1500
"""Pixels of one picture: a taller page is cut, so that each part can be read at its full size."""
LONGEST: Final = 15_000
"""Pixels of a page: what follows is more of the same table or list."""
PATIENCE: Final = 60.0
FRAME: Final = (880, 560, 1230, 780)
"""Within the PDF on the page of a document, in a wide window."""
COLORS: Final = 128
"""Of a picture's palette: text stays sharp, and a picture small."""


@contextmanager
def browser(base_url: str | None = None) -> Generator[Chrome]:
    """A headless Chromium, for which ADDRESS is that of an emulator at `base_url`."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        sys.exit("needs chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = program
    if base_url is not None:
        options.add_argument(f"--host-resolver-rules=MAP {_host(ADDRESS)} {_host(base_url)}")
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


def _host(address: str) -> str:
    return address.removeprefix("http://")


def take_whole(page: Page, name: str) -> None:
    """Pictures of the whole page, part by part, under LOOK."""
    LOOK.mkdir(parents=True, exist_ok=True)
    width = page.run("window.innerWidth")
    height = min(
        LONGEST, max(page.run("document.documentElement.scrollHeight"), page.run("window.innerHeight"))
    )
    for number, top in enumerate(range(0, height, TALLEST), 1):
        clip = {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top), "scale": 1}
        answer = page.devtools("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
        (LOOK / f"{name}-{number}.png").write_bytes(base64.b64decode(answer["data"]))


def is_printed(picture: Image.Image) -> bool:
    """Whether paper lies where the PDF is shown; before, the place is dark."""
    paper = picture.crop(FRAME).convert("L")
    return sum(paper.histogram()[250:]) > paper.width * paper.height / 2


def settled(
    take: Callable[[], bytes], *, is_drawn: Callable[[Image.Image], bool] | None = None
) -> Image.Image:
    """A picture once it is drawn and two in a row are the same.

    A PDF is drawn by a process of its own, some time after the page.
    """
    deadline, before = time.monotonic() + PATIENCE, b""
    while time.monotonic() < deadline:
        content = take()
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        if content == before and (is_drawn is None or is_drawn(picture)):
            return picture
        before = content
        time.sleep(0.2)
    sys.exit("the page keeps changing, or its PDF is not drawn")


def take_window(name: str, picture: Image.Image) -> None:
    """What the window shows: with a dialog, a message, or a PDF, which only a window draws whole."""
    LOOK.mkdir(parents=True, exist_ok=True)
    picture.save(LOOK / f"{name}-window.png")


def save(picture: Image.Image, path: Path) -> None:
    """Saves a picture with a small palette."""
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
