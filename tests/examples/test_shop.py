"""The shop by its one command: webhooks delivered twice at the same moment, over real sockets."""

from __future__ import annotations

import hmac
import importlib
import json
import re
import subprocess
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress import InvoiceXpress
from invoicexpress_emulator.control_client import Control, Delay, OperationName, Reset, Respond

from tests.folded import folded

from .running import DEADLINE, EXAMPLES, ROOT, command_of, environment, needs, words_of

ORDER: Final = {
    "customer": "A1",
    "name": "Ana Sousa",
    "email": "ana@example.com",
    "lines": {"caneca": 2, "caderno": 1},
}
TOTAL: Final = "23.49"
SECRET: Final = "SHOP_WEBHOOK_SECRET"
SLOW: Final = Delay(timedelta(milliseconds=100))


@dataclass(frozen=True)
class Shop:
    """A shop that runs, and the books of its account."""

    url: str
    secret: bytes
    control: Control
    emulator: str

    def order(self) -> int:
        answer = httpx.post(f"{self.url}/orders", json=ORDER, timeout=DEADLINE)
        assert (answer.status_code, answer.json()["total"]) == (201, TOTAL)
        return int(answer.json()["order_id"])

    def deliver(
        self, order: int, event: str = "succeeded", *, amount: str = TOTAL, **headers: str
    ) -> httpx.Response:
        body = json.dumps({"type": f"payment.{event}", "order_id": order, "amount": amount}).encode()
        signature = hmac.digest(self.secret, body, "sha256").hex()
        headers = {"Content-Type": "application/json", "X-Signature": signature, **headers}
        return httpx.post(f"{self.url}/webhooks/payments", content=body, headers=headers, timeout=DEADLINE)

    def deliver_twice_at_once(self, order: int, event: str) -> list[httpx.Response]:
        gate = threading.Barrier(2)

        def deliver() -> httpx.Response:
            gate.wait(DEADLINE)
            return self.deliver(order, event)

        with ThreadPoolExecutor(2) as pool:
            return [each.result() for each in [pool.submit(deliver) for _ in range(2)]]

    def mail_of(self, order: int) -> str:
        answer: dict[str, Any] = httpx.get(f"{self.url}/orders/{order}", timeout=DEADLINE).json()
        return str(answer["mail"])

    def books(self) -> list[tuple[str, str, str]]:
        """Every document of the account, oldest first."""
        found = reversed(self.control.documents())
        return [(each.type, each.status, str(each.total)) for each in found]


@contextmanager
def started(folder: Path) -> Generator[Shop]:
    settings, words = words_of(command_of("shop.py"))
    with (
        (folder / "log").open("w+") as log,
        subprocess.Popen(
            [*words, "--port", "0"],
            cwd=ROOT,
            env=environment({**settings, "SHOP_DATABASE": str(folder / "shop.db")}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stderr is not None
        found: dict[str, str] = {}
        try:
            for line in process.stderr:
                log.write(line)
                for name, pattern in (
                    ("emulator", r"(http\S+)/_emulator/"),
                    ("shop", r"running on (http\S+)"),
                ):
                    if match := re.search(pattern, line):
                        found[name] = match[1]
                if len(found) == 2:
                    break
            assert len(found) == 2, (folder / "log").read_text()
            # The pipe is read on, so that a long log never stops the shop.
            reader = threading.Thread(target=lambda: log.writelines(process.stderr or ()))
            reader.start()
            yield Shop(
                found["shop"],
                settings["SHOP_WEBHOOK_SECRET"].encode(),
                Control(found["emulator"]),
                found["emulator"],
            )
        finally:
            process.terminate()
        reader.join(DEADLINE)
    # The launcher took the shop and the emulator with it: nothing answers any more.
    for url in found.values():
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Generator[Shop]:
    with started(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture
def shop(running: Shop) -> Shop:
    """The shop, with empty books. Its orders stay, so the numbers of orders are new ones."""
    running.control.reset()
    running.control.faults.clear()
    return running


PAID: Final = ("InvoiceReceipt", "settled", TOTAL)
REFUNDED: Final = ("CreditNote", "final", TOTAL)


def test_a_payment_and_a_refund_delivered_twice_at_once(shop: Shop) -> None:
    order = shop.order()
    # The service is slow, so both creates are under way together, and then both notes.
    with shop.control.faults.injected(SLOW, "createInvoice", times=None):
        paid = shop.deliver_twice_at_once(order, "succeeded")
        refunded = shop.deliver_twice_at_once(order, "refunded")
    assert {(each.status_code, each.json()["document"]) for each in paid} == {(200, "FR DEMO/1")}
    assert {(each.status_code, each.json()["document"]) for each in refunded} == {(200, "NC DEMO/1")}
    shop.deliver(order)  # and once more, tomorrow
    assert shop.books() == [PAID, REFUNDED]
    assert [(each.to, each.subject) for each in shop.control.outbox()] == [
        ("ana@example.com", f"Order {order}: FR DEMO/1")
    ]
    assert shop.control.verify() == []


CREATE: Final = "createInvoice"
FINALIZE: Final = "changeInvoiceState"
MAIL: Final = "sendInvoiceEmail"


@folded(
    "operation, effect, first, mails",
    [
        (CREATE, Reset("after"), (200, "sent"), 1),
        (FINALIZE, Reset("after"), (200, "sent"), 1),
        (CREATE, Respond(422), (422, "none"), 1),
        (FINALIZE, Respond(422), (422, "none"), 1),
        (MAIL, Respond(422), (422, "none"), 1),
        (MAIL, Reset("after"), (200, "claimed"), 1),
        (MAIL, Reset("before"), (200, "claimed"), 0),
    ],
)
def test_a_fault_and_a_second_delivery(
    shop: Shop, operation: OperationName, effect: Reset | Respond, first: tuple[int, str], mails: int
) -> None:
    shop.control.reset()
    order = shop.order()
    with shop.control.faults.injected(effect, operation):
        status = shop.deliver(order).status_code
    assert (status, shop.mail_of(order)) == first
    assert shop.deliver(order).status_code == 200
    assert shop.books() == [PAID]
    assert len(shop.control.outbox()) == mails


def test_the_requests_of_the_readme(shop: Shop) -> None:
    needs("bash", "curl", "openssl")
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## Try the shop")[2].partition("```sh\n")[2].partition("```")[0]
    script = block.replace("http://127.0.0.1:8000", shop.url)
    script = script.replace('"order_id": 1,', f'"order_id": {shop.order() + 1},')
    done = subprocess.run(
        ["bash", "-ec", script], capture_output=True, text=True, timeout=DEADLINE, check=True
    )
    answers = re.findall(r'"document":(null|"[^"]+")', done.stdout)
    assert answers == ["null", '"FR DEMO/1"', '"FR DEMO/1"', '"NC DEMO/1"']
    assert [kind for kind, _, _ in shop.books()] == ["InvoiceReceipt", "CreditNote"]
    assert len(shop.control.outbox()) == 1


def test_a_cancelled_document_is_not_made_again(shop: Shop) -> None:
    order = shop.order()
    assert shop.deliver(order).status_code == 200
    (document,) = shop.control.documents()
    with InvoiceXpress("demo", "demo-key", base_url=shop.emulator) as ix:
        ix.invoice_receipts.cancel(document.id, "Engano")
    assert shop.deliver(order).status_code == 200
    assert shop.books() == [("InvoiceReceipt", "canceled", TOTAL)]
    assert shop.mail_of(order) == "sent"


def test_an_outage_ends_with_one_document(shop: Shop) -> None:
    order = shop.order()
    with shop.control.faults.injected(Respond(503, headers={"Retry-After": "0"}), CREATE, times=None):
        down = shop.deliver(order)
    assert (down.status_code, down.headers["Retry-After"], shop.books()) == (503, "60", [])
    assert shop.deliver(order).status_code == 200
    assert shop.books() == [PAID]


def test_webhooks_that_are_not_believed(shop: Shop) -> None:
    order = shop.order()
    assert shop.deliver(order, **{"X-Signature": "00"}).status_code == 401
    assert shop.deliver(order, amount="23.48").status_code == 422
    assert shop.deliver(order, "refunded").status_code == 503  # it overtook the payment
    assert shop.deliver(order + 1).status_code == 404
    assert (shop.books(), shop.control.requests()) == ([], [])


@pytest.mark.parametrize("given", ["508025338", "PT 508 025 338"])
def test_the_tax_number_of_a_customer(shop: Shop, given: str) -> None:
    """It is on the document that the payment makes; a wrong one is refused with the order."""
    wrong = httpx.post(f"{shop.url}/orders", json={**ORDER, "fiscal_id": "508025339"}, timeout=DEADLINE)
    assert (wrong.status_code, shop.control.requests()) == (422, [])
    taken = httpx.post(f"{shop.url}/orders", json={**ORDER, "fiscal_id": given}, timeout=DEADLINE)
    assert shop.deliver(taken.json()["order_id"]).status_code == 200
    (document,) = shop.control.documents()
    with InvoiceXpress("demo", "demo-key", base_url=shop.emulator) as ix:
        assert ix.invoice_receipts.get(document.id).client.fiscal_id == "508025338"


@pytest.mark.parametrize("secret", [None, ""])
def test_a_shop_without_a_secret_says_so(secret: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    example = importlib.import_module("examples.shop")
    monkeypatch.delenv(SECRET, raising=False)
    if secret is not None:
        monkeypatch.setenv(SECRET, secret)
    with pytest.raises(RuntimeError, match="SHOP_WEBHOOK_SECRET is missing or empty: set it to the secret"):
        example.webhook_secret()
    monkeypatch.setenv(SECRET, "try-it")
    assert example.webhook_secret() == b"try-it"
