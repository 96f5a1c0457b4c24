"""`requests`: the latest requests, and those that follow."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from ..connection import ControlRefused
from ..control import Control
from ..effects import EVERYTHING
from .arguments import common
from .outcomes import misspelt
from .output import Column, Output
from .values import whole

if TYPE_CHECKING:
    from ..answers import LoggedRequest

_LAST: Final = 20
_MOST_REQUESTS: Final = 1000
_POLL: Final = 0.2
_REQUEST_COLUMNS: Final = (
    Column("Number", 6, is_number=True),
    Column("Time", 8),
    Column("Status", 6, is_number=True),
    Column("ms", 6, is_number=True),
    Column("Operation", 22),
    Column("Request"),
)


def add_requests(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `requests`."""
    parser.description = "Shows the latest requests, the newest last."
    common(parser, every="those of every account, and those without a valid key")
    parser.add_argument("--follow", "-f", action="store_true", help="go on with new ones, until Ctrl-C")
    parser.add_argument(
        "--last",
        "-n",
        type=whole(0, _MOST_REQUESTS),
        default=_LAST,
        metavar="N",
        help=f"how many, up to {_MOST_REQUESTS} (default: %(default)s)",
    )
    parser.add_argument(
        "--operation", metavar="NAME", default=EVERYTHING, help="only this one: createInvoice"
    )
    parser.add_argument("--status", type=whole(100, 599), metavar="CODE", help="only with this status")


def run_requests(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `requests`."""

    def newest(limit: int, since: int = 0) -> list[LoggedRequest]:
        return control.requests(
            operation=options.operation,
            status=options.status,
            since=since,
            limit=limit,
            all_accounts=options.every_account,
        )

    last: int = options.last
    try:
        found = newest(last or 1)
    except ControlRefused as error:
        raise misspelt(control, options.operation, error) from error
    seen = found[-1].number if found else 0
    found = found if last else []
    if output.is_text and (found or options.follow):
        output.head(_REQUEST_COLUMNS)
    elif output.is_text:
        output.line("No request yet.")
    _print_requests(found, output)
    try:
        while options.follow:
            time.sleep(_POLL)
            found = newest(_MOST_REQUESTS, seen)
            _print_requests(found, output)
            seen = found[-1].number if found else seen
    except KeyboardInterrupt:
        return


def _print_requests(found: Iterable[LoggedRequest], output: Output) -> None:
    for each in found:
        if not output.is_text:
            output.json(asdict(each))
            continue
        query = f"?{each.query}" if each.query else ""
        output.row(
            _REQUEST_COLUMNS,
            (
                str(each.number),
                f"{each.at.astimezone():%H:%M:%S}",
                str(each.status or "reset"),
                f"{each.milliseconds:.0f}",
                each.operation or "-",
                f"{each.method} {each.path}{query}",
            ),
            is_bad=not each.status or each.status >= 400,
        )
        for remark in each.remarks:
            output.note(remark)
        if each.unknown_fields:
            output.note(f"Unknown fields: {', '.join(each.unknown_fields)}")
