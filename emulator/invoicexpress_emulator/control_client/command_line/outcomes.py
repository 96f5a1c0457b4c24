"""How a command ends: its exit status, and a sentence with the next step."""

from __future__ import annotations

import difflib
from typing import Final

from ..connection import ControlRefused
from ..control import Control

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
TRY_AGAIN: Final = 75
"""EX_TEMPFAIL of sysexits.h: nothing answers now."""
INTERRUPTED: Final = 130


class Failed(Exception):
    """The command ends; the message is a sentence with the next step."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


def misspelt(control: Control, name: str, error: ControlRefused) -> Exception:
    """Return the error for a refused operation: if its name is none, with the name that was meant."""
    if error.status != 400:
        return error
    known = control.operations()
    by_lower = {each.lower(): each for each in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    meant = f" Did you mean {by_lower[close[0]]}?" if close else ""
    return Failed(
        f"There is no operation {name!r}.{meant} `invoicexpress-emulator fault operations` lists all.", USAGE
    )
