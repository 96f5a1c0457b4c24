"""Faults on demand: which requests they hit, how often, and what then happens to the answer.

A fault is data: an operation, a rule for when it is due, and an effect. `delivery` has the work of an
effect on a connection.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple, NoReturn

from ..http.answer import JSON_TYPE
from ..http.wire_values import JsonValue

FAULT_HEADER: Final = "X-Emulator-Fault"
EVERY_OPERATION: Final = "*"
EVERY_ACCOUNT: Final = "*"

HTML_TYPE: Final = "text/html; charset=utf-8"
LONGEST_WAIT: Final = 3600.0
LARGEST_COUNT: Final = 1_000_000_000

_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE: Final = re.compile(r"[\x20-\x7e]*")
_FRAMING: Final = frozenset({"content-length", "transfer-encoding", "connection"})
"""Headers that say where an answer ends; the server sets them."""

JsonObject = Mapping[str, JsonValue]


class BadFault(ValueError):
    """The description of a fault is invalid; the message is a sentence."""


class Replaced(NamedTuple):
    """The request is answered otherwise: `status` None keeps the one it had.

    With `applied` it is carried out first; without, it is not.
    """

    status: int | None
    headers: Mapping[str, str]
    media_type: str
    body: bytes
    applied: bool


class Delayed(NamedTuple):
    """The request waits `seconds`, then is carried out and answered, whether its caller is still there or
    not.
    """

    seconds: float


class Reset(NamedTuple):
    """The connection is reset: before the request is carried out, or after."""

    applied: bool


class Late(NamedTuple):
    """The connection is reset at once, and the request carried out `seconds` later."""

    seconds: float


class Truncated(NamedTuple):
    """The request is carried out, and the connection closed after so many bytes of the answer's body.

    An answer whose body is not longer goes out whole.
    """

    at: int


Effect = Replaced | Delayed | Reset | Late | Truncated


# Reading effects ------------------------------------------------------------------------------------


def _refuse(sentence: str) -> NoReturn:
    raise BadFault(sentence)


def _number(sent: JsonValue, name: str, largest: float) -> float:
    if isinstance(sent, bool) or sent is None or isinstance(sent, str | list | dict):
        _refuse(f'"{name}" must be a number.')
    value = float(sent)
    if not (math.isfinite(value) and 0 <= value <= largest):
        _refuse(f'"{name}" must be a number from 0 to {largest:g}.')
    return value


def _count(sent: JsonValue, name: str, smallest: int) -> int:
    if not isinstance(sent, int) or isinstance(sent, bool) or not smallest <= sent <= LARGEST_COUNT:
        _refuse(f'"{name}" must be a whole number from {smallest} on.')
    return sent


def _flag(sent: JsonObject, name: str, default: bool) -> bool:
    value = sent.get(name, default)
    if not isinstance(value, bool):
        _refuse(f'"{name}" must be true or false.')
    return value


def _status(sent: JsonValue) -> int:
    status = _count(sent, "status", 200)
    if status > 599:
        _refuse('"status" must be from 200 to 599.')
    return status


def _headers(sent: JsonValue) -> dict[str, str]:
    if not isinstance(sent, dict):
        _refuse('"headers" must be an object of texts.')
    headers: dict[str, str] = {}
    for name, value in sent.items():
        if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
            _refuse(f'The header "{name}" must be a text of printable ASCII.')
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _FRAMING:
            _refuse(f'The header "{name}" cannot be set on an answer.')
        headers[name.lower()] = value
    return headers


def _replaced(sent: JsonObject) -> Replaced:
    html = _flag(sent, "html", default=False)
    if "html" in sent and not html:
        _refuse('"html" can only be true.')
    if html and "body" in sent:
        _refuse('"html" makes its own body.')
    status = _status(sent["status"]) if "status" in sent else None
    headers = _headers(sent.get("headers", {}))
    body = sent.get("body", "")
    if html:
        content, media_type = html_page(status or 200), HTML_TYPE
    elif isinstance(body, str):
        content, media_type = body.encode(), JSON_TYPE
    else:
        content, media_type = json.dumps(body, default=float).encode(), JSON_TYPE
    if status in {204, 304}:
        content = b""
    media_type = headers.pop("content-type", media_type)
    return Replaced(status, headers, media_type, content, _flag(sent, "applied", default=html))


def html_page(status: int) -> bytes:
    """Return the page that a proxy or a maintenance window puts in place of JSON."""
    return (
        f"<!DOCTYPE html>\n<html><head><title>{status}</title></head>"
        f"<body><h1>InvoiceXpress</h1><p>{status}</p></body></html>\n"
    ).encode()


def _delayed(sent: JsonObject) -> Delayed:
    return Delayed(_number(sent["delay"], "delay", LONGEST_WAIT))


def _reset(sent: JsonObject) -> Reset:
    if sent["reset"] not in ("before", "after"):
        _refuse('"reset" must be "before" or "after".')
    return Reset(applied=sent["reset"] == "after")


def _late(sent: JsonObject) -> Late:
    if sent["commit"] != "late":
        _refuse('"commit" can only be "late".')
    return Late(_number(sent.get("seconds", 2), "seconds", LONGEST_WAIT))


def _truncated(sent: JsonObject) -> Truncated:
    return Truncated(_count(sent["truncate"], "truncate", 0))


_EFFECTS: Final[tuple[tuple[str, frozenset[str], Callable[[JsonObject], Effect]], ...]] = (
    ("html", frozenset({"status", "headers", "applied"}), _replaced),
    ("status", frozenset({"headers", "body", "applied"}), _replaced),
    ("delay", frozenset(), _delayed),
    ("reset", frozenset(), _reset),
    ("commit", frozenset({"seconds"}), _late),
    ("truncate", frozenset(), _truncated),
)
"""The key that names an effect, the keys that may stand beside it, and the function that reads them."""

EFFECT_KEYS: Final = tuple(key for key, _, _ in _EFFECTS)


def effect_from(sent: JsonValue) -> Effect:
    """Return the effect that JSON describes.

    Raises:
        BadFault: the JSON describes no effect.
    """
    if isinstance(sent, dict):
        for key, beside, read in _EFFECTS:
            if key in sent:
                if unknown := sent.keys() - beside - {key}:
                    _refuse(f'An effect of "{key}" cannot have {", ".join(sorted(unknown))}.')
                return read(sent)
    _refuse(f'"effect" must be an object with one of: {", ".join(EFFECT_KEYS)}.')


# Registered faults ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Fault:
    """A registered fault, with how many requests it saw and how many it hit."""

    id: int
    account: str
    operation: str
    when: JsonObject
    times: int | None
    described: JsonValue
    effect: Effect
    is_due: Callable[[int], bool]
    """Whether the fault is due at the n-th request seen, counted from 1."""
    seen: int = 0
    fired: int = 0

    def hits(self) -> bool:
        """Count a request, and return whether it is hit."""
        self.seen += 1
        due = self.is_due(self.seen)
        if not due or (self.times is not None and self.fired >= self.times):
            return False
        self.fired += 1
        return True

    def shown(self) -> dict[str, JsonValue]:
        """Return the fault as it was sent, with its counts."""
        return {
            "id": self.id,
            "account": self.account,
            "operation": self.operation,
            "when": dict(self.when),
            "times": self.times,
            "effect": self.described,
            "seen": self.seen,
            "fired": self.fired,
        }


def _rule(when: JsonValue) -> Callable[[int], bool]:
    """Read when a fault is due: from the n-th request on, or by chance, repeatably for the same seed."""
    if isinstance(when, dict) and when.keys() == {"nth"}:
        first = _count(when["nth"], "nth", 1)
        return lambda seen: seen >= first
    if isinstance(when, dict) and {"probability"} <= when.keys() <= {"probability", "seed"}:
        probability = _number(when["probability"], "probability", 1)
        chance = Random(_count(when.get("seed", 0), "seed", 0))  # noqa: S311 - it must repeat
        return lambda seen: chance.random() < probability
    _refuse('"when" must be {"nth": n} or {"probability": p, "seed": n}.')


@dataclass(slots=True)
class Faults:
    """The registered faults, in memory, in the order in which they were sent."""

    _faults: dict[int, Fault] = field(default_factory=dict[int, Fault])
    _last_id: int = 0

    def add(self, account: str, sent: JsonObject) -> Fault:
        """Register a fault for an account's name, or for all of them; `operation` has been checked.

        Raises:
            BadFault: the description is invalid.
        """
        unknown = sent.keys() - {"account", "operation", "when", "times", "effect"}
        if unknown:
            _refuse(f"A fault has no {', '.join(sorted(unknown))}.")
        when = sent.get("when", {"nth": 1})
        rule = _rule(when)
        times = sent.get("times", 1)
        fault = Fault(
            id=self._last_id + 1,
            account=account,
            operation=str(sent["operation"]),
            when=when if isinstance(when, dict) else {},
            times=None if times is None else _count(times, "times", 1),
            described=sent.get("effect"),
            effect=effect_from(sent.get("effect")),
            is_due=rule,
        )
        self._last_id = fault.id
        self._faults[fault.id] = fault
        return fault

    def effect_on(self, account: str, names: frozenset[str]) -> Effect | None:
        """Count a request of an account to an operation, by all its names; return the effect on it, or None.

        If several are due, the one registered first hits.
        """
        for fault in self._faults.values():
            concerned = fault.account in {EVERY_ACCOUNT, account} and (
                fault.operation == EVERY_OPERATION or fault.operation in names
            )
            if concerned and fault.hits():
                return fault.effect
        return None

    def of_account(self, account: str | None) -> Sequence[Fault]:
        """Return the faults of an account, those for all accounts included, or every fault."""
        return [
            each
            for each in self._faults.values()
            if account is None or each.account in {EVERY_ACCOUNT, account}
        ]

    def clear(self, account: str | None) -> int:
        """Forget the faults of an account (not those for all accounts), or every fault; return how many."""
        doomed = [each.id for each in self._faults.values() if account in {None, each.account}]
        for fault_id in doomed:
            del self._faults[fault_id]
        return len(doomed)

    def remove(self, fault_id: int) -> bool:
        """Forget one fault; return whether there was one."""
        return self._faults.pop(fault_id, None) is not None
