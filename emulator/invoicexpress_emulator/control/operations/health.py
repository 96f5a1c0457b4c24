"""Health: whether the emulator runs, and with which version, profile and seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..._version import VERSION
from ...profiles import PROFILES
from ..json_schema import TEXT, WHOLE, one_of, record, said
from .operation import ControlOperation, JsonObject

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...http.wire_values import JsonValue


def _health(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return 200, {
        "status": "ok",
        "version": VERSION,
        "profile": emulation.profile.name,
        "seed": emulation.store.seed,
    }


_HEALTH: Final = record(
    "Health",
    {
        "status": one_of("ok"),
        "version": said(TEXT, "The emulator's version."),
        "profile": one_of(*sorted(PROFILES)),
        "seed": said(WHOLE, "Decides API keys, codes and links."),
    },
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/health",
        _health,
        summary="Returns the emulator's status, version, profile and seed.",
        answer=_HEALTH,
        takes_account=False,
    ),
)
