"""Options that every command has, before its name or after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from .output import Format
from .reporting import client_log_shown, ended_by
from .session import Session
from .texts import Language

F = TypeVar("F", bound=Callable[..., None])

_PANEL: Final = "Shared options"


def session_of(context: typer.Context) -> Session:
    """The run of the command."""
    return cast("Session", context.find_root().obj)


def _setting(change: Callable[[Session, Any], None]) -> Callable[[typer.Context, Any, Any], None]:
    def use(context: typer.Context, _: Any, value: Any) -> None:
        # An option that is not given leaves one before the command's name as it is.
        if value not in (None, False) and not context.resilient_parsing:
            change(session_of(context), value)

    return use


def _set_account(session: Session, value: str) -> None:
    session.account_name = value


def _set_language(session: Session, value: str) -> None:
    if value not in [*Language]:
        raise typer.BadParameter(f"{value!r}: expected en or pt", param_hint="--lang")
    session.chosen_language = Language(value)


def _set_format(form: Format) -> Callable[[Session, bool], None]:
    def use(session: Session, _: bool) -> None:
        if session.format not in (Format.TABLE, form):
            raise typer.BadParameter("give one of them", param_hint="--json and --csv")
        session.format = form

    return use


def _set_yes(session: Session, _: bool) -> None:
    session.yes = True


def _set_debug(session: Session, _: bool) -> None:
    session.debug = True


def shared_options() -> list[TyperOption]:
    """New options; they set the session."""

    def flag(names: list[str], change: Callable[[Session, Any], None], text: str) -> TyperOption:
        return TyperOption(
            param_decls=names,
            is_flag=True,
            default=False,
            expose_value=False,
            callback=_setting(change),
            help=text,
            rich_help_panel=_PANEL,
        )

    def value(
        names: list[str], change: Callable[[Session, Any], None], metavar: str, text: str
    ) -> TyperOption:
        return TyperOption(
            param_decls=names,
            metavar=metavar,
            expose_value=False,
            callback=_setting(change),
            help=text,
            rich_help_panel=_PANEL,
        )

    return [
        value(["--account"], _set_account, "NAME", "Account of `invoicexpress config list`."),
        flag(["--json"], _set_format(Format.JSON), "Print JSON."),
        flag(["--csv"], _set_format(Format.CSV), "Print CSV."),
        value(["--lang"], _set_language, "en|pt", "Language of headings, values and prompts."),
        flag(["--yes"], _set_yes, "Do not ask before something that cannot be undone."),
        flag(["--debug"], _set_debug, "Show the traceback of an error, without secrets."),
    ]


class Command(TyperCommand):
    """A command with the shared options."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or []), *shared_options()]
        super().__init__(name, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Runs it. An error becomes a sentence and an exit code."""
        session = session_of(ctx)
        with client_log_shown(session):
            try:
                return super().invoke(ctx)
            except (typer.Exit, typer.BadParameter):
                raise
            except (Exception, KeyboardInterrupt) as error:
                raise typer.Exit(ended_by(error, session)) from None


class Group(TyperGroup):
    """A group of commands with the shared options."""

    def __init__(self, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or []), *shared_options()]
        super().__init__(**settings)


class App(typer.Typer):
    """Commands that all have the shared options."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=Group, rich_markup_mode="rich", **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        """Adds a command."""
        return super().command(name, cls=Command, **settings)
