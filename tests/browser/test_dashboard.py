"""The dashboard in a real browser, on an emulator with live traffic."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator.control.operations import dashboard
from invoicexpress_emulator.control_client import Respond
from PIL import Image

from tests.browser.conftest import Books, Page

VIEWS: Final = (
    "overview",
    "documents",
    "series",
    "chain",
    "requests",
    "outbox",
    "clock",
    "faults",
    "settings",
    "data",
    "verify",
    "ledger",
)
DOWN: Final = "\ue015"
LINE: Final = {"name": "i", "unit_price": 1}
HOSTILE: Final = (
    "<script>document.title='stolen'</script>",
    "<img src=x onerror=\"document.title='stolen'\">",
    "\" ' ` & </td> ${document.title='stolen'}",
    "\u202egpj.exe\u202c רשומה",
    "&lt;b&gt;",
)


def ratio(one: bytes, other: bytes) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: bytes) -> float:
        parts = [value / 255 for value in colour]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LONG_NAME: Final = "Agência Funerária Construções & Empreendimentos Internacionais, Unipessoal Lda."
SHOWN_IN: Final = (("DejaVu Sans", 1280), ("DejaVu Serif", 1280), ("DejaVu Sans", 1366), ("DejaVu Sans", 400))
"""The widest fonts that a browser uses by itself, and usual windows."""


def unfit(page: Page, shown_in: Sequence[tuple[str, int]] = SHOWN_IN) -> dict[tuple[str, int], list[str]]:
    """What is too wide for the window, or broken inside a word, by font and width."""
    found: dict[tuple[str, int], list[str]] = {}
    for font, width in shown_in:
        page.font(font)
        page.resize(width, 800)
        if bad := [*page.too_wide(), *page.broken_words()]:
            found[font, width] = bad
    return found


_CONTROLS: Final = """
() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((it) => it.checkVisibility() && !it.disabled)
"""
_PARTS_OF_DATES: Final = "() => 3 * document.querySelectorAll('input[type=date]').length"
"""Month, year and the button of the calendar: each takes the focus by itself."""
_NOTING_FOCUS: Final = """
() => {
  window.reached = new Map();
  const outline = (it) => getComputedStyle(it).outlineStyle;
  document.addEventListener("focusin", ({ target }) => reached.set(target, outline(target)));
}
"""


class TestEveryView:
    @pytest.mark.parametrize("view", VIEWS)
    def test_it_loads_fits_and_everyone_can_use_it(self, page: Page, books: Books, view: str) -> None:
        """It fits wide and narrow windows, names its controls, and axe-core finds nothing in it."""
        books.mail(books.issue(LONG_NAME, reference="Encomenda 2026/0815"), subject="Fatura")
        books.control.faults.add(Respond(503))
        page.resize(1280, 800)
        page.open(books.name, view)
        assert page.find("main h2").text
        assert page.find("nav [aria-current]").get_attribute("href").endswith(f"/{view}")
        assert "not certified software" in page.find("#banner").text
        assert page.every("#notices .bad") == []
        assert unfit(page, SHOWN_IN[:1] if view == "ledger" else SHOWN_IN) == {}
        assert page.console() == []
        controls = [each for each in page.every("button, input, select, a, summary") if each.is_displayed()]
        unnamed = [each.get_attribute("outerHTML") for each in controls if not each.accessible_name]
        assert unnamed == []
        if view == "ledger":  # a part is enough: its tables are alike
            found = "document.querySelector('input[type=search]')"
            page.run(f"({found}.value = 'setting_pdf', {found}.dispatchEvent(new Event('input')))")
        page.run("(document.querySelectorAll('main .opens').forEach((each) => each.click()), true)")
        page.run("(document.querySelectorAll('main details').forEach((each) => { each.open = true }), true)")
        page.resize(1400, 900)
        assert page.breaches() == []

    @pytest.mark.parametrize("view", ["overview", "documents", "document", "requests", "faults", "data"])
    def test_the_tab_key_reaches_every_control_and_shows_where_it_is(
        self, page: Page, books: Books, view: str
    ) -> None:
        invoice = books.issue()
        books.mail(invoice)
        books.control.snapshot()
        page.open(books.name, f"documents/{invoice['id']}" if view == "document" else view)
        page.run("(document.querySelectorAll('main .opens').forEach((each) => each.click()), true)")
        page.run(f"({_NOTING_FOCUS})()")
        count = page.run(f"({_CONTROLS})().length")
        assert count >= 15
        for _ in range(count + page.run(f"({_PARTS_OF_DATES})()")):
            page.press_tab()
        missed = page.run(f"({_CONTROLS})().filter((it) => !reached.has(it)).map((it) => it.outerHTML)")
        unseen = page.run("[...reached].filter(([, how]) => how === 'none').map(([it]) => it.outerHTML)")
        assert (missed, unseen) == ([], [])

    def test_these_are_all_that_the_page_offers(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        offered = [each.get_attribute("href").rpartition("/")[2] for each in page.every("nav a")]
        assert offered == list(VIEWS)

    def test_each_opens_from_the_list(self, page: Page, books: Books) -> None:
        """Switching views without a reload leaves nothing behind that breaks the next view."""
        page.open(books.name, "ledger")
        for view in VIEWS:
            page.click(f'nav a[href$="/{view}"]')
            page.wait_for(f'body[data-shown="{books.name}/{view}"]')
            assert page.find("main h2").text == page.find("nav [aria-current]").text
        assert page.every("#notices .bad") == []
        assert page.console() == []

    def test_the_browser_loads_every_module_and_nothing_else(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        loaded = page.run("performance.getEntriesByType('resource').map((each) => each.name)")
        root = f"{page.base_url}/_emulator/"
        assert {name.removeprefix(root) for name in loaded if name.endswith((".js", ".css"))} == {
            path.removeprefix("/") for path in dashboard.PATHS if path != "/"
        }

    @pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
    def test_it_can_be_read(self, page: Page, books: Books, tmp_path: Path, is_dark: bool) -> None:
        """The screenshot shows a page whose text contrasts with its background."""
        books.issue()
        page.resize(1400, 900, dark=is_dark)
        page.open(books.name, "documents")
        page.wait_for("tbody tr")
        picture = Image.open(io.BytesIO(page.screenshot(tmp_path / "page.png"))).convert("RGB")
        assert picture.size == (1400, 900)
        colours: Any = picture.getcolors(1_000_000)
        assert len(colours) > 200
        (_, ground) = max(colours, key=lambda each: each[0])
        assert (sum(ground) < 200) is is_dark
        for name in ("--ink", "--soft", "--accent", "--good", "--warn", "--bad"):
            for under in ("--ground", "--sheet"):
                colour, behind = (
                    bytes.fromhex(page.run(script).strip().removeprefix("#"))
                    for script in (
                        f"getComputedStyle(document.documentElement).getPropertyValue('{each}')"
                        for each in (name, under)
                    )
                )
                assert ratio(colour, behind) >= 4.5, (name, under)


class TestOverview:
    def test_a_newcomer_is_led_on(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        page.wait_for_text("main", "What to do next")
        assert page.base_url in page.find(".steps").text
        for empty in (
            "Nothing yet.",
            "No sales this month.",
            "Nothing is owed.",
            "answers every request normally",
        ):
            assert empty in page.find("main").text
        page.click("#run-demo")
        page.wait_for(".columns")
        figures = books.control.figures()
        count = sum(each.documents for each in figures.issued)
        page.wait_for_text(".charts", f"{count} documents in twelve months")
        assert not page.every("#run-demo"), "an account with documents has no room for the company"
        bars = page.every("svg.column")
        sums = [
            sum(each.documents for each in figures.issued if each.month == month) for month in figures.months
        ]
        assert [each.text for each in page.every(".columns .count")] == [
            str(each) if each else "" for each in sums
        ]
        heights = [float(page.run(f"[...document.querySelectorAll('svg.column')[{place}].children]"
                                  ".reduce((sum, each) => sum + Number(each.getAttribute('height')), 0)"))
                   for place in range(len(bars))]  # fmt: skip
        assert heights == pytest.approx([100 * each / max(sums) for each in sums])
        page.click(".charts details summary")
        assert len(page.every(".charts details tbody tr")) == 12
        sheets = "[...document.querySelectorAll('main .sheet')]"
        for width in (1280, 1366, 1201, 1001, 390):
            page.resize(width, 900)
            too_wide = page.run(
                f"{sheets}.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.innerText)"
            )
            assert too_wide == [], width
        page.resize(1400, 900)
        text = page.find(".charts").text
        digits = re.sub(r"[^\d\n]", "", text)  # of amounts, however they are written
        for row in figures.vat:
            assert f"{row.rate} % {row.region}" in text
            assert f"{row.tax * 100:.0f}" in digits
        for age in figures.open_items:
            assert f"{age.open * 100:.0f}" in digits
        assert page.console() == []

    def test_something_is_broken_and_mended(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        page.click("#break-something")
        page.wait_for_text(".armed", "createDocument: connection reset after carrying it out")
        with pytest.raises(httpx.HTTPError):
            books.issue()
        assert len(books.control.documents()) == 1, "it was carried out"
        page.wait_for_text(".armed", "fired 1 time")
        page.click(".armed button")
        page.until(lambda: not page.every(".armed"))
        assert books.control.faults.registered() == []


class TestDocuments:
    def test_what_a_client_makes_appears_by_itself(self, page: Page, books: Books) -> None:
        page.open(books.name, "documents")
        page.wait_for_text("main", "No documents")
        invoice = books.issue("Café Central", reference="ENC-1")
        number = f"FT {invoice['inverted_sequence_number']}"
        page.wait_for_text("tbody", number)
        row = page.find("tbody tr").text
        for text in (
            "Café Central",
            "ENC-1",
            "123,00 €",
            "final",
            invoice["atcud"],
            invoice["saft_hash"],
            "✓ valid",
        ):
            assert text in row
        assert page.find("tbody .tight a").get_attribute("href") == invoice["permalink"]
        books.ask("PUT", f"/invoices/{invoice['id']}/change-state.json",
                  {"invoice": {"state": "canceled", "message": "engano"}})  # read by rows # fmt: skip
        page.wait_for_text("tbody", "canceled")
        assert page.console() == []

    @pytest.mark.parametrize("view", ["documents", "overview", "requests", "outbox"])
    def test_hostile_text_stays_text(self, page: Page, books: Books, view: str) -> None:
        for text in HOSTILE:
            books.mail(books.issue(text, reference=text), subject=text, body=text)
        page.open(books.name, view)
        if view == "requests":
            page.wait_for("tbody .opens")
            page.run("(document.querySelectorAll('.opens').forEach((each) => each.click()), true)")
            page.wait_for("tr.detail")
        shown = str(page.run("document.querySelector('main').textContent"))
        for text in HOSTILE:
            assert text in shown or json.dumps(text, ensure_ascii=False)[1:-1] in shown
        assert page.every("main script, main img, main b") == []
        assert "stolen" not in page.run("document.title")
        assert page.console() == []

    def test_all_are_in_pages_and_found(self, page: Page, books: Books) -> None:
        for number in range(53):
            quote = {"client": {"name": "Ana"}, "reference": f"R{number}", "items": [LINE]}
            books.ask("POST", "/quotes.json", {"quote": quote})
        issued = books.issue(date="01/02/2026", due_date="01/02/2026")
        books.ask("PUT", f"/quotes/{books.control.documents()[-1].id}/change-state.json",
                  {"quote": {"state": "deleted"}})  # read by rows # fmt: skip
        page.open(books.name, "documents")
        page.until(lambda: len(page.every("tbody tr")) == 50)
        assert page.find("main > .head").text.endswith("54 documents")
        assert page.find(".pager").text.split("\n")[1] == "page 1 of 2"
        page.click(".pager button:last-child")
        page.until(lambda: len(page.every("tbody tr")) == 4)
        assert page.find("tbody tr:last-child").text.startswith("deleted draft")
        page.find("input[type=search]").send_keys("r17")
        page.until(lambda: len(page.every("tbody tr")) == 1)
        assert page.find("main > .head").text.endswith("1 found in 54 documents")
        page.click(".filters button")
        page.until(lambda: len(page.every("tbody tr")) == 50)
        for number, value in ((1, "Invoice"), (2, "final"), (3, issued["sequence_number"].partition("/")[2])):
            page.choose_nth(".filters select", number - 1, value)
        page.until(lambda: len(page.every("tbody tr")) == 1)
        address = page.run("location.hash")
        assert "type=Invoice&status=final&serie=" in address
        page.open(books.name, f"documents{address.partition('documents')[2]}&date_to=2026-01-31")
        page.wait_for_text("main", "No document fits")
        assert [each.get_attribute("value") for each in page.every(".filters select")][:2] == [
            "Invoice",
            "final",
        ]
        assert page.console() == []

    def test_the_chain(self, page: Page, books: Books) -> None:
        first, second = books.issue(), books.issue()
        page.open(books.name, "chain")
        page.wait_for_text("main", "all 2 links valid")
        text = page.find(".links").text
        assert first["saft_hash"] in text
        assert second["saft_hash"] in text

    def test_series(self, page: Page, books: Books) -> None:
        invoice = books.issue()
        page.open(books.name, "series")
        page.wait_for_text("tbody", invoice["atcud"].partition("-")[0])
        assert page.find("tbody tr").text.startswith("Invoice\n")
        assert page.find("tbody tr .number").text == "1"


class TestOneDocument:
    def test_it_shows_all_about_it(self, page: Page, books: Books) -> None:
        first, invoice = books.issue(), books.issue(LONG_NAME, reference="Encomenda 2026/0815")
        books.mail(invoice, subject="Segue a fatura")
        receipt = books.pay(invoice, "23")
        page.resize(1280, 800)
        page.open(books.name, "documents")
        page.click("tbody tr:nth-child(2) th a")
        page.wait_for(f'body[data-shown="{books.name}/documents/{invoice["id"]}"]')
        text = page.find("main").text
        details = books.control.document_details(invoice["id"])
        assert details.qr is not None
        for part in (
            details.document.number,
            invoice["atcud"],
            invoice["saft_hash"],
            "final",
            LONG_NAME,
            "Encomenda 2026/0815",
            "Trabalho",
            "23 %",
            "123,00 €",
            "100,00 €",
            f"RG {receipt['inverted_sequence_number']}",
            "paid by",
            "Segue a fatura",
            details.qr.text,
            f"/invoices/{invoice['id']}/change-state.json",
            "/invoices.json",
        ):
            assert str(part) in text, part
        assert page.find(".three .strong").text == f"FT {first['inverted_sequence_number']}"
        assert page.find(".printed iframe").get_attribute("src").partition("#")[0] == invoice["permalink"]
        assert page.find(".qr img").get_attribute("src").endswith(details.qr.png)
        assert unfit(page) == {}
        page.run("(document.querySelectorAll('main details').forEach((each) => { each.open = true }), true)")
        assert '"inverted_sequence_number": ' in page.find(".asked").text  # in an answer
        assert page.breaches() == []
        assert page.console() == []
        page.open(books.name, "documents/1")
        page.wait_for_text("main", "No such document")
        assert page.every("#notices .bad") == []
        assert all("/documents/1?" in each for each in page.console())  # the browser logs each 404

    def test_each_action_is_a_request_of_the_api(self, page: Page, books: Books) -> None:
        lines = [{"name": "Trabalho", "unit_price": "100", "quantity": "1", "discount": "5"},
                 {"name": "Livro", "unit_price": "9.99", "quantity": 3, "tax": {"name": "IVA6"}}]  # fmt: skip
        body = {"client": {"name": "Ana <b>Lda</b>", "code": "A1"}, "items": lines}
        draft = books.ask("POST", "/invoices.json", {"invoice": body})["invoice"]

        def state() -> str:
            return books.control.document_details(draft["id"]).document.status

        def answered(status: int, path: str) -> None:
            page.until(lambda: page.find(".reply h3").text.split() == [str(status), *path.split()])
            page.until(page.is_idle)

        page.open(books.name, f"documents/{draft['id']}")
        assert "Ana <b>Lda</b>" in page.find("main").text
        page.click("#act-finalized")
        page.wait_for("#confirm-dialog[open]")
        page.click("#confirm-yes")
        change = f"PUT /invoices/{draft['id']}/change-state.json"
        answered(200, change)
        assert state() == "final"
        page.click("#act-credit")
        answered(201, "POST /credit_notes.json")
        note, invoice = books.control.documents()
        assert (note.type, note.status, note.total, note.client) == (
            "CreditNote",
            "draft",
            invoice.total,
            invoice.client,
        )
        assert [each.document.id for each in books.control.document_details(note.id).related] == [invoice.id]
        assert page.find(".reply a").get_attribute("href").endswith(f"/documents/{note.id}")
        page.click("#act-pay")
        page.find("#pay-amount").clear()
        page.find("#pay-amount").send_keys("23,01\ue007")
        answered(200, f"POST /documents/{draft['id']}/partial_payments.json")
        assert [str(each.amount) for each in books.control.document_details(draft["id"]).payments] == [
            "23.01"
        ]
        page.click("#act-canceled")
        page.find("#cancel-reason").send_keys("engano\ue007")
        answered(422, change)
        assert "refused" in page.find(".reply").get_attribute("class")
        page.click("#act-settled")
        answered(200, change)
        assert state() == "settled"
        page.click("#act-copy")
        answered(200, f"GET /api/pdf/{draft['id']}.json?second_copy=true")
        page.wait_for_text(".printed", "Second copy")
        assert "/downloads/second_copy/" in page.find(".printed iframe").get_attribute("src")
        assert books.key not in page.chrome.page_source
        assert all("status of 422" in each for each in page.console())

    def test_amounts_and_dates_are_portuguese_or_iso_and_the_choice_is_remembered(
        self, page: Page, books: Books
    ) -> None:
        books.issue(date="01/02/2026", due_date="01/02/2026", items=[{"name": "i", "unit_price": "1000"}])
        page.open(books.name, "documents")
        try:
            page.wait_for_text("tbody", "1\u00a0230,00\u00a0€")
            page.wait_for_text("tbody", "01/02/2026")
            page.choose("#formats", "iso")
            page.wait_for_text("tbody", "1230.00 EUR")
            page.open(books.name, "documents")
            page.wait_for_text("tbody", "2026-02-01")
            assert page.run("Object.keys(localStorage)") == ["invoicexpress-emulator-formats"]
        finally:
            page.run("localStorage.clear()")


_WATCHING_REQUESTS: Final = """
() => {
  window.sent = [];
  const plain = window.fetch;
  window.shut = () => { window.gate = new Promise((resolve) => { window.release = resolve; }); };
  window.fetch = async (address, request) => {
    if (request.method !== "GET") {
      sent.push(`${request.method} ${address}`);
      await window.gate;
    }
    return plain(address, request);
  };
}
"""
"""Notes requests that change something, and keeps them back from `shut()` until `release()`."""
STEPS: Final = ".cards > :nth-child(2) .buttons button"
ACTIONS: Final = {
    "overview": ["#break-something", ".armed button"],
    "faults": ["#add-fault", "tbody button", "#add-fault", "#clear-faults"],
    "data": ["form:has(#snapshot-name) button", "tbody button:last-child", "form:has(#new-account) button"],
    "settings": ["#settings-form button.primary"],
    "clock": [
        "#clock-freeze",
        STEPS,
        "form .pairing button",
        "form:has(#clock-set) button",
    ],
}
"""Buttons by view, in an order in which each is there."""
_AGAIN_AFTER_THE_ANSWER: Final = """
const [selector, done] = arguments;
const click = (it) => it.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
const control = document.querySelector(selector), { x, y, width, height } = control.getBoundingClientRect();
const main = document.querySelector("main");
new MutationObserver((_, observer) => {
  if (main.hasAttribute("aria-busy")) return;
  observer.disconnect();
  const under = document.elementFromPoint(x + width / 2, y + height / 2);
  done([click(under), under === control]);
}).observe(main, { attributeFilter: ["aria-busy"] });
click(control);
"""


class TestPressedTwice:
    """Each action acts once, whenever the second press comes."""

    def test_a_payment_is_one_receipt(self, page: Page, books: Books) -> None:
        """After a refusal the buttons can be pressed again."""
        invoice = books.issue()
        page.open(books.name, f"documents/{invoice['id']}")
        page.run(f"({_WATCHING_REQUESTS})()")
        page.click("#act-pay")
        page.run("(document.querySelector('#pay-amount').value = '999')")
        page.click("#pay-form button")
        page.wait_for_text(".reply .chip", "422")
        page.until(page.is_idle)
        assert page.every("main [aria-disabled]") == []
        page.find("#pay-amount").clear()
        page.find("#pay-amount").send_keys("3.00")
        page.run("window.shut()")
        page.double_click("#pay-form button")
        held = page.run(
            "[document.activeElement, document.querySelector('#act-credit')]"
            ".map((it) => [it.textContent, it.getAttribute('aria-disabled'), it.disabled])"
        )
        assert page.find("main").get_attribute("aria-busy") == "true"
        assert held == [["Record the payment", "true", False], ["Credit", "true", False]]
        page.run("window.release()")
        page.until(page.is_idle)
        assert page.run("window.sent.length") == 2, "one refused, one carried out"
        (payment,) = books.control.document_details(invoice["id"]).payments
        assert str(payment.amount) == "3.00"
        assert page.run("document.activeElement.id") == "act-pay", "it opens the form again"

    def test_a_credit_is_one_draft(self, page: Page, books: Books) -> None:
        """The action goes on when its page is left; it holds its own page on return, and no other."""
        invoice = books.issue()
        own = f"documents/{invoice['id']}"
        page.open(books.name, own)
        page.run(f"({_WATCHING_REQUESTS})()")
        page.run("window.shut()")
        page.double_click("#act-credit")
        for view, is_held in (("clock", False), (own, True)):
            page.run(f"(location.hash = '#/{books.name}/{view}')")
            page.wait_for(f'body[data-shown="{books.name}/{view}"]')
            assert page.is_idle() is not is_held
        page.run("window.release()")
        page.until(page.is_idle)
        assert [each.type for each in books.control.documents()] == ["CreditNote", "Invoice"]

    def test_every_other_action_is_one_request(self, page: Page, books: Books) -> None:
        """With the mouse twice, and with the Enter key held down."""
        page.open(books.name, "overview")
        page.run(f"({_WATCHING_REQUESTS})()")
        expected = 0

        def done() -> bool:
            return bool(page.run(f"sent.length >= {expected} && !document.querySelector('main[aria-busy]')"))

        for view, controls in ACTIONS.items():
            page.run(f"(location.hash = '#/{books.name}/{view}')")
            page.wait_for(f'body[data-shown="{books.name}/{view}"]')
            page.run(f"document.querySelector('#new-account')?.setAttribute('value', '{books.name}-b')")
            for control in controls:
                page.double_click(control)
                expected += 1
                page.until(done)
                assert page.run("sent.length") == expected, control
        page.run(f"(document.querySelector('{STEPS}:last-child').focus(), true)")
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        for repeats in (False, True):
            page.run("document.dispatchEvent(new Event('input'))")  # the press before it is history
            page.devtools("Input.dispatchKeyEvent", {"type": "keyDown", "autoRepeat": repeats, **key})
            page.until(page.is_idle)
        assert page.run("sent.length") == expected + 1

    def test_the_answer_may_come_between_the_two(self, page: Page, books: Books) -> None:
        """The second half of a double click is refused, on the same button and on one that took its place."""
        for name in ("primeiro", "segundo"):
            books.control.snapshot(name)
        page.resize(1400, 1800)
        page.open(books.name, "data")
        delete, take = "tbody tr:first-child button:last-child", "form:has(#snapshot-name) button"
        assert page.answer_of(_AGAIN_AFTER_THE_ANSWER, delete) == [False, False]
        assert [each.name for each in books.control.snapshots()] == ["segundo"]
        assert page.answer_of(_AGAIN_AFTER_THE_ANSWER, take) == [False, True]
        assert len(books.control.snapshots()) == 2


class TestMessages:
    def test_they_are_small_can_be_closed_and_leave_with_the_page(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        long = ", ".join(f"operation{number}" for number in range(300))
        for count in (1, 2, 3):
            page.run(f"import('./notices.js').then(({{ say }}) => say({long!r}, 'bad'))")
            place = page.find("#notices").rect
            assert len(page.every("#notices .notice")) == min(count, 2)
            assert place["height"] <= 900 / 3
            for close in page.every("#notices button"):
                assert place["y"] <= close.rect["y"] <= 900 - close.rect["height"]
        page.click("#notices button")
        page.until(lambda: len(page.every("#notices .notice")) == 1)
        page.click('nav a[href$="/clock"]')
        page.wait_for(f'body[data-shown="{books.name}/clock"]')
        assert page.every("#notices .notice") == []


class TestRequests:
    def test_a_request_opens_with_body_and_curl_but_no_key(self, page: Page, books: Books) -> None:
        page.open(books.name, "requests")
        page.wait_for_text("main", "No requests")
        books.ask("POST", "/clients.json", {"client": {"name": 'D\'Ávila "x"'}})
        page.wait_for(".opens")
        page.click(".opens")
        detail = page.wait_for("tr.detail").text
        assert '"$INVOICEXPRESS_API_KEY"' in detail
        assert "--data-raw" in detail
        assert '"name": "D\'Ávila \\"x\\""' in detail
        assert books.key not in page.chrome.page_source
        books.ask("GET", "/taxes.json")
        page.until(lambda: len(page.every(".opens")) == 2)
        assert page.every("tr.detail"), "an opened row stays open when new rows arrive"
        page.click(".opens[aria-expanded=true]")
        page.until(lambda: not page.every("tr.detail"))

    def test_the_answer_and_python_are_shown(self, page: Page, books: Books) -> None:
        invoice = books.issue("Ana Lda", date="29/11/2026")
        page.open(books.name, "requests")
        page.until(lambda: len(page.every(".opens")) == 2)
        page.run("(document.querySelectorAll('.opens').forEach((each) => each.click()), true)")
        page.wait_for_text("main", "Answer body")
        page.run("(document.querySelectorAll('main details').forEach((each) => { each.open = true }), true)")
        answers = [each.text for each in page.every("pre[aria-label='Answer body']")]
        assert f'"atcud": "{invoice["atcud"]}"' in answers[0]
        assert all('"permalink": "http' in each and each.count("/documents/...") == 1 for each in answers)
        assert invoice["permalink"].rpartition("/")[2] not in page.chrome.page_source
        headers = page.find(".headers table").text
        assert "content-type" in headers
        assert "_invoicexpress_emulator_session=...;" in headers
        code = [each.text for each in page.every("pre[aria-label=Python]")]
        assert f"ix.invoices.finalize({invoice['id']})" in code[0]
        assert "date=date(2026, 11, 29)" in code[1]
        links = {each.get_attribute("href").partition("#")[2] for each in page.every("tr.detail p a")}
        assert links == {f"/{books.name}/documents/{invoice['id']}"}
        assert page.console() == []

    def test_they_are_filtered_by_operation_and_document(self, page: Page, books: Books) -> None:
        first, second = books.issue(), books.issue()
        books.ask("GET", "/taxes.json")
        page.open(books.name, "requests")
        page.until(lambda: len(page.every(".opens")) == 5)
        page.find("#request-document").send_keys(str(second["id"]))
        page.until(lambda: len(page.every(".opens")) == 2)
        page.find("#request-operation").send_keys("change")
        assert "changeInvoiceState" in page.wait_for(".choices:not([hidden])").text
        page.find("#request-operation").clear()
        page.find("#request-operation").send_keys("changeInvoiceState")
        page.until(lambda: len(page.every(".opens")) == 1)
        books.ask("GET", "/taxes.json")
        page.find("#request-document").clear()
        page.find("#request-document").send_keys(str(first["id"]))
        page.until(lambda: f"/invoices/{first['id']}/change-state.json" in page.find("tbody").text)
        page.find("#request-operation").clear()
        page.find("#request-document").clear()
        page.run("(document.querySelector('#request-document').dispatchEvent(new Event('input')), true)")
        page.until(lambda: len(page.every(".opens")) == 6)

    def test_it_opens_from_the_keyboard_and_keeps_the_focus(self, page: Page, books: Books) -> None:
        books.ask("GET", "/taxes.json")
        page.open(books.name, "requests")
        page.wait_for(".opens").send_keys("\ue007")
        page.wait_for("tr.detail")
        assert page.run("document.activeElement.className") == "opens"
        page.find(".opens").send_keys("\ue007")
        page.until(lambda: not page.every("tr.detail"))

    def test_the_page_itself_is_not_in_the_log(self, page: Page, books: Books) -> None:
        page.open(books.name, "overview")
        assert books.control.requests() == []


class TestControls:
    def test_the_clock(self, page: Page, books: Books) -> None:
        page.open(books.name, "clock")
        page.click("#clock-freeze")
        page.wait_for_text("#clock-state", "frozen")
        assert books.control.clock.read().frozen
        page.run("(document.querySelector('#clock-set').value = '2030-02-28T23:59:30', true)")
        page.run("(document.querySelector('#clock-set').form.requestSubmit(), true)")
        page.wait_for_text("#clock-now", "23:59:30")
        buttons = "[...document.querySelectorAll('main button')]"
        page.run(f"({buttons}.find((each) => each.textContent === '+1 minute').click(), true)")
        page.wait_for_text("#clock-now", "00:00:30")
        page.wait_for_text("#clock-now", ["Friday", "1 March 2030"][0])
        assert books.control.clock.now().replace(tzinfo=None) == datetime(2030, 3, 1, 0, 0, 30)  # noqa: DTZ001 - compared without
        page.click("#clock-freeze")
        page.wait_for_text("#clock-state", "running")
        assert not books.control.clock.read().frozen

    def test_a_fault_is_added_fires_and_is_cleared(self, page: Page, books: Books) -> None:
        page.open(books.name, "faults")
        page.wait_for_text("main", "No faults")
        operation = page.find("#fault-operation")
        operation.clear()
        operation.send_keys("listTaxes")
        page.click("#add-fault")
        page.wait_for_text("tbody", "listTaxes")
        (fault,) = books.control.faults.registered()
        assert fault.effect["status"] == 503
        with pytest.raises(AssertionError, match="Injected"):
            books.ask("GET", "/taxes.json")
        page.until(lambda: page.find("tbody tr").text.split()[-2:] == ["1", "Clear"])
        page.click("#clear-faults")
        page.wait_for_text("main", "No faults")
        assert books.control.faults.registered() == []
        assert page.console() == []

    @pytest.mark.parametrize("kind", ["status", "html", "delay", "reset", "commit", "truncate"])
    def test_every_effect_of_the_form_is_one(self, page: Page, books: Books, kind: str) -> None:
        page.open(books.name, "faults")
        page.choose("#fault-effect", kind)
        page.click("#add-fault")
        page.wait_for("tbody tr")
        (fault,) = books.control.faults.registered()
        assert kind in fault.effect

    def test_an_operation_is_chosen_from_a_list_that_filters(self, page: Page, books: Books) -> None:
        page.open(books.name, "faults")
        operation = page.find("#fault-operation")
        operation.send_keys("client create")
        choices = page.wait_for(".choices:not([hidden])")
        assert [each.text for each in choices.find_elements("tag name", "li")] == [
            "createClient",
            "createClientRegularization",
            "createClientTreasuryMovement",
        ]
        operation.send_keys(DOWN, DOWN)
        chosen = page.find(".choices [aria-selected=true]")
        assert chosen.text == "createClientRegularization"
        assert operation.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        operation.send_keys("\ue007")
        assert operation.get_attribute("value") == "createClientRegularization"
        assert operation.get_attribute("aria-expanded") == "false"
        assert books.control.faults.registered() == [], "Enter chose an operation, and sent nothing"

    def test_a_misspelt_operation_gets_a_suggestion(self, page: Page, books: Books) -> None:
        page.open(books.name, "faults")
        operation = page.find("#fault-operation")
        operation.send_keys("creatInvioce")
        page.wait_for_text(".combobox .hint", "Did you mean createInvoice?")
        page.click("#add-fault")
        page.wait_for_text("#notices", "There is no operation 'creatInvioce'. Did you mean createInvoice?")
        page.click(".combobox .hint button")
        page.click("#add-fault")
        page.wait_for_text("tbody", "createInvoice")
        operation.clear()
        operation.send_keys("zzzzzz")
        page.wait_for_text(".combobox .hint", "No such name.")

    def test_settings_explain_the_chosen_option_and_the_others(self, page: Page, books: Books) -> None:
        page.open(books.name, "settings")
        page.wait_for_text("#note-fiscal_id", "wrong check digit is refused")
        control = page.find("[aria-describedby=note-fiscal_id]")
        page.choose("[aria-describedby=note-fiscal_id]", "final_consumer")
        page.wait_for_text("#note-fiscal_id", "dropped silently")
        assert control.get_attribute("value") == "final_consumer"
        details = "document.querySelector('#note-fiscal_id').parentElement"
        shown = str(page.run(f"{details}.textContent"))
        for text in ("voluzi 2026", "suestecreative 2026", "observed", "stored as it is"):
            assert text in shown
        page.find("input[type=search]").send_keys("bank account")
        page.until(
            lambda: [each.text for each in page.every(".setting label") if each.is_displayed()] == ["IBAN"]
        )
        page.find("[aria-describedby=note-iban]").send_keys("PT50000201231234567890154")
        page.wait_for_text("#note-iban", "printed on papers")
        page.click("#settings-form button.primary")
        page.wait_for_text("#notices", "Changed: Fiscal ID, IBAN.")
        after = books.control.config.read()
        assert (after.fiscal_id, after.iban) == ("final_consumer", "PT50000201231234567890154")
        page.find("[aria-describedby=note-iban]").clear()
        page.click("#settings-form button.primary")
        page.wait_for_text("#notices", "Changed: IBAN.")
        assert books.control.config.read().iban is None

    def test_settings(self, page: Page, books: Books) -> None:
        page.open(books.name, "settings")
        before = books.control.config.read()
        page.choose("#settings-form select[aria-label=Kind]", "immediate")
        page.click("#settings-form button.primary")
        page.wait_for_text("#notices", "Changed: PDF.")
        after = books.control.config.read()
        assert after.pdf.polls == 1
        assert (after.saft, after.fiscal_id, after.list_lag) == (
            before.saft,
            before.fiscal_id,
            before.list_lag,
        )

    def test_a_reset_asks_first(self, page: Page, books: Books) -> None:
        books.issue()
        page.open(books.name, "data")
        page.click("#reset")
        page.wait_for("#confirm-dialog[open]")
        page.click("#confirm-dialog button[value=no]")
        page.until(lambda: not page.every("#confirm-dialog[open]"))
        assert len(books.control.documents()) == 1
        page.click("#reset")
        page.wait_for("#confirm-dialog[open]")
        page.click("#confirm-yes")
        page.wait_for_text("#notices", "is now empty")
        assert books.control.documents() == []

    def test_a_question_asked_at_once_again_is_another(self, page: Page, books: Books) -> None:
        """Declining the first question must not answer the second one."""
        books.issue()
        page.open(books.name, "data")
        page.click("#reset")
        page.wait_for("#confirm-dialog[open]")
        clicks = ("#confirm-dialog button[value=no]", "#reset")
        page.run("(" + ", ".join(f"document.querySelector({each!r}).click()" for each in clicks) + ")")
        page.run("(window.frames_seen = 0)")
        page.run("(requestAnimationFrame(() => requestAnimationFrame(() => { window.frames_seen = 2 })))")
        page.until(lambda: page.run("window.frames_seen") == 2)
        page.click("#confirm-yes")
        page.wait_for_text("#notices", "is now empty")
        assert books.control.documents() == []

    def test_a_question_left_with_the_keyboard_is_a_no(self, page: Page, books: Books) -> None:
        books.issue()
        page.open(books.name, "data")
        page.click("#reset")
        page.wait_for("#confirm-dialog[open] button").send_keys("\ue00c")
        page.until(lambda: not page.every("#confirm-dialog[open]"))
        page.click("#reset")
        page.wait_for("#confirm-dialog[open]")
        page.click("#confirm-dialog button[value=no]")
        assert len(books.control.documents()) == 1

    def test_a_saft_file_is_saved(self, page: Page, books: Books, tmp_path: Path) -> None:
        books.control.clock.freeze(datetime(2026, 11, 21, 9))  # noqa: DTZ001 - Lisbon's, since it says no zone
        books.issue()
        page.download_to(tmp_path)
        page.open(books.name, "data")
        page.run("(document.querySelector('#saft-year').value = '2026')")
        for month, name in (("11", "SAFT-PT_599999993_2026-11.xml"), ("", "SAFT-PT_599999993_2026.xml")):
            page.choose("#saft-month", month)
            page.click("#saft-form button")
            page.wait_for_text("#notices", f"Saved as {name}.")
            page.until((tmp_path / name).exists)
            plain = books.control.save_saft(tmp_path / "plain.xml", 2026, int(month) if month else None)
            assert (tmp_path / name).read_bytes() == plain.read_bytes()
        page.choose("#saft-month", "1")
        page.click("#saft-form button")
        page.wait_for_text("#notices", "issued nothing to export in 2026-01")

    def test_accounts_are_switched(self, page: Page, books: Books) -> None:
        invoice = books.issue()
        page.open("demo", "documents")
        options = [each.get_attribute("value") for each in page.every("#account option")]
        assert {"demo", books.name} <= set(options)
        page.choose("#account", books.name)
        page.wait_for(f'body[data-shown="{books.name}/documents"]')
        page.wait_for_text("tbody", invoice["inverted_sequence_number"])

    def test_a_mail_is_read(self, page: Page, books: Books) -> None:
        invoice = books.issue()
        books.mail(invoice, subject="Primeira", body="Bom dia,\n\nSegue.")
        books.mail(invoice, subject="Segunda", body="Outra.")
        page.open(books.name, "outbox")
        page.wait_for_text(".letter", "Outra.")
        page.click(".mails button:nth-child(2)")
        page.wait_for_text(".letter", "Bom dia,\n\nSegue.")
        page.click("#mail-form")
        page.wait_for_text(".letter pre", '"subject": "Primeira"')

    def test_a_mail_has_its_document(self, page: Page, books: Books, tmp_path: Path) -> None:
        invoice = books.issue()
        number = f"FT {invoice['inverted_sequence_number']}"
        books.mail(invoice, subject="Fatura", cc="rui@example.com", logo="1")
        page.download_to(tmp_path)
        page.open(books.name, "outbox")
        page.wait_for_text(".letter", number)
        letter = page.find(".letter").text
        assert "rui@example.com" in letter
        assert f"Logo of {books.name}" in letter
        link = page.find(".attachment a")
        assert link.get_attribute("href").endswith(f"#/{books.name}/documents/{invoice['id']}")
        page.click("#mail-pdf")
        page.wait_for_text("#notices", "Saved as ")
        (message,) = books.control.outbox()
        assert message.document_number == number
        page.until(lambda: [each.suffix for each in tmp_path.iterdir()] == [".pdf"])
        assert next(tmp_path.iterdir()).read_bytes() == books.control.attachment(message.id)


def test_a_token_is_asked_for_and_kept_in_memory(chrome: Any) -> None:
    command = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--control-token", "segredo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            page = Page(chrome, json.loads(process.stdout.readline())["base_url"])
            page.chrome.get(f"{page.base_url}/_emulator/")
            page.wait_for("#token-dialog[open]")
            for token in ("errado", "segredo"):
                page.until(lambda: page.find("#token-dialog").get_attribute("open"))
                page.find("#token").send_keys(token + "\ue007")
                if token == "errado":
                    page.wait_for_text("#token-problem", "Wrong token.")
            page.wait_for('body[data-shown="demo/overview"]')
            stored = page.run(
                "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
            )
            assert "segredo" not in stored
            assert "segredo" not in page.chrome.page_source
            page.chrome.refresh()
            page.wait_for("#token-dialog[open]")
        finally:
            process.terminate()
