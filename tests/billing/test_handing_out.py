"""What workers do with the jobs of a run: order, pauses, stops, and jobs that are handed out twice."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

import pytest
from invoicexpress import ConfigurationError, InvoiceXpress
from invoicexpress_billing import (
    DocumentRecord,
    Journal,
    PlannedDocument,
    Run,
    RunRecord,
    State,
    Step,
    Work,
    advance,
    drive,
)
from invoicexpress_billing.owners import owner
from invoicexpress_billing.workers import enter, work
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import Delay, Respond

from tests.billing.made_up import SETTLED_AFTER, documents, paid
from tests.billing.servers import Postgres

ROOT: Final = Path(__file__).resolve().parents[2]
DEADLINE: Final = 60.0
COUNT: Final = 8
RUN: Final = "r"


class Scene:
    """A run of eight documents that is entered, and clients for it."""

    def __init__(self, emulator: Emulator, postgres: Postgres, planned: Sequence[PlannedDocument]) -> None:
        self.emulator, self.postgres, self.planned = emulator, postgres, planned
        self.journal = Journal(postgres.url)
        self.stop = threading.Event()
        self.steps: list[DocumentRecord] = []
        self.ix = self.client()
        self.run = Run.start(
            self.ix,
            self.journal,
            planned,
            name=RUN,
            place="demo",
            account_name="demo",
            steps=(Step.CREATE, Step.FINALIZE, Step.PAY),
        )

    @contextmanager
    def open(self) -> Generator[Self, None, None]:
        """Closes client and journal at the end."""
        yield self
        self.ix.close()
        self.journal.close()

    def client(self, _: RunRecord | None = None) -> InvoiceXpress:
        return InvoiceXpress(
            "demo", "demo-key", base_url=self.emulator.base_url, pace=None, retries=0, consistency_window=0.2
        )

    @contextmanager
    def working(
        self, account_of: Callable[[RunRecord], InvoiceXpress] | None = None
    ) -> Generator[None, None, None]:
        """With a worker in a thread."""
        self.stop.clear()
        thread = threading.Thread(
            target=work,
            args=(self.postgres.url, account_of or self.client),
            kwargs={
                "at_once": 3,
                "heartbeat": 0.5,
                "takeover": 2.0,
                "settled_after": SETTLED_AFTER,
                "stop": self.stop,
                "on_step": self.steps.append,
            },
        )
        thread.start()
        try:
            yield
        finally:
            self.stop.set()
            thread.join(DEADLINE)
            assert not thread.is_alive()

    def wait(self, condition: Callable[[], object]) -> None:
        until = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < until, [
                (each.key, each.state, each.number, each.message) for each in self.journal.documents(RUN)
            ]
            time.sleep(0.02)

    def is_done(self) -> bool:
        return self.journal.counts(RUN)[State.DONE] == COUNT

    def jobs(self) -> list[tuple[Any, ...]]:
        """Of the engine's table, but for those that take over."""
        with self.postgres.connection() as connection:
            found: list[tuple[Any, ...]] = connection.execute(
                "SELECT task_name, args, lock, queueing_lock FROM procrastinate_jobs"
                " WHERE task_name NOT LIKE '%take_over' ORDER BY id"
            ).fetchall()
        return found

    def numbers(self, type_: str) -> list[int]:
        """The numbers that the documents of a type got, in their order in the run."""
        found = [each for each in self.journal.documents(RUN) if each.planned.type == type_]
        return [int(str(each.number).rpartition("/")[2]) for each in found]

    def assert_each_issued_once_in_order(self) -> None:
        made = Counter(each.type for each in self.emulator.control.documents(limit=100))
        types = Counter(each.type for each in self.planned)
        assert made == +Counter(
            {
                "Invoice": types["invoice"],
                "InvoiceReceipt": types["invoice_receipt"],
                "Receipt": paid(self.planned),
            }
        )
        for each in types:
            assert self.numbers(each) == list(range(1, types[each] + 1))
        assert self.emulator.control.verify() == []


@pytest.fixture
def scene(postgres: Postgres) -> Iterator[Scene]:
    with Emulator(rate_limit=None) as emulator, Scene(emulator, postgres, documents(COUNT)).open() as made:
        yield made


@pytest.fixture
def one_lane(postgres: Postgres) -> Iterator[Scene]:
    """Invoices only, so that the order of requests is known."""
    planned = [replace(each, type="invoice") for each in documents(COUNT)]
    with Emulator(rate_limit=None) as emulator, Scene(emulator, postgres, planned).open() as made:
        yield made


def test_a_lane_has_one_job_at_a_time(scene: Scene) -> None:
    assert [enter(scene.journal, RUN), enter(scene.postgres.url, RUN)] == [2, 0]
    jobs = scene.jobs()
    assert [job[1]["key"] for job in jobs] == ["C00000", "C00003"]
    assert [job[2] for job in jobs] == ["demo/invoice/DEMO", "demo/invoice_receipt/DEMO"]
    assert {job[3] for job in jobs} == {None}
    with scene.working():
        scene.wait(scene.is_done)
    assert scene.jobs() == []
    scene.assert_each_issued_once_in_order()
    assert enter(scene.journal, RUN) == 0


def test_a_document_that_waits_is_not_overtaken(one_lane: Scene) -> None:
    """Those after it wait with it."""
    one_lane.emulator.control.faults.add(Respond(503), "changeInvoiceState", nth=2, times=2)
    enter(one_lane.journal, RUN)
    with one_lane.working():
        one_lane.wait(one_lane.is_done)
    one_lane.assert_each_issued_once_in_order()
    tried = [each.attempts for each in one_lane.steps if each.attempts]
    assert tried == [1, 2]


def test_a_cause_that_stands_in_the_way_of_all_stops_the_run(scene: Scene) -> None:
    refused = Respond(422, {"errors": [{"error": "Document creation limit reached"}]})
    scene.emulator.control.faults.add(refused, "createInvoice", nth=2, times=None)
    enter(scene.journal, RUN)
    with scene.working():
        scene.wait(lambda: scene.journal.run(RUN).stopped and scene.jobs() == [])
        assert "Document creation limit reached" in str(scene.journal.run(RUN).stopped)
        scene.emulator.control.faults.clear()
        before = scene.journal.counts(RUN)
        assert before[State.FAILED] == 0
        assert before[State.WAITING] >= 5
        assert enter(scene.journal, RUN) >= 1
        scene.wait(scene.is_done)
    assert scene.journal.run(RUN).stopped is None
    scene.assert_each_issued_once_in_order()


def test_an_account_that_a_worker_cannot_use_stops_its_run(scene: Scene) -> None:
    def refuse(run: RunRecord) -> InvoiceXpress:
        raise ConfigurationError(f"no account {run.account_name} in the settings")

    enter(scene.journal, RUN)
    with scene.working(refuse):
        scene.wait(lambda: scene.journal.run(RUN).stopped)
    assert "no account demo in the settings" in str(scene.journal.run(RUN).stopped)
    assert scene.emulator.control.documents() == []


def test_a_document_that_failed_alone_is_set_aside_and_taken_up_again(scene: Scene) -> None:
    """All are of one day, since none can be issued after later ones."""
    day = documents(1)[0].date
    planned = [
        replace(each, date=day, fields={**each.fields, "date": day}, type="invoice", payment=None)
        for each in documents(COUNT)
    ]
    run = Run.start(scene.ix, scene.journal, planned, name="day", place="demo", account_name="demo")
    refused = Respond(422, {"errors": [{"error": "Client is not valid"}]})
    scene.emulator.control.faults.add(refused, "createInvoice", nth=3)
    enter(scene.journal, "day")
    with scene.working():
        scene.wait(lambda: scene.journal.counts("day")[State.DONE] == COUNT - 1)
        failed = scene.journal.documents("day", State.FAILED)
        assert [each.key for each in failed] == ["C00002"]
        assert "Client is not valid" in str(failed[0].message)
        run.look_again()
        assert enter(scene.journal, "day") == 1
        scene.wait(lambda: scene.journal.counts("day")[State.DONE] == COUNT)
    numbers = [int(str(each.number).rpartition("/")[2]) for each in run.documents()]
    assert numbers == [1, 2, 8, 3, 4, 5, 6, 7]


def test_a_job_that_is_handed_out_twice_issues_one_document(scene: Scene) -> None:
    """At the same moment, since the copies have no lock."""
    enter(scene.journal, RUN)
    with scene.postgres.connection() as connection:
        for _ in range(2):
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) SELECT queue_name,"
                " task_name, priority, args FROM procrastinate_jobs WHERE lock IS NOT NULL"
            )
    with scene.working():
        scene.wait(lambda: scene.is_done() and not scene.jobs())
    scene.assert_each_issued_once_in_order()


def test_the_engine_s_tables_may_be_lost(scene: Scene) -> None:
    enter(scene.journal, RUN)
    with scene.working():
        scene.wait(lambda: scene.journal.counts(RUN)[State.DONE] >= 2)
    with scene.postgres.connection() as connection:
        connection.execute("TRUNCATE procrastinate_jobs CASCADE")
    assert enter(scene.journal, RUN) >= 1
    with scene.working():
        scene.wait(scene.is_done)
    scene.assert_each_issued_once_in_order()


def test_sigterm_ends_the_step_under_way_and_gives_the_rest_back(one_lane: Scene) -> None:
    one_lane.emulator.control.faults.add(Delay(SETTLED_AFTER), "createInvoice", nth=2)
    enter(one_lane.journal, RUN)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.billing.a_worker", one_lane.postgres.url, one_lane.emulator.base_url],
        cwd=ROOT,
    )
    try:
        one_lane.wait(lambda: one_lane.journal.document(RUN, "C00001").is_begun)
        process.terminate()
        assert process.wait(DEADLINE) == 0
    finally:
        process.kill()
        process.wait()
    document = one_lane.journal.document(RUN, "C00001")
    assert (document.state, document.done, document.is_begun, document.owner) == (
        State.WAITING,
        1,
        False,
        None,
    )
    assert [job[1]["key"] for job in one_lane.jobs() if job[2] == "demo/invoice/DEMO"] == ["C00001"]
    with one_lane.working():
        one_lane.wait(one_lane.is_done)
    one_lane.assert_each_issued_once_in_order()


def test_two_runs_in_one_serie_go_in_order_of_dates(scene: Scene) -> None:
    """The one that was entered later has the earlier date, and goes first."""
    planned = documents(3)
    records = [
        Run.start(
            scene.ix,
            scene.journal,
            [each],
            name=name,
            place="demo",
            account_name="demo",
        )
        for name, each in (("late", planned[2]), ("early", planned[0]))
    ]
    for each in records:
        enter(scene.journal, each.record.name)
    with scene.working():
        scene.wait(lambda: all(scene.journal.counts(each.record.name)[State.DONE] for each in records))
    numbers = [str(each.documents()[0].number).rpartition("/")[2] for each in records]
    assert numbers == ["2", "1"]


def test_a_stop_in_the_wait_for_a_late_payment_pays_nothing(scene: Scene) -> None:
    """The next process waits for the rest of the time."""
    work = Work(scene.ix, scene.journal, Path(), timedelta(hours=1), sleep=lambda _: None)
    first = scene.journal.documents(RUN)[0]
    mine = scene.journal.claim(first, owner())
    assert mine is not None
    begun = scene.journal.begin(drive(work, mine, steps=(Step.CREATE, Step.FINALIZE)))
    assert advance(work, begun) == begun
    assert scene.journal.document(RUN, first.key).is_begun
    assert [each.type for each in scene.emulator.control.documents()] == ["Invoice"]
    paid = advance(replace(work, settled_after=timedelta(0)), begun)
    assert paid.state is State.DONE
    assert [each.type for each in scene.emulator.control.documents()] == ["Receipt", "Invoice"]


@pytest.mark.parametrize(
    "given", [{"at_once": 0}, {"heartbeat": 0.0}, {"heartbeat": 5.0, "takeover": 6.0}], ids=str
)
def test_settings_that_cannot_work(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        work("postgresql://127.0.0.1/x", lambda _: InvoiceXpress("demo", "demo-key"), **given)
