"""`invoicexpress codes`: the codes and names that fields of documents take. They need no account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Final

import typer
from invoicexpress import lisbon, reference_data

from .. import values
from ..output import Column
from ..shared_options import App, session_of

_COLUMNS: Final = (Column("code", "Code"), Column("name", "Name", is_term=True, wraps=20))

_TABLES: Final[Mapping[str, Callable[[], Iterable[tuple[str | None, str]]]]] = {
    "exemptions": lambda: (
        (each.code, each.text)
        for each in reference_data.exemptions().values()
        if not each.is_request_marker and reference_data.exemption_holds(each.code, on=lisbon.today())
    ),
    "countries": lambda: ((each.iso_code, each.name) for each in reference_data.countries().values()),
    "currencies": lambda: ((each.code, each.name) for each in reference_data.currencies().values()),
    "regions": lambda: ((each.code, each.name) for each in reference_data.tax_regions()),
    "mechanisms": lambda: (
        (each.code, each.meaning) for each in reference_data.payment_mechanisms().values()
    ),
}


def add_to(app: App) -> None:
    """Adds the command."""
    app.command("codes")(codes)


def codes(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=f"One of {', '.join(_TABLES)}.")],
) -> None:
    """List the codes of a field: reasons of exemption that hold today, countries, currencies, tax regions,
    payment mechanisms. A country goes by its name."""
    rows = _TABLES[values.one_of(table, [*_TABLES], "codes")]()
    session_of(context).output.rows([{"code": code, "name": name} for code, name in rows], _COLUMNS)
