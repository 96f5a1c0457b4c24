"""The leftover cent's rule is written down once, and its worked examples are right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import invoicexpress_emulator.fiscal.totals
import pytest
from invoicexpress import totals

PAGE: Final = (Path(__file__).parents[2] / "docs" / "totals.md").read_text("utf-8")
BLOCKS: Final = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
RULE: Final = re.compile(r"^\* .*?(?=^\n|\Z)", re.M | re.S)


def rule_in(text: str | None) -> list[str]:
    """The points of the first list of a text."""
    found = RULE.search(text or "")
    assert found
    return [" ".join(point.split()) for point in re.split(r"^\* ", found[0], flags=re.M) if point]


def test_the_client_the_emulator_and_the_page_have_one_wording() -> None:
    points = rule_in(PAGE)
    assert len(points) == 6
    assert rule_in(totals.__doc__) == points
    assert rule_in(invoicexpress_emulator.fiscal.totals.__doc__) == points


def test_the_page_says_that_it_is_assumed() -> None:
    assert "## Assumed: the leftover cent" in PAGE


@pytest.mark.parametrize("block", [pytest.param(block, id=str(n)) for n, block in enumerate(BLOCKS, 1)])
def test_a_worked_example_is_true(block: str) -> None:
    assert "assert " in block
    exec(compile(block, "docs/totals.md", "exec"), {})  # noqa: S102 a page of ours


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 6
