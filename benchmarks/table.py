"""The table: each figure with its target, and each row with the function that measures it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .figures import Rounds, Spec, Target
from .rows import calls, emulator, generator, memory, pace, starts

Row = Callable[[bool], Mapping[str, Rounds]]
"""Measures a row; given whether it shall be quick."""


def _at_most(ratio: float) -> tuple[Target]:
    return (Target("ratio", "at most", ratio),)


SPECS: Final = (
    Spec("import", "`import invoicexpress`", "`import httpx`", "ms", targets=_at_most(0.1), aim="0.1 ×"),
    Spec(
        "first_operation",
        "import and first operation, transport given, no TLS",
        "`import httpx`",
        "ms",
        targets=_at_most(1.5),
        aim="1.5 ×",
    ),
    Spec("peers.httpx_call", "httpx: import and first call", "`import httpx`", "ms", compared=False),
    Spec("peers.stripe_import", "`import stripe`", "`import httpx`", "ms", compared=False),
    Spec("peers.stripe_call", "stripe: import and first call", "`import httpx`", "ms", compared=False),
    Spec("peers.openai_import", "`import openai`", "`import httpx`", "ms", compared=False),
    Spec("peers.openai_call", "openai: import and first call", "`import httpx`", "ms", compared=False),
    Spec("peers.githubkit_import", "`import githubkit`", "`import httpx`", "ms", compared=False),
    Spec("peers.githubkit_call", "githubkit: import and first call", "`import httpx`", "ms", compared=False),
    Spec(
        "clients_get.sync",
        "`clients.get`, in memory, all layers on, sync",
        "raw httpx client and json",
        "us",
        targets=_at_most(1.3),
        aim="1.3 ×",
    ),
    Spec(
        "clients_get.async",
        "the same, async",
        "raw async httpx client and json",
        "us",
        targets=_at_most(1.3),
        aim="1.3 ×",
    ),
    Spec(
        "invoices_get.sync",
        "`invoices.get` with three lines, models included, sync",
        "raw httpx client and json",
        "us",
        targets=_at_most(1.6),
        aim="1.6 ×",
    ),
    Spec(
        "invoices_get.async",
        "the same, async",
        "raw async httpx client and json",
        "us",
        targets=_at_most(1.6),
        aim="1.6 ×",
    ),
    Spec(
        "list.standard",
        "1,000 documents with lines through `list()`, bytes to models",
        "`json.loads`",
        "ms",
        targets=_at_most(2.0),
        aim="2.0 ×",
    ),
    Spec(
        "list.speed",
        "the same with the extra `speed`",
        "`json.loads`",
        "ms",
        targets=_at_most(1.5),
        aim="1.5 ×",
    ),
    Spec(
        "to_bytes.whole",
        "1,000 documents with lines, models to bytes",
        "`json.dumps`",
        "ms",
        targets=_at_most(0.9),
        aim="0.9 ×",
    ),
    Spec("to_bytes.to_dict", "the same, models to dictionaries only", "`json.dumps`", "ms"),
    Spec(
        "creates",
        "5,000 invoices created through one client against the emulator, pace off",
        "a raw httpx loop that sends the same bytes",
        "per second",
        "more",
        targets=(Target("ratio", "at least", 0.85),),
        aim="85 %",
    ),
    *(
        each
        for name, processes in (("one", "one process"), ("four", "four processes, shared in Redis"))
        for each in (
            Spec(
                f"pace.{name}",
                f"pace, {processes}, three minutes at 780 a minute: share of the limit used",
                "the limit",
                "%",
                "more",
                targets=(Target("value", "at least", 97.0), Target("value", "at most", 100.0)),
                aim="97 to 100 %",
                compared=False,
            ),
            Spec(
                f"pace.{name}_refused",
                f"the same, {processes}: answers 429",
                "",
                "count",
                targets=(Target("value", "at most", 0.0),),
                aim="none",
                compared=False,
            ),
        )
    ),
    *(
        Spec(f"ready.{peer}", "emulator ready", peer, "ms", targets=_at_most(1.0), aim="ahead")
        for peer in ("localstripe", "moto")
    ),
    *(
        Spec(
            f"rates.{kind}_{peer}",
            f"emulator, 1,000 documents, two keep-alive sockets: {what}",
            f"{peer}: {beside}",
            "per second",
            "more",
            targets=(Target("value", "at least", least), Target("ratio", "at least", 1.0)),
            aim=f"{least:,.0f} /s, ahead",
        )
        for kind, what, least in (
            ("create", "creates", 1_500.0),
            ("read", "reads", 3_000.0),
            ("list", "lists of ten", 1_000.0),
        )
        for peer, beside in (("localstripe", "customers"), ("moto", "objects of S3"))
    ),
    Spec(
        "lists",
        "emulator: slowest page of ten out of 100,000 documents, CPU",
        "itself at 1,000",
        "ms",
        targets=(Target("value", "at most", 0.025),),
        aim="25 ms",
    ),
    Spec(
        "saft.time",
        "SAF-T of 50,000 documents, time for each",
        "itself at 5,000",
        "us",
        targets=_at_most(1.25),
        aim="linear",
    ),
    Spec(
        "saft.memory",
        "the same, peak memory of the emulator",
        "itself at 5,000",
        "MiB",
        targets=_at_most(1.25),
        aim="flat",
    ),
    Spec(
        "pdf",
        "PDF of an invoice with three lines, without a seal, CPU",
        "a bare page of fpdf2",
        "ms",
        targets=(Target("value", "at most", 0.020),),
        aim="20 ms",
    ),
    Spec(
        "generate",
        "`make generate`, ruff included",
        "stock openapi-python-client on openapi.concrete.yaml, ruff included",
        "s",
        targets=_at_most(1.5),
        aim="1.5 ×",
    ),
    Spec("memory.client", "resident memory of the client after the first call", "`import httpx`", "MiB"),
    Spec("memory.idle", "resident memory of the emulator, idle", "localstripe, idle", "MiB"),
    Spec("memory.full", "resident memory of the emulator with 100,000 documents", "idle", "MiB"),
)

ROWS: Final[Mapping[str, Row]] = {
    "import": starts.imports,
    "first_operation": starts.first_operation,
    "peers": starts.peers,
    "clients_get": calls.clients_get,
    "invoices_get": calls.invoices_get,
    "list": calls.reading,
    "to_bytes": calls.writing,
    "creates": emulator.creates,
    "pace": pace.pace,
    "ready": emulator.ready,
    "rates": emulator.rates,
    "lists": emulator.lists,
    "saft": emulator.saft,
    "pdf": emulator.pdf,
    "generate": generator.generate,
    "memory": memory.memory,
}
