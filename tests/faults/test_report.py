"""docs/faults.md is the report of the present plan."""

from __future__ import annotations

import pytest

from . import report
from .run import Runner, full


@pytest.fixture(scope="module")
def text() -> str:
    return report.PATH.read_text("utf-8")


@pytest.mark.usefixtures("_quiet")
def test_it_is_of_the_present_plan(runner: Runner, text: str) -> None:
    cells = sum(1 for _ in full(runner))
    for part in (report.plan_line(cells), report.operations(), report.faults(), report.places()):
        assert part in text, "docs/faults.md is of another plan: run make faults"


def test_no_call_lied(text: str) -> None:
    for words in report.LIES.values():
        assert f"| {words} | 0 |" in text
    assert "**" not in text


def test_it_stays_short_enough_to_read(text: str) -> None:
    assert len(text.splitlines()) < 400
