"""A run and its documents as the journal has them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .planned import ISSUING, PlannedDocument, Step


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
    """Where PDFs go: the folder of this run alone."""
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
