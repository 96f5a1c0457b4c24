"""The fixtures, and the check of faults after a test has passed. The package explains their use.

Each fixture imports what it needs, since pytest loads this module in every suite of an environment that has
the client: also without the emulator, and in projects that use neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest

from .emulated_account import EmulatedAccount
from .marker import MARKER, AccountSpec, account_name, register, spec_of

if TYPE_CHECKING:
    from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
    from invoicexpress_emulator import Emulator
    from invoicexpress_emulator.control_client import Clock

_ACCOUNT: Final = pytest.StashKey[EmulatedAccount]()
_TIMES: Final = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the lines of pytest's configuration."""
    register(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, for `--strict-markers`."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(profile, seed, trial, partner, settings, unfired_faults): "
        "the emulated InvoiceXpress account of a test",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a passed test if a fault that it registered hit no request."""
    result = yield
    account = item.stash.get(_ACCOUNT, None)
    if account is not None and spec_of(item).is_strict and (unfired := account.unfired_faults()):
        faults = ", ".join(f"{fault.operation} {fault.effect}" for fault in unfired)
        pytest.fail(
            f"These registered faults hit no request: {faults}. Clear them, or mark the test "
            f'@pytest.mark.{MARKER}(unfired_faults="ignore").',
            pytrace=False,
        )
    return result


class _Servers:
    """The emulators of this process, one per profile and seed, each started at its first use."""

    def __init__(self, running: ExitStack) -> None:
        self._running = running
        self._known: dict[tuple[str, int], Emulator] = {}

    def get(self, spec: AccountSpec) -> Emulator:
        found = self._known.get((spec.profile, spec.seed))
        if found is None:
            emulator = _emulator_class()(
                profile="documented" if spec.profile == "documented" else "observed", seed=spec.seed
            )
            found = self._known[spec.profile, spec.seed] = self._running.enter_context(emulator)
        return found


def _emulator_class() -> type[Emulator]:
    try:
        from invoicexpress_emulator import Emulator  # noqa: PLC0415 - see the module
    except ModuleNotFoundError as error:
        pytest.fail(
            f"The fixtures of invoicexpress need the emulator, but {error.name} is not installed: "
            "pip install 'invoicexpress[emulator]'",
            pytrace=False,
        )
    return Emulator


@pytest.fixture(scope="session")
def _invoicexpress_servers() -> Iterator[_Servers]:
    """The emulators of this process."""
    with ExitStack() as running:
        yield _Servers(running)


@pytest.fixture
def invoicexpress_emulator(
    request: pytest.FixtureRequest, _invoicexpress_servers: _Servers
) -> Iterator[EmulatedAccount]:
    """An account of an InvoiceXpress emulator that belongs to this test alone: base_url, account, api_key."""
    item: pytest.Item = request.node
    spec = spec_of(item)
    server = _invoicexpress_servers.get(spec)
    times = item.config.stash.setdefault(_TIMES, Counter())
    name = account_name(item.nodeid, times[item.nodeid])
    times[item.nodeid] += 1
    made = server.control.create_account(name, trial=spec.trial, partner=spec.partner)
    account = EmulatedAccount(server.base_url, name, made.api_key, spec.profile)
    _set(account, spec)
    item.stash[_ACCOUNT] = account
    yield account
    del item.stash[_ACCOUNT]
    account.control.reset()  # the server outlives the test; its late writes and documents must not


def _set(account: EmulatedAccount, spec: AccountSpec) -> None:
    """Change an account's settings, which a marker gives as the control plane's JSON."""
    from invoicexpress_emulator.control_client.connection import Connection  # noqa: PLC0415 - see the module

    if spec.settings:
        ask = Connection(account.base_url, token=None, timeout=30)
        ask("POST", "/config", {"account": account.account, **spec.settings})


@pytest.fixture
def invoicexpress_client(invoicexpress_emulator: EmulatedAccount) -> Iterator[InvoiceXpress]:
    """An InvoiceXpress client of this test's emulated account, without a pace."""
    from invoicexpress import InvoiceXpress  # noqa: PLC0415 - see the module

    account = invoicexpress_emulator
    with InvoiceXpress(account.account, account.api_key, base_url=account.base_url, pace=None) as client:
        yield client


@pytest.fixture
def invoicexpress_async_client(invoicexpress_emulator: EmulatedAccount) -> AsyncInvoiceXpress:
    """An AsyncInvoiceXpress client of this test's emulated account, without a pace, for any event loop.

    Each connection ends with its request, so the client is bound to no event loop and needs no closing: it
    works with anyio, with pytest-asyncio, and with `asyncio.run` in a plain test.
    """
    import httpx  # noqa: PLC0415 - see the module
    from invoicexpress import AsyncInvoiceXpress  # noqa: PLC0415 - see the module

    class OneRequestEach(httpx.AsyncHTTPTransport):
        any_event_loop = True

    account = invoicexpress_emulator
    transport = OneRequestEach(limits=httpx.Limits(max_keepalive_connections=0))
    return AsyncInvoiceXpress(
        account.account, account.api_key, base_url=account.base_url, pace=None, transport=transport
    )


@pytest.fixture
def invoicexpress_clock(invoicexpress_emulator: EmulatedAccount) -> Iterator[Clock]:
    """The clock of this test's account, which the client follows: `lisbon.now()` and `lisbon.today()` ask it.

    Move it with `set`, `advance`, `freeze` and `thaw`. After the test both show the real time again.
    """
    from invoicexpress import lisbon  # noqa: PLC0415 - see the module

    clock = invoicexpress_emulator.control.clock
    with lisbon.clock(clock.now):
        yield clock
