"""The core of the async client, which drives flows on an event loop."""

from __future__ import annotations

import functools
import time
from collections.abc import Awaitable, Callable, Generator
from typing import Any, Protocol, TypeVar

import anyio
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError

from ... import redaction
from ...errors import InvoiceXpressError, from_wire
from ..delivery import Primitive
from ..flows import BasicCore, Flow, RawCore, Step, end
from ..hooks import Notice, notify_async
from ..interruptions import Writes
from ..pagination import PageReader
from ..raw_responses import RawResult, recorded
from ..steps import Hold, Link, Turn
from .pagination import AsyncListing

T = TypeVar("T")
S = TypeVar("S")


class AsyncSender(Protocol):
    """The network side of an AsyncCore."""

    def check(self) -> None: ...
    async def send(self, request: Request) -> Response: ...
    async def fetch(self, link: Link) -> Response: ...


class AsyncCore(BasicCore[AsyncSender]):
    """Drives flows on an event loop, of asyncio or trio. Tasks may share one."""

    answers = "Coroutine[Any, Any, {}]"
    lists = "AsyncListing[{}]"
    prefix = "Async"

    def listing(self, reader: PageReader[T]) -> AsyncListing[T]:
        """The entries of a list."""
        return AsyncListing(reader, self.run)

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
            return await anyio.to_thread.run_sync(step.__call__, abandon_on_cancel=True)
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
                if not isinstance(error, InvoiceXpressError):
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
        end(flow, writes)


class RawAsyncCore(RawCore[AsyncCore]):
    """RawSyncCore for event loops."""

    answers = "Coroutine[Any, Any, RawResult[{}]]"
    lists = AsyncCore.lists
    prefix = "RawAsync"

    async def run(self, flow: Flow[T]) -> RawResult[T]:
        """Runs a flow to its end."""
        return await self.core.run(recorded(flow))
