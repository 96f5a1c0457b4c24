"""Flows: one source for sync and async.

A method is a generator, a flow: it yields steps (a request, a pause, a download), receives their outcomes,
and returns its typed result. So find-then-create, polling and reconciliation are plain code, tested without
HTTP. Two small cores drive flows; `operation` and `listing` type each method for the core of its client.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from typing import Any, Concatenate, Final, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, overload

import anyio
from invoicexpress_generated.errors import ResponseError
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError

from .. import redaction
from ..errors import from_response, from_wire
from ..options import Options
from .delivery import Delivery, Outgoing, Primitive, attempt_once
from .hooks import Notice, notify, notify_async
from .in_flight import InFlight
from .interruptions import Interrupted, Writes
from .pagination import AsyncListing, Listing, PageReader
from .raw_responses import RawResult, recorded
from .steps import Hold, Link, Pause, Turn

__all__ = [
    "AsyncCore",
    "AsyncSender",
    "C_co",
    "Flow",
    "Link",
    "Namespace",
    "Pause",
    "RawAsyncCore",
    "RawSyncCore",
    "Sender",
    "Step",
    "SyncCore",
    "exchange",
    "fetch",
    "listing",
    "operation",
    "pause",
]

T = TypeVar("T")
S = TypeVar("S")
P = ParamSpec("P")


Step: TypeAlias = Request | Pause | Link
Flow: TypeAlias = Generator[Step, Any, T]


def exchange(request: Request, parse: Callable[[Response], T]) -> Flow[T]:
    """Sends a request and reads the answer.

    Raises an ApiError for any answer except a readable success.
    """
    response: Response = yield request
    try:
        return parse(response)
    except ResponseError as error:
        failure = from_response(request, error)
    # Raised outside of the handler, so that no context keeps the answer and its links.
    raise failure from None


def pause(seconds: float) -> Flow[float]:
    """Waits; returns the monotonic time in seconds."""
    now: float = yield Pause(seconds)
    return now


def fetch(link: Link) -> Flow[Response]:
    """Fetches a file by its link."""
    response: Response = yield link
    return response


class Sender(Protocol):
    """The network side of a SyncCore."""

    def check(self) -> None: ...
    def send(self, request: Request) -> Response: ...
    def fetch(self, link: Link) -> Response: ...


class AsyncSender(Protocol):
    """The network side of an AsyncCore."""

    def check(self) -> None: ...
    async def send(self, request: Request) -> Response: ...
    async def fetch(self, link: Link) -> Response: ...


N = TypeVar("N", bound=Sender | AsyncSender)


class _Core(Generic[N]):
    """State of both cores.

    `deliver` turns a request of a flow into attempts; the default makes one.
    """

    def __init__(
        self,
        sender: N,
        options: Options | None = None,
        deliver: Callable[[Outgoing], Delivery] = attempt_once,
        in_flight: InFlight | None = None,
    ) -> None:
        self.sender = sender
        self.options = options or Options()
        self.in_flight = in_flight or InFlight()
        self._deliver = deliver


class SyncCore(_Core[Sender]):
    """Drives flows one after the other. Threads may share one."""

    def _perform(self, writes: Writes, step: Step) -> object:
        """Performs one step of a flow, repeats and waits included."""
        if isinstance(step, Request | Link):
            return _driven(self._deliver(step), functools.partial(self._perform_primitive, writes), writes)
        return self._perform_primitive(writes, step)

    def _perform_primitive(self, writes: Writes, step: Primitive) -> object:
        if isinstance(step, Request):
            # Closed perhaps since the call began.
            self.sender.check()
            with writes.sending(step) as answered:
                return answered(self.sender.send(step))
        if isinstance(step, Link):
            self.sender.check()
            return self.sender.fetch(step)
        if isinstance(step, Turn | Hold):
            return step()
        if isinstance(step, Notice):
            notify(step)
            return None
        time.sleep(step.seconds)
        return time.monotonic()

    def run(self, flow: Flow[T]) -> T:
        """Runs a flow to its end. Exceptions of a step are thrown into the flow, which may handle them.

        Raises ConfigurationError, with nothing sent, for a client that is closed or belongs elsewhere.
        """
        self.sender.check()
        writes = Writes()
        with redaction.call():
            try:
                return _driven(flow, functools.partial(self._perform, writes), writes)
            except WireError as error:
                failure = from_wire(error)
                redaction.cleaned(failure)
            except BaseException as error:
                if not isinstance(error, Exception):
                    writes.tell(error)
                redaction.cleaned(error)
                raise
        # Raised outside of the handler, so that no context keeps the values.
        raise failure from None


def _driven(flow: Generator[S, Any, T], perform: Callable[[S], object], writes: Writes) -> T:
    try:
        step = next(flow)
        while True:
            try:
                outcome = perform(step)
            except Exception as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        _end(flow, writes)


def _end(flow: Generator[Any, Any, Any], writes: Writes) -> None:
    """Ends a flow whose call is cancelled or interrupted; at once, not when the garbage collector runs."""
    if inspect.getgeneratorstate(flow) != inspect.GEN_CLOSED:
        with contextlib.suppress(Interrupted):
            flow.throw(Interrupted(in_doubt=writes.are_in_doubt))


class AsyncCore(_Core[AsyncSender]):
    """Drives flows on an event loop, of asyncio or trio. Tasks may share one."""

    async def _perform(self, writes: Writes, step: Step) -> object:
        """Performs one step of a flow, repeats and waits included."""
        if isinstance(step, Request | Link):
            return await _driven_async(
                self._deliver(step), functools.partial(self._perform_primitive, writes), writes
            )
        return await self._perform_primitive(writes, step)

    async def _perform_primitive(self, writes: Writes, step: Primitive) -> object:
        if isinstance(step, Request):
            # Closed perhaps since the call began.
            self.sender.check()
            with writes.sending(step) as answered:
                return answered(await self.sender.send(step))
        if isinstance(step, Link):
            self.sender.check()
            return await self.sender.fetch(step)
        if isinstance(step, Turn | Hold):
            if not step.pace.blocks:
                return step()
            return await anyio.to_thread.run_sync(step, abandon_on_cancel=True)
        if isinstance(step, Notice):
            await notify_async(step)
            return None
        await anyio.sleep(step.seconds)
        return time.monotonic()

    async def run(self, flow: Flow[T]) -> T:
        """Runs a flow to its end. Exceptions of a step are thrown into the flow, which may handle them.

        Raises ConfigurationError, with nothing sent, for a client that is closed or belongs elsewhere.
        """
        self.sender.check()
        writes = Writes()
        with redaction.call():
            try:
                return await _driven_async(flow, functools.partial(self._perform, writes), writes)
            except WireError as error:
                failure = from_wire(error)
                redaction.cleaned(failure)
            except BaseException as error:
                if not isinstance(error, Exception):
                    writes.tell(error)
                redaction.cleaned(error)
                raise
        # Raised outside of the handler, so that no context keeps the values.
        raise failure from None


async def _driven_async(
    flow: Generator[S, Any, T], perform: Callable[[S], Awaitable[object]], writes: Writes
) -> T:
    try:
        step = next(flow)
        while True:
            try:
                outcome = await perform(step)
            except Exception as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        _end(flow, writes)


K = TypeVar("K", bound=SyncCore | AsyncCore)


class _RawCore(Generic[K]):
    def __init__(self, core: K) -> None:
        self.core = core
        self.options = core.options
        self.in_flight = core.in_flight


class RawSyncCore(_RawCore[SyncCore]):
    """Drives flows like the core inside, and returns the answers with the result."""

    def run(self, flow: Flow[T]) -> RawResult[T]:
        """Runs a flow to its end."""
        return self.core.run(recorded(flow))


class RawAsyncCore(_RawCore[AsyncCore]):
    """RawSyncCore for event loops."""

    async def run(self, flow: Flow[T]) -> RawResult[T]:
        """Runs a flow to its end."""
        return await self.core.run(recorded(flow))


Core: TypeAlias = SyncCore | AsyncCore | RawSyncCore | RawAsyncCore
C_co = TypeVar("C_co", bound=Core, covariant=True)


class Namespace(Generic[C_co]):
    """A group of methods of a client."""

    def __init__(self, core: C_co) -> None:
        self._core = core

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def _bound(call: Callable[..., Any], source: Callable[..., Any], answers: str) -> Callable[..., Any]:
    """Copies name, docstring and signature of `source` to a bound method, with the type of its answer."""
    functools.update_wrapper(call, source)
    signature = inspect.signature(source)
    parameters = list(signature.parameters.values())[1:]
    inner = str(signature.return_annotation).partition("[")[2].removesuffix("]")
    annotation = answers.format(inner) if inner else inspect.Signature.empty
    call.__signature__ = signature.replace(  # type: ignore[attr-defined] # inspect reads it
        parameters=parameters, return_annotation=annotation
    )
    return call


class operation(Generic[P, T]):
    """Turns a flow into a method: it returns T on the sync client, a coroutine of T on the async one.

    Under `with_raw_response` it returns a RawResult of T instead.
    """

    def __init__(self, flow: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.flow = flow
        self.__doc__ = flow.__doc__

    @overload
    def __get__(self, instance: None, owner: type[object]) -> operation[P, T]: ...
    @overload
    def __get__(self, instance: Namespace[SyncCore], owner: type[object]) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, instance: Namespace[AsyncCore], owner: type[object]
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, instance: Namespace[RawSyncCore], owner: type[object]) -> Callable[P, RawResult[T]]: ...
    @overload
    def __get__(
        self, instance: Namespace[RawAsyncCore], owner: type[object]
    ) -> Callable[P, Coroutine[Any, Any, RawResult[T]]]: ...
    def __get__(self, instance: Any, owner: type[object]) -> Any:
        if instance is None:
            return self

        def call(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                flow = self.flow(instance, *args, **kwargs)
            finally:
                # They may be passwords, and an error reporter prints the variables of this frame.
                del args, kwargs
            return instance._core.run(flow)

        answers = next(text for kind, text in _ANSWERS.items() if isinstance(instance._core, kind))
        return _bound(call, self.flow, answers)


# Return type of a method by the core of its namespace; {} stands for the result of the flow.
_ANSWERS: Final[Mapping[type[Core], str]] = {
    SyncCore: "{}",
    AsyncCore: "Coroutine[Any, Any, {}]",
    RawSyncCore: "RawResult[{}]",
    RawAsyncCore: "Coroutine[Any, Any, RawResult[{}]]",
}


class listing(Generic[P, T]):
    """Turns a method that describes pages into one that returns an iterable.

    Listing[T] on the sync client, AsyncListing[T] on the async one; `with_raw_response` changes nothing,
    since no page is read before the iteration.
    """

    def __init__(self, describe: Callable[Concatenate[Any, P], PageReader[T]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, instance: None, owner: type[object]) -> listing[P, T]: ...
    @overload
    def __get__(
        self, instance: Namespace[SyncCore] | Namespace[RawSyncCore], owner: type[object]
    ) -> Callable[P, Listing[T]]: ...
    @overload
    def __get__(
        self, instance: Namespace[AsyncCore] | Namespace[RawAsyncCore], owner: type[object]
    ) -> Callable[P, AsyncListing[T]]: ...
    def __get__(self, instance: Any, owner: type[object]) -> Any:
        if instance is None:
            return self
        core = instance._core
        if isinstance(core, RawSyncCore | RawAsyncCore):
            core = core.core

        def call(*args: P.args, **kwargs: P.kwargs) -> Any:
            reader = self.describe(instance, *args, **kwargs)
            if isinstance(core, AsyncCore):
                return AsyncListing(reader, core.run)
            return Listing(reader, core.run)

        answers = "AsyncListing[{}]" if isinstance(core, AsyncCore) else "Listing[{}]"
        return _bound(call, self.describe, answers)
