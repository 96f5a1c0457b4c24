"""The table as text: lines for a terminal, and the measured part of docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from .figures import Measured, Run, Spec, Unit, is_reached

BEGIN: Final = "<!-- measured: begin -->"
END: Final = "<!-- measured: end -->"

_FACTORS: Final[Mapping[Unit, tuple[float, str]]] = {
    "s": (1.0, "s"),
    "ms": (1e3, "ms"),
    "us": (1e6, "µs"),
    "per second": (1.0, "/s"),
    "MiB": (1 / 2**20, "MiB"),
    "%": (1.0, "%"),
    "count": (1.0, ""),
}
"""What a stored value is multiplied by to be shown, and the unit."""


def shown(value: float, unit: Unit) -> str:
    """A value with its unit, to three digits."""
    factor, name = _FACTORS[unit]
    number = value * factor
    digits = f"{number:,.0f}" if abs(number) >= 100 or number == 0 else f"{number:.3g}"
    return f"{digits} {name}".strip()


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _spread(spec: Spec, figure: Measured) -> str:
    if figure.rounds == 1:
        return ""
    if figure.ratio is None:
        return f"{shown(figure.low, spec.unit)} to {shown(figure.high, spec.unit)}"
    return f"{_ratio(figure.low)} to {_ratio(figure.high)}"


def _outcome(spec: Spec, figure: Measured) -> str:
    reached = is_reached(spec, figure)
    return "" if reached is None else "reached" if reached else "**not reached**"


def line(spec: Spec, figure: Measured) -> str:
    """A figure for a terminal."""
    beside = ""
    if figure.ratio is not None and figure.reference is not None:
        beside = f" against {shown(figure.reference, spec.unit)}: {_ratio(figure.ratio)} x"
    spread = f" ({text})" if (text := _spread(spec, figure)) else ""
    aim = f"  [{spec.aim}: {_outcome(spec, figure).strip('*')}]" if spec.targets else ""
    note = f"  {figure.note}" if figure.note else ""
    return f"{spec.name:26} {shown(figure.subject, spec.unit):>11}{beside}{spread}{aim}{note}"


def table(figures: Mapping[str, Measured], specs: Sequence[Spec]) -> str:
    """The table of all figures; one without a figure is named as not measured."""
    rows = [
        "| what | against | measured | beside it | ratio | spread | target | note |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for spec in specs:
        figure = figures.get(spec.name)
        if figure is None:
            cells = [spec.what, spec.against, "not measured", "", "", "", spec.aim, ""]
        else:
            cells = [
                spec.what,
                spec.against,
                shown(figure.subject, spec.unit) + (f" ({figure.note})" if figure.note else ""),
                "" if figure.reference is None else shown(figure.reference, spec.unit),
                "" if figure.ratio is None else f"{_ratio(figure.ratio)} ×",
                _spread(spec, figure),
                spec.aim,
                _outcome(spec, figure),
            ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def renewed(page: str, run: Run, specs: Sequence[Spec]) -> str:
    """The page with the measured part of a run; everything outside the two marks stays.

    Raises ValueError if a mark is missing.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page lacks {BEGIN} or {END}")
    machine = "; ".join(f"{name}: {value}" for name, value in run.machine.items())
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    measured = f"{machine}.\n\nVersions: {versions}.\n\n{table(run.figures, specs)}"
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}"
