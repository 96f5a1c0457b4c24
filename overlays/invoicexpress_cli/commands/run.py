"""`run`: billing runs, from a file to issued documents."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from invoicexpress import lisbon

from ..outcomes import CommandError, ExitCode, UsageError
from ..output import Column, Format, Row
from ..progress import bar
from ..session import Session
from ..shared_options import App, session_of
from ..texts import term
from ..wording import in_run

if TYPE_CHECKING:
    from invoicexpress_billing import DocumentRecord, Journal, Run, Step
    from invoicexpress_billing.plans import Plan

_RUNS: Final = (
    Column("name", "Name"),
    Column("account", "Account", spare=1),
    Column("source", "File", spare=3),
    Column("begun_at", "At", spare=2),
    Column("done", "Done"),
    Column("waiting", "Waiting"),
    Column("failed", "Failed"),
    Column("unknown", "Unknown"),
    Column("stopped", "Stopped"),
)
_DOCUMENTS: Final = (
    Column("key", "Key"),
    Column("state", "State", is_term=True),
    Column("step", "Next step", is_term=True, spare=3),
    Column("number", "Number", is_term=True),
    Column("id", "ID", spare=2),
    Column("atcud", "ATCUD", spare=4),
    Column("date", "Date", spare=1),
    Column("total", "Total", is_money=True),
    Column("rows", "Rows", spare=5),
    Column("message", "Finding", wraps=20),
)
_FAULTS: Final = (Column("row", "Row"), Column("column", "Column"), Column("message", "Finding", wraps=20))
_VAT: Final = (
    Column("region", "Region"),
    Column("rate", "Percent"),
    Column("base", "Base", is_money=True),
    Column("tax", "VAT", is_money=True),
)
_JOURNAL_VARIABLE: Final = "INVOICEXPRESS_JOURNAL"

app = App(
    name="run", help="Billing runs: many documents from one file, each exactly once.", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(metavar="RUN", help="Name of the run.")]
JournalOption = Annotated[
    Path | None,
    typer.Option("--journal", metavar="FILE", help=f"Journal, in SQLite; else ${_JOURNAL_VARIABLE}."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="INVOICEXPRESS_DATABASE",
        help="Journal in PostgreSQL, for several machines: postgresql://USER@HOST/NAME.",
    ),
]
FollowOption = Annotated[bool, typer.Option("--follow", help="Show the progress until the run ends.")]


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


def needs(*modules: str, extra: str) -> None:
    """Raises CommandError for missing modules, with the extra that has them."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise CommandError(f"this needs {', '.join(missing)}; run: pip install 'invoicexpress[{extra}]'")


@contextmanager
def told(session: Session) -> Generator[None, None, None]:
    """Errors of billing runs as sentences and exit codes."""
    from invoicexpress_billing import (  # noqa: PLC0415 - SQLAlchemy takes long to load
        BillingError,
        InputRefusedError,
    )

    try:
        yield
    except InputRefusedError as error:
        session.output.rows([{"message": in_run(str(each))} for each in error.faults], _FAULTS[2:])
        raise UsageError(f"faults: {len(error.faults)}; nothing was sent") from None
    except BillingError as error:
        raise CommandError(in_run(str(error))) from None


@contextmanager
def billing(session: Session, journal: Path | None, database: str | None) -> Generator[Journal, None, None]:
    """The journal of a command."""
    needs("sqlalchemy", "python_calamine", extra="billing")
    if database is not None:
        needs("psycopg", extra="postgres")
    if journal is not None and database is not None:
        raise UsageError("--journal and --database exclude each other; give one")
    from invoicexpress_billing import Journal  # noqa: PLC0415 - takes long to load

    given = session.environment.get(_JOURNAL_VARIABLE)
    place = journal or Path(given or Path(typer.get_app_dir("invoicexpress")) / "billing.db")
    with told(session), contextlib.closing(Journal(place if database is None else database)) as opened:
        yield opened


@app.command("start")
def start(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, JSON Lines or Excel.", exists=True)],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the run; else the file's. It begins the keys.")
    ] = None,
    steps: Annotated[
        str, typer.Option("--steps", help="Of create, finalize, pay, email, pdf; with commas.")
    ] = "create,finalize",
    to: Annotated[
        Path, typer.Option("--to", help="Folder for the PDFs, with one for each run.", file_okay=False)
    ] = Path(),
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of an Excel file.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="HEADER=FIELD", help="What a header of the file means; repeat."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--type", help="Type of documents of which the file says none.")
    ] = "invoice",
    serie: Annotated[str | None, typer.Option("--serie", help="Série where the file says none.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and show; issue nothing.")] = False,
    may_be_issued: Annotated[
        bool,
        typer.Option("--may-be-issued", help="The journal is lost, and documents of the file may be issued."),
    ] = False,
    journal: JournalOption = None,
    database: DatabaseOption = None,
) -> None:
    """Check a file, show what it comes to, ask, and issue its documents.

    Start it again after whatever happened: it ends with exactly its documents. One row is one line
    of a document, and rows with the same key are one document.
    """
    session = session_of(context)
    with billing(session, journal, database) as opened:
        from invoicexpress_billing.faults import FileFaultError  # noqa: PLC0415 - takes long to load
        from invoicexpress_billing.plans import plan  # noqa: PLC0415 - takes long to load
        from invoicexpress_billing.tables import read_table  # noqa: PLC0415 - takes long to load

        chosen = _steps(steps)
        with session.client() as ix:
            try:
                table = read_table(file, sheet=sheet)
            except FileFaultError as error:
                raise UsageError(str(error)) from None
            planned = plan(
                table,
                taxes=ix.taxes.list(),
                today=lisbon.today(),
                default_serie=serie,
                default_type=kind,
                columns=_columns(column or []),
            )
            _show(session, planned, chosen)
            if dry_run:
                session.tell("Nothing was sent.")
                return
            _confirm(session, opened, name or file.stem, planned)
            run = _run(session).start(
                ix,
                opened,
                planned.documents,
                name=name or file.stem,
                place=session.place,
                account_name=session.account.name if session.account is not None else "",
                source=file.name,
                steps=chosen,
                folder=to,
                may_be_issued=may_be_issued,
            )
            if database is not None:
                _enter(session, database, run)
            else:
                _go(session, run)


def _run(session: Session) -> type[Run]:
    from invoicexpress_billing import Run  # noqa: PLC0415 - takes long to load

    return Run


def _enter(session: Session, database: str, run: Run) -> None:
    needs("procrastinate", extra="postgres")
    from invoicexpress_billing import workers  # noqa: PLC0415 - takes long to load

    workers.enter(database, run.record.name)
    session.tell(
        "{run}: entered; `invoicexpress worker --database URL` works on it, and "
        "`invoicexpress run status {run} --database URL --follow` shows how far it is",
        run=run.record.name,
    )


def _steps(text: str) -> tuple[Step, ...]:
    from invoicexpress_billing import Step  # noqa: PLC0415 - takes long to load

    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in list(Step)]
    if unknown or not names:
        raise UsageError(f"--steps {text}: expected some of {', '.join(Step)}, with commas")
    chosen = tuple(step for step in Step if step in names)
    for step, needed in (
        (Step.FINALIZE, Step.CREATE),
        (Step.PAY, Step.FINALIZE),
        (Step.EMAIL, Step.FINALIZE),
    ):
        if step in chosen and needed not in chosen:
            raise UsageError(f"--steps {text}: {step} needs {needed} before it")
    if Step.CREATE not in chosen:
        raise UsageError(f"--steps {text}: a run begins with create")
    return chosen


def _columns(given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        header, separator, field = each.rpartition("=")
        if not separator:
            raise UsageError(f'--column {each}: expected HEADER=FIELD, such as "Valor unit.=unit_price"')
        found[header] = field
    return found


def _show(session: Session, planned: Plan, steps: tuple[Step, ...]) -> None:
    """What was understood and what it comes to. Raises UsageError for faults."""
    for each in planned.understood:
        session.say(f"Understood: {each}")
    if planned.faults:
        session.output.rows([fault._asdict() for fault in planned.faults], _FAULTS)
        raise UsageError(f"faults in the file: {len(planned.faults)}; nothing was sent")
    found = planned.totals()
    if session.output.format is Format.TABLE:
        rows = [{**row._asdict(), "rate": row.rate.normalize()} for row in found.vat]
        session.output.rows(rows, _VAT, total={"base": found.before_taxes, "tax": found.taxes})
    session.tell(
        "{documents} documents with {lines} lines; total {total}, VAT {taxes}",
        documents=found.documents,
        lines=found.lines,
        total=found.total,
        taxes=found.taxes,
    )
    if found.paid and "pay" not in steps:
        session.tell(
            "Payments of {amount} in the file are not entered: --steps has no pay.", amount=found.paid
        )


def _confirm(session: Session, journal: Journal, name: str, planned: Plan) -> None:
    if any(each.name == name for each in journal.runs()):
        session.tell("{run}: goes on where it stands.", run=name)
        return
    session.confirm(
        session.asked("issue the {count} documents of run {run}", count=len(planned.documents), run=name)
    )


def _go(session: Session, run: Run, again: Sequence[str] | None = None) -> None:
    """Works on a run, with its progress, and ends with its exit code."""
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    steps_left = sum(len(each.steps) - each.done for each in run.documents())
    with bar(session, steps_left) as step:

        def shown(document: DocumentRecord) -> None:
            step(
                f"{document.key} {document.number or ''}", 0 if document.message and document.attempts else 1
            )
            if session.output.format is Format.JSON:
                # A reader that has gone must not stop the run.
                with contextlib.suppress(BrokenPipeError):
                    session.output.line(_progress(document))

        working = replace(run, on_step=shown)
        try:
            counts = working.go() if again is None else working.retry(again=again)
        except KeyboardInterrupt:
            session.tell("Stopped at a safe point. Start the run again to go on.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    _end(session, run, {str(state): number for state, number in counts.items()})


def _progress(document: DocumentRecord) -> dict[str, Any]:
    return {
        "key": document.key,
        "state": document.state,
        "next_step": document.step,
        "number": document.number,
        "id": document.id,
        "message": in_run(document.message or "") or None,
    }


def _end(session: Session, run: Run, counts: dict[str, int]) -> None:
    name = run.record.name
    session.say(
        ", ".join(f"{number} {term(state, session.language)}" for state, number in counts.items() if number)
    )
    if counts["failed"] or counts["unknown"]:
        session.tell(
            "`invoicexpress run report {run}` shows why; correct it, then `invoicexpress run retry {run}`",
            run=name,
        )
    if counts["unknown"]:
        raise typer.Exit(ExitCode.UNKNOWN)
    if counts["failed"]:
        raise typer.Exit(ExitCode.REFUSED)


@app.command("list")
def list_(context: typer.Context, journal: JournalOption = None, database: DatabaseOption = None) -> None:
    """List the runs of the journal."""
    session = session_of(context)
    with billing(session, journal, database) as opened:
        session.output.rows([_summary(opened, run.name) for run in opened.runs()], _RUNS)


def _summary(journal: Journal, name: str) -> dict[str, Any]:
    run = journal.run(name)
    return {
        "name": run.name,
        "account": run.place,
        "source": run.source,
        "begun_at": run.begun_at,
        **{str(state): number for state, number in journal.counts(name).items()},
        "stopped": in_run(run.stopped or "") or None,
    }


@app.command("status")
def status(
    context: typer.Context,
    name: NameArgument,
    follow: FollowOption = False,
    journal: JournalOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show how far a run is."""
    session = session_of(context)
    with billing(session, journal, database) as opened:
        if follow:
            _follow(session, opened, name)
        session.output.record(_summary(opened, name), _RUNS)


def _follow(session: Session, journal: Journal, name: str) -> None:
    total, shown = sum(journal.counts(name).values()), 0
    with bar(session, total) as step:
        while True:
            counts = journal.counts(name)
            ended = total - counts[next(state for state in counts if state == "waiting")]
            step("", ended - shown)
            shown = ended
            if ended == total or journal.run(name).stopped is not None:
                return
            time.sleep(1)


@app.command("retry")
def retry(
    context: typer.Context,
    name: NameArgument,
    again: Annotated[
        list[str] | None,
        typer.Option("--again", metavar="KEY", help="Send the mail of this document again; repeat."),
    ] = None,
    journal: JournalOption = None,
    database: DatabaseOption = None,
) -> None:
    """Look at what was set aside, and go on: failed documents again, unknown results only after a look."""
    session = session_of(context)
    with billing(session, journal, database) as opened:
        record = opened.run(name)
        if session.account_name is None and record.account_name not in ("", "environment"):
            session.account_name = record.account_name
        with session.client() as ix:
            _check_place(session, record.place)
            run = _run(session).of(ix, opened, name)
            if database is None:
                _go(session, run, again or [])
            else:
                run.look_again(again=again or [])
                _enter(session, database, run)


def _check_place(session: Session, place: str) -> None:
    if session.place != place:
        raise UsageError(
            f"the run is of {place}, and this is {session.place}; choose its account with --account"
        )


@app.command("report")
def report(
    context: typer.Context, name: NameArgument, journal: JournalOption = None, database: DatabaseOption = None
) -> None:
    """Show each document of a run: number, ATCUD, total, and what went wrong."""
    session = session_of(context)
    with billing(session, journal, database) as opened:
        session.output.rows([_row(each) for each in opened.documents(name)], _DOCUMENTS)


def _row(document: DocumentRecord) -> Row:
    return {
        "key": document.key,
        "state": document.state,
        "step": document.step,
        "number": document.number,
        "id": document.id,
        "atcud": document.atcud,
        "date": document.planned.date,
        "total": document.total,
        "rows": ", ".join(map(str, document.planned.rows)),
        "message": in_run(document.message or "") or None,
    }
