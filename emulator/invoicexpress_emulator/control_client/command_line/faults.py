"""`fault`: requests that go wrong as you choose."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from ..connection import ControlRefused
from ..control import Control
from ..effects import CommitLate, Delay, Effect, HtmlPage, Reset, Respond, Truncate
from .arguments import LARGEST, with_actions
from .outcomes import USAGE, Failed, misspelt
from .output import Column, Output
from .values import chance, header, span_text, wait, whole

if TYPE_CHECKING:
    from ..answers import FaultInfo


_EFFECTS: Final = ("status", "html", "delay", "reset_at", "commit_late", "truncate")


def add_fault(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `fault`."""
    parser.description = "Lists, arms and clears faults: requests that go wrong as you choose."
    actions = with_actions(
        parser,
        "list",
        {
            "list": "those that are armed, and how often each fired",
            "arm": "make requests of an operation go wrong",
            "clear": "remove some or all",
            "operations": "the names of operations",
        },
        every="every account",
    )
    arm = actions["arm"]
    arm.epilog = (
        "Example: invoicexpress-emulator fault arm createInvoice --reset after   "
        "(the invoice is made, its answer is lost)"
    )
    arm.add_argument("operation", metavar="OPERATION", help="such as createInvoice; * for every one")
    effect = arm.add_argument_group("what happens (exactly one; --html takes a --status)")
    effect.add_argument("--status", type=whole(200, 599), metavar="CODE", help="this status answers instead")
    effect.add_argument("--html", action="store_true", help="a page answers instead of JSON")
    effect.add_argument(
        "--delay", type=wait, metavar="SPAN", help="the request waits before it is carried out"
    )
    effect.add_argument(
        "--reset",
        choices=("before", "after"),
        dest="reset_at",
        help="the connection is reset, before or after the request is carried out",
    )
    effect.add_argument(
        "--commit-late",
        type=wait,
        nargs="?",
        const=timedelta(seconds=2),
        metavar="SPAN",
        help="the connection is reset at once, and the request carried out later (2s)",
    )
    effect.add_argument(
        "--truncate", type=whole(0, LARGEST), metavar="BYTES", help="the answer stops after so many bytes"
    )
    answer = arm.add_argument_group("with --status or --html")
    answer.add_argument("--body", metavar="TEXT", help="body of the answer; not with --html")
    answer.add_argument(
        "--header", type=header, action="append", metavar="NAME:VALUE", help="may be repeated"
    )
    answer.add_argument(
        "--applied",
        action=argparse.BooleanOptionalAction,
        help="whether the request is carried out all the same (default: with --html alone)",
    )
    when = arm.add_argument_group("when")
    when.add_argument(
        "--nth", type=whole(1, LARGEST), metavar="N", help="from the Nth request on (default: 1)"
    )
    when.add_argument("--probability", type=chance, metavar="P", help="by chance, 0 to 1, instead of --nth")
    when.add_argument(
        "--seed", type=whole(0, LARGEST), metavar="N", dest="chance", help="seed of that chance"
    )
    when.add_argument("--times", type=whole(1, LARGEST), metavar="N", help="at most so often (default: 1)")
    when.add_argument("--forever", action="store_true", help="as often as it can")
    actions["clear"].add_argument(
        "ids",
        nargs="*",
        default=[],
        type=whole(0, LARGEST),
        metavar="ID",
        help="numbers of faults (default: the account's)",
    )


def run_fault(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `fault`."""
    every: bool = options.every_account
    match options.action:
        case "arm":
            _arm(control, options, output)
        case "clear":
            cleared = len(options.ids)
            for each in options.ids:
                _remove(control, each)
            if not options.ids:
                cleared = control.faults.clear(all_accounts=every)
            output.done(f"{cleared} {'fault' if cleared == 1 else 'faults'} cleared.", {"cleared": cleared})
        case "operations":
            for name in control.operations():
                output.done(name, {"operation": name})
        case _:
            found = control.faults.registered(all_accounts=every)
            output.objects(found, _FAULT_COLUMNS, map(_fault_row, found), "No fault is armed.")


def _remove(control: Control, number: int) -> None:
    try:
        control.faults.remove(number)
    except ControlRefused as error:
        if error.status != 404:
            raise
        raise Failed(
            f"There is no fault {number}: `invoicexpress-emulator fault --all` lists them."
        ) from error


def _arm(control: Control, options: argparse.Namespace, output: Output) -> None:
    given = vars(options)
    if given.get("forever") and "times" in given:
        raise Failed("--forever and --times exclude each other: give one.", USAGE)
    if "nth" in given and "probability" in given:
        raise Failed("--nth and --probability exclude each other: give one.", USAGE)
    if "chance" in given and "probability" not in given:
        raise Failed("--seed is the seed of a chance: give --probability too.", USAGE)
    effect = _effect(given)
    every: bool = options.every_account
    try:
        number = control.faults.add(
            effect,
            options.operation,
            nth=given.get("nth", 1),
            probability=given.get("probability"),
            seed=given.get("chance", 0),
            times=None if given.get("forever") else given.get("times", 1),
            all_accounts=every,
        )
    except ControlRefused as error:
        raise misspelt(control, options.operation, error) from error
    (made,) = (each for each in control.faults.registered(all_accounts=True) if each.id == number)
    output.done(f"Fault {number} is armed: {_shown(made)}.", {"id": number})


def _effect(given: Mapping[str, Any]) -> Effect:
    """Return the effect that the options describe."""
    chosen = [name for name in _EFFECTS if name in given]
    if len(chosen) != 1 and chosen != ["status", "html"]:
        raise Failed(
            "Give one effect: --status, --html, --delay, --reset, --commit-late or --truncate.", USAGE
        )
    answers = {"status", "html"} & set(chosen)
    if not answers and (idle := [name for name in ("body", "header", "applied") if name in given]):
        raise Failed(f"--{idle[0]} goes with --status or --html only.", USAGE)
    headers = dict[str, str](given.get("header", []))
    if "html" in given:
        if "body" in given:
            raise Failed("--html has a body of its own: leave out --body.", USAGE)
        return HtmlPage(given.get("status"), headers, given.get("applied", True))
    match chosen[0]:
        case "status":
            return Respond(given["status"], given.get("body", ""), headers, given.get("applied", False))
        case "delay":
            return Delay(given["delay"])
        case "reset_at":
            return Reset(given["reset_at"])
        case "commit_late":
            return CommitLate(given["commit_late"])
        case _:
            return Truncate(given["truncate"])


_FAULT_COLUMNS: Final = (
    Column("Fault", is_number=True),
    Column("Account"),
    Column("Operation"),
    Column("Fired", is_number=True),
    Column("Effect"),
)


def _fault_row(fault: FaultInfo) -> tuple[str, ...]:
    fired = f"{fault.fired} of {'∞' if fault.times is None else fault.times}"
    return (
        str(fault.id),
        fault.account,
        fault.operation,
        fired,
        _effect_text(fault.effect) + _when_text(fault),
    )


def _shown(fault: FaultInfo) -> str:
    times = "without limit" if fault.times is None else "once" if fault.times == 1 else f"{fault.times} times"
    return f"{fault.operation}, {times}: {_effect_text(fault.effect)}{_when_text(fault)}"


def _when_text(fault: FaultInfo) -> str:
    if "probability" in fault.when:
        return f", by chance of {fault.when['probability']:g}"
    nth = fault.when.get("nth", 1)
    return "" if nth == 1 else f", from request {nth} on"


def _effect_text(effect: Mapping[str, Any]) -> str:
    match effect:
        case {"html": _}:
            status = f" with {effect['status']}" if effect.get("status") else ""
            return f"HTML page{status}{'' if effect.get('applied', True) else ', not carried out'}"
        case {"status": status}:
            return f"status {status}{', carried out' if effect.get('applied') else ''}"
        case {"delay": seconds}:
            return f"delay of {span_text(seconds)}"
        case {"reset": when}:
            return f"reset {when} it is carried out"
        case {"commit": _}:
            return f"reset at once, carried out {span_text(effect.get('seconds', 2))} later"
        case {"truncate": size}:
            return f"answer cut after {size} bytes"
        case _:
            return str(effect)
