"""Methods of documents, in small groups: each group is one ability.

There is one namespace per document type, so that a wrong root key is impossible, and a namespace lacks the
methods that its type does not support: no `create` for receipts, `unsettle` for notes only. The modules of
the families compose the namespaces from these groups.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, Final, Generic, TypedDict, TypeVar, Unpack

import attrs
from invoicexpress_generated import models
from invoicexpress_generated.api import documents as api
from invoicexpress_generated.types import UNSET, Request, Response, Unset
from invoicexpress_wire import shown

import invoicexpress

from .. import namespaces, quirks
from ..errors import (
    KEY_FIELD,
    AmbiguousResultError,
    ApiError,
    ConfigurationError,
    ConflictError,
    DocumentInUseError,
    DraftMismatchError,
    InputError,
    InvoiceXpressError,
    KeyReusedError,
    NotAcceptableError,
    NotFoundError,
    ValidationError,
)
from ..quirks import document_types, envelopes
from ..quirks.absent_values import or_unset
from ..quirks.document_filters import DocumentFilters
from ..quirks.document_types import RECEIPT_TYPES, DocumentTypeRow, is_issued, statuses_after
from ..quirks.downloads import LIMIT as FILE_LIMIT
from ..quirks.envelopes import AnyDocumentWrite, unwrap_any, unwrap_document
from ..quirks.idempotency import key_for
from ..quirks.identity import id_of
from ..quirks.number_lookup import LIMIT as LOOKUP_LIMIT
from ..quirks.number_lookup import WITH_NUMBER, find_number
from ..quirks.polling import TIMEOUT as READY_TIMEOUT
from ..quirks.polymorphism import read_document, read_relatives
from ..sending.flows import C_co, Flow, Namespace, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .clients import Clients
from .document_lists import document_pages

T = TypeVar("T")
D = TypeVar("D", "models.Invoice", "models.Estimate", "models.Guide", "models.PurchaseOrder")
ID_SPACE: Final = "document"
"""Documents of all types share one space of ids."""


class CommonFields(TypedDict, total=False):
    """Fields of every document: the one that a série fills in, and the caller's own reference."""

    sequence_id: int | None
    reference: str | None


F = TypeVar("F", bound=CommonFields)

_MADE_OF: Final[Mapping[object, type[AnyDocumentWrite]]] = {
    models.Invoice: models.InvoiceWrite,
    models.Estimate: models.EstimateWrite,
    models.Guide: models.GuideWrite,
    models.PurchaseOrder: models.PurchaseOrderWrite,
}
"""What documents are made of."""


def row_of_serie(fields: CommonFields) -> int | None:
    """The row of the série that the caller named, once `_pick_sequence` has filled it in."""
    return fields.get("sequence_id")


class DocumentNamespace(Namespace[C_co], Generic[C_co, D]):
    """Methods of documents of every type."""

    row: ClassVar[DocumentTypeRow]
    model: type[D]

    def _advice_without(self, name: str) -> str:
        return namespaces.absent_methods.advice(type(self), name)

    @operation
    def get(self, document: D | int) -> Flow[D]:
        """Reads a document, by its id or again. Raises NotFoundError, also for an id of another type."""
        return (yield from self._get(id_of(document, self.model)))

    @operation
    def pdf(
        self,
        document: D | int,
        *,
        second_copy: bool | None = None,
        timeout: float = READY_TIMEOUT,
        on_wait: quirks.polling.OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[quirks.downloads.Download]:
        """Waits for the PDF and fetches it; `.save(path)` writes it. Drafts have one too.

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (
            yield from quirks.renderings.pdf(
                document, second_copy=second_copy, timeout=timeout, on_wait=on_wait, limit=limit
            )
        )

    def _get(self, document_id: int) -> Flow[D]:
        return (yield from read_document(self.row, self.model, document_id))

    def _change_state(
        self,
        document_id: int,
        event: str,
        message: str | None = None,
        *,
        mismatches: Callable[[D], tuple[str, ...]] = lambda _: (),
    ) -> Flow[D]:
        """Changes a document's state. The status in the answer, or in a read after it, decides.

        A difference found by `mismatches` then prevents a second attempt.
        """
        reached = statuses_after(event)
        different: tuple[str, ...] = ()

        def read(response: Response) -> D | None:
            envelope = api.change_document_state.parse(response)
            if envelope is None:
                return None
            return unwrap_document(response, envelope, self.row, self.model, document_id=document_id)

        write = self._state_write(document_id, event, message, read)
        self._core.in_flight.know(ID_SPACE, document_id)

        def changed_while_waiting() -> Flow[None]:
            found = yield from self._get(document_id)
            if unlike := mismatches(found):
                raise DraftMismatchError(found.id, unlike, found.status)

        def send() -> Flow[D | quirks.attempts.Unknown]:
            outcome = yield from quirks.attempts.attempt_until_admitted(
                write, changed_while_waiting, self._core.options
            )
            if isinstance(outcome, quirks.attempts.Unknown):
                return outcome
            try:
                changed = outcome if outcome is not None else (yield from self._get(document_id))
            except InvoiceXpressError as error:
                return quirks.attempts.Unknown(error)
            if changed.status not in reached:
                return quirks.attempts.Unknown(
                    quirks.attempts.without_proof(write, f"but the document is {changed.status}")
                )
            if unlike := mismatches(changed):
                # Another caller changed the draft between the read and this write.
                raise DraftMismatchError(changed.id, unlike, changed.status)
            return changed

        def look() -> Flow[D | None]:
            nonlocal different
            found = yield from self._get(document_id)
            different = mismatches(found)
            if found.status not in reached:
                return None
            if different:
                raise quirks.lookups.Undecidable(f"it is {found.status}, but {'; '.join(different)}")
            return found

        return (
            yield from quirks.reconciliation.reconcile(
                write, send, look, self._core.options, harmless=True, objection=lambda: "; ".join(different)
            )
        )

    def _state_write(
        self, document_id: int, event: str, message: str | None, read: Callable[[Response], T]
    ) -> quirks.attempts.Write[T]:
        change = models.StateChange(event, UNSET if message is None else message)
        body = envelopes.state_change(self.row, change)
        request = api.change_document_state.request(self.row.segment, document_id, body=body)
        return quirks.attempts.Write(request, read, f"the status of document {document_id}")


class Cancelling(DocumentNamespace[C_co, D]):
    @operation
    def cancel(self, document: D | int, message: str) -> Flow[D]:
        """Cancels a finalized document; `message` is the reason, which the law requires.

        Raises ValidationError if its state does not allow it: a DocumentInUseError with the documents, if
        issued receipts or notes depend on it (Despacho 8632/2014, 3.3.8).
        """
        reason = _reason(message)
        try:
            return (yield from self._change_state(id_of(document, self.model), "canceled", reason))
        except ValidationError as error:
            refusal = error
        resting = yield from self._blocking(id_of(document, self.model))
        raise (DocumentInUseError.of(refusal, resting) if resting else refusal) from None

    def _blocking(self, document_id: int) -> Flow[Sequence[models.Invoice]]:
        """Documents that block a cancellation, for types that can have any."""
        yield from ()
        return ()


class Issuing(Cancelling[C_co, D]):
    @operation
    def finalize(
        self,
        document: D | int,
        *,
        expect_total: Decimal | invoicexpress.Totals | None = None,
        expect_content: models.InvoiceWrite
        | models.EstimateWrite
        | models.GuideWrite
        | models.PurchaseOrderWrite
        | None = None,
    ) -> Flow[D]:
        """Turns a draft into a legal document with a number. This cannot be undone.

        The draft is read first. DraftMismatchError is raised if its total differs from `expect_total` (in the
        account's currency, or a Totals), or if, since the draft that was passed instead of its id, its total,
        its client or the tax of a line has changed. `expect_content` is what the draft was made of
        (`InvoiceWrite.of(...)`): another date, client, tax number, line or exemption is a mismatch too; the
        client is read if the draft shows no tax number. A document that is final already, and as expected, is
        returned: another caller was faster. Raises ValidationError if the service refuses, for example a date
        before the last document of the série, and AmbiguousResultError if the result stays unknown. A date
        ahead of today would close the série until then: SilentChangeError (`Checks.dated_ahead`).

        After an attempt without an answer the draft may have changed. So it is compared again before the next
        attempt, and so is the finalized document.
        """
        meant = None if isinstance(document, int) else document
        check_total(expect_total)
        self._check_content(expect_content)
        found = yield from self._get(id_of(document, self.model))
        if expect_content is not None and (
            other := (yield from self._number_differences(found, expect_content))
        ):
            raise DraftMismatchError(found.id, other, found.status)
        return (yield from self._finalize(found, expect_total, meant, content=expect_content))

    def _number_differences(self, found: D, content: AnyDocumentWrite) -> Flow[tuple[str, ...]]:
        """Whether the client of a document has another tax number, where the document shows none.

        A draft has the number that its client has when it is finalized, so the client is read.
        """
        given, stored = content.client, found.client
        if (
            not given
            or not given.fiscal_id
            or isinstance(stored, Unset)
            or stored.fiscal_id
            or stored.id is None
        ):
            return ()
        if not isinstance(stored.fiscal_id, Unset) or is_issued(found.status):
            return ()
        whole = yield from Clients.get.flow(Clients(self._core), stored.id)
        now = attrs.evolve(found, client=attrs.evolve(stored, fiscal_id=whole.fiscal_id or None))
        return tuple(quirks.comparison.client_identity_differences(content, now))

    def _check_content(self, expected: object) -> None:
        """Raises InputError for anything but None and a model that documents of this type are made of."""
        made_of = _MADE_OF[self.model]
        if expected is not None and not isinstance(expected, made_of):
            name = made_of.__name__
            raise InputError("expect_content", f"expected {name}.of(...), got {shown(expected)}")

    def _finalize(
        self,
        found: D,
        expect_total: Decimal | invoicexpress.Totals | None,
        meant: D | None,
        unread: Callable[[ApiError, InvoiceXpressError], InvoiceXpressError] | None = None,
        *,
        content: AnyDocumentWrite | None = None,
    ) -> Flow[D]:
        """Finalizes a document just read.

        A refusal may mean that another caller was faster, so the document is read again. `unread` makes the
        error for a document that cannot be read then; without it the refusal stays.
        """

        def mismatches(now: D) -> tuple[str, ...]:
            differing: list[str] = list(
                quirks.expected_total.differences(now, expected_total=expect_total, meant=meant or found)
            )
            if content is not None:
                differing += quirks.comparison.expectation_differences(self.row.type, content, now)
            return tuple(differing)

        if different := mismatches(found):
            raise DraftMismatchError(found.id, different, found.status)
        if is_issued(found.status):
            return found
        namespaces.account_checks.before_finalizing(self._core, self.row.root, found)
        try:
            return (yield from self._change_state(found.id, "finalized", mismatches=mismatches))
        except (ValidationError, NotAcceptableError, ConflictError) as error:
            refusal = error
        try:
            now = yield from self._get(found.id)
        except InvoiceXpressError as error:
            if unread is None or quirks.attempts.proves_absence(error):
                raise refusal from None
            raise unread(refusal, error) from error
        if not is_issued(now.status):
            raise refusal
        if unlike := mismatches(now):
            raise DraftMismatchError(now.id, unlike, now.status) from refusal
        return now

    def _issue_once(
        self,
        document: D,
        expect_total: Decimal | invoicexpress.Totals | None,
        key: str,
        field: str,
        row_id: int | None,
    ) -> Flow[D]:
        """Finalizes the document of a key, unless it is issued already, and checks that it is in its série.

        `row_id` is the row that the caller named.
        """

        def unread(refusal: ApiError, error: InvoiceXpressError) -> AmbiguousResultError:
            return AmbiguousResultError(
                refusal.method,
                refusal.path,
                f"{refusal}; another caller may have issued it, and it could not be read ({error})",
                key if field == KEY_FIELD else None,
                f"the status of document {document.id}",
            )

        if document.status == "draft":
            try:
                issued = yield from self._finalize(document, expect_total, document, unread)
            except (ValidationError, NotAcceptableError, ConflictError) as error:
                word = "key" if field == KEY_FIELD else field
                remedy = f"delete it or update it, then issue again with the same {word}"
                error.advice = f"Draft {document.id} exists: {remedy}"
                raise
            except ConfigurationError as error:
                # Closed meanwhile.
                raise ConfigurationError(
                    f"{error}; draft {document.id} exists and was not finalized"
                ) from error
            if elsewhere := (yield from self._serie_differences(issued, row_id, key, field)):
                raise DraftMismatchError(issued.id, elsewhere, issued.status)
            return issued
        unlike: tuple[str, ...] = tuple(
            quirks.expected_total.differences(document, expected_total=expect_total, meant=None)
        )
        if not is_issued(document.status):
            unlike = (f"it is {document.status}", *unlike)
        if unlike:
            raise KeyReusedError(key, document, unlike, field)
        return document

    @operation
    def delete(self, document: D | int) -> Flow[None]:
        """Deletes a draft; it may not be readable afterwards. A finalized document can only be cancelled.

        Raises ValidationError for anything but a draft, and AmbiguousResultError if the result
        stays unknown.
        """
        yield from self._delete(id_of(document, self.model))

    def _delete(self, document_id: int) -> Flow[None]:
        def look() -> Flow[bool | None]:
            try:
                found = yield from self._get(document_id)
            except NotFoundError as error:
                if quirks.attempts.proves_absence(error):
                    return True
                raise
            return True if found.status in statuses_after("deleted") else None

        def read(response: Response) -> None:
            api.change_document_state.parse(response)

        write = self._state_write(document_id, "deleted", None, read)
        yield from quirks.reconciliation.change_and_look(write, look, self._core.options)

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
            lambda: models.EmailMessage.of(
                client=models.EmailRecipient(to, save), subject=subject, body=body, cc=cc, bcc=bcc, logo=logo
            )
        )
        request = api.send_document_email.request(self.row.segment, id_of(document, self.model), body=message)
        yield from quirks.reconciliation.send_once(
            quirks.attempts.Write(
                request, quirks.attempts.blank(api.send_document_email.parse), "the recipient's mailbox"
            )
        )

    def _create(
        self,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: models.Sequence | str | None,
        *,
        proprietary_uid: str | None = None,
        raw_owner_invoice: str | None = None,
        unchosen: Container[str] = (),
        issues: bool = False,
    ) -> Flow[D]:
        """Creates a draft.

        `written` turns the fields into a model; `unchosen` names fields that the caller left to the client;
        `issues` tells whether the caller issues the draft.
        """
        yield from self._pick_sequence(fields, sequence)
        self._only_notes_correct(raw_owner_invoice)
        key = key_for(self.row, proprietary_uid)
        body = envelopes.new_document(self.row, lambda: written(fields), key, or_unset(raw_owner_invoice))
        request = api.create_document.request(self.row.segment, body=body)
        self._check(body.value)
        if issues:
            namespaces.account_checks.before_issuing(self._core, self.row.root, body.value)
        corrected = yield from namespaces.account_checks.before(self._core, self.row.root, body.value)
        created = yield from self._create_once(request, body.value, proprietary_uid, unchosen)
        is_named = issues or proprietary_uid is not None or bool(fields.get("reference"))
        return (
            yield from namespaces.account_checks.after(
                self._core, self.row.root, body.value, created, corrected, is_named=is_named
            )
        )

    def _create_once(
        self,
        request: Request,
        body: AnyDocumentWrite,
        proprietary_uid: str | None,
        unchosen: Container[str],
    ) -> Flow[D]:
        """Sends a create with a key, the caller's or a generated one."""

        def read(response: Response) -> D:
            envelope = api.create_document.parse(response)
            if proprietary_uid is None:
                return unwrap_document(response, envelope, self.row, self.model)
            # The key may belong to a document of another type, which comes under its own root key.
            return unwrap_any(response, envelope, document_types.roots_of(self.row.family), self.model)

        write = quirks.attempts.Write(request, read, f"the list of {self.row.segment}")
        created: D = yield from quirks.reconciliation.create_with_key(write, self._core.options)
        if proprietary_uid is not None:
            different: tuple[str, ...] = (
                *quirks.comparison.status_differences(created),
                *quirks.comparison.document_differences(self.row.type, body, created, unchosen=unchosen),
            )
            if not different:
                different = yield from self._serie_differences(
                    created, body.sequence_id or None, proprietary_uid.strip(), KEY_FIELD
                )
            if not different:
                different = yield from self._owner_differences(write, body, created)
            if different:
                raise KeyReusedError(proprietary_uid, created, different)
        return created

    def _serie_differences(self, found: D, row_id: int | None, key: str, field: str) -> Flow[tuple[str, ...]]:
        """Whether the document of a key, or of a reference, is in another série than the one named.

        Raises AmbiguousResultError, with the key, if the séries cannot be read.
        """
        remembered = self._core.in_flight.row_of(found.id, key, row_id)
        try:
            return (yield from quirks.sequence_rows.serie_differences(row_id, found, remembered))
        except InvoiceXpressError as error:
            raise AmbiguousResultError(
                "POST",
                f"/{self.row.segment}.json",
                f"the séries could not be read ({error})",
                key if field == KEY_FIELD else None,
                f"the série of document {found.id}",
            ) from error

    def _owner_differences(
        self, write: quirks.attempts.Write[D], body: AnyDocumentWrite, note: D
    ) -> Flow[tuple[str, ...]]:
        """Whether a note corrects another document than the one sent; only its relatives show that.

        Ids grow, so a document that a note corrects is the older one. A new note without relatives differs in
        nothing: lists lag. Raises AmbiguousResultError if they cannot be read.
        """
        sent = getattr(body, "owner_invoice_id", UNSET)
        if isinstance(sent, Unset):
            return ()
        try:
            related = yield from read_relatives(note.id)
        except InvoiceXpressError as error:
            raise write.in_doubt(error, f"which document {note.id} corrects could not be read") from error
        owners = {each.id for each in related if each.id < note.id and each.type not in RECEIPT_TYPES}
        if not owners or sent in owners:
            return ()
        return (f"it corrects document {', '.join(map(str, sorted(owners)))}, sent {sent}",)

    def _update(
        self,
        document: D | int,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: models.Sequence | str | None,
        raw_owner_invoice: str | None = None,
    ) -> Flow[D]:
        """Replaces a draft, and compares it. `written` turns the fields into a model."""
        yield from self._pick_sequence(fields, sequence)
        self._only_notes_correct(raw_owner_invoice)
        document_id = id_of(document, self.model)
        with envelopes.updating():
            body = envelopes.changed_document(self.row, lambda: written(fields), or_unset(raw_owner_invoice))
        request = api.update_document.request(self.row.segment, document_id, body=body)
        self._check(body.value)
        corrected = yield from namespaces.account_checks.before(self._core, self.row.root, body.value)
        self._core.in_flight.know(ID_SPACE, document_id)
        self._core.in_flight.moved(document_id, row_of_serie(fields))

        def read(response: Response) -> D | None:
            envelope = api.update_document.parse(response)
            if envelope is None:
                return None
            return unwrap_document(response, envelope, self.row, self.model, document_id=document_id)

        def differing(found: D) -> Iterator[str]:
            return quirks.comparison.document_differences(
                self.row.type, body.value, found, unchosen=quirks.comparison.left_out(body.value)
            )

        write = quirks.attempts.Write(request, read, f"document {document_id}")
        updated = yield from quirks.reconciliation.update_and_compare(
            write, body.value, lambda: self._get(document_id), differing, self._core.options
        )
        return (
            yield from namespaces.account_checks.after(
                self._core, self.row.root, body.value, updated, corrected
            )
        )

    def _pick_sequence(self, fields: CommonFields, sequence: models.Sequence | str | None) -> Flow[None]:
        fields["sequence_id"] = yield from quirks.sequence_rows.sequence_id(
            sequence, fields.get("sequence_id"), self.row
        )

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
        self, number: int, sequence: models.Sequence | str, *, limit: int = LOOKUP_LIMIT
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
        on_wait: quirks.polling.OnWait | None = None,
        limit: int = FILE_LIMIT,
    ) -> Flow[quirks.downloads.Download]:
        """Waits for the picture of the QR code and fetches it. Drafts have none (ValidationError).

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises NotReadyError at the deadline (calling again resumes), NotFoundError, DownloadError.
        """
        return (yield from quirks.renderings.qr_code(document, timeout=timeout, on_wait=on_wait, limit=limit))


def check_total(expected: object) -> None:
    """Raises WireError for a total that is neither None, an exact decimal, nor a Totals."""
    if expected is not None and not isinstance(expected, invoicexpress.Totals):
        quirks.expected_total.check_amount("expect_total", expected)


def _reason(message: object) -> str:
    if isinstance(message, str) and message.strip():
        return message
    raise InputError("message", f"expected the reason for the cancellation, got {message!r}")
