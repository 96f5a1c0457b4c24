"""What stands in the way of all documents stops a run, or does not let it begin."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from invoicexpress import InvoiceXpress, lisbon
from invoicexpress_billing import InputRefusedError, Journal, PlannedDocument, RunStoppedError, State
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import DocumentLimit
from invoicexpress_emulator.control_client import Respond

from tests.billing.test_attacks import emulator, ix, journal, planned, started

__all__ = ["emulator", "ix", "journal"]


def documents() -> list[PlannedDocument]:
    return [planned(f"K{number}") for number in range(4)]


def test_the_limit_of_the_plan(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    run = started(ix, journal, *documents())
    emulator.control.config.change(document_limit=DocumentLimit(2))
    try:
        with pytest.raises(RunStoppedError, match=r"Document creation limit reached.* larger plan"):
            run.go()
    finally:
        emulator.control.config.change(document_limit=None)
    counts = journal.counts("run")
    assert (counts[State.FAILED], counts[State.UNKNOWN]) == (0, 0)
    assert "limit" in str(journal.run("run").stopped)
    assert run.go()[State.DONE] == 4
    assert sum(each.type == "Invoice" for each in emulator.control.documents()) == 4


def test_a_key_that_is_refused(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    run = started(ix, journal, *documents())
    with (
        emulator.control.faults.injected(Respond(401), "createInvoice", nth=2),
        pytest.raises(RunStoppedError, match="INVOICEXPRESS_API_KEY"),
    ):
        run.go()
    counts = journal.counts("run")
    assert (counts[State.FAILED], counts[State.UNKNOWN]) == (0, 0)
    assert run.go()[State.DONE] == 4


def test_a_wrong_vat(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    """The account has no such tax, so the service takes its default: each document would be wrong."""
    wrong: list[PlannedDocument] = []
    for each in documents():
        (line,) = each.fields["items"]
        fields = {**each.fields, "items": [{**line, "tax": {"name": "IVA99"}}]}
        wrong.append(replace(each, fields=fields, total=Decimal("199.00")))
    run = started(ix, journal, *wrong)
    with pytest.raises(RunStoppedError, match="IVA99"):
        run.go()
    counts = journal.counts("run")
    assert (counts[State.WAITING], counts[State.FAILED]) == (4, 0)
    assert all(each.status == "draft" for each in emulator.control.documents())
    assert len(emulator.control.documents()) <= 1


def test_a_document_dated_before_the_last_one_of_its_serie(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    """Nothing is sent, since the service would refuse it in the middle of the run."""
    today = lisbon.today()
    before = today - datetime.timedelta(days=1)
    ix.invoices.issue(key="last", expect_total=Decimal("123.00"), **planned().fields)
    known = {each.number for each in emulator.control.requests()}
    with pytest.raises(
        InputRefusedError, match=rf"dated {before}, and the last invoice of série DEMO is of {today}"
    ):
        started(ix, journal, planned("K1"), planned("K2", date=before))
    assert {each.method for each in emulator.control.requests() if each.number not in known} == {"GET"}
    assert journal.runs() == []
    # Another série, and today's date, are no fault.
    assert started(ix, journal, planned("K1")).go()[State.DONE] == 1
