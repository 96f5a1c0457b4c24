# Generated from openapi.yaml by `make generate`. Do not edit.

"""Sends requests. The only module of the project that imports the HTTP library.

Keys, retries and pacing belong to the transport that a caller passes. Redirects are never followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final

import httpx as httpx
from invoicexpress_wire import dumps

from .types import Request, Response

TIMEOUT: Final = httpx.Timeout(30.0, connect=5.0)
"""Seconds. Finite: a create without an answer must be looked up, not waited for."""


def no_cookies() -> CookieJar:
    """A jar that keeps and sends no cookies, so no request depends on an earlier one."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


def _prepare(client: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    # Not `json=`: the HTTP library cannot write a Decimal.
    content = None if request.body is None else dumps(request.body)
    headers = {"Accept": "application/json"}
    if content is not None:
        headers["Content-Type"] = "application/json"
    return client.build_request(
        request.method, request.path, params=list(request.query) or None, content=content, headers=headers
    )


class Client:
    """Sends requests to one address; several threads may share it."""

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout | float = TIMEOUT,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            headers=dict(headers or {}),
            cookies=no_cookies(),
            follow_redirects=False,
        )

    def send(self, request: Request) -> Response:
        """Sends one request and reads the whole answer. Raises the errors of the HTTP library."""
        answer = self._client.send(_prepare(self._client, request))
        return Response(answer.status_code, dict(answer.headers), answer.content)

    def open(self, request: Request) -> httpx.Response:
        """Sends one request and returns the answer unread. The caller reads and closes it."""
        return self._client.send(_prepare(self._client, request), stream=True)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient:
    """Sends requests to one address from one event loop."""

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: httpx.Timeout | float = TIMEOUT,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            headers=dict(headers or {}),
            cookies=no_cookies(),
            follow_redirects=False,
        )

    async def send(self, request: Request) -> Response:
        """Sends one request and reads the whole answer. Raises the errors of the HTTP library."""
        answer = await self._client.send(_prepare(self._client, request))
        return Response(answer.status_code, dict(answer.headers), answer.content)

    async def open(self, request: Request) -> httpx.Response:
        """Sends one request and returns the answer unread. The caller reads and closes it."""
        return await self._client.send(_prepare(self._client, request), stream=True)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


__all__ = ["TIMEOUT", "AsyncClient", "Client", "httpx", "no_cookies"]
