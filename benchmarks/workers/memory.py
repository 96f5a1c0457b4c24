"""Memory of a process, as Linux tells it."""

from __future__ import annotations

import re
from pathlib import Path


def resident(pid: int | str = "self") -> int:
    """Bytes of a process in memory."""
    return _field("VmRSS", pid)


def peak(pid: int | str = "self") -> int:
    """The most bytes that a process had in memory."""
    return _field("VmHWM", pid)


def _field(name: str, pid: int | str) -> int:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    match = re.search(rf"{name}:\s+(\d+) kB", status)
    if match is None:
        raise OSError(f"the system does not tell {name}")
    return int(match[1]) * 1024
