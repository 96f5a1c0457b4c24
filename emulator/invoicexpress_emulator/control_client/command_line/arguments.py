"""The arguments that every command takes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...books.accounts.account import DEFAULT_ACCOUNT

URL_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_URL"
TOKEN_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_CONTROL_TOKEN"  # noqa: S105 - the name of a variable
DEFAULT_URL: Final = "http://127.0.0.1:8080"
CA_FILE: Final = Path("invoicexpress-emulator-ca.pem")
LARGEST: Final = 2**31 - 1


def common(parser: argparse.ArgumentParser, every: str | None = None, account: str = DEFAULT_ACCOUNT) -> None:
    """Add what each command takes; `every` is the help of --all, None for a command without it."""
    group = parser.add_argument_group("the emulator, and the form of the answer")
    group.add_argument(
        "--url",
        metavar="URL",
        help=f"where it listens (default: ${URL_VARIABLE}, else {DEFAULT_URL})",
    )
    group.add_argument("--account", metavar="NAME", default=account, help=f"default: {DEFAULT_ACCOUNT}")
    if every is not None:
        group.add_argument("--all", action="store_true", dest="every_account", help=every)
    group.add_argument(
        "--control-token",
        metavar="T",
        dest="token",
        help=f"its token, if it has one (default: ${TOKEN_VARIABLE})",
    )
    group.add_argument(
        "--ca-file",
        type=Path,
        metavar="FILE",
        dest="authority",
        help=f"the certificate that --tls wrote (default: {CA_FILE}, if it is in this folder)",
    )
    form = group.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="form",
        help="JSON, one object per line (default, except on a terminal)",
    )
    form.add_argument(
        "--text", action="store_const", const="text", dest="form", help="text (default on a terminal)"
    )


def with_actions(
    parser: argparse.ArgumentParser, usual: str, helps: Mapping[str, str], every: str | None = None
) -> dict[str, argparse.ArgumentParser]:
    """Add the actions of a command, `usual` if none is given, and return their parsers by name."""
    common(parser, every)
    # An action's defaults would undo what stands before its name.
    chosen = parser.add_subparsers(dest="action", metavar="ACTION", help=f"default: {usual}")
    parser.set_defaults(action=usual)
    made: dict[str, argparse.ArgumentParser] = {}
    for name, text in helps.items():
        made[name] = chosen.add_parser(
            name, help=text, description=f"{text[0].upper()}{text[1:]}.", argument_default=argparse.SUPPRESS
        )
        common(made[name], every, account=argparse.SUPPRESS)
    return made
