"""The commands, and what each takes and does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ..control import Control
from .account import add_clock, add_reset, add_snapshot, run_clock, run_reset, run_snapshot
from .faults import add_fault, run_fault
from .mail import add_mail, run_mail
from .output import Output
from .requests import add_requests, run_requests


class _Command(NamedTuple):
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Control, argparse.Namespace, Output], None]


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a command to its parser."""
    COMMANDS[name].add(parser)


COMMANDS: Final[Mapping[str, _Command]] = {
    "reset": _Command(add_reset, run_reset),
    "clock": _Command(add_clock, run_clock),
    "fault": _Command(add_fault, run_fault),
    "requests": _Command(add_requests, run_requests),
    "snapshot": _Command(add_snapshot, run_snapshot),
    "mail": _Command(add_mail, run_mail),
}
