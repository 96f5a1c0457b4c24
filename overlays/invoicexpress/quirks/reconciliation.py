"""Exactly once: what to do when nobody knows whether a write was carried out.

The result of a write is unknown when no answer came (AmbiguousResultError), when the service failed over it
(ServerError), and when its success cannot be read (a blank, an HTML page, half a body). Then

- a create with a key is sent again with its key, which gives the same document (`create_with_key`);
- what can be read back is looked for, and sent again only when it is not there: changes of state with
  `reconcile`, clients, items, taxes and séries with `create_unique`, documents and receipts, of which there
  may be several that look the same, with `create_noted`;
- what cannot be read back is never sent again (`send_once`); a DELETE may be (`delete_once`).

Something that is not found is not there only after `Options.consistency_window` of repeated reads, the last
of which was answered: lists lag writes by about two seconds (square-bit 2026-04), and a write may be carried
out after the client has given up on it. A write that is later than the window defeats every rule that reads;
only a key does not depend on time. `Options.retries` says how often a write is sent again; reading goes on
with 0 too.

What cannot be decided is an AmbiguousResultError: never a guess. So is everything that stays unknown at the
end, even if nothing was found: that a write was not carried out in time does not tell that it never will be.
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
"""Looks for what a write should have brought about; None when it is not there.

Raises Undecidable, NotYetKnown, or what a read raises when it fails.
"""

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 1.0
_REQUEST_TIMEOUT: Final = 408
_REFUSALS: Final = (ValidationError, NotAcceptableError, ConflictError, NotFoundError)
"""Answers that tell what the service thinks of the request itself."""


class Undecidable(Exception):
    """What was found tells neither that a write was carried out nor that it was not. Says what was found."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The result of a write that nobody knows."""

    error: InvoiceXpressError


@dataclass(frozen=True, slots=True)
class Write(Generic[T]):
    """A write, how its answer is read, and where to look when there is none."""

    request: Request
    parse: Callable[[Response], T]
    look_at: str
    """What tells whether it was carried out: goes after "read"."""

    def in_doubt(self, cause: Exception, found: str = "") -> AmbiguousResultError:
        """The exception for a result that stays unknown. `found` is what reading brought to light."""
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
    """Whether an exception of a write leaves open whether it was carried out."""
    if isinstance(error, UnexpectedResponseError):
        return 200 <= error.status <= 299 or error.status == _REQUEST_TIMEOUT
    return isinstance(error, AmbiguousResultError | ServerError)


def attempt(write: Write[T]) -> Flow[T | Unknown]:
    """Sends a write. What is neither a success nor unknown is raised: it was not carried out."""
    try:
        return (yield from exchange(write.request, write.parse))
    except InvoiceXpressError as error:
        if is_unknown(error):
            return Unknown(error)
        raise


def send_once(write: Write[T]) -> Flow[T]:
    """A write that cannot be read back: it is never sent again.

    Raises AmbiguousResultError when its result is unknown.
    """
    outcome = yield from attempt(write)
    if isinstance(outcome, Unknown):
        raise write.in_doubt(outcome.error) from outcome.error
    return outcome


def delete_once(
    request: Request, parse: Callable[[Response], None], options: Options | None = None
) -> Flow[None]:
    """A DELETE, sent again after an unknown result: then what is no longer there is deleted.

    The DELETE of a treasury movement answers 500 when it has been carried out, and 404 when it is repeated
    (diogopms 2026-06). Raises AmbiguousResultError when it cannot be told, NotFoundError when there was
    nothing from the start.
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
    """A create with a key, sent again with the same key while its result is unknown.

    409 says that the first one is still being carried out, here or by another worker with the same key
    (vendor docs 2026-07; weareswat 2020): asking again is not creating again, so that is bounded by
    `consistency_window` alone. Once the document is known the key is not sent again: after the document was
    cancelled it might make a second one.

    Raises ValidationError when the service refuses: it knows no document of this key, and will make none.
    Raises AmbiguousResultError with the key when it cannot be decided.
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
    harmless: bool = False,
    objection: Callable[[], InvoiceXpressError | None] | None = None,
) -> Flow[T]:
    """A write that is looked for when its result is unknown, and sent again when it is not there.

    Args:
        write: What is sent.
        send: Sends it.
        look: Looks for what it should have brought about.
        options: How long to look, and how often to send again.
        harmless: Whether it does nothing a second time, as a change of state does. Then it is sent again
            after one look, rather than after `consistency_window`.
        objection: What forbids to send it again, known after a look.

    Raises:
        AmbiguousResultError: It cannot be decided.
        ValidationError, NotAcceptableError, ConflictError, NotFoundError: The service refuses, and nothing of
            an earlier attempt is there.
    """
    outcome = yield from send()
    pauses = _pauses()
    for repeats_left in range(options.retries, -1, -1):
        if not isinstance(outcome, Unknown):
            return outcome
        doubt = outcome.error
        if harmless and repeats_left:
            yield from pause(next(pauses))
            found = yield from _search(write, look, options, doubt, once=True)
        else:
            found = yield from _search(write, look, options, doubt)
        if found is None and (reason := objection() if objection else None):
            # It is not sent again. What was sent may be under way all the same, so the objection alone
            # does not tell that nothing happened.
            found = yield from _search(write, look, options, doubt)
            if found is None:
                raise reason
        if found is not None:
            return found
        if not repeats_left:
            window = f"{options.consistency_window:g} s"
            raise write.in_doubt(doubt, f"nothing of it was there after {window}") from doubt
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


def create_noted(
    write: Write[D],
    read: Callable[[], Flow[Sequence[D]]],
    differences: Callable[[D], Iterator[str]],
    options: Options,
    scope: WriteScope,
    *,
    read_one: Callable[[int], Flow[D]] | None = None,
) -> Flow[D]:
    """A create without a key of something that may be there already, looking just the same.

    What is there is noted first, with one read; if that fails nothing is sent. After an unknown result
    exactly one thing that was not noted, and does not differ from what was sent, is what was created; none
    after the window is sent again; anything else is an AmbiguousResultError. `read_one` reads what a list
    shows in part.

    Is one read enough, if lists lag? What was created a moment before may be missing from the note, and
    then look new. Reading for the whole window would make each create five seconds long, for the sake of the
    few that get no answer. So the note is completed by what needs no list: what this client was given counts
    as noted (`scope`); what other threads and tasks of it are creating in the same scope stays open until
    they have their answers. There remain other processes that create the same, under the same
    reference, within the lag: nothing in an answer tells their documents from ours, and one that looks the
    same would be taken for ours. The remedy is the caller's: a reference of its own for each document. The
    other way round the lag does no harm: what is late in appearing is waited for as long as the lists lag.
    """
    noted = {each.id for each in (yield from read())}

    def send() -> Flow[D | Unknown]:
        with scope.sending():
            outcome = yield from attempt(write)
            if not isinstance(outcome, Unknown):
                scope.know(outcome.id)
            return outcome

    def look() -> Flow[D | None]:
        found = {each.id: each for each in (yield from read()) if each.id not in noted}
        free = scope.free(found)
        if not free:
            return None
        if len(free) > 1:
            raise Undecidable(f"there are {len(free)} new ones: {', '.join(map(str, sorted(free)))}")
        new = found[free[0]] if read_one is None else (yield from read_one(free[0]))
        if different := "; ".join(differences(new)):
            raise Undecidable(f"{new.id} is new but not what was sent: {different}")
        scope.take(new.id)
        return new

    return (yield from reconcile(write, send, look, options))


def create_unique(
    write: Write[D],
    find: Callable[[], Flow[D | None]],
    differences: Callable[[D], Iterator[str]],
    options: Options,
) -> Flow[D]:
    """A create of something that there cannot be two of: a name, a code or a série is unique in an account.

    So sending it again makes no second one, and a refusal because it is taken may mean that the first attempt
    took it. After an unknown result, one that does not differ from what was sent is what was created,
    whoever made it; one that differs is an AmbiguousResultError.
    """

    def look() -> Flow[D | None]:
        found = yield from find()
        if found is not None and (different := "; ".join(differences(found))):
            raise Undecidable(f"{found.id} is there but not what was sent: {different}")
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
    """Looks until it is found; None when it is not there by the end of the window.

    `once` is satisfied with the first look that is answered. Raises AmbiguousResultError when what is found
    decides nothing, or when the last look failed: that proves no absence.
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
