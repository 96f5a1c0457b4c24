"""The client with httpx2 in place of httpx: the same tests pass, and httpx is not imported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, InvoiceXpress

from tests.unit.conftest import KEY, tax_json

ROOT = Path(__file__).parents[3]
UNIT = ROOT / "tests" / "unit"

TESTED = [
    "sending/test_transport.py",
    "sending/test_cancellation.py",
    "sending/test_deadlines.py",
    "test_secrets.py",
    "quirks/test_downloads.py",
]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("file", TESTED)
def test_the_tests_of_the_network_side_pass(file: str) -> None:
    options = ["-p", "tests.unit.aliased", "-p", "no:cacheprovider", "-n", "0", "-q", "--no-header"]
    done = python("-m", "pytest", *options, str(UNIT / file))
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ passed in", done.stdout.splitlines()[-1]), done.stdout


def answer(request: httpx2.Request) -> httpx2.Response:
    assert type(request) is httpx2.Request
    return httpx2.Response(200, json={"tax": tax_json()})


def test_a_client_takes_the_module() -> None:
    with InvoiceXpress("acme", KEY, http=httpx2, transport=httpx2.MockTransport(answer)) as ix:
        assert ix.taxes.get(5).id == 5
        assert ix.with_options(retries=0).taxes.get(5).id == 5


async def test_an_async_client_takes_the_module() -> None:
    transport = httpx2.MockTransport(answer)
    async with AsyncInvoiceXpress("acme", KEY, http=httpx2, transport=transport) as ix:
        assert (await ix.taxes.get(5)).id == 5


ALONE = """
import sys
import httpx2
from invoicexpress import {client}
ix = {client}("acme", "key", http=httpx2)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("httpx", "httpcore")))
"""


@pytest.mark.parametrize("client", ["InvoiceXpress", "AsyncInvoiceXpress"])
def test_httpx_is_not_imported(client: str) -> None:
    done = python("-c", ALONE.format(client=client))
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_a_transport_of_the_other_library_is_refused(kind: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"it is one of httpx2, .* uses httpx; pass http=httpx2 too"):
        kind("acme", KEY, transport=httpx2.MockTransport(answer))
    with pytest.raises(ConfigurationError, match="it is one of httpx, but the client uses httpx2"):
        kind("acme", KEY, http=httpx2, transport=httpx.MockTransport(lambda _: httpx.Response(200)))


@pytest.mark.parametrize("wrong", ["httpx2", httpx2.Client, os, 2])
def test_anything_but_the_two_modules_is_refused(wrong: object) -> None:
    with pytest.raises(ConfigurationError, match="http: expected the module httpx or httpx2"):
        InvoiceXpress("acme", KEY, http=wrong)  # type: ignore[arg-type]  # as the test says
