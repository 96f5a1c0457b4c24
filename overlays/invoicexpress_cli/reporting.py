"""Errors of a command, and the client's log, as lines for people on the standard error."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
import warnings
from collections.abc import Generator
from typing import Final

import typer
from invoicexpress import TransportError

from .outcomes import ExitCode, code_of, sentence
from .session import NotConfirmed, Session
from .settings import proxy_hint
from .wording import in_commands

_LOGGER: Final = "invoicexpress"


def ended_by(error: BaseException, session: Session) -> ExitCode:
    """Says what ended a command, and returns the exit code."""
    if session.debug:
        # Without local variables, which may hold anything. The client's errors hold no secrets.
        session.say("".join(traceback.format_exception(error)).rstrip("\n"))
    if isinstance(error, typer.Abort):
        # Ctrl-C or Ctrl-D at a question.
        session.say(f"\n{session.text('Not confirmed; nothing was done')}")
        return ExitCode.INTERRUPTED
    if isinstance(error, KeyboardInterrupt):
        # A write that was under way leaves its key in a note.
        notes = [in_commands(each) for each in getattr(error, "__notes__", ())]
        session.say(f"Stopped. {' '.join(notes)}".strip())
        return ExitCode.UNKNOWN if notes else ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        # The reader has what it needs. A message would be one too many; see `__main__`.
        raise error
    code = code_of(error)
    if code is None:
        session.say(
            f"Error: a mistake of this program ({type(error).__name__}: {sentence(error)}); "
            "run the command again with --debug and report what it shows"
        )
        return ExitCode.FAILED
    prefix = "" if isinstance(error, NotConfirmed) else "Error: "
    session.say(f"{prefix}{sentence(error)}")
    for note in getattr(error, "__notes__", ()):
        session.say(in_commands(note))
    if isinstance(error, TransportError) and (hint := proxy_hint(session.account, session.environment)):
        session.say(hint)
    return code


class _ToTerminal(logging.Handler):
    def __init__(self, session: Session) -> None:
        super().__init__(logging.INFO)
        self._session = session

    def emit(self, record: logging.LogRecord) -> None:
        message = in_commands(record.getMessage())
        if self._session.note is not None:
            self._session.note(record.levelno, message)
        else:
            prefix = "Warning: " if record.levelno >= logging.WARNING else ""
            self._session.say(f"{prefix}{message}")


@contextlib.contextmanager
def client_log_shown(session: Session) -> Generator[None, None, None]:
    """Shows the client's warnings and waits. It logs each warning, so Python need not print it as well."""
    logger = logging.getLogger(_LOGGER)
    handler, level = _ToTerminal(session), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
