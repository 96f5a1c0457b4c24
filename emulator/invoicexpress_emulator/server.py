"""Running the emulator: in a thread for tests, in the foreground for the command line."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar, cast

import uvicorn

from .api.host_check import Hosts
from .app import EmulatorApp, create_app
from .books.accounts import rows as accounts
from .books.accounts.account import DEFAULT_ACCOUNT, DEFAULT_KEY, Account
from .control import snapshots
from .http.certificates import Authority
from .http.connections import PATIENCE, protocol_class

if TYPE_CHECKING:
    import ssl

    from .control_client import Control
    from .http.clock import TimeSource
    from .http.rate_limit import RateLimit
    from .profiles.profile import ProfileName

_START_TIMEOUT: Final = 30.0
_T = TypeVar("_T")
_BACKLOG: Final = 2048


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that accepts connections from now on; port 0 picks a free one.

    Raises:
        OSError: the address cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


class _Server(uvicorn.Server):
    """Reports when it is ready: from its main loop on, a request to stop ends it in order.

    It opens TLS connections itself, since uvicorn grants each a minute to finish its handshake.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        on_ready: Callable[[], None],
        tls: ssl.SSLContext | None,
        patience: float | None,
    ) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._tls = tls
        self._patience = patience

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then accept connections."""
        if self._tls is None or sockets is None:
            await super().startup(sockets)
            return
        await super().startup([])
        if self.should_exit:
            return
        loop = asyncio.get_running_loop()
        for listener in sockets:
            self.servers.append(
                await loop.create_server(
                    self._new_connection,
                    sock=listener,
                    ssl=self._tls,
                    backlog=_BACKLOG,
                    ssl_handshake_timeout=self._patience,
                    ssl_shutdown_timeout=self._patience,
                )
            )

    def _new_connection(self) -> asyncio.Protocol:
        # Typed as any protocol, but called as uvicorn calls it.
        make = cast("Callable[..., asyncio.Protocol]", self.config.http_protocol_class)
        return make(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)

    async def main_loop(self) -> None:
        self._on_ready()
        await super().main_loop()


def server_for(
    app: EmulatorApp,
    on_ready: Callable[[], None],
    *,
    tls: ssl.SSLContext | None = None,
    request_timeout: float | None = PATIENCE,
) -> uvicorn.Server:
    """Return a server for an application, which calls `on_ready` when it answers requests.

    The library's own access log stays off: it would print keys. X-Forwarded-Proto is left to the application.

    Args:
        app: the application.
        on_ready: called on the event loop.
        tls: serves HTTPS with this, else HTTP.
        request_timeout: seconds in which the head of a request has to arrive, and then its body; None for no
            limit.
    """
    return _Server(
        uvicorn.Config(
            app,
            http=protocol_class(request_timeout),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=2,
            backlog=_BACKLOG,
        ),
        on_ready,
        tls,
        request_timeout,
    )


class Emulator:
    """An emulator on a free loopback port, as a context manager::

        with Emulator() as emulator:
            httpx.get(f"{emulator.base_url}/invoices.json", params={"api_key": emulator.api_key})

    The keywords are those of `create_app`, and two of its server. It runs in a thread of its own, so it
    serves synchronous and asynchronous code, and processes forked meanwhile. It can be entered again after it
    was left: it then listens at another port, and is empty unless it has `data`.

    Attributes:
        account: name of the default account.
        api_key: key of the default account.
    """

    account: str = DEFAULT_ACCOUNT
    api_key: str = DEFAULT_KEY

    def __init__(
        self,
        *,
        data: str | Path | None = None,
        profile: ProfileName = "observed",
        rate_limit: RateLimit | str | None = None,
        seed: int = 0,
        control_plane: bool = True,
        clock: TimeSource | None = None,
        allow_hosts: Iterable[str] = (),
        tls: bool = False,
        request_timeout: float | None = PATIENCE,
    ) -> None:
        """Prepare an emulator; it listens from `__enter__` on.

        Args:
            data: as for `create_app`, like the other keywords that are not listed here.
            tls: whether it serves HTTPS, for the vendor's host names too, with an authority of its own: see
                `ca_file`.
            request_timeout: seconds in which the head of a request has to arrive, and then its body (slow but
                steady uploads have longer); then the connection is closed. None for no limit.

        Raises:
            ValueError: `request_timeout` is not positive.
        """
        if request_timeout is not None and not 0 < request_timeout < float("inf"):
            raise ValueError(f"request_timeout is {request_timeout}: give a number of seconds, or None.")
        allow_hosts = allow_hosts if isinstance(allow_hosts, str) else tuple(allow_hosts)
        self._make_app = partial(
            create_app,
            data=data,
            profile=profile,
            rate_limit=rate_limit,
            seed=seed,
            control_plane=control_plane,
            clock=clock,
            allow_hosts=allow_hosts,
        )
        self._allow_hosts = allow_hosts
        self._tls = tls
        self._request_timeout = request_timeout
        self._running: _Running | None = None
        self._base_url: str | None = None
        self._ca_file: Path | None = None

    @property
    def base_url(self) -> str:
        """The address at which it listens, or last listened, without a slash at the end.

        Raises:
            RuntimeError: it has not been entered yet.
        """
        if self._base_url is None:
            raise RuntimeError("The emulator has not started: use it as `with Emulator() as emulator:`.")
        return self._base_url

    @property
    def ca_file(self) -> Path:
        """The file with the authority's certificate in PEM, while an emulator with `tls=True` runs.

        A client that trusts it (`ssl.create_default_context(cafile=...)`, `REQUESTS_CA_BUNDLE`, ...) accepts
        the emulator under the vendor's host names, `localhost`, `*.localhost`, 127.0.0.1, ::1 and
        `allow_hosts`. Each start makes a new authority, whose key stays in memory; leaving removes the file.

        Raises:
            RuntimeError: it does not run, or not with `tls=True`.
        """
        if self._ca_file is None:
            raise RuntimeError("There is no certificate: use it as `with Emulator(tls=True) as emulator:`.")
        return self._ca_file

    @property
    def control(self) -> Control:
        """The control plane as the default account sees it; `.of(name)` for another one."""
        from .control_client import Control  # noqa: PLC0415 - no part of starting

        return Control(self.base_url, account=self.account, ca_file=self._ca_file)

    def __enter__(self) -> Self:
        """Start; returns when requests are answered.

        Raises:
            RuntimeError: it is already running, or its server cannot start.
            ValueError: a keyword has an invalid value.
            UnusableDataFile: `data` is not a data file of this emulator.
        """
        if self._running is not None:
            raise RuntimeError("This emulator is already running; make another Emulator() for a second one.")
        listener = listening_socket("127.0.0.1", 0)
        try:
            authority = Authority(Hosts.own_and(self._allow_hosts).added) if self._tls else None
            if authority is not None:
                self._ca_file = _temporary_file(authority.certificate)
            app = self._make_app()
        except BaseException:
            listener.close()
            self._remove_ca_file()
            raise
        ready = threading.Event()
        loops: list[asyncio.AbstractEventLoop] = []

        def is_ready() -> None:
            loops.append(asyncio.get_running_loop())
            ready.set()

        server = server_for(
            app,
            is_ready,
            tls=None if authority is None else authority.context,
            request_timeout=self._request_timeout,
        )
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="invoicexpress-emulator", daemon=True
        )
        self._running = _Running(listener, app, server, thread, loops, os.getpid())
        scheme = "http" if authority is None else "https"
        self._base_url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        thread.start()
        deadline = time.monotonic() + _START_TIMEOUT
        while not ready.wait(0.05):
            if not thread.is_alive() or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise RuntimeError(f"The emulator did not start within {_START_TIMEOUT:g} s; see its log.")
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, and close everything."""
        if self._running is None:
            return
        running, self._running = self._running, None
        running.server.should_exit = True
        running.thread.join()
        running.listener.close()
        running.app.close()
        if running.process == os.getpid():
            self._remove_ca_file()

    def _remove_ca_file(self) -> None:
        if self._ca_file is not None:
            self._ca_file.unlink(missing_ok=True)
            self._ca_file = None

    def snapshot(self, name: str | None = None, *, account: str = DEFAULT_ACCOUNT) -> str:
        """Keep the books, clock and settings of an account; return the name of the snapshot.

        An older snapshot of the name is replaced; without one, a new name is found.

        Raises:
            LookupError: there is no such account.
            BadSnapshot: the name is invalid, or the account has as many snapshots as it may.
            RuntimeError: the emulator is not running.
        """

        def take(app: EmulatorApp) -> str:
            with app.emulation.store.transaction() as db:
                owner = _existing(app, account)
                chosen = snapshots.free_name(db, [owner]) if name is None else name
                snapshots.take(app.emulation, owner, chosen, replace=True)
                return chosen

        return self._on_its_loop(take)

    def restore(self, name: str, *, account: str = DEFAULT_ACCOUNT) -> None:
        """Put an account back to its state at a snapshot, ids and numbers included.

        Raises:
            LookupError: there is no such account.
            NoSnapshot: there is no snapshot of that name.
            RuntimeError: the emulator is not running.
        """

        def put_back(app: EmulatorApp) -> None:
            with app.emulation.store.transaction():
                snapshots.restore(app.emulation, _existing(app, account), name)

        self._on_its_loop(put_back)

    def _on_its_loop(self, work: Callable[[EmulatorApp], _T]) -> _T:
        """Run `work` between two requests, on the event loop of the database, and wait for it."""
        if self._running is None or not self._running.loops:
            raise RuntimeError("The emulator is not running: use it inside `with Emulator() as emulator:`.")
        app, done = self._running.app, Future[_T]()

        def run() -> None:
            try:
                done.set_result(work(app))
            except BaseException as error:  # raised again in the thread that waits
                done.set_exception(error)

        self._running.loops[0].call_soon_threadsafe(run)
        return done.result()


def _temporary_file(content: bytes) -> Path:
    """Return a new file, for the caller to remove."""
    handle, name = tempfile.mkstemp(prefix="invoicexpress-emulator-", suffix="-ca.pem")
    with open(handle, "wb") as file:
        file.write(content)
    return Path(name)


def _existing(app: EmulatorApp, name: str) -> Account:
    found = accounts.by_name(app.emulation.store.db, name)
    if found is None:
        raise LookupError(f"There is no account {name!r}.")
    return found


class _Running(NamedTuple):
    """The parts to stop."""

    listener: socket.socket
    app: EmulatorApp
    server: uvicorn.Server
    thread: threading.Thread
    loops: list[asyncio.AbstractEventLoop]
    """Its event loop, once it runs."""
    process: int
    """The process that started it; one forked from it leaves its file alone."""
