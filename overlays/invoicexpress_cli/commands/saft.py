"""`saft`: a month's SAF-T (PT) file, its findings, its chain of signatures, its VAT."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final

# `invoicexpress.saft_file` loads where it is used: most commands do without.
import invoicexpress
import typer

from .. import values
from ..outcomes import CommandError, ExitCode, UsageError
from ..output import Column, Row
from ..shared_options import App, session_of

_FINDINGS: Final = (
    Column("file", "File"),
    Column("section", "Section", spare=2),
    Column("number", "Document"),
    Column("line", "Line"),
    Column("kind", "Type", is_term=True, spare=1),
    Column("what", "Finding", wraps=20),
)
_LINKS: Final = (
    Column("section", "Section", spare=2),
    Column("number", "Document"),
    Column("line", "Line"),
    Column("finding", "Finding", is_term=True),
)
_VAT: Final = (
    Column("region", "Region"),
    Column("code", "Code"),
    Column("percent", "Percent"),
    Column("exemption", "Exemption"),
    Column("is_cash_vat", "Cash scheme", spare=1),
    Column("base", "Base", is_money=True),
    Column("tax", "VAT", is_money=True),
    Column("corrected_base", "Corrected base", is_money=True, spare=3),
    Column("corrected_tax", "Corrected VAT", is_money=True, spare=2),
)

app = App(name="saft", help="SAF-T (PT) files of a month.", no_args_is_help=True)

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="SAF-T (PT) files, XML or ZIP.", exists=True)
]


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


@app.command("export")
def export(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help="Month, such as 2026-11.")],
    to: Annotated[Path, typer.Option("--to", help="Folder for the file.", file_okay=False)] = Path(),
    overwrite: Annotated[bool, typer.Option(help="Replace a file that exists.")] = False,
) -> None:
    """Save the SAF-T (PT) file of a month. The service takes a while to prepare it."""
    session = session_of(context)
    given = values.month(month)
    with session.client() as ix:
        download = ix.saft.export(
            given.year,
            given.month,
            on_wait=lambda waiting: session.tell(
                "waiting for {what}: {seconds} s", what=waiting.what, seconds=f"{waiting.waited:.0f}"
            ),
        )
        to.mkdir(parents=True, exist_ok=True)
        path = download.save_in(to, overwrite=overwrite)
    session.output.record({"file": str(path)}, (Column("file", "File"),))


@app.command("check")
def check(context: typer.Context, files: FilesArgument) -> None:
    """Check files: totals, sequences, taxes, exemptions. Ends with 1 if there are findings."""
    session = session_of(context)
    check_file = invoicexpress.saft_file.check
    rows = [_finding(path, each) for path in files for each in check_file(_read(path))]
    session.output.rows(rows, _FINDINGS)
    session.tell("{count} findings", count=len(rows))
    if rows:
        raise typer.Exit(ExitCode.FAILED)


def _read(path: Path) -> invoicexpress.saft_file.AuditFile:
    """The file. Raises CommandError with its name: a command may have a year of them."""
    try:
        return invoicexpress.saft_file.read(path)
    except invoicexpress.SaftFileError as error:
        raise CommandError(f"{path}: {error}") from error


def _finding(path: Path, finding: invoicexpress.saft_file.Finding) -> Row:
    return {
        "file": path.name,
        "section": finding.section,
        "number": finding.number,
        "line": getattr(finding, "line", None),
        "kind": finding.kind,
        "what": finding.what,
    }


@app.command("chain")
def chain(
    context: typer.Context,
    files: FilesArgument,
    key: Annotated[
        list[str],
        typer.Option(
            "--key", metavar="[VERSION=]FILE", help="Public key in PEM; repeat for several versions."
        ),
    ],
) -> None:
    """Verify the chain of signatures over files, in the order of their months. Ends with 1 for a gap."""
    session = session_of(context)
    read = [_read(path) for path in files]
    report = invoicexpress.saft_file.verify_chain(read, _keys(key))
    rows = [
        {"section": link.section, "number": link.number, "line": link.line, "finding": text}
        for text, links in (("broken", report.broken), ("unverifiable", report.unverifiable))
        for link in links
    ]
    session.output.rows(rows, _LINKS)
    session.tell(
        "{valid} signatures are valid, {broken} broken, {unverifiable} unverifiable; "
        "{unsigned} receipts have none",
        valid=report.verified,
        broken=len(report.broken),
        unverifiable=len(report.unverifiable),
        unsigned=report.unsigned,
    )
    if report.unverifiable and not report.broken:
        session.tell(
            "The first documents of each série are signed with those before: give earlier files too."
        )
    if not report.is_whole:
        raise typer.Exit(ExitCode.FAILED)


def _keys(given: Sequence[str]) -> Any:
    if len(given) == 1 and "=" not in given[0]:
        return Path(given[0]).read_bytes()
    keys = dict[str, bytes]()
    for each in given:
        version, separator, path = each.partition("=")
        if not separator:
            raise UsageError(f"--key {each}: with several keys each needs its version, as in 1={each}")
        keys[version] = Path(path).read_bytes()
    return keys


@app.command("vat")
def vat(context: typer.Context, files: FilesArgument) -> None:
    """Show base and VAT by region and rate, credit notes deducted."""
    session = session_of(context)
    summary = invoicexpress.saft_file.vat_summary([_read(path) for path in files])
    rows = [
        {
            "region": row.tax_country_region,
            "code": row.tax_code,
            "percent": row.tax_percentage,
            "exemption": row.tax_exemption_code,
            "is_cash_vat": row.is_cash_vat,
            "base": row.base,
            "tax": row.tax,
            "corrected_base": row.corrected_base,
            "corrected_tax": row.corrected_tax,
        }
        for row in summary.rows
    ]
    total: dict[str, Decimal] = {"base": summary.net_total, "tax": summary.tax_payable}
    session.output.rows(rows, _VAT, total=total)
    for finding in summary.findings:
        session.say(f"Warning: {finding}")
