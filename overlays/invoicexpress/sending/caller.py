"""Where the caller's code stands on the stack, for warnings that name its line."""

from __future__ import annotations

import inspect
from typing import Final

_PACKAGE: Final = __name__.partition(".")[0]


def stack_level() -> int:
    """Stack depth of the caller's frame, as `stacklevel` of the `warnings.warn` that stands beside this call.

    The caller is the nearest frame outside of this package. How many frames lie between depends on the client
    and on the core that drives its flows.
    """
    frame, level = inspect.currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame, level = frame.f_back, level + 1
    return level
