"""A run on one machine ends with exactly its documents, whatever happens: faults, late lists, kills."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from invoicexpress_billing import Journal, State
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import Reset, Respond

from tests.billing.books import assert_exactly_its_documents

ROOT: Final = Path(__file__).resolve().parents[2]
COUNT: Final = int(os.environ.get("RUNS_DOCUMENTS", "200"))
SEED: Final = int(os.environ.get("RUNS_SEED", "1"))
PROFILES: Final = ("observed", "documented")
SHAPES: Final = 1 if COUNT <= 200 else 2
"""`make runs` has both profiles for each shape; `make test` takes turns."""
KILLS: Final = 4 + COUNT // 100
PATIENCE: Final = 60.0 + COUNT / 4


@pytest.fixture
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """With faults in one of fifty requests, and lists that lag."""
    profile: Literal["observed", "documented"] = request.param
    with Emulator(profile=profile, rate_limit=None) as started:
        faults = started.control.faults
        started.control.config.change(list_lag=0.1)
        faults.add(Respond(503), probability=0.01, seed=SEED, times=None)
        faults.add(Reset("after"), probability=0.01, seed=SEED + 1, times=None)
        yield started


def started(emulator: Emulator, journal: Path, count: int) -> subprocess.Popen[bytes]:
    """A process that goes on with the run."""
    program = [sys.executable, "-m", "tests.billing.made_up", str(journal), emulator.base_url, str(count)]
    return subprocess.Popen(program, cwd=ROOT)


@pytest.mark.long
@pytest.mark.parametrize("emulator", PROFILES[:SHAPES], indirect=True)
def test_one_process_with_faults(emulator: Emulator, tmp_path: Path) -> None:
    process = started(emulator, tmp_path / "billing.db", COUNT)
    assert process.wait(PATIENCE) == 0
    assert_exactly_its_documents(emulator, COUNT)
    assert Journal(tmp_path / "billing.db").counts("2026-11")[State.DONE] == COUNT


@pytest.mark.long
@pytest.mark.parametrize("emulator", PROFILES[-SHAPES:], indirect=True)
def test_a_process_that_is_killed_and_started_again(emulator: Emulator, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a spread, not a secret
    for _ in range(KILLS):
        process = started(emulator, tmp_path / "billing.db", COUNT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            # It takes half a second to begin.
            process.wait(chance.uniform(0.6, 1.6))
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it ended before it was killed"
    assert started(emulator, tmp_path / "billing.db", COUNT).wait(PATIENCE) == 0
    assert_exactly_its_documents(emulator, COUNT)
