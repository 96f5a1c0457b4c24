"""The paths of the API, found by their first segment instead of tried one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from starlette.routing import compile_path

if TYPE_CHECKING:
    from .gateway import Gateway


class Found(NamedTuple):
    """The operations of a path, and the texts in place of its parameters."""

    gateway: Gateway
    parameters: dict[str, str]


class Table:
    """Gateways by path. The first segment of a path is never a parameter."""

    def __init__(self, gateways: Iterable[tuple[str, Gateway]]) -> None:
        self._of_segment: dict[str, list[tuple[re.Pattern[str], Gateway]]] = {}
        for path, gateway in gateways:
            pattern, _, _ = compile_path(path)
            self._of_segment.setdefault(_first_segment(path), []).append((pattern, gateway))

    def find(self, path: str) -> Found | None:
        """Return the gateway of a path, the first of several; None if no operation has it."""
        for pattern, gateway in self._of_segment.get(_first_segment(path), ()):
            if match := pattern.fullmatch(path):
                return Found(gateway, match.groupdict())
        return None


def _first_segment(path: str) -> str:
    return path[1:].partition("/")[0]
