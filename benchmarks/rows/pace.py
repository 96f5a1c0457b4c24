"""The pace, held for three minutes: the share of the limit that is used, and answers that say "too many"."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from ..environments import ROOT, clean, environment
from ..figures import Rounds
from .servers import redis, serving

MINUTES: Final = 3
LIMIT: Final = 780
"""Requests a minute, of the service and of the client's default (vendor docs 2026-07)."""
PROCESSES: Final = 4
_TOO_MANY: Final = 429
_HEALTH: Final = "/_emulator/health"
"""Takes no turn of the account."""
_SLACK: Final = 15.0
"""Seconds for all processes to start, and for the first requests after the three minutes."""


def pace(quick: bool) -> Mapping[str, Rounds]:
    """One process with its own pace, and four that share one in Redis, at the same time.

    The share is the time that the limit's requests need over the time from the first of them to the first of
    the next three minutes. So a window that is one second too long shows, though all requests of a window
    are sent at its beginning. A quick run has windows of six seconds, of which that second is a larger share.
    """
    seconds = 6 if quick else 60
    requests = LIMIT * seconds // 60
    limit = ("--rate-limit", f"{requests}/{seconds}")
    for name in ("client", "redis"):
        environment(name)  # made before the time runs
    with (
        redis() as address,
        serving("invoicexpress", *limit, first=_HEALTH) as alone,
        serving("invoicexpress", *limit, first=_HEALTH) as shared,
        ThreadPoolExecutor() as pool,
    ):
        end = time.time() + MINUTES * (seconds + 1) + _SLACK
        given = {"requests": requests, "seconds": seconds, "end": end}
        one = pool.submit(_attempts, "client", 1, {**given, "base_url": alone.base_url, "redis": None})
        four = pool.submit(
            _attempts, "redis", PROCESSES, {**given, "base_url": shared.base_url, "redis": address}
        )
        found = {"one": one.result(), "four": four.result()}
    figures: dict[str, Rounds] = {}
    for name, attempts in found.items():
        figures[f"pace.{name}"] = Rounds([_share(attempts, requests, seconds)])
        figures[f"pace.{name}_refused"] = Rounds([float(sum(status == _TOO_MANY for _, status in attempts))])
    return figures


def _share(attempts: list[tuple[float, int]], requests: int, seconds: float) -> float:
    """Percent of the limit. Raises AssertionError if too few requests were sent to tell."""
    moments = sorted(moment for moment, status in attempts if status == 200)
    wanted = MINUTES * requests
    if len(moments) <= wanted:
        raise AssertionError(f"only {len(moments)} of {wanted} requests in the time of {MINUTES} windows")
    return 100 * MINUTES * seconds / (moments[wanted] - moments[0])


def _attempts(name: str, processes: int, given: Mapping[str, Any]) -> list[tuple[float, int]]:
    """Moment and status of each attempt of all processes."""
    python = str(environment(name).python)
    command = [python, "-m", "benchmarks.workers.paced", json.dumps(given)]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=clean(), stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    found: list[tuple[float, int]] = []
    for process in running:
        output, _ = process.communicate()
        if process.returncode:
            raise RuntimeError("a paced process failed")
        found += [(moment, status) for moment, status in json.loads(output)]
    return found
