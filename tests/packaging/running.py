"""A command that serves until it is told to stop."""

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
    """A running emulator: what its first line said, and how it is ended."""

    def __init__(self, process: subprocess.Popen[str], first: Mapping[str, Any]) -> None:
        self.process = process
        self.first = first

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(str(self.first["base_url"]).rsplit(":", 1)[1])

    def end(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Stops it by a signal; gives its status, the rest of its output, and its errors."""
        self.process.send_signal(by)
        out, errors = self.process.communicate(timeout=20)
        return self.process.returncode, out, errors


@contextmanager
def served(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> Generator[Served]:
    """Runs a command that serves the emulator, in a folder where nothing of this tree is found."""
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
