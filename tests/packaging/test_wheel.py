"""The wheel stands alone: built, and installed into an empty environment without the generator, it issues an
invoice.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Final

from .wheels import environment

ISSUE_AN_INVOICE: Final = """
import asyncio, json
from decimal import Decimal
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, lisbon
from invoicexpress_emulator import Emulator

def fields():
    item = {"name": "Caderno", "unit_price": Decimal("8.1301"), "quantity": Decimal(3)}
    return {"date": lisbon.today(), "client": {"name": "Ana", "code": "A"}, "items": [item]}

def issue(emulator):
    with InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix:
        invoice = ix.invoices.finalize(ix.invoices.create(**fields()), expect_total=Decimal("30.00"))
        assert ix.invoices.pdf(invoice).content.startswith(b"%PDF-")
        return invoice.inverted_sequence_number

async def issue_async(emulator):
    async with AsyncInvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix:
        draft = await ix.invoices.create(**fields())
        invoice = await ix.invoices.finalize(draft, expect_total=Decimal("30.00"))
        return invoice.inverted_sequence_number

with Emulator() as emulator:
    print(json.dumps([issue(emulator), asyncio.run(issue_async(emulator))]))
"""


def run(python: Path, program: str, folder: Path) -> str:
    """Runs a program with an isolated interpreter, and returns its output."""
    finished = subprocess.run(
        [python, "-I", "-W", "error", "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_the_wheel_has_the_packages_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    packages = {name.partition("/")[0] for name in names if not name.partition("/")[0].endswith(".dist-info")}
    assert packages == {
        "invoicexpress",
        "invoicexpress_billing",
        "invoicexpress_cli",
        "invoicexpress_emulator",
        "invoicexpress_generated",
        "invoicexpress_loading",
        "invoicexpress_pytest",
        "invoicexpress_wire",
    }
    for package in packages:
        assert f"{package}/py.typed" in names
    assert [name for name in names if name.endswith("signing_key.pem")], (
        "the emulator's signing key is missing"
    )


def test_the_reference_tables_are_in_the_wheel(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "tables", wheel, frozenset())
    program = (
        "from invoicexpress import reference_data as data\n"
        "tables = (data.exemptions, data.vat_rates, data.payment_mechanisms, data.countries,\n"
        "          data.saft_due_days, data.tax_regions, data.currencies)\n"
        "print(*(len(table()) > 0 for table in tables))"
    )
    assert run(python, program, tmp_path).split() == ["True"] * 7


def test_the_client_works_without_the_emulator_and_the_generator(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "client", wheel, frozenset())
    program = (
        "import importlib.util as u, json\n"
        "import invoicexpress, invoicexpress_generated\n"
        "names = ['openapi_python_client', 'generator', 'starlette', 'yaml']\n"
        "print(json.dumps([name for name in names if u.find_spec(name)]))"
    )
    assert json.loads(run(python, program, tmp_path)) == []


def test_the_generated_package_works_alone_and_loads_no_http_library(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "generated", wheel, frozenset())
    program = (
        "import sys, invoicexpress_generated\n"
        "from invoicexpress_generated.models import Invoice\n"
        "from invoicexpress_generated.api.documents import create_document\n"
        "print('httpx' in sys.modules)"
    )
    assert run(python, program, tmp_path) == "False\n"


def test_an_invoice_is_issued_there_sync_and_async(python: Path, tmp_path: Path) -> None:
    assert json.loads(run(python, ISSUE_AN_INVOICE, tmp_path)) == ["DEMO/1", "DEMO/2"]


TESTS: Final = """
def test_that_has_nothing_to_do_with_it(): pass
def test_account(invoicexpress_emulator): pass
def test_client(invoicexpress_client): pass
def test_async_client(invoicexpress_async_client): pass
"""
COUNT_MODULES: Final = """
import json, sys

def pytest_unconfigure():
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def run_tests(python: Path, folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """Runs a suite that loads the plugin by its entry point, as users do; prints the loaded modules."""
    folder.mkdir()
    (folder / "test_it.py").write_text(tests, "utf-8")
    (folder / "conftest.py").write_text(COUNT_MODULES, "utf-8")
    options = ("-W", "error", "-p", "no:cacheprovider", "--strict-markers", "-s", "-ra", "-q")
    return subprocess.run(
        [python, "-I", "-m", "pytest", *options], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_pytest_plugin_breaks_no_suite_without_the_emulator(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "plain", wheel, frozenset(), "pytest")
    finished = run_tests(python, tmp_path / "suite", TESTS)
    assert "1 passed, 3 errors" in finished.stdout, finished.stdout + finished.stderr
    sentence = r"need the emulator, but \w+ is not installed: pip install 'invoicexpress\[emulator\]'"
    assert len(re.findall(sentence, finished.stdout)) >= 3
    assert "Traceback" not in finished.stdout


def test_pytest_starts_there_without_importing_the_client_or_the_emulator(
    wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "full", wheel, frozenset({"emulator"}), "pytest")
    finished = run_tests(python, tmp_path / "with", TESTS)
    assert "4 passed" in finished.stdout, finished.stdout + finished.stderr
    finished = run_tests(python, tmp_path / "without", "def test_it(): pass")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (line,) = [line for line in finished.stdout.splitlines() if line.startswith("[")]
    modules = set(json.loads(line))
    assert "invoicexpress_pytest" in modules
    ours = {"invoicexpress", "invoicexpress_generated", "invoicexpress_wire", "invoicexpress_emulator"}
    assert modules & (ours | {"httpx", "attr", "starlette", "uvicorn", "sqlite3"}) == set()
