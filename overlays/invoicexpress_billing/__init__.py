"""Billing runs: many documents from one file, exactly once, whatever happens in between.

    journal = Journal(Path("billing.db"))
    run = Run.start(ix, journal, documents, name="2026-11", place="acme")
    run.go()

The journal has each step before and after it. A document's key comes from the run's name and the row's key,
so neither another process nor another run over the same file issues it twice. Comes with the extra `billing`.
"""

from __future__ import annotations

from .advance import Work, advance
from .errors import BillingError, ClaimLostError, InputRefusedError, JournalError, RunStoppedError
from .journal import Journal
from .planned import Payment, PlannedDocument, Step
from .records import DocumentRecord, RunRecord, State
from .runs import Run, drive

__all__ = [
    "BillingError",
    "ClaimLostError",
    "DocumentRecord",
    "InputRefusedError",
    "Journal",
    "JournalError",
    "Payment",
    "PlannedDocument",
    "Run",
    "RunRecord",
    "RunStoppedError",
    "State",
    "Step",
    "Work",
    "advance",
    "drive",
]
