"""The emulator: its start, its answers per second, its files, its lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from ..environments import Environment, environment
from ..figures import Rounds
from .servers import serving

PEERS: Final = ("localstripe", "moto")
FULL: Final = 100_000
"""Documents of a large account."""


def ready(quick: bool) -> Mapping[str, Rounds]:
    """Seconds from the start of the program to its first answer."""
    names = ("invoicexpress", *PEERS)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range((3 if quick else 21) + 1):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            with serving(name) as server:
                if number:  # the first round fills the caches
                    found[name].append(server.seconds)
    return {f"ready.{peer}": Rounds(found["invoicexpress"], found[peer]) for peer in PEERS}


def rates(quick: bool) -> Mapping[str, Rounds]:
    """Reads, lists and creates per second, beside localstripe and moto."""
    counts = {"read": 300, "list": 150, "create": 60}
    if quick:
        counts = {kind: count // 3 for kind, count in counts.items()}
    with ExitStack() as stack:
        ports = {
            "invoicexpress": stack.enter_context(serving("invoicexpress", "--rate-limit", "0")).port,
            **{peer: stack.enter_context(serving(peer)).port for peer in PEERS},
        }
        # The load is the work of one process without any package of ours.
        here = Environment("harness", Path(sys.executable))
        found: dict[str, dict[str, list[float]]] = here.work(
            "sockets", ports=ports, documents=1_000, counts=counts, rounds=3 if quick else 10
        )
    return {
        f"rates.{kind}_{peer}": Rounds(by_server["invoicexpress"], by_server[peer])
        for kind, by_server in found.items()
        for peer in PEERS
    }


def creates(quick: bool) -> Mapping[str, Rounds]:
    """Invoices per second through one client, beside a raw loop."""
    with serving("invoicexpress", "--rate-limit", "0") as server:
        found = environment("client").work(
            "creates", base_url=server.base_url, documents=600 if quick else 5_000
        )
    return {"creates": Rounds(found["subject"], found["reference"])}


def saft(quick: bool) -> Mapping[str, Rounds]:
    """SAF-T of many documents against a tenth of them: seconds for each, and peak memory."""
    sizes = (500, 5_000) if quick else (5_000, 50_000)
    rounds: list[list[dict[str, Any]]] = environment("emulator").work(
        "saft", documents=sizes, rounds=1 if quick else 2
    )

    def paired(value: Callable[[Mapping[str, Any]], float]) -> Rounds:
        return Rounds([value(large) for _, large in rounds], [value(small) for small, _ in rounds])

    return {
        "saft.time": paired(lambda cost: cost["seconds"] / cost["documents"]),
        "saft.memory": paired(lambda cost: cost["peak"]),
    }


def pdf(quick: bool) -> Mapping[str, Rounds]:
    """Processor time of the PDF of an invoice."""
    found = environment("emulator").work("page", rounds=10 if quick else 60)
    return {"pdf": Rounds(found["subject"], found["reference"])}


def lists(quick: bool) -> Mapping[str, Rounds]:
    """The slowest page of ten out of many documents."""
    found = environment("emulator").work("stored", what="lists", documents=10_000 if quick else FULL)
    few, many = found["few"], found["many"]
    tens = [name for name in many if not name.startswith("*") and name != "100 a page"]
    slowest = max(tens, key=many.__getitem__)
    return {"lists": Rounds([many[slowest]], [few[slowest]], note=slowest)}


def stored_memory(documents: int) -> float:
    """Bytes of an emulator with so many documents in memory."""
    found: int = environment("emulator").work("stored", what="memory", documents=documents)
    return float(found)
