"""Starts the command, also as `python -m invoicexpress_cli`."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from io import TextIOWrapper


def main() -> None:
    """Runs the command line with the arguments of `sys.argv`, and ends the program with an `ExitCode`.

    The end is a SystemExit, also for Ctrl-C and for a reader of its output that went away. The console script
    `invoicexpress` and `python -m invoicexpress_cli` call it.
    """
    missing = [name for name in ("rich", "tomli_w", "typer") if find_spec(name) is None]
    if missing:
        sys.exit(f"invoicexpress needs {', '.join(missing)}; run: pip install 'invoicexpress[cli]'")
    for stream in (sys.stdout, sys.stderr):
        # A terminal without a character of a client's name shows its code.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        from .app import run  # noqa: PLC0415 - needs the extra

        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away, as in `invoicexpress list | head -1`. Python would complain while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except KeyboardInterrupt:
        # Ctrl-C before the command began.
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
