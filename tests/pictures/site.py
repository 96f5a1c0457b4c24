"""Pictures of the built site, to look at."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.browser.conftest import Page
from tests.page_examples import ROOT

from .camera import SCHEMES, WIDTHS, browser, take_whole

SITE: Final = ROOT / "build" / "site"


def take() -> list[str]:
    """Each page of the site; returns those that are wider than their window."""
    if not (SITE / "index.html").is_file():
        print("no site in build/site: make docs")
        return []
    wide: list[str] = []
    with served(SITE) as address, browser() as chrome:
        page = Page(chrome, address)
        for path in sorted(SITE.rglob("index.html")):
            place = path.parent.relative_to(SITE).as_posix()
            name = "home" if place == "." else place.replace("/", "-")
            for width, size in WIDTHS.items():
                page.resize(*size)
                chrome.get(f"{address}/" if place == "." else f"{address}/{place}/")
                page.until(lambda: page.run("document.readyState") == "complete")
                for scheme in SCHEMES:
                    page.resize(*size, dark=scheme == "dark")
                    take_whole(page, f"site-{name}-{width}-{scheme}")
                if page.run("document.documentElement.scrollWidth > window.innerWidth"):
                    wide.append(f"site, {place}, {width}: wider than its window")
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
