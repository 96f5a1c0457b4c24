"""Exactly once: how to proceed after a write with an unknown result.

The result of a write is unknown without an answer (AmbiguousResultError), after a failure of the service
(ServerError), after a redirect, after a refusal in words that are not the service's (`sending.refusals`),
and after a success that proves nothing: a blank or an HTML page where a document was due, half a body, a
state other than the requested one. Then

- a create with a key is repeated with its key, which returns the same document (`create_with_key`);
- a create of a thing that is unique by its name or code is looked up, and repeated if it is missing
  (`create_unique`);
- a client without a code is looked up by its name, and never sent again (`send_and_look`);
- any other create, and a payment, is looked up and never sent again (`create_with_snapshot`);
- a change of state and a delete are repeated once a read shows the old state (`reconcile`);
- an update is read back and compared (`update_and_compare`);
- a write without a readable result is never sent again (`send_once`), except the delete of a movement
  (`delete_once`).

Once a result is unknown, only proof ends the doubt: a later refusal, a proxy's page or a failed read does
not. So each of these functions ends with a checked result, with an AmbiguousResultError, or, if the first
attempt was refused, with that refusal.

A write later than `Options.consistency_window` (`lookups`) defeats every rule that reads; only a key does not
depend on time. `Options.retries` limits repeated writes; reads go on with 0 too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from attrs import AttrsInstance
from invoicexpress_generated.types import Request, Response

from ..errors import AmbiguousResultError, ApiError, ConflictError, InvoiceXpressError, NotFoundError
from ..options import Options
from ..sending.flows import Flow, pause
from ..sending.in_flight import NotYetKnown, WriteScope
from .attempts import Unknown, Write, attempt, proves_absence, reason_of, without_proof
from .comparison import exact_differences
from .identity import Identified
from .lookups import Look, Undecidable, look_for, matching, pauses

T = TypeVar("T")
D = TypeVar("D", bound=Identified)


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
    """Sends a DELETE of a thing that cannot be read, again after an unknown result: a 404 then means success.

    The DELETE of a treasury movement answers 500 although it was carried out, and 404 to a repeat
    (diogopms 2026-06). Raises AmbiguousResultError if the result stays unknown, NotFoundError if the first
    answer is a 404.
    """
    write = Write(request, parse, "whether it is still there")
    repeats = (options or Options()).retries
    outcome = yield from attempt(write)
    for seconds in pauses(repeats):
        if not isinstance(outcome, Unknown):
            return
        doubt = outcome.error
        yield from pause(seconds)
        try:
            outcome = yield from attempt(write)
        except InvoiceXpressError as error:
            if proves_absence(error):
                return
            raise write.in_doubt(doubt, f"repeated: {reason_of(error)}") from error
    if isinstance(outcome, Unknown):
        raise write.in_doubt(outcome.error) from outcome.error


def create_with_key(write: Write[T], options: Options) -> Flow[T]:
    """Sends a create with a key, again with the same key while its result is unknown.

    409 means that the first create is in progress, from here or from another worker with the same key
    (vendor docs 2026-07; weareswat 2020): a repeat creates nothing new, so only `consistency_window` limits
    it. Once the document is known the key is not sent again: after a cancellation it might create a second
    document.

    Raises the service's refusal if no attempt had an unknown result, and AmbiguousResultError with the key
    otherwise.
    """
    repeats = options.retries
    doubt: InvoiceXpressError | None = None
    asked_since: float | None = None
    for seconds in pauses():
        wait = seconds
        try:
            outcome = yield from attempt(write)
        except ConflictError as error:
            now = yield from pause(0)
            asked_since = now if asked_since is None else asked_since
            left = asked_since + options.consistency_window - now
            if left <= 0:
                raise write.in_doubt(doubt or error) from error
            wait = min(seconds, left)
        except InvoiceXpressError as error:
            if doubt is None:
                raise
            if not repeats:
                raise write.in_doubt(doubt, f"repeated: {reason_of(error)}") from error
            repeats -= 1
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
    objection: Callable[[], str] | None = None,
) -> Flow[T]:
    """Sends a write, looks up an unknown result, and sends the write again if the result is missing.

    Args:
        write: The write.
        send: Sends it.
        look: Looks up its result.
        options: The time for lookups, and the number of repeats.
        harmless: Whether a second write has no effect, as with a change of state. Then one lookup precedes
            a repeat, rather than `consistency_window` of them.
        objection: After a lookup, the reason that forbids a repeat; "" for none.

    Raises:
        AmbiguousResultError: The result stays unknown.
        ApiError: The service refuses the first attempt.
    """
    outcome = yield from send()
    waits = pauses()
    for repeats_left in range(options.retries, -1, -1):
        if not isinstance(outcome, Unknown):
            return outcome
        doubt = outcome.error
        if harmless and repeats_left:
            yield from pause(next(waits))
            found = yield from _search(write, look, options, doubt, once=True)
        else:
            found = yield from _search(write, look, options, doubt)
        if found is None and objection is not None and (reason := objection()):
            # The first write may still be in progress.
            found = yield from _search(write, look, options, doubt)
            if found is None:
                raise write.in_doubt(doubt, f"not repeated: {reason}") from doubt
        if found is not None:
            return found
        if not repeats_left:
            raise _not_found(write, options, doubt) from doubt
        try:
            outcome = yield from send()
        except InvoiceXpressError as error:
            found = yield from _search(write, look, options, doubt)
            if found is not None:
                return found
            raise write.in_doubt(doubt, f"repeated: {reason_of(error)}") from error
    raise AssertionError("unreachable: the last round returns or raises")


def _not_found(write: Write[Any], options: Options, doubt: InvoiceXpressError) -> AmbiguousResultError:
    return write.in_doubt(doubt, f"no result was found within {options.consistency_window:g} s")


def delete_and_look(
    write: Write[None], look: Look[bool], options: Options, *, was_there: bool = False
) -> Flow[None]:
    """Sends a DELETE, and looks whether the thing is gone: the answer is blank and proves nothing.

    The service was seen to delete a client and answer with an error (square-bit 2026-04), so after a refusal
    too. `look` returns True once the thing is gone. Raises that refusal if the thing is still there,
    AmbiguousResultError if the result stays unknown, and NotFoundError for a 404, unless the caller has just
    read the thing (`was_there`).
    """

    def send() -> Flow[bool | Unknown]:
        try:
            outcome = yield from attempt(write)
        except ApiError as error:
            if isinstance(error, NotFoundError) and not was_there:
                raise
            refusal = error
        else:
            return outcome if isinstance(outcome, Unknown) else (yield from _proven(write, look))
        try:
            is_gone = yield from look()
        except InvoiceXpressError:
            return Unknown(refusal)
        if not is_gone:
            raise refusal
        return True

    yield from reconcile(write, send, look, options, harmless=True)


def change_and_look(write: Write[None], look: Look[T], options: Options) -> Flow[T]:
    """Sends a repeatable change with a blank answer, which proves nothing, and looks for its effect.

    Raises AmbiguousResultError if the effect stays unknown.
    """

    def send() -> Flow[T | Unknown]:
        outcome = yield from attempt(write)
        return outcome if isinstance(outcome, Unknown) else (yield from _proven(write, look))

    return (yield from reconcile(write, send, look, options, harmless=True))


def _proven(write: Write[Any], look: Look[T]) -> Flow[T | Unknown]:
    """Looks once for the effect of a write that was answered with success."""
    try:
        found = yield from look()
    except Undecidable as error:
        return Unknown(without_proof(write, str(error)))
    except InvoiceXpressError as error:
        return Unknown(error)
    return Unknown(without_proof(write, "but a read does not show it")) if found is None else found


def update_and_compare(
    write: Write[T | None],
    sent: AttrsInstance,
    read: Callable[[], Flow[T]],
    differences: Callable[[T], Iterator[str]],
    options: Options,
) -> Flow[T]:
    """Sends an update, reads the thing back unless the answer shows it, and compares it.

    After an unknown result the update may be carried out late, and then overwrite a newer one. So the whole
    `consistency_window` passes before the read, and the update is repeated unless the read shows all fields
    of `sent`. Raises AmbiguousResultError if the thing still differs, or cannot be read.
    """
    doubt: InvoiceXpressError | None = None
    for repeats_left in range(options.retries, -1, -1):
        try:
            outcome = yield from attempt(write)
        except InvoiceXpressError as error:
            if doubt is None:
                raise
            found = yield from _read(write, read, options, doubt)
            if not any(exact_differences(sent, found)):
                return found
            raise write.in_doubt(doubt, f"repeated: {reason_of(error)}") from error
        if not isinstance(outcome, Unknown):
            if outcome is not None and not any(differences(outcome)):
                return outcome
            doubt = doubt or without_proof(write, "but a read does not show the new values")
            return (yield from _read_until_equal(write, read, differences, options, doubt))
        doubt = outcome.error
        yield from pause(options.consistency_window)
        found = yield from _read(write, read, options, doubt)
        different = "; ".join(exact_differences(sent, found))
        if not different:
            return found
        if not repeats_left:
            raise write.in_doubt(doubt, f"read back, it differs: {different}") from doubt
    raise AssertionError("unreachable: the last round returns or raises")


def _read_until_equal(
    write: Write[Any],
    read: Callable[[], Flow[T]],
    differences: Callable[[T], Iterator[str]],
    options: Options,
    doubt: InvoiceXpressError,
) -> Flow[T]:
    """Reads a thing until it is as sent. Raises AmbiguousResultError at the end of the window."""
    different = ""

    def look() -> Flow[T | None]:
        nonlocal different
        found = yield from read()
        different = "; ".join(differences(found))
        return None if different else found

    found = yield from _search(write, look, options, doubt)
    if found is None:
        raise write.in_doubt(doubt, f"read back, it differs: {different}") from doubt
    return found


def _read(
    write: Write[Any], read: Callable[[], Flow[T]], options: Options, doubt: InvoiceXpressError
) -> Flow[T]:
    """Reads until an answer, for the window at most. Raises AmbiguousResultError."""
    found = yield from _search(write, read, options, doubt, once=True)
    assert found is not None  # noqa: S101 `read` never returns None
    return found


def send_and_look(write: Write[T], look: Look[T], options: Options) -> Flow[T]:
    """Sends a write that is never repeated, and looks for its effect after an unknown result.

    Raises AmbiguousResultError if the window shows no effect: it may follow.
    """
    outcome = yield from attempt(write)
    if not isinstance(outcome, Unknown):
        return outcome
    found = yield from _search(write, look, options, outcome.error)
    if found is None:
        raise _not_found(write, options, outcome.error) from outcome.error
    return found


def create_with_snapshot(
    write: Write[D],
    read: Callable[[], Flow[Sequence[D]]],
    differences: Callable[[D], Iterator[str]],
    options: Options,
    scope: WriteScope,
    *,
    read_one: Callable[[int], Flow[D]] | None = None,
    answer_differences: Callable[[D], Iterator[str]] = lambda _: iter(()),
) -> Flow[D]:
    """Sends a create without a key of a thing that may exist already with the same content. Never repeats it.

    One read first takes a snapshot of the existing things; if it fails nothing is sent. After an unknown
    result a single new thing that matches the write is the result; any other finding is an
    AmbiguousResultError, and so is none by the end of the window: the create may land later, and a second one
    beside it. `read_one` reads a thing in full if the list shows only part of it. An answer that differs in
    `answer_differences` proves nothing: it may be another's.

    Lists lag, so the snapshot may miss a thing created a moment earlier, which would then look new. Reading
    for the whole window would make each create five seconds long, for the few without an answer. Instead
    `scope` completes the snapshot: ids returned by the clients of this process belong to it, and while other
    threads and tasks create in the same scope, the owner of a new thing stays open. Other processes remain:
    if they create the same content with the same reference within the lag, no answer distinguishes their
    documents from ours. The remedy is a unique reference for each document. The lookup itself is safe: it
    waits for late entries as long as lists lag.
    """
    others = scope.others
    existing = {each.id for each in (yield from read())}

    def look() -> Flow[D | None]:
        if scope.others != others:
            raise Undecidable("another call of this process has changed the document meanwhile")
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

    with scope.sending():
        outcome = yield from attempt(write)
        if not isinstance(outcome, Unknown):
            if different := "; ".join(answer_differences(outcome)):
                outcome = Unknown(without_proof(write, f"with {outcome.id}, but {different}"))
            else:
                scope.know(outcome.id)
                return outcome
    found = yield from _search(write, look, options, outcome.error)
    if found is None:
        raise _not_found(write, options, outcome.error) from outcome.error
    return found


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

    return (yield from reconcile(write, lambda: attempt(write), matching(find, differences), options))


def _search(
    write: Write[Any], look: Look[T], options: Options, doubt: InvoiceXpressError, *, once: bool = False
) -> Flow[T | None]:
    """`look_for` the result of a write.

    Raises AmbiguousResultError if the finding is undecidable, or if the last lookup failed, which proves no
    absence.
    """
    try:
        return (yield from look_for(look, options, once=once))
    except Undecidable as error:
        raise write.in_doubt(doubt, str(error)) from doubt
    except (InvoiceXpressError, NotYetKnown) as error:
        raise write.in_doubt(doubt, f"looking for it: {reason_of(error)}") from error
