"""Runs a command that serves until it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Served:
    """A running emulator: its first line of output, and a way to stop it."""

    def __init__(self, process: subprocess.Popen[str], first: Mapping[str, Any]) -> None:
        self.process = process
        self.first = first

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(str(self.first["base_url"]).rsplit(":", 1)[1])

    def end(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Stops it with a signal; returns its exit status, the rest of its output, and its errors."""
        self.process.send_signal(by)
        out, errors = self.process.communicate(timeout=20)
        return self.process.returncode, out, errors


@contextmanager
def served(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> Generator[Served]:
    """Runs a command that serves the emulator, in a folder outside this tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INVOICE"))}
    with subprocess.Popen(
        [*command],
        cwd=folder,
        env={**kept, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, process.communicate(timeout=20)[1]
            yield Served(process, json.loads(line))
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=20)
