"""The effects of faults, and the faults of an account."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from .answers import FaultInfo, part, read
from .connection import Ask, ControlRefused, Sent

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue
    from .operation_names import OperationName

EVERYTHING: Final = "*"
"""Every operation, and every account."""


def seconds(name: str, span: object) -> float:
    """The seconds of a span. Raises TypeError for anything but a timedelta, such as a number."""
    if isinstance(span, timedelta):
        return span.total_seconds()
    hint = f"; write timedelta(seconds={span})" if isinstance(span, int | float) else ""
    raise TypeError(f"{name}: expected a timedelta, got {span!r}{hint}")


@dataclass(frozen=True, slots=True)
class Respond:
    """Answers with this status instead, and carries out the request only if `applied`.

    A `body` of text is sent as it is, any other value as JSON.
    """

    status: int
    """HTTP status."""
    body: JsonValue = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Headers of the answer."""
    applied: bool = False

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        headers: dict[str, JsonValue] = {**self.headers}
        return {"status": self.status, "body": self.body, "headers": headers, "applied": self.applied}


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """Answers with an HTML page instead of JSON, as a proxy does. `status` None keeps the answer's own."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Headers of the answer."""
    applied: bool = True
    """Whether the request is carried out as well."""

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        headers: dict[str, JsonValue] = {**self.headers}
        status: dict[str, JsonValue] = {} if self.status is None else {"status": self.status}
        return {"html": True, "headers": headers, "applied": self.applied, **status}


@dataclass(frozen=True, slots=True)
class Delay:
    """Delays a request, then carries it out, even if the caller has gone."""

    by: timedelta
    """Real time, before the request is carried out."""

    def __post_init__(self) -> None:
        seconds("by", self.by)

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        return {"delay": seconds("by", self.by)}


@dataclass(frozen=True, slots=True)
class Reset:
    """Resets the connection, before or after carrying out the request."""

    when: Literal["before", "after"]
    """`before`: nothing is done. `after`: it is done, and the caller cannot know."""

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        return {"reset": self.when}


@dataclass(frozen=True, slots=True)
class CommitLate:
    """Resets the connection at once, and carries out the request later."""

    after: timedelta = timedelta(seconds=2)
    """Time until it is carried out: real time, or the account's when its clock is moved past it."""

    def __post_init__(self) -> None:
        seconds("after", self.after)

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        return {"commit": "late", "seconds": seconds("after", self.after)}


@dataclass(frozen=True, slots=True)
class Truncate:
    """Carries out the request, and closes the connection after `at` bytes of the answer's body."""

    at: int

    def as_json(self) -> dict[str, JsonValue]:
        """Return the effect as the control plane takes it."""
        return {"truncate": self.at}


Effect = Respond | HtmlPage | Delay | Reset | CommitLate | Truncate
"""What a fault does to a request."""


class FaultNotFired(AssertionError):
    """A fault did not fire as often as a test expected."""


class Faults:
    """The faults of an account. The emulator keeps them in memory until they are cleared or it stops."""

    def __init__(self, ask: Ask, account: str) -> None:
        self._ask = ask
        self._account = account

    def add(
        self,
        effect: Effect,
        operation: OperationName | Literal["*"] = EVERYTHING,
        *,
        nth: int = 1,
        probability: float | None = None,
        seed: int = 0,
        times: int | None = 1,
        all_accounts: bool = False,
    ) -> int:
        """Register a fault and return its number.

        Args:
            effect: what happens.
            operation: the id of an operation of the service, such as `createInvoice`; `*` for all.
            nth: the first request to hit, counted from 1.
            probability: 0 to 1; the fault fires by chance, not by `nth`, and repeatably for the same `seed`.
            seed: seeds the chance.
            times: the most times that the fault fires; None for no limit.
            all_accounts: affect all accounts, including new ones.

        Raises:
            ControlRefused: 400, the service has no such operation (the error suggests the nearest); 422, an
                argument is invalid.
        """
        when: dict[str, JsonValue] = {"nth": nth}
        if probability is not None:
            when = {"probability": probability, "seed": seed}
        sent: Sent = {
            "account": EVERYTHING if all_accounts else self._account,
            "operation": operation,
            "when": when,
            "times": times,
            "effect": effect.as_json(),
        }
        return read(int, part(self._ask("POST", "/faults", sent), "id"))

    def registered(self, *, all_accounts: bool = False) -> list[FaultInfo]:
        """Return the faults that affect the account, or every fault, oldest first."""
        sent: Sent = {"account": EVERYTHING if all_accounts else self._account}
        return read(list[FaultInfo], part(self._ask("GET", "/faults", sent), "faults"))

    def remove(self, fault_id: int) -> None:
        """Remove one fault.

        Raises:
            ControlRefused: 404, no fault has this number.
        """
        self._ask("DELETE", "/faults/{id}", {"id": fault_id})

    def clear(self, *, all_accounts: bool = False) -> int:
        """Remove the account's faults (but not those for all accounts), or every fault. Return how many."""
        sent: Sent = {"account": EVERYTHING if all_accounts else self._account}
        return read(int, part(self._ask("DELETE", "/faults", sent), "cleared"))

    @contextmanager
    def injected(
        self,
        effect: Effect,
        operation: OperationName | Literal["*"] = EVERYTHING,
        *,
        nth: int = 1,
        probability: float | None = None,
        seed: int = 0,
        times: int | None = 1,
        expect: int | None = None,
    ) -> Generator[int, None, None]:
        """Register a fault for the length of a `with` block, and yield its number.

        Takes the arguments of `add`, and `expect`: how often the fault must have fired by the end of the
        block; None for at least once. A test whose fault never fired proves nothing.

        Raises:
            FaultNotFired: the fault did not fire that often; never raised over an exception of the block.
            ControlRefused: as `add`; also 404, if the block itself removed the fault.
        """
        fault_id = self.add(effect, operation, nth=nth, probability=probability, seed=seed, times=times)
        try:
            yield fault_id
            self._check(fault_id, effect, operation, expect)
        finally:
            with suppress(ControlRefused):
                self.remove(fault_id)

    def _check(self, fault_id: int, effect: Effect, operation: str, expect: int | None) -> None:
        found = next((each for each in self.registered() if each.id == fault_id), None)
        if found is None:
            raise ControlRefused(404, f"Fault {fault_id} no longer exists.")
        if found.fired != expect if expect is not None else not found.fired:
            wanted = "at least once" if expect is None else f"{expect} times"
            raise FaultNotFired(
                f"{effect} on {operation} should have fired {wanted}; it fired {found.fired} times "
                f"in {found.seen} requests"
            )
