"""Random schedules of faults, one after another: hypothesis looks for one under which a call lies.

FAULTS_EXAMPLES sets the number of schedules of each test, and FAULTS_SEED starts the search elsewhere.
"""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from invoicexpress import AmbiguousResultError

from .books import Books, Row
from .cells import KINDS, Kind
from .faults import LAG, LATER
from .judge import Outcome, judge
from .run import Runner, is_forged, outcome_of
from .sample import profile_with
from .schedules import QUICK, Schedule, SchedulePlan
from .service import PROFILES, Site
from .writes import TOTAL, WRITES, Write, fields

EXAMPLES: Final = int(os.environ.get("FAULTS_EXAMPLES", "6"))
SEED: Final = int(os.environ.get("FAULTS_SEED", "1"))
PARTS: Final = 3
"""So many tests, each of which searches elsewhere."""
SEARCH: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=False,
    # Each example waits for windows to pass: a handful of them makes a failing schedule short enough to read.
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
A_FAULT: Final = st.one_of(st.none(), st.sampled_from(QUICK))


def schedules(*, most: int) -> st.SearchStrategy[Schedule]:
    return st.lists(A_FAULT, min_size=1, max_size=most)


def said(schedule: Schedule) -> str:
    return ", ".join("none" if fault is None else fault.name for fault in schedule)


# One caller -----------------------------------------------------------------------------------------

WRITES_AT_ONCE: Final = 8


def lie_of(runner: Runner, write: Write, kind: Kind, schedule: Schedule, lag: float) -> str | None:
    """Make a write under a schedule, and return the lie that its caller was told."""
    profile = profile_with(write)
    base = runner.baseline(write, profile)
    trial = runner.trial(write, kind, profile, SchedulePlan(schedule, base.bodies), lag=lag)
    error = trial.outcome.error
    is_create = isinstance(error, AmbiguousResultError) and error.method == "POST"
    verdict = judge(
        trial.outcome,
        trial.found,
        base.stages,
        needs_key=write.key is not None and is_create,
        is_forged=any(
            is_forged(write, fault, base.bodies.get(base.writes[-1], b"")) for fault in schedule if fault
        ),
    )
    if verdict.lie is None:
        return None
    got = f"{verdict.way} {verdict.error}".strip()
    return f"{verdict.lie}: {write.name}, {kind}: got {got}, and {verdict.exists} exists: {verdict.detail}"


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("part", range(PARTS))
def test_one_caller_is_told_the_truth_under_any_schedule(runner: Runner, part: int) -> None:
    @seed(SEED * PARTS + part)
    @SEARCH
    @given(
        writes=st.lists(
            st.sampled_from(WRITES), min_size=WRITES_AT_ONCE, max_size=WRITES_AT_ONCE, unique_by=id
        ),
        schedule=schedules(most=8),
        kind=st.sampled_from(KINDS),
        lag=st.sampled_from([LAG, LATER]),
    )
    def search(writes: list[Write], schedule: Schedule, kind: Kind, lag: float) -> None:
        def lie(write: Write) -> str | None:
            return lie_of(runner, write, kind, schedule, lag)

        with ThreadPoolExecutor(WRITES_AT_ONCE) as pool:
            lies = [*pool.map(lie, writes)]
        found = [lie for lie in lies if lie]
        assert not found, "\n".join([f"under {said(schedule)}", *found])

    search()


# Several callers ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caller:
    """One of several callers: a thread with the one client, or a task with the other."""

    key: str
    kind: Kind


@dataclass(frozen=True)
class Shared:
    """A write that several callers make at once."""

    name: str
    call: Callable[[Any, Any, str], Any]
    """Makes the write with a client, a prepared thing, and a key."""
    made: Callable[[Sequence[Row], str], Sequence[Row]]
    """Chooses, among new documents, those of a key."""
    is_once: bool
    """Whether a key stands for one document, however many callers have it."""
    is_whole: Callable[[Row], bool] = lambda _: True
    """Whether a document is complete, rather than a draft on the way."""


KEYS: Final = ("order-1", "order-2")
AMOUNTS: Final = {"order-1": Decimal("1.25"), "order-2": Decimal("2.30")}


def _of_key(rows: Sequence[Row], key: str) -> list[Row]:
    return [row for row in rows if row["proprietary_uid"] == key]


def _of_amount(rows: Sequence[Row], key: str) -> list[Row]:
    return [row for row in rows if row["type"] == "Receipt" and row["total"] == int(AMOUNTS[key] * 100)]


SHARED: Final = (
    Shared(
        "issue",
        lambda ix, _, key: ix.invoices.issue(key=key, expect_total=TOTAL, **fields("invoices")),
        _of_key,
        is_once=True,
        is_whole=lambda row: row["status"] == "final",
    ),
    Shared(
        "create",
        lambda ix, _, key: ix.invoices.create(proprietary_uid=key, **fields("invoices")),
        _of_key,
        is_once=True,
    ),
    Shared(
        "pay",
        lambda ix, invoice, key: ix.invoices.pay(invoice, amount=AMOUNTS[key]),
        _of_amount,
        is_once=False,
    ),
)


Make = Callable[[Any, str], Any]
"""Makes a write with a client and a key."""


def call_together(
    runner: Runner, site: Site, plan: SchedulePlan, make: Make, callers: Sequence[Caller]
) -> list[tuple[Caller, Outcome]]:
    """Let threads share a client, and tasks another, in one process at the same time."""
    threads = [caller for caller in callers if caller.kind == "sync"]
    tasks = [caller for caller in callers if caller.kind == "async"]

    async def run_tasks() -> list[Any]:
        async with runner.async_client(site, plan.is_refused) as ix:
            calls = (make(ix, caller.key) for caller in tasks)
            return await asyncio.gather(*filter(inspect.isawaitable, calls), return_exceptions=True)

    with ThreadPoolExecutor(len(callers) + 1) as pool, runner.client(site, plan.is_refused) as ix:

        def call(caller: Caller) -> Outcome:
            return outcome_of(lambda: make(ix, caller.key))

        running = pool.submit(asyncio.run, run_tasks())
        in_threads = [*pool.map(call, threads)]
        in_tasks = [
            Outcome(error=each) if isinstance(each, BaseException) else Outcome(each)
            for each in running.result()
        ]
    return [*zip(threads, in_threads, strict=True), *zip(tasks, in_tasks, strict=True)]


def lies_about(shared: Shared, key: str, outcomes: Sequence[Outcome], made: Sequence[Row]) -> list[str]:
    """Compare what the callers of a key got with the documents of this key."""
    done = [outcome.value.id for outcome in outcomes if outcome.way == "done"]
    unknown = sum(outcome.way == "unknown" for outcome in outcomes)
    refused = [outcome.error for outcome in outcomes if outcome.way == "refused"]
    ids = {row["id"] for row in made if shared.is_whole(row)}
    lies = [f"foreign exception: {each.error!r}" for each in outcomes if each.way.startswith("raised")]
    least, most = len(done), len(done) + unknown
    if shared.is_once:
        least, most = min(1, least), min(1, most)
    if not set(done) <= ids or len(ids) < least:
        lies.append(f"loss: {done} were returned, and {sorted(ids)} exist")
    if shared.is_once and len(made) > 1:
        lies.append(f"duplicate: {sorted(row['id'] for row in made)} exist")
    if len(ids) > most:
        named = "duplicate" if done or unknown else "false refusal"
        lies.append(f"{named}: {sorted(ids)} exist, {done} were returned, {unknown} unknown, {refused}")
    return [f"{shared.name} {key}: {lie}" for lie in lies]


def lies_under(
    runner: Runner, shared: Shared, callers: Sequence[Caller], schedule: Schedule, profile_number: int
) -> list[str]:
    """Let several callers write under a schedule, and return the lies that they were told."""
    site = runner.service(PROFILES[profile_number]).new_site()
    with runner.client(site, lambda _: False) as ix:
        draft = ix.invoices.create(**fields("invoices"))
        prepared = ix.invoices.finalize(draft.id)
    before: Books = site.books()
    site.configure(list_lag={"seconds": LAG})
    plan = SchedulePlan(schedule, {})
    site.follow(plan)
    outcomes = call_together(runner, site, plan, lambda ix, key: shared.call(ix, prepared, key), callers)
    after = site.settled_books()
    site.follow(None)
    new = [row for key, row in after["documents"].items() if key not in before["documents"]]
    return [
        lie
        for key in sorted({caller.key for caller in callers})
        for lie in lies_about(
            shared, key, [got for caller, got in outcomes if caller.key == key], shared.made(new, key)
        )
    ]


CALLERS: Final = st.lists(
    st.builds(Caller, key=st.sampled_from(KEYS), kind=st.sampled_from(KINDS)), min_size=2, max_size=4
)


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("shared", SHARED, ids=lambda shared: shared.name)
def test_several_callers_are_told_the_truth_under_any_schedule(runner: Runner, shared: Shared) -> None:
    @seed(SEED)
    @SEARCH
    @given(
        groups=st.lists(CALLERS, min_size=4, max_size=4),
        schedule=schedules(most=12),
        profile_number=st.sampled_from(range(len(PROFILES))),
    )
    def search(groups: list[list[Caller]], schedule: Schedule, profile_number: int) -> None:
        def lies(callers: Sequence[Caller]) -> list[str]:
            return lies_under(runner, shared, callers, schedule, profile_number)

        with ThreadPoolExecutor(len(groups)) as pool:
            found = [lie for each in pool.map(lies, groups) for lie in each]
        assert not found, "\n".join([f"under {said(schedule)}", *found])

    search()
