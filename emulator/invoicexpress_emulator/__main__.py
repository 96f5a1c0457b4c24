"""The command: `python -m invoicexpress_emulator`, also `invoicexpress-emulator`."""

from __future__ import annotations

import argparse
import errno
import gc
import json
import logging
import os
import secrets
import signal
import sqlite3
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, NamedTuple, NoReturn, cast

_collects = gc.isenabled()
gc.disable()  # All that loads here stays: looking for garbage meanwhile takes a twelfth of the start.
try:
    from ._version import VERSION
    from .api.host_check import Hosts
    from .app import EmulatorApp, build_app
    from .books.accounts import rows as accounts
    from .books.accounts.account import DEFAULT_ACCOUNT, DEFAULT_KEY
    from .control.health_check import Trouble, trouble_with
    from .http.certificates import Authority
    from .http.connections import PATIENCE
    from .http.loopback import is_loopback
    from .http.rate_limit import RateLimit, parse_rate_limit
    from .http.request_log import LineFormatter
    from .http.tls_recipe import recipe
    from .profiles import PROFILES
    from .profiles.profile import ProfileName
    from .server import listening_socket, server_for
    from .storage.store import StorageFailed, UnusableDataFile
    from .storage.whole_files import replacing
except ModuleNotFoundError as missing:
    sys.exit(
        f"invoicexpress-emulator: the emulator needs {missing.name}: pip install 'invoicexpress[emulator]'"
    )
finally:
    if hasattr(gc, "freeze"):
        gc.freeze()  # Else the first collection looks at all of it, for 6 ms.
    if _collects:
        gc.enable()

_DEFAULT_LIMIT: Final = "780/60"
_LARGEST_PORT: Final = 65_535
_CA_FILE: Final = Path("invoicexpress-emulator-ca.pem")
_KEY_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_API_KEY"
_TOKEN_VARIABLE: Final = "INVOICEXPRESS_EMULATOR_CONTROL_TOKEN"  # noqa: S105 - the name of a variable
REMOTE: Final = {
    "reset": "empty an account",
    "clock": "show, set, move, freeze or reset the time of an account",
    "fault": "list, arm or clear faults: requests that go wrong",
    "requests": "show the latest requests, or follow them",
    "snapshot": "save an account, and put it back",
    "mail": "show mails, and save what they send",
}
"""Commands for a running emulator, with their help. What they take is read when one is given."""
_COMPANY_SEEDS: Final = range(2**63)
_LOOPBACK_OF: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - a host that --host may name
"""How this machine reaches a server that listens on all of its addresses."""


def _rate_limit(text: str) -> RateLimit | None:
    try:
        return parse_rate_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _LARGEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to {_LARGEST_PORT}")
    return int(text)


def _company_seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) in _COMPANY_SEEDS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a seed: give a whole number from 0 on")
    return int(text)


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time: give seconds, or 0 for no limit")
    return seconds or None


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of a command line; of the commands for a running emulator it knows the named one."""
    parser = argparse.ArgumentParser(
        prog="invoicexpress-emulator",
        usage="%(prog)s [OPTION ...] [COMMAND ...]",
        description="A stateful emulator of the InvoiceXpress API v2. It serves unless a command is given.",
        epilog="Exit status: 0 done, 1 failed, 2 wrong usage, 75 nothing answers there: try again.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8080, help="port; 0 picks a free one (default: %(default)s)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="keep everything in this file (default: in memory)"
    )
    parser.add_argument(
        "--profile",
        choices=sorted(PROFILES),
        default="observed",
        help="the wire to answer in (default: %(default)s)",
    )
    parser.add_argument(
        "--rate-limit",
        type=_rate_limit,
        default=_DEFAULT_LIMIT,
        metavar="N[/SECONDS]",
        help="requests per account in a sliding window; 0 for no limit (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help="decides what the emulator makes up: API keys of accounts, codes and links; the demo company "
        "has a seed of its own (default: %(default)s)",
    )
    parser.add_argument(
        "--company",
        action="store_true",
        help=f"fill the account {DEFAULT_ACCOUNT} with the demo company, a year of documents up to today; an "
        "account with books keeps them",
    )
    parser.add_argument(
        "--company-seed",
        type=_company_seed,
        metavar="SEED",
        help="decides which company that is: its customers, goods and sales; implies --company (default: 0)",
    )
    parser.add_argument("--open", action="store_true", help="open the dashboard in a browser")
    parser.add_argument("--no-control-plane", action="store_true", help="serve no /_emulator/")
    parser.add_argument(
        "--api-key",
        metavar="K",
        help=f"key of the account {DEFAULT_ACCOUNT} (default: ${_KEY_VARIABLE}; else {DEFAULT_KEY} on a "
        "loopback address, and a random one on any other)",
    )
    parser.add_argument(
        "--control-token",
        metavar="T",
        help=f"token that the control plane requires in X-Emulator-Token (default: ${_TOKEN_VARIABLE}; else "
        "none on a loopback address, and a random one on any other)",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="accept this name in the Host header too; may be repeated. On a loopback address only loopback "
        "names and the vendor's names of accounts are accepted otherwise; on any other address, every name",
    )
    parser.add_argument(
        "--request-timeout",
        type=_seconds,
        default=PATIENCE,
        metavar="SECONDS",
        help="close a connection whose request stays half-sent; 0 for no limit (default: %(default)g)",
    )
    parser.add_argument(
        "--tls",
        action="store_true",
        help="serve HTTPS, under the vendor's host names too, and print what such clients need",
    )
    parser.add_argument(
        "--ca-file",
        type=Path,
        default=_CA_FILE,
        metavar="FILE",
        help="file for the certificate of the authority that --tls makes at each start "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--check-health",
        action="store_true",
        help="start nothing; exit with 0 if an emulator answers at --host and --port, else with 1; compares "
        "--tls, --profile, --seed and --no-control-plane where given, and takes only --control-token besides",
    )
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(
        prog=parser.prog,
        dest="command",
        metavar="COMMAND",
        help="instead of serving; the last six act on a running emulator:",
    )
    verify = commands.add_parser("verify", help="check the books in a data file against the law")
    verify.add_argument("file", type=Path, metavar="FILE", help="a data file; it is read, never written")
    saft = commands.add_parser("saft", help="export a month or a year of a data file as SAF-T (PT)")
    saft.add_argument("file", type=Path, metavar="FILE", help="a data file; it is read, never written")
    saft.add_argument("--year", type=int, required=True, help="year to export")
    saft.add_argument(
        "--month", type=int, default=None, help="month to export, 1 to 12 (default: the whole year)"
    )
    saft.add_argument("--account", default=DEFAULT_ACCOUNT, metavar="NAME", help="account to export")
    saft.add_argument(
        "--output", type=Path, metavar="OUT.xml", help="file to write (default: standard output)"
    )
    commands.add_parser("ledger", help="print every behaviour of the emulator and its evidence")
    for name, text in REMOTE.items():
        remote = commands.add_parser(name, help=text)
        if name in words:
            from .control_client.command_line import add_arguments  # noqa: PLC0415 - a server starts without

            add_arguments(name, remote)
    return parser


_ASKED_WITH: Final = frozenset({"host", "port", "control_token", "check_health"})
"""Options that say where and how a health check asks."""
_COMPARED: Final = frozenset({"tls", "profile", "seed", "no_control_plane"})
"""Options whose effect a health check sees."""


class _Parsed(NamedTuple):
    options: argparse.Namespace
    given: frozenset[str]
    """Names of the options that stand on the command line, those of a command apart."""


def _parse(arguments: Sequence[str] | None) -> _Parsed:
    """Read the command line; exit with 2 where an option would have no effect, or is wrong."""
    parser = _parser(sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(arguments)
    # Names that are in the namespace before get no default.
    unset = object()
    own = vars(parser.parse_args([])).keys() - {"command"}
    before: dict[str, object] = {**dict.fromkeys(own, unset), "allow_host": None}
    after = vars(parser.parse_args(arguments, argparse.Namespace(**before)))
    given = frozenset(name for name in own if after[name] is not before[name])
    beside = options.command or ("--check-health" if options.check_health else None)
    taken = _ASKED_WITH | _COMPARED if options.command is None else frozenset[str]()
    if beside is not None and (idle := sorted(given - taken)):
        shown = ", ".join(f"--{name.replace('_', '-')}" for name in idle)
        where = " before its name" if options.command in REMOTE else ""
        parser.error(f"{beside} does not take {shown}{where}")
    if options.open and options.no_control_plane:
        parser.error("--open needs the dashboard, which --no-control-plane leaves out")
    return _Parsed(options, given)


class Guards(NamedTuple):
    """The secrets that keep strangers out: the default account's key and the control plane's token."""

    api_key: str
    control_token: str | None
    are_new: bool
    """Whether they were just made, and so have to be printed."""


class UnsafeKey(ValueError):
    """The key cannot guard anything; the message is a sentence."""


def guards_for(
    host: str, control_token: str | None, *, control_plane: bool, api_key: str | None = None
) -> Guards:
    """Return the guards of an address: the well-known key on loopback, secrets where others reach it.

    A key or token of the caller's takes their place, however easy it is to guess.

    Raises:
        UnsafeKey: the key is blank, or the well-known one at an address that other machines reach.
    """
    if api_key is not None and not api_key.strip():
        raise UnsafeKey("The key must not be blank.")
    if is_loopback(host):
        return Guards(api_key or DEFAULT_KEY, control_token, are_new=False)
    if api_key == DEFAULT_KEY:
        raise UnsafeKey(f"{DEFAULT_KEY} is public, and other machines can reach {host}: give another key.")
    is_new = control_plane and control_token is None
    return Guards(
        api_key or secrets.token_hex(20),
        secrets.token_hex(20) if is_new else control_token,
        are_new=api_key is None or is_new,
    )


def given(option: str | None, variable: str, environment: Mapping[str, str]) -> str | None:
    """Return the value of an option, else of its environment variable; an empty variable counts as unset."""
    return option if option is not None else environment.get(variable) or None


@contextmanager
def _ended_by_sigterm() -> Generator[None]:
    """Let SIGTERM end the program in order, with status 0, as container runtimes expect.

    Without this, the first process of a container ignores it until it serves, and the server lets it kill
    the process once it has stopped.
    """

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not the main thread, to which signals are not sent
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped, or run a command; return the exit status.

    On a terminal it says where it is and how to try it. Anywhere else the first line on stdout is JSON:
    `base_url`, `pid`, and the account to use. On an address that
    other machines reach, a random key replaces `demo-key` and the control plane requires a token; both
    are in that line. Options or the environment can set others. With `--tls` the line has `ca_file` as well,
    and stderr gets a recipe for clients.
    """
    options, given_options = _parse(arguments)
    if options.command == "verify":
        return _verify(options.file)
    if options.command == "saft":
        return _saft(options)
    if options.command == "ledger":
        from .control.ledger.book import as_markdown  # noqa: PLC0415 - a server starts without it

        print(as_markdown(), end="")  # noqa: T201 - the command's output
        return 0
    if options.command in REMOTE:
        from .control_client.command_line import run  # noqa: PLC0415 - a server starts without it

        return run(options)
    control_token = given(options.control_token, _TOKEN_VARIABLE, os.environ)
    if options.check_health:
        trouble = _trouble(options, given_options, control_token)
        return 0 if trouble is None else _refuse(trouble, status=1)
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(LineFormatter("%(asctime)s %(message)s"))
    logging.basicConfig(handlers=[lines], level=logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    # No line names them, so no request has to find them out.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    try:
        guards = guards_for(
            options.host,
            control_token,
            control_plane=not options.no_control_plane,
            api_key=given(options.api_key, _KEY_VARIABLE, os.environ),
        )
    except UnsafeKey as error:
        return _refuse(str(error))
    with _ended_by_sigterm():
        return _serve(options, guards)


def _trouble(
    options: argparse.Namespace, given_options: frozenset[str], control_token: str | None
) -> str | None:
    """Return what is wrong with the emulator of these options, None if it is well.

    The health check of a container does not see the options after the image's name, so what is not given is
    not compared, and an emulator that serves HTTPS is found without `--tls` as well.
    """
    shown = ("profile", "seed")
    expected: dict[str, object] = {name: getattr(options, name) for name in shown if name in given_options}
    troubles: list[Trouble] = []
    for scheme in ("https",) if options.tls else ("http", "https"):
        trouble = trouble_with(
            _base_url(options.host, options.port, scheme),
            control_token,
            expected=expected,
            without_control_plane=options.no_control_plane,
        )
        if trouble is None:
            return None
        troubles.append(trouble)
    # Over HTTP, an emulator that serves HTTPS says no more than that.
    found = next((trouble for trouble in reversed(troubles) if trouble.is_an_emulators), troubles[0])
    return found.sentence


def _verify(file: Path) -> int:
    """Print one line per finding and warning; return 0 if there is no finding, 1 if there are some, 2 if the
    file cannot be read.
    """
    from .verify.data_file import check_file  # noqa: PLC0415 - a server starts without it

    count = 0
    try:
        for finding in check_file(file):
            print(finding.line())  # noqa: T201 - the command's output
            count += not finding.is_warning
    except UnusableDataFile as error:
        return _refuse(str(error))
    if not count:
        print("no findings")  # noqa: T201 - the command's output
    return 1 if count else 0


def _saft(options: argparse.Namespace) -> int:
    """Write the file; return 0, 1 if there is nothing to export, 2 if it cannot be read or written."""
    from .output.saft.data_file import exporting  # noqa: PLC0415 - a server starts without it
    from .output.saft.export import NothingToExport  # noqa: PLC0415 - as below

    try:
        with exporting(options.file, options.account, options.year, options.month) as pieces:
            target = nullcontext(sys.stdout.buffer) if options.output is None else replacing(options.output)
            with target as file:
                file.writelines(pieces)
    except NothingToExport as error:
        return _refuse(str(error), status=1)
    except UnusableDataFile as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{options.output or 'standard output'} cannot be written: {error.strerror or error}.")
    return 0


def hosts_for(host: str, allowed: Sequence[str]) -> Hosts:
    """Return the Host headers that a server at an address accepts.

    On a loopback address the check keeps foreign web pages out. Elsewhere a secret does, and the names by
    which other machines reach the server are not known here: each is accepted, unless some are given.

    Raises:
        ValueError: one of `allowed` is not a host name; the message is a sentence.
    """
    own_address = [] if host in _LOOPBACK_OF else [host.partition("%")[0]]
    accepts_any = not is_loopback(host) and not allowed
    return Hosts.own_and([*allowed, *own_address])._replace(accepts_any=accepts_any)


_TAKEN: Final = (
    " An emulator may be running there already: use or stop that one, or start this one with --port 0, which "
    "takes a free port."
)


def _serve(options: argparse.Namespace, guards: Guards) -> int:
    try:
        hosts = hosts_for(options.host, options.allow_host)
        authority = Authority(hosts.added) if options.tls else None
    except (ValueError, ModuleNotFoundError) as error:
        return _refuse(str(error))
    try:
        listener = listening_socket(options.host, options.port)
    except OSError as error:
        advice = _TAKEN if error.errno == errno.EADDRINUSE else ""
        why = f"{error.strerror or error}.{advice}"
        return _refuse(f"Cannot listen on {options.host}:{options.port}: {why}")
    with listener:
        try:
            app = build_app(
                data=options.data,
                profile=cast(ProfileName, options.profile),
                rate_limit=options.rate_limit,
                seed=options.seed,
                control_plane=not options.no_control_plane,
                clock=None,
                api_key=guards.api_key,
                control_token=guards.control_token,
                hosts=hosts,
            )
        except UnusableDataFile as error:
            return _refuse(str(error))
        except sqlite3.IntegrityError:  # only keys are unique here
            return _refuse(
                f"Another account in {options.data} has this key: give a different one with --api-key."
            )
        if options.company or options.company_seed is not None:
            try:
                _fill(app, options.company_seed or 0)
            except CannotServe as error:
                app.close()
                return _refuse(str(error))
        port: int = listener.getsockname()[1]
        first_line: dict[str, str | int] = {
            "base_url": _base_url(options.host, port, "http" if authority is None else "https"),
            "pid": os.getpid(),
            "account": DEFAULT_ACCOUNT,
            "api_key": guards.api_key,
        }
        if guards.are_new and guards.control_token is not None:
            first_line["control_token"] = guards.control_token
        advice = ""
        if authority is not None:
            ca_file: Path = options.ca_file.absolute()
            try:
                with replacing(ca_file) as file:
                    file.write(authority.certificate)
            except OSError as error:
                app.close()
                return _refuse(f"{ca_file} cannot be written: {error.strerror or error}.")
            first_line["ca_file"] = str(ca_file)
            host: str = options.host
            address = _LOOPBACK_OF.get(host, host)
            names = [account.name for account in accounts.every(app.emulation.store.db)]
            names.sort(key=lambda name: name != DEFAULT_ACCOUNT)  # the one of the first line comes first
            advice = recipe(accounts=names, address=address, port=port, ca_file=ca_file)
        server = server_for(
            app,
            partial(_announce, first_line, advice, options, needs_token=guards.control_token is not None),
            tls=None if authority is None else authority.context,
            request_timeout=options.request_timeout,
        )
        # The server passes an interrupt on after it has stopped.
        with suppress(KeyboardInterrupt), closing(app):
            server.run(sockets=[listener])
    return 0


class CannotServe(Exception):
    """The emulator cannot start as it was asked to; the message is a sentence."""


def _fill(app: EmulatorApp, seed: int) -> None:
    """Make the demo company in the default account; leave one that has books alone, as at each restart.

    Raises:
        CannotServe: documents cannot be issued in the account, or the data file cannot be written.
    """
    from .control.demo_company import company  # noqa: PLC0415 - most servers start without it

    try:
        with app.emulation.store.transaction() as db:
            account = accounts.by_name(db, DEFAULT_ACCOUNT)
            assert account is not None  # noqa: S101 - the application makes it
            company.make(app.emulation, account, seed)
    except company.NotEmpty:
        print(  # noqa: T201 - for a person
            f"invoicexpress-emulator: The account {DEFAULT_ACCOUNT} has books already, and keeps them; "
            "`invoicexpress-emulator reset --company` replaces them.",
            file=sys.stderr,
        )
    except (company.CannotSeed, StorageFailed) as error:
        raise CannotServe(str(error)) from error


def _announce(
    first_line: dict[str, str | int], advice: str, options: argparse.Namespace, *, needs_token: bool
) -> None:
    dashboard = None if options.no_control_plane else f"{first_line['base_url']}/_emulator/"
    if sys.stdout.isatty():
        from .control.greeting import greeting  # noqa: PLC0415 - programs start it more often than people

        held = "data in memory" if options.data is None else f"data in {options.data}"
        about = f"InvoiceXpress emulator {VERSION}, profile {options.profile}, {held}"
        text = greeting(first_line, about, dashboard=dashboard, needs_token=needs_token)
        print(text, flush=True)  # noqa: T201 - for a person
    else:
        print(json.dumps(first_line), flush=True)  # noqa: T201 - this line is the interface
    print(advice, end="", file=sys.stderr, flush=True)  # noqa: T201 - for a person
    if options.open and dashboard is not None:
        from .control.greeting import open_in_browser  # noqa: PLC0415 - as above

        open_in_browser(dashboard)


def _base_url(host: str, port: int, scheme: str) -> str:
    shown = _LOOPBACK_OF.get(host, host)
    return f"{scheme}://[{shown}]:{port}" if ":" in shown else f"{scheme}://{shown}:{port}"


def _refuse(sentence: str, status: int = 2) -> int:
    print(f"invoicexpress-emulator: {sentence}", file=sys.stderr)  # noqa: T201 - for a person
    return status


if __name__ == "__main__":
    sys.exit(main())
