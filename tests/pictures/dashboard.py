"""Pictures of every page of the dashboard and its states, to look at."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

import httpx
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import Delay, HtmlPage, Respond

from tests.browser.conftest import Page
from tests.browser.test_dashboard import VIEWS

from .books import NOW, TODAY, Profile, client_of, demo_company, invoice_of_the_start
from .camera import ADDRESS, SCHEMES, WIDTHS, browser, is_printed, settled, take_whole, take_window

EMPTY: Final = "vazia"
OPEN_ALL: Final = "document.querySelectorAll('main details').forEach((it) => { it.open = true })"
LONG_TEXT: Final = ", ".join(f"createInvoiceReceipt{number}" for number in range(60))


class State(NamedTuple):
    """A page of the dashboard, and what was done on it before the picture."""

    name: str
    view: str
    account: str = "demo"
    does: Callable[[Page], object] = lambda page: None
    profiles: tuple[Profile, ...] = ("observed",)


def clicking(*selectors: str) -> Callable[[Page], object]:
    def click(page: Page) -> None:
        for selector in selectors:
            page.wait_for(selector)
            page.click(selector)

    return click


def showing(shown: str, *selectors: str) -> Callable[[Page], object]:
    def click(page: Page) -> None:
        clicking(*selectors)(page)
        page.wait_for(shown)

    return click


def running(script: str) -> Callable[[Page], object]:
    return lambda page: page.run(f"({script}, true)")


BOTH: Final[tuple[Profile, ...]] = ("observed", "documented")
ALIKE: Final = {"clock", "settings", "ledger"}
"""The views that are the same for an empty account."""
STATES: Final = (
    *(State(view, view, profiles=BOTH if view == "overview" else ("observed",)) for view in VIEWS),
    *(State(f"{view}-empty", view, EMPTY) for view in VIEWS if view not in ALIKE),
    State("document", "documents/{invoice}", profiles=BOTH),
    State("document-cancelling", "documents/{invoice}", does=clicking("#act-canceled", "#act-pay")),
    State("document-all", "documents/{invoice}", does=running(OPEN_ALL)),
    State("document-draft", "documents/{draft}"),
    State("document-receipt", "documents/{receipt}"),
    State("document-guide", "documents/{guide}"),
    State("document-missing", "documents/1"),
    State("documents-found", "documents?text=Livros"),
    State("documents-none", "documents?text=zzzz"),
    State("requests-open", "requests", does=clicking("tbody tr:nth-child(2) .opens"), profiles=BOTH),
    State(
        "requests-refused", "requests?operation=createDocument", does=clicking("tbody tr:first-child .opens")
    ),
    State("outbox-json", "outbox", does=clicking("#mail-form")),
    State("faults-choosing", "faults", does=clicking("#fault-operation")),
    State("data-asking", "data", does=clicking("#reset")),
    State("settings-all", "settings", does=running(OPEN_ALL)),
    State(
        "message",
        "overview",
        does=running(f"import('./notices.js').then(({{ say }}) => say({LONG_TEXT!r}, 'bad'))"),
    ),
    State("chain-broken", "chain", account="avaria"),
    State("verify-broken", "verify", account="avaria"),
    State("document-copy", "documents/{receipt}", does=showing(".reply a", "#act-copy")),
    State("document-answer", "documents/{invoice}", does=showing(".reply", "#act-credit")),
)


def take() -> list[str]:
    """Each page and state of the dashboard; returns what does not fit its window."""
    unfit: list[str] = []
    for profile in BOTH:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "books.db"
            with demo_company(profile, data) as emulator:
                emulator.control.create_account("avaria")
                emulator.control.of("avaria").seed()
            falsify(data)
            with Emulator(profile=profile, data=data, clock=lambda: NOW) as emulator:
                unfit += _take(emulator, profile)
    return unfit


def falsify(data: Path) -> None:
    """Changes an issued document in the books of `avaria`, behind the emulator's back."""
    with closing(sqlite3.connect(data)) as books, books:
        books.execute(
            "UPDATE documents SET total = total + 100 WHERE id = (SELECT max(documents.id) FROM documents"
            " JOIN accounts ON accounts.id = account_id WHERE name = 'avaria' AND signature IS NOT NULL)"
        )


def _take(emulator: Emulator, profile: str) -> list[str]:
    unfit: list[str] = []
    ids = fill(emulator)
    with browser(emulator.base_url) as chrome:
        page = Page(chrome, ADDRESS)
        for state in STATES:
            if profile not in state.profiles:
                continue
            for width, size in WIDTHS.items():
                for scheme in SCHEMES:
                    page.resize(*size, dark=scheme == "dark")
                    page.open(state.account, state.view.format(**ids))
                    state.does(page)
                    name = f"dashboard-{state.name}-{profile}-{width}-{scheme}"
                    has_pdf = width == "wide" and page.every("main iframe")
                    picture = settled(chrome.get_screenshot_as_png, is_drawn=is_printed if has_pdf else None)
                    if has_pdf or page.every("dialog[open], .notice, .choices:not([hidden])"):
                        take_window(name, picture)
                    take_whole(page, name)
                unfit += [
                    f"dashboard, {state.name}, {width}: {it}"
                    for it in (*page.too_wide(), *page.broken_words())
                ]
    return unfit


def fill(emulator: Emulator) -> dict[str, int]:
    """Adds to the demo company what the states show; returns the ids of documents by what they are."""
    control = emulator.control
    control.create_account(EMPTY)
    with client_of(emulator) as ix:
        invoice = invoice_of_the_start(ix)
        draft = ix.invoices.create(
            date=TODAY,
            client={"name": "Livros & Companhia, Sociedade Unipessoal Lda."},
            items=[
                {
                    "name": "Consultoria",
                    "description": "Análise do processo de faturação",
                    "unit_price": Decimal("1250.555"),
                    "quantity": Decimal("2.5"),
                    "unit": "hour",
                    "discount": Decimal("12.5"),
                    "tax": {"name": "IVA23"},
                }
            ],
        )
        ix.invoices.email(
            invoice, to="ana@example.com", subject="A sua fatura", body="Bom dia,\n\nSegue a fatura."
        )
        ix.invoices.email(
            invoice,
            to="contabilidade.geral@livros-e-companhia.example.com",
            cc="rui@example.com",
            subject="Segunda via da fatura do mês de novembro",
            body="Segue em anexo.",
            logo=True,
        )
    refused = {"invoice": {"date": "31/02/2026", "client": {"name": ""}}}
    httpx.post(f"{emulator.base_url}/invoices.json", params={"api_key": emulator.api_key}, json=refused)
    control.faults.add(Respond(503, headers={"Retry-After": "2"}), "createDocument", nth=1000)
    control.faults.add(Delay(timedelta(seconds=2)), "listInvoices", probability=0.1, times=None)
    control.faults.add(HtmlPage(502), nth=2000, all_accounts=True)
    control.snapshot("antes-do-fecho-de-novembro")
    by_type = {it.type: it.id for it in control.documents(limit=1000)}
    receipts = [it.id for it in control.documents(limit=1000) if it.type == "Receipt"]
    return {"invoice": invoice.id, "draft": draft.id, "receipt": receipts[0], "guide": by_type["Transport"]}
