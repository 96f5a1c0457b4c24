"""`treasury`: what clients owe, and movements."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Annotated, Final

import typer
from invoicexpress import (
    Client,
    ClientBalance,
    ClientListEntry,
    InvoiceXpress,
    TreasuryMovementWriteFields,
    Unset,
    known,
    lisbon,
)

from .. import values
from ..output import Column, Row
from ..shared_options import App, session_of
from .catalogue import client_named, one_client
from .documents import MECHANISM_HELP, MECHANISMS

_COLUMNS: Final = (
    Column("client", "Client", wraps=12),
    Column("code", "Code", spare=1),
    Column("balance", "Balance", is_money=True),
    Column("overdue", "Overdue", is_money=True),
)
_MOVEMENT: Final = (Column("client", "Client", wraps=12), Column("value", "Amount", is_money=True))
_MOVEMENTS: Final = ("Payment", "Reimbursement")

app = App(name="treasury", help="Balances and movements of clients.", no_args_is_help=True)

ClientArgument = Annotated[str, typer.Argument(help="Code, name or id.")]


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


def _with_id(ix: InvoiceXpress, entry: ClientListEntry) -> Client | ClientListEntry:
    """The client itself where its entry in the list has no id, as in the documentation."""
    if known(entry.id, None) is not None:
        return entry
    return ix.clients.find_by_name(entry.name) or entry


def _row(client: object, balance: ClientBalance) -> Row:
    overdue = balance.overdue_balance
    return {
        "client": getattr(client, "name", None),
        "code": getattr(client, "code", None),
        "balance": balance.balance.with_vat,
        "overdue": None if isinstance(overdue, Unset) else overdue.with_vat,
    }


@app.command("balance")
def balance(context: typer.Context, client: ClientArgument) -> None:
    """Show the balance of a client, with VAT."""
    session = session_of(context)
    with session.client() as ix:
        found = client_named(ix, client)
        shown = ix.treasury.balance(found)
        session.output.whole(shown, _row(found, shown), _COLUMNS)


@app.command("balances")
def balances(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=0, help="Most clients; 0 is all. One request each.")] = 50,
    owing: Annotated[bool, typer.Option("--owing", help="Only clients with a balance.")] = False,
) -> None:
    """List the balances of clients, with VAT."""
    session = session_of(context)
    with session.client() as ix:
        clients = [_with_id(ix, each) for each in itertools.islice(ix.clients.list(), limit or None)]
        rows = [_row(client, found) for client, found in ix.treasury.balances(clients)]
        chosen = [row for row in rows if row["balance"] or not owing]
        sums = {
            name: sum((row[name] or Decimal(0) for row in chosen), Decimal(0))
            for name in ("balance", "overdue")
        }
        session.output.rows(chosen, _COLUMNS, total=sums)


@app.command("move")
def move(
    context: typer.Context,
    client: ClientArgument,
    amount: Annotated[str, typer.Argument(help="Amount, such as 30.00.")],
    kind: Annotated[str, typer.Option("--type", help="payment or reimbursement.")] = "payment",
    mechanism: Annotated[str | None, typer.Option(help=MECHANISM_HELP)] = None,
    date: Annotated[str | None, typer.Option(help="Date; today in Lisbon unless given.")] = None,
    note: Annotated[str | None, typer.Option(help="Note.")] = None,
) -> None:
    """Record a payment of a client's debt, which issues a receipt, or a reimbursement.

    A movement cannot be read back. After an unknown result look at the client's receipts and balance.
    """
    session = session_of(context)
    fields: TreasuryMovementWriteFields = {
        "movement_type": values.one_of(kind.capitalize(), _MOVEMENTS, "--type"),
        "value": values.amount(amount),
        "date": lisbon.today() if date is None else values.date(date),
    }
    if mechanism is not None:
        fields["payment_method"] = values.one_of(mechanism.upper(), MECHANISMS, "--mechanism")
    if note is not None:
        fields["observation"] = note
    with session.client() as ix:
        found = one_client(ix, client)
        session.confirm(
            session.asked(
                "record a {movement} of {amount} for {client}",
                movement=kind.lower(),
                amount=fields["value"],
                client=found.name,
            ),
            {"client": found.name, "fiscal_id": known(found.fiscal_id, None)},
            (Column("client", "Client", wraps=14), Column("fiscal_id", "Fiscal ID")),
        )
        made = ix.treasury.create_movement(found, **fields)
        session.output.whole(made, {"client": found.name, "value": fields["value"]}, _MOVEMENT)
