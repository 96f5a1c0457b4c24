"""The journal in PostgreSQL: claims between machines whose clocks differ, and a server that stops."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from invoicexpress_billing import DocumentRecord, Journal, JournalError, RunRecord, State, Step, database
from invoicexpress_billing import journal as journal_module
from invoicexpress_billing.errors import ClaimLostError
from invoicexpress_billing.workers import enter

from tests.billing.made_up import documents
from tests.billing.servers import Postgres, free_port

FILE: Final = "november.csv"
RECORD: Final = RunRecord(
    name="r",
    place="demo",
    account_name="demo",
    source=FILE,
    digest="of the file",
    steps=(Step.CREATE, Step.FINALIZE),
    folder="",
    begun_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC),
)
HERE: Final = "a:1:x"
THERE: Final = "b:2:y"
"""Owners on other machines."""
SHORT: Final = datetime.timedelta(seconds=0.3)
DEADLINE: Final = 30.0


@pytest.fixture
def journal(postgres: Postgres) -> Iterator[Journal]:
    """With a run of ten documents."""
    opened = Journal(postgres.url, patience=DEADLINE)
    opened.add(RECORD, documents(10))
    yield opened
    opened.close()


@pytest.fixture
def document(journal: Journal) -> DocumentRecord:
    """The first one."""
    return journal.documents("r")[0]


def claimed(journal: Journal, document: DocumentRecord, by: str) -> DocumentRecord:
    found = journal.claim(document, by)
    assert found is not None
    return found


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_one_of_many_processes_gets_a_document(postgres: Postgres, document: DocumentRecord) -> None:
    journals = [Journal(postgres.url) for _ in range(6)]
    ready = threading.Barrier(len(journals))
    got: list[str] = []

    def claim(number: int) -> None:
        ready.wait()
        if journals[number].claim(document, f"machine{number}:1:x") is not None:
            got.append(f"machine{number}")

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(len(journals))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in journals:
        each.close()
    assert len(got) == 1


def test_a_clock_that_is_wrong_takes_nothing_from_a_living_owner(
    journal: Journal, document: DocumentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(journal, document, HERE)
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    for module in (database, journal_module):
        monkeypatch.setattr(module, "now", lambda: ahead)
    assert journal.claim(document, THERE) is None
    assert journal.now() < ahead
    begun = journal.begin(journal.documents("r")[1])
    assert begun.begun_at is not None
    assert begun.begun_at < ahead


def test_an_owner_that_was_suspended_records_nothing_more(postgres: Postgres, journal: Journal) -> None:
    document = journal.documents("r")[0]
    old = journal.begin(claimed(journal, document, HERE))
    other = Journal(postgres.url, stale=SHORT)
    wait_for(lambda: other.claim(document, THERE))
    new = other.finish(claimed(other, document, THERE), id=7)
    changes: list[Callable[[], object]] = [
        lambda: journal.begin(old),
        lambda: journal.finish(old, id=8),
        lambda: journal.postpone(old, ""),
        lambda: journal.set_aside(old, State.FAILED, ""),
    ]
    for change in changes:
        with pytest.raises(ClaimLostError, match="C00000: another process has taken the document over"):
            change()
    journal.release(old, HERE)
    found = journal.document("r", document.key)
    assert (found.id, found.done, found.owner) == (7, 1, THERE)
    assert new.done == 1
    assert [phase for _, phase, _, _ in journal.history("r", document.key)] == ["intent", "result"]
    other.close()


def test_a_claim_outlives_the_absence_of_the_server(postgres: Postgres, document: DocumentRecord) -> None:
    """While the server is away no owner can say that it lives, so the time does not count."""
    stale = datetime.timedelta(seconds=2)
    journal = Journal(postgres.url, stale=stale)
    claimed(journal, document, HERE)
    postgres.stop()
    time.sleep(stale.total_seconds() + 0.2)
    postgres.start()
    assert journal.claim(document, THERE) is None
    journal.say_alive(HERE)
    assert journal.claim(document, THERE) is None
    wait_for(lambda: journal.claim(document, THERE))
    journal.close()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_stops_in_a_transaction_and_comes_back(
    postgres: Postgres, journal: Journal, document: DocumentRecord, mode: str
) -> None:
    attempts: list[int] = []

    def work(connection: sa.Connection) -> int:
        attempts.append(1)
        if len(attempts) == 1:
            connection.execute(sa.text("UPDATE billing_documents SET message = 'half'"))
            postgres.stop(mode)
            threading.Timer(0.5, postgres.start).start()
        found: int = connection.execute(sa.text("SELECT count(*) FROM billing_documents")).scalar_one()
        return found

    assert journal.transact(work) == 10
    assert len(attempts) >= 2
    assert journal.document("r", document.key).message is None


def test_connections_that_the_server_ended_are_made_again(postgres: Postgres, journal: Journal) -> None:
    with postgres.connection() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
    assert journal.counts("r")[State.WAITING] == 10


def executed(statement: str) -> Callable[[sa.Connection], Any]:
    return lambda connection: connection.execute(sa.text(statement)).scalar()


@pytest.mark.parametrize("state", ["40001", "40P01", "53300", "55P03", "57014", "57P01", "58030", "25P03"])
def test_a_passing_error_is_repeated(journal: Journal, state: str) -> None:
    attempts: list[int] = []

    def work(connection: sa.Connection) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            connection.execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"))

    journal.transact(work)
    assert len(attempts) == 2


@pytest.mark.parametrize(
    "statement", ["SELECT nothing", "INSERT INTO billing_schema VALUES (1)", "SELECT 1 / 0", "SELEC"]
)
def test_an_error_that_stays_is_raised_at_once(journal: Journal, statement: str) -> None:
    begun = time.monotonic()
    with pytest.raises(JournalError, match="the journal's database refuses: "):
        journal.transact(executed(statement))
    assert time.monotonic() - begun < DEADLINE / 2


def test_a_suspended_process_keeps_a_document_from_no_other(postgres: Postgres) -> None:
    url = f"{postgres.url}?options=-c%20idle_in_transaction_session_timeout%3D300"
    suspended, journal = Journal(url), Journal(postgres.url)
    attempts: list[int] = []
    journal.add(RECORD, documents(1))

    def work(connection: sa.Connection) -> None:
        attempts.append(1)
        connection.execute(sa.text("UPDATE billing_documents SET message = 'mine'"))
        if len(attempts) == 1:
            wait_for(lambda: journal.claim(journal.documents("r")[0], HERE))

    suspended.transact(work)
    assert len(attempts) == 2
    suspended.close()
    journal.close()


def test_records_are_on_the_disk_whatever_the_server_is_set_to(postgres: Postgres) -> None:
    with postgres.connection() as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET synchronous_commit = off")
        connection.execute(
            f"ALTER DATABASE {connection.info.dbname} SET default_transaction_isolation = 'serializable'"
        )
    journal = Journal(postgres.url)
    for setting, value in (("synchronous_commit", "on"), ("transaction_isolation", "read committed")):
        assert journal.transact(executed(f"SHOW {setting}")) == value
    journal.close()


def test_an_address_that_leads_nowhere(postgres: Postgres) -> None:
    for url, text in (
        (f"postgresql://127.0.0.1:{free_port()}/x", "does not answer"),
        (postgres.url.rpartition("/")[0] + "/absent", "refuses: .*does not exist"),
        (postgres.url.replace("postgres@", "absent@"), "refuses: .*does not exist"),
        ("mysql://127.0.0.1/x", "expected postgresql://"),
    ):
        with pytest.raises(JournalError, match=text):
            Journal(url, patience=0.5)


def test_processes_that_open_a_new_database_at_once(postgres: Postgres) -> None:
    ready = threading.Barrier(6)
    failures: list[Exception] = []

    def opened() -> None:
        ready.wait()
        try:
            journal = Journal(postgres.url)
            journal.add(RECORD, documents(10))
            enter(journal, "r")
            journal.close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=opened) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with postgres.connection() as connection:
        assert connection.execute("SELECT count(*) FROM billing_documents").fetchone() == (10,)
        assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (2,)


def test_a_run_needs_a_database_that_is_shared(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "billing.db")
    with pytest.raises(JournalError, match="workers need a journal in PostgreSQL"):
        enter(journal, "r")
    assert not journal.is_shared
