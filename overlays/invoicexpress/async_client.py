"""The async client."""

from __future__ import annotations

from functools import partial
from types import TracebackType
from typing import Self

from .client import AnyClient, Namespaces
from .sending.asynchronous.flows import AsyncCore, RawAsyncCore
from .sending.asynchronous.transport import AsyncNetworkSender
from .sending.delivery import Terms, deliver
from .sending.http_library import AsyncTransport


class AsyncInvoiceXpress(AnyClient[AsyncCore, AsyncNetworkSender, AsyncTransport]):
    """InvoiceXpress for asyncio and trio: the same methods, as coroutines and asynchronous iterators.

    It takes the same arguments. It belongs to the event loop of its first request: make one client for each
    event loop, so for each `asyncio.run`. On another one its methods raise ConfigurationError, with nothing
    sent.
    """

    _sender_type = AsyncNetworkSender
    _may_await = True

    def _core_over(self, sender: AsyncNetworkSender, terms: Terms) -> AsyncCore:
        return AsyncCore(sender, terms.options, partial(deliver, terms=terms), terms.in_flight)

    @property
    def with_raw_response(self) -> Namespaces[RawAsyncCore]:
        """The same methods, each with a RawResult: the value, and the answers that it was read from.

        A list that is read page by page, such as `invoices.list`, stays as it is: its answers come later.
        """
        return Namespaces(RawAsyncCore(self._core), self._label)

    async def aclose(self) -> None:
        """Closes the connections. Later calls raise ConfigurationError, with nothing sent.

        A call under way in another task ends soon: a read with TransportError or ConfigurationError, a write,
        which may have been carried out, with AmbiguousResultError.
        """
        await self._sender.aclose()

    async def __aenter__(self) -> Self:
        """Raises ConfigurationError if it is closed, or belongs to another event loop."""
        self._sender.check()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
