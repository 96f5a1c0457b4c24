"""`clients`, `items` and `taxes`: list, show, create; and `clients update`."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, Final, cast

import typer
from invoicexpress import (
    Client,
    ClientListEntry,
    ClientWriteFields,
    InvoiceXpress,
    Item,
    ItemWriteFields,
    NotFoundError,
    Tax,
    TaxWriteFields,
    known,
)

from .. import values
from ..outcomes import RefusedError, UsageError
from ..output import Column, Row
from ..shared_options import App, session_of

_CLIENTS: Final = (
    Column("name", "Name", wraps=12),
    Column("id", "ID", spare=1),
    Column("code", "Code"),
    Column("fiscal_id", "Fiscal ID"),
    Column("email", "E-mail", spare=2),
    Column("city", "City", wraps=8, spare=4),
    Column("country", "Country", wraps=8, spare=3),
)
_CLIENT: Final = (
    *_CLIENTS,
    Column("address", "Address", wraps=20),
    Column("postal_code", "Postal code"),
    Column("phone", "Phone"),
    Column("payment_days", "Days to pay"),
    Column("observations", "Observations", wraps=20),
)
_ITEMS: Final = (
    Column("name", "Name", wraps=12),
    Column("id", "ID", spare=1),
    Column("description", "Description", wraps=16, spare=3),
    Column("unit_price", "Price", is_money=True),
    Column("unit", "Unit", spare=2),
    Column("tax", "Tax"),
)
_TAXES: Final = (
    Column("name", "Name", wraps=12),
    Column("id", "ID", spare=1),
    Column("value", "Percent"),
    Column("region", "Region", spare=2),
    Column("code", "Code"),
    Column("default_tax", "Default", spare=3),
)
_SHOWN: Final = 50

clients = App(name="clients", help="Clients of the account.", no_args_is_help=True)
items = App(name="items", help="Items of the account.", no_args_is_help=True)
taxes = App(name="taxes", help="Taxes of the account.", no_args_is_help=True)

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="JSON object of fields; - is the standard input.")
]
NifOption = Annotated[str | None, typer.Option("--nif", "--fiscal-id", help="Tax number (NIF).")]
CodeOption = Annotated[str | None, typer.Option(help="Your code.")]
EmailOption = Annotated[str | None, typer.Option(help="E-mail address.")]
CountryOption = Annotated[str | None, typer.Option(help="Country, as the service names it.")]
LimitOption = Annotated[int, typer.Option(min=0, help="Most rows; 0 is all of them.")]


def add_to(parent: App) -> None:
    """Adds the groups."""
    for app in (clients, items, taxes):
        parent.add_typer(app)


def _of(thing: object, columns: tuple[Column, ...]) -> Row:
    return {column.field: getattr(thing, column.field, None) for column in columns}


def _item(item: Item) -> Row:
    return {**_of(item, _ITEMS), "tax": getattr(item.tax, "name", None)}


def client_named(ix: InvoiceXpress, named: str) -> Client:
    """The client with a code, id or name, in this order. Raises RefusedError."""
    given = named.strip()
    if given.isascii() and given.isdigit():
        found = ix.clients.find_by_code(given)
        return found if found is not None else ix.clients.get(int(given))
    found = ix.clients.find_by_code(given) or ix.clients.find_by_name(given)
    if found is None:
        raise RefusedError(
            f"{named}: no client with this code or name; `invoicexpress clients list` shows them"
        )
    return found


@clients.command("list")
def list_clients(
    context: typer.Context,
    nif: Annotated[
        str | None, typer.Option("--nif", "--fiscal-id", help="Only with this tax number.")
    ] = None,
    limit: LimitOption = _SHOWN,
) -> None:
    """List clients."""
    session = session_of(context)
    with session.client() as ix:
        listing = ix.clients.list(fiscal_id=None if nif is None else values.nif(nif))
        found: list[ClientListEntry] = list(itertools.islice(listing, limit or None))
        session.output.rows([_of(each, _CLIENTS) for each in found], _CLIENTS)
        if limit and len(found) == limit and (total := listing.total()) is not None and total > limit:
            session.tell("{limit} of {total} clients; --limit 0 lists all of them", limit=limit, total=total)


@clients.command("show")
def show_client(
    context: typer.Context, client: Annotated[str, typer.Argument(help="Code, name or id.")]
) -> None:
    """Show a client."""
    session = session_of(context)
    with session.client() as ix:
        found = client_named(ix, client)
        session.output.whole(found, _of(found, _CLIENT), _CLIENT)


@clients.command("create")
def create_client(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name.")] = None,
    code: CodeOption = None,
    nif: NifOption = None,
    email: EmailOption = None,
    country: CountryOption = None,
    source: FromOption = None,
) -> None:
    """Create a client."""
    session = session_of(context)
    fields = _named(_fields(ClientWriteFields, source, _client_fields(name, code, nif, email, country)))
    with session.client() as ix:
        made = ix.clients.create(**cast("ClientWriteFields", fields))
        session.output.whole(made, _of(made, _CLIENT), _CLIENT)


@clients.command("update")
def update_client(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="Code, name or id.")],
    name: Annotated[str | None, typer.Option(help="New name.")] = None,
    code: CodeOption = None,
    nif: NifOption = None,
    email: EmailOption = None,
    country: CountryOption = None,
    source: FromOption = None,
) -> None:
    """Change a client: the fields given, and no others. Documents that are issued stay as they are."""
    session = session_of(context)
    fields = _fields(ClientWriteFields, source, _client_fields(name, code, nif, email, country))
    if not fields:
        raise UsageError("nothing to change: give --name, --code, --nif, --email, --country or --from FILE")
    with session.client() as ix:
        present = one_client(ix, client)
        before = {field: known(getattr(present, field, None), None) for field in fields}
        changed = {field: value for field, value in fields.items() if (before[field] or None) != value}
        if changed:
            shown = {field: f"{before[field] or '-'} → {value}" for field, value in changed.items()}
            more = [
                Column(field, field) for field in changed if field not in {each.field for each in _CLIENT}
            ]
            session.confirm(
                session.asked("change client {client}", client=present.name),
                {**_of(present, _CLIENT), **shown},
                (*_CLIENT, *more),
            )
            # The service requires the name; what is left out stays.
            sent = {"name": present.name, **changed}
            present = ix.clients.update(present, **cast("ClientWriteFields", sent))
        session.output.whole(present, _of(present, _CLIENT), _CLIENT)


def _client_fields(
    name: str | None, code: str | None, nif: str | None, email: str | None, country: str | None
) -> dict[str, Any]:
    number = None if nif is None else values.nif(nif)
    return {"name": name, "code": code, "fiscal_id": number, "email": email, "country": country}


def one_client(ix: InvoiceXpress, named: str) -> Client:
    """As `client_named`, for a change. Raises RefusedError for a code that is the id of another client."""
    found = client_named(ix, named)
    given = named.strip()
    if given.isascii() and given.isdigit() and found.id != int(given):
        try:
            other = ix.clients.get(int(given))
        except NotFoundError:
            return found
        raise RefusedError(
            f"{given}: the code of {found.name} (id {found.id}) and the id of {other.name}; give the name"
        )
    return found


@items.command("list")
def list_items(context: typer.Context, limit: LimitOption = _SHOWN) -> None:
    """List items."""
    session = session_of(context)
    with session.client() as ix:
        found = list(itertools.islice(ix.items.list(), limit + 1 if limit else None))
        session.output.rows(map(_item, found[: limit or None]), _ITEMS)
        if limit and len(found) > limit:
            session.tell("{limit} items, and there are more; --limit 0 lists all of them", limit=limit)


@items.command("create")
def create_item(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name.")] = None,
    price: Annotated[str | None, typer.Option(help="Unit price without VAT.")] = None,
    description: Annotated[str | None, typer.Option(help="Description.")] = None,
    unit: Annotated[str | None, typer.Option(help="Unit, such as hour.")] = None,
    tax: Annotated[str | None, typer.Option(help="Name of its tax.")] = None,
    source: FromOption = None,
) -> None:
    """Create an item."""
    session = session_of(context)
    given = {
        "name": name,
        "unit_price": None if price is None else values.amount(price),
        "description": description,
        "unit": unit,
        "tax": None if tax is None else {"name": tax},
    }
    fields = _named(_fields(ItemWriteFields, source, given))
    if "unit_price" not in fields:
        raise UsageError("no price: give --price, or --from FILE with `unit_price`")
    with session.client() as ix:
        made = ix.items.create(**cast("ItemWriteFields", fields))
        session.output.whole(made, _item(made), _ITEMS)


@taxes.command("list")
def list_taxes(context: typer.Context) -> None:
    """List taxes."""
    session = session_of(context)
    with session.client() as ix:
        session.output.rows([_of(each, _TAXES) for each in ix.taxes.list()], _TAXES)


@taxes.command("create")
def create_tax(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name, such as IVA13.")] = None,
    percent: Annotated[str | None, typer.Option(help="Rate in percent.")] = None,
    region: Annotated[str | None, typer.Option(help="PT, PT-AC or PT-MA.")] = None,
    code: Annotated[str | None, typer.Option(help="NOR, INT, RED, ISE or OUT.")] = None,
    source: FromOption = None,
) -> None:
    """Create a tax."""
    session = session_of(context)
    given = {
        "name": name,
        "value": None if percent is None else values.amount(percent),
        "region": region,
        "code": code,
    }
    fields = _named(_fields(TaxWriteFields, source, given))
    if "value" not in fields:
        raise UsageError("no rate: give --percent, or --from FILE with `value`")
    with session.client() as ix:
        made: Tax = ix.taxes.create(**cast("TaxWriteFields", fields))
        session.output.whole(made, _of(made, _TAXES), _TAXES)


def _fields(kind: type[Any], source: str | None, given: dict[str, Any]) -> dict[str, Any]:
    """Fields from a file and from options; an option goes before the file."""
    fields = values.fields(kind, values.json_object(source)) if source is not None else {}
    return fields | {name: value for name, value in given.items() if value is not None}


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields. Raises UsageError without a name, which a new thing needs."""
    if not fields.get("name"):
        raise UsageError("no name: give it as NAME, or --from FILE with `name`")
    return fields
