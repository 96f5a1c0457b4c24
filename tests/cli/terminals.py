"""The command as a process of its own, also on a terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from .running import Shell

PATIENCE = 60.0
"""Seconds after which a process is stuck. A loaded machine is slow."""


def command(*arguments: str) -> list[str]:
    """The words of a process that runs the command."""
    return [sys.executable, "-m", "invoicexpress_cli", *arguments]


@dataclass
class Terminal:
    """A process on a terminal of its own, as a person's shell starts it."""

    process: subprocess.Popen[bytes]
    _leader: int
    shown: str = ""

    def wait_for(self, pattern: str) -> None:
        """Reads until the terminal shows a text. Fails when it never does."""
        self._read_until(lambda: re.search(pattern, self.shown) is not None, f"never showed {pattern!r}")

    def type(self, text: str) -> None:
        """Types a text."""
        os.write(self._leader, text.encode())

    def end(self, *, again: str = "") -> int:
        """Reads to the end. Returns the exit code.

        Types `again` each second: a Ctrl-C that comes just before a process reads is lost.
        """
        typed = time.monotonic()

        def is_over() -> bool:
            nonlocal typed
            if again and time.monotonic() > typed + 1:
                self.type(again)
                typed = time.monotonic()
            return False

        self._read_until(is_over, "never ended")
        return self.process.wait(PATIENCE)

    def _read_until(self, is_over: Callable[[], bool], complaint: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_over():
            assert time.monotonic() < deadline, f"it {complaint}: {self.shown}"
            if not wait([self._leader], 0.05):
                continue
            try:
                read = os.read(self._leader, 65536)
            except OSError:
                # The other side is closed.
                read = b""
            if not read:
                assert complaint == "never ended", f"it {complaint}: {self.shown}"
                return
            self.shown += read.decode("utf-8", "replace")


@contextmanager
def on_terminal(shell: Shell, *arguments: str) -> Generator[Terminal, None, None]:
    """Starts the command on a terminal, and stops it at the end."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(*arguments),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={"COLUMNS": "120", **shell.for_process(), "TERM": "xterm"},
        cwd=shell.folder,
        start_new_session=True,
        preexec_fn=_control,  # noqa: PLW1509 - no threads of the child's
    )
    os.close(follower)
    try:
        yield Terminal(process, leader)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(leader)


def _control() -> None:
    """Makes the terminal the session's own, so that Ctrl-C typed there is a signal."""
    import fcntl  # noqa: PLC0415 - for the child
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def cmdlines_of(root: int) -> list[str]:
    """The arguments of a process and of its children, as other users see them, and only those."""
    found = list[str]()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = re.search(r"^PPid:\s+(\d+)", (folder / "status").read_text(), re.MULTILINE)
            if int(folder.name) == root or (parent is not None and int(parent[1]) == root):
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
