"""Is it there, and what is it?"""

from __future__ import annotations

from typing import Final

from ..emulation import Emulation
from ..version import VERSION
from ..wire_values import JsonValue
from .operation import ControlOperation, JsonObject


def _health(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return 200, {
        "status": "ok",
        "version": VERSION,
        "profile": emulation.profile.name,
        "seed": emulation.store.seed,
    }


OPERATIONS: Final = (ControlOperation("GET", "/health", _health),)
