"""docs/many-machines.md runs as it stands, in one shell, on PostgreSQL and Redis."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from invoicexpress_billing import Journal, State
from invoicexpress_emulator import Emulator

from tests.billing.servers import Postgres, RedisServer

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "many-machines.md").read_text("utf-8")
BLOCKS: Final = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ELSEWHERE: Final = ("pip install", "invoicexpress-emulator")
"""Lines that set up what the test has already: the packages, and an emulator with the company."""
PATIENCE: Final = 240.0


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the command. Its workers are processes of their own, which the page ends."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "invoicexpress"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m invoicexpress_cli "$@"\n', "utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.long
def test_every_block_runs(postgres: Postgres, redis: RedisServer, commands: Path, tmp_path: Path) -> None:
    with Emulator() as emulator:
        emulator.control.seed()
        script = "\n".join(line for line in "\n".join(BLOCKS).splitlines() if not line.startswith(ELSEWHERE))
        for written, here in (
            ("postgresql://postgres@127.0.0.1:5432/billing", postgres.url),
            ("redis://127.0.0.1:6379/0", redis.url),
            ("http://127.0.0.1:8080", emulator.base_url),
        ):
            assert written in script
            script = script.replace(written, here)
        assert script.count("\ninvoicexpress ") >= 6
        last = emulator.control.documents(limit=1)[0].id
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-xc", f"trap 'kill $(jobs -p)' ERR\n{script}"],
            cwd=tmp_path,
            env={
                "PATH": f"{commands}:{os.environ['PATH']}",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "HOME": str(tmp_path),
                "INVOICEXPRESS_CONFIG": str(tmp_path / "settings" / "config.toml"),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        made = [each.type for each in emulator.control.documents(limit=100) if each.id > last]
        assert sorted(made) == ["Invoice"] * 30 + ["Receipt"] * 30
    journal = Journal(postgres.url)
    assert journal.counts("november")[State.DONE] == 30
    journal.close()
    with redis.client() as client:
        assert client.keys("*")
