"""Measures rows, prints them, and writes or compares the committed figures.

    python -m benchmarks [--rows import,clients_get] [--quick] [--write]
    python -m benchmarks --check [--rows ...]

Without `--rows` all rows are measured, and benchmarks/ratios.json and docs/benchmarks.md are written. A
selection is only printed, unless `--write` puts it in the place of the rows' last figures. `--quick` takes
few rounds, for work on the speed of one thing, and writes nothing. `--check` compares with the committed
figures instead, and measures a row that lost more than a quarter up to three times before it counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from .environments import ROOT, alone
from .figures import Loss, Measured, Rounds, Run, loss, measured
from .machine import keep, machine, versions
from .report import line, renewed
from .table import ROWS, SPECS

RATIOS: Final = ROOT / "benchmarks" / "ratios.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
TRIES: Final = 3
FAILURES: Final = (RuntimeError, OSError, AssertionError, subprocess.SubprocessError)
"""What may become of a row: a server or a program that fails, or a count that is wrong."""

Measure = Callable[[str], Mapping[str, Rounds]]


def main(given: Sequence[str] | None = None) -> int:
    """Returns the exit status: 1 if a row failed, or got worse."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", help=f"comma-separated: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="few rounds; writes nothing")
    parser.add_argument("--write", action="store_true", help="write the rows of a selection too")
    parser.add_argument("--check", action="store_true", help="compare with the committed figures")
    options = parser.parse_args(given)
    rows = options.rows.split(",") if options.rows else [*ROWS]
    if unknown := [row for row in rows if row not in ROWS]:
        parser.error(f"unknown rows: {', '.join(unknown)}; known are {', '.join(ROWS)}")
    if options.quick and (options.write or options.check):
        parser.error("--quick figures are too rough to be written or compared")

    def measure(row: str) -> Mapping[str, Rounds]:
        return ROWS[row](options.quick)

    committed = Run.from_json(json.loads(RATIOS.read_text("utf-8"))) if RATIOS.exists() else Run({}, {})
    writes = options.write or not (options.rows or options.quick)
    try:
        with alone():
            if options.check:
                return _check(rows, measure, committed)
            return _bench(rows, measure, committed, writes=writes)
    except RuntimeError as error:
        parser.error(str(error))


def _bench(rows: Sequence[str], measure: Measure, last: Run, *, writes: bool) -> int:
    figures: dict[str, Measured] = {}
    failed: list[str] = []
    for row in rows:
        try:
            figures |= _figures(row, measure)
        except FAILURES as error:
            failed.append(row)
            print(f"{row}: failed: {error}", file=sys.stderr, flush=True)
    if writes:
        known = {spec.name for spec in SPECS}
        kept = {name: figure for name, figure in last.figures.items() if name in known}
        try:
            found: Mapping[str, str] = versions()
        except FAILURES as error:
            # A peer that cannot be installed must not lose what was measured.
            print(f"versions: {error}", file=sys.stderr, flush=True)
            found = last.versions
        run = Run(machine(), found, {**kept, **figures})
        written = run.as_json()
        RATIOS.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
        # Of the rounded figures, so that the page is that of the file.
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), Run.from_json(written), SPECS), "utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}; their last figures stay", file=sys.stderr)
    return 1 if failed else 0


def _check(rows: Sequence[str], measure: Measure, committed: Run) -> int:
    lost: list[Loss] = []
    of_use = {spec.row for spec in SPECS if spec.compared or spec.targets}
    for row in filter(of_use.__contains__, rows):
        try:
            lost += worse_in_every_try(row, measure, committed)
        except FAILURES as error:
            lost.append(Loss(row, f"failed: {error}"))
    for each in lost:
        print(f"{each.name}: {each.text}", file=sys.stderr)
    print(f"figures that got worse: {len(lost)}", flush=True)
    return 1 if lost else 0


def worse_in_every_try(row: str, measure: Measure, committed: Run) -> list[Loss]:
    """The figures of a row that lost more than a quarter in each of three tries, as last seen."""
    suspects = {spec.name: spec for spec in SPECS if spec.row == row}
    losses: list[Loss] = []
    for _ in range(TRIES):
        now = _figures(row, measure)
        found = {
            name: loss(spec, committed.figures.get(name), now[name])
            for name, spec in suspects.items()
            if name in now
        }
        losses = [each for each in found.values() if each is not None]
        suspects = {each.name: suspects[each.name] for each in losses}
        if not suspects:
            break
    return losses


def _figures(row: str, measure: Measure) -> dict[str, Measured]:
    """Measures a row, and prints it."""
    specs = {spec.name: spec for spec in SPECS}
    found: dict[str, Measured] = {}
    for name, rounds in measure(row).items():
        found[name] = measured(rounds)
        print(line(specs[name], found[name]), flush=True)
        keep(specs[name], rounds)
    return found


if __name__ == "__main__":
    sys.exit(main())
