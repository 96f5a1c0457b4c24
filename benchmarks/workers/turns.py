"""Subject and reference in turns, inside one process."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any


def arguments() -> dict[str, Any]:
    """The arguments of this program."""
    found: dict[str, Any] = json.loads(sys.argv[1])
    return found


def seconds(action: Callable[[], object], times: int) -> float:
    """Seconds per call, over some calls in a row. Garbage is collected as in any program."""
    rounds = range(times)
    began = time.perf_counter()
    for _ in rounds:
        action()
    return (time.perf_counter() - began) / times


async def seconds_awaited(action: Callable[[], Awaitable[object]], times: int) -> float:
    """Seconds per awaited call, over some calls in a row."""
    rounds = range(times)
    began = time.perf_counter()
    for _ in rounds:
        await action()
    return (time.perf_counter() - began) / times


class Turns:
    """Values of subject and reference, a pair each round."""

    def __init__(self) -> None:
        self.subject: list[float] = []
        self.reference: list[float] = []

    def take(self, subject: Callable[[], object], reference: Callable[[], object], times: int) -> None:
        """Measures a round. Every other one begins with the reference."""
        gc.collect()
        if len(self.subject) % 2:
            self.reference.append(seconds(reference, times))
            self.subject.append(seconds(subject, times))
        else:
            self.subject.append(seconds(subject, times))
            self.reference.append(seconds(reference, times))

    async def take_awaited(
        self,
        subject: Callable[[], Awaitable[object]],
        reference: Callable[[], Awaitable[object]],
        times: int,
    ) -> None:
        """The same with coroutines."""
        gc.collect()
        if len(self.subject) % 2:
            self.reference.append(await seconds_awaited(reference, times))
            self.subject.append(await seconds_awaited(subject, times))
        else:
            self.subject.append(await seconds_awaited(subject, times))
            self.reference.append(await seconds_awaited(reference, times))

    def print(self) -> None:
        """Prints them as JSON."""
        print(json.dumps({"subject": self.subject, "reference": self.reference}))
