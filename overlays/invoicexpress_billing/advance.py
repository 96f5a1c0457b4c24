"""`advance`: the next safe step of one document. Every way of running a billing run uses it.

Each step may be begun again after the process died in it:

* `create` has a key, so it gives the same document.
* `finalize` reads the document first, and leaves an issued one as it is. It compares the document with the
  file, and its client with that of the draft as it was made: another program may have changed them meanwhile.
* `pay` looks for the receipt first, also of another run over the same file. After a process died in it, it
  waits until a late payment would be seen.
* `email` is sent again: a customer may get a mail twice, never none.
* `pdf` writes the file again, in the run's folder; it replaces no other file.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from invoicexpress import (
    AmbiguousResultError,
    AnyDocument,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    InputError,
    InvoiceWrite,
    InvoiceXpress,
    InvoiceXpressError,
    NotFoundError,
    NotReadyError,
    PermissionDeniedError,
    RateLimitError,
    Sequence,
    ServerError,
    SilentChangeError,
    TransportError,
    UnstableListError,
    ValidationError,
)

from .errors import RunStoppedError
from .journal import Journal
from .numbers import RECEIPT_TYPES, number_of, serie_of
from .planned import Step
from .records import DocumentRecord, State

SETTLED_AFTER: Final = datetime.timedelta(seconds=30)
"""After which a payment that a dead process began would be seen: it was carried out, or never will be
(assumed: the service answers within the 30 s that the client waits for it).
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What steps need: the client, the journal, and where files go."""

    ix: InvoiceXpress
    """The client of the run's account."""
    journal: Journal
    """Where each step is recorded, before and after it."""
    folder: Path
    """Where PDFs go."""
    settled_after: datetime.timedelta = SETTLED_AFTER
    """After this time (30 s) a payment that a dead process began would be seen."""
    sleep: Callable[[float], object] = time.sleep
    """Waits for a number of seconds. A run that is stopped ends the wait."""
    series: dict[str, Sequence] = field(default_factory=dict[str, Sequence])
    """Those read already, by name."""


def advance(work: Work, document: DocumentRecord) -> DocumentRecord:
    """Takes the next step of a document that this process has claimed, and records it before and after.

    Returns the document as it is then: a step further, still waiting after an attempt without effect, set
    aside with the reason, or unknown. A document without a next step is returned as it is. Raises
    RunStoppedError for a cause that stands in the way of all documents, and JournalError.
    """
    step = document.step
    if step is None or document.state is not State.WAITING:
        return document
    begun = document if document.is_begun else work.journal.begin(document)
    try:
        result = _STEPS[step](work, begun, is_again=document.is_begun)
    except _TooEarlyError:
        return begun
    except AmbiguousResultError as error:
        if step in _REPEATABLE:
            return work.journal.postpone(begun, str(error))
        return work.journal.set_aside(begun, State.UNKNOWN, str(error))
    except _STOPPING as error:
        work.journal.postpone(begun, str(error))
        raise RunStoppedError(_stop(document, error)) from error
    except SilentChangeError as error:
        if not any(change.kind.startswith(_WRONG_VAT) for change in error.changes):
            return work.journal.set_aside(begun, State.FAILED, str(error))
        work.journal.postpone(begun, str(error))
        raise RunStoppedError(_stop(document, error)) from error
    except _PASSING as error:
        if isinstance(error, ConflictError) and step is Step.PAY:
            # Another payment of the document is under way.
            return work.journal.set_aside(begun, State.UNKNOWN, str(error))
        return work.journal.postpone(begun, str(error))
    except ValidationError as error:
        if not any(_LIMIT in text for text in error.messages):
            return work.journal.set_aside(begun, State.FAILED, str(error))
        work.journal.postpone(begun, str(error))
        raise RunStoppedError(_stop(document, error)) from error
    except (InvoiceXpressError, OSError) as error:
        return work.journal.set_aside(begun, State.FAILED, str(error))
    return work.journal.finish(begun, **result)


def look_again(work: Work, document: DocumentRecord, *, again: bool = False) -> DocumentRecord:
    """Takes up a document that was set aside: an unknown step is looked into, and a failed one is repeated.

    A payment that is found is recorded; one that is still not there after `settled_after` is made again. A
    mail leaves no trace, so it stays unknown unless `again` says to send it again. Raises InvoiceXpressError
    and JournalError.
    """
    if document.state is State.FAILED and document.step is Step.FINALIZE and _is_gone(work, document):
        return work.journal.rewind(document)
    if document.state is State.FAILED or document.step in _REPEATABLE or again:
        return work.journal.reopen(document)
    if document.state is not State.UNKNOWN or document.step is not Step.PAY:
        return document
    result = _payment(work, document)
    if result is not None:
        return work.journal.finish(work.journal.reopen(document), **result)
    is_over = document.begun_at is not None and document.begun_at + work.settled_after <= work.journal.now()
    return work.journal.reopen(document) if is_over else document


def _is_gone(work: Work, document: DocumentRecord) -> bool:
    """Whether the draft was deleted: its key makes a new one."""
    try:
        return str(_namespace(work, document).get(document.id).status) == "deleted"
    except NotFoundError:
        return True


_REPEATABLE: Final = frozenset({Step.CREATE, Step.FINALIZE, Step.PDF})
"""Steps whose repetition changes nothing: they have a key, or read before they write."""
_STOPPING: Final = (AuthenticationError, PermissionDeniedError, ConfigurationError)
_PASSING: Final = (
    ConflictError,
    NotReadyError,
    RateLimitError,
    ServerError,
    TransportError,
    UnstableListError,
)
_WRONG_VAT: Final = ("tax_", "total_")
"""Kinds of silent changes that the other documents would meet as well."""
_LIMIT: Final = "Document creation limit reached"
"""Of a plan (tim-online 2023-11)."""


def _stop(document: DocumentRecord, error: Exception) -> str:
    return f"the run stopped at {document.key}: {error}; remove the cause, and start the run again"


Result = Mapping[str, Any]


def _namespace(work: Work, document: DocumentRecord) -> Any:
    return getattr(work.ix, f"{document.planned.type}s")


def _create(work: Work, document: DocumentRecord, *, is_again: bool) -> Result:
    planned = document.planned
    made: AnyDocument = _namespace(work, document).create(
        proprietary_uid=document.uid, sequence=_serie(work, planned.serie), **planned.fields
    )
    return {"id": made.id, "total": made.total, **_identity(made)}


_IDENTITY: Final = ("id", "name", "fiscal_id")
"""Fields that say who a client is; its code may stay while another program makes it another person."""


def _identity(document: AnyDocument) -> Result:
    """The client of a document as the service shows it. A field that it leaves out may still have a value."""
    client = document.client.to_dict() if document.client else {}
    return {f"client_{name}": client[name] for name in _IDENTITY if client.get(name)}


def _serie(work: Work, name: str | None) -> Sequence | str | None:
    """The série of that name, read once; the name itself if there is none, so that the client says so."""
    if name is not None and name not in work.series:
        found = work.ix.sequences.find(name)
        if found is None:
            return name
        work.series[name] = found
    return None if name is None else work.series[name]


def _finalize(work: Work, document: DocumentRecord, *, is_again: bool) -> Result:
    planned = document.planned
    issued = _namespace(work, document).finalize(
        document.id, expect_total=planned.total, expect_content=_expected(work, document)
    )
    if planned.serie is not None and serie_of(issued) != planned.serie:
        # A draft does not show its série (recorded 2019).
        raise InputError(
            "serie",
            f"{issued.id} is issued as {number_of(issued)}, and the file says série {planned.serie}; "
            "another program moved its draft. Check which is right; an issued document can only be cancelled",
        )
    return {"number": number_of(issued), "atcud": issued.atcud or None, "total": issued.total}


def _expected(work: Work, document: DocumentRecord) -> InvoiceWrite:
    """The document as the file has it, for the client that its draft was made for."""
    made_for = work.journal.details(document, Step.CREATE)
    fields = dict(document.planned.fields)
    client: dict[str, Any] = dict(fields.get("client") or {})
    if name := made_for.get("client_name"):
        # A known client keeps its own, whatever the file says (vendor docs 2017).
        client["name"] = name
    if number := made_for.get("client_id"):
        client["id"] = int(number)
    if (number := made_for.get("client_fiscal_id")) and not client.get("fiscal_id"):
        client["fiscal_id"] = number
    if "name" in client:
        fields["client"] = client
    return InvoiceWrite.of(**fields)


def _pay(work: Work, document: DocumentRecord, *, is_again: bool) -> Result:
    found = _payment(work, document)
    if found is None and is_again and document.begun_at is not None:
        moment = work.journal.now()
        # A clock that was set back must not lengthen the wait.
        until = min(document.begun_at, moment) + work.settled_after
        left = (until - moment).total_seconds()
        if left > 0:
            work.sleep(left)
            if work.journal.now() < until:
                raise _TooEarlyError
        found = _payment(work, document)
    if found is not None:
        return found
    payment = document.planned.payment
    if payment is None:
        return {}
    fields: dict[str, Any] = {"amount": payment.amount, "note": document.uid}
    if payment.mechanism is not None:
        fields["payment_mechanism"] = payment.mechanism
    if payment.date is not None:
        fields["payment_date"] = payment.date
    # The wait for a late payment counts from here. Raises ClaimLostError if another process has taken over.
    work.journal.begin(document)
    receipt = _namespace(work, document).pay(document.id, **fields)
    return {"message": f"receipt {number_of(receipt)}"}


class _TooEarlyError(Exception):
    """The wait for a late payment was cut short, since the run is stopping. The step stays begun."""


_PAID: Final = ("settled",)
_VOID: Final = ("draft", "canceled", "deleted")


def _payment(work: Work, document: DocumentRecord) -> Result | None:
    """The payment, if the document has it: it is settled, or has an issued receipt of the amount.

    Raises InputError for a receipt of another amount, which is not the run's.
    """
    payment = document.planned.payment
    invoice: AnyDocument = _namespace(work, document).get(document.id)
    if payment is None or str(invoice.status) in _PAID:
        return {"message": "paid already"} if str(invoice.status) in _PAID else None
    receipts = [
        each
        for each in work.ix.documents.related(invoice)
        if str(each.type) in RECEIPT_TYPES and str(each.status) not in _VOID
    ]
    found = next((each for each in receipts if each.total == payment.amount), None)
    if found is None and receipts:
        shown = ", ".join(f"{number_of(each)} of {each.total}" for each in receipts)
        raise InputError(
            "paid", f"the file says {payment.amount}, and the document has {shown}; enter the rest by hand"
        )
    return None if found is None else {"message": f"receipt {number_of(found)}"}


def _email(work: Work, document: DocumentRecord, *, is_again: bool) -> Result:
    _namespace(work, document).email(document.id, document.planned.email)
    return {"message": "sent again, since the process ended while it was sent"} if is_again else {}


def _pdf(work: Work, document: DocumentRecord, *, is_again: bool) -> Result:
    if document.id is None:
        raise InputError("id", "the document was not created")
    work.folder.mkdir(parents=True, exist_ok=True)
    download = work.ix.documents.pdf(document.id)
    name = f"{(document.number or f'draft {document.id}').replace('/', '-')}.pdf"
    try:
        # After a death the file may be this document's own. Any other one may be another account's.
        saved = download.save_in(work.folder, name=name, overwrite=is_again)
    except FileExistsError:
        text = f"{work.folder / name} exists; it may be another document's. Move it away, then retry"
        raise InputError("pdf", text) from None
    return {"message": str(saved)}


_STEPS: Final[Mapping[Step, Callable[..., Result]]] = {
    Step.CREATE: _create,
    Step.FINALIZE: _finalize,
    Step.PAY: _pay,
    Step.EMAIL: _email,
    Step.PDF: _pdf,
}
