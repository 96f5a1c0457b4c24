"""An emulator in a thread, with its own store at hand and a plan of faults for each account.

The matrix counts effects in the store itself, on the event loop that owns it: neither the client under test
nor the wire has a say in what exists.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final, Literal, Protocol, TypeVar

from invoicexpress import lisbon
from invoicexpress_emulator import create_app
from invoicexpress_emulator.api.operation_ids import names_of
from invoicexpress_emulator.api.routes import OPERATIONS
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.books.accounts.settings import changed
from invoicexpress_emulator.faults.effects import Effect, Faults
from invoicexpress_emulator.server import listening_socket, server_for

from .books import Books, read_books

T = TypeVar("T")

ProfileName = Literal["observed", "documented"]
PROFILES: Final[tuple[ProfileName, ...]] = ("observed", "documented")
LONG: Final = timedelta(hours=1)
"""Later than any write that was put off."""


class Plan(Protocol):
    """Which effect hits which request of one account."""

    def effect_on(self, names: frozenset[str]) -> Effect | None:
        """Note a request to an operation, and return the effect on it."""
        ...


class PlannedFaults(Faults):
    """Asks an account's plan which effect hits a request."""

    def __init__(self) -> None:
        super().__init__()
        self.plans: Final[dict[str, Plan]] = {}

    def effect_on(self, account: str, names: frozenset[str]) -> Effect | None:
        """Return the effect that the account's plan has for a request."""
        plan = self.plans.get(account)
        return plan.effect_on(names) if plan is not None else None


@dataclass(frozen=True)
class Site:
    """An account of a running service."""

    service: Service
    id: int
    name: str
    api_key: str

    @property
    def base_url(self) -> str:
        """The address of the service."""
        return self.service.base_url

    def follow(self, plan: Plan | None) -> None:
        """Let the requests of this account meet a plan's faults, or none."""

        def set_plan(_: EmulatorApp) -> None:
            if plan is None:
                self.service.faults.plans.pop(self.name, None)
            else:
                self.service.faults.plans[self.name] = plan

        self.service.on_loop(set_plan)

    def configure(self, **settings: object) -> None:
        """Change settings of the account, as the control plane takes them."""

        def change(app: EmulatorApp) -> None:
            with app.emulation.store.transaction() as db:
                account = accounts.by_id(db, self.id)
                accounts.set_settings(app.emulation.store, account, changed(account.settings, settings))  # type: ignore[arg-type]

        self.service.on_loop(change)

    def books(self) -> Books:
        """Return what exists in the account at this moment."""
        return self.service.on_loop(self._books)

    def books_now(self) -> Books:
        """Return the same to a plan, which is asked on the event loop itself."""
        return self._books(self.service.app)

    def settled_books(self) -> Books:
        """Let everything land that was put off, and return what exists then."""

        def land(app: EmulatorApp) -> Books:
            emulation = app.emulation
            with emulation.store.transaction() as db:
                account = accounts.by_id(db, self.id)
                accounts.set_clock(emulation.store, account, account.clock.advanced(LONG))
            emulation.carry_out_due()
            return self._books(app)

        return self.service.on_loop(land)

    def _books(self, app: EmulatorApp) -> Books:
        return read_books(app.emulation.store.db, self.id)


class Service:
    """A running emulator."""

    def __init__(
        self, app: EmulatorApp, base_url: str, loop: asyncio.AbstractEventLoop, faults: PlannedFaults
    ) -> None:
        self.base_url: Final = base_url
        self.faults: Final = faults
        self.app: Final = app
        self._loop = loop
        self._numbers = itertools.count(1)

    def on_loop(self, work: Callable[[EmulatorApp], T]) -> T:
        """Run `work` between two requests, and wait for it."""
        done = Future[T]()

        def run() -> None:
            try:
                done.set_result(work(self.app))
            except BaseException as error:  # raised again in the thread that waits
                done.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        return done.result()

    def new_site(self) -> Site:
        """Create an account that no other cell uses."""

        def create(app: EmulatorApp) -> Site:
            with app.emulation.store.transaction():
                account = accounts.create(app.emulation.store, f"m{next(self._numbers)}")
                if (lisbon.now() + LONG).date() != lisbon.today():
                    # A late write, dated when it lands, would be of tomorrow.
                    account = accounts.set_clock(app.emulation.store, account, account.clock.advanced(-LONG))
            return Site(self, account.id, account.name, account.api_key)

        return self.on_loop(create)


@contextmanager
def running_service(profile: ProfileName) -> Generator[Service]:
    """Run an emulator of a profile in a thread."""
    listener = listening_socket("127.0.0.1", 0)
    app, faults = create_app(profile=profile), PlannedFaults()
    app.emulation.faults = faults
    ready = Future[asyncio.AbstractEventLoop]()
    server = server_for(app, lambda: ready.set_result(asyncio.get_running_loop()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        loop = ready.result(timeout=30)
        yield Service(app, f"http://127.0.0.1:{listener.getsockname()[1]}", loop, faults)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        app.close()


@contextmanager
def refusing_port() -> Generator[int]:
    """Hold a port at which nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@cache
def _routes() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    return [
        (
            each.method,
            re.compile(
                re.sub(r"\{[^}]+\}", "[^/]+", re.escape(each.path).replace(r"\{", "{").replace(r"\}", "}"))
            ),
            names_of(each),
        )
        for each in OPERATIONS
    ]


def names_at(method: str, path: str) -> frozenset[str]:
    """Return the names of the operation at a path; empty for a file."""
    none = frozenset[str]()
    return next((names for verb, form, names in _routes() if verb == method and form.fullmatch(path)), none)
