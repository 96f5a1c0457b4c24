"""Runs a command against an emulator of its own, which starts with it and ends with it.

    python examples/with_emulator.py uvicorn --app-dir examples shop:app
    python examples/with_emulator.py --company python examples/month_end.py
    python examples/with_emulator.py --tls node examples/invoice.mjs order-118

The other examples know nothing of the emulator: they read INVOICEXPRESS_ACCOUNT, INVOICEXPRESS_API_KEY and
INVOICEXPRESS_BASE_URL, as they would in production. This sets the three for the command alone. To run an
example against a real account, set them yourself and leave this out; documents are then legal ones.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import urlsplit

from invoicexpress_emulator import Emulator


def variables(emulator: Emulator) -> dict[str, str]:
    """The variables by which a program reaches an emulator that runs.

    An emulator with TLS is reached by the vendor's host name: for clients that have no other address, Node's
    variable names its authority, and INVOICEXPRESS_CONNECT_TO the place where it listens.
    """
    account = {"INVOICEXPRESS_ACCOUNT": emulator.account, "INVOICEXPRESS_API_KEY": emulator.api_key}
    place = urlsplit(emulator.base_url)
    if place.scheme == "http":
        return {**account, "INVOICEXPRESS_BASE_URL": emulator.base_url}
    return {
        **account,
        "INVOICEXPRESS_CONNECT_TO": place.netloc,
        "NODE_EXTRA_CA_CERTS": str(emulator.ca_file),
    }


def missing(command: Sequence[str]) -> str | None:
    """Why a command cannot be run, and the remedy; None for a program that is found."""
    program = command[0]
    if shutil.which(program) is not None:
        return None
    runner = _RUNNERS.get(Path(program).suffix)
    if runner is not None and Path(program).exists():
        whole = shlex.join([runner, *command])
        return f"{program} is a script, not a program; put `{runner}` before it: {whole}"
    return f"there is no program {program}; activate the environment that has it"


_RUNNERS: Final = {".py": "python", ".mjs": "node", ".js": "node", ".sh": "sh"}
"""What runs a script, by the end of its name."""


def main(arguments: list[str] | None = None) -> int:
    """Starts the emulator, then the command. Returns the command's exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--company", action="store_true", help="fill the account with a company's year")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS under the vendor's host name")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the command and its arguments")
    given = parser.parse_args(arguments)
    if not given.command:
        parser.error("give a command to run, such as: python examples/month_end.py")
    if (fault := missing(given.command)) is not None:
        parser.error(fault)

    # Without a handler SIGTERM would end this process at once, and leave the command behind.
    signal.signal(signal.SIGTERM, _stop)
    with Emulator(tls=given.tls) as emulator:
        if given.company:
            emulator.control.seed()
        print(f"The emulator's dashboard: {emulator.base_url}/_emulator/", file=sys.stderr, flush=True)
        # An address of the shell would win over the one of `--tls`, and lead elsewhere.
        inherited = {name: value for name, value in os.environ.items() if name != "INVOICEXPRESS_BASE_URL"}
        process = subprocess.Popen(given.command, env={**inherited, **variables(emulator)})  # noqa: S603 - its purpose
        try:
            return process.wait()
        except KeyboardInterrupt:
            return process.wait()  # the command has got Ctrl-C too, and ends in its own way
        finally:
            process.terminate()
            process.wait()


def _stop(number: int, _: object) -> NoReturn:
    """Leaves through the `finally` clauses, with the exit status of a program that the signal ended."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
