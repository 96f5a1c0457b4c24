"""What a test says about the account it wants: the marker, and the defaults in pytest's configuration."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

MARKER: Final = "invoicexpress"
_PROFILES: Final = ("observed", "documented")
_FATES: Final = ("fail", "ignore")
_LONGEST_SLUG: Final = 40

# Name in pytest's configuration, its explanation, and its default; each is also a keyword of the marker.
_SETTINGS: Final = (
    ("profile", "which wire the emulator speaks: observed or documented", "observed"),
    ("seed", "a number that decides the emulator's API keys, codes and links", "0"),
    ("unfired_faults", "what becomes of a test whose faults were not met: fail or ignore", "fail"),
)


@dataclass(frozen=True)
class Wishes:
    """The account that a test wants; the field names are the keywords of the marker."""

    profile: str = "observed"
    seed: int = 0
    trial: bool = False
    partner: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unfired_faults: str = "fail"

    @property
    def is_strict(self) -> bool:
        """Whether a fault that nothing has met fails the test."""
        return self.unfired_faults == "fail"


def register(parser: pytest.Parser) -> None:
    """Tell pytest which lines its configuration may have."""
    for name, explanation, default in _SETTINGS:
        parser.addini(f"{MARKER}_{name}", explanation, type="string", default=default)


def wishes_of(node: pytest.Item) -> Wishes:
    """Return what a test wants; a marker nearer to it counts more.

    Raises:
        pytest.UsageError: The marker or the configuration says something that cannot be.
    """
    said: dict[str, Any] = {name: node.config.getini(f"{MARKER}_{name}") for name, _, _ in _SETTINGS}
    for marker in reversed(list(node.iter_markers(MARKER))):
        if marker.args:
            raise pytest.UsageError(f"{MARKER}: the marker takes keywords only, not {marker.args!r}.")
        settings = {**said.get("settings", {}), **marker.kwargs.get("settings", {})}
        said |= {**marker.kwargs, "settings": settings}
    said["seed"] = _number(said["seed"])
    unknown = sorted(said.keys() - Wishes.__dataclass_fields__.keys())
    if unknown:
        raise pytest.UsageError(
            f"{MARKER}: there is no {', '.join(unknown)}; there are {', '.join(Wishes.__dataclass_fields__)}."
        )
    for name, choices in (("profile", _PROFILES), ("unfired_faults", _FATES)):
        if said[name] not in choices:
            raise pytest.UsageError(f"{MARKER}: {name} is {' or '.join(choices)}, not {said[name]!r}.")
    return Wishes(**said)


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise pytest.UsageError(f"{MARKER}: seed is a number, not {value!r}.") from None


def account_name(node_id: str, earlier: int) -> str:
    """Return the name of a test's account, as a host name may be: the same in every run, and readable.

    `earlier` is how often the test has been given one before, as tests that are repeated are.
    """
    words = re.sub(r"[^a-z0-9]+", "-", node_id.rpartition("::")[2].lower())[:_LONGEST_SLUG].strip("-")
    mark = hashlib.sha256(f"{node_id} {earlier}".encode()).hexdigest()[:12]
    return f"{words}-{mark}".removeprefix("-")
