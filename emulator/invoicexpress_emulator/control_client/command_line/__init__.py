"""The commands for a running emulator: `invoicexpress-emulator reset`, `clock`, `fault` and so on.

They reach it through its control plane, and load only when one of them is given.
"""

from .commands import COMMANDS, add_arguments
from .running import run

__all__ = ["COMMANDS", "add_arguments", "run"]
