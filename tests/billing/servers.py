"""PostgreSQL and Redis of the system, on loopback and free ports."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
import redis

DEADLINE: Final = 120.0
"""Seconds, for a machine that is busy."""
_PLACES: Final = Path("/usr/lib/postgresql")
"""Where Debian has the programs, outside of PATH."""


def free_port() -> int:
    """A port that no one listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def program(name: str) -> str:
    """A program of PostgreSQL. Skips the test without it; in CI that fails."""
    found = shutil.which(name) or max(map(str, _PLACES.glob(f"*/bin/{name}")), default=None)
    if found is None:
        pytest.skip(f"needs PostgreSQL: {name} is not installed")
    return found


class Postgres:
    """A PostgreSQL server with one empty database, which a test may stop and start again."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="invoicexpress-postgres-"))
        self._data = self._folder / "data"
        self.port = 0
        self._database = "postgres"
        self._databases = 0
        # The server refuses to run as root.
        self._user = _other_user() if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")

    @property
    def url(self) -> str:
        """For SQLAlchemy and psycopg."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{self._database}"

    def new_database(self) -> None:
        """Makes an empty database, which `url` names from now on."""
        self._databases += 1
        name = f"billing{self._databases}"
        with self.connection() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        self._database = name

    def connection(self) -> Any:
        """A connection without transactions. Any, since the library takes only literals for SQL."""
        return psycopg.connect(self.url, autocommit=True)

    def start(self) -> None:
        """Starts it, on the port that it had before. One that runs goes on."""
        if self.port and self._run("pg_ctl", "status", check=False).returncode == 0:
            return
        for _ in range(5):
            port = self.port or free_port()
            # Without a wait for the disk: the tests stop the server, not the machine.
            options = (
                f"-p {port} -h 127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
            )
            done = self._run(
                "pg_ctl", "start", "-w", "-l", str(self._folder / "log"), "-o", options, check=False
            )
            if done.returncode == 0:
                self.port = port
                return
        pytest.fail(f"PostgreSQL does not start: {(self._folder / 'log').read_text('utf-8')[-2000:]}")

    def stop(self, mode: str = "fast") -> None:
        """`fast` ends each connection in order; `immediate` is a crash."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, check=False)

    def remove(self) -> None:
        """Stops it for good."""
        self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [program(name), "-D", str(self._data), *arguments],
            user=self._user,
            cwd=self._folder,
            check=check,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=DEADLINE,
        )


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("needs PostgreSQL: it does not run as root, and there is no user postgres")


class RedisServer:
    """A Redis server without a password."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("redis-server") is None:
            pytest.skip("needs redis-server")
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """For a Pace."""
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Any:
        """The library is typed in part only."""
        library: Any = redis.Redis
        return library.from_url(self.url, decode_responses=True)

    def start(self) -> None:
        """Starts it, on another port if the free one is taken in the meantime."""
        for _ in range(5):
            self.port = free_port()
            options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
            self._process = subprocess.Popen(
                ["redis-server", "--port", str(self.port), "--dir", str(self._folder), *options],
                stdout=subprocess.DEVNULL,
            )
            deadline = time.monotonic() + DEADLINE
            while self._process.poll() is None and time.monotonic() < deadline:
                try:
                    with self.client() as client:
                        client.ping()
                        return
                except redis.ConnectionError:
                    time.sleep(0.01)
        pytest.fail("redis-server does not start")

    def stop(self) -> None:
        """Stops it for good."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
