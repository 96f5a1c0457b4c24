"""What a fault does to a request, and the faults of an account."""

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

EVERYTHING: Final = "*"
"""Every operation, and every account."""


@dataclass(frozen=True, slots=True)
class Respond:
    """Answers otherwise, and does not carry the request out unless `applied`.

    A `body` that is text is sent as it is, anything else as JSON.
    """

    status: int
    body: JsonValue = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    applied: bool = False

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        headers: dict[str, JsonValue] = {**self.headers}
        return {"status": self.status, "body": self.body, "headers": headers, "applied": self.applied}


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """Puts a page in place of JSON, as a proxy does; `status` is the one that the answer had, if None."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    applied: bool = True

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        headers: dict[str, JsonValue] = {**self.headers}
        status: dict[str, JsonValue] = {} if self.status is None else {"status": self.status}
        return {"html": True, "headers": headers, "applied": self.applied, **status}


@dataclass(frozen=True, slots=True)
class Delay:
    """Lets a request wait, then carries it out, whether its caller is still there or not."""

    by: timedelta

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        return {"delay": self.by.total_seconds()}


@dataclass(frozen=True, slots=True)
class Reset:
    """Resets the connection, before the request is carried out or after."""

    when: Literal["before", "after"]

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        return {"reset": self.when}


@dataclass(frozen=True, slots=True)
class CommitLate:
    """Resets the connection at once, and carries the request out later."""

    after: timedelta = timedelta(seconds=2)

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        return {"commit": "late", "seconds": self.after.total_seconds()}


@dataclass(frozen=True, slots=True)
class Truncate:
    """Carries the request out, and closes the connection after so many bytes of the answer's body."""

    at: int

    def as_json(self) -> dict[str, JsonValue]:
        """Return what is sent."""
        return {"truncate": self.at}


Effect = Respond | HtmlPage | Delay | Reset | CommitLate | Truncate


class FaultNotFired(AssertionError):
    """A fault that a test counted on hit no request, or not as many as it should have."""


class Faults:
    """The faults of an account. They live in memory, until they are cleared or the emulator stops."""

    def __init__(self, ask: Ask, account: str) -> None:
        self._ask = ask
        self._account = account

    def add(
        self,
        effect: Effect,
        operation: str = EVERYTHING,
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
            nth: the first request that is hit, counted from 1.
            probability: from 0 to 1; the fault is due by chance instead, the same for the same `seed`.
            seed: decides chance.
            times: how often it fires at most; None for no limit.
            all_accounts: whether it is for all accounts, those still to come included.

        Raises:
            ControlRefused: 400, there is no such operation; 422, it makes no sense.
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
        """Return the faults that concern the account, or every fault, oldest first."""
        sent: Sent = {"account": EVERYTHING if all_accounts else self._account}
        return read(list[FaultInfo], part(self._ask("GET", "/faults", sent), "faults"))

    def remove(self, fault_id: int) -> None:
        """Forget one fault.

        Raises:
            ControlRefused: 404, there is none of this number.
        """
        self._ask("DELETE", "/faults/{id}", {"id": fault_id})

    def clear(self, *, all_accounts: bool = False) -> int:
        """Forget the account's faults (not those for all accounts), or every fault; return how many."""
        sent: Sent = {"account": EVERYTHING if all_accounts else self._account}
        return read(int, part(self._ask("DELETE", "/faults", sent), "cleared"))

    @contextmanager
    def injected(
        self,
        effect: Effect,
        operation: str = EVERYTHING,
        *,
        nth: int = 1,
        probability: float | None = None,
        seed: int = 0,
        times: int | None = 1,
        expect: int | None = None,
    ) -> Generator[int, None, None]:
        """Have a fault for as long as a block runs, which gets its number.

        The arguments are those of `add`, and `expect`: how often the fault must have fired when the block
        ends; at least once if None. A test whose fault hit nothing proves nothing.

        Raises:
            FaultNotFired: it did not; never in place of an exception of the block's own.
            ControlRefused: as `add`; 404 too, if the block itself forgot the fault.
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
            raise ControlRefused(404, f"There is no fault {fault_id} any more.")
        if found.fired != expect if expect is not None else not found.fired:
            wanted = "at least once" if expect is None else f"{expect} times"
            raise FaultNotFired(
                f"{effect} on {operation} should have fired {wanted}; it fired {found.fired} times "
                f"in {found.seen} requests"
            )
