"""The paths of the API, found by their segments instead of tried one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .gateway import Gateway


class Found(NamedTuple):
    """The operations of a path, and the texts in place of its parameters."""

    gateway: Gateway
    parameters: dict[str, str]


class _Segment(NamedTuple):
    """A segment of a path with a parameter, and the text around it: `{document_id}.json`."""

    place: int
    before: str
    name: str
    after: str

    def read(self, text: str) -> str | None:
        """Return the text in place of the parameter, of one character at least; None if it does not fit."""
        if not (text.startswith(self.before) and text.endswith(self.after)):
            return None
        return text[len(self.before) : len(text) - len(self.after)] or None


class _Path(NamedTuple):
    fixed: Sequence[tuple[int, str]]
    """Segments without a parameter, by place."""
    varying: Sequence[_Segment]
    gateway: Gateway

    def read(self, segments: Sequence[str]) -> dict[str, str] | None:
        """Return the parameters in the segments of a request's path, None if it is another path."""
        for place, text in self.fixed:
            if segments[place] != text:
                return None
        parameters: dict[str, str] = {}
        for segment in self.varying:
            value = segment.read(segments[segment.place])
            if value is None:
                return None
            parameters[segment.name] = value
        return parameters


class Table:
    """Gateways by path. The first segment of a path has no parameter, and any other at most one."""

    def __init__(self, gateways: Iterable[tuple[str, Gateway]]) -> None:
        self._paths: dict[tuple[str, int], list[_Path]] = {}
        for path, gateway in gateways:
            segments = _segments(path)
            key = segments[0], len(segments)
            self._paths.setdefault(key, []).append(_path(segments, gateway))

    def find(self, path: str) -> Found | None:
        """Return the gateway of a path, the first of several; None if no operation has it."""
        segments = _segments(path)
        for candidate in self._paths.get((segments[0], len(segments)), ()):
            parameters = candidate.read(segments)
            if parameters is not None:
                return Found(candidate.gateway, parameters)
        return None


def _segments(path: str) -> list[str]:
    return path[1:].split("/")


def _path(segments: Sequence[str], gateway: Gateway) -> _Path:
    fixed: list[tuple[int, str]] = []
    varying: list[_Segment] = []
    for place, text in enumerate(segments):
        before, brace, rest = text.partition("{")
        if brace:
            name, _, after = rest.partition("}")
            varying.append(_Segment(place, before, name, after))
        elif place:  # the table is searched by the first
            fixed.append((place, text))
    return _Path(fixed, varying, gateway)
