"""Every write ends in one of three ways under every fault: done, refused, or unknown, and says so truly.

This is the short form: a sample that is spread over the whole matrix. `make faults` runs all of it, and
FAULTS_SEED chooses another sample.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any, Final

import pytest
from invoicexpress.sending.retries import REPEATS, Repeat

from tests.folded import folded

from .cells import KINDS, Cell
from .faults import FAULTS
from .plan import PLACES
from .run import Runner, sampled
from .sample import GROUPS, Choice, profile_with, sample
from .writes import READS, REPRESENTATIVES, UNCONNECTED, WRITES

SEED: Final = int(os.environ.get("FAULTS_SEED", "1"))
SHARES: Final = 24
"""So many tests: enough for each worker to have work until the end."""


@cache
def chosen() -> tuple[Choice, ...]:
    return sample(SEED)


def share(number: int) -> list[Choice]:
    """The choices of every n-th write: a write is tried without a fault first, which one worker does."""
    writes = {write.name for write in WRITES[number::SHARES]}
    return [choice for choice in chosen() if choice.write.name in writes]


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("number", range(SHARES))
def test_each_call_tells_the_truth(runner: Runner, number: int) -> None:
    cells = sorted(sampled(runner, share(number)), key=_waits, reverse=True)
    lies = [str(record) for record in runner.run_all(cells) if record.lie]
    if lies:
        pytest.fail(f"{len(lies)} of {len(cells)} cells lie (FAULTS_SEED={SEED})\n" + "\n".join(lies))


def _waits(cell: Cell) -> tuple[bool, int]:
    """Cells that wait long start first, so that a share ends soon after its last cell begins."""
    return cell.fault.name.startswith("slow"), cell.place.at


class TestTheSample:
    @folded("seed", (1, 2, 20261129))
    def test_meets_every_pair_that_matters(self, seed: int) -> None:
        choices = sample(seed)
        pairs: dict[str, tuple[Callable[[Choice], Any], set[Any]]] = {
            "write × group": (
                lambda each: (each.write.name, each.fault.group),
                {(write.name, group) for write, group in product(WRITES, GROUPS)},
            ),
            "write × client": (
                lambda each: (each.write.name, each.kind),
                {(write.name, kind) for write, kind in product(WRITES, KINDS)},
            ),
            "fault × place": (
                lambda each: (each.fault.name, each.place.name),
                {(fault.name, place.name) for fault, place in product(FAULTS, PLACES)},
            ),
            "fault × client": (
                lambda each: (each.fault.name, each.kind),
                {(fault.name, kind) for fault, kind in product(FAULTS, KINDS)},
            ),
            "place × client": (
                lambda each: (each.place.name, each.kind),
                {(place.name, kind) for place, kind in product(PLACES, KINDS)},
            ),
        }
        missing = {name: wanted - {key(each) for each in choices} for name, (key, wanted) in pairs.items()}
        assert {name: sorted(left) for name, left in missing.items() if left} == {}

    def test_is_the_same_each_time_and_another_with_another_seed(self) -> None:
        assert sample(7) == sample(7)
        assert sample(7) != sample(8)

    def test_is_run_whole(self) -> None:
        assert sorted(map(repr, chosen())) == sorted(repr(each) for n in range(SHARES) for each in share(n))


class TestThePlan:
    def test_has_each_public_method_that_writes(self) -> None:
        spaces: dict[str, object] = vars(UNCONNECTED)
        public = {
            (space, name)
            for space, namespace in spaces.items()
            if not space.startswith("_")
            for name in dir(type(namespace))
            if not name.startswith("_") and callable(getattr(namespace, name)) and name != "model"
        }
        planned = {(write.space, write.method) for write in WRITES}
        assert {each for each in public if each[1] not in READS} == planned
        assert {name for _, name in public} >= READS, "a read that no namespace has"

    @pytest.mark.usefixtures("_quiet")
    def test_has_each_write_of_the_contract_and_no_read_passes_for_one(self, runner: Runner) -> None:
        sent = {
            operation
            for write in WRITES
            if REPRESENTATIVES[write.name] is write
            for operation in runner.baseline(write, profile_with(write)).writes
        }
        assert sent == {name for name, repeat in REPEATS.items() if repeat is not Repeat.READ}

    def test_finds_a_cell_by_its_name(self) -> None:
        cell = chosen()[17].cell(["changeDocumentState"])
        assert Cell.named(cell.name) == cell
        with pytest.raises(ValueError, match="no cell is called 'nothing'"):
            Cell.named("nothing")
