"""Figures: what rounds come to, whether a target is reached, and whether a figure got worse. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

LOSS: Final = 0.25
"""Share of a ratio that may be lost before `make bench-check` fails."""

Unit = Literal["s", "ms", "us", "per second", "MiB", "%", "count"]
Better = Literal["less", "more"]


@dataclass(frozen=True, slots=True)
class Rounds:
    """Measured values, a round after the other. Subject and reference of a round are measured side by side.

    Durations are in seconds, memory in bytes.
    """

    subject: Sequence[float]
    reference: Sequence[float] = ()
    note: str = ""
    """What a reader has to know about this very run."""


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that a figure has to keep: on the ratio to the reference, or on the subject's own value."""

    of: Literal["ratio", "value"]
    sense: Literal["at most", "at least"]
    bound: float

    def holds(self, measured: Measured) -> bool:
        """Whether a measured figure keeps the bound."""
        value = measured.ratio if self.of == "ratio" else measured.subject
        if value is None:
            return False
        return value <= self.bound if self.sense == "at most" else value >= self.bound


@dataclass(frozen=True, slots=True)
class Spec:
    """A figure that is measured: a line of the table."""

    name: str
    """`row` or `row.part`."""
    what: str
    against: str
    unit: Unit
    better: Better = "less"
    targets: tuple[Target, ...] = ()
    aim: str = ""
    """The target in words; without one, what is expected."""
    compared: bool = True
    """Whether `make bench-check` compares it with the last one. If not, only its target counts."""

    @property
    def row(self) -> str:
        """The row that measures it."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of one run: medians, and the quartiles of the ratio (without a reference, of the value)."""

    subject: float
    low: float
    high: float
    reference: float | None = None
    ratio: float | None = None
    rounds: int = 1
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The figure as ratios.json has it, rounded to four digits."""
        values = {
            "subject": self.subject,
            "reference": self.reference,
            "ratio": self.ratio,
            "low": self.low,
            "high": self.high,
        }
        rounded = {name: float(f"{value:.4g}") for name, value in values.items() if value is not None}
        return {**rounded, "rounds": self.rounds, **({"note": self.note} if self.note else {})}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Measured:
        """The figure that `as_json` wrote."""
        return cls(**value)


def measured(rounds: Rounds) -> Measured:
    """The figure that rounds come to.

    The ratio is the median of the rounds' ratios: load that comes and goes hits both sides of a round.
    """
    subject = statistics.median(rounds.subject)
    if not rounds.reference:
        low, high = quartiles(rounds.subject)
        return Measured(subject, low, high, rounds=len(rounds.subject), note=rounds.note)
    ratios = [ours / theirs for ours, theirs in zip(rounds.subject, rounds.reference, strict=True)]
    low, high = quartiles(ratios)
    return Measured(
        subject=subject,
        low=low,
        high=high,
        reference=statistics.median(rounds.reference),
        ratio=statistics.median(ratios),
        rounds=len(ratios),
        note=rounds.note,
    )


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    """The first and the third quartile; of a few values the least and the greatest."""
    if len(values) < 4:
        return min(values), max(values)
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def is_reached(spec: Spec, figure: Measured) -> bool | None:
    """Whether all targets hold; None for a figure without one."""
    return all(target.holds(figure) for target in spec.targets) if spec.targets else None


@dataclass(frozen=True, slots=True)
class Loss:
    """A figure that got worse, or fell below its target where it has nothing else to be compared by."""

    name: str
    text: str


def loss(spec: Spec, committed: Measured | None, now: Measured) -> Loss | None:
    """What is lost since the committed figure, beyond LOSS; None if nothing is.

    Compared are ratios, and values that have no reference but a target of their own.
    """
    if not spec.compared:
        if is_reached(spec, now) is False:
            return Loss(spec.name, f"{now.subject:.4g} misses its target: {spec.aim}")
        return None
    if committed is None:
        return Loss(spec.name, "no committed figure: run `make bench`, and commit what it writes")
    before, after = _compared(committed), _compared(now)
    factor = after / before if spec.better == "less" else before / after
    if factor <= 1 + LOSS:
        return None
    return Loss(spec.name, f"{before:.3g} became {after:.3g}, {factor:.2f} times as bad")


def _compared(figure: Measured) -> float:
    return figure.subject if figure.ratio is None else figure.ratio


@dataclass(slots=True)
class Run:
    """All figures of a run, and the machine that it ran on."""

    machine: Mapping[str, str]
    versions: Mapping[str, str]
    figures: dict[str, Measured] = field(default_factory=dict[str, Measured])

    def as_json(self) -> dict[str, Any]:
        """The run as ratios.json has it."""
        return {
            "machine": dict(self.machine),
            "versions": dict(self.versions),
            "figures": {name: figure.as_json() for name, figure in sorted(self.figures.items())},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Run:
        """The run that `as_json` wrote."""
        figures = {name: Measured.from_json(figure) for name, figure in value["figures"].items()}
        return cls(value["machine"], value["versions"], figures)
