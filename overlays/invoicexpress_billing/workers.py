"""Billing runs on many machines: workers share a journal in PostgreSQL, and procrastinate hands out the work.

    journal = Journal("postgresql://billing@db/billing")
    run = Run.start(ix, journal, plan.documents, name="2026-11", account_name="acme", ...)
    enter(journal, "2026-11")                       # once, on any machine

    work("postgresql://billing@db/billing", client_of)   # on each machine, until SIGTERM

One job issues one document. Its lock is the account, type and série, so one worker at a time issues there.
The job for the next document is entered when this one is issued: in order of dates, whatever fails. What
follows, such as the payment, is a job without a lock.

The journal alone says what is done. The engine may hand out a job twice, after a worker died or was cut off;
the second one finds a claim, or a document that needs nothing. So the engine's tables may even be lost: enter
the run again.

Comes with the extra `postgres`.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import procrastinate
import psycopg
import sqlalchemy as sa
from invoicexpress import InvoiceXpress, InvoiceXpressError
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker as UntypedWorker
from sqlalchemy.dialects.postgresql import JSONB

from .advance import SETTLED_AFTER, Work, advance
from .database import connection_settings
from .errors import JournalError, RunStoppedError
from .journal import STALE, Journal
from .owners import owner
from .planned import ISSUING, Step
from .records import DocumentRecord, RunRecord, State
from .runs import OnStep, alive

LOGGER: Final = logging.getLogger("invoicexpress")

HEARTBEAT: Final = 5.0
"""Seconds between two signs of life of a worker."""
TAKEOVER: Final = 20.0
"""Seconds without a sign of life, after which others take over a worker's jobs."""

QUEUE: Final = "invoicexpress-billing"
_ISSUE: Final = "invoicexpress_billing:issue"
_FOLLOW_UP: Final = "invoicexpress_billing:follow_up"
_TAKE_OVER: Final = "invoicexpress_billing:take_over"
_POLL: Final = 1.0
"""Seconds until a worker looks for a job whose pause is over, since nothing announces it."""
_BUSY: Final = 1.0
"""Seconds until a job is handed out again, whose document another process has."""
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 300.0
"""Seconds. The pause doubles after each attempt without effect."""

_OTHER_THREADS: Final = 4
"""For the event loop itself, which looks up names in threads."""
_CONNECT_WITHIN: Final = 10.0
_WATCH: Final = 0.05
"""Seconds between looks at what ends a worker."""

# Its `run` and `stop` have no annotations.
Worker: Final[Any] = UntypedWorker

T = TypeVar("T")
Place = tuple[str, str]
AccountOf = Callable[[RunRecord], InvoiceXpress]
"""Makes the client for a run, from its `account_name`; called once for each account. It raises
ConfigurationError if the settings here have another account than the run's `place`.
"""

_JOBS: Final = sa.table(
    "procrastinate_jobs",
    sa.column("id", sa.BigInteger),
    sa.column("task_name", sa.Text),
    sa.column("status", sa.Text),
    sa.column("args", JSONB),
)
"""The engine's table, to read which jobs wait."""


def enter(journal: Journal | str, name: str) -> int:
    """Hands a run to the workers, also after it stopped or was looked at again. Returns the new jobs.

    `journal` may be its address. May be called again at any time: a document that has a job gets no other
    one. Raises JournalError for an unknown run, and for a journal that is not in PostgreSQL.
    """
    if isinstance(journal, str):
        with contextlib.closing(_opened(journal)) as opened:
            return enter(opened, name)
    if not journal.is_shared:
        raise JournalError(_NEEDS_POSTGRESQL)
    run = journal.run(name)
    journal.transact(_prepare)

    def work(connection: sa.Connection) -> int:
        _lock(connection, name)
        journal.go_on(connection, name)
        added = sum(
            _enter_lane(journal, connection, run, lane) for lane in journal.lanes_to_issue(connection, run)
        )
        present = _waiting_jobs(connection, _FOLLOW_UP, run=name)
        missing = [key for key in journal.issued(connection, run) if key not in present]
        _defer(connection, [_follow_up(run, key) for key in missing])
        return added + len(missing)

    return journal.transact(work)


def work(
    database: str,
    account_of: AccountOf,
    *,
    at_once: int = 4,
    heartbeat: float = HEARTBEAT,
    takeover: float = TAKEOVER,
    settled_after: datetime.timedelta = SETTLED_AFTER,
    folder: Path | None = None,
    on_step: OnStep | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Works on all runs of a database until SIGTERM, SIGINT or `stop`, and then ends the steps under way.

    A document whose step has no effect for now is tried again after a pause that grows up to five minutes;
    the documents after it wait. A cause that stands in the way of all documents stops the run, for all
    workers: remove it, then `enter` the run again. While the database is away, the worker waits for it.

    Args:
        database: `postgresql://USER:PASSWORD@HOST/NAME`.
        account_of: Makes the client of a run's account. Give the clients one `Pace(redis=...)`, so that all
            workers together keep an account's limit.
        at_once: Documents at the same time. Each needs three connections to the database at most.
        heartbeat: Seconds between two signs of life.
        takeover: Seconds without one, after which the others take over: two heartbeats or more, the same on
            all machines.
        settled_after: After this time a payment that a dead worker began would be seen.
        folder: Where PDFs go, instead of the run's own folder: each run has a folder of its name there, since
                accounts may have the same numbers.
        on_step: Called after each step, from the thread that took it.
        stop: Another way to end it; any thread may set it.

    Raises JournalError when the database refuses, or does not answer at the start.
    """
    if at_once < 1 or heartbeat <= 0 or takeover < 2 * heartbeat:
        raise ValueError("work: at_once: 1 or more; heartbeat: more than 0; takeover: two heartbeats or more")
    journal = _opened(database, datetime.timedelta(seconds=takeover))
    stopping = stop or threading.Event()
    hands = _Hands(journal, account_of, settled_after, folder, on_step, stopping)
    engine = _Engine(database, hands, at_once, heartbeat, takeover)
    try:
        journal.transact(_prepare)
        with _signals(stopping), alive(journal, hands.me, heartbeat):
            asyncio.run(engine.run())
    finally:
        hands.close()
        journal.close()


def _opened(database: str, stale: datetime.timedelta = STALE) -> Journal:
    journal = Journal(database, stale=stale)
    if not journal.is_shared:
        journal.close()
        raise JournalError(_NEEDS_POSTGRESQL)
    return journal


_NEEDS_POSTGRESQL: Final = "workers need a journal in PostgreSQL: --database postgresql://USER@HOST/NAME"


# The jobs of a run. All of these run inside a transaction, under the run's lock.


def _prepare(connection: sa.Connection) -> None:
    """Makes the engine's tables."""
    _lock(connection, "")
    if connection.execute(sa.select(sa.func.to_regclass(_JOBS.name))).scalar() is None:
        _driver(connection).execute(SchemaManager.get_schema())


def _lock(connection: sa.Connection, name: str) -> None:
    """One process at a time changes the jobs of a run. The transaction's end frees it."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"{QUEUE}/{name}"))))


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def _waiting_jobs(connection: sa.Connection, task: str, **args: str) -> set[str]:
    """The keys of the jobs with some arguments that no worker has begun.

    One that was begun does not count: it may be about to end without a look at what has changed since.
    """
    query = sa.select(_JOBS.c.args["key"].astext).where(
        _JOBS.c.task_name == task,
        sa.cast(_JOBS.c.status, sa.Text) == "todo",
        *(_JOBS.c.args[name].astext == value for name, value in args.items()),
    )
    # No worker takes one of them before the transaction ends, so it finds what the transaction changed.
    query = query.with_for_update()
    return set(connection.execute(query).scalars())


def _enter_lane(journal: Journal, connection: sa.Connection, run: RunRecord, lane: str) -> int:
    """Enters the job for a lane's next document, unless one waits.

    Only the next one: the engine compares all jobs of a lock with each other, which takes it 12 s for each
    hand-out when 30,000 wait (measured).
    """
    document = journal.first_to_issue(connection, run, lane)
    if document is None or _waiting_jobs(connection, _ISSUE, run=run.name, lane=lane):
        return 0
    job = Job(
        queue=QUEUE,
        task_name=_ISSUE,
        task_kwargs={"run": run.name, "lane": lane, "key": document.key},
        lock=f"{run.place}/{lane}",
        # A retried job would collide with another one of the same queueing lock.
        queueing_lock=None,
        # The earliest date first, also of several runs in one série.
        priority=-document.planned.date.toordinal(),
    )
    _defer(connection, [job])
    return 1


def _follow_up(run: RunRecord, key: str) -> Job:
    return Job(
        queue=QUEUE,
        task_name=_FOLLOW_UP,
        task_kwargs={"run": run.name, "key": key},
        lock=None,
        queueing_lock=None,
    )


def _defer(connection: sa.Connection, jobs: list[Job]) -> None:
    manager = JobManager(procrastinate.SyncPsycopgConnector())
    for first in range(0, len(jobs), 1000):
        manager.batch_defer_jobs(jobs[first : first + 1000], connection=_driver(connection))


# What a job does.


class _LaterError(Exception):
    """Hand the job out again, after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class _Again(BaseRetryStrategy):
    """A job is handed out until its document needs it no more."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = (
            exception.seconds
            if isinstance(exception, _LaterError)
            else min(2.0 ** min(job.attempts, 10), 60.0)
        )
        if not isinstance(exception, _LaterError):
            LOGGER.error("billing: %s: %s: again in %.0f s", job.call_string, exception, seconds)
        if seconds <= 0:
            return RetryDecision()
        return RetryDecision(
            retry_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
        )


@dataclass(frozen=True, slots=True)
class _Hands:
    """Takes the steps of a job's document."""

    journal: Journal
    account_of: AccountOf
    settled_after: datetime.timedelta
    folder: Path | None
    on_step: OnStep | None
    stopping: threading.Event
    me: str = field(default_factory=owner)
    _clients: dict[Place, InvoiceXpress] = field(default_factory=dict[Place, InvoiceXpress])
    _held: set[Place] = field(default_factory=set[Place])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        """Closes the clients."""
        for client in self._clients.values():
            client.close()

    def issue(self, run: str, lane: str, key: str) -> None:
        """Issues the document, then enters the jobs for what follows it, and for the next one of the lane."""
        record = self.journal.run(run)
        if record.stopped is not None:
            return
        # A document that was taken up again comes first, since it has the earlier date.
        first = self.journal.transact(
            lambda connection: self.journal.first_to_issue(connection, record, lane)
        )
        keys = {key} if first is None else {key, first.key}
        try:
            if first is not None:
                self._advance(record, first, ISSUING)
        except RunStoppedError as error:
            self.journal.stop(run, str(error))
            return

        def follow(connection: sa.Connection) -> None:
            _lock(connection, run)
            left = keys.intersection(self.journal.issued(connection, record, keys))
            present = _waiting_jobs(connection, _FOLLOW_UP, run=run) if left else set[str]()
            _defer(connection, [_follow_up(record, each) for each in left - present])
            _enter_lane(self.journal, connection, record, lane)

        self.journal.transact(follow)

    def follow_up(self, run: str, key: str) -> None:
        """Pays, mails and fetches an issued document."""
        record = self.journal.run(run)
        if record.stopped is not None:
            return
        document = self.journal.document(run, key)
        if document.state is not State.WAITING or document.step in ISSUING:
            return
        try:
            self._advance(record, document, frozenset(Step))
        except RunStoppedError as error:
            self.journal.stop(run, str(error))

    def _advance(self, run: RunRecord, document: DocumentRecord, steps: frozenset[Step]) -> None:
        """Takes a document through some steps. Raises _LaterError if that has to go on later."""
        with self._claimed(document) as mine:
            work = Work(
                self._client(run),
                self.journal,
                Path(run.folder) if self.folder is None else self.folder / run.name,
                self.settled_after,
                self.stopping.wait,
            )
            now = mine
            while now.state is State.WAITING and now.step in steps:
                if self.stopping.is_set():
                    raise _LaterError(0)
                attempts = now.attempts
                now = advance(work, now)
                if self.on_step is not None:
                    self.on_step(now)
                if now.attempts > attempts:
                    raise _LaterError(min(_FIRST_PAUSE * 2 ** min(attempts, 20), _LONGEST_PAUSE))

    @contextlib.contextmanager
    def _claimed(self, document: DocumentRecord) -> Generator[DocumentRecord, None, None]:
        """The document for this job; another one of this process cannot have it either."""
        place = (document.run, document.key)
        with self._lock:
            if place in self._held:
                raise _LaterError(_BUSY)
            self._held.add(place)
        try:
            mine = self.journal.claim(document, self.me)
            if mine is None:
                raise _LaterError(_BUSY)
            try:
                yield mine
            finally:
                self.journal.release(mine, self.me)
        finally:
            with self._lock:
                self._held.discard(place)

    def _client(self, run: RunRecord) -> InvoiceXpress:
        with self._lock:
            place = (run.account_name, run.place)
            if place not in self._clients:
                try:
                    self._clients[place] = self.account_of(run)
                except InvoiceXpressError as error:
                    raise RunStoppedError(
                        f"the account {run.account_name} of the run {run.name} cannot be used here: {error}; "
                        "correct the settings of every worker, and start the run again"
                    ) from error
            return self._clients[place]


# The engine.


class _Connector(procrastinate.PsycopgConnector):
    """Reports each fault of the database: after one the engine may have jobs that it does not know of."""

    def __init__(self, database: str, on_fault: Callable[[], object], size: int) -> None:
        address = sa.make_url(database).set(drivername="postgresql")
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            conninfo=address.render_as_string(hide_password=False),
            kwargs=connection_settings(address),
            min_size=1,
            max_size=size,
            timeout=_CONNECT_WITHIN,
        )
        self._on_fault = on_fault

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        await self._reported(super().execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        return await self._reported(super().execute_query_one_async(query, **arguments))

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        return await self._reported(super().execute_query_all_async(query, **arguments))

    async def _reported(self, query: Awaitable[T]) -> T:
        try:
            return await query
        except ConnectorException as error:
            # The engine's own functions raise this for a job that another worker has ended or taken over.
            if not isinstance(error.__cause__, psycopg.errors.RaiseException):
                self._on_fault()
            raise


@dataclass(slots=True)
class _Engine:
    """Runs workers of the engine, and new ones after each fault of the database.

    An answer that is lost on the way leaves a job with a worker that does not know of it. So after a fault
    each worker ends and is struck off; then its jobs belong to none, and are handed out again.
    """

    database: str
    hands: _Hands
    at_once: int
    heartbeat: float
    takeover: float
    _gone: list[int] = field(default_factory=list[int])

    async def run(self) -> None:
        """Until it is to stop."""
        threads = ThreadPoolExecutor(self.at_once + _OTHER_THREADS, "billing-worker")
        asyncio.get_running_loop().set_default_executor(threads)
        while not self.hands.stopping.is_set():
            try:
                await self._round()
            except (ConnectorException, psycopg.Error, OSError) as error:
                LOGGER.warning("billing: the database does not answer, the worker waits for it: %s", error)
                await self._pause(_POLL)

    async def _pause(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        while not self.hands.stopping.is_set() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(_WATCH)

    async def _round(self) -> None:
        fault = asyncio.Event()
        app = procrastinate.App(connector=_Connector(self.database, fault.set, self.at_once + 2))
        self._register(app)
        # One worker for each document at a time: a worker looks for its next job as soon as one is done, but
        # one with room left would look again after a pause only.
        workers = [
            Worker(
                app,
                queues=[QUEUE],
                concurrency=1,
                fetch_job_polling_interval=_POLL,
                abort_job_polling_interval=60.0,
                delete_jobs="always",
                install_signal_handlers=False,
                update_heartbeat_interval=self.heartbeat,
                stalled_worker_timeout=self.takeover,
            )
            for _ in range(self.at_once)
        ]
        try:
            await app.open_async()
            while self._gone:
                await app.job_manager.unregister_worker(self._gone[-1])
                self._gone.pop()
            tasks = [asyncio.create_task(worker.run()) for worker in workers]
            try:
                await asyncio.sleep(_WATCH)
                while not (
                    self.hands.stopping.is_set() or fault.is_set() or any(task.done() for task in tasks)
                ):
                    await asyncio.sleep(_WATCH)
            finally:
                for worker in workers:
                    worker.stop()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
                self._gone += [worker.worker_id for worker in workers if worker.worker_id is not None]
        finally:
            await app.close_async()
        for error in ended:
            if isinstance(error, Exception):
                raise error

    def _register(self, app: procrastinate.App) -> None:
        hands = self.hands

        @app.task(name=_ISSUE, queue=QUEUE, retry=_Again())
        async def issue(**args: str) -> None:
            await asyncio.to_thread(hands.issue, **args)

        @app.task(name=_FOLLOW_UP, queue=QUEUE, retry=_Again())
        async def follow_up(**args: str) -> None:
            await asyncio.to_thread(hands.follow_up, **args)

        # Without a lock, which a dead worker would keep.
        @app.periodic(cron=f"* * * * * */{min(30, max(1, int(self.takeover / 4)))}")
        @app.task(name=_TAKE_OVER, queue=QUEUE, priority=1)
        async def take_over(timestamp: int) -> None:
            manager = app.job_manager
            for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self.takeover):
                # Another worker may have taken it over at the same moment.
                with contextlib.suppress(ConnectorException):
                    if job.task_name == _TAKE_OVER:
                        await manager.finish_job(job, Status.FAILED, delete_job=True)
                    else:
                        LOGGER.warning("billing: takes over %s from a worker that is gone", job.call_string)
                        await manager.retry_job(job)


@contextlib.contextmanager
def _signals(stopping: threading.Event) -> Generator[None, None, None]:
    """SIGTERM and SIGINT end the work, in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        stopping.set()

    before: Mapping[signal.Signals, Any] = {
        each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


__all__ = ["HEARTBEAT", "TAKEOVER", "AccountOf", "enter", "work"]
