"""`reset`, `clock` and `snapshot`: an account as a whole."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from ..control import Control
from .arguments import common, with_actions
from .outcomes import USAGE, Failed
from .output import Column, Output
from .values import moment, span, whole

# reset ---------------------------------------------------------------------------------------------------


def add_reset(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `reset`."""
    parser.description = "Empties an account, its clock and settings included. It keeps its name and key."
    common(parser, every="every account")
    parser.add_argument(
        "--company", action="store_true", dest="refills", help="then fill it with the demo company"
    )
    parser.add_argument(
        "--company-seed",
        type=whole(0, 2**63 - 1),
        metavar="N",
        dest="refill_seed",
        help="which demo company; implies --company (default: 0)",
    )


def run_reset(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `reset`."""
    names = control.reset(all_accounts=options.every_account)
    value: dict[str, Any] = {"reset": names}
    sentence = f"{_listed(names)} {'is' if len(names) == 1 else 'are'} empty."
    if options.refills or options.refill_seed is not None:
        company: Any = control.seed(options.refill_seed or 0)
        value["company"] = company
        sentence += f" {control.account} has the demo company: {company['documents']} documents."
    output.done(sentence, value)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "No account"


# clock ---------------------------------------------------------------------------------------------------


def add_clock(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `clock`."""
    parser.description = "Shows or changes the time of an account."
    actions = with_actions(
        parser,
        "show",
        {
            "show": "the time, and whether it stands still",
            "set": "set it: 2026-11-21 09:30, of Lisbon unless there is a zone",
            "advance": "move it forwards: 30s, 5m, 2h, 3d, 1w, 1d12h",
            "back": "move it backwards",
            "freeze": "stop it, now or at a time",
            "thaw": "let it run on",
            "reset": "the real time again, running",
        },
    )
    actions["set"].add_argument("when", nargs="+", metavar="TIME", help="2026-11-21 09:30, or a day alone")
    actions["freeze"].add_argument(
        "when", nargs="*", default=[], metavar="TIME", help="when it stops (default: now)"
    )
    for name in ("advance", "back"):
        actions[name].add_argument("by", type=span, metavar="SPAN", help="30s, 5m, 2h, 3d, 1w or 1d12h")


def run_clock(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `clock`."""
    clock = control.clock
    words = " ".join(getattr(options, "when", []))
    try:
        when = moment(words) if words else None
    except argparse.ArgumentTypeError as error:
        raise Failed(f"{error}.", USAGE) from None
    match options.action:
        case "set":
            if when is None:
                raise Failed("Give the time to set: 2026-11-21 09:30.", USAGE)
            clock.set(when)
        case "advance":
            clock.advance(options.by)
        case "back":
            clock.advance(-options.by)
        case "freeze":
            clock.freeze(when)
        case "thaw":
            clock.thaw()
        case "reset":
            clock.reset()
        case _:
            pass
    state = clock.read()
    output.done(
        f"{state.now:%a %Y-%m-%d %H:%M:%S} in Lisbon, {'frozen' if state.frozen else 'running'}",
        asdict(state),
    )


# snapshot ------------------------------------------------------------------------------------------------


_SNAPSHOT_COLUMNS: Final = (
    Column("Name"),
    Column("Taken"),
    Column("Documents", is_number=True),
    Column("KiB", is_number=True),
)


def add_snapshot(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `snapshot`."""
    parser.description = "Saves an account and puts it back: books, ids, numbers, clock and settings."
    actions = with_actions(
        parser,
        "list",
        {
            "list": "those of the account",
            "save": "keep the account under a name",
            "restore": "put it back",
            "delete": "forget a snapshot",
        },
    )
    actions["save"].add_argument("name", nargs="?", metavar="NAME", help="default: the next free one")
    actions["save"].add_argument("--replace", action="store_true", help="take the place of one of this name")
    for name in ("restore", "delete"):
        actions[name].add_argument("name", metavar="NAME")


def run_snapshot(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `snapshot`."""
    name: str | None = getattr(options, "name", None)
    match options.action:
        case "save":
            replace: bool = getattr(options, "replace", False)
            if not replace and name is not None and name in _names(control):
                raise Failed(f"There is a snapshot {name!r} already: choose another name, or add --replace.")
            made = control.snapshot(name, replace=replace)
            output.done(f"{control.account} is kept as {made}.", {"name": made})
        case "restore" | "delete":
            assert name is not None  # noqa: S101 - the parser requires it
            if name not in (names := _names(control)):
                there = f"There are: {', '.join(names)}" if names else "There is none"
                raise Failed(f"{control.account} has no snapshot {name!r}. {there}.")
            if options.action == "restore":
                control.restore(name)
                output.done(f"{control.account} is as it was at {name}.", {"restored": name})
            else:
                control.delete_snapshot(name)
                output.done(f"{name} is deleted.", {"deleted": name})
        case _:
            found = control.snapshots()
            rows = (
                (
                    each.name,
                    f"{each.taken_at:%Y-%m-%d %H:%M}",
                    str(each.documents),
                    f"{each.bytes / 1024:.1f}",
                )
                for each in found
            )
            output.objects(found, _SNAPSHOT_COLUMNS, rows, "No snapshot yet: `snapshot save` takes one.")


def _names(control: Control) -> list[str]:
    return [each.name for each in control.snapshots()]
