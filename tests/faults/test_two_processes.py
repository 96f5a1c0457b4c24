"""`issue` with one key, by two programs that are killed at random points, issues one document.

Each round lets two programs issue with one key at one emulator, through a network with faults. It kills them
at random moments and inside of their requests, and starts them again until both have an answer. FAULTS_ROUNDS
sets the number of rounds; FAULTS_SEED chooses other ones.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Final

import pytest
from invoicexpress import InvoiceXpress
from invoicexpress_emulator.faults.effects import Effect, Late, Reset

from .books import Books, Row
from .faults import SOON, WINDOW
from .issuer import Job, issue
from .plan import answer
from .run import Runner
from .service import PROFILES, Site
from .writes import KEY, TOTAL, fields

ROUNDS: Final = int(os.environ.get("FAULTS_ROUNDS", "6"))
SEED: Final = int(os.environ.get("FAULTS_SEED", "1"))
SHARES: Final = min(ROUNDS, 6)
"""So many tests, each of every n-th round."""
DEADLINE: Final = 120.0
"""Seconds within which a round ends."""
SPACES: Final = ("invoices", "simplified_invoices", "invoice_receipts", "credit_notes")
BEYOND: Final = 2.5 * WINDOW
"""Seconds after which a write lands when the call that sent it has ended, and the programs still run."""
NETWORK: Final[tuple[Effect, ...]] = (
    Reset(applied=True),
    Reset(applied=False),
    answer(500, applied=True),
    answer(503, applied=False),
    Late(SOON),
    Late(BEYOND),
)
_CONTEXT: Final = multiprocessing.get_context("forkserver")
# Each program starts in milliseconds, so that a kill meets every part of its life.
_CONTEXT.set_forkserver_preload([issue.__module__])


class Program:
    """A program that issues, through all of its lives."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.answer: int | str | None = None
        self.deaths = self.kills = 0
        self.start()

    def start(self) -> None:
        """Begin a life."""
        self.result, theirs = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=issue, args=(self.job, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def kill(self) -> None:
        """End its life without a chance to do anything."""
        if self._process.pid is not None and self._process.exitcode is None:
            self.kills += 1
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    def look(self) -> None:
        """Take its answer, or start it again after its death."""
        with self.result:
            try:
                self.answer = self.result.recv()
            except EOFError:
                self.deaths += 1
                assert self.deaths <= self.kills, "a program died by itself"
        self._process.join()
        if self.answer is None:
            self.start()

    def close(self) -> None:
        """Leave nothing behind."""
        self.kill()
        self._process.join()
        self.result.close()


class Round:
    """The plan of an account: faults and kills, drawn from a seed."""

    def __init__(self, lots: random.Random) -> None:
        self._lots = lots
        self._kills = lots.randint(1, 6)
        # Neither program can have ended by then, so this one is sure to die inside of its request.
        self._until_first_kill = lots.randrange(2)
        self._faults = lots.choice((0.0, 0.2, 0.4))
        self.programs: list[Program] = []

    def effect_on(self, names: frozenset[str]) -> Effect | None:
        """Return the fault of a request, and kill a program inside of it."""
        if self._until_first_kill == 0 or self._lots.random() < 0.25:
            self.kill_one()
        self._until_first_kill -= 1
        return self._lots.choice(NETWORK) if self._lots.random() < self._faults else None

    def kill_one(self) -> None:
        """Kill one of the programs, if the round has kills left."""
        running = [program for program in self.programs if program.answer is None]
        if self._kills and running:
            self._kills -= 1
            self._lots.choice(running).kill()

    def run(self) -> None:
        """Let both programs come to an answer."""
        ends = time.monotonic() + DEADLINE
        while waiting := {each.result: each for each in self.programs if each.answer is None}:
            assert time.monotonic() < ends, f"no answer after {DEADLINE} s"
            found = wait(waiting, timeout=self._lots.uniform(0.0, 0.15) if self._kills else 1.0)
            for result in found:
                assert isinstance(result, Connection)
                waiting[result].look()
            if not found:
                self.kill_one()


@contextmanager
def running(plan: Round, jobs: tuple[Job, ...]) -> Generator[list[Program]]:
    try:
        for job in jobs:
            plan.programs.append(Program(job))
        yield plan.programs
    finally:
        for program in plan.programs:
            program.close()


def owner_of(site: Site, space: str) -> Any:
    """Issue the invoice that a credit note corrects."""
    if space != "credit_notes":
        return None
    with InvoiceXpress(site.name, site.api_key, base_url=site.base_url, pace=None) as ix:
        return ix.invoices.finalize(ix.invoices.create(**fields("invoices")).id)


def new_documents(site: Site, before: Books) -> list[Row]:
    """Let late writes land, and return the documents that this round made."""
    after = site.settled_books()
    return [row for key, row in after["documents"].items() if key not in before["documents"]]


def play(runner: Runner, number: int) -> int:
    """Play a round; return how often a program was killed."""
    lots = random.Random(f"{SEED}.{number}")  # noqa: S311 - a spread, not a secret
    site = runner.service(PROFILES[number % len(PROFILES)]).new_site()
    space = SPACES[number // len(PROFILES) % len(SPACES)]
    owner = owner_of(site, space)
    before = site.books()
    plan = Round(lots)
    site.follow(plan)
    common = (space, site.name, site.api_key, site.base_url, owner)
    jobs = (Job(*common, is_async=False), Job(*common, is_async=lots.random() < 0.5))
    with running(plan, jobs) as programs:
        plan.run()
        answers = [program.answer for program in programs]
    site.follow(None)
    documents = new_documents(site, before)
    assert [(each["proprietary_uid"], each["status"], each["total"]) for each in documents] == [
        (KEY, "settled" if space == "invoice_receipts" else "final", int(TOTAL * 100))
    ], f"round {number}: {space} in {site.service.base_url}: {documents}; the programs got {answers}"
    assert answers == [documents[0]["id"]] * 2, f"round {number}: {space}"
    return sum(program.deaths for program in programs)


@pytest.mark.parametrize("share", range(SHARES))
def test_two_programs_with_one_key_issue_one_document(runner: Runner, share: int) -> None:
    deaths = sum(play(runner, number) for number in range(share, ROUNDS, SHARES))
    assert deaths, "no program was killed"
