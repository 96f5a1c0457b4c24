"""`make bench-check` fails for a loss that stays, and for nothing else; the page holds what was measured."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from benchmarks.__main__ import PAGE, RATIOS, worse_in_every_try
from benchmarks.figures import Measured, Rounds, Run, Spec, Target, is_reached, loss, measured
from benchmarks.report import BEGIN, END, renewed, table
from benchmarks.table import ROWS, SPECS
from tests.folded import folded

LESS = Spec("import", "ours", "theirs", "ms", targets=(Target("ratio", "at most", 1.5),), aim="1.5 ×")
MORE = Spec("rates", "ours", "theirs", "per second", "more", targets=(Target("value", "at least", 100.0),))


def figure(ratio: float | None, subject: float = 1.0) -> Measured:
    return Measured(subject, 0.9, 1.1, reference=None if ratio is None else 1.0, ratio=ratio)


@folded(
    ("spec, before, now, is_lost"),
    [
        (LESS, figure(2.0), figure(2.5), False),
        (LESS, figure(2.0), figure(2.51), True),
        (LESS, figure(2.0), figure(0.5), False),
        (MORE, figure(2.0), figure(1.6), False),
        (MORE, figure(2.0), figure(1.59), True),
        (MORE, figure(2.0), figure(9.0), False),
        (LESS, figure(None, 2.0), figure(None, 2.51), True),
        (LESS, None, figure(0.1), True),
    ],
)
def test_a_loss_is_more_than_a_quarter(
    spec: Spec, before: Measured | None, now: Measured, is_lost: bool
) -> None:
    assert (loss(spec, before, now) is not None) == is_lost


def test_a_figure_of_two_outcomes_is_held_against_its_target_alone() -> None:
    refused = Spec(
        "pace.refused", "answers 429", "", "count", targets=(Target("value", "at most", 0.0),), compared=False
    )
    assert loss(refused, None, figure(None, 0.0)) is None
    lost = loss(refused, figure(None, 0.0), figure(None, 1.0))
    assert lost is not None
    assert lost.name == "pace.refused"


def test_the_ratio_is_that_of_each_round_so_load_does_not_show() -> None:
    found = measured(Rounds([2.0, 20.0, 2.0, 2.0, 2.2], [1.0, 10.0, 1.0, 1.0, 1.0]))
    assert (found.ratio, found.subject, found.reference) == (2.0, 2.0, 1.0)
    assert (found.low, found.high) == (2.0, 2.0)


@folded(
    ("target, value, holds"),
    [
        (Target("ratio", "at most", 1.5), figure(1.5), True),
        (Target("ratio", "at most", 1.5), figure(1.51), False),
        (Target("ratio", "at least", 0.85), figure(0.84), False),
        (Target("value", "at least", 100.0), figure(9.0, 100.0), True),
        (Target("ratio", "at most", 1.5), figure(None), False),
    ],
)
def test_a_target(target: Target, value: Measured, holds: bool) -> None:
    assert is_reached(Spec("x", "", "", "ms", targets=(target,)), value) is holds


def _tries(*ratios: float) -> tuple[list[str], Mapping[str, Rounds]]:
    """The rows measured by `worse_in_every_try` for ratios of three tries, and the losses."""
    coming: Iterator[float] = iter(ratios)
    rows: list[str] = []

    def measure(row: str) -> Mapping[str, Rounds]:
        rows.append(row)
        return {"import": Rounds([next(coming)], [1.0])}

    committed = Run({}, {}, {"import": figure(1.0)})
    lost = worse_in_every_try("import", measure, committed)
    return rows, {each.name: Rounds([]) for each in lost}


@folded(
    ("ratios, measured_rows, lost"),
    [((1.1,), 1, False), ((2.0, 1.2), 2, False), ((2.0, 2.0, 1.0), 3, False), ((2.0, 1.6, 1.3), 3, True)],
)
def test_three_tries(ratios: tuple[float, ...], measured_rows: int, lost: bool) -> None:
    rows, losses = _tries(*ratios)
    assert (len(rows), list(losses)) == (measured_rows, ["import"] if lost else [])


def test_a_run_changes_only_the_measured_part_of_the_page() -> None:
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\n## Where the time goes\n\nProfiles.\n"
    run = Run({"CPU": "an 8086"}, {"httpx": "0.28.1"}, {"import": figure(1.4)})
    new = renewed(page, run, [LESS])
    assert new.startswith(f"# Title\n\n{BEGIN}\n\nCPU: an 8086.\n\nVersions: httpx 0.28.1.\n\n| what |")
    assert new.endswith(f"\n\n{END}\n\n## Where the time goes\n\nProfiles.\n")
    assert "| ours | theirs | 1,000 ms | 1,000 ms | 1.40 × |  | 1.5 × | reached |" in new
    assert renewed(new, run, [LESS]) == new
    with pytest.raises(ValueError, match="lacks"):
        renewed("# Title", run, [LESS])


def test_the_table_says_what_was_not_reached_and_what_was_not_measured() -> None:
    rows = table({"import": figure(1.6)}, [LESS, MORE]).splitlines()[2:]
    assert "**not reached**" in rows[0]
    assert "not measured" in rows[1]


def test_the_committed_page_is_that_of_the_committed_figures() -> None:
    run = Run.from_json(json.loads(RATIOS.read_text("utf-8")))
    names = [spec.name for spec in SPECS]
    assert len(set(names)) == len(names)
    assert {spec.row for spec in SPECS} == set(ROWS)
    assert set(run.figures) <= set(names)
    page = PAGE.read_text("utf-8")
    assert renewed(page, run, SPECS) == page, "run `make bench`"
