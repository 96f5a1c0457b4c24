"""What a cell came to, in a form that travels between processes and into files."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from .cells import Cell
from .judge import Exists, Lie, Verdict


@dataclass(frozen=True)
class Record:
    """A cell, what the caller got, and what exists."""

    cell: str
    write: str
    target: str
    group: str
    fault: str
    place: str
    kind: str
    profile: str
    way: str
    error: str
    exists: Exists
    lie: Lie | None
    detail: str
    could_have_known: bool
    is_forged: bool
    fired: int
    """How many requests the fault hit."""
    requests: tuple[str, ...]
    """The requests as they arrived, each that a fault hit with an exclamation mark."""

    @classmethod
    def of(cls, cell: Cell, verdict: Verdict, *, fired: int, requests: tuple[str, ...]) -> Self:
        """Take down a cell and its verdict."""
        return cls(
            cell.name,
            cell.write.name,
            cell.target,
            cell.fault.group,
            cell.fault.name,
            cell.place.name,
            cell.kind,
            cell.profile,
            verdict.way,
            verdict.error,
            verdict.exists,
            verdict.lie,
            verdict.detail,
            verdict.could_have_known,
            verdict.is_forged,
            fired,
            requests,
        )

    def __str__(self) -> str:
        got = self.way if not self.error else f"{self.way} ({self.error})"
        return "\n    ".join(
            (
                f"{self.lie or 'true'}: {self.cell}",
                f"The caller got: {got}. What exists: {self.exists}.",
                *([self.detail] if self.detail else []),
                f"Requests: {', '.join(self.requests)}",
                f"Repeat it: python -m tests.faults --cell {shlex.quote(self.cell)}",
            )
        )


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write a line of JSON for each record."""
    path.write_text("".join(f"{json.dumps(asdict(each))}\n" for each in records), "utf-8")
