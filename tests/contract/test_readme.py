"""The README's examples run unchanged against the emulator."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from invoicexpress import InvoiceXpress

from tests.readme_examples import examples

from .conftest import Account

BLOCKS: Final = examples()


def test_there_is_something_to_run() -> None:
    assert len(BLOCKS) >= 3


@pytest.mark.parametrize("block", [pytest.param(block, id=str(n)) for n, block in enumerate(BLOCKS, 1)])
def test_a_block_runs(block: str, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOICEXPRESS_ACCOUNT", account.name)
    monkeypatch.setenv("INVOICEXPRESS_API_KEY", account.api_key)
    monkeypatch.setenv("INVOICEXPRESS_BASE_URL", account.base_url)
    program = ["-c", block]
    if "\ndef test_" in block:
        (tmp_path / "test_block.py").write_text(block, "utf-8")
        program = ["-m", "pytest", "-p", "no:cacheprovider", "-q", "--strict-markers", "test_block.py"]
    finished = subprocess.run(
        [sys.executable, "-W", "error", *program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr + finished.stdout
    if '.save("invoice.pdf")' in block:
        assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF-")
        with InvoiceXpress.from_env() as ix:
            assert ix.invoices.list(status=["final"]).first() is not None
