"""`invoicexpress config`: the accounts of this user."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import settings
from ..outcomes import UsageError
from ..output import Column
from ..shared_options import App, session_of

_COLUMNS = (
    Column("name", "Name"),
    Column("account", "Account"),
    Column("base_url", "Base URL"),
    Column("proxy", "Proxy", spare=2),
    Column("key_from", "Key", is_term=True, wraps=12, spare=1),
    Column("is_default", "Default"),
)

app = App(name="config", help="The accounts of this user, by name.", no_args_is_help=True)


def add_to(parent: App) -> None:
    """Adds the group."""
    parent.add_typer(app)


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Your name for the account, as in --account.")],
    account: Annotated[
        str | None,
        typer.Option("--service-name", help="First part of https://….app.invoicexpress.com; else NAME."),
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Another address, such as an emulator's.")] = None,
    proxy: Annotated[
        str | None, typer.Option(help="Proxy, http://HOST:PORT; a password goes into the settings file.")
    ] = None,
    account_id: Annotated[
        int | None,
        typer.Option(
            help="Number that the service gave the account; 30001 in the emulator. With it, doctor reads AT "
            "credentials and plan."
        ),
    ] = None,
    key_file: Annotated[str | None, typer.Option(help="File whose first line is the key.")] = None,
    key_command: Annotated[
        str | None, typer.Option(help='Command that prints the key, such as "pass show invoicexpress".')
    ] = None,
) -> None:
    """Add an account, or replace it. Without --key-file and --key-command the key is asked for, or read from
    the standard input; it is never an argument."""
    session = session_of(context)
    settings.check_name(name)
    if base_url is not None:
        try:
            settings.check_base_url(base_url)
        except UsageError as error:
            raise UsageError(f"--base-url: {error}") from None
    if proxy is not None:
        try:
            settings.check_proxy(proxy, is_argument=True)
        except UsageError as error:
            raise UsageError(f"--proxy: {error}") from None
    if key_file is not None and key_command is not None:
        raise UsageError("--key-file and --key-command exclude each other; give one")
    if key_file is not None:
        key_file = str(Path(key_file).expanduser().absolute())
    path = settings.place(session.environment)
    present = settings.load(path)
    asked = key_file is None and key_command is None
    added = settings.Account(
        name,
        account or name,
        base_url,
        proxy,
        None if account_id is None else str(account_id),
        key=session.hidden("API key") if asked else None,
        key_file=key_file,
        key_command=key_command,
    )
    if not asked:
        # Now, while the user is here to correct it.
        added.read_key()
    settings.save(present.with_account(added))
    session.tell(
        "{name}: saved in {path}; `invoicexpress doctor --account {name}` tries it", name=name, path=path
    )


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the accounts. Keys are not shown."""
    session = session_of(context)
    present = settings.load(settings.place(session.environment))
    session.output.rows(
        [
            {
                "name": each.name,
                "account": each.account,
                "base_url": each.base_url,
                "proxy": each.shown_proxy,
                "key_from": each.key_from,
                "is_default": each.name == present.default,
            }
            for each in present.accounts.values()
        ],
        _COLUMNS,
    )


@app.command("use")
def use(context: typer.Context, name: Annotated[str, typer.Argument(help="Name of an account.")]) -> None:
    """Choose the account of commands without --account."""
    session = session_of(context)
    present = settings.load(settings.place(session.environment))
    settings.save(present.with_default(name))
    session.tell("{name}: the account of commands without --account", name=name)


@app.command("remove")
def remove(context: typer.Context, name: Annotated[str, typer.Argument(help="Name of an account.")]) -> None:
    """Forget an account and its key."""
    session = session_of(context)
    present = settings.load(settings.place(session.environment))
    left = present.without(name)
    settings.save(left)
    session.tell("{name}: removed from {path}; the account itself is unchanged", name=name, path=present.path)
    if left.accounts and left.default is None:
        # Another one is not chosen by itself: the next command would issue there.
        names = list(left.accounts)
        if len(names) == 1:
            session.tell(
                "No account is the default now; choose one: `invoicexpress config use {name}`", name=names[0]
            )
        else:
            session.tell(
                "No account is the default now; choose one with `invoicexpress config use NAME`: {names}",
                names=", ".join(names),
            )


@app.command("path")
def path(context: typer.Context) -> None:
    """Print the path of the file."""
    typer.echo(settings.place(session_of(context).environment))
