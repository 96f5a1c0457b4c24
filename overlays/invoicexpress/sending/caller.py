"""Warnings that name the caller's line, and are logged each time.

Python shows a warning once per line of code by default, so a service that runs for weeks would see one.
"""

from __future__ import annotations

import inspect
import logging
import warnings
from typing import Final

LOGGER: Final = logging.getLogger("invoicexpress.warnings")
# Without it, a program that has no logging would see each warning twice on stderr: Python prints what no
# handler takes. Other records of the package are not warnings too, so they keep that last resort.
LOGGER.addHandler(logging.NullHandler())
_PACKAGE: Final = __name__.partition(".")[0]


def warn(warning: Warning) -> None:
    """Logs a warning and issues it at the nearest frame outside of this package.

    Raises it where the caller's filters turn warnings into errors.
    """
    LOGGER.warning("%s", warning, extra={"warning": type(warning).__name__})
    warnings.warn(warning, stacklevel=_stack_level())


def _stack_level() -> int:
    """Stack depth of the caller's frame, as seen from `warn`.

    How many frames lie between depends on the client and on the core that drives its flows.
    """
    frame, level = inspect.currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame, level = frame.f_back, level + 1
    return level
