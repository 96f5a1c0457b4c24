"""All exceptions of the client, and the one reader of the service's error bodies.

    InvoiceXpressError
     +-- ConfigurationError          invalid account name, key, address or setting; nothing was sent
     +-- InputError                  an invalid value; names the field; nothing was sent
     |    +-- SilentChangeError      the service changes a value silently, or has: then the draft exists
     +-- DraftMismatchError          a document differs from its expectation; this call issued nothing
     +-- KeyReusedError              a key belongs to a document with other content; nothing was made
     +-- NotReadyError               a PDF or QR code took too long; ask again later
     +-- UnstableListError           a list changed too fast to be read as a whole
     +-- SearchLimitError            a number was not found among the documents searched
     +-- DownloadError               a file could not be fetched, or its link is unsafe
     +-- SaftFileError               not a SAF-T file, cut short, too large, or a possible attack
     +-- TransportError              the request did not reach the service, or a read got no answer
     +-- AmbiguousResultError        a write may or may not have been carried out
     +-- ApiError                    the service answered with an error
          +-- AuthenticationError        401, the key is missing or wrong
          +-- PermissionDeniedError      403, and 401 for operations forbidden to trial accounts
          +-- NotFoundError              404
          +-- NotAcceptableError         406, the document's state does not allow it
          +-- ConflictError              409, the same operation is in progress
          +-- ValidationError            422 and 400
          |    +-- DocumentInUseError    receipts or notes block the cancellation
          +-- RateLimitError             429, with `retry_after` if the service sends it
          +-- ServerError                5xx
          +-- UnexpectedResponseError    any other status, and unreadable successes

Two kinds of exceptions are no InvoiceXpressError: OSError of files that are saved or read (FileExistsError,
PermissionError), and Python's own for calls that the annotations rule out, such as a missing argument.

Error bodies come in at least eight shapes (vendor docs 2026-07, recorded 2019, tim-online 2023-11, digitaldev
2026-07); `messages_of` turns each into a list of texts. `blank_answers` explains answers that say too little,
`service_texts` the service's own texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from invoicexpress_generated.errors import ResponseError, UnreadableBody
from invoicexpress_generated.types import Request, Response
from invoicexpress_loading import lazy_pattern, loading
from invoicexpress_wire import WireError, is_array, is_object, loads

from ..redaction import redacted, redacted_body

if TYPE_CHECKING:
    from invoicexpress_generated.models.invoice import Invoice

    from ..quirks.polymorphism import AnyDocument
    from .silent_change import SilentChange

KEY_FIELD: Final = "proprietary_uid"
"""The field of a create that has the caller's key."""


class InvoiceXpressError(Exception):
    """Base of all exceptions that this package raises on purpose."""


class ConfigurationError(InvoiceXpressError, ValueError):
    """The account's name, the key, the address or a setting is invalid. Nothing was sent."""


class InputError(InvoiceXpressError, ValueError):
    """A value is invalid. Nothing was sent.

    `field` is the path in the JSON (`invoice.items[2].quantity`), `reason` the fault.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field = field
        """Path in the JSON, such as `invoice.items[2].quantity`; empty for none."""
        self.reason = reason
        """The fault, in words."""

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.field else self.reason


class SilentChangeError(InputError):
    """The service changes a value silently, and `Checks` turns that into an error.

    `field` and `reason` describe the first change. If `document` is None nothing was sent; otherwise it is
    the draft that exists at the service.
    """

    def __init__(self, changes: tuple[SilentChange, ...], document: AnyDocument | None = None) -> None:
        super().__init__(changes[0].field, changes[0].message)
        self.changes = changes
        """All changes."""
        self.document = document
        """The draft that exists at the service; None if nothing was sent."""

    def __str__(self) -> str:
        found = "; ".join(map(str, self.changes))
        if self.document is None:
            return found
        return f"{_named(self.document)} exists, and differs: {_ended(found)} {_remedy(self.document.status)}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.changes, self.document)


class DraftMismatchError(InvoiceXpressError):
    """A document differs from its expectation: a draft, which was not finalized, or an issued document.

    `differences` lists how, as texts; `status` is the document's. Another caller may have issued it already,
    or this call has, and only the number then showed the wrong série.
    """

    called: str = ""
    """Name of the method that was called, such as `issue`."""

    def __init__(self, document_id: int, differences: tuple[str, ...], status: str = "draft") -> None:
        super().__init__(document_id, differences, status)
        self.document_id = document_id
        """Id of the document."""
        self.differences = differences
        """How it differs, each as a text."""
        self.status = status
        """Its status: another caller may have issued it already."""

    def __str__(self) -> str:
        found = _ended("; ".join(self.differences))
        if self.status == "draft":
            return f"draft {self.document_id} was not finalized: {found} {self._draft_remedy()}"
        return (
            f"document {self.document_id} is {self.status}, and not as expected: {found} {self._comparison()}"
        )

    def _draft_remedy(self) -> str:
        if self.called != "issue" or not any(" total " in each for each in self.differences):
            return _remedy(self.status)
        return (
            "If the draft is right, call `issue` again with the same key or reference, the same content and "
            "the right `expect_total`: it finalizes this draft. If it is wrong, delete it or correct it with "
            "`update` first"
        )

    def _comparison(self) -> str:
        """What to do about a document that is issued, or was: a cancellation cannot be undone."""
        if self.status in _ENDED:
            return _remedy(self.status)
        if any(" total " in each for each in self.differences):
            first = "Check which total is right; if the document is right, correct expect_total."
        else:
            first = "Check which is right; if the document is right, keep it."
        return f"{first} If the document is wrong, {_UNCHANGEABLE}"


class KeyReusedError(InvoiceXpressError):
    """A key, or a reference, belongs to a document with other content. This call made and changed nothing.

    `document` is that document, `differences` lists how it differs from the one asked for, as texts.
    """

    def __init__(
        self, key: str, document: AnyDocument, differences: tuple[str, ...], field: str = KEY_FIELD
    ) -> None:
        super().__init__(key, document, differences, field)
        self.key = key
        """The key, or the reference, that was given."""
        self.document = document
        """The document that has the key."""
        self.differences = differences
        """How it differs from the one asked for, each as a text."""
        self.field = field
        """`proprietary_uid` or `reference`."""

    def __str__(self) -> str:
        word = "key" if self.field == KEY_FIELD else self.field
        found = f"{word} {self.key!r} belongs to {_named(self.document)}, which differs"
        return f"{found}: {_ended('; '.join(self.differences))} {self._advice(word)}"

    def _advice(self, word: str) -> str:
        document = self.document
        if document.status == "draft":
            return f"Delete that draft or update it, then send this again with the same {word}"
        if document.status in ("canceled", "deleted"):
            return f"Use another {word} for another document"
        return (
            f"If this is the same sale, its document exists: read it with documents.get({document.id}) and "
            f"issue no other. Use another {word} for another sale"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


def _ended(text: str) -> str:
    """The text as a sentence: with a full stop, unless it ends as a question."""
    return text if text.endswith((".", "?")) else f"{text}."


def _named(document: AnyDocument) -> str:
    """Status, type and id: `draft Invoice 7`."""
    return f"{document.status} {document.type} {document.id}"


def _remedy(status: str) -> str:
    """What to do about a document that is not as meant."""
    if status == "draft":
        return "Correct it with update, or delete it."
    if status in _ENDED:
        return "Create another document."
    return _UNCHANGEABLE.capitalize()


_UNCHANGEABLE: Final = "it cannot be changed: cancel it, or correct an invoice with a credit note."

_ENDED: Final = ("canceled", "deleted")
"""Statuses of a document that is legally void."""


class NotReadyError(InvoiceXpressError, TimeoutError):
    """The service was still preparing a result at the deadline.

    Calling the same method again resumes: the service continues meanwhile, and the first poll returns a
    result that is ready by then.
    """

    def __init__(self, what: str, waited: float, polls: int) -> None:
        super().__init__(what, waited, polls)
        self.what = what
        """The thing that was waited for, such as the PDF."""
        self.waited = waited
        """Seconds."""
        self.polls = polls
        """Number of polls."""

    def __str__(self) -> str:
        return (
            f"{self.what} was not ready after {self.waited:.1f} s; "
            "call again to resume, or pass a longer timeout"
        )


class UnstableListError(InvoiceXpressError):
    """A list changed too fast during the walk to be sure that no entry is missing.

    The entries yielded so far are right. Walk it again later, or narrow it with filters.
    """


class SearchLimitError(InvoiceXpressError):
    """A document was not found within the limit of the search. It may still exist."""

    def __init__(self, number: str, limit: int) -> None:
        super().__init__(number, limit)
        self.number = number
        """The number that was looked for, as in `28/A`."""
        self.limit = limit
        """The most documents that the search reads."""

    def __str__(self) -> str:
        return f"{self.number} is not among the first {self.limit} documents; pass a larger limit"


class DownloadError(InvoiceXpressError):
    """A file could not be fetched, or its link is unsafe.

    The message omits the link, which is a secret.
    """


class SaftFileError(InvoiceXpressError, ValueError):
    """A file is not readable as SAF-T (PT): another format, cut short, too large, or a possible attack."""


class TransportError(InvoiceXpressError):
    """The request did not reach the service, or a read got no answer. This request changed nothing."""

    def __init__(self, method: str, path: str, reason: str) -> None:
        super().__init__(method, path, reason)
        self.method = method
        """HTTP method of the request."""
        self.path = path
        """Path of the request, without its query."""
        self.reason = reason
        """What happened, in words."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.reason}"


class AmbiguousResultError(InvoiceXpressError):
    """A write may or may not have been carried out. Check before repeating it.

    `proprietary_uid` is the key of a create or of `issue`, if it had one: calling the same method again with
    it and the same content returns the same document. `look_at` names the thing to read to find out.
    """

    called: str = "create"
    """Name of the method that was called, such as `issue`."""

    def __init__(
        self,
        method: str,
        path: str,
        reason: str,
        proprietary_uid: str | None = None,
        look_at: str = "the state",
    ) -> None:
        super().__init__(method, path, reason, proprietary_uid, look_at)
        self.method = method
        """HTTP method of the request."""
        self.path = path
        """Path of the request, without its query."""
        self.reason = reason
        """Why the result is unknown, in words."""
        self.proprietary_uid = proprietary_uid
        """The key of the call, if it had one: it decides the result."""
        self.look_at = look_at
        """The thing to read to find out, in words."""

    def __str__(self) -> str:
        if self.proprietary_uid is None:
            remedy = f"read {self.look_at} before trying again"
        else:
            argument = "key" if self.called == "issue" else KEY_FIELD
            remedy = (
                f"call `{self.called}` again with {argument}={self.proprietary_uid!r} and the same content "
                "to get the same document"
            )
        return f"{self.method} {self.path}: {self.reason}; it may have been carried out, so {remedy}"


class ApiError(InvoiceXpressError):
    """The service answered with an error."""

    advice: str = ""
    """What to do about a draft that the refused call left behind; empty without one."""

    def __init__(  # noqa: PLR0917 an exception is pickled by its positional arguments
        self,
        method: str,
        path: str,
        status: int,
        messages: tuple[str, ...],
        body: bytes = b"",
        retry_after: str | None = None,
        proprietary_uid: str | None = None,
    ) -> None:
        # Not among the arguments, which error reporters print: the body may hold secret links.
        super().__init__(method, path, status, messages)
        self.method = method
        """HTTP method of the request."""
        self.path = path
        """Path of the request, without its query."""
        self.status = status
        """HTTP status, non-standard ones such as 530 included."""
        self.retry_after = retry_after
        """The Retry-After header. The live service was never seen to send one."""
        self.messages: list[str] = list(messages)
        """The service's messages as texts; empty for a blank body."""
        self.body = body
        """The body without the key and links, which are secrets."""
        self.proprietary_uid = proprietary_uid
        """The key of a create, if it had one. After an error that leaves the result open (5xx, or an
        unreadable success) a create with the same key returns the same document.
        """

    @property
    def hints(self) -> list[str]:
        """What the answer means, in English, and the usual remedy. Empty if its texts are unknown."""
        with loading():
            from .blank_answers import explanation  # noqa: PLC0415 - for errors only
            from .service_texts import hints_for  # noqa: PLC0415 - for errors only

        if known := hints_for(self.messages):
            return known
        found = explanation(self.method, self.path, self.status, is_answered=bool(self.messages))
        return [found] if found else []

    def __str__(self) -> str:
        said, hints = "; ".join(self.messages), "; ".join(self.hints)
        explained = f"{said} ({hints})" if said and hints else said or hints
        advice = f". {self.advice}" if self.advice else ""
        return f"{self.method} {self.path} answered {self.status}: {explained}{advice}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (*self.args, self.body, self.retry_after, self.proprietary_uid)
        return type(self), arguments, {"advice": self.advice} if self.advice else {}


class AuthenticationError(ApiError):
    """401: the key is missing or wrong, or the account does not exist."""


class PermissionDeniedError(ApiError):
    """403, and the 401 for operations forbidden to trial accounts."""


class NotFoundError(ApiError):
    """404: does not exist, or exists under another document type."""

    tried: Sequence[str] = ()
    """The types under which `ix.documents.get` looked for a document; empty for one type."""

    @property
    def hints(self) -> list[str]:
        """What the answer means, in English, and the usual remedy."""
        if self.tried:
            return [f"no document of this id among the types {', '.join(self.tried)}"]
        return super().hints

    def __reduce__(self) -> tuple[Any, ...]:
        kind, arguments, state = super().__reduce__()
        return kind, arguments, {**state, "tried": self.tried} if self.tried else state


class NotAcceptableError(ApiError):
    """406: the document's state does not allow it."""


class ConflictError(ApiError):
    """409: the same operation is in progress."""


class ValidationError(ApiError):
    """422 and 400: the service refuses the values or the change of state."""


class DocumentInUseError(ValidationError):
    """Receipts or notes block the cancellation of a document. Cancel them first."""

    documents: Sequence[Invoice] = ()
    """The receipts and notes, oldest first. `cancel` of its namespace takes each."""

    @classmethod
    def of(cls, refusal: ValidationError, documents: Sequence[Invoice]) -> DocumentInUseError:
        """The service's refusal, with the documents that explain it."""
        error = cls(
            refusal.method,
            refusal.path,
            refusal.status,
            tuple(refusal.messages),
            refusal.body,
            refusal.retry_after,
            refusal.proprietary_uid,
        )
        error.documents = tuple(documents)
        return error

    @property
    def hints(self) -> list[str]:
        """Empty, since the error names the documents to cancel."""
        return []

    def __str__(self) -> str:
        blocking = ", ".join(
            f"{each.type}{f' {each.sequence_number}' if each.sequence_number else ''} (id {each.id})"
            for each in self.documents
        )
        return f"{super().__str__()}. Cancel first the documents that depend on it: {blocking}"

    def __reduce__(self) -> tuple[Any, ...]:
        kind, arguments, _ = super().__reduce__()
        return kind, arguments, {"documents": self.documents}


class RateLimitError(ApiError):
    """429: more than 780 requests in a minute. The request was not carried out; writes are repeated only
    after a 429 that proves it, by `Retry-After` or by a body that is no page.
    """


class ServerError(ApiError):
    """5xx. A write may have been carried out anyway."""


class UnexpectedResponseError(ApiError):
    """An undocumented answer: another status, or an unreadable success."""


_BY_STATUS: Final[Mapping[int, type[ApiError]]] = {
    400: ValidationError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    406: NotAcceptableError,
    409: ConflictError,
    422: ValidationError,
    429: RateLimitError,
}
# Keys of wrappers; any other key is the name of a field and belongs to the message.
_WRAPPERS: Final = frozenset({"errors", "error", "message", "messages", "reason"})
_FIELD_NAME: Final = lazy_pattern(r"[a-z][a-z0-9_.]*")
_TITLE: Final = lazy_pattern(r"<(title|h1)[^>]*>\s*(.*?)\s*</\1>", re.IGNORECASE | re.DOTALL)
_SHOWN: Final = 200


def messages_of(content: bytes) -> tuple[str, ...]:
    """The texts in an error body of any shape; empty for a blank one. Never raises."""
    text = redacted(content.decode("utf-8", "replace").strip())
    if not text:
        return ()
    try:
        # Entries may repeat a text; the first order is kept.
        return tuple(dict.fromkeys(_texts(loads(text), bare=True)))
    except WireError:
        if title := _TITLE.search(text):
            return (f"an HTML page: {title[2][:_SHOWN]}",)
        return (f"not JSON: {text[:_SHOWN]}",)
    except RecursionError:
        return (f"too deep to read: {text[:_SHOWN]}",)


def _texts(value: Any, *, bare: bool = False) -> Iterator[str]:
    """`bare` is true where a two-text array is a field and its message, not two messages."""
    if is_object(value):
        yield from _texts_of_object(value)
    elif is_array(value):
        if bare and _is_field_and_message(value):
            yield f"{value[0]} {value[1]}"
        else:
            for entry in value:
                yield from _texts(entry, bare=bare)
    elif value is not None and str(value).strip():
        yield str(value).strip()


def _texts_of_object(value: Mapping[str, Any]) -> Iterator[str]:
    code = value.get("code")
    for key, entry in value.items():
        if key == "code" and len(value) > 1:
            continue
        for text in _texts(entry):
            if key not in _WRAPPERS:
                yield f"{key} {text}"
            elif code is not None and key == "message":
                yield f"{text} (code {code})"
            else:
                yield text


def _is_field_and_message(value: list[Any]) -> bool:
    return (
        len(value) == 2
        and all(isinstance(entry, str) for entry in value)
        and _FIELD_NAME.fullmatch(value[0]) is not None
    )


def key_of(request: Request) -> str | None:
    """The key that makes a request idempotent: the `proprietary_uid` beside its root."""
    key = (request.body or {}).get(KEY_FIELD)
    return key if isinstance(key, str) else None


def from_response(request: Request, error: ResponseError) -> ApiError:
    """The exception for an answer other than the success of its operation."""
    response = error.response
    messages = messages_of(response.content)
    if isinstance(error, UnreadableBody):
        return _api_error(UnexpectedResponseError, request, response, (error.reason,))
    return _api_error(_class_of(response.status, messages), request, response, messages)


def _class_of(status: int, messages: tuple[str, ...]) -> type[ApiError]:
    if status == 401 and _is_of_a_trial(messages):
        return PermissionDeniedError
    if 500 <= status <= 599:
        return ServerError
    return _BY_STATUS.get(status, UnexpectedResponseError)


def _is_of_a_trial(messages: tuple[str, ...]) -> bool:
    with loading():
        from .service_texts import TRIAL  # noqa: PLC0415 - for errors only

    return any(TRIAL.search(message) for message in messages)


def _api_error(
    kind: type[ApiError], request: Request, response: Response, messages: tuple[str, ...]
) -> ApiError:
    retry_after = response.headers.get("retry-after")
    key = key_of(request)
    body = redacted_body(response.content)
    return kind(request.method, request.path, response.status, messages, body, retry_after, key)


def from_wire(error: WireError) -> InputError:
    """The exception for an invalid value."""
    with loading():
        from .field_hints import argument, explained  # noqa: PLC0415 - for errors only

    return InputError(argument(error.field), explained(error.field, error.reason))
