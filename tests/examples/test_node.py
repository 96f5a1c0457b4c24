"""The Node script over HTTPS under the vendor's host name: done, refused, unknown, and twice at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.control_client import HtmlPage, OperationName, Reset, Respond

from tests.folded import folded

from .running import run

DONE, UNKNOWN, REFUSED = 0, 3, 4
CREATE, FINALIZE = "createInvoice", "changeInvoiceState"
SAYS_NO: Final = Respond(422, {"errors": [{"error": "Nome não pode ficar em branco"}]})
ISSUED: Final = [("FT DEMO/1", "final", "30.00")]
DRAFT: Final = [(None, "draft", "30.00")]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(tls=True) as emulator:
        yield emulator


def empty(emulator: Emulator) -> None:
    emulator.control.reset()
    emulator.control.config.change(pdf=Readiness(polls=1))


def books(emulator: Emulator) -> list[tuple[str | None, str, str]]:
    return [(each.number, each.status, str(each.total)) for each in emulator.control.documents()]


def start(emulator: Emulator, folder: Path) -> tuple[int, str]:
    """Runs the script for one order. Returns its exit status, and what it said, which has no secret."""
    done = run("invoice.mjs", emulator, "order-118", str(folder))
    said = done.stdout + done.stderr
    assert emulator.api_key not in said
    assert emulator.base_url.rpartition(":")[2] not in said  # nor how it was reached
    return done.returncode, said


def test_one_order_by_two_processes_at_once(emulator: Emulator, tmp_path: Path) -> None:
    empty(emulator)
    with ThreadPoolExecutor(2) as pool:
        ends = [each.result() for each in [pool.submit(start, emulator, tmp_path) for _ in range(2)]]
    assert ends == [(DONE, f"FT DEMO/1: 30.00 EUR\n{tmp_path / 'FT DEMO-1.pdf'}\n")] * 2
    assert books(emulator) == ISSUED
    assert (tmp_path / "FT DEMO-1.pdf").read_bytes().startswith(b"%PDF-")
    assert emulator.control.verify() == []


@folded(
    "operation, effect, times, end, then",
    [
        (CREATE, Reset("after"), 1, DONE, ISSUED),
        (FINALIZE, Reset("after"), 1, DONE, ISSUED),
        (FINALIZE, Reset("before"), 1, DONE, ISSUED),
        (CREATE, SAYS_NO, 1, REFUSED, []),
        (FINALIZE, SAYS_NO, 1, REFUSED, DRAFT),
        (CREATE, HtmlPage(403), 3, UNKNOWN, DRAFT),
        (FINALIZE, Reset("before"), 3, UNKNOWN, DRAFT),
    ],
)
def test_a_fault_and_a_second_run(
    emulator: Emulator,
    tmp_path: Path,
    *,
    operation: OperationName,
    effect: Reset | Respond | HtmlPage,
    times: int,
    end: int,
    then: list[tuple[str | None, str, str]],
) -> None:
    empty(emulator)
    with emulator.control.faults.injected(effect, operation, times=times, expect=times):
        code, said = start(emulator, tmp_path)
    assert (code, books(emulator)) == (end, then), said
    if end == DONE:
        return
    assert start(emulator, tmp_path)[0] == DONE
    assert books(emulator) == ISSUED
