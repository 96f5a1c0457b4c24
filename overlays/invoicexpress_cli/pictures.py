"""Reports as pictures: bars, as SVG or PNG. Comes with the extra `plot` (matplotlib)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from .outcomes import CommandError, UsageError
from .output import shown, visible
from .texts import Language

_ENDINGS: Final = (".svg", ".png")
_COLOURS: Final = ("#1f6f8b", "#e09f3e")
"""Apart in lightness, so that they differ in print and for the colour-blind."""
_LONGEST: Final = 34


class Series(NamedTuple):
    """Bars of one colour."""

    label: str
    amounts: Sequence[Decimal]


class Bars(NamedTuple):
    """A picture: for each name a bar of each series, in EUR."""

    names: Sequence[str]
    series: Sequence[Series]


def check_place(path: Path) -> None:
    """Raises UsageError for another ending than .svg and .png, CommandError without matplotlib."""
    if path.suffix.lower() not in _ENDINGS:
        raise UsageError(f"--plot {path}: expected a file that ends in .svg or .png")
    if find_spec("matplotlib") is None:
        raise CommandError("--plot needs matplotlib; run: pip install 'invoicexpress[plot]'")


def save(bars: Bars, path: Path, language: Language) -> None:
    """Draws horizontal bars, which leave room for names, and writes the file."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - it takes long to load

    rows = max(len(bars.names), 1)
    height = 0.8 / max(len(bars.series), 1)
    figure: Any = Figure(figsize=(9, 1.4 + 0.45 * rows), layout="constrained")
    axes = figure.add_subplot()
    for number, (label, amounts) in enumerate(bars.series):
        places = [row + number * height for row in range(len(bars.names))]
        drawn = axes.barh(
            places, [float(each) for each in amounts], height, label=label, color=_COLOURS[number]
        )
        axes.bar_label(drawn, [f" {shown(each, language)}" for each in amounts], fontsize=8)
    middle = height * (len(bars.series) - 1) / 2
    axes.set_yticks([row + middle for row in range(len(bars.names))], [_short(name) for name in bars.names])
    axes.invert_yaxis()

    def amount(value: float, _: object) -> str:
        return shown(Decimal(round(value)), language)

    axes.xaxis.set_major_formatter(amount)
    axes.margins(x=0.18)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("EUR")
    if len(bars.series) > 1:
        axes.legend(frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def _short(name: str) -> str:
    # A dollar sign would begin a formula.
    text = visible(name).replace("$", r"\$")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
