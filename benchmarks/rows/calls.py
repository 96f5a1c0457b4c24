"""Calls, and reading and writing documents, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..environments import NotAvailable, environment
from ..figures import Rounds


def _in_processes(processes: int, name: str, module: str, **given: Any) -> Rounds:
    """Rounds of several processes, one after the other: each has its own layout of memory."""
    subject: list[float] = []
    reference: list[float] = []
    for _ in range(processes):
        found = environment(name).work(module, **given)
        subject += found["subject"]
        reference += found["reference"]
    return Rounds(subject, reference)


def _gets(what: str, quick: bool) -> Mapping[str, Rounds]:
    processes, accounts = (1, 2) if quick else (5, 4)
    return {
        f"{what}_get.{form}": _in_processes(
            processes, "client", "calls", what=what, asynchronous=form == "async", accounts=accounts
        )
        for form in ("sync", "async")
    }


def clients_get(quick: bool) -> Mapping[str, Rounds]:
    """`clients.get`."""
    return _gets("clients", quick)


def invoices_get(quick: bool) -> Mapping[str, Rounds]:
    """`invoices.get`."""
    return _gets("invoices", quick)


def reading(quick: bool) -> Mapping[str, Rounds]:
    """Bytes to models through `list()`, with the standard library and with the extra `speed`."""
    processes, rounds = (1, 10) if quick else (5, 15)
    found: dict[str, Rounds] = {}
    for part, name in (("standard", "client"), ("speed", "speed")):
        try:
            found[f"list.{part}"] = _in_processes(processes, name, "documents", what="reading", rounds=rounds)
        except NotAvailable as missing:
            print(f"# list.{part}: not measured: {missing}", flush=True)
    return found


def writing(quick: bool) -> Mapping[str, Rounds]:
    """Models to bytes, and to dictionaries only."""
    processes, rounds = (1, 10) if quick else (5, 15)
    return {
        name: _in_processes(processes, "client", "documents", what=what, rounds=rounds)
        for name, what in (("to_bytes.whole", "writing"), ("to_bytes.to_dict", "to_dict"))
    }
