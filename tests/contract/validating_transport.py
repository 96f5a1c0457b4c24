"""A transport that validates every request and every answer against the concrete contract.

Client, emulator and contract are three readings of the same documentation. Placed between client and
emulator, this transport makes the contract a witness in every test.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import httpx
from generator import concrete
from invoicexpress_wire import loads
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from .contract_files import CONCRETE, loaded

Profile = Literal["observed", "documented"]

ROOT: Final = Path(__file__).resolve().parents[2]


@cache
def contract_of(profile: Profile) -> OpenAPI:
    """The part of the concrete contract that one emulator profile must keep to."""
    return OpenAPI.from_dict(concrete.for_profile(loaded(CONCRETE), profile))


class Witness:
    """The traffic so far, all of it valid under the contract."""

    def __init__(self, profile: Profile) -> None:
        self._contract = contract_of(profile)
        self.exchanges: list[tuple[str, str, int]] = []
        """Verb, path and status, in order."""
        self.bodies: list[Mapping[str, Any] | None] = []

    def hear(self, request: httpx.Request, content: bytes, response: httpx.Response, answer: bytes) -> None:
        """Raises when a request or its answer breaks the contract."""
        if request.url.path.startswith(("/_emulator", "/files")) or "api_key" not in request.url.params:
            return  # the control plane and file downloads are not part of the service's API
        self.exchanges.append((request.method, request.url.path, response.status_code))
        self.bodies.append(loads(content) if content else None)
        asked = MockRequest(
            f"{request.url.scheme}://{request.url.netloc.decode()}",
            request.method.lower(),
            request.url.path,
            args=_multiple(request.url.params),
            data=content,
            content_type=request.headers.get("content-type", "application/json"),
        )
        self._contract.validate_request(asked)
        if response.is_success:
            self._contract.validate_response(
                asked,
                MockResponse(
                    answer,
                    status_code=response.status_code,
                    content_type=response.headers.get("content-type", "application/json").partition(";")[0],
                ),
            )


def _multiple(params: httpx.QueryParams) -> Any:
    from werkzeug.datastructures import MultiDict  # noqa: PLC0415 openapi-core's own kind of query

    return MultiDict(params.multi_items())


class ValidatingTransport(httpx.BaseTransport):
    """Sits below the transport that adds the key, so it sees requests as sent."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        content = request.read()
        response = self._inner.handle_request(request)
        self._witness.hear(request, content, response, response.read())
        return response

    def close(self) -> None:
        self._inner.close()


class AsyncValidatingTransport(httpx.AsyncBaseTransport):
    """ValidatingTransport for asyncio."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        response = await self._inner.handle_async_request(request)
        self._witness.hear(request, content, response, await response.aread())
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()
