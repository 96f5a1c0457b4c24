"""The journal of billing runs: what each document is to become, and each step, before and after it.

One code for two databases, SQLite and PostgreSQL (SQLAlchemy Core). Each change is one short transaction that
may be repeated: when the connection to the database breaks, it is made again until the database is back.

Machines may disagree about the time, so in PostgreSQL the server's clock tells the age of a claim.
"""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from .database import engine_of, is_passing, moment_in, now, reason_of, up_since
from .errors import ClaimLostError, JournalError
from .owners import is_dead
from .planned import PlannedDocument, Step
from .records import DocumentRecord, RunRecord, State
from .rows import DOCUMENTS, RUNS, SCHEMA, STEPS, VERSION, as_columns, as_text, document_of, run_of, run_row

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
_RESULTS: Final = frozenset({"id", "number", "atcud", "total", "message"})
"""Results of steps that are columns of a document."""


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
        self._engine = engine_of(url)
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
                SCHEMA.create_all(connection)
        except DBAPIError:
            # Another process made them at the same moment.
            if not sa.inspect(connection).has_table(STEPS.name):
                raise
        found = connection.execute(sa.select(VERSION.c.version)).scalar()
        if found is None:
            try:
                with connection.begin_nested():
                    connection.execute(VERSION.insert().values(version=SCHEMA_VERSION))
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
                if not is_passing(error):
                    raise JournalError(f"the journal's database refuses: {reason_of(error)}") from None
                if time.monotonic() >= until:
                    raise JournalError(
                        f"the journal's database does not answer: {reason_of(error)}; "
                        "start it, then run the command again"
                    ) from None
            time.sleep(_PAUSE)

    def now(self) -> datetime.datetime:
        """This moment by the clock of the database, which all machines share."""
        return self.transact(moment_in) if self.is_shared else now()

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
                    connection.execute(RUNS.insert().values(**run_row(run)))
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
                connection.execute(DOCUMENTS.insert(), rows[first : first + 1000])
            return run

        return self.transact(work)

    def runs(self) -> list[RunRecord]:
        """All runs, the latest first."""
        query = sa.select(RUNS).order_by(RUNS.c.begun_at.desc(), RUNS.c.name)
        return self.transact(lambda connection: [run_of(row) for row in connection.execute(query)])

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
        query = sa.select(DOCUMENTS).where(DOCUMENTS.c.run == run).order_by(DOCUMENTS.c.place)
        if states:
            query = query.where(DOCUMENTS.c.state.in_(states))
        return self.transact(
            lambda connection: [document_of(row, steps) for row in connection.execute(query)]
        )

    def document(self, run: str, key: str) -> DocumentRecord:
        """A document. Raises JournalError for an unknown key."""
        steps = self.run(run).steps
        query = sa.select(DOCUMENTS).where(DOCUMENTS.c.run == run, DOCUMENTS.c.key == key)
        row = self.transact(lambda connection: connection.execute(query).first())
        if row is None:
            raise JournalError(f"{key}: no such document in the run {run}")
        return document_of(row, steps)

    def counts(self, run: str) -> dict[State, int]:
        """The number of documents in each state."""
        query = (
            sa.select(DOCUMENTS.c.state, sa.func.count())
            .where(DOCUMENTS.c.run == run)
            .group_by(DOCUMENTS.c.state)
        )
        rows = self.transact(lambda connection: connection.execute(query).all())
        found: dict[str, int] = {row[0]: row[1] for row in rows}
        return {state: found.get(state, 0) for state in State}

    def history(self, run: str, key: str) -> list[tuple[str, str, str, str | None]]:
        """Step, phase, time and detail of all that was recorded of a document."""
        query = (
            sa.select(STEPS.c.step, STEPS.c.phase, STEPS.c.at, STEPS.c.detail)
            .where(STEPS.c.run == run, STEPS.c.key == key)
            .order_by(STEPS.c.number)
        )
        return self.transact(lambda connection: [tuple(row) for row in connection.execute(query)])

    def details(self, document: DocumentRecord, step: Step) -> Mapping[str, str]:
        """What was recorded when a step was done last; empty if it was not."""
        query = (
            sa.select(STEPS.c.detail)
            .where(
                STEPS.c.run == document.run,
                STEPS.c.key == document.key,
                STEPS.c.step == step,
                STEPS.c.phase == "result",
            )
            .order_by(STEPS.c.number.desc())
            .limit(1)
        )
        found = self.transact(lambda connection: connection.execute(query).scalar())
        details: dict[str, str] = json.loads(found or "{}")
        return details

    # What is left to do, inside a transaction of `transact`

    def first_to_issue(self, connection: sa.Connection, run: RunRecord, lane: str) -> DocumentRecord | None:
        """The first document of a lane that waits to be issued."""
        query = self._to_issue(run).where(DOCUMENTS.c.lane == lane).order_by(DOCUMENTS.c.place).limit(1)
        row = connection.execute(query).first()
        return None if row is None else document_of(row, run.steps)

    def lanes_to_issue(self, connection: sa.Connection, run: RunRecord) -> list[str]:
        """The lanes with documents that wait to be issued."""
        lanes = self._to_issue(run).with_only_columns(DOCUMENTS.c.lane).distinct().order_by(DOCUMENTS.c.lane)
        return list(connection.execute(lanes).scalars())

    def issued(
        self, connection: sa.Connection, run: RunRecord, among: Iterable[str] | None = None
    ) -> list[str]:
        """The keys of documents, or of some, that are issued and wait to be paid, mailed or fetched."""
        table = DOCUMENTS
        query = sa.select(table.c.key).where(
            table.c.run == run.name, table.c.state == State.WAITING, table.c.done >= run.issuing
        )
        if among is not None:
            query = query.where(table.c.key.in_(list(among)))
        return list(connection.execute(query.order_by(table.c.place)).scalars())

    @staticmethod
    def _to_issue(run: RunRecord) -> sa.Select[Any]:
        table = DOCUMENTS
        return sa.select(table).where(
            table.c.run == run.name, table.c.state == State.WAITING, table.c.done < run.issuing
        )

    # Claims: one process works on a document at a time.

    def claim(self, document: DocumentRecord, by: str) -> DocumentRecord | None:
        """The document as it is now, for one owner; None while another one that lives has it."""
        table = DOCUMENTS
        here = (table.c.run == document.run) & (table.c.key == document.key)

        def work(connection: sa.Connection) -> DocumentRecord | None:
            holder = connection.execute(sa.select(table.c.owner).where(here)).scalar()
            free = table.c.owner.is_(None) | (table.c.owner == by)
            moment = moment_in(connection)
            # While the database was away no owner could say that it lives.
            if up_since(connection) < moment - self._stale:
                free |= table.c.owner_seen < as_text(moment - self._stale)
            if holder is not None and is_dead(holder):
                free |= table.c.owner == holder
            taken = connection.execute(
                table.update().where(here & free).values(owner=by, owner_seen=as_text(moment))
            )
            if taken.rowcount == 0:
                return None
            row = connection.execute(sa.select(table).where(here)).one()
            return replace(document_of(row, ()), steps=document.steps)

        return self.transact(work)

    def release(self, document: DocumentRecord, by: str) -> None:
        """Gives a document back."""
        table = DOCUMENTS
        change = (
            table.update()
            .where(table.c.run == document.run, table.c.key == document.key, table.c.owner == by)
            .values(owner=None, owner_seen=None)
        )
        self.transact(lambda connection: connection.execute(change))

    def say_alive(self, by: str) -> None:
        """Keeps the claims of an owner."""
        mine = DOCUMENTS.update().where(DOCUMENTS.c.owner == by)
        self.transact(
            lambda connection: connection.execute(mine.values(owner_seen=as_text(moment_in(connection))))
        )

    # Steps

    def begin(self, document: DocumentRecord) -> DocumentRecord:
        """Records that the next step begins, before anything is sent."""
        at = self.now()
        self._record(document, "intent", None, is_begun=True, begun_at=as_text(at))
        return replace(document, is_begun=True, begun_at=at)

    def finish(self, document: DocumentRecord, **result: Any) -> DocumentRecord:
        """Records that the next step is done, with its `id`, `number`, `atcud`, `total` and `message`.

        Other results are kept among the step's details.
        """
        done = document.done + 1
        state = State.DONE if done == len(document.steps) else State.WAITING
        details = {"message": None, **result}
        given = {name: value for name, value in details.items() if name in _RESULTS}
        self._record(
            document,
            "result",
            details,
            **as_columns(given),
            done=done,
            state=state,
            is_begun=False,
            attempts=0,
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
        entry = STEPS.insert().values(
            run=document.run,
            key=document.key,
            step="" if step is None else step,
            phase=phase,
            at=as_text(now()),
            detail=None
            if detail is None
            else json.dumps({n: str(v) for n, v in detail.items() if v is not None}),
        )
        table = DOCUMENTS
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


def _stop(connection: sa.Connection, name: str, reason: str | None) -> None:
    connection.execute(RUNS.update().where(RUNS.c.name == name).values(stopped=reason))


def _run(connection: sa.Connection, name: str) -> RunRecord | None:
    row = connection.execute(sa.select(RUNS).where(RUNS.c.name == name)).first()
    return None if row is None else run_of(row)


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
