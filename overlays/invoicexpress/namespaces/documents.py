"""Methods of documents, in small groups: each group is one ability.

There is one namespace per document type, so that a wrong root key is impossible, and a namespace lacks the
methods that its type does not support: no `create` for receipts, `unsettle` for notes only. The modules of
the families compose the namespaces from these groups.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import ClassVar, Final, Generic, TypedDict, TypeVar, Unpack

from attrs import evolve
from invoicexpress_generated.api.documents import (
    change_document_state,
    create_document,
    send_document_email,
    update_document,
)
from invoicexpress_generated.models.document_envelope import DocumentEnvelope
from invoicexpress_generated.models.email_message import EmailMessage
from invoicexpress_generated.models.email_recipient import EmailRecipient
from invoicexpress_generated.models.estimate import Estimate
from invoicexpress_generated.models.guide import Guide
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.models.purchase_order import PurchaseOrder
from invoicexpress_generated.models.sequence import Sequence as Serie
from invoicexpress_generated.models.state_change import StateChange
from invoicexpress_generated.types import UNSET, Request, Response, Unset

from ..errors import (
    DocumentInUseError,
    DraftMismatchError,
    InputError,
    InvoiceXpressError,
    NotFoundError,
    ValidationError,
    key_of,
)
from ..quirks import document_types, envelopes, renderings
from ..quirks.comparison import document_differences
from ..quirks.document_filters import DocumentFilters, or_unset
from ..quirks.document_types import DocumentTypeRow, statuses_after
from ..quirks.downloads import LIMIT as FILE_LIMIT
from ..quirks.downloads import Download
from ..quirks.envelopes import AnyDocumentWrite, unwrap_document
from ..quirks.expected_total import check_amount, differences
from ..quirks.idempotency import key_for
from ..quirks.identity import id_of
from ..quirks.number_lookup import LIMIT as LOOKUP_LIMIT
from ..quirks.number_lookup import WITH_NUMBER, find_number
from ..quirks.polling import TIMEOUT as READY_TIMEOUT
from ..quirks.polling import OnWait
from ..quirks.polymorphism import read_document
from ..quirks.reconciliation import (
    Undecidable,
    Unknown,
    Write,
    attempt,
    create_with_key,
    create_with_snapshot,
    reconcile,
    send_once,
)
from ..quirks.sequence_rows import sequence_id
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.in_flight import WriteScope
from ..sending.pagination import PER_PAGE, PageReader
from ..totals import Totals
from . import account_checks
from .document_lists import document_pages

T = TypeVar("T")
D = TypeVar("D", Invoice, Estimate, Guide, PurchaseOrder)
ID_SPACE: Final = "document"
"""Documents of all types share one space of ids."""


class InSequence(TypedDict, total=False):
    """The field of every document that a série fills in."""

    sequence_id: int | None


F = TypeVar("F", bound=InSequence)


class DocumentNamespace(Namespace[C_co], Generic[C_co, D]):
    """Methods of documents of every type."""

    row: ClassVar[DocumentTypeRow]
    model: type[D]

    @operation
    def get(self, document: D | int) -> Flow[D]:
        """Reads a document, by its id or again. Raises NotFoundError, also for an id of another type."""
        return (yield from self._get(id_of(document)))

    @operation
    def pdf(
        self,
        document: D | int,
        *,
        second_copy: bool | None = None,
        timeout: float = READY_TIMEOUT,
        on_wait: OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[Download]:
        """Waits for the PDF and fetches it; `.save(path)` writes it. Drafts have one too.

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (
            yield from renderings.pdf(
                document, second_copy=second_copy, timeout=timeout, on_wait=on_wait, limit=limit
            )
        )

    def _get(self, document_id: int) -> Flow[D]:
        return (yield from read_document(self.row, self.model, document_id))

    def _reader(self, parse: Callable[[Response], DocumentEnvelope]) -> Callable[[Response], D]:
        """Combines `parse` of an endpoint with taking the document out of its envelope."""
        return lambda response: unwrap_document(response, parse(response), self.row, self.model)

    def _unwrap_or_none(self, response: Response, envelope: DocumentEnvelope | None) -> D | None:
        return None if envelope is None else unwrap_document(response, envelope, self.row, self.model)

    def _or_read_again(
        self, document_id: int, request: Request, parse: Callable[[Response], DocumentEnvelope | None]
    ) -> Flow[D]:
        """Sends a change; reads the document if the answer is blank."""

        changed = yield from exchange(
            request, lambda response: self._unwrap_or_none(response, parse(response))
        )
        return changed if changed is not None else (yield from self._get(document_id))

    def _change_state(
        self,
        document: D | int,
        event: str,
        message: str | None = None,
        *,
        mismatches: Callable[[D], tuple[str, ...]] = lambda _: (),
    ) -> Flow[D]:
        """Changes a document's state. After an unknown result the document's own state decides.

        A difference found by `mismatches` then prevents a second attempt.
        """
        document_id, reached = id_of(document), statuses_after(event)
        self._core.in_flight.know(ID_SPACE, document_id)
        write = self._state_write(document_id, event, message, self._unwrap_or_none)
        different: tuple[str, ...] = ()

        def send() -> Flow[D | Unknown]:
            changed = yield from attempt(write)
            if isinstance(changed, Unknown | self.model):
                return changed
            try:
                return (yield from self._get(document_id))
            except InvoiceXpressError as error:
                return Unknown(error)

        def look() -> Flow[D | None]:
            nonlocal different
            found = yield from self._get(document_id)
            different = mismatches(found)
            if found.status not in reached:
                return None
            if different:
                raise Undecidable(f"it is {found.status}, but {'; '.join(different)}")
            return found

        def objection() -> InvoiceXpressError | None:
            return DraftMismatchError(document_id, different) if different else None

        options = self._core.options
        return (yield from reconcile(write, send, look, options, idempotent=True, objection=objection))

    def _state_write(
        self,
        document_id: int,
        event: str,
        message: str | None,
        read: Callable[[Response, DocumentEnvelope | None], T],
    ) -> Write[T]:
        change = StateChange(event, UNSET if message is None else message)
        body = envelopes.state_change(self.row, change)
        request = change_document_state.request(self.row.segment, document_id, body=body)
        return Write(
            request,
            lambda response: read(response, change_document_state.parse(response)),
            f"the status of document {document_id}",
        )


class Cancelling(DocumentNamespace[C_co, D]):
    @operation
    def cancel(self, document: D | int, message: str) -> Flow[D]:
        """Cancels a finalized document; `message` is the reason, which the law requires.

        Raises ValidationError if its state does not allow it: a DocumentInUseError with the documents, if
        issued receipts or notes depend on it (Despacho 8632/2014, 3.3.8).
        """
        reason = _reason(message)
        try:
            return (yield from self._change_state(document, "canceled", reason))
        except ValidationError as error:
            refusal = error
        resting = yield from self._blocking(id_of(document))
        raise (DocumentInUseError.of(refusal, resting) if resting else refusal) from None

    def _blocking(self, document_id: int) -> Flow[Sequence[Invoice]]:
        """Documents that block a cancellation, for types that can have any."""
        yield from ()
        return ()


class Issuing(Cancelling[C_co, D]):
    @operation
    def finalize(self, document: D | int, *, expect_total: Decimal | Totals | None = None) -> Flow[D]:
        """Turns a draft into a legal document with a number. This cannot be undone.

        With `expect_total` (in the account's currency, or a Totals), or with a draft instead of its id, the
        draft is read back first; DraftMismatchError is raised if its total, its client or the tax of a line
        differs. Raises ValidationError if the service refuses, for example a date before the last document of
        the série, and AmbiguousResultError if the result stays unknown.

        After an attempt without an answer the draft may have changed. So it is compared again before the next
        attempt, and so is the finalized document.
        """
        meant = None if isinstance(document, int) else document
        if expect_total is not None and not isinstance(expect_total, Totals):
            check_amount("expect_total", expect_total)
        if meant is None and expect_total is None:
            return (yield from self._change_state(document, "finalized"))
        found = yield from self._get(id_of(document))
        if different := tuple(differences(found, expected_total=expect_total, meant=meant)):
            raise DraftMismatchError(found.id, different)

        def mismatches(now: D) -> tuple[str, ...]:
            as_draft = evolve(now, status="draft")
            return tuple(differences(as_draft, expected_total=expect_total, meant=meant))

        return (yield from self._change_state(document, "finalized", mismatches=mismatches))

    @operation
    def delete(self, document: D | int) -> Flow[None]:
        """Deletes a draft; it may not be readable afterwards. A finalized document can only be cancelled.

        Raises ValidationError for anything but a draft, and AmbiguousResultError if the result
        stays unknown.
        """
        document_id = id_of(document)

        def look() -> Flow[bool | None]:
            try:
                found = yield from self._get(document_id)
            except NotFoundError:
                return True
            return True if found.status in statuses_after("deleted") else None

        write = self._state_write(document_id, "deleted", None, lambda _response, _envelope: True)
        send = partial(attempt, write)
        yield from reconcile(write, send, look, self._core.options, idempotent=True)

    @operation
    def email(
        self,
        document: D | int,
        to: str,
        *,
        save: bool = False,
        subject: str | None = None,
        body: str | None = None,
        cc: str | None = None,
        bcc: str | None = None,
        logo: bool | None = None,
    ) -> Flow[None]:
        """Sends a document by e-mail; `save` stores the address with the client.

        An e-mail cannot be read back, so it is never repeated: an unknown result is an AmbiguousResultError.
        Raises PermissionDeniedError on trial accounts.
        """
        message = envelopes.email(
            lambda: EmailMessage.of(
                client=EmailRecipient(to, save), subject=subject, body=body, cc=cc, bcc=bcc, logo=logo
            )
        )
        request = send_document_email.request(self.row.segment, id_of(document), body=message)
        yield from send_once(Write(request, send_document_email.parse, "the recipient's mailbox"))

    def _create(
        self,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: Serie | str | None,
        proprietary_uid: str | None = None,
        raw_owner_invoice: str | None = None,
    ) -> Flow[D]:
        """Creates a draft. `written` turns the fields into a model."""
        yield from self._pick_sequence(fields, sequence)
        self._only_notes_correct(raw_owner_invoice)
        key = key_for(self.row, proprietary_uid)
        body = envelopes.new_document(self.row, lambda: written(fields), key, or_unset(raw_owner_invoice))
        request = create_document.request(self.row.segment, body=body)
        self._check(body.value)
        corrected = yield from account_checks.before(self._core, self.row.root, body.value)
        write = Write(request, self._reader(create_document.parse), f"the list of {self.row.segment}")
        created = yield from self._create_once(write, body.value)
        return account_checks.after(self._core, self.row.root, body.value, created, corrected)

    def _create_once(self, write: Write[D], body: AnyDocumentWrite) -> Flow[D]:
        if key_of(write.request) is None:
            return (yield from send_once(write))
        return (yield from create_with_key(write, self._core.options))

    def _update(
        self,
        document: D | int,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: Serie | str | None,
        raw_owner_invoice: str | None = None,
    ) -> Flow[D]:
        """Replaces a draft. `written` turns the fields into a model."""
        yield from self._pick_sequence(fields, sequence)
        self._only_notes_correct(raw_owner_invoice)
        body = envelopes.changed_document(self.row, lambda: written(fields), or_unset(raw_owner_invoice))
        request = update_document.request(self.row.segment, id_of(document), body=body)
        self._check(body.value)
        corrected = yield from account_checks.before(self._core, self.row.root, body.value)
        self._core.in_flight.know(ID_SPACE, id_of(document))
        updated = yield from self._or_read_again(id_of(document), request, update_document.parse)
        return account_checks.after(self._core, self.row.root, body.value, updated, corrected)

    def _pick_sequence(self, fields: InSequence, sequence: Serie | str | None) -> Flow[None]:
        fields["sequence_id"] = yield from sequence_id(sequence, fields.get("sequence_id"), self.row)

    def _only_notes_correct(self, raw_owner_invoice: str | None) -> None:
        if raw_owner_invoice is not None and self.row not in document_types.NOTES:
            raise InputError(
                "raw_owner_invoice", f"{self.row.segment} correct no other document; leave it out"
            )

    def _check(self, document: AnyDocumentWrite) -> None:
        """Checks rules across fields. Building the request has checked the single fields."""
        if self.row.needs_client and isinstance(document.client, Unset):
            raise InputError(f"{self.row.root}.client", f"{self.row.segment} need a client")
        due_date = document.due_date
        if not isinstance(due_date, Unset) and due_date < document.date:
            raise InputError(
                f"{self.row.root}.due_date",
                f"{due_date} is before the date, {document.date}; give a day from that on",
            )


class Numbered(DocumentNamespace[C_co, D]):
    """Lookup of documents by number."""

    @operation
    def find_by_number(
        self, number: int, sequence: Serie | str, *, limit: int = LOOKUP_LIMIT
    ) -> Flow[D | None]:
        """Finds a document by its number and série, `find_by_number(28, "A")`; returns None without a match.

        The service has no such lookup, so this reads the list of the type, one request for each hundred
        documents, until the number turns up. Raises SearchLimitError after `limit` documents, InputError for
        a number or a limit below one.
        """
        return (yield from find_number(self._with_number(), number, sequence, limit))

    @abstractmethod
    def _with_number(self) -> PageReader[D]:
        """The list of the numbered documents of this type."""


class Listed(Numbered[C_co, D]):
    """Lists with filters by the date of the document."""

    @listing
    def list(self, *, per_page: int = PER_PAGE, **filters: Unpack[DocumentFilters]) -> PageReader[D]:
        """The documents of this type, read page by page as needed. Without filters, all of them.

        Takes the filters of DocumentFilters. `status` takes statuses as documents show them (`final`);
        amounts are in the account's currency. A new document may be missing for about two seconds. Raises
        InputError for an unknown filter.
        """
        return self._pages(filters, per_page)

    def _with_number(self) -> PageReader[D]:
        return self._pages({"status": WITH_NUMBER[self.row.family]}, PER_PAGE)

    def _pages(self, filters: DocumentFilters, per_page: int) -> PageReader[D]:
        row = self.row
        return document_pages(row, self.model, [row.type], filters, per_page, what=row.segment)


class QrCoded(DocumentNamespace[C_co, D]):
    """Documents that have a QR code once they are final: invoices and guides (vendor docs 2026-07)."""

    @operation
    def qr_code(
        self,
        document: D | int,
        *,
        timeout: float = READY_TIMEOUT,
        on_wait: OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[Download]:
        """Waits for the picture of the QR code and fetches it. Drafts have none (ValidationError).

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (yield from renderings.qr_code(document, timeout=timeout, on_wait=on_wait, limit=limit))


def _reason(message: object) -> str:
    if isinstance(message, str) and message.strip():
        return message
    raise InputError("message", f"expected the reason for the cancellation, got {message!r}")


class ByReference(Issuing[C_co, D]):
    """Types without an idempotency key: `reference` tells their documents apart."""

    @abstractmethod
    def _with_reference(self, reference: str) -> Flow[Sequence[D]]:
        """The documents of this type with a reference."""

    def _create_once(self, write: Write[D], body: AnyDocumentWrite) -> Flow[D]:
        reference = "" if isinstance(body.reference, Unset) else body.reference.strip()
        if not reference:
            write = replace(
                write, look_at=f"{write.look_at} (with a unique `reference` the client could decide)"
            )
            return (yield from send_once(write))
        write = replace(write, look_at=f"{write.look_at} with reference {reference!r}")

        def read() -> Flow[Sequence[D]]:
            return (yield from self._with_reference(reference))

        def differing(found: D) -> Iterator[str]:
            return document_differences(body, found)

        options, scope = (
            self._core.options,
            WriteScope(self._core.in_flight, ID_SPACE, self.row.segment, reference),
        )
        return (yield from create_with_snapshot(write, read, differing, options, scope, read_one=self._get))
