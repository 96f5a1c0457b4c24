"""Facts as data, that is requests with their expected answers, and the code that plays them.

A value from an earlier answer is `{name}` in paths and headers, and `Kept("name")` in bodies. An answer's
objects must have at least the expected keys, its lists exactly the expected entries.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

import httpx
import pytest

Json = Any


@dataclass(frozen=True)
class Kept:
    """A value kept from an earlier answer."""

    name: str


def is_list(value: Json) -> TypeGuard[list[Json]]:
    return isinstance(value, list)


def is_object(value: Json) -> TypeGuard[dict[str, Json]]:
    return isinstance(value, dict)


class Matcher(ABC):
    """An expectation other than a plain value."""

    @abstractmethod
    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        """Describe how a value misses the expectation, or return None."""


@dataclass(frozen=True)
class Is(Matcher):
    """Matches any value of a JSON type: `text`, `integer` or `number`."""

    kind: str

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        python = {"text": str, "integer": int, "number": int | float}[self.kind]
        # A boolean is an integer in Python, but not in JSON.
        fits = isinstance(found, python) and not isinstance(found, bool)
        return None if fits else f"{where}: {found!r} is no {self.kind}"


@dataclass(frozen=True)
class Like(Matcher):
    """Matches a text that contains a pattern."""

    pattern: str

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        fits = isinstance(found, str) and re.search(self.pattern, found)
        return None if fits else f"{where}: {found!r} is not like {self.pattern!r}"


@dataclass(frozen=True)
class Exactly(Matcher):
    """Matches an object with exactly these keys, in this order."""

    value: Mapping[str, Json]

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        if not is_object(found) or list(found) != list(self.value):
            return f"{where}: not just the keys {list(self.value)!r}, in this order: {found!r}"
        return mismatch(dict(self.value), found, where, kept)


@dataclass(frozen=True)
class Some(Matcher):
    """Matches a list with such an entry."""

    entry: Json

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        entries = found if is_list(found) else []
        fits = any(mismatch(self.entry, each, where, kept) is None for each in entries)
        return None if fits else f"{where}: no {self.entry!r} in {found!r}"


@dataclass(frozen=True)
class No(Matcher):
    """Matches a list without such an entry."""

    entry: Json

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        fits = is_list(found) and all(mismatch(self.entry, each, where, kept) for each in found)
        return None if fits else f"{where}: {self.entry!r} in {found!r}"


@dataclass(frozen=True)
class Count(Matcher):
    """Matches a list of this length."""

    entries: int

    def wrong(self, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
        fits = is_list(found) and len(found) == self.entries
        return None if fits else f"{where}: not {self.entries} entries: {found!r}"


ANY = object()
ABSENT = object()
"""In an expected object: the key is not there."""

NO_ANSWER = 0
TEXT, INTEGER, NUMBER = Is("text"), Is("integer"), Is("number")


@dataclass(frozen=True)
class Step:
    """One request and its expected answer."""

    ask: str
    """Method and path, with the query."""
    send: Json = None
    status: int = 200
    """`NO_ANSWER` where the connection breaks."""
    answer: Json = ANY
    keep: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name -> where in the answer, as `invoice.items.0.id`."""
    body: str | None = None
    """The whole body, letter by letter."""
    has: str | None = None
    """Letters that are in the body."""
    headers: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """Headers of the answer."""
    with_headers: Mapping[str, str] = field(default_factory=dict[str, str])
    with_key: bool = True


def mismatch(expected: Json, found: Json, where: str, kept: Mapping[str, Json]) -> str | None:
    """Describe where an answer differs from the expectation, or return None."""
    if isinstance(expected, Kept):
        expected = kept[expected.name]
    if expected is ANY:
        return None
    if isinstance(expected, Matcher):
        return expected.wrong(found, where, kept)
    if is_object(expected):
        return _object_mismatch(expected, found, where, kept)
    if is_list(expected):
        if not is_list(found) or len(found) != len(expected):
            return f"{where}: {found!r} is not {expected!r}"
        parts = (
            mismatch(e, f, f"{where}.{i}", kept) for i, (e, f) in enumerate(zip(expected, found, strict=True))
        )
        return next((wrong for wrong in parts if wrong), None)
    # True, 1 and 1.0 are equal in Python; on the wire, a flag is not a number.
    same_kind = isinstance(expected, bool) == isinstance(found, bool)
    return None if same_kind and expected == found else f"{where}: {found!r} is not {expected!r}"


def _object_mismatch(
    expected: Mapping[str, Json], found: Json, where: str, kept: Mapping[str, Json]
) -> str | None:
    if not is_object(found):
        return f"{where}: {found!r} is no object"
    for key, value in expected.items():
        if (value is ABSENT) == (key in found):
            return f"{where}: {key!r} is {'there' if value is ABSENT else 'missing'}"
        if value is not ABSENT and (wrong := mismatch(value, found[key], f"{where}.{key}", kept)):
            return wrong
    return None


def _filled(value: Json, kept: Mapping[str, Json]) -> Json:
    if isinstance(value, Kept):
        return kept[value.name]
    if is_object(value):
        return {key: _filled(each, kept) for key, each in value.items()}
    if is_list(value):
        return [_filled(each, kept) for each in value]
    return value


def _at(found: Json, path: str) -> Json:
    for part in path.split("."):
        found = found[int(part) if is_list(found) else part]
    return found


def play(http: httpx.Client, api: Any, steps: tuple[Step, ...]) -> None:
    """Play the steps against an account; fail at the first unexpected answer."""
    kept: dict[str, Json] = {"account": api.name}
    for number, step in enumerate(steps, 1):
        if step.status == NO_ANSWER:
            with pytest.raises(httpx.TransportError):
                _asked(http, api, step, kept)
            continue
        answer = _asked(http, api, step, kept)
        said = f"step {number}, {step.ask}: {answer.status_code} {answer.text}"
        assert answer.status_code == step.status, said
        assert step.body is None or answer.text == step.body, said
        assert step.has is None or step.has in answer.text, said
        headers: dict[str, Json] = {**answer.headers}
        wrong = mismatch(dict(step.headers), headers, "headers", kept)
        assert wrong is None, f"{said}\n{wrong}"
        if step.answer is not ANY or step.keep:
            found = answer.json()
            wrong = mismatch(step.answer, found, "answer", kept)
            assert wrong is None, f"{said}\n{wrong}"
            kept |= {name: _at(found, where) for name, where in step.keep.items()}


def _asked(http: httpx.Client, api: Any, step: Step, kept: Mapping[str, Json]) -> httpx.Response:
    method, path = step.ask.format(**kept).split(" ", 1)
    if step.with_key:
        path += ("&" if "?" in path else "?") + f"api_key={api.key}"
    body = _filled(step.send, kept)
    if path.startswith("/_emulator/") and body is not None:
        body = {"account": api.name, **body}
    headers = {name: value.format(key=api.key, **kept) for name, value in step.with_headers.items()}
    # None means no body: no row sends a JSON null.
    return http.request(method, f"{api.http.base_url}{path}", json=body, headers=headers)
