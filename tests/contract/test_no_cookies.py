"""Neither client keeps a cookie, whatever it calls; one that does is found out by the emulator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, lisbon
from invoicexpress_emulator import Emulator

from .both_clients import AnyClient, entries, got
from .conftest import Account, new_account
from .validating_transport import Profile

VENDOR: Final = ".app.invoicexpress.com"


class Mine(InvoiceXpress):
    """A client with a method of its own."""

    def rates(self) -> list[Any]:
        return [tax.value for tax in self.taxes.list()]


class AsyncMine(AsyncInvoiceXpress):
    """The same for an event loop."""

    async def rates(self) -> list[Any]:
        return [tax.value for tax in await self.taxes.list()]


KINDS: Final[dict[str, type[AnyClient]]] = {
    "sync": InvoiceXpress,
    "async": AsyncInvoiceXpress,
    "a subclass": Mine,
    "an async subclass": AsyncMine,
}


class UnderVendorsName(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends requests to the emulator, with the vendor's host name as Host. The emulator's cookie is for all
    of the vendor's names then.
    """

    def __init__(self, base_url: str) -> None:
        self._to = httpx.URL(base_url)
        self._sync = httpx.HTTPTransport()
        self._async = httpx.AsyncHTTPTransport()

    def _redirected(self, request: httpx.Request) -> httpx.Request:
        url = request.url
        if url.host.endswith(".invoicexpress.com"):
            url = url.copy_with(scheme="http", host=self._to.host, port=self._to.port)
        return httpx.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._sync.handle_request(self._redirected(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._async.handle_async_request(self._redirected(request))

    def close(self) -> None:
        self._sync.close()

    async def aclose(self) -> None:
        await self._async.aclose()


async def everything(ix: AnyClient, *, with_files: bool) -> None:
    """Reads, writes, files, raw answers, other options, refusals."""
    line = {"name": "Caneca", "unit_price": Decimal("8.13"), "quantity": Decimal(1), "tax": {"name": "IVA23"}}
    document: Any = {"date": lisbon.today(), "client": {"name": "Ana", "code": "A"}, "items": [line]}
    invoice: Any = await got(ix.invoices.issue(key="order-1", expect_total=Decimal(10), **document))
    if with_files:
        await got(ix.invoices.pdf(invoice))
        await got(ix.with_raw_response.invoices.pdf(invoice))
        await got(ix.saft.export(lisbon.today().year, lisbon.today().month))
    await entries(ix.invoices.list())
    raw: Any = await got(ix.with_raw_response.taxes.list())
    assert "set-cookie" in raw.response.headers, "a cookie was there to keep"
    other: Any = ix.with_options(retries=0)
    await got(other.taxes.list())
    await got(other.with_raw_response.taxes.list())
    with pytest.raises(Exception, match="404"):
        await got(other.taxes.get(1))
    if isinstance(ix, Mine | AsyncMine):
        await got(ix.rates())
    await got(ix.taxes.list())


async def remarks(account: Account, of: Callable[[], Awaitable[None]]) -> list[list[str]]:
    """The remarks on each request that a scenario sends."""
    log = f"{account.base_url}/_emulator/requests"

    def logged() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(log, params={"account": "*"}).json()["requests"]
        return found

    at_once = dict.fromkeys(("pdf", "saft"), "immediate")
    httpx.post(f"{account.base_url}/_emulator/config", json={"account": account.name, **at_once})
    last = max((each["number"] for each in logged()), default=0)
    await of()
    return [each["remarks"] for each in logged() if each["number"] > last]


async def run(kind: type[AnyClient], account: Account, **options: Any) -> None:
    ix = kind(account.name, account.api_key, **options)
    try:
        await everything(ix, with_files="base_url" in options)
    finally:
        if isinstance(ix, InvoiceXpress):
            ix.close()
        else:
            await ix.aclose()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_none_is_sent_back(kind: type[AnyClient], account: Account, anyio_backend: str) -> None:
    found = await remarks(account, lambda: run(kind, account, base_url=account.base_url))
    assert len(found) > 10
    assert not any(found)


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress], ids=["sync", "async"])
async def test_none_is_sent_back_under_the_vendors_name(
    kind: type[AnyClient], account: Account, anyio_backend: str
) -> None:
    """Without files: their links are HTTP here, which the client refuses from the vendor."""
    transport = UnderVendorsName(account.base_url)
    found = await remarks(account, lambda: run(kind, account, transport=transport))
    assert len(found) > 5
    assert not any(found)


async def test_a_client_that_keeps_cookies_is_found_out(
    emulator: Emulator, profile: Profile, account: Account, anyio_backend: str
) -> None:
    """On a loopback address and under a name of its own, and from one of the vendor's names to another."""
    key, another = {"api_key": account.api_key}, new_account(emulator, profile)

    async def careless() -> None:
        with httpx.Client(base_url=account.base_url, params=key) as http:
            for _ in range(2):
                assert http.get("/taxes.json").is_success
        port = httpx.URL(account.base_url).port
        with httpx.Client(params=key) as http:
            for _ in range(2):
                assert http.get(f"http://localhost:{port}/taxes.json").is_success
        with httpx.Client(params=key, transport=UnderVendorsName(account.base_url)) as http:
            assert http.get(f"https://{account.name}{VENDOR}/taxes.json").is_success
            other = http.get(
                f"https://{another.name}{VENDOR}/taxes.json", params={"api_key": another.api_key}
            )
            assert other.is_success, other.text

    assert [bool(each) for each in await remarks(account, careless)] == [False, True] * 3
