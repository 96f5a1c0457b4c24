"""The marker for a test's account, and its defaults in pytest's configuration."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

MARKER: Final = "invoicexpress"
_PROFILES: Final = ("observed", "documented")
_REACTIONS: Final = ("fail", "ignore")
_LONGEST_SLUG: Final = 40

# Name in pytest's configuration, its explanation, and its default; each is also a keyword of the marker.
_SETTINGS: Final = (
    ("profile", "wire format of the emulator: observed or documented", "observed"),
    ("seed", "number from which the emulator derives keys, codes and links", "0"),
    ("unfired_faults", "result of a test with faults that hit no request: fail or ignore", "fail"),
)


@dataclass(frozen=True)
class AccountSpec:
    """Specification of a test's account; the field names are the keywords of the marker."""

    profile: str = "observed"
    seed: int = 0
    trial: bool = False
    partner: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unfired_faults: str = "fail"

    @property
    def is_strict(self) -> bool:
        """Whether a fault that hit no request fails the test."""
        return self.unfired_faults == "fail"


def register(parser: pytest.Parser) -> None:
    """Register the configuration lines with pytest."""
    for name, explanation, default in _SETTINGS:
        parser.addini(f"{MARKER}_{name}", explanation, type="string", default=default)


def spec_of(node: pytest.Item) -> AccountSpec:
    """Return the specification of a test's account; a marker closer to the test overrides others.

    Raises:
        pytest.UsageError: The marker or the configuration has an unknown keyword or an invalid value.
    """
    found: dict[str, Any] = {name: node.config.getini(f"{MARKER}_{name}") for name, _, _ in _SETTINGS}
    for marker in reversed(list(node.iter_markers(MARKER))):
        if marker.args:
            raise pytest.UsageError(f"{MARKER}: the marker takes keywords only, got {marker.args!r}.")
        settings = {**found.get("settings", {}), **marker.kwargs.get("settings", {})}
        found |= {**marker.kwargs, "settings": settings}
    found["seed"] = _number(found["seed"])
    unknown = sorted(found.keys() - AccountSpec.__dataclass_fields__.keys())
    if unknown:
        raise pytest.UsageError(
            f"{MARKER}: unknown keyword {', '.join(unknown)}; known are "
            f"{', '.join(AccountSpec.__dataclass_fields__)}."
        )
    for name, choices in (("profile", _PROFILES), ("unfired_faults", _REACTIONS)):
        if found[name] not in choices:
            raise pytest.UsageError(f"{MARKER}: {name} must be {' or '.join(choices)}, got {found[name]!r}.")
    return AccountSpec(**found)


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise pytest.UsageError(f"{MARKER}: seed must be a number, got {value!r}.") from None


def account_name(node_id: str, earlier: int) -> str:
    """Return the name of a test's account: valid as a host name, the same in every run, and readable.

    `earlier` counts the accounts that the test had before, in case it is repeated.
    """
    words = re.sub(r"[^a-z0-9]+", "-", node_id.rpartition("::")[2].lower())[:_LONGEST_SLUG].strip("-")
    mark = hashlib.sha256(f"{node_id} {earlier}".encode()).hexdigest()[:12]
    return f"{words}-{mark}".removeprefix("-")
