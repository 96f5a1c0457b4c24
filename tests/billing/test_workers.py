"""Four workers on PostgreSQL end a run with exactly its documents: faults, kills, a database that stops."""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from invoicexpress import InvoiceXpress
from invoicexpress_billing import Journal, Run, State, Step
from invoicexpress_billing.workers import enter
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import CommitLate, Reset, Respond

from tests.billing.books import assert_exactly_its_documents
from tests.billing.made_up import SETTLED_AFTER, documents
from tests.billing.servers import Postgres, RedisServer

ROOT: Final = Path(__file__).resolve().parents[2]
COUNT: Final = int(os.environ.get("RUNS_DOCUMENTS", "200"))
SEED: Final = int(os.environ.get("RUNS_SEED", "1"))
PATIENCE: Final = 240.0 + COUNT / 4
WORKERS: Final = 4
RUN: Final = "2026-11"


class Workers:
    """Processes that work on a database."""

    def __init__(self, *arguments: str) -> None:
        self._command = [sys.executable, "-m", "tests.billing.a_worker", *arguments]
        self._running = [self._started() for _ in range(WORKERS)]

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, cwd=ROOT)

    def kill_one(self, chance: random.Random) -> None:
        """Kills one of them, and starts another one."""
        killed = self._running.pop(chance.randrange(WORKERS))
        assert killed.poll() is None, "a worker ended by itself"
        killed.kill()
        killed.wait()
        self._running.append(self._started())

    def end(self) -> list[int]:
        """Ends them in order, and returns their exit codes."""
        for each in self._running:
            each.terminate()
        return [each.wait(PATIENCE) for each in self._running]

    def kill(self) -> None:
        """Kills those that still run."""
        for each in self._running:
            each.kill()
            each.wait()


@pytest.fixture
def emulator(profile: Literal["observed", "documented"]) -> Iterator[Emulator]:
    """With faults in one of forty requests, and lists that lag."""
    with Emulator(profile=profile, rate_limit=None) as started:
        faults = started.control.faults
        started.control.config.change(list_lag=0.1)
        faults.add(Respond(503), probability=0.01, seed=SEED, times=None)
        faults.add(Reset("after"), probability=0.01, seed=SEED + 1, times=None)
        faults.add(CommitLate(datetime.timedelta(seconds=0.3)), probability=0.005, seed=SEED + 2, times=None)
        yield started


def worked(emulator: Emulator, postgres: Postgres, *redis: str) -> None:
    """A run that four workers did, one of which was killed now and then; the database was stopped twice."""
    chance = random.Random(SEED)  # noqa: S311
    journal = Journal(postgres.url)
    with InvoiceXpress("demo", "demo-key", base_url=emulator.base_url, pace=None) as ix:
        run = Run.start(
            ix,
            journal,
            documents(COUNT),
            name=RUN,
            place="demo",
            account_name="demo",
            steps=(Step.CREATE, Step.FINALIZE, Step.PAY),
            settled_after=SETTLED_AFTER,
        )
        assert enter(journal, RUN) == 2
        assert enter(journal, RUN) == 0
        workers = Workers(postgres.url, emulator.base_url, *redis)

        def restart(mode: str) -> Callable[[], None]:
            def stop() -> None:
                postgres.stop(mode)
                postgres.start()

            return stop

        events: list[Callable[[], None]] = [
            *[lambda: workers.kill_one(chance)] * (2 + COUNT // 200),
            restart("fast"),
            restart("immediate"),
        ]
        chance.shuffle(events)
        at = sorted(chance.randrange(1, COUNT * 4 // 5) for _ in events)
        try:
            until = time.monotonic() + PATIENCE
            while (counts := journal.counts(RUN))[State.DONE] < COUNT:
                assert time.monotonic() < until, [
                    (each.key, each.state, each.step, each.message)
                    for each in journal.documents(RUN)
                    if each.state is not State.DONE
                ]
                if at and counts[State.DONE] >= at[0]:
                    at.pop(0)
                    events.pop()()
                if counts[State.WAITING] + counts[State.DONE] < COUNT:
                    run.look_again()
                    enter(journal, RUN)
                time.sleep(0.05)
            assert events == []
            assert workers.end() == [0] * WORKERS
        finally:
            workers.kill()
            journal.close()


@pytest.mark.long
@pytest.mark.parametrize("profile", ["observed"])
def test_four_workers(emulator: Emulator, postgres: Postgres) -> None:
    worked(emulator, postgres)
    assert_exactly_its_documents(emulator, COUNT)


@pytest.mark.long
@pytest.mark.parametrize("profile", ["documented"])
def test_four_workers_with_the_pace_in_redis(
    emulator: Emulator, postgres: Postgres, redis: RedisServer
) -> None:
    worked(emulator, postgres, redis.url)
    assert_exactly_its_documents(emulator, COUNT)
    with redis.client() as client:
        assert client.keys("*"), "the workers did not share their pace"
