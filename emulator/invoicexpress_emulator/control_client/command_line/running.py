"""Carries a command out: finds the emulator, and says what went wrong."""

from __future__ import annotations

import argparse
import os
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..connection import Connection, ControlRefused, NotAnEmulator, Sink
from ..control import Control
from .arguments import CA_FILE, DEFAULT_URL, TOKEN_VARIABLE, URL_VARIABLE
from .commands import COMMANDS
from .outcomes import DONE, FAILED, INTERRUPTED, TRY_AGAIN, USAGE, Failed
from .output import Output

if TYPE_CHECKING:
    from ...http.wire_values import JsonValue
    from ..connection import Sent


class _Unreachable(Exception):
    """No answer came; the cause is the error of the connection."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def run(options: argparse.Namespace) -> int:
    """Carry out a command; return the exit status."""
    try:
        _run(options)
        sys.stdout.flush()
    except Failed as error:
        print(f"invoicexpress-emulator: {error}", file=sys.stderr)  # noqa: T201 - for a person
        return error.status
    except BrokenPipeError:
        # The reader has had enough, as `head` has. Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _run(options: argparse.Namespace) -> None:
    url = _url(options.url)
    connection = _connection(url, options)

    def ask(method: str, path: str, sent: Sent | None = None, /, *, into: Sink | None = None) -> JsonValue:
        try:
            return connection(method, path, sent, into=into)
        except OSError as error:
            raise _Unreachable(error) from error

    control = Control.over(ask, options.account)
    try:
        COMMANDS[options.command].run(control, options, Output(options.form))
    except _Unreachable as error:
        raise _no_answer(url, error.cause) from error
    except ControlRefused as error:
        raise _refusal(control, url, error) from error


def _url(given: str | None) -> str:
    url = given or os.environ.get(URL_VARIABLE) or DEFAULT_URL
    return url.rstrip("/").removesuffix("/_emulator")  # the dashboard's address is copied as well


def _connection(url: str, options: argparse.Namespace) -> Connection:
    ca_file: Path | None = options.authority
    if ca_file is None and url.startswith("https:") and CA_FILE.exists():
        ca_file = CA_FILE
    token = options.token or os.environ.get(TOKEN_VARIABLE) or None
    try:
        return Connection(url, token=token, timeout=30.0, ca_file=ca_file)
    except ValueError as error:
        raise Failed(f"{error}: see --url.", USAGE) from error
    except OSError as error:
        raise Failed(f"{ca_file} holds no certificate that can be read: see --ca-file.", USAGE) from error


def _no_answer(url: str, cause: OSError) -> Failed:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Failed(
            f"The certificate of {url} is not trusted: give the file that the emulator wrote at its start "
            "with --ca-file."
        )
    if isinstance(cause, ssl.SSLError):
        return Failed(f"{url} does not speak HTTPS: give its address with --url http://….")
    if isinstance(cause, TimeoutError):
        return Failed(f"The emulator at {url} does not answer in time: try again.", TRY_AGAIN)
    return Failed(
        f"Nothing answers at {url}: start one with `invoicexpress-emulator`, or give the address of one with "
        f"--url or ${URL_VARIABLE}.",
        TRY_AGAIN,
    )


def _refusal(control: Control, url: str, error: ControlRefused) -> Failed:
    if isinstance(error, NotAnEmulator):
        return Failed(f"What answers at {url} is no emulator: check --url, and https for one with --tls.")
    if error.status == 401:
        return Failed(f"The emulator at {url} needs its control token: --control-token or ${TOKEN_VARIABLE}.")
    if error.status == 501:
        return Failed(f"The emulator at {url} has no control plane: start it without --no-control-plane.")
    if error.status == 404 and control.account not in (names := [each.name for each in control.accounts()]):
        return Failed(f"There is no account {control.account!r}. There are: {', '.join(names)}.")
    return Failed(error.sentence, USAGE if error.status in {400, 422} else FAILED)
