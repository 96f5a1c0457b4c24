"""A headless Chromium, and an emulator for it to show."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator import Emulator
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

_PROGRAMS: Final = (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",))
_OPTIONS: Final = (
    "--headless=new",
    "--no-sandbox",  # it runs as root in CI
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
_TIMEOUT: Final = 30
_AXE: Final = Path(__file__).parents[2] / ".node/node_modules/axe-core/axe.min.js"
_TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_QUICKLY: Final = {"resultTypes": ["violations"], "preload": False}
_EVERY_RULE: Final = {"runOnly": _TAGS, **_QUICKLY}
_CONTRAST: Final = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **_QUICKLY}
_numbers: Final = itertools.count(1)


@cache
def _axe() -> str:
    """The script of axe-core, which `make pyright` installs with the other tools from npm."""
    if not _AXE.exists() and os.environ.get("CI") != "true":
        pytest.skip("needs axe-core: make pyright")
    return _AXE.read_text(encoding="utf-8")


def _program(names: tuple[str, ...]) -> str:
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        pytest.skip(f"needs {names[0]}")
    return found


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for the whole run."""
    browser, driver = (_program(names) for names in _PROGRAMS)
    options = ChromeOptions()
    options.binary_location = browser
    for option in (*_OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options, ChromeService(driver))
    try:
        yield chrome
    finally:
        chrome.quit()


class Books:
    """An account of the emulator, filled over the API as a client would."""

    def __init__(self, emulator: Emulator, name: str) -> None:
        self.emulator = emulator
        self.name = name
        self.key = emulator.control.create_account(name).api_key
        self.control = emulator.control.of(name)
        self._http = httpx.Client(base_url=emulator.base_url, params={"api_key": self.key}, timeout=20)

    def close(self) -> None:
        self._http.close()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content.strip() else None

    def issue(self, client: str = "Ana Lda", **changes: Any) -> Any:
        """Make an invoice of 100 EUR + 23 %, and finalise it."""
        items = [{"name": "Trabalho", "unit_price": "100.0", "quantity": "1.0"}]
        body = {"client": {"name": client}, "items": items, **changes}
        made = self.ask("POST", "/invoices.json", {"invoice": body})["invoice"]
        state = {"invoice": {"state": "finalized"}}
        return self.ask("PUT", f"/invoices/{made['id']}/change-state.json", state)["invoice"]

    def pay(self, invoice: Any, amount: str) -> Any:
        """Pay a part of an invoice, and return the receipt."""
        path, body = (
            f"/documents/{invoice['id']}/partial_payments.json",
            {"partial_payment": {"amount": amount}},
        )
        (receipt,) = self.ask("POST", path, body).values()
        return receipt

    def mail(self, invoice: Any, **message: Any) -> None:
        body = {"message": {"client": {"email": "ana@example.com"}, **message}}
        self.ask("PUT", f"/invoices/{invoice['id']}/email-document.json", body)


_TOO_WIDE: Final = """
() => [document.documentElement, ...document.querySelectorAll("main .sheet, main table, main .head")]
  .filter((it) => it.scrollWidth > it.clientWidth + 1)
  .map((it) => `${it.tagName} ${it.className} ${it.scrollWidth} in ${it.clientWidth}`)
"""
_BROKEN_WORDS: Final = """
() => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [], range = new Range();
  const lines = () => new Set([...range.getClientRects()].map((it) => Math.round(it.top))).size;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    range.selectNodeContents(node);
    if (lines() < 2 || node.parentElement.closest("pre, textarea, .long, .hidden")) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (lines() > 1) found.push(word[0]);
    }
  }
  return found;
}
"""


class Page:
    """The dashboard in a browser."""

    def __init__(self, chrome: Chrome, base_url: str) -> None:
        self.chrome = chrome
        self.base_url = base_url
        self._driver: Any = chrome  # the library types only half of what it hands through to the browser

    def open(self, account: str, view: str) -> None:
        """Open a view of an account in a fresh page."""
        self.chrome.get("about:blank")
        self.chrome.get(f"{self.base_url}/_emulator/#/{account}/{view}")
        self.wait_for(f'body[data-shown="{account}/{view.partition("?")[0]}"]')

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
        self._scheme("dark" if dark else "light")

    def devtools(self, command: str, arguments: dict[str, Any]) -> Any:
        """Send a command of the DevTools protocol, and return its answer."""
        return self._driver.execute_cdp_cmd(command, arguments)

    def download_to(self, folder: Path) -> None:
        """Save the page's downloads in this folder."""
        self.devtools("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})

    def font(self, name: str) -> None:
        """Show the page's text in a font."""
        self.run(f"document.documentElement.style.setProperty('--sans', {name!r})")

    def too_wide(self) -> list[str]:
        """Elements of the page that are wider than the window or their own box."""
        return list(self.run(f"({_TOO_WIDE})()"))

    def broken_words(self) -> list[str]:
        """Words of the page that go on in another line."""
        return list(self.run(f"({_BROKEN_WORDS})()"))

    def find(self, selector: str) -> Any:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def every(self, selector: str) -> list[Any]:
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def run(self, script: str) -> Any:
        """Evaluate a JavaScript expression in the page."""
        return self._driver.execute_script(f"return {script}")

    def answer_of(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript that calls its last argument with the answer."""
        return self._driver.execute_async_script(script, *arguments)

    def click(self, selector: str) -> None:
        """Click an element, retrying when the page replaces it in the meantime or refuses the press."""
        found = f"document.querySelector({selector!r})"
        click = "new MouseEvent('click', {bubbles: true, cancelable: true})"
        self.until(lambda: self.run(f"((it) => it && it.dispatchEvent({click}))({found})"))

    def double_click(self, selector: str) -> None:
        """Press twice at the place where an element is now, with the mouse."""
        self.wait_for(selector)
        middle = "it.scrollIntoView({block: 'center'}), box = it.getBoundingClientRect()"
        x, y = self.run(
            f"((it, box) => ({middle}, [box.x + box.width / 2, box.y + box.height / 2]))"
            f"(document.querySelector({selector!r}))"
        )
        for count in (1, 2):
            for kind in ("mousePressed", "mouseReleased"):
                mouse = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": count}
                self.devtools("Input.dispatchMouseEvent", mouse)

    def is_idle(self) -> bool:
        """Whether no action is under way."""
        return not self.every("main[aria-busy]")

    def press_tab(self) -> None:
        """Press the key as a user does: it goes to whatever has the focus."""
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        self.devtools("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})

    def choose(self, selector: str, value: str) -> None:
        """Select an option and fire the change event."""
        control = f"document.querySelector({selector!r})"
        event = "new Event('change', {bubbles: true})"
        self.run(f"({control}.value = {value!r}, {control}.dispatchEvent({event}))")

    def choose_nth(self, selector: str, index: int, value: str) -> None:
        """Select an option of one of several controls once it is there, and fire the change event."""
        control = f"document.querySelectorAll({selector!r})[{index}]"
        event = "new Event('change', {bubbles: true})"
        chosen = f"({control}.value = {value!r}, {control}.value === {value!r})"
        self.until(lambda: self.run(f"{chosen} && {control}.dispatchEvent({event})"))

    def wait_for(self, selector: str) -> Any:
        return self.until(lambda: next(iter(self.every(selector)), None))

    def wait_for_text(self, selector: str, text: str) -> None:
        def shown() -> bool:
            return text in str(self.run(f"document.querySelector({selector!r})?.innerText ?? ''"))

        self.until(shown)

    def until(self, condition: Any) -> Any:
        wait = WebDriverWait[Any](
            self._driver, _TIMEOUT, 0.05, [NoSuchElementException, StaleElementReferenceException]
        )
        return wait.until(lambda driver: condition())

    def breaches(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and its best practices; in the dark, contrast alone."""
        self._driver.execute_script(_axe())
        found: list[str] = []
        for scheme, options in (("light", _EVERY_RULE), ("dark", _CONTRAST)):
            self._scheme(scheme)
            answer: Any = self._driver.execute_async_script(
                "const [options, done] = arguments;"
                "axe.run(document, options).then(done, (error) => done(String(error)))",
                options,
            )
            assert not isinstance(answer, str), answer
            found += [
                f"{scheme}: {breach['id']}: {node['html'][:300]} {node['any'][:1]}"
                for breach in answer["violations"]
                for node in breach["nodes"]
            ]
        self._scheme("light")
        return found

    def _scheme(self, name: str) -> None:
        feature = {"name": "prefers-color-scheme", "value": name}
        self.devtools("Emulation.setEmulatedMedia", {"features": [feature]})

    def console(self) -> list[str]:
        """Errors and warnings logged by the browser since the last call."""
        entries = self._driver.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] in {"SEVERE", "WARNING"}]

    def screenshot(self, path: Path) -> bytes:
        content = self.chrome.get_screenshot_as_png()
        path.write_bytes(content)
        return content


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def books(emulator: Emulator) -> Iterator[Books]:
    """A fresh account for this test."""
    books = Books(emulator, f"livros-{next(_numbers)}")
    yield books
    books.close()


@pytest.fixture
def page(chrome: Chrome, emulator: Emulator) -> Page:
    page = Page(chrome, emulator.base_url)
    page.resize(1400, 900)
    page.console()
    return page
