"""A bar for work on many documents, on a terminal; nothing in a pipe."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Generator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from .output import visible
from .session import Session

Step = Callable[[str, int], None]
"""Takes what is under way or waited for, and how many documents are done by this step."""


class _Pace(ProgressColumn):
    """How many are done in a minute."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed * 60:.0f}/min")


@contextlib.contextmanager
def bar(session: Session, total: int) -> Generator[Step, None, None]:
    """Yields a function that shows a step. The client's waits are shown beside the bar."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    # Without markup: a série may be called "[red]".
    what = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), _Pace(), TimeRemainingColumn(), what)
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)

        def step(what: str, done: int) -> None:
            shown.update(task, description=visible(what), advance=done)

        def note(level: int, text: str) -> None:
            # A warning stays on the screen, the bar vanishes.
            if level >= logging.WARNING:
                session.say(f"Warning: {text}")
            else:
                step(text, 0)

        with session.noting(note):
            yield step
