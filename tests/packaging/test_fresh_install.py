"""`python -m invoicexpress_emulator` serves from a fresh install of only the wheel and its extra."""

from __future__ import annotations

import signal
import subprocess
import urllib.request
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pytest
from invoicexpress import InvoiceXpress, lisbon

from .running import served


@pytest.fixture(params=["module", "script"])
def command(request: pytest.FixtureRequest, python: Path) -> list[str | Path]:
    """Both ways to start it. Installers make the script from the wheel's entry point."""
    if request.param == "module":
        return [python, "-W", "error", "-m", "invoicexpress_emulator"]
    (record,) = python.parents[1].glob("lib/python*/site-packages/invoicexpress-*.dist-info/entry_points.txt")
    assert "invoicexpress-emulator = invoicexpress_emulator.__main__:main" in record.read_text("utf-8")
    call = "import sys; from invoicexpress_emulator.__main__ import main; sys.exit(main())"
    return [python, "-W", "error", "-c", call]


def test_it_says_its_version(command: list[str | Path], tmp_path: Path) -> None:
    done = subprocess.run([*command, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version("invoicexpress")
    assert done.stderr == ""


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_an_invoice_to_its_pdf_and_ends_in_order(
    command: list[str | Path], by: signal.Signals, tmp_path: Path
) -> None:
    with served([*command, "--port", "0", "--data", "books.db"], tmp_path) as running:
        first = running.first
        assert first["pid"] == running.process.pid
        with InvoiceXpress(first["account"], first["api_key"], base_url=first["base_url"], pace=None) as ix:
            draft = ix.invoices.create(
                date=lisbon.today(),
                client={"name": "Ana", "code": "A"},
                items=[{"name": "Caderno", "unit_price": Decimal(10), "quantity": Decimal(1)}],
            )
            invoice = ix.invoices.finalize(draft)
            assert ix.invoices.pdf(invoice).content.startswith(b"%PDF-")
        for file in ("", "dashboard.js", "dashboard.css", "views/overview.js"):
            with urllib.request.urlopen(f"{first['base_url']}/_emulator/{file}") as page:  # noqa: S310 - ours
                assert page.status == 200
                assert page.read()
        status, out, errors = running.end(by)
    assert (status, out) == (0, "")
    assert "Traceback" not in errors
    assert "Warning" not in errors
    assert [path.name for path in tmp_path.iterdir()] == ["books.db"]


def test_it_takes_what_the_environment_says_of_secrets(python: Path, tmp_path: Path) -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - the test is about a reachable address
    command = [str(python), "-m", "invoicexpress_emulator", "--host", everywhere, "--port", "0"]
    said = {
        "INVOICEXPRESS_EMULATOR_API_KEY": "chave-do-ambiente",
        "INVOICEXPRESS_EMULATOR_CONTROL_TOKEN": "senha-do-ambiente",
    }
    check = [*command[:3], "--check-health", "--port"]
    with served(command, tmp_path, said) as running:
        assert running.first["api_key"] == "chave-do-ambiente"
        assert "control_token" not in running.first
        for environment_, status in ((said, 0), ({}, 0), ({**said, **dict.fromkeys(said, "x")}, 1)):
            done = subprocess.run(
                [*check, str(running.port)], env=environment_, capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stdout) == (status, ""), done.stderr
        port = running.port
        _, _, errors = running.end()
    assert "senha-do-ambiente" not in errors
    done = subprocess.run([*check, str(port)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"nothing answers at http://127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr
