"""The network side of the async client."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

import anyio
from invoicexpress_generated.types import Request, Response

from ...errors import InvoiceXpressError
from ..bodies import Body
from ..deadlines import Attempt, DeadlinePassed
from ..http_library import AsyncTransport, HttpRequest
from ..steps import Link
from ..transport import AnyNetworkSender, cause_of, response_of
from .connections import AsyncConnections, AsyncLentTransport
from .deadlines import own_transport


class AsyncNetworkSender(AnyNetworkSender[AsyncTransport]):
    """NetworkSender for an event loop."""

    _inner: AsyncConnections | AsyncLentTransport

    def _new_transport(self, verify: bool | ssl.SSLContext, proxy: Any) -> AsyncTransport:
        return own_transport(self._http, verify=verify, proxy=proxy)

    def _shared(
        self, transport: AsyncTransport | None, make: Callable[[], AsyncTransport]
    ) -> AsyncConnections | AsyncLentTransport:
        if transport is None:
            return AsyncConnections(self._http, make)
        return AsyncLentTransport(self._http, transport)

    async def send(self, request: Request) -> Response:
        """Sends a request. Raises TransportError or AmbiguousResultError when no answer comes."""
        with self._attempt(request.body) as attempt:
            try:
                response = await self._answer(self._built(request), self._options.max_answer, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise self._error_of(request, failure, attempt) from cause_of(failure, self._http)
        return self._checked(response)

    async def fetch(self, link: Link) -> Response:
        """Fetches the file at a link, without following redirects.

        Raises DownloadError for an unsafe link and a file that is too large, TransportError when no answer
        comes.
        """
        with self._attempt() as attempt:
            try:
                return await self._answer(self._built_for(link), link.limit, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise self._link_error_of(link, failure, attempt) from cause_of(failure, self._http)

    async def _answer(self, request: HttpRequest, limit: int, attempt: Attempt) -> Response:
        """Reads an answer to its end. Raises TooLarge, DeadlinePassed and the library's errors."""
        with anyio.move_on_after(self._options.deadline):
            async with self._inner.exchange(request) as answer:
                body = Body(answer, limit)
                if answer.is_stream_consumed:
                    body.add(answer.content)
                else:
                    async for chunk in answer.aiter_raw():
                        attempt.left()
                        body.add(chunk)
                return response_of(answer, body)
        raise DeadlinePassed

    async def aclose(self) -> None:
        """Closes the connections, unless they are another client's."""
        self._is_closed = True
        if not self._is_borrowed:
            await self._inner.aclose()
