"""docs/command-line.md runs as it stands, in one shell, against the demo company."""

from __future__ import annotations

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
PAGE: Final = (ROOT / "docs" / "command-line.md").read_text("utf-8")
BLOCKS: Final = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ELSEWHERE: Final = ("pip install", "invoicexpress-emulator")
"""Lines that set up what the test has already: the packages, and an emulator with the company."""
PATIENCE: Final = 60.0


@pytest.fixture(params=["observed", "documented"])
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


@pytest.mark.long
def test_every_block_runs(emulator: Emulator, commands: Path, tmp_path: Path) -> None:
    port = str(emulator.base_url.rpartition(":")[2])
    lines = "\n".join(BLOCKS).replace(":8080", f":{port}").splitlines()
    script = "\n".join(line for line in lines if not line.startswith(ELSEWHERE))
    assert script.count("\ninvoicexpress ") > 40
    work = tmp_path / "work"
    work.mkdir()
    last = emulator.control.documents(limit=1)[0].id
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-xc", script],
        cwd=work,
        env={
            "PATH": f"{commands}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "INVOICEXPRESS_CONFIG": str(tmp_path / "settings" / "config.toml"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    made = sorted(each.type for each in emulator.control.documents(limit=50) if each.id > last)
    assert made == ["CreditNote", "Invoice", "Invoice", "Receipt"]
    assert (work / "months.svg").read_text("utf-8").lstrip().startswith("<?xml")
    assert len(list((work / "papers").glob("*.pdf"))) > 10
