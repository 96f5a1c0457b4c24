"""Starts the command, also as `python -m invoicexpress_cli`."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def main() -> None:
    """Runs the command line. Ends with one of the exit codes of `outcomes`."""
    missing = [name for name in ("rich", "tomli_w", "typer") if find_spec(name) is None]
    if missing:
        sys.exit(f"invoicexpress needs {', '.join(missing)}; run: pip install 'invoicexpress[cli]'")
    from .app import run  # noqa: PLC0415 - needs the extra

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
