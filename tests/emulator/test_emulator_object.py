"""`with Emulator()` and `create_app` in users' hands: entered twice, from coroutines, from a forked process,
misused; and nothing is left behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, lisbon
from invoicexpress_emulator import Emulator, create_app
from invoicexpress_emulator.profiles.profile import ProfileName

LINE: Any = {"name": "Caderno", "unit_price": Decimal("8.1301"), "quantity": Decimal(3)}
FIELDS: Any = {"date": lisbon.today(), "client": {"name": "Ana", "code": "A"}, "items": [LINE]}


def client_of(emulator: Emulator) -> InvoiceXpress:
    return InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url, pace=None)


def test_it_can_be_entered_again_and_is_empty_then() -> None:
    emulator = Emulator()
    for _ in range(2):
        with emulator, client_of(emulator) as ix:
            assert ix.invoices.list().total() == 0
            ix.invoices.create(**FIELDS)
            assert ix.invoices.list().total() == 1


def test_it_cannot_be_entered_twice_at_once() -> None:
    with Emulator() as emulator:
        with pytest.raises(RuntimeError, match="already running"):
            emulator.__enter__()
        with client_of(emulator) as ix:
            assert ix.taxes.list()


def test_before_it_is_entered_it_is_nowhere() -> None:
    with pytest.raises(RuntimeError, match="with Emulator"):
        _ = Emulator().base_url


def test_what_goes_wrong_inside_stops_it_and_is_passed_on() -> None:
    with pytest.raises(KeyError, match="mine"), Emulator() as emulator:
        raise KeyError("mine")
    with pytest.raises(httpx.ConnectError):
        httpx.get(emulator.base_url)


@pytest.mark.parametrize("wrong", [{"profile": "other"}, {"rate_limit": "x"}])
def test_a_keyword_that_cannot_be_is_told_and_leaves_it_stopped(wrong: dict[str, Any]) -> None:
    emulator = Emulator(**wrong)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"x|other"):
            emulator.__enter__()


@pytest.mark.parametrize("profile", ["observed", "documented"])
async def test_the_application_serves_a_client_without_a_network(profile: ProfileName) -> None:
    with closing(create_app(profile=profile)) as app:
        async with AsyncInvoiceXpress(
            "demo",
            "demo-key",
            base_url="http://localhost",
            transport=httpx.ASGITransport(app=app),
            pace=None,
        ) as ix:
            draft = await ix.invoices.create(**FIELDS)
            invoice = await ix.invoices.finalize(draft, expect_total=Decimal("30.00"))
            assert [each.id async for each in ix.invoices.list(status=["final"])] == [invoice.id]


async def test_it_serves_the_coroutine_that_entered_it() -> None:
    with Emulator() as emulator:
        async with AsyncInvoiceXpress(
            emulator.account, emulator.api_key, base_url=emulator.base_url, pace=None
        ) as ix:
            assert await ix.taxes.list()


TIDY = """
import gc, os, threading, warnings
from invoicexpress_emulator import Emulator
import httpx

def used():
    with Emulator() as emulator, httpx.Client(base_url=emulator.base_url) as client:
        assert client.get("/taxes.json", params={"api_key": "demo-key"}).status_code == 200

used()
gc.collect()
before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
for _ in range(3):
    used()
gc.collect()
assert [thread.name for thread in threading.enumerate()] == ["MainThread"], threading.enumerate()
assert not before or len(os.listdir("/proc/self/fd")) == before
"""


def test_it_leaves_no_thread_no_socket_and_no_warning() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", TIDY], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


FORKED = """
import os
from invoicexpress_emulator import Emulator
import httpx

with Emulator() as emulator:
    child = os.fork()
    if child == 0:
        answer = httpx.post(
            f"{emulator.base_url}/taxes.json", params={"api_key": "demo-key"},
            json={"tax": {"name": "X", "value": "5.0", "region": "PT"}},
        )
        emulator.__exit__(None, None, None)  # as leaving the block would
        os._exit(0 if answer.status_code == 201 else 1)
    assert os.waitpid(child, 0)[1] == 0
    taxes = httpx.get(f"{emulator.base_url}/taxes.json", params={"api_key": "demo-key"}).json()["taxes"]
    assert "X" in [tax["name"] for tax in taxes]
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_forked_process_uses_it_and_does_not_stop_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
