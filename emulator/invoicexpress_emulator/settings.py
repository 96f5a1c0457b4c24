"""What the control plane can set per account, as one table: how a setting is read, shown and described."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple, get_args

from .wire_values import JsonValue

FiscalIdCheck = Literal["refuse", "final_consumer", "accept"]
AtRegistration = Literal["automatic", "manual", "no_credentials"]

_LONGEST_LAG: Final = 86_400
_MOST_POLLS: Final = 1_000_000


class BadSetting(ValueError):
    """There is no such setting, or it cannot have this value; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """When something that is made in the background is ready: at the n-th poll, or `seconds` of the
    account's time after the first.

    `polls=1` is at once; the default, the second poll, makes every caller meet one 202.
    """

    polls: int = 2
    seconds: float | None = None

    def is_reached(self, polls: int, waited: timedelta) -> bool:
        """Whether it is ready at this poll, so long after the first one."""
        if self.seconds is not None:
            return waited.total_seconds() >= self.seconds
        return polls >= self.polls


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one account."""

    pdf: Readiness = field(default_factory=Readiness)
    qr_code: Readiness = field(default_factory=Readiness)
    saft: Readiness = field(default_factory=Readiness)
    at_doc_code: Readiness = field(default_factory=Readiness)
    """When the tax authority's code is on an issued guide, where each GET of the guide is a poll."""
    fiscal_id: FiscalIdCheck = "refuse"
    """What happens to a Portuguese tax number whose check digit is wrong: sources disagree between a
    refusal and a silent "Consumidor Final".
    """
    at_registration: AtRegistration = "automatic"
    """What creating a series does: `automatic` registers it at the (simulated) tax authority, as
    documented; `manual` leaves that to the register endpoint; `no_credentials` refuses both, as an
    account without credentials is refused.
    """
    list_lag: float = 0.0
    """Seconds for which a row that was written is missing from lists (see `list_lag`)."""


class Kind(NamedTuple):
    """A kind of value: read from JSON, shown as JSON, described as JSON Schema."""

    read: Callable[[str, JsonValue], object]
    """Takes the setting's name and what was sent; raises BadSetting."""
    show: Callable[[Any], JsonValue]
    schema: Mapping[str, JsonValue]


def seconds_from(value: JsonValue, name: str) -> float:
    """Return a finite number of seconds.

    Raises:
        BadSetting: it is none.
    """
    if not isinstance(value, bool) and value is not None and not isinstance(value, str | list | dict):
        try:
            seconds = float(value)
        except OverflowError:
            seconds = math.inf
        if math.isfinite(seconds):
            return seconds
    raise BadSetting(f'"{name}" must be a number of seconds.')


def _read_readiness(name: str, sent: JsonValue) -> Readiness:
    if sent == "immediate":
        return Readiness(polls=1)
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        return Readiness(seconds=max(0.0, seconds_from(sent["seconds"], "seconds")))
    if isinstance(sent, dict) and sent.keys() == {"polls"}:
        polls = sent["polls"]
        if isinstance(polls, int) and not isinstance(polls, bool) and 1 <= polls <= _MOST_POLLS:
            return Readiness(polls=polls)
    raise BadSetting(f'"{name}" is a readiness: "immediate", {{"polls": n}} or {{"seconds": s}}.')


def _show_readiness(value: Readiness) -> JsonValue:
    if value.seconds is not None:
        return {"seconds": value.seconds}
    return "immediate" if value.polls <= 1 else {"polls": value.polls}


def _seconds_schema(**limits: JsonValue) -> dict[str, JsonValue]:
    return {
        "type": "object",
        "properties": {"seconds": {"type": "number", **limits}},
        "required": ["seconds"],
        "additionalProperties": False,
    }


_READINESS: Final = Kind(
    _read_readiness,
    _show_readiness,
    {
        "title": "Readiness",
        "oneOf": [
            {"const": "immediate"},
            {
                "type": "object",
                "properties": {"polls": {"type": "integer", "minimum": 1, "maximum": _MOST_POLLS}},
                "required": ["polls"],
                "additionalProperties": False,
            },
            _seconds_schema(),
        ],
    },
)


def _one_of(choices: Sequence[str]) -> Kind:
    def read(name: str, sent: JsonValue) -> str:
        if isinstance(sent, str) and sent in choices:
            return sent
        raise BadSetting(f'"{name}" must be one of: {", ".join(choices)}.')

    return Kind(read, str, {"enum": list(choices)})


def _read_lag(name: str, sent: JsonValue) -> float:
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        seconds = seconds_from(sent["seconds"], "seconds")
        if 0 <= seconds <= _LONGEST_LAG:
            return seconds
    raise BadSetting(f'"{name}" is {{"seconds": s}}, from 0 to {_LONGEST_LAG}.')


def _show_lag(seconds: float) -> JsonValue:
    return {"seconds": seconds}


KINDS: Final[Mapping[str, Kind]] = {
    "pdf": _READINESS,
    "qr_code": _READINESS,
    "saft": _READINESS,
    "at_doc_code": _READINESS,
    "fiscal_id": _one_of(get_args(FiscalIdCheck)),
    "at_registration": _one_of(get_args(AtRegistration)),
    "list_lag": Kind(_read_lag, _show_lag, _seconds_schema(minimum=0, maximum=_LONGEST_LAG)),
}
"""By name, every field of `Settings`."""


def changed(settings: Settings, sent: Mapping[str, JsonValue]) -> Settings:
    """Return the settings with what a request changes.

    Raises:
        BadSetting: an unknown setting, or a value that it cannot have.
    """
    unknown = sorted(sent.keys() - KINDS.keys())
    if unknown:
        raise BadSetting(f"There is no setting {', '.join(unknown)}.")
    values: dict[str, Any] = {name: KINDS[name].read(name, value) for name, value in sent.items()}
    return replace(settings, **values)


def as_json(settings: Settings) -> dict[str, JsonValue]:
    """Return settings as the control plane shows and takes them, and as they are stored."""
    return {name: kind.show(getattr(settings, name)) for name, kind in KINDS.items()}
