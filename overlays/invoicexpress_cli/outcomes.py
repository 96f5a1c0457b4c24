"""How a command ends: its exit code, and one sentence with the next step.

A call of the client is done, refused or unknown, and so is a command.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from invoicexpress import errors

from .wording import in_commands


class ExitCode(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    """The command did what was asked for, and checked it."""
    FAILED = 1
    """Settings, a file, or a finding: nothing legal was done."""
    USAGE = 2
    """An unknown command, option or value: nothing was sent."""
    UNKNOWN = 3
    """A write that may or may not have been carried out: look before you repeat it."""
    REFUSED = 4
    """The service or a check refused: nothing legal was done."""
    TRY_AGAIN = 75
    """No answer, too many requests, or not ready: nothing legal was done. EX_TEMPFAIL of sysexits.h."""
    INTERRUPTED = 130
    """Ctrl-C, at a point where nothing was in flight. What a shell expects after SIGINT."""


class CommandError(Exception):
    """A command cannot go on. The text says what was wrong, where, and what to do."""

    code = ExitCode.FAILED


class UsageError(CommandError):
    """An argument or option has an invalid value. Nothing was sent."""

    code = ExitCode.USAGE


class RefusedError(CommandError):
    """A check of the command line refused. Nothing legal was done."""

    code = ExitCode.REFUSED


_CODES: Final[tuple[tuple[type[BaseException], ExitCode], ...]] = (
    (errors.AmbiguousResultError, ExitCode.UNKNOWN),
    (errors.RateLimitError, ExitCode.TRY_AGAIN),
    (errors.ServerError, ExitCode.TRY_AGAIN),
    (errors.ConflictError, ExitCode.TRY_AGAIN),
    (errors.TransportError, ExitCode.TRY_AGAIN),
    (errors.NotReadyError, ExitCode.TRY_AGAIN),
    (errors.UnstableListError, ExitCode.TRY_AGAIN),
    (errors.AuthenticationError, ExitCode.FAILED),
    (errors.ConfigurationError, ExitCode.FAILED),
    (errors.DownloadError, ExitCode.FAILED),
    (errors.SaftFileError, ExitCode.FAILED),
    (errors.SearchLimitError, ExitCode.FAILED),
    (errors.UnexpectedResponseError, ExitCode.FAILED),
    (errors.InvoiceXpressError, ExitCode.REFUSED),
    (OSError, ExitCode.FAILED),
)
"""The first type that fits decides."""


def code_of(error: BaseException) -> ExitCode | None:
    """The exit code of an error; None for one that is a mistake in this program."""
    if isinstance(error, CommandError):
        return error.code
    if isinstance(error, errors.ConflictError) and "payment" in error.path:
        # Another payment of the document is under way: a repeat may pay twice.
        return ExitCode.UNKNOWN
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


_REMEDIES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (
        errors.AuthenticationError,
        "check the account and its key: `invoicexpress config list` shows which are used, and "
        "`invoicexpress config add NAME` replaces one",
    ),
    (errors.TransportError, "check the network and the address, then run the command again"),
    (errors.RateLimitError, "run the command again in a minute"),
    (errors.NotReadyError, "run the command again to go on waiting"),
    (errors.ServerError, "run the command again later"),
    (errors.UnstableListError, "run the command again"),
)


def sentence(error: BaseException) -> str:
    """What happened, and the next step, in one line."""
    text = in_commands(" ".join(str(error).split())) or type(error).__name__
    if isinstance(error, FileNotFoundError) and error.filename is not None:
        text = f"{error.filename}: there is no such file"
    elif isinstance(error, OSError) and error.filename is not None:
        what = in_commands(error.strerror) if error.strerror else text
        text = f"{error.filename}: {what[:1].lower()}{what[1:]}"
    remedy = next((remedy for kind, remedy in _REMEDIES if isinstance(error, kind)), None)
    return text if remedy is None else f"{text}; {remedy}"
