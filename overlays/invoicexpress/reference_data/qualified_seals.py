"""From which day on a PDF needs a qualified signature or seal to count as an electronic invoice.

Decreto-Lei 28/2019, art. 12 asks for a qualified signature, a qualified seal, or electronic data interchange.
Each year's budget has moved the day from which that holds for PDFs, so the days are data.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .. import lisbon


@dataclass(frozen=True, slots=True)
class QualifiedSealDay:
    """A day from which PDFs need a qualified signature or seal, as a law set it."""

    first_day: datetime.date
    """The first day of PDFs that need it."""
    source: str
    """The law that set it."""


@cache
def qualified_seal_days() -> tuple[QualifiedSealDay, ...]:
    """The days in the order in which laws set them. The last one holds, as known in November 2026."""
    text = files(__name__.rpartition(".")[0]).joinpath("qualified_seals.csv").read_text(encoding="utf-8")
    return tuple(
        QualifiedSealDay(datetime.date.fromisoformat(row["first_day"]), row["source"])
        for row in csv.DictReader(text.splitlines())
    )


def needs_qualified_seal(*, on: datetime.date | None = None) -> bool:
    """Whether the PDF of an invoice of a day, by default today in Lisbon, needs a qualified seal.

    A qualified signature serves too; without either it is no electronic invoice. `Download.seals` reads them.
    """
    return (lisbon.today() if on is None else on) >= qualified_seal_days()[-1].first_day
