"""A billing run on one machine: `Run` starts it, goes on with it, and looks again at what was set aside."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final, cast

from invoicexpress import InvoiceXpress, InvoiceXpressError
from invoicexpress import Sequence as Series

from .advance import SETTLED_AFTER, Work, advance, look_again
from .database import now
from .errors import InputRefusedError, JournalError, RunStoppedError
from .journal import ALIVE_EVERY, Journal
from .numbers import serie_of
from .owners import owner
from .planned import ISSUING, PlannedDocument, Step
from .records import DocumentRecord, RunRecord, State

STEPS: Final = (Step.CREATE, Step.FINALIZE)
_TRIES: Final = 10
"""Attempts in a row without an answer, before the run stops."""
_LONGEST_PAUSE: Final = 10.0
_ISSUED: Final = ("final", "settled", "second_copy", "canceled")

OnStep = Callable[[DocumentRecord], object]
"""Called after each step, from the thread that took it."""


def drive(
    work: Work,
    document: DocumentRecord,
    *,
    steps: Iterable[Step] = tuple(Step),
    on_step: OnStep | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> DocumentRecord:
    """Advances a claimed document through some steps, until it is through, set aside, or the run is stopping.

    Pauses after attempts without effect, 10 s at most. Returns the document as it is then.

    Args:
        work: What the steps need.
        document: A document that this process has claimed.
        steps: Stops before the first step that is not one of these.
        on_step: Called after each step, from the thread that took it.
        is_stopping: Asked before each step; the steps under way end.

    Raises RunStoppedError for a cause that stands in the way of all documents, and after ten attempts in a
    row without an answer; JournalError for the journal.
    """
    chosen = frozenset(steps)
    while document.state is State.WAITING and document.step in chosen and not is_stopping():
        attempts = document.attempts
        document = advance(work, document)
        if on_step is not None:
            on_step(document)
        if document.attempts > attempts:
            if document.attempts >= _TRIES:
                raise RunStoppedError(
                    f"the run stopped at {document.key} after {document.attempts} attempts: "
                    f"{document.message}; start it again later"
                )
            work.sleep(min(0.1 * 2**document.attempts, _LONGEST_PAUSE))
    return document


@contextlib.contextmanager
def alive(journal: Journal, me: str, every: float = ALIVE_EVERY) -> Generator[None, None, None]:
    """Keeps the claims of this process while it works. `every` is in seconds."""
    ended = threading.Event()

    def say() -> None:
        while not ended.wait(every):
            # The steps report a database that stays away.
            with contextlib.suppress(JournalError):
                journal.say_alive(me)

    thread = threading.Thread(target=say, name="billing-alive", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def check_dates(ix: InvoiceXpress, documents: Sequence[PlannedDocument]) -> None:
    """Raises InputRefusedError for documents dated before the last one of their série.

    The law asks for dates in order within type and série (Portaria 363/2010, art. 5), and the service refuses
    others when they are finalized, in the middle of a run.
    """
    faults: list[str] = []
    for _, group in groupby(sorted(documents, key=lambda each: each.lane), key=lambda each: each.lane):
        lane = list(group)
        serie = lane[0].serie
        first = min(each.date for each in lane)
        kind = "".join(part.capitalize() for part in lane[0].type.split("_"))
        later = ix.documents.list([cast("Any", kind)], date_from=first + datetime.timedelta(days=1))
        last = max(
            (each.date for each in later if str(each.status) in _ISSUED and serie_of(each) == serie),
            default=None,
        )
        if last is not None:
            faults += [
                f"row {', '.join(map(str, each.rows)) or each.key}: dated {each.date}, and the last "
                f"{each.type} of série {serie} is of {last}; date it {last} or later, or take another série"
                for each in lane
                if each.date < last
            ]
    if faults:
        raise InputRefusedError(tuple(faults))


_LONGEST_NAME: Final = 50
"""With a key of 200 characters it makes a `proprietary_uid` of 251 (assumed: the emulator takes 255)."""


def _check_name(name: str) -> None:
    """Raises InputRefusedError: the name and a key, with `/` between them, have to be unlike all others."""
    is_plain = name.isprintable() and name == name.strip() and "/" not in name and name not in (".", "..")
    if not name or not is_plain or len(name) > _LONGEST_NAME:
        fault = f"{name!r}: expected a name of 1 to {_LONGEST_NAME} printed characters without `/`"
        raise InputRefusedError((fault,))


def _digest(documents: Sequence[PlannedDocument]) -> str:
    """What the documents are, whatever the file was called, and whatever else it holds."""
    return hashlib.sha256("\n".join(each.to_json() for each in documents).encode()).hexdigest()


def _with_series(ix: InvoiceXpress, documents: Sequence[PlannedDocument]) -> list[PlannedDocument]:
    """With the name of the default série, so that it is one lane, and stays the same when it changes."""
    default = next((each.serie for each in ix.sequences.list() if each.default_sequence is True), None)
    return [each if each.serie is not None else replace(each, serie=default) for each in documents]


def _sweep(folder: Path, begun: float) -> None:
    """Removes halves of files that a killed process left."""
    for part in folder.glob(".*.part") if folder.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            if part.stat().st_mtime < begun:
                part.unlink()


@dataclass(frozen=True, slots=True)
class Run:
    """One billing run.

        with InvoiceXpress.from_env() as ix:
            run = Run.start(ix, Journal(Path("billing.db")), plan.documents, name="2026-11", ...)
            run.go()
            for document in run.documents():
                print(document.key, document.state, document.number, document.message)

    Start it again after whatever happened: it ends with exactly its documents.
    """

    ix: InvoiceXpress
    """The client of the run's account."""
    journal: Journal
    """Where each step is recorded, before and after it."""
    record: RunRecord
    """The run as the journal had it at the start."""
    on_step: OnStep | None = None
    """Called after each step, from the thread that took it."""
    at_once: int = 4
    """Documents that are paid, mailed or fetched at the same time."""
    settled_after: datetime.timedelta = SETTLED_AFTER
    """After this time (30 s) a payment that a dead process began would be seen."""
    _me: str = field(default_factory=owner, init=False, repr=False)
    _series: dict[str, Series] = field(default_factory=dict[str, Series], init=False, repr=False)
    _stop: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    @classmethod
    def start(
        cls,
        ix: InvoiceXpress,
        journal: Journal,
        documents: Sequence[PlannedDocument],
        *,
        name: str,
        place: str,
        source: str = "",
        account_name: str = "",
        steps: Sequence[Step] = STEPS,
        folder: Path = Path(),
        may_be_issued: bool = False,
        **options: Any,
    ) -> Run:
        """Enters a run into the journal, or finds it there. Nothing is issued yet.

        Args:
            ix: The client of the run's account.
            journal: Where each step is recorded, before and after it.
            documents: The documents to issue, from `plan`.
            name: Begins the documents' keys: a run of the same name over the same rows, from whatever
                journal, gives the same documents. Payments and mails are made once within one journal only,
                since they have no key. 1 to 50 characters without `/`.
            place: The account and its address, without the key: a run of this name for another place is
                refused.
            source: The file's name, for people.
            account_name: The account in the settings of workers, which make their own clients.
            steps: What to do with each document; the order is always that of `Step`.
            folder: Where PDFs go: each run has a folder of its name there, since accounts may have the same
                numbers.
            may_be_issued: Another run over these rows may have issued some, so dates before the last one of
                a série are no fault.
            options: Other fields of the run: `on_step`, `at_once`, `settled_after`.

        Raises InputRefusedError for a name or a date that cannot be, JournalError for a run of this name with
        other content, steps or place, and InvoiceXpressError.
        """
        _check_name(name)
        record = RunRecord(
            name=name,
            place=place,
            account_name=account_name,
            source=source,
            digest=_digest(documents),
            steps=tuple(step for step in Step if step in steps),
            folder=str(folder.absolute() / name),
            begun_at=now(),
        )
        names = {each.name.casefold(): each.name for each in journal.runs()}
        if (other := names.get(name.casefold(), name)) != name:
            raise JournalError(
                f"{name}: the journal has a run {other}; take a name that differs in more than case"
            )
        if name not in names.values():
            documents = _with_series(ix, documents)
            if not may_be_issued:
                check_dates(ix, documents)
        return cls(ix, journal, journal.add(record, documents), **options)

    @classmethod
    def of(cls, ix: InvoiceXpress, journal: Journal, name: str, **options: Any) -> Run:
        """A run that is in the journal, with the `options` of `start`.

        Raises JournalError for an unknown name.
        """
        return cls(ix, journal, journal.run(name), **options)

    @property
    def work(self) -> Work:
        """What the steps need."""
        return Work(
            self.ix,
            self.journal,
            Path(self.record.folder),
            self.settled_after,
            self._stop.wait,
            self._series,
        )

    def documents(self, *states: State) -> list[DocumentRecord]:
        """The documents as the journal has them."""
        return self.journal.documents(self.record.name, *states)

    def stop(self) -> None:
        """Ends `go` after the steps under way. Any thread may call it."""
        self._stop.set()

    def go(self) -> Mapping[State, int]:
        """Takes all waiting documents through their steps. Returns the number in each state.

        Documents of a type and série are issued one after the other, in order of their dates. Raises
        RunStoppedError for a cause that stands in the way of all, and JournalError. After any exception, and
        after a kill, start it again.
        """
        name = self.record.name
        self._stop.clear()
        self.journal.stop(name, None)
        begun = time.time()
        waiting = sorted(self.documents(State.WAITING), key=lambda each: (each.lane, each.place))
        lanes = [list(group) for _, group in groupby(waiting, key=lambda each: each.lane)]
        failures: list[BaseException] = []
        with (
            alive(self.journal, self._me),
            ThreadPoolExecutor(max(1, len(lanes)), "billing-lane") as issuing,
            ThreadPoolExecutor(self.at_once, "billing-rest") as rest,
        ):
            tasks = [issuing.submit(self._lane, lane, rest) for lane in lanes]
            for task in tasks:
                self._collect(task, failures, rest)
        _sweep(Path(self.record.folder), begun)
        if failures:
            first = next((each for each in failures if isinstance(each, RunStoppedError)), failures[0])
            self.journal.stop(name, str(first))
            raise first
        return self.journal.counts(name)

    def _collect(
        self, task: Future[list[Future[None]]], failures: list[BaseException], rest: ThreadPoolExecutor
    ) -> None:
        """Waits for a lane and for what it left to others. Ctrl-C lets the steps under way end."""
        pending: list[Future[Any]] = [task]
        while pending:
            each = pending.pop(0)
            try:
                found = each.result()
                pending += found or []
            except KeyboardInterrupt:
                self.stop()
                pending.insert(0, each)
                failures.insert(0, KeyboardInterrupt())
            except Exception as error:
                self.stop()
                failures.append(error)

    def _lane(self, lane: Sequence[DocumentRecord], rest: ThreadPoolExecutor) -> list[Future[None]]:
        left: list[Future[None]] = []
        try:
            for document in lane:
                mine = self._claimed(document)
                if mine is None:
                    break
                try:
                    issued = drive(
                        self.work, mine, steps=ISSUING, on_step=self.on_step, is_stopping=self._stop.is_set
                    )
                except BaseException:
                    self.journal.release(mine, self._me)
                    raise
                left.append(rest.submit(self._rest, issued))
        except BaseException:
            self.stop()
            raise
        return left

    def _claimed(self, document: DocumentRecord) -> DocumentRecord | None:
        """The document for this process; waits while a living one works on it. None when stopping."""
        while not self._stop.is_set():
            mine = self.journal.claim(document, self._me)
            if mine is not None:
                return mine
            self._stop.wait(0.2)
        return None

    def _rest(self, document: DocumentRecord) -> None:
        try:
            drive(self.work, document, on_step=self.on_step, is_stopping=self._stop.is_set)
        except BaseException:
            self.stop()
            raise
        finally:
            self.journal.release(document, self._me)

    def look_again(self, *, again: Sequence[str] = ()) -> None:
        """Looks at the documents that were set aside, as `retry` does, and issues nothing.

        With workers, `enter` the run afterwards. Raises JournalError.
        """
        work = self.work
        for key in again:
            self.journal.document(self.record.name, key)
        for document in self.documents(State.FAILED, State.UNKNOWN):
            mine = self.journal.claim(document, self._me)
            if mine is None:
                continue
            try:
                look_again(work, mine, again=mine.key in again)
            except InvoiceXpressError as error:
                self.journal.set_aside(mine, mine.state, str(error))
            finally:
                self.journal.release(mine, self._me)

    def retry(self, *, again: Sequence[str] = ()) -> Mapping[State, int]:
        """Looks at the documents that were set aside, and goes on.

        A failed document is taken up again, after you have removed the cause. A step with an unknown result
        is looked into (`look_again`); `again` has the keys of documents whose mail is to be sent again.
        Raises what `go` raises.
        """
        self.look_again(again=again)
        return self.go()


__all__ = ["ISSUING", "STEPS", "OnStep", "Run", "alive", "check_dates", "drive"]
