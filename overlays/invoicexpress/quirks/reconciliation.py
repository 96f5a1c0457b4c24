"""Exactly once: how to proceed after a write with an unknown result.

The result of a write is unknown without an answer (AmbiguousResultError), after a failure of the service
(ServerError), and after an unreadable success (a blank, an HTML page, half a body). Then

- a create with a key is repeated with its key, which returns the same document (`create_with_key`);
- a readable result is looked up, and the write repeated only if it is missing: changes of state with
  `reconcile`, clients, items, taxes and séries with `create_unique`, documents and receipts, of which several
  may be alike, with `create_with_snapshot`;
- a write without a readable result is never sent again (`send_once`), except a DELETE (`delete_once`).

A result counts as missing only after `Options.consistency_window` of repeated reads, the last of them
answered: lists lag writes by about two seconds (square-bit 2026-04), and the service may carry out a write
after the client has given up on it. A write later than the window defeats every rule that reads; only a key
does not depend on time. `Options.retries` limits repeated writes; reads go on with 0 too.

An undecidable result is an AmbiguousResultError, never a guess. So is a result that stays unknown at the end,
even if nothing was found: a write that was not carried out in time may still be carried out later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

from invoicexpress_generated.types import Request, Response

from ..errors import (
    AmbiguousResultError,
    ApiError,
    ConflictError,
    InvoiceXpressError,
    NotAcceptableError,
    NotFoundError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    ValidationError,
    key_of,
)
from ..options import Options
from ..sending.flows import Flow, exchange, pause
from ..sending.in_flight import NotYetKnown, WriteScope
from ..sending.pagination import PageReader, PageWalk
from .identity import Identified

T = TypeVar("T")
D = TypeVar("D", bound=Identified)

Look: TypeAlias = Callable[[], Flow[T | None]]
"""Looks up the result of a write; returns None if it is missing.

Raises Undecidable, NotYetKnown, or the exception of a failed read.
"""

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 1.0
_REQUEST_TIMEOUT: Final = 408
_REFUSALS: Final = (ValidationError, NotAcceptableError, ConflictError, NotFoundError)
"""Answers that refuse the request itself."""


class Undecidable(Exception):
    """The lookup does not prove whether a write was carried out. The message describes its finding."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The unknown result of a write."""

    error: InvoiceXpressError


@dataclass(frozen=True, slots=True)
class Write(Generic[T]):
    """A write, the parser of its answer, and the thing to read without an answer."""

    request: Request
    parse: Callable[[Response], T]
    look_at: str
    """The thing to read to find out whether the write was carried out: follows "read" in the message."""

    def in_doubt(self, cause: Exception, found: str = "") -> AmbiguousResultError:
        """The exception for a result that stays unknown. `found` describes the findings of a read."""
        reason = f"{_reason(cause)}; {found}" if found else _reason(cause)
        request = self.request
        return AmbiguousResultError(
            request.method, request.path, reason, key_of(request), look_at=self.look_at
        )


def _reason(error: Exception) -> str:
    if isinstance(error, AmbiguousResultError | TransportError):
        return error.reason
    if isinstance(error, ApiError):
        return f"answered {error.status}: {'; '.join(error.messages) or 'no message'}"
    return str(error)


def is_unknown(error: InvoiceXpressError) -> bool:
    """Whether the write of this exception may have been carried out."""
    if isinstance(error, UnexpectedResponseError):
        return 200 <= error.status <= 299 or error.status == _REQUEST_TIMEOUT
    return isinstance(error, AmbiguousResultError | ServerError)


def attempt(write: Write[T]) -> Flow[T | Unknown]:
    """Sends a write. Returns its result or Unknown; raises if it was certainly not carried out."""
    try:
        return (yield from exchange(write.request, write.parse))
    except InvoiceXpressError as error:
        if is_unknown(error):
            return Unknown(error)
        raise


def send_once(write: Write[T]) -> Flow[T]:
    """Sends a write without a readable result, which is never sent again.

    Raises AmbiguousResultError for an unknown result.
    """
    outcome = yield from attempt(write)
    if isinstance(outcome, Unknown):
        raise write.in_doubt(outcome.error) from outcome.error
    return outcome


def delete_once(
    request: Request, parse: Callable[[Response], None], options: Options | None = None
) -> Flow[None]:
    """Sends a DELETE, again after an unknown result: a 404 then means success.

    The DELETE of a treasury movement answers 500 although it was carried out, and 404 to a repeat
    (diogopms 2026-06). Raises AmbiguousResultError if the result stays unknown, NotFoundError if the first
    answer is a 404.
    """
    write = Write(request, parse, "whether it is still there")
    repeats = (options or Options()).retries
    outcome = yield from attempt(write)
    for seconds in _pauses(repeats):
        if not isinstance(outcome, Unknown):
            return
        doubt = outcome.error
        yield from pause(seconds)
        try:
            outcome = yield from attempt(write)
        except NotFoundError:
            return
        except InvoiceXpressError as error:
            raise write.in_doubt(doubt, f"repeated: {_reason(error)}") from error
    if isinstance(outcome, Unknown):
        raise write.in_doubt(outcome.error) from outcome.error


def create_with_key(write: Write[T], options: Options) -> Flow[T]:
    """Sends a create with a key, again with the same key while its result is unknown.

    409 means that the first create is in progress, from here or from another worker with the same key
    (vendor docs 2026-07; weareswat 2020): a repeat creates nothing new, so only `consistency_window` limits
    it. Once the document is known the key is not sent again: after a cancellation it might create a second
    document.

    Raises ValidationError if the service refuses: no document of this key exists, and none will be created.
    Raises AmbiguousResultError with the key if the result stays unknown.
    """
    repeats = options.retries
    doubt: InvoiceXpressError | None = None
    asked_since: float | None = None
    for seconds in _pauses():
        wait = seconds
        try:
            outcome = yield from attempt(write)
        except ConflictError as error:
            doubt = error
            now = yield from pause(0)
            asked_since = now if asked_since is None else asked_since
            left = asked_since + options.consistency_window - now
            if left <= 0:
                raise write.in_doubt(error) from error
            wait = min(seconds, left)
        except ValidationError:
            raise
        except InvoiceXpressError as error:
            if doubt is None:
                raise
            raise write.in_doubt(doubt, f"repeated: {_reason(error)}") from error
        else:
            if not isinstance(outcome, Unknown):
                return outcome
            doubt = outcome.error
            if not repeats:
                raise write.in_doubt(doubt) from doubt
            repeats -= 1
        yield from pause(wait)
    raise AssertionError("unreachable: pauses never end")


def reconcile(
    write: Write[Any],
    send: Callable[[], Flow[T | Unknown]],
    look: Look[T],
    options: Options,
    *,
    idempotent: bool = False,
    objection: Callable[[], InvoiceXpressError | None] | None = None,
) -> Flow[T]:
    """Sends a write, looks up an unknown result, and sends the write again if the result is missing.

    Args:
        write: The write.
        send: Sends it.
        look: Looks up its result.
        options: The time for lookups, and the number of repeats.
        idempotent: Whether a second write has no effect, as with a change of state. Then one lookup precedes
            a repeat, rather than `consistency_window` of them.
        objection: After a lookup, the exception that forbids a repeat, if any.

    Raises:
        AmbiguousResultError: The result stays unknown.
        ValidationError, NotAcceptableError, ConflictError, NotFoundError: The service refuses, and no earlier
            attempt had an effect.
    """
    outcome = yield from send()
    pauses = _pauses()
    for repeats_left in range(options.retries, -1, -1):
        if not isinstance(outcome, Unknown):
            return outcome
        doubt = outcome.error
        if idempotent and repeats_left:
            yield from pause(next(pauses))
            found = yield from _search(write, look, options, doubt, once=True)
        else:
            found = yield from _search(write, look, options, doubt)
        if found is None and (reason := objection() if objection else None):
            # No repeat. The first write may still be in progress, so the objection alone does not prove that
            # nothing happened.
            found = yield from _search(write, look, options, doubt)
            if found is None:
                raise reason
        if found is not None:
            return found
        if not repeats_left:
            window = f"{options.consistency_window:g} s"
            raise write.in_doubt(doubt, f"no result was found within {window}") from doubt
        try:
            outcome = yield from send()
        except InvoiceXpressError as error:
            found = yield from _search(write, look, options, doubt)
            if found is not None:
                return found
            if isinstance(error, _REFUSALS):
                raise
            raise write.in_doubt(doubt, f"repeated: {_reason(error)}") from error
    raise AssertionError("unreachable: the last round returns or raises")


def create_with_snapshot(
    write: Write[D],
    read: Callable[[], Flow[Sequence[D]]],
    differences: Callable[[D], Iterator[str]],
    options: Options,
    scope: WriteScope,
    *,
    read_one: Callable[[int], Flow[D]] | None = None,
) -> Flow[D]:
    """Sends a create without a key of a thing that may exist already with the same content.

    One read first takes a snapshot of the existing things; if it fails nothing is sent. After an unknown
    result a single new thing that matches the write is the result. Without a new thing by the end of the
    window the create is repeated; any other finding is an AmbiguousResultError. `read_one` reads a thing in
    full if the list shows only part of it.

    Lists lag, so the snapshot may miss a thing created a moment earlier, which would then look new. Reading
    for the whole window would make each create five seconds long, for the few without an answer. Instead
    `scope` completes the snapshot: ids returned by this client belong to it, and while other threads and
    tasks of the client create in the same scope, the owner of a new thing stays open. Other processes remain:
    if they create the same content with the same reference within the lag, no answer distinguishes their
    documents from ours. The remedy is a unique reference for each document. The lookup itself is safe: it
    waits for late entries as long as lists lag.
    """
    existing = {each.id for each in (yield from read())}

    def send() -> Flow[D | Unknown]:
        with scope.sending():
            outcome = yield from attempt(write)
            if not isinstance(outcome, Unknown):
                scope.know(outcome.id)
            return outcome

    def look() -> Flow[D | None]:
        found = {each.id: each for each in (yield from read()) if each.id not in existing}
        free = scope.free(found)
        if not free:
            return None
        if len(free) > 1:
            raise Undecidable(f"there are {len(free)} new ones: {', '.join(map(str, sorted(free)))}")
        new = found[free[0]] if read_one is None else (yield from read_one(free[0]))
        if different := "; ".join(differences(new)):
            raise Undecidable(f"{new.id} is new but differs: {different}")
        scope.take(new.id)
        return new

    return (yield from reconcile(write, send, look, options))


def create_unique(
    write: Write[D],
    find: Callable[[], Flow[D | None]],
    differences: Callable[[D], Iterator[str]],
    options: Options,
) -> Flow[D]:
    """Sends a create of a thing with a name, a code or a série that is unique in an account.

    So a repeat creates no second one, and "name in use" may mean that the first attempt succeeded.
    After an unknown result a matching thing is the result, even if another program created it; a differing
    one is an AmbiguousResultError.
    """

    def look() -> Flow[D | None]:
        found = yield from find()
        if found is not None and (different := "; ".join(differences(found))):
            raise Undecidable(f"{found.id} exists but differs: {different}")
        return found

    return (yield from reconcile(write, lambda: attempt(write), look, options))


def every(reader: PageReader[T]) -> Flow[Sequence[T]]:
    """All entries of a list."""
    walk, entries = PageWalk(reader), list[T]()
    while not walk.is_over:
        page = walk.accept((yield from walk.next_page()))
        entries += page.entries if page else ()
    return entries


def _search(
    write: Write[Any], look: Look[T], options: Options, doubt: InvoiceXpressError, *, once: bool = False
) -> Flow[T | None]:
    """Repeats a lookup until it finds the result; returns None at the end of the window.

    With `once` the first answered lookup suffices. Raises AmbiguousResultError if the finding is undecidable,
    or if the last lookup failed, which proves no absence.
    """
    began = now = yield from pause(0)
    for seconds in _pauses():
        left = began + options.consistency_window - now
        try:
            found = yield from look()
        except Undecidable as error:
            raise write.in_doubt(doubt, str(error)) from doubt
        except (InvoiceXpressError, NotYetKnown) as error:
            if left <= 0:
                raise write.in_doubt(doubt, f"looking for it: {_reason(error)}") from error
        else:
            if found is not None or once or left <= 0:
                return found
        now = yield from pause(min(seconds, left))
    raise AssertionError("unreachable: pauses never end")


def _pauses(count: int | None = None) -> Iterator[float]:
    """Seconds between attempts: doubling, then steady. Without a count they never end."""
    seconds = _FIRST_PAUSE
    while count is None or count > 0:
        yield seconds
        seconds = min(2 * seconds, _LONGEST_PAUSE)
        count = None if count is None else count - 1
