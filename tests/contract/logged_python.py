"""Runs the Python of logged requests, and compares what the client then sends with what was logged."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

import httpx
from invoicexpress import InvoiceXpress
from invoicexpress.errors import InvoiceXpressError
from invoicexpress_emulator.control_client import LoggedRequest

_PAGING = {"page", "per_page"}


def unlike(requests: Iterable[LoggedRequest]) -> list[str]:
    """Return the code of one request per operation that sends something else, with what it sent."""
    kept = list(requests)
    by_operation = {each.operation: each for each in kept if each.python is not None}
    return [f"{each.python}\n{sent}" for each in by_operation.values() if (sent := _differs(each, kept))]


def _differs(request: LoggedRequest, all_of_them: list[LoggedRequest]) -> str:
    sent: list[httpx.Request] = []

    def answer(got: httpx.Request) -> httpx.Response:
        """Stop at the request in question; answer reads before it as the emulator did."""
        sent.append(got)
        path = got.url.raw_path.decode().partition("?")[0]
        is_before = got.method == "GET" and (got.method, path) != (request.method, request.path)
        for each in reversed(all_of_them if is_before else []):
            if each.number < request.number and (each.method, each.path) == ("GET", path) and each.answer:
                return httpx.Response(each.status, text=each.answer.body)
        raise httpx.ConnectError("enough")

    client = InvoiceXpress(
        "demo",
        "chave-de-teste",
        transport=httpx.MockTransport(answer),
        pace=None,
        retries=0,
        consistency_window=0,
    )

    class Here:
        @staticmethod
        def from_env() -> InvoiceXpress:
            return client

    code = str(request.python).replace("from invoicexpress import InvoiceXpress\n", "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(code, "logged", "exec"), {"InvoiceXpress": Here})  # noqa: S102 - the code under test
        except InvoiceXpressError as error:
            problem = repr(error)
        else:
            problem = "no error"
    if any(_content(each) == _logged(request) for each in sent):
        return ""
    return f"{problem}\nsent {[_content(each) for each in sent]}\nlogged {_logged(request)}"


def _content(got: httpx.Request) -> Any:
    path, _, query = got.url.raw_path.decode().partition("?")
    return got.method, path, _parameters(query), json.loads(got.content or b"null")


def _logged(request: LoggedRequest) -> Any:
    return request.method, request.path, _parameters(request.query), json.loads(request.body or "null")


def _parameters(query: str) -> list[tuple[str, str]]:
    return sorted(each for each in parse_qsl(query) if each[0] not in {*_PAGING, "api_key"})
