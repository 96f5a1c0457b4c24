"""What a rule answers: status, body and media type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .wire_values import JsonValue

JSON_TYPE: Final = "application/json; charset=utf-8"

_encode: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and media type of a response."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def json_answer(value: JsonValue, status: int = 200) -> Answer:
    """Answer with JSON; accents travel as escapes (observed: transport)."""
    return Answer(status, _encode(value).encode())


EMPTY: Final = Answer()
