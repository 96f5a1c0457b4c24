"""A bar for work on many documents, on a terminal; nothing in a pipe."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Generator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Step = Callable[[str, int], None]
"""Takes what is under way or waited for, and how many documents are done by this step."""


@contextlib.contextmanager
def bar(total: int) -> Generator[Step, None, None]:
    """Yields a function that shows a step."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)
        yield lambda what, done: shown.update(task, description=what, advance=done)
