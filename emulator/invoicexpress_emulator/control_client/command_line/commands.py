"""What each command takes, and what it does."""

from __future__ import annotations

import argparse
import difflib
import os
import ssl
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...books.accounts.account import DEFAULT_ACCOUNT
from ...storage.whole_files import replacing
from ..connection import Connection, ControlRefused, NotAnEmulator, Sink
from ..control import Control
from ..effects import EVERYTHING, CommitLate, Delay, Effect, HtmlPage, Reset, Respond, Truncate
from .output import Column, Output
from .values import chance, header, moment, span, span_text, wait, whole

if TYPE_CHECKING:
    from ...http.wire_values import JsonValue
    from ..answers import FaultInfo, LoggedRequest, Message
    from ..connection import Sent

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
TRY_AGAIN: Final = 75
"""EX_TEMPFAIL of sysexits.h: nothing answers now."""
INTERRUPTED: Final = 130

URL_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_URL"
TOKEN_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_CONTROL_TOKEN"  # noqa: S105 - the name of a variable
_DEFAULT_URL: Final = "http://127.0.0.1:8080"
_CA_FILE: Final = Path("invoicexpress-emulator-ca.pem")
_LAST: Final = 20
_MOST_REQUESTS: Final = 1000
_POLL: Final = 0.2
_LARGEST: Final = 2**31 - 1


class Failed(Exception):
    """The command ends; the message is a sentence with the next step."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


class _Unreachable(Exception):
    """No answer came; the cause is the error of the connection."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _Command(NamedTuple):
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Control, argparse.Namespace, Output], None]


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a command to its parser."""
    COMMANDS[name].add(parser)


def run(options: argparse.Namespace) -> int:
    """Carry out a command; return the exit status."""
    try:
        _run(options)
        sys.stdout.flush()
    except Failed as error:
        print(f"invoicexpress-emulator: {error}", file=sys.stderr)  # noqa: T201 - for a person
        return error.status
    except BrokenPipeError:
        # The reader has had enough, as `head` has. Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _run(options: argparse.Namespace) -> None:
    url = _url(options.url)
    connection = _connection(url, options)

    def ask(method: str, path: str, sent: Sent | None = None, /, *, into: Sink | None = None) -> JsonValue:
        try:
            return connection(method, path, sent, into=into)
        except OSError as error:
            raise _Unreachable(error) from error

    control = Control.over(ask, options.account)
    try:
        COMMANDS[options.command].run(control, options, Output(options.form))
    except _Unreachable as error:
        raise _no_answer(url, error.cause) from error
    except ControlRefused as error:
        raise _refusal(control, url, error) from error


def _url(given: str | None) -> str:
    url = given or os.environ.get(URL_VARIABLE) or _DEFAULT_URL
    return url.rstrip("/").removesuffix("/_emulator")  # the dashboard's address is copied as well


def _connection(url: str, options: argparse.Namespace) -> Connection:
    ca_file: Path | None = options.authority
    if ca_file is None and url.startswith("https:") and _CA_FILE.exists():
        ca_file = _CA_FILE
    token = options.token or os.environ.get(TOKEN_VARIABLE) or None
    try:
        return Connection(url, token=token, timeout=30.0, ca_file=ca_file)
    except ValueError as error:
        raise Failed(f"{error}: see --url.", USAGE) from error
    except OSError as error:
        raise Failed(f"{ca_file} holds no certificate that can be read: see --ca-file.", USAGE) from error


def _no_answer(url: str, cause: OSError) -> Failed:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Failed(
            f"The certificate of {url} is not trusted: give the file that the emulator wrote at its start "
            "with --ca-file."
        )
    if isinstance(cause, ssl.SSLError):
        return Failed(f"{url} does not speak HTTPS: give its address with --url http://….")
    if isinstance(cause, TimeoutError):
        return Failed(f"The emulator at {url} does not answer in time: try again.", TRY_AGAIN)
    return Failed(
        f"Nothing answers at {url}: start one with `invoicexpress-emulator`, or give the address of one with "
        f"--url or ${URL_VARIABLE}.",
        TRY_AGAIN,
    )


def _refusal(control: Control, url: str, error: ControlRefused) -> Failed:
    if isinstance(error, NotAnEmulator):
        return Failed(f"What answers at {url} is no emulator: check --url, and https for one with --tls.")
    if error.status == 401:
        return Failed(f"The emulator at {url} needs its control token: --control-token or ${TOKEN_VARIABLE}.")
    if error.status == 501:
        return Failed(f"The emulator at {url} has no control plane: start it without --no-control-plane.")
    if error.status == 404 and control.account not in (names := [each.name for each in control.accounts()]):
        return Failed(f"There is no account {control.account!r}. There are: {', '.join(names)}.")
    return Failed(error.sentence, USAGE if error.status in {400, 422} else FAILED)


def _common(
    parser: argparse.ArgumentParser, every: str | None = None, account: str = DEFAULT_ACCOUNT
) -> None:
    """Add what each command takes; `every` is the help of --all, None for a command without it."""
    group = parser.add_argument_group("the emulator, and the form of the answer")
    group.add_argument(
        "--url",
        metavar="URL",
        help=f"where it listens (default: ${URL_VARIABLE}, else {_DEFAULT_URL})",
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
        help=f"the certificate that --tls wrote (default: {_CA_FILE}, if it is in this folder)",
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


def _actions(
    parser: argparse.ArgumentParser, usual: str, helps: Mapping[str, str], every: str | None = None
) -> dict[str, argparse.ArgumentParser]:
    """Add the actions of a command, `usual` if none is given, and return their parsers by name."""
    _common(parser, every)
    # An action's defaults would undo what stands before its name.
    chosen = parser.add_subparsers(dest="action", metavar="ACTION", help=f"default: {usual}")
    parser.set_defaults(action=usual)
    made: dict[str, argparse.ArgumentParser] = {}
    for name, text in helps.items():
        made[name] = chosen.add_parser(
            name, help=text, description=f"{text[0].upper()}{text[1:]}.", argument_default=argparse.SUPPRESS
        )
        _common(made[name], every, account=argparse.SUPPRESS)
    return made


# reset ---------------------------------------------------------------------------------------------------


def _add_reset(parser: argparse.ArgumentParser) -> None:
    parser.description = "Empties an account, its clock and settings included. It keeps its name and key."
    _common(parser, every="every account")
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


def _reset(control: Control, options: argparse.Namespace, output: Output) -> None:
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


def _add_clock(parser: argparse.ArgumentParser) -> None:
    parser.description = "Shows or changes the time of an account."
    actions = _actions(
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


def _clock(control: Control, options: argparse.Namespace, output: Output) -> None:
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


# fault ---------------------------------------------------------------------------------------------------

_EFFECTS: Final = ("status", "html", "delay", "reset_at", "commit_late", "truncate")


def _add_fault(parser: argparse.ArgumentParser) -> None:
    parser.description = "Lists, arms and clears faults: requests that go wrong as you choose."
    actions = _actions(
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
        "--truncate", type=whole(0, _LARGEST), metavar="BYTES", help="the answer stops after so many bytes"
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
        "--nth", type=whole(1, _LARGEST), metavar="N", help="from the Nth request on (default: 1)"
    )
    when.add_argument("--probability", type=chance, metavar="P", help="by chance, 0 to 1, instead of --nth")
    when.add_argument(
        "--seed", type=whole(0, _LARGEST), metavar="N", dest="chance", help="seed of that chance"
    )
    when.add_argument("--times", type=whole(1, _LARGEST), metavar="N", help="at most so often (default: 1)")
    when.add_argument("--forever", action="store_true", help="as often as it can")
    actions["clear"].add_argument(
        "ids",
        nargs="*",
        default=[],
        type=whole(0, _LARGEST),
        metavar="ID",
        help="numbers of faults (default: the account's)",
    )


def _fault(control: Control, options: argparse.Namespace, output: Output) -> None:
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
        raise _misspelt(control, options.operation, error) from error
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


def _misspelt(control: Control, name: str, error: ControlRefused) -> Exception:
    """Return the error for a refused operation: if its name is none, with the name that was meant."""
    if error.status != 400:
        return error
    known = control.operations()
    by_lower = {each.lower(): each for each in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    meant = f" Did you mean {by_lower[close[0]]}?" if close else ""
    return Failed(
        f"There is no operation {name!r}.{meant} `invoicexpress-emulator fault operations` lists all.", USAGE
    )


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


# requests ------------------------------------------------------------------------------------------------

_REQUEST_COLUMNS: Final = (
    Column("Number", 6, is_number=True),
    Column("Time", 8),
    Column("Status", 6, is_number=True),
    Column("ms", 6, is_number=True),
    Column("Operation", 22),
    Column("Request"),
)


def _add_requests(parser: argparse.ArgumentParser) -> None:
    parser.description = "Shows the latest requests, the newest last."
    _common(parser, every="those of every account, and those without a valid key")
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


def _requests(control: Control, options: argparse.Namespace, output: Output) -> None:
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
        raise _misspelt(control, options.operation, error) from error
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


# snapshot ------------------------------------------------------------------------------------------------

_SNAPSHOT_COLUMNS: Final = (
    Column("Name"),
    Column("Taken"),
    Column("Documents", is_number=True),
    Column("KiB", is_number=True),
)


def _add_snapshot(parser: argparse.ArgumentParser) -> None:
    parser.description = "Saves an account and puts it back: books, ids, numbers, clock and settings."
    actions = _actions(
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


def _snapshot(control: Control, options: argparse.Namespace, output: Output) -> None:
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


# mail ----------------------------------------------------------------------------------------------------

_MAIL_COLUMNS: Final = (
    Column("Mail", is_number=True),
    Column("Sent"),
    Column("To"),
    Column("Document"),
    Column("Subject"),
)


def _add_mail(parser: argparse.ArgumentParser) -> None:
    parser.description = "Shows the mails that the service would have sent. The emulator sends none."
    actions = _actions(
        parser,
        "list",
        {"list": "all, the oldest first", "show": "one, with its text", "save": "the PDF that one sends"},
    )
    for name in ("show", "save"):
        actions[name].add_argument(
            "id", type=whole(0, 2**63 - 1), metavar="MAIL", help="its number in the list"
        )
    actions["save"].add_argument(
        "--output", metavar="FILE", help="the file; - for standard output (default: named after the document)"
    )
    actions["save"].add_argument("--force", action="store_true", help="replace a file of that name")


def _mail(control: Control, options: argparse.Namespace, output: Output) -> None:
    found = control.outbox()
    if options.action == "list":
        rows = (
            (
                str(each.id),
                f"{each.sent_at:%Y-%m-%d %H:%M}",
                each.to,
                f"{each.document_type} {each.document_id}",
                each.subject or "",
            )
            for each in found
        )
        output.objects(found, _MAIL_COLUMNS, rows, "No mail yet.")
        return
    chosen = next((each for each in found if each.id == options.id), None)
    if chosen is None:
        raise Failed(f"{control.account} has no mail {options.id}: `invoicexpress-emulator mail` lists them.")
    if options.action == "show":
        _show_mail(chosen, output)
    else:
        _save_pdf(control, chosen, options, output)


def _show_mail(mail: Message, output: Output) -> None:
    if not output.is_text:
        output.json(asdict(mail))
        return
    heads = {
        "To": mail.to,
        "Cc": mail.cc,
        "Bcc": mail.bcc,
        "Date": f"{mail.sent_at:%a %Y-%m-%d %H:%M:%S}",
        "Subject": mail.subject or "",
        "Sends": f"{mail.document_type} {mail.document_id}",
    }
    for name, value in heads.items():
        if value is not None:
            output.done(f"{name + ':':<9}{value}", {})
    output.line("")
    for line in (mail.body or "").splitlines():
        output.done(line, {})


def _save_pdf(control: Control, mail: Message, options: argparse.Namespace, output: Output) -> None:
    target: str = getattr(options, "output", f"{mail.document_type}-{mail.document_id}.pdf")
    if target != "-" and Path(target).exists() and not getattr(options, "force", False):
        raise Failed(f"{target} exists: give another file with --output, or add --force.")
    content = control.attachment(mail.id)
    try:
        if target == "-":
            sys.stdout.buffer.write(content)
            return
        with replacing(Path(target)) as file:
            file.write(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failed(
            f"{target} cannot be written: {error.strerror or error}. Choose one with --output."
        ) from error
    output.done(f"{target}: {len(content)} bytes.", {"file": target, "bytes": len(content)})


COMMANDS: Final[Mapping[str, _Command]] = {
    "reset": _Command(_add_reset, _reset),
    "clock": _Command(_add_clock, _clock),
    "fault": _Command(_add_fault, _fault),
    "requests": _Command(_add_requests, _requests),
    "snapshot": _Command(_add_snapshot, _snapshot),
    "mail": _Command(_add_mail, _mail),
}
