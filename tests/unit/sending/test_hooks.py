"""Hooks on both clients: their arguments; they cannot break a call, and may be coroutines."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import anyio
import pytest
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, Exchange, InvoiceXpress
from invoicexpress.sending.hooks import Hook

from tests.unit.conftest import KEY, PDF, PDF_LINK, Answer, Service, tax_json

TAX = Answer(body={"tax": tax_json()})


class Play(Protocol):
    """Makes a call on a client with hooks."""

    def __call__(
        self,
        service: Service,
        call: Callable[[Any], Any],
        *,
        on_request: Hook | None = None,
        on_response: Hook | None = None,
    ) -> Any: ...


def play_sync(
    service: Service,
    call: Callable[[Any], Any],
    *,
    on_request: Hook | None = None,
    on_response: Hook | None = None,
) -> Any:
    with InvoiceXpress(
        "acme", KEY, transport=service.transport, pace=None, on_request=on_request, on_response=on_response
    ) as ix:
        return call(ix)


def play_async(
    service: Service,
    call: Callable[[Any], Any],
    *,
    on_request: Hook | None = None,
    on_response: Hook | None = None,
) -> Any:
    async def run() -> Any:
        async with AsyncInvoiceXpress(
            "acme",
            KEY,
            transport=service.transport,
            pace=None,
            on_request=on_request,
            on_response=on_response,
        ) as ix:
            return await call(ix)

    return anyio.run(run)


@pytest.fixture(params=[play_sync, play_async], ids=["sync", "async"])
def play(request: pytest.FixtureRequest) -> Play:
    """A call on either client, with hooks."""
    chosen: Play = request.param
    return chosen


def get_tax(ix: Any) -> Any:
    return ix.taxes.get(5)


def test_hooks_hear_of_a_call(service: Service, play: Play) -> None:
    service.will(TAX)
    before: list[Exchange] = []
    after: list[Exchange] = []
    play(service, get_tax, on_request=before.append, on_response=after.append)
    assert before == [Exchange("getTax", "GET", "/taxes/5.json", 1)]
    (heard,) = after
    assert dataclasses.replace(heard, duration=None) == Exchange("getTax", "GET", "/taxes/5.json", 1, 200)
    assert heard.duration is not None
    assert 0 <= heard.duration < 30


def test_hooks_hear_of_each_request_of_a_method_and_of_files_without_their_links(
    service: Service, play: Play
) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    heard: list[Exchange] = []
    play(service, lambda ix: ix.invoices.pdf(7), on_response=heard.append)
    assert [(one.operation, one.path, one.status) for one in heard] == [
        ("generatePdf", "/api/pdf/7.json", 200),
        ("fetchFile", "", 200),
    ]


def test_nothing_that_a_hook_hears_is_secret(service: Service, play: Play) -> None:
    """Queries hold names, and a link opens a document."""
    service.will(Answer(404), Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    heard: list[Exchange] = []
    play(
        service, lambda ix: ix.clients.find_by_name("Ana"), on_request=heard.append, on_response=heard.append
    )
    play(service, lambda ix: ix.invoices.pdf(7), on_request=heard.append, on_response=heard.append)
    assert len(heard) == 6
    for secret in (KEY, "Ana", "bearer", "files.example"):
        assert secret not in f"{heard} {[str(one) for one in heard]}"


class Broken(Exception):
    """An error raised by a user's hook."""


def break_down(_: Exchange) -> None:
    raise Broken


@pytest.mark.parametrize("name", ["on_request", "on_response"])
def test_a_hook_that_fails_is_logged_and_breaks_nothing(
    service: Service, play: Play, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    service.will(TAX)
    assert play(service, get_tax, **{name: break_down}).id == 5
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.name == "invoicexpress"
    assert "a hook failed on getTax: GET /taxes/5.json" in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is Broken


@pytest.mark.parametrize("fails", [False, True])
async def test_a_coroutine_hook_is_awaited(
    service: Service, fails: bool, caplog: pytest.LogCaptureFixture
) -> None:
    service.will(TAX)
    heard: list[Exchange] = []

    async def hear(exchange: Exchange) -> None:
        await anyio.sleep(0)
        heard.append(exchange)
        if fails:
            raise Broken

    async with AsyncInvoiceXpress("acme", KEY, transport=service.transport, on_response=hear) as ix:
        assert (await ix.taxes.get(5)).id == 5
    assert [one.status for one in heard] == [200]
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == fails


async def a_coroutine_function(_: Exchange) -> None: ...


class Awaited:
    """A callable object that behaves like a coroutine function."""

    async def __call__(self, exchange: Exchange) -> None: ...


@pytest.mark.parametrize("hook", [a_coroutine_function, Awaited()])
@pytest.mark.parametrize("name", ["on_request", "on_response"])
def test_the_sync_client_refuses_what_only_the_async_one_can_await(name: str, hook: Any) -> None:
    given: Any = {name: hook}
    with pytest.raises(ConfigurationError, match=name):
        InvoiceXpress("acme", KEY, transport=Service().transport, **given)
    AsyncInvoiceXpress("acme", KEY, transport=Service().transport, **given)


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_what_cannot_be_called_is_no_hook(kind: Any) -> None:
    with pytest.raises(ConfigurationError, match="on_request"):
        kind("acme", KEY, transport=Service().transport, on_request="print")


def test_a_cancelled_call_is_not_taken_for_a_failed_hook(caplog: pytest.LogCaptureFixture) -> None:
    async def forever(_: Exchange) -> None:
        await anyio.sleep_forever()

    async def run() -> bool:
        async with AsyncInvoiceXpress("acme", KEY, transport=Service().transport, on_request=forever) as ix:
            call: Coroutine[Any, Any, Any] = ix.taxes.get(5)
            with anyio.move_on_after(0.05) as scope:
                await call
        return scope.cancelled_caught

    caplog.set_level(logging.DEBUG, logger="invoicexpress")
    assert anyio.run(run)
    assert caplog.records == []


def test_an_exchange_cannot_be_changed() -> None:
    exchange: Any = Exchange("getTax", "GET", "/taxes/5.json", 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        exchange.status = 200
