"""The commands together."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Final

import typer

from .commands import (
    catalogue,
    codes,
    config,
    doctor,
    documents,
    files,
    report,
    saft,
    sequences,
    treasury,
    worker,
)
from .commands import run as billing_run
from .outcomes import ExitCode
from .session import Session
from .shared_options import App

_HELP: Final = """Portuguese certified invoicing with InvoiceXpress.

Documents are named by id or by number: 123456, or "FT A/12".

Exit codes: 0 done, 1 failed, 2 usage, 3 unknown result, 4 refused, 75 try again.
"""

app = App(name="invoicexpress", no_args_is_help=True)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(version("invoicexpress"))
        raise typer.Exit


@app.callback(help=_HELP)
def _root(
    version_: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version.")
    ] = False,
) -> None:
    """Every command has the shared options as well."""


for _part in (
    documents,
    files,
    catalogue,
    codes,
    sequences,
    treasury,
    saft,
    report,
    billing_run,
    worker,
    doctor,
    config,
):
    _part.add_to(app)


def run(arguments: Sequence[str]) -> int:
    """Runs one command. Returns its exit code."""
    try:
        app(args=list(arguments), prog_name="invoicexpress", obj=Session())
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.FAILED
    return ExitCode.DONE
