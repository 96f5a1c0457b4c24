"""Servers under measurement: started on a free port of loopback, and always stopped."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from ..environments import FOLDER, clean, environment

PATIENCE: Final = 60.0
"""Seconds that a server may take to its first answer."""
_POLL: Final = 0.001


class Server(NamedTuple):
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float
    """From its start to its first answer."""

    @property
    def base_url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(name: str, port: int, *options: str) -> Sequence[str | Path]:
    """How to start an emulator: ours, localstripe or moto."""
    if name == "invoicexpress":
        program = environment("emulator").program("invoicexpress-emulator")
        return [program, "--port", str(port), *options]
    if name == "localstripe":
        return [environment(name).program("localstripe"), "--port", str(port), "--from-scratch"]
    return [environment(name).program("moto_server"), "-p", str(port)]


LOCALSTRIPE_DATA: Final = Path("/tmp/localstripe.pickle")  # noqa: S108 its own, which no option changes
"""localstripe writes all its data there after every change."""

FIRST: Final = {"invoicexpress": "/taxes.json?api_key=demo-key", "localstripe": "/v1/customers", "moto": "/"}
"""A read that each server answers with 200."""


@contextmanager
def serving(name: str, *options: str, first: str | None = None) -> Generator[Server]:
    """Runs an emulator. Entered at its first answer, to a path of FIRST unless `first` is another."""
    port = free_port()
    started = command(name, port, *options)
    kept = LOCALSTRIPE_DATA.read_bytes() if LOCALSTRIPE_DATA.exists() else None
    log = FOLDER / f"{name}-{port}.log"
    began = time.perf_counter()
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            started,
            cwd=FOLDER,
            env=clean(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        ) as process,
    ):
        try:
            try:
                _first_answer(name, port, first or FIRST[name], process)
            except RuntimeError as error:
                raise RuntimeError(f"{error}: {log.read_text('utf-8')}") from None
            yield Server(process, port, time.perf_counter() - began)
        finally:
            process.kill()
            process.wait()
            log.unlink()
            if name == "localstripe":
                LOCALSTRIPE_DATA.unlink(missing_ok=True)
                if kept is not None:
                    LOCALSTRIPE_DATA.write_bytes(kept)


def _first_answer(name: str, port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Authorization": "Bearer sk_test_12345"})
            answer = connection.getresponse()
            answer.read()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} did not start") from None
            time.sleep(_POLL)
        else:
            if answer.status != http.client.OK:
                raise RuntimeError(f"{name} answered {answer.status}")
            return
        finally:
            connection.close()


@contextmanager
def redis() -> Generator[str]:
    """Runs a Redis server that keeps nothing on disk. Returns its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("redis-server is not installed")
    port = free_port()
    with subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        cwd=FOLDER,
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if process.poll() is not None or time.monotonic() > deadline:
                        raise RuntimeError("redis-server did not start") from None
                    time.sleep(_POLL)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
