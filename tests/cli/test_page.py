"""The pages of the command line run as they stand, in one shell each, against the demo company."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from invoicexpress_emulator import Emulator

from tests.cli.warm_commands import CALL

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ELSEWHERE: Final = ("pip install", "invoicexpress-emulator")
"""Lines that set up what the test has already: the packages, and an emulator with the company."""
PATIENCE: Final = 60.0


@pytest.fixture
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """With the demo company."""
    profile: Literal["observed", "documented"] = request.param
    with Emulator(profile=profile) as started:
        started.control.seed()
        yield started


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Path]:
    """A folder with the command."""
    path, folder = str(tmp_path / "commands"), tmp_path / "bin"
    folder.mkdir()
    program = folder / "invoicexpress"
    program.write_text(CALL.format(python=sys.executable, path=path), "utf-8")
    program.chmod(0o755)
    serving = subprocess.Popen([sys.executable, "-m", "tests.cli.warm_commands", path], cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE
        while not Path(path).exists():
            assert serving.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield folder
    finally:
        serving.kill()
        serving.wait()


def run_page(name: str, emulator: Emulator, commands: Path, folder: Path) -> list[str]:
    """Runs the blocks of a page, and returns the types of the documents that they made."""
    port = str(emulator.base_url.rpartition(":")[2])
    page = (ROOT / "docs" / name).read_text("utf-8")
    lines = "\n".join(BLOCK.findall(page)).replace(":8080", f":{port}").splitlines()
    script = "\n".join(line for line in lines if not line.startswith(ELSEWHERE))
    work = folder / "work"
    work.mkdir()
    last = emulator.control.documents(limit=1)[0].id
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-xc", script],
        cwd=work,
        env={
            "PATH": f"{commands}:{os.environ['PATH']}",
            "HOME": str(folder),
            "INVOICEXPRESS_CONFIG": str(folder / "settings" / "config.toml"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return sorted(each.type for each in emulator.control.documents(limit=50) if each.id > last)


# Each command runs in both profiles in test_every_command.py.
@pytest.mark.long
@pytest.mark.parametrize("emulator", ["documented"], indirect=True)
def test_the_command_line(emulator: Emulator, commands: Path, tmp_path: Path) -> None:
    made = run_page("command-line.md", emulator, commands, tmp_path)
    assert made == ["CreditNote", "Invoice", "Invoice", "InvoiceReceipt", "Receipt", "SimplifiedInvoice"]
    work = tmp_path / "work"
    assert (work / "months.svg").read_text("utf-8").lstrip().startswith("<?xml")
    assert len(list((work / "papers").glob("*.pdf"))) > 10


@pytest.mark.long
@pytest.mark.parametrize("emulator", ["observed"], indirect=True)
def test_billing_runs(emulator: Emulator, commands: Path, tmp_path: Path) -> None:
    assert run_page("billing.md", emulator, commands, tmp_path) == ["Invoice", "Invoice", "Receipt"]
    work = tmp_path / "work"
    assert len(list((work / "papers" / "november").glob("*.pdf"))) == 2
    with (work / "november-report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["key"], row["state"], row["total"]) for row in rows] == [
        ("C0001", "done", "1518.44"),
        ("C0002", "done", "30.60"),
    ]
