"""The answer of a rule: status, body and media type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from .wire_values import JsonValue

JSON_TYPE: Final = "application/json; charset=utf-8"

EMULATOR_HEADER: Final = "X-InvoiceXpress-Emulator"
"""On every answer: no client may ever take the emulator for the service."""

_encode: Final = json.JSONEncoder(
    ensure_ascii=True,
    separators=(",", ":"),
    allow_nan=False,
    check_circular=False,  # an answer is made as a tree
).encode


class Answer(NamedTuple):
    """Status, body and media type of a response."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = MappingProxyType({})


class Unfinished(Exception):
    """A file was begun and cannot be finished; the message is a sentence."""


class FileAnswer(NamedTuple):
    """A file that is made piece by piece, while it is sent; some pieces are empty.

    Between any two pieces there is time for other work. The pieces of one that cannot be finished
    stop with Unfinished, and the part that was sent must not look whole.
    """

    pieces: Iterator[bytes]
    media_type: str
    headers: Mapping[str, str] = MappingProxyType({})


def json_answer(value: JsonValue, status: int = 200) -> Answer:
    """Answer with JSON; accents travel as escapes (recorded 2019)."""
    return Answer(status, _encode(value).encode())


EMPTY: Final = Answer()
