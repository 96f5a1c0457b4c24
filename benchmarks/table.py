"""The table: each figure with its target, and each row with the function that measures it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .figures import Rounds, Spec, Target
from .rows import calls, starts

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
)

ROWS: Final[Mapping[str, Row]] = {
    "import": starts.imports,
    "first_operation": starts.first_operation,
    "peers": starts.peers,
    "clients_get": calls.clients_get,
    "invoices_get": calls.invoices_get,
    "list": calls.reading,
    "to_bytes": calls.writing,
}
