"""`worker`: works on the billing runs of a shared journal, on this machine, beside others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from invoicexpress import ConfigurationError, InvoiceXpress, Pace

from .. import settings
from ..outcomes import CommandError, UsageError
from ..session import Session, client_of
from ..shared_options import App, session_of
from ..wording import in_run
from .run import needs, told

if TYPE_CHECKING:
    from invoicexpress_billing import DocumentRecord, RunRecord


def add_to(app: App) -> None:
    """Adds the command."""
    app.command("worker")(worker)


def worker(
    context: typer.Context,
    database: Annotated[
        str,
        typer.Option(
            "--database",
            metavar="URL",
            envvar="INVOICEXPRESS_DATABASE",
            help="Journal in PostgreSQL: postgresql://USER@HOST/NAME.",
        ),
    ],
    redis: Annotated[
        str | None,
        typer.Option(
            "--redis",
            metavar="URL",
            envvar="INVOICEXPRESS_REDIS",
            help="Redis, by which all workers together keep an account's pace.",
        ),
    ] = None,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Documents at the same time.")] = 4,
    heartbeat: Annotated[
        float, typer.Option("--heartbeat", min=0.1, help="Seconds between two signs of life.")
    ] = 5.0,
    takeover: Annotated[
        float,
        typer.Option("--takeover", min=0.2, help="Seconds without one, after which others take over."),
    ] = 20.0,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", help="Folder for the PDFs, with one for each run; else the run's.", file_okay=False
        ),
    ] = None,
) -> None:
    """Work on the billing runs of a database, until it is stopped. Start it on as many machines as you like.

    The accounts of the runs are looked up by their names in the settings of this machine. SIGTERM and Ctrl-C
    let the steps under way end.
    """
    session = session_of(context)
    needs("sqlalchemy", "psycopg", "procrastinate", extra="postgres")
    if redis is not None:
        needs("limits", "redis", extra="redis")
    from invoicexpress_billing import workers  # noqa: PLC0415 - takes long to load

    if takeover < 2 * heartbeat:
        raise UsageError("--takeover: expected two heartbeats or more")
    pace = Pace() if redis is None else Pace(redis=redis)
    with told(session):
        workers.work(
            database,
            lambda run: _client(session, run, pace),
            at_once=at_once,
            heartbeat=heartbeat,
            takeover=takeover,
            folder=to,
            on_step=lambda document: _say(session, document),
        )


def _client(session: Session, run: RunRecord, pace: Pace) -> InvoiceXpress:
    """The client of a run's account, if this machine's settings mean the same account."""
    name = None if run.account_name in ("", "environment") else run.account_name
    try:
        account = settings.chosen(name, session.environment)
        if account.place != run.place:
            raise ConfigurationError(
                f"account {account.name} is {account.place}, and the run is of {run.place}"
            )
        return client_of(account, pace=pace)
    except CommandError as error:
        raise ConfigurationError(str(error)) from None


def _say(session: Session, document: DocumentRecord) -> None:
    done = document.steps[document.done - 1] if document.done else "begun"
    number = "" if document.number is None else f" {document.number}"
    message = "" if document.message is None else f": {in_run(document.message)}"
    session.say(f"{document.run} {document.key}{number} {document.state} {done}{message}")
