"""The processes that work on documents, and which of them are dead."""

from __future__ import annotations

import functools
import os
import socket
import uuid
from pathlib import Path


def owner() -> str:
    """A name for this process, with which others can tell whether it lives."""
    return f"{_machine()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@functools.cache
def _machine() -> str:
    """Where this process's number means something: containers may share the name of their machine."""
    parts = [socket.gethostname()]
    if Path("/proc/self/ns/pid").is_symlink():
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii")[:8])
        parts.append(os.readlink("/proc/self/ns/pid")[len("pid:[") : -1])
    return "/".join(parts)


def is_dead(name: str) -> bool:
    """Whether an owner was a process of this machine that has ended."""
    machine, pid, _ = name.rsplit(":", 2)
    if machine != _machine() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
