"""`report`: turnover by client, month and quarter, VAT by rate, and what clients owe."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final

# `invoicexpress.reports` loads where it is used: most commands do without.
import invoicexpress
import typer
from invoicexpress import AnyDocument, InvoiceXpress, lisbon

from .. import values
from ..outcomes import UsageError
from ..output import Column, Row
from ..pictures import Bars, Series, check_place, save
from ..progress import bar
from ..session import Session
from ..shared_options import App, session_of

_CLIENT: Final = (
    Column("name", "Client", wraps=12),
    Column("code", "Code", spare=2),
    Column("documents", "Documents", spare=3),
)
_TURNOVER: Final = (
    Column("before_taxes", "Base", is_money=True),
    Column("taxes", "Taxes", is_money=True, spare=1),
    Column("total", "Total", is_money=True),
)
_CLIENTS: Final = (*_CLIENT, *_TURNOVER)
_MONTHS: Final = (Column("month", "Month"), Column("documents", "Documents", spare=3), *_TURNOVER)
_QUARTERS: Final = (Column("quarter", "Quarter"), Column("documents", "Documents", spare=3), *_TURNOVER)
_VAT: Final = (
    Column("region", "Region"),
    Column("rate", "Percent"),
    Column("base", "Base", is_money=True),
    Column("tax", "VAT", is_money=True),
)
_DEBTORS: Final = (
    *_CLIENT,
    Column("open", "Open", is_money=True),
    Column("overdue", "Overdue", is_money=True),
    Column("oldest_due_date", "Oldest due date", spare=1),
    Column("credit", "Credit", is_money=True, spare=1),
    Column("balance", "Balance", is_money=True),
)
_AGES: Final = (
    *_CLIENT,
    Column("not_due", "Not due", is_money=True),
    Column("days_1_to_30", "1 to 30 days", is_money=True),
    Column("days_31_to_60", "31 to 60 days", is_money=True),
    Column("days_61_to_90", "61 to 90 days", is_money=True),
    Column("over_90", "Over 90 days", is_money=True),
    Column("credit", "Credit", is_money=True, spare=1),
    Column("total", "Total", is_money=True),
)
_UNPAID: Final = ("final", "settled", "second_copy")

app = App(name="report", help="Turnover, VAT, and what clients owe.", no_args_is_help=True)

YearOption = Annotated[int | None, typer.Option(help="Year; this one unless given.")]
MonthOption = Annotated[str | None, typer.Option(help="Month, such as 2026-11, instead of a year.")]
CountOption = Annotated[int, typer.Option(min=0, help="Most rows; 0 is all of them.")]
PlotOption = Annotated[
    Path | None,
    typer.Option(
        "--plot", metavar="FILE", help="Draw it as well: a .svg or .png file. Needs the extra plot."
    ),
]


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


def _begun(context: typer.Context, plot: Path | None) -> Session:
    """The session. A picture that cannot be drawn ends the command before its requests."""
    if plot is not None:
        check_place(plot)
    return session_of(context)


def _span(year: int | None, month: str | None) -> tuple[datetime.date, datetime.date]:
    if month is not None:
        if year is not None:
            raise UsageError("give --year or --month, not both")
        given = values.month(month)
        return given.first, given.last
    number = lisbon.today().year if year is None else year
    if not datetime.MINYEAR <= number <= datetime.MAXYEAR:
        raise UsageError(f"--year {number}: expected a year such as 2026")
    return datetime.date(number, 1, 1), datetime.date(number, 12, 31)


def _documents(
    ix: InvoiceXpress, first: datetime.date | None = None, last: datetime.date | None = None
) -> list[AnyDocument]:
    return list(ix.documents.list(date_from=first, date_to=last))


def _sums(rows: Sequence[Row], columns: Sequence[Column]) -> Row:
    return {
        column.field: sum((row[column.field] for row in rows), Decimal("0.00"))
        for column in columns
        if column.is_money
    }


def _print(
    session: Session,
    rows: Sequence[Row],
    columns: Sequence[Column],
    total: Row,
    *,
    plot: Path | None,
    names: str,
    amounts: Mapping[str, str],
) -> None:
    """Prints a report; `amounts` are the fields of a picture's bars, and what they are called."""
    session.output.rows(rows, columns, total=total)
    if plot is not None:
        series = [
            Series(session.text(label), [row[field] for row in rows]) for field, label in amounts.items()
        ]
        save(Bars([str(row[names] or "") for row in rows], series), plot, session.language)
        session.tell("drawn in {file}", file=plot)


@app.command("clients")
def top_clients(
    context: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    count: CountOption = 10,
    plot: PlotOption = None,
) -> None:
    """Show the clients with the highest turnover."""
    session = _begun(context, plot)
    span = _span(year, month)
    with session.client() as ix:
        found = invoicexpress.reports.top_clients(_documents(ix, *span), count=count or None)
    rows = [row._asdict() for row in found]
    _print(
        session,
        rows,
        _CLIENTS,
        _sums(rows, _CLIENTS),
        plot=plot,
        names="name",
        amounts={"before_taxes": "Base"},
    )


@app.command("months")
def months(context: typer.Context, year: YearOption = None, plot: PlotOption = None) -> None:
    """Show the turnover of each month of a year."""
    session = _begun(context, plot)
    first, last = _span(year, None)
    with session.client() as ix:
        found = invoicexpress.reports.months(_documents(ix, first, last), year=first.year)
    rows = [{"month": f"{row.first:%Y-%m}", **row._asdict()} for row in found]
    amounts = {"before_taxes": "Base", "taxes": "Taxes"}
    _print(session, rows, _MONTHS, _sums(rows, _MONTHS), plot=plot, names="month", amounts=amounts)


@app.command("quarters")
def quarters(context: typer.Context, year: YearOption = None, plot: PlotOption = None) -> None:
    """Show the turnover of each quarter of a year."""
    session = _begun(context, plot)
    first, last = _span(year, None)
    with session.client() as ix:
        found = invoicexpress.reports.quarterly_results(_documents(ix, first, last), year=first.year)
    rows = [{"quarter": f"{first.year} Q{row.number}", **row._asdict()} for row in found]
    amounts = {"before_taxes": "Base", "taxes": "Taxes"}
    _print(session, rows, _QUARTERS, _sums(rows, _QUARTERS), plot=plot, names="quarter", amounts=amounts)


@app.command("vat")
def vat(
    context: typer.Context, year: YearOption = None, month: MonthOption = None, plot: PlotOption = None
) -> None:
    """Show base and VAT by region and rate, credit notes deducted."""
    session = _begun(context, plot)
    span = _span(year, month)
    with session.client() as ix:
        summary = invoicexpress.reports.vat_by_rate(_documents(ix, *span), taxes=ix.taxes.list())
    rows: list[dict[str, Any]] = [
        {**row._asdict(), "rate": (rate := row.rate.normalize()), "name": f"{row.region or '?'} {rate:f} %"}
        for row in summary.rows
    ]
    total = {"base": summary.base, "tax": summary.tax}
    _print(session, rows, _VAT, total, plot=plot, names="name", amounts={"base": "Base", "tax": "VAT"})
    if summary.retention:
        session.tell(
            "Clients withhold {amount} (retention), which is not deducted.", amount=summary.retention
        )


@app.command("debtors")
def debtors(context: typer.Context, count: CountOption = 10, plot: PlotOption = None) -> None:
    """Show the clients that owe most. Takes a request for each unpaid document, and for each receipt."""
    session = _begun(context, plot)
    with session.client() as ix:
        documents, related = _unpaid(session, ix)
        found = invoicexpress.reports.top_debtors(documents, related, count=count or None)
    rows = [row._asdict() for row in found]
    amounts = {"open": "Open", "overdue": "Overdue"}
    _print(session, rows, _DEBTORS, _sums(rows, _DEBTORS), plot=plot, names="name", amounts=amounts)


@app.command("ages")
def ages(
    context: typer.Context,
    on: Annotated[str | None, typer.Option("--on", help="Day of the report; today unless given.")] = None,
    plot: PlotOption = None,
) -> None:
    """Show what clients owe by age. Takes a request for each unpaid document, and for each receipt."""
    session = _begun(context, plot)
    day = None if on is None else values.date(on)
    with session.client() as ix:
        documents, related = _unpaid(session, ix)
        found = invoicexpress.reports.open_items_by_age(documents, related, on=day)
    rows = [row._asdict() for row in found.rows]
    total = found.total._asdict()
    session.output.rows(rows, _AGES, total=total)
    if plot is not None:
        columns = [column for column in _AGES if column.is_money and column.field != "total"]
        names = [session.text(column.heading) for column in columns]
        series = Series(session.text("Total"), [total[column.field] for column in columns])
        save(Bars(names, [series]), plot, session.language)
        session.tell("drawn in {file}", file=plot)


def _unpaid(
    session: Session, ix: InvoiceXpress
) -> tuple[list[AnyDocument], dict[int, Sequence[AnyDocument]]]:
    documents: list[AnyDocument] = list(ix.documents.list(status=list(_UNPAID)))
    related: dict[int, Sequence[AnyDocument]] = {}
    while missing := invoicexpress.reports.unread(documents, related):
        with bar(session, len(missing)) as step:
            for each in missing:
                related[each.id] = ix.documents.related(each)
                step("", 1)
    return documents, related
