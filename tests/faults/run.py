"""Runs cells of the matrix: a write, a fault, its place, a client, a profile."""

from __future__ import annotations

import asyncio
import inspect
import logging
import random
import ssl
import threading
import warnings
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol, Self

import httpx
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.sending.retries import REPEATS
from invoicexpress_emulator.faults.effects import Replaced

from .books import Books, Change, change
from .cells import Cell, Kind, cells_of
from .faults import TIMEOUT, WINDOW, Fault, says_the_same
from .judge import Outcome, Verdict, judge
from .plan import READS, CellPlan
from .record import Record
from .sample import Choice, profile_with, sample
from .service import PROFILES, Plan, ProfileName, Service, Site, names_at, refusing_port, running_service
from .writes import REPRESENTATIVES, WRITES, Write

_SHARES: Final = 32
WORKERS: Final = 32
"""Cells at a time in each process; they mostly wait."""
RETRIES: Final = 2
_PATIENCE: Final = 60.0
"""Seconds for an answer to a request without a fault."""
_TLS: Final = ssl.create_default_context()


@dataclass(frozen=True)
class Baseline:
    """A write without a fault: its operations, its stages, and the answers to its requests."""

    writes: tuple[str, ...]
    """The operations that change something, in order."""
    stages: tuple[Change, ...]
    """The changes after each of them."""
    reads_first: bool
    bodies: Mapping[str, bytes]
    verdict: Verdict


@dataclass(frozen=True)
class Trial:
    """What a caller got, and the changes in the books: when the call ended, and after late writes."""

    outcome: Outcome
    at_once: Change
    found: Change


Refuses = Callable[[frozenset[str]], bool]
"""Whether the connection of a request is refused."""


class NetworkPlan(Plan, Protocol):
    """A plan that has connections refused as well."""

    def is_refused(self, names: frozenset[str]) -> bool:
        """Whether the connection of a request is refused."""
        ...


class _Line(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way from a client to the emulator: refuses connections, or notes the answers."""

    def __init__(self, inner: Any, port: int, *, refuses: Refuses, bodies: dict[str, bytes] | None) -> None:
        self._inner = inner
        self._port = port
        self._refuses = refuses
        self._bodies = bodies

    def _routed(self, request: httpx.Request) -> frozenset[str]:
        names = names_at(request.method, request.url.path)
        if self._refuses(names):
            request.url = request.url.copy_with(port=self._port)
        return names

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        names = self._routed(request)
        response: httpx.Response = self._inner.handle_request(request)
        if self._bodies is not None:
            response.read()
            # The first: a list after a deletion may be empty, and an empty list could be of any account.
            for name in names:
                self._bodies.setdefault(name, response.content)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._routed(request)
        response: httpx.Response = await self._inner.handle_async_request(request)
        return response

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Recording:
    """A plan without faults that notes the stages of a write."""

    def __init__(self) -> None:
        self.requests: list[frozenset[str]] = []
        self.stages: list[Books] = []
        self.read: Callable[[], Books] | None = None

    def effect_on(self, names: frozenset[str]) -> None:
        if not names & READS and self.read is not None:
            self.stages.append(self.read())
        self.requests.append(names)


class Runner:
    """Runs cells against emulators of its own."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._services: dict[ProfileName, Service] = {}
        self._baselines: dict[tuple[str, ProfileName], Baseline] = {}
        self._lock = threading.Lock()
        self._here = threading.local()
        # Preparing is work, not waiting: more at a time would only slow the calls that are being timed.
        self._preparing = threading.Semaphore(2)

    def __enter__(self) -> Self:
        self._port = self._stack.enter_context(refusing_port())
        for profile in PROFILES:
            self._services[profile] = self._stack.enter_context(running_service(profile))
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def service(self, profile: ProfileName) -> Service:
        """Return the emulator of a profile."""
        return self._services[profile]

    # Baselines ----------------------------------------------------------------------------------

    def baseline(self, write: Write, profile: ProfileName) -> Baseline:
        """Make a write without a fault, once."""
        with self._lock:
            known = self._baselines.get((write.name, profile))
        if known is None:
            known = self._new_baseline(write, profile)
            with self._lock:
                self._baselines[write.name, profile] = known
        return known

    def _new_baseline(self, write: Write, profile: ProfileName) -> Baseline:
        site, prepared = self.prepared(write, profile)
        before = site.books()
        recording, bodies = _Recording(), dict[str, bytes]()
        recording.read = site.books_now
        site.follow(recording)
        with self.client(site, lambda _: False, bodies) as ix:
            outcome = outcome_of(lambda: write.call(ix.with_options(timeout=_PATIENCE), prepared))
        after = site.settled_books()
        site.follow(None)
        if outcome.error is not None:
            outcome.error.add_note(f"{write.name} fails without a fault in the {profile} profile")
            raise outcome.error
        names = [each for each in recording.requests if not each & READS]
        stages = [change(before, books) for books in recording.stages[1:]]
        first = next(i for i, each in enumerate(recording.requests) if not each & READS)
        whole = (*stages, change(before, after))
        return Baseline(
            tuple(_contract_name(each) for each in names),
            whole,
            first > 0,
            bodies,
            judge(outcome, whole[-1], whole),
        )

    def prepared(self, write: Write, profile: ProfileName) -> tuple[Site, Any]:
        """Return an account in the state that a write needs, and what it is called with."""
        site = self._services[profile].new_site()
        if write.settings:
            site.configure(**write.settings)
        with self._preparing, self.client(site, lambda _: False) as ix:
            return site, write.prepare(ix.with_options(timeout=_PATIENCE))

    # Calls --------------------------------------------------------------------------------------

    def _options(self, site: Site) -> dict[str, Any]:
        return {
            "account": site.name,
            "api_key": site.api_key,
            "base_url": site.base_url,
            "pace": None,
            "timeout": TIMEOUT,
            "retries": RETRIES,
            "consistency_window": WINDOW,
        }

    def client(self, site: Site, refuses: Refuses, bodies: dict[str, bytes] | None = None) -> InvoiceXpress:
        """Return a client of an account, whose connections may be refused and answers noted."""
        line = _Line(httpx.HTTPTransport(verify=_TLS), self._port, refuses=refuses, bodies=bodies)
        return InvoiceXpress(transport=line, **self._options(site))

    def async_client(self, site: Site, refuses: Refuses) -> AsyncInvoiceXpress:
        """Return the same for coroutines."""
        line = _Line(httpx.AsyncHTTPTransport(verify=_TLS), self._port, refuses=refuses, bodies=None)
        return AsyncInvoiceXpress(transport=line, **self._options(site))

    def _call(self, write: Write, kind: Kind, prepared: Any, site: Site, refuses: Refuses) -> Outcome:
        if kind == "sync":
            with self.client(site, refuses) as ix:
                return outcome_of(lambda: write.call(ix, prepared))
        return outcome_of(lambda: self._loop().run(self._called(write, prepared, site, refuses)))

    async def _called(self, write: Write, prepared: Any, site: Site, refuses: Refuses) -> Any:
        async with self.async_client(site, refuses) as ix:
            result = write.call(ix, prepared)
            return await result if inspect.isawaitable(result) else result

    def _loop(self) -> asyncio.Runner:
        """The event loop of this thread."""
        found: asyncio.Runner | None = getattr(self._here, "runner", None)
        if found is None:
            found = self._here.runner = asyncio.Runner()
            with self._lock:
                self._stack.callback(found.close)
        return found

    # Cells --------------------------------------------------------------------------------------

    def run(self, cell: Cell) -> Record:
        """Run one cell and judge it."""
        write = cell.write
        base = self.baseline(write, cell.profile)
        plan = CellPlan(cell.target, cell.place, cell.fault.make, dict(base.bodies))
        trial = self.trial(write, cell.kind, cell.profile, plan, lag=cell.fault.lag)
        verdict = judge(
            trial.outcome,
            trial.found,
            base.stages,
            needs_key=write.key is not None and cell.target == "createDocument",
            proof_was_there=_proof(cell, trial.at_once, base),
            is_forged=is_forged(write, cell.fault, base.bodies.get(cell.target, b"")),
        )
        requests = tuple(
            f"{_contract_name(each.names)}{' !' if each.was_hit else ''}" for each in plan.requests
        )
        return Record.of(cell, verdict, fired=plan.fired, requests=requests)

    def trial(
        self, write: Write, kind: Kind, profile: ProfileName, plan: NetworkPlan, *, lag: float
    ) -> Trial:
        """Make a write in an account of its own under a plan of faults."""
        site, prepared = self.prepared(write, profile)
        before = site.books()
        site.configure(list_lag={"seconds": lag})
        site.follow(plan)
        outcome = self._call(write, kind, prepared, site, plan.is_refused)
        at_once = change(before, site.books())
        found = change(before, site.settled_books())
        site.follow(None)
        return Trial(outcome, at_once, found)

    def run_all(self, cells: Iterable[Cell], *, workers: int = WORKERS) -> Iterator[Record]:
        """Run cells in parallel; they mostly wait."""
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(self.run, cells)


def outcome_of(call: Callable[[], Any]) -> Outcome:
    """Return what a caller got."""
    try:
        return Outcome(call())
    except Exception as error:  # any exception that reaches the caller is judged
        return Outcome(error=error)


def is_forged(write: Write, fault: Fault, true: bytes) -> bool:
    """Whether a fault gives the very answer of a success, and no read tells that it is none."""
    hit = fault.make(true)
    if write.is_readable or not isinstance(hit, Replaced):
        return False
    is_same = hit.status == 200 and says_the_same(hit.body, true)
    return is_same or (hit.status == write.confirmation and not hit.body)


def _proof(cell: Cell, at_once: Change, base: Baseline) -> bool:
    """Whether the effect existed when the call ended, and a read would have shown it."""
    return (
        cell.write.is_readable
        and cell.write.is_shown_whole
        and at_once.entries == base.stages[-1].entries
        and cell.place.reads_after == 0
        and cell.fault.lag < WINDOW
    )


def _contract_name(names: frozenset[str]) -> str:
    """The name that the contract has for an operation."""
    return next((name for name in sorted(names) if name in REPEATS), min(names))


def full(runner: Runner, writes: Iterable[Write] = WRITES) -> Iterator[Cell]:
    """Yield every cell of the long form."""
    for write in writes:
        # Siblings send the same operations, since they share their source.
        first = REPRESENTATIVES[write.name]
        base = runner.baseline(first, profile_with(first))
        yield from cells_of(write, base.writes, reads_first=base.reads_first)


def sampled(runner: Runner, choices: Iterable[Choice]) -> Iterator[Cell]:
    """Yield the cells of a sample."""
    for choice in choices:
        yield choice.cell(runner.baseline(choice.write, choice.profile).writes)


@dataclass(frozen=True)
class Selection:
    """Which cells to run: by name, those of samples, or those of the long form with parts in their names."""

    names: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()
    only: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether these are all cells of the long form."""
        return self == Selection()

    def cells(self, runner: Runner, writes: Collection[Write]) -> list[Cell]:
        """Return the cells of some writes, long ones next to short ones, the same each time."""
        if self.names:
            cells = [cell for cell in map(Cell.named, self.names) if cell.write in writes]
        elif self.seeds:
            choices = [choice for seed in self.seeds for choice in sample(seed) if choice.write in writes]
            cells = list(sampled(runner, choices))
        else:
            parts = [part.strip() for part in self.only.split("×")]
            cells = [cell for cell in full(runner, writes) if all(part in cell.name for part in parts)]
        random.Random(1).shuffle(cells)  # noqa: S311 - a spread, not a secret
        return cells

    def shares(self) -> list[tuple[str, ...]]:
        """Return the names of the writes of each share: few enough for a store not to grow slow."""
        known = {Cell.named(name).write.name for name in self.names} or {write.name for write in WRITES}
        names = [write.name for write in WRITES if write.name in known]
        return [tuple(names[start::_SHARES]) for start in range(min(_SHARES, len(names)))]


def run_share(selection: Selection, names: Collection[str]) -> list[Record]:
    """Run the cells of some writes, given by their names."""
    with quiet(), Runner() as runner:
        writes = [write for write in WRITES if write.name in names]
        return list(runner.run_all(selection.cells(runner, writes)))


@contextmanager
def quiet() -> Generator[None]:
    """Keep the warnings and log lines of thousands of faults to themselves."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
