"""Resident memory: the client after its first call, the emulator idle and full."""

from __future__ import annotations

from collections.abc import Mapping

from ..environments import environment, output
from ..figures import Rounds
from ..workers.memory import resident
from .emulator import FULL, stored_memory
from .servers import serving
from .starts import FIRST_CALL

TELL = """
import re
print(int(re.search(r"VmRSS:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) * 1024)
"""


def memory(quick: bool) -> Mapping[str, Rounds]:
    """Bytes in memory. Every reference is a process of the same run."""
    rounds = 1 if quick else 5
    client: list[float] = []
    httpx: list[float] = []
    idle: list[float] = []
    localstripe: list[float] = []
    for _ in range(rounds):
        client.append(_after(FIRST_CALL))
        httpx.append(_after("import httpx\n"))
        with serving("invoicexpress") as server:
            idle.append(resident(server.process.pid))
        with serving("localstripe") as server:
            localstripe.append(resident(server.process.pid))
    full = [stored_memory(10_000 if quick else FULL) for _ in range(1 if quick else 2)]
    return {
        "memory.client": Rounds(client, httpx),
        "memory.idle": Rounds(idle, localstripe),
        "memory.full": Rounds(full, idle[: len(full)]),
    }


def _after(code: str) -> float:
    return float(output(environment("client").python, "-I", "-c", code + TELL))
