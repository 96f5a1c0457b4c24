"""`sequences`: the séries of the account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

import typer
from invoicexpress import InvoiceXpress, Sequence, Unset

from ..outcomes import RefusedError
from ..output import Column, Row
from ..shared_options import App, session_of

_COLUMNS: Final = (
    Column("serie", "Série"),
    Column("id", "ID", spare=2),
    Column("type", "Type", is_term=True),
    Column("number", "Number"),
    Column("validation_code", "Code"),
    Column("default_sequence", "Default", spare=3),
)
TYPES: Final = (
    "invoice",
    "simplified_invoice",
    "invoice_receipt",
    "receipt",
    "debit_note",
    "credit_note",
    "quote",
    "proforma",
    "fees_note",
    "shipping",
    "transport",
    "devolution",
)
_UNREGISTERED: Final = (None, "", "N/D", "N/A")
"""Codes of a type that the tax authority does not know: `N/D`, and `N/A` also before a registration."""
_CODELESS: Final = ("fees_note",)
"""Types that are never registered (assumed: the service shows `N/A` for them in every série)."""

app = App(name="sequences", help="Séries of the account.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="SERIE", help="Name of the série.")]


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


def rows(sequences: Iterable[Sequence]) -> Iterable[Row]:
    """A row for each type of documents in each série."""
    for each in sequences:
        for kind in TYPES:
            row_id = getattr(each, f"current_{kind}_sequence_id")
            if row_id is None or isinstance(row_id, Unset):
                continue
            yield {
                "serie": each.serie,
                "id": row_id,
                "type": kind,
                "number": getattr(each, f"current_{kind}_number"),
                "validation_code": getattr(each, f"current_{kind}_validation_code"),
                "default_sequence": each.default_sequence,
            }


def unregistered(rows: Iterable[Row]) -> list[str]:
    """The types of documents that lack a validation code, and with it an ATCUD."""
    return [
        str(row["type"])
        for row in rows
        if row["type"] not in _CODELESS and row["validation_code"] in _UNREGISTERED
    ]


def named(ix: InvoiceXpress, serie: str) -> Sequence:
    """The série of that name. Raises RefusedError."""
    found = ix.sequences.find(serie)
    if found is None:
        raise RefusedError(f"{serie}: no such série; `invoicexpress sequences list` shows them")
    return found


@app.command("list")
def list_(context: typer.Context) -> None:
    """List séries: last number and validation code of each type of documents."""
    session = session_of(context)
    with session.client() as ix:
        session.output.rows(list(rows(ix.sequences.list())), _COLUMNS)


@app.command("create")
def create(
    context: typer.Context,
    serie: Named,
    default: Annotated[bool, typer.Option("--default", help="Make it the default série.")] = False,
) -> None:
    """Create a série. Register it with the tax authority before its first document."""
    session = session_of(context)
    with session.client() as ix:
        made = ix.sequences.create(serie=serie, default_sequence=default or None)
        session.output.rows(list(rows([made])), _COLUMNS)


@app.command("register")
def register(context: typer.Context, serie: Named) -> None:
    """Register a série with the tax authority, which gives the validation codes of its ATCUDs."""
    session = session_of(context)
    with session.client() as ix:
        found = named(ix, serie)
        if not unregistered(rows([found])):
            session.tell("{serie}: all its types are registered", serie=serie)
        else:
            session.confirm(session.asked("register série {serie} with the tax authority", serie=serie))
            ix.sequences.register(found)
            found = named(ix, serie)
        session.output.rows(list(rows([found])), _COLUMNS)


@app.command("set-current")
def set_current(context: typer.Context, serie: Named) -> None:
    """Make a série the default of new documents."""
    session = session_of(context)
    with session.client() as ix:
        ix.sequences.set_current(named(ix, serie))
        session.tell("{serie}: the default série", serie=serie)
