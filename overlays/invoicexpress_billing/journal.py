"""The journal of billing runs: what each document is to become, and each step, before and after it.

One code for two databases, SQLite and PostgreSQL (SQLAlchemy Core). Each change is one short transaction that
may be repeated: when the connection to the database breaks, it is made again until the database is back.

Machines may disagree about the time, so in PostgreSQL the server's clock tells the age of a claim.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import socket
import stat
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from .errors import ClaimLostError, JournalError
from .planned import ISSUING, PlannedDocument, Step

T = TypeVar("T")

SCHEMA_VERSION: Final = 1
STALE: Final = datetime.timedelta(seconds=30)
"""After which a claim is taken over from an owner that no longer says that it lives."""
ALIVE_EVERY: Final = 5.0
"""Seconds between two times that an owner says so."""
_PATIENCE: Final = 120.0
"""Most seconds to wait for the database to come back."""
_PATIENCE_AT_FIRST: Final = 30.0
"""The same while it is opened: the address may be wrong."""
_PAUSE: Final = 0.2

_SCHEMA: Final = sa.MetaData()
_VERSION: Final = sa.Table("billing_schema", _SCHEMA, sa.Column("version", sa.Integer, primary_key=True))
_RUNS: Final = sa.Table(
    "billing_runs",
    _SCHEMA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("account_name", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("steps", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("begun_at", sa.Text, nullable=False),
    sa.Column("stopped", sa.Text),
)
_DOCUMENTS: Final = sa.Table(
    "billing_documents",
    _SCHEMA,
    sa.Column("run", sa.Text, sa.ForeignKey("billing_runs.name"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("planned", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("is_begun", sa.Boolean, nullable=False),
    sa.Column("begun_at", sa.Text),
    sa.Column("id", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("atcud", sa.Text),
    sa.Column("total", sa.Text),
    sa.Column("message", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("owner_seen", sa.Text),
    sa.Index("billing_documents_by_place", "run", "place"),
    sa.Index("billing_documents_by_lane", "run", "lane", "state", "place"),
)
_STEPS: Final = sa.Table(
    "billing_steps",
    _SCHEMA,
    sa.Column(
        "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Index("billing_steps_by_document", "run", "key"),
)


class State(StrEnum):
    """Where a document stands."""

    WAITING = "waiting"
    """Its next step can be taken."""
    DONE = "done"
    """All its steps are done."""
    FAILED = "failed"
    """Refused, and set aside: correct the cause, then `retry`."""
    UNKNOWN = "unknown"
    """A step may or may not have been carried out: `retry` looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run as the journal has it."""

    name: str
    """Its name, which begins the `proprietary_uid` of each document."""
    place: str
    """Account and address, without the key."""
    account_name: str
    """The account in the user's settings, for workers."""
    source: str
    """The file's name."""
    digest: str
    """SHA-256 of the planned documents."""
    steps: tuple[Step, ...]
    """The steps that its documents take, in their order."""
    folder: str
    """Where PDFs go."""
    begun_at: datetime.datetime
    """When it was entered into the journal, in UTC."""
    stopped: str | None = None
    """Why it stopped, with the remedy."""

    @property
    def issuing(self) -> int:
        """The number of its steps that go in order of dates within a lane; they come first."""
        return sum(step in ISSUING for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A document as the journal has it."""

    run: str
    """Name of its run."""
    planned: PlannedDocument
    """The document as the file has it."""
    place: int
    """Its turn in the run, by date."""
    steps: tuple[Step, ...]
    """The steps of the run that this document takes, in their order."""
    state: State = State.WAITING
    """Whether its next step can be taken, and if not, why."""
    done: int = 0
    """Number of steps that are done."""
    is_begun: bool = False
    """Whether the next step was begun, and its end is not recorded: the process died in it."""
    begun_at: datetime.datetime | None = None
    """When the next step was begun, in UTC; None while it is not."""
    id: int | None = None
    """The document's id at the service; None until it is created."""
    number: str | None = None
    """Its legal number, such as `FT A/12`; None until it is issued."""
    atcud: str | None = None
    """Its unique code, such as `ABCD1234-12`; None until it is issued."""
    total: Decimal | None = None
    """Its total with VAT in EUR, as the service says it; None until it is created."""
    message: str | None = None
    """What went wrong, or the last success worth a note."""
    attempts: int = 0
    """Failed attempts of the next step."""
    owner: str | None = field(default=None, repr=False)
    """The process that works on it (machine, process number and a random part); None while it is free."""

    @property
    def key(self) -> str:
        """The row's key."""
        return self.planned.key

    @property
    def uid(self) -> str:
        """The document's `proprietary_uid`, from run and row: the same in every process and journal."""
        return f"{self.run}/{self.key}"

    @property
    def lane(self) -> str:
        """Documents of one lane are issued one after the other, in order of their dates."""
        return self.planned.lane

    @property
    def step(self) -> Step | None:
        """The next step; None when all are done."""
        return self.steps[self.done] if self.done < len(self.steps) else None


def owner() -> str:
    """A name for this process, with which others can tell whether it lives."""
    return f"{_machine()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@functools.cache
def _machine() -> str:
    """Where this process's number means something: containers may share the name of their machine."""
    parts = [socket.gethostname()]
    if Path("/proc/self/ns/pid").is_symlink():
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii")[:8])
        parts.append(os.readlink("/proc/self/ns/pid")[len("pid:[") : -1])
    return "/".join(parts)


def is_dead(name: str) -> bool:
    """Whether an owner was a process of this machine that has ended."""
    machine, pid, _ = name.rsplit(":", 2)
    if machine != _machine() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def now() -> datetime.datetime:
    """This moment."""
    return datetime.datetime.now(datetime.UTC)


class Journal:
    """The runs in one database. Threads may share it."""

    def __init__(
        self, url: str | Path, *, patience: float = _PATIENCE, stale: datetime.timedelta = STALE
    ) -> None:
        """Opens a database, or a file of SQLite, and makes its tables.

        Args:
            url: Path of a file of SQLite, or `postgresql://USER:PASSWORD@HOST/NAME`.
            patience: Seconds to wait for a database that is away; 30 at most while it is opened.
            stale: Age of a claim after which its owner counts as dead; each process judges by its own.

        Raises JournalError for a journal of another version, a file that others may read, an address that is
        none, or a database that does not answer.
        """
        self._engine = _engine(url)
        self._stale = stale
        self._patience = min(patience, _PATIENCE_AT_FIRST)
        self.transact(self._prepare)
        self._patience = patience

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()

    def _prepare(self, connection: sa.Connection) -> None:
        try:
            with connection.begin_nested():
                _SCHEMA.create_all(connection)
        except DBAPIError:
            # Another process made them at the same moment.
            if not sa.inspect(connection).has_table(_STEPS.name):
                raise
        found = connection.execute(sa.select(_VERSION.c.version)).scalar()
        if found is None:
            try:
                with connection.begin_nested():
                    connection.execute(_VERSION.insert().values(version=SCHEMA_VERSION))
            except IntegrityError:
                return
        elif found != SCHEMA_VERSION:
            raise JournalError(
                f"the journal has version {found}, and this program writes version {SCHEMA_VERSION}; "
                "use the invoicexpress that made it, or another --journal"
            )

    @property
    def is_shared(self) -> bool:
        """Whether other machines can use it: it is in PostgreSQL."""
        return self._engine.dialect.name == "postgresql"

    def transact(self, work: Callable[[sa.Connection], T]) -> T:
        """One transaction, made again after a broken connection, so `work` may run twice.

        Raises JournalError when the database refuses, or stays away.
        """
        until = time.monotonic() + self._patience
        while True:
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except (DBAPIError, PoolTimeoutError) as error:
                if not _is_passing(error):
                    raise JournalError(f"the journal's database refuses: {_reason(error)}") from None
                if time.monotonic() >= until:
                    raise JournalError(
                        f"the journal's database does not answer: {_reason(error)}; "
                        "start it, then run the command again"
                    ) from None
            time.sleep(_PAUSE)

    def now(self) -> datetime.datetime:
        """This moment by the clock of the database, which all machines share."""
        return self.transact(_moment) if self.is_shared else now()

    # Runs

    def add(self, run: RunRecord, documents: Sequence[PlannedDocument]) -> RunRecord:
        """Enters a run with its documents, in order of their dates. Returns the run that is there already.

        Raises JournalError when a run of that name is of another file, account, or other steps.
        """
        ordered = sorted(enumerate(documents), key=lambda each: (each[1].date, each[0]))

        def work(connection: sa.Connection) -> RunRecord:
            present = _run(connection, run.name)
            if present is not None:
                return _same(present, run)
            try:
                with connection.begin_nested():
                    connection.execute(_RUNS.insert().values(**_run_row(run)))
            except IntegrityError:
                entered = _run(connection, run.name)
                if entered is None:
                    raise
                return _same(entered, run)
            rows = [
                {
                    "run": run.name,
                    "key": planned.key,
                    "place": place,
                    "planned": planned.to_json(),
                    "lane": planned.lane,
                    "state": State.WAITING,
                    "done": 0,
                    "is_begun": False,
                    "attempts": 0,
                }
                for place, (_, planned) in enumerate(ordered)
            ]
            for first in range(0, len(rows), 1000):
                connection.execute(_DOCUMENTS.insert(), rows[first : first + 1000])
            return run

        return self.transact(work)

    def runs(self) -> list[RunRecord]:
        """All runs, the latest first."""
        query = sa.select(_RUNS).order_by(_RUNS.c.begun_at.desc(), _RUNS.c.name)
        return self.transact(lambda connection: [_run_of(row) for row in connection.execute(query)])

    def run(self, name: str) -> RunRecord:
        """A run. Raises JournalError for an unknown name."""
        found = self.transact(lambda connection: _run(connection, name))
        if found is None:
            known = ", ".join(each.name for each in self.runs()) or "none"
            raise JournalError(f"{name}: no such run in this journal; it has {known}")
        return found

    def stop(self, name: str, reason: str | None) -> None:
        """Records why a run stopped, or that it goes on."""
        self.transact(lambda connection: _stop(connection, name, reason))

    def go_on(self, connection: sa.Connection, name: str) -> None:
        """Records that a run goes on, inside a transaction of `transact`."""
        _stop(connection, name, None)

    # Documents

    def documents(self, run: str, *states: State) -> list[DocumentRecord]:
        """The documents of a run in order, or those in some states."""
        steps = self.run(run).steps
        query = sa.select(_DOCUMENTS).where(_DOCUMENTS.c.run == run).order_by(_DOCUMENTS.c.place)
        if states:
            query = query.where(_DOCUMENTS.c.state.in_(states))
        return self.transact(
            lambda connection: [_document_of(row, steps) for row in connection.execute(query)]
        )

    def document(self, run: str, key: str) -> DocumentRecord:
        """A document. Raises JournalError for an unknown key."""
        steps = self.run(run).steps
        query = sa.select(_DOCUMENTS).where(_DOCUMENTS.c.run == run, _DOCUMENTS.c.key == key)
        row = self.transact(lambda connection: connection.execute(query).first())
        if row is None:
            raise JournalError(f"{key}: no such document in the run {run}")
        return _document_of(row, steps)

    def counts(self, run: str) -> dict[State, int]:
        """The number of documents in each state."""
        query = (
            sa.select(_DOCUMENTS.c.state, sa.func.count())
            .where(_DOCUMENTS.c.run == run)
            .group_by(_DOCUMENTS.c.state)
        )
        rows = self.transact(lambda connection: connection.execute(query).all())
        found: dict[str, int] = {row[0]: row[1] for row in rows}
        return {state: found.get(state, 0) for state in State}

    def history(self, run: str, key: str) -> list[tuple[str, str, str, str | None]]:
        """Step, phase, time and detail of all that was recorded of a document."""
        query = (
            sa.select(_STEPS.c.step, _STEPS.c.phase, _STEPS.c.at, _STEPS.c.detail)
            .where(_STEPS.c.run == run, _STEPS.c.key == key)
            .order_by(_STEPS.c.number)
        )
        return self.transact(lambda connection: [tuple(row) for row in connection.execute(query)])

    # What is left to do, inside a transaction of `transact`

    def first_to_issue(self, connection: sa.Connection, run: RunRecord, lane: str) -> DocumentRecord | None:
        """The first document of a lane that waits to be issued."""
        query = self._to_issue(run).where(_DOCUMENTS.c.lane == lane).order_by(_DOCUMENTS.c.place).limit(1)
        row = connection.execute(query).first()
        return None if row is None else _document_of(row, run.steps)

    def lanes_to_issue(self, connection: sa.Connection, run: RunRecord) -> list[str]:
        """The lanes with documents that wait to be issued."""
        lanes = (
            self._to_issue(run).with_only_columns(_DOCUMENTS.c.lane).distinct().order_by(_DOCUMENTS.c.lane)
        )
        return list(connection.execute(lanes).scalars())

    def issued(
        self, connection: sa.Connection, run: RunRecord, among: Iterable[str] | None = None
    ) -> list[str]:
        """The keys of documents, or of some, that are issued and wait to be paid, mailed or fetched."""
        table = _DOCUMENTS
        query = sa.select(table.c.key).where(
            table.c.run == run.name, table.c.state == State.WAITING, table.c.done >= run.issuing
        )
        if among is not None:
            query = query.where(table.c.key.in_(list(among)))
        return list(connection.execute(query.order_by(table.c.place)).scalars())

    @staticmethod
    def _to_issue(run: RunRecord) -> sa.Select[Any]:
        table = _DOCUMENTS
        return sa.select(table).where(
            table.c.run == run.name, table.c.state == State.WAITING, table.c.done < run.issuing
        )

    # Claims: one process works on a document at a time.

    def claim(self, document: DocumentRecord, by: str) -> DocumentRecord | None:
        """The document as it is now, for one owner; None while another one that lives has it."""
        table = _DOCUMENTS
        here = (table.c.run == document.run) & (table.c.key == document.key)

        def work(connection: sa.Connection) -> DocumentRecord | None:
            holder = connection.execute(sa.select(table.c.owner).where(here)).scalar()
            free = table.c.owner.is_(None) | (table.c.owner == by)
            moment = _moment(connection)
            # While the database was away no owner could say that it lives.
            if _up_since(connection) < moment - self._stale:
                free |= table.c.owner_seen < _text(moment - self._stale)
            if holder is not None and is_dead(holder):
                free |= table.c.owner == holder
            taken = connection.execute(
                table.update().where(here & free).values(owner=by, owner_seen=_text(moment))
            )
            if taken.rowcount == 0:
                return None
            row = connection.execute(sa.select(table).where(here)).one()
            return replace(_document_of(row, ()), steps=document.steps)

        return self.transact(work)

    def release(self, document: DocumentRecord, by: str) -> None:
        """Gives a document back."""
        table = _DOCUMENTS
        change = (
            table.update()
            .where(table.c.run == document.run, table.c.key == document.key, table.c.owner == by)
            .values(owner=None, owner_seen=None)
        )
        self.transact(lambda connection: connection.execute(change))

    def say_alive(self, by: str) -> None:
        """Keeps the claims of an owner."""
        mine = _DOCUMENTS.update().where(_DOCUMENTS.c.owner == by)
        self.transact(
            lambda connection: connection.execute(mine.values(owner_seen=_text(_moment(connection))))
        )

    # Steps

    def begin(self, document: DocumentRecord) -> DocumentRecord:
        """Records that the next step begins, before anything is sent."""
        at = self.now()
        self._record(document, "intent", None, is_begun=True, begun_at=_text(at))
        return replace(document, is_begun=True, begun_at=at)

    def finish(self, document: DocumentRecord, **result: Any) -> DocumentRecord:
        """Records that the next step is done, with its `id`, `number`, `atcud`, `total` and `message`."""
        done = document.done + 1
        state = State.DONE if done == len(document.steps) else State.WAITING
        given = {"message": None, **result}
        self._record(
            document, "result", given, **_columns(given), done=done, state=state, is_begun=False, attempts=0
        )
        return replace(document, **given, done=done, state=state, is_begun=False, begun_at=None, attempts=0)

    def postpone(self, document: DocumentRecord, message: str) -> DocumentRecord:
        """Records an attempt without effect: the step is taken again."""
        attempts = document.attempts + 1
        self._record(
            document, "postponed", {"message": message}, is_begun=False, attempts=attempts, message=message
        )
        return replace(document, is_begun=False, begun_at=None, attempts=attempts, message=message)

    def set_aside(self, document: DocumentRecord, state: State, message: str) -> DocumentRecord:
        """Records that a document failed, or that a result is unknown."""
        is_begun = state is State.UNKNOWN
        self._record(document, state, {"message": message}, state=state, is_begun=is_begun, message=message)
        return replace(document, state=state, is_begun=is_begun, message=message)

    def reopen(self, document: DocumentRecord) -> DocumentRecord:
        """Records that a document that was set aside is taken up again."""
        self._record(document, "retry", None, state=State.WAITING, attempts=0)
        return replace(document, state=State.WAITING, attempts=0)

    def rewind(self, document: DocumentRecord) -> DocumentRecord:
        """Records that a document begins anew, since its draft was deleted."""
        change: dict[str, Any] = {
            "state": State.WAITING,
            "attempts": 0,
            "done": 0,
            "is_begun": False,
            "id": None,
        }
        self._record(document, "rewind", None, **change)
        return replace(document, **change)

    def _record(
        self, document: DocumentRecord, phase: str, detail: Mapping[str, Any] | None, **change: Any
    ) -> None:
        step = document.step
        entry = _STEPS.insert().values(
            run=document.run,
            key=document.key,
            step="" if step is None else step,
            phase=phase,
            at=_text(now()),
            detail=None
            if detail is None
            else json.dumps({n: str(v) for n, v in detail.items() if v is not None}),
        )
        table = _DOCUMENTS
        here = (table.c.run == document.run) & (table.c.key == document.key)
        if document.owner is not None:
            here &= table.c.owner == document.owner

        def work(connection: sa.Connection) -> None:
            connection.execute(entry)
            if connection.execute(table.update().where(here).values(**change)).rowcount == 0:
                raise ClaimLostError(
                    f"{document.key}: another process has taken the document over, since this one was "
                    "suspended for too long"
                )

        self.transact(work)


def _engine(url: str | Path) -> sa.Engine:
    if isinstance(url, Path):
        path = url.expanduser().absolute()
        _check_file(path)
        # `rw`: a journal that was deleted meanwhile is not made anew.
        place = sa.URL.create("sqlite", database=path.as_uri(), query={"mode": "rw", "uri": "true"})
        engine = sa.create_engine(place, connect_args={"timeout": 60}, poolclass=sa.pool.NullPool)
        event.listen(engine, "connect", _configure_sqlite)
        return engine
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise JournalError("--database: not an address; expected postgresql://USER@HOST/NAME") from None
    if parsed.get_backend_name() != "postgresql":
        raise JournalError(f"--database: expected postgresql://…, got {parsed.get_backend_name()}://…")
    return sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        # No pings: `transact` repeats what met a broken connection.
        isolation_level="READ COMMITTED",
        connect_args=connection_settings(parsed),
    )


def connection_settings(address: sa.URL) -> dict[str, Any]:
    """How PostgreSQL is connected to, but for what the address itself says."""
    return {name: value for name, value in _CONNECTION.items() if name not in address.query}


_CONNECTION: Final[Mapping[str, Any]] = {
    "connect_timeout": 10,
    # A server that vanished shows within a minute, instead of after hours.
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    # A record is on the disk before the request that it is about is sent, and a suspended process keeps no
    # document from the others.
    "options": "-c synchronous_commit=on -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s",
}
"""Parameters of libpq."""


def _configure_sqlite(connection: Any, _: object) -> None:
    # A record is on the disk before the request that it is about is sent.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _check_file(path: Path) -> None:
    """Makes the file for its owner only. It holds names, addresses and amounts of customers."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise JournalError(
            f"{path}: other users may read this journal (mode {mode:04o}); run: chmod 600 {path}"
        )


_PASSING: Final = ("database is locked", "database table is locked")
_PASSING_STATES: Final = (
    "08",  # the connection
    "40",  # the transaction met another one
    "53",  # no memory, no disk, too many connections
    "55P03",  # a lock was not to be had
    "57",  # the server is starting or stopping
    "58",  # an error of the system
    "25P03",  # the process was suspended in a transaction
)
"""States of PostgreSQL after which a transaction is made again."""
_REFUSED: Final = (
    "authentication failed",
    "does not exist",
    "no pg_hba.conf entry",
    "not permitted to log in",
)
"""Refusals to connect. Their errors have no state, so the text has to tell (PostgreSQL 15)."""


def _is_passing(error: DBAPIError | PoolTimeoutError) -> bool:
    if isinstance(error, PoolTimeoutError) or error.connection_invalidated:
        return True
    cause = error.orig
    if type(cause).__module__.startswith("sqlite3"):
        return _reason(error).startswith(_PASSING)
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING_STATES)
    is_connection = isinstance(error, OperationalError | InterfaceError)
    return is_connection and not any(text in str(cause) for text in _REFUSED)


def _reason(error: DBAPIError | PoolTimeoutError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).partition("\n")[0].strip() or type(cause).__name__


def _moment(connection: sa.Connection) -> datetime.datetime:
    if connection.dialect.name != "postgresql":
        return now()
    at: datetime.datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return at


def _up_since(connection: sa.Connection) -> datetime.datetime:
    """When the database's server was started."""
    if connection.dialect.name != "postgresql":
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)
    at: datetime.datetime = connection.execute(sa.select(sa.func.pg_postmaster_start_time())).scalar_one()
    return at


def _text(at: datetime.datetime) -> str:
    """UTC, so that texts sort by time."""
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def _time(text: str | None) -> datetime.datetime | None:
    return None if text is None else datetime.datetime.fromisoformat(text)


def _columns(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in result.items()}


def _stop(connection: sa.Connection, name: str, reason: str | None) -> None:
    connection.execute(_RUNS.update().where(_RUNS.c.name == name).values(stopped=reason))


def _run(connection: sa.Connection, name: str) -> RunRecord | None:
    row = connection.execute(sa.select(_RUNS).where(_RUNS.c.name == name)).first()
    return None if row is None else _run_of(row)


def _run_of(row: Any) -> RunRecord:
    values: dict[str, Any] = dict(row._mapping)
    values["steps"] = tuple(Step(each) for each in values["steps"].split())
    values["begun_at"] = _time(values["begun_at"])
    return RunRecord(**values)


def _run_row(run: RunRecord) -> dict[str, Any]:
    return {
        "name": run.name,
        "place": run.place,
        "account_name": run.account_name,
        "source": run.source,
        "digest": run.digest,
        "steps": " ".join(run.steps),
        "folder": run.folder,
        "begun_at": _text(run.begun_at),
        "stopped": run.stopped,
    }


def _same(present: RunRecord, asked: RunRecord) -> RunRecord:
    """The run in the journal. Raises JournalError if it is another one of the same name."""
    for what, here, there in (
        ("account", present.place, asked.place),
        ("content", present.digest, asked.digest),
        ("steps", " ".join(present.steps), " ".join(asked.steps)),
    ):
        if here != there:
            shown = f" ({here})" if what != "content" else f" (from {present.source})"
            raise JournalError(
                f"{asked.name}: the journal has a run of this name with another {what}{shown}; give this one "
                "another --name if its documents are new, or go on with the old one: "
                f"`invoicexpress run retry {asked.name}`"
            )
    return present


def _document_of(row: Any, steps: tuple[Step, ...]) -> DocumentRecord:
    values: dict[str, Any] = dict(row._mapping)
    planned = PlannedDocument.from_json(values["planned"])
    return DocumentRecord(
        run=values["run"],
        planned=planned,
        place=values["place"],
        steps=planned.steps(steps),
        state=State(values["state"]),
        done=values["done"],
        is_begun=values["is_begun"],
        begun_at=_time(values["begun_at"]),
        id=values["id"],
        number=values["number"],
        atcud=values["atcud"],
        total=None if values["total"] is None else Decimal(values["total"]),
        message=values["message"],
        attempts=values["attempts"],
        owner=values["owner"],
    )
