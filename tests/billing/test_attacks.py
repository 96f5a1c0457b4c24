"""Ways in which a run lost or doubled something, each found by a trial."""

from __future__ import annotations

import datetime
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from invoicexpress import InvoiceXpress, Pace, lisbon
from invoicexpress_billing import (
    InputRefusedError,
    Journal,
    JournalError,
    Payment,
    PlannedDocument,
    Run,
    RunStoppedError,
    State,
    Step,
    advance,
    drive,
    runs,
)
from invoicexpress_billing.errors import ClaimLostError
from invoicexpress_billing.owners import is_dead, owner
from invoicexpress_billing.planned import ISSUING
from invoicexpress_billing.workers import _Hands  # pyright: ignore[reportPrivateUsage]
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.control_client import CommitLate, Reset, Respond

STEPS = (Step.CREATE, Step.FINALIZE, Step.PAY)
SOON = datetime.timedelta(seconds=1)


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(rate_limit=None) as started:
        yield started


@pytest.fixture
def ix(emulator: Emulator) -> Iterator[InvoiceXpress]:
    emulator.control.reset()
    emulator.control.faults.clear()
    with InvoiceXpress(
        "demo", "demo-key", base_url=emulator.base_url, pace=Pace(60_000), consistency_window=0.1, retries=0
    ) as client:
        yield client


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "billing.db")
    yield opened
    opened.close()


def planned(key: str = "K1", **changes: Any) -> PlannedDocument:
    """An invoice of 123.00 that is paid in part."""
    day = changes.get("date", lisbon.today())
    line = {"name": "Plan", "quantity": Decimal(1), "unit_price": Decimal(100), "tax": {"name": "IVA23"}}
    fields = {"date": day, "client": {"name": "Ana", "code": "C1"}, "items": [line]}
    document = PlannedDocument(
        key=key,
        type="invoice",
        serie=None,
        date=day,
        fields=fields,
        total=Decimal("123.00"),
        payment=Payment(Decimal("30.00"), "TB"),
    )
    return replace(document, **changes)


def started(ix: InvoiceXpress, journal: Journal, *documents: PlannedDocument, **options: Any) -> Run:
    return Run.start(
        ix, journal, documents, name="run", place="demo", steps=STEPS, settled_after=SOON, **options
    )


def receipts(emulator: Emulator) -> list[Decimal]:
    return [each.total for each in emulator.control.documents() if each.type == "Receipt"]


def test_each_payment_waits_for_the_one_before_it(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    """The time of the first one, long ago, let a second retry pay while the payment of the first was late."""
    run = started(ix, journal, planned())
    with emulator.control.faults.injected(Reset("before"), "generatePayment"):
        assert run.go()[State.UNKNOWN] == 1
    time.sleep(SOON.total_seconds())
    late = CommitLate(datetime.timedelta(seconds=0.6))
    with emulator.control.faults.injected(late, "generatePayment"):
        assert run.retry()[State.UNKNOWN] == 1
        assert run.retry()[State.UNKNOWN] == 1
    deadline = time.monotonic() + 10
    while not receipts(emulator):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert run.retry()[State.DONE] == 1
    assert receipts(emulator) == [Decimal("30.00")]


def test_a_process_that_was_taken_over_pays_nothing(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    """It was suspended between the look and the payment, and another one went on."""
    run = started(ix, journal, planned())
    (document,) = run.documents()
    first, other = owner(), owner()
    mine = journal.claim(document, first)
    assert mine is not None
    journal.release(mine, first)
    assert journal.claim(document, other) is not None
    with pytest.raises(ClaimLostError):
        journal.begin(mine)
    assert emulator.control.documents() == []


def test_a_run_with_other_content_is_refused(ix: InvoiceXpress, journal: Journal) -> None:
    """Another sheet of one file, or another série by an option."""
    started(ix, journal, planned("K1"))
    with pytest.raises(JournalError, match="with another content"):
        started(ix, journal, planned("K2"))
    with pytest.raises(JournalError, match="with another content"):
        started(ix, journal, planned("K1", serie="OTHER"))


def test_an_outage_stops_the_run_before_later_dates_are_issued(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that was passed over could not be issued any more: its série had a later date."""
    monkeypatch.setattr(runs, "_LONGEST_PAUSE", 0.01)
    today = lisbon.today()
    days = [today - datetime.timedelta(days=2 - number) for number in range(3)]
    run = started(ix, journal, *[planned(f"K{number}", date=day) for number, day in enumerate(days)])
    with (
        emulator.control.faults.injected(Respond(503), "createInvoice", times=None),
        pytest.raises(RunStoppedError, match="start it again later"),
    ):
        replace(run, settled_after=SOON).go()
    assert emulator.control.documents() == []
    assert run.go()[State.DONE] == 3
    issued = {each.number: each.date for each in emulator.control.documents() if each.type == "Invoice"}
    assert [issued[name] for name in sorted(str(name) for name in issued)] == days


def test_the_default_serie_by_name_and_without_is_one_lane(ix: InvoiceXpress, journal: Journal) -> None:
    today = lisbon.today()
    default = next(each.serie for each in ix.sequences.list() if each.default_sequence)
    documents = [
        planned(
            f"K{number:02}",
            date=today - datetime.timedelta(days=11 - number),
            serie=(None, default)[number % 2],
        )
        for number in range(12)
    ]
    run = started(ix, journal, *documents)
    assert {each.lane for each in run.documents()} == {f"invoice/{default}"}
    assert run.go()[State.DONE] == 12


def test_a_draft_that_was_deleted_is_made_anew(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    run = started(ix, journal, planned())
    with emulator.control.faults.injected(Respond(422), "changeInvoiceState"):
        assert run.go()[State.FAILED] == 1
    (document,) = run.documents()
    assert document.id is not None
    ix.invoices.delete(document.id)
    assert run.retry()[State.DONE] == 1
    assert receipts(emulator) == [Decimal("30.00")]


def test_a_receipt_of_somebody_else_is_not_the_runs(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    run = started(ix, journal, planned())
    with emulator.control.faults.injected(Respond(422), "generatePayment"):
        assert run.go()[State.FAILED] == 1
    (document,) = run.documents()
    assert document.id is not None
    ix.invoices.pay(document.id, amount=Decimal("40.00"))
    assert run.retry()[State.FAILED] == 1
    assert "RG DEMO/1 of 40" in str(run.documents()[0].message)
    assert receipts(emulator) == [Decimal("40.00")]


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "a%20b.db", "ü b.db"])
def test_a_journal_has_the_name_that_was_given(tmp_path: Path, name: str) -> None:
    journal = Journal(tmp_path / name)
    journal.close()
    assert {path.name for path in tmp_path.iterdir()} == {name}
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_journal_that_was_deleted_is_not_made_anew(tmp_path: Path, ix: InvoiceXpress) -> None:
    path = tmp_path / "billing.db"
    journal = Journal(path, patience=0.1)
    run = started(ix, journal, planned())
    for each in tmp_path.iterdir():
        each.unlink()
    with pytest.raises(JournalError, match="unable to open database file"):
        run.go()
    assert not path.exists()


def test_a_clock_that_was_set_back_does_not_stop_a_run(
    ix: InvoiceXpress, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(ix, journal, planned())
    with monkeypatch.context() as changed:
        ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)

        def now(_: Journal) -> datetime.datetime:
            return ahead

        changed.setattr(Journal, "now", now)
        (document,) = run.documents()
        for result in ({"id": ix.invoices.create(**document.planned.fields).id}, {"number": "x"}):
            document = journal.finish(document, **result)
        journal.begin(document)
    ix.invoices.finalize(document.id or 0)
    done = threading.Timer(30, run.stop)
    done.start()
    assert run.go()[State.DONE] == 1
    done.cancel()


def test_a_document_without_a_number_by_law_runs_to_its_end(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    """A VAT MOSS invoice was issued and then set aside, since its number has no code; so was its payment."""
    run = started(ix, journal, planned(type="vat_moss_invoice"))
    with emulator.control.faults.injected(Reset("after"), "generatePayment"):
        assert run.go()[State.UNKNOWN] == 1
    assert run.retry()[State.DONE] == 1
    (document,) = run.documents()
    assert (document.number, document.message) == ("VatMossInvoice DEMO/1", "receipt VatMossReceipt DEMO/1")
    made = emulator.control.documents()
    assert sorted((each.type, each.status) for each in made) == [
        ("VatMossInvoice", "final"),
        ("VatMossReceipt", "final"),
    ]
    # Another run reads that série for its last date.
    other = planned("K2", type="vat_moss_invoice", date=lisbon.today() - datetime.timedelta(days=1))
    with pytest.raises(InputRefusedError, match="the last vat_moss_invoice of série DEMO is of"):
        Run.start(ix, journal, [other], name="other", place="demo", steps=STEPS)


def test_a_pdf_stays_in_its_folder_whatever_the_number_has(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal, tmp_path: Path
) -> None:
    """A number comes from the service; a draft has its id instead. Each document has a file of its own."""
    emulator.control.config.change(pdf=Readiness(1))
    run = started(ix, journal, planned(), folder=tmp_path / "papers")
    papers = tmp_path / "papers" / "run"
    draft = ix.invoices.create(**planned().fields)
    names = {
        "FT A/1": "FT A-1.pdf",
        "FT ../../A/1": "FT ..-..-A-1.pdf",
        "../A/1": "A-1.pdf",
        'FT "B:*?\\\x1b\u202e/1': "FT -B--1.pdf",
        None: f"draft {draft.id}.pdf",
    }
    for number, name in names.items():
        document = replace(run.documents()[0], id=draft.id, number=number, steps=(Step.PDF,))
        assert advance(run.work, replace(document, state=State.WAITING, done=0)).message == str(papers / name)
    assert {each.name for each in papers.iterdir()} == {*names.values()}
    assert all(each.read_bytes().startswith(b"%PDF") for each in papers.iterdir())


def test_a_run_replaces_no_pdf_of_another_account(
    emulator: Emulator, ix: InvoiceXpress, tmp_path: Path
) -> None:
    """Both have a document FT LOJA/1, and one folder; the runs may even have one name, in two journals."""
    account_two = emulator.control.create_account("second")
    papers = tmp_path / "papers"
    with InvoiceXpress("second", account_two.api_key, base_url=emulator.base_url, pace=None) as second:
        for account, client in (("demo", ix), ("second", second)):
            emulator.control.of(account).config.change(pdf=Readiness(1))
            client.sequences.create(serie="LOJA")
            document = planned(serie="LOJA", payment=None, fields={**planned().fields, "reference": account})
            for name in ("same", f"of {account}"):
                journal = Journal(tmp_path / f"{account}.db")
                row = replace(document, key=name)
                named: Any = {"name": name, "place": account, "folder": papers}
                run = Run.start(client, journal, [row], steps=(Step.CREATE, Step.FINALIZE, Step.PDF), **named)
                is_taken = (papers / name / "FT LOJA-1.pdf").exists()
                kept = (papers / name / "FT LOJA-1.pdf").read_bytes() if is_taken else b""
                assert run.go()[State.FAILED if is_taken else State.DONE] == 1
                if is_taken:
                    assert (papers / name / "FT LOJA-1.pdf").read_bytes() == kept
                    assert "it may be another document's" in str(run.documents()[0].message)
                journal.close()
    emulator.control.of("second").reset()
    assert sorted(str(each.relative_to(papers)) for each in papers.rglob("*.pdf")) == [
        "of demo/FT LOJA-2.pdf",
        "of second/FT LOJA-2.pdf",
        "same/FT LOJA-1.pdf",
    ]


def test_a_worker_keeps_the_pdfs_of_two_accounts_apart(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal, tmp_path: Path
) -> None:
    """Both have a document FT LOJA/1, and the worker has one folder for all."""
    other = emulator.control.create_account("other")
    with InvoiceXpress("other", other.api_key, base_url=emulator.base_url, pace=None) as second:
        clients = {"demo": ix, "other": second}
        for name, client in clients.items():
            emulator.control.of(name).config.change(pdf=Readiness(1))
            client.sequences.create(serie="LOJA")
            document = planned(serie="LOJA", payment=None)
            named: Any = {"name": name, "place": name, "account_name": name}
            steps = (Step.CREATE, Step.FINALIZE, Step.PDF)
            run = Run.start(client, journal, [document], steps=steps, **named)
            drive(run.work, run.documents()[0], steps=ISSUING)
        hands = _Hands(
            journal, lambda run: clients[run.account_name], SOON, tmp_path, None, threading.Event()
        )
        for name in clients:
            hands.follow_up(name, "K1")
    emulator.control.of("other").reset()
    assert sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.pdf")) == [
        "demo/FT LOJA-1.pdf",
        "other/FT LOJA-1.pdf",
    ]


def test_a_payment_beside_another_is_unknown(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    """409 says that another payment is under way, and a second one would not be the same."""
    run = started(ix, journal, planned())
    with emulator.control.faults.injected(Respond(409), "generatePayment", times=None):
        assert run.go()[State.UNKNOWN] == 1
    payments = [each for each in emulator.control.requests() if each.operation == "generatePayment"]
    assert len(payments) == 1
    assert receipts(emulator) == []
    assert replace(run, settled_after=datetime.timedelta(0)).retry()[State.DONE] == 1
    assert receipts(emulator) == [Decimal("30.00")]


def test_names_of_runs_differ_in_more_than_case(ix: InvoiceXpress, journal: Journal) -> None:
    """The service may not tell their keys apart."""
    started(ix, journal, planned())
    for name in ("Run", "RUN"):
        with pytest.raises(JournalError, match="the journal has a run run; take a name that differs in more"):
            Run.start(ix, journal, [planned()], name=name, place="demo", steps=STEPS)
    assert [each.name for each in journal.runs()] == ["run"]


@pytest.mark.parametrize("name", ["", " ", "a/b", ".", "..", "a\x1bb", " a", "x" * 51])
def test_names_of_runs_begin_keys_and_name_folders(ix: InvoiceXpress, journal: Journal, name: str) -> None:
    with pytest.raises(InputRefusedError, match="expected a name of 1 to 50"):
        Run.start(ix, journal, [planned()], name=name, place="demo", steps=STEPS)


def test_an_unknown_key_is_looked_for_before_anything_is_done(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    run = started(ix, journal, planned())
    with pytest.raises(JournalError, match="K9"):
        run.retry(again=["K1", "K9"])
    assert emulator.control.documents() == []


def test_an_owner_is_dead_by_its_own_machine_alone(journal: Journal, ix: InvoiceXpress) -> None:
    """Containers share names and process numbers, and a machine uses the numbers again after its start."""
    (document,) = started(ix, journal, planned()).documents()
    machine, _, _ = owner().rsplit(":", 2)
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert not is_dead(owner())
    assert is_dead(f"{machine}:{ended.pid}:x")
    host, boot, space = machine.rsplit("/", 2)
    assert Path("/proc/sys/kernel/random/boot_id").read_text().startswith(boot)
    assert len(boot) == 8
    for other in (f"{host}/00000000/{space}", f"{host}/{boot}/1", f"x{host}/{boot}/{space}", host):
        name = f"{other}:{ended.pid}:x"
        assert not is_dead(name)
        held = journal.claim(document, name)
        assert held is not None
        assert journal.claim(document, owner()) is None
        journal.release(held, name)
    assert journal.claim(document, f"{machine}:{ended.pid}:x") is not None
    assert journal.claim(document, owner()) is not None
