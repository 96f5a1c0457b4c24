"""`doctor`: whether the account can be used, and what is in the way, each with its remedy."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final, NamedTuple

import typer
from invoicexpress import (
    AuthenticationError,
    ConfigurationError,
    InvoiceXpress,
    InvoiceXpressError,
    NotFoundError,
    PermissionDeniedError,
    Unset,
    known,
)

from ..outcomes import CommandError, ExitCode, sentence
from ..output import Column, Row, visible
from ..session import Session
from ..shared_options import App, session_of
from .sequences import rows as serie_rows
from .sequences import unregistered

_COLUMNS: Final = (
    Column("check", "Check", is_term=True, wraps=12),
    Column("state", "State", is_term=True),
    Column("finding", "Finding", wraps=20),
    Column("remedy", "Remedy", wraps=20),
)
_CLOCK: Final = 120.0
"""Most seconds between this clock and the service's: documents are dated by it (assumed: minutes do not
matter, a wrong day does)."""
_FEW: Final = 10
_COMPARE: Final = "compare this machine's clock with another: documents get its date"
_SETTINGS: Final = "look at the account's settings on the website"
_NUMBER: Final = "the id that the service gave the account when it was created, which its support knows"
_EMULATED_NUMBER: Final = "30001 for the emulator's first account"
_EMULATOR: Final = "x-invoicexpress-emulator"


class Finding(NamedTuple):
    """The result of one check."""

    check: str
    state: str
    """`ok`, `warning`, `failed`, or `not checked`."""
    finding: str
    remedy: str = ""


def add_to(app: App) -> None:
    """Adds the command."""
    app.command("doctor", rich_help_panel="Set-up")(doctor)


def doctor(context: typer.Context) -> None:
    """Check account, key, clock, séries, AT credentials and plan. Ends with 1 if something is in the way."""
    session = session_of(context)
    findings = list(_findings(session))
    rows = [finding._asdict() for finding in findings]
    if session.output.wraps:
        session.output.rows(rows, _COLUMNS[:-1])
        session.output.notes("Remedy", [(each.check, each.remedy) for each in findings if each.remedy])
    else:
        session.output.rows(rows, _COLUMNS)
    if any(finding.state == "failed" for finding in findings):
        raise typer.Exit(ExitCode.FAILED)


def _findings(session: Session) -> Iterator[Finding]:
    yield Finding(
        "versions",
        "ok",
        ", ".join(f"{name} {version(name)}" for name in ("invoicexpress", "httpx"))
        + f", Python {platform.python_version()}",
    )
    try:
        with session.client() as ix:
            yield Finding("account", "ok", session.place)
            if session.account is not None and session.account.shown_proxy is not None:
                yield Finding("proxy", "ok", session.account.shown_proxy)
            yield from _of_account(ix, session)
    except (CommandError, ConfigurationError, OSError) as error:
        yield Finding("account", "failed", sentence(error))


def _of_account(ix: InvoiceXpress, session: Session) -> Iterator[Finding]:
    try:
        read = ix.with_raw_response.sequences.list()
    except AuthenticationError:
        yield Finding(
            "key",
            "failed",
            "the service does not accept the key for this account",
            "copy it anew from Account > API, then `invoicexpress config add NAME`",
        )
        return
    except InvoiceXpressError as error:
        yield Finding("reached", "failed", visible(sentence(error)), "check address and network")
        return
    yield Finding("key", "ok", "accepted")
    headers = read.response.headers
    is_emulator = _EMULATOR in {name.lower() for name in headers}
    yield Finding("service", "ok", "an emulator: its documents are not invoices" if is_emulator else "live")
    yield _clock(headers.get("date") or headers.get("Date"))
    yield from _series(list(serie_rows(read.value)))
    yield from _of_details(ix, session, _EMULATED_NUMBER if is_emulator else _NUMBER)


def _clock(given: str | None) -> Finding:
    if given is None:
        return Finding("clock", "not checked", "the answer has no date", _COMPARE)
    try:
        there = parsedate_to_datetime(given)
    except ValueError:
        return Finding("clock", "not checked", "the date of the answer is unreadable", _COMPARE)
    apart = abs((datetime.datetime.now(datetime.UTC) - there).total_seconds())
    if apart > _CLOCK:
        return Finding(
            "clock",
            "warning",
            f"{apart:.0f} s from the service's",
            "set this machine's clock: documents get its date",
        )
    return Finding("clock", "ok", f"within {_CLOCK:.0f} s of the service's")


def _series(rows: Sequence[Row]) -> Iterator[Finding]:
    if not rows:
        yield Finding(
            "séries",
            "failed",
            "the account has none",
            "create one: `invoicexpress sequences create NAME --default`, then register it",
        )
        return
    names = dict.fromkeys(str(row["serie"]) for row in rows)
    missing = {name: unregistered(row for row in rows if row["serie"] == name) for name in names}
    for serie, kinds in missing.items():
        if not kinds:
            continue
        has_none = len(kinds) == len(unregistered(_without_codes(rows, serie)))
        yield Finding(
            f"série {serie}",
            "warning",
            f"no validation code for {'all types' if has_none else ', '.join(kinds)}: no ATCUD",
            f'`invoicexpress sequences register "{serie}"` (needs AT credentials)',
        )
    registered = [serie for serie, kinds in missing.items() if not kinds]
    if registered:
        yield Finding("séries", "ok", f"registered: {', '.join(registered)}")


def _without_codes(rows: Sequence[Row], serie: str) -> list[Row]:
    return [{**row, "validation_code": None} for row in rows if row["serie"] == serie]


def _of_details(ix: InvoiceXpress, session: Session, where: str) -> Iterator[Finding]:
    account = session.account
    if account is None:
        return
    number, command = account.account_id, account.add_again("--account-id NUMBER")
    if number is None:
        yield Finding(
            "AT credentials, plan",
            "not checked",
            "the number of the account is not known",
            f"{_SETTINGS}, or give the number ({where}): `{command}`",
        )
        return
    for check, read in (("AT credentials", _credentials), ("plan", _plan)):
        try:
            # The limits come from an undocumented operation, of which the client warns.
            with session.noting(lambda _, __: None):
                found = read(ix, int(number))
            yield found
        except NotFoundError:
            yield Finding(
                check,
                "warning",
                f"the key cannot read account {number}",
                f"correct the number ({where}): `{command}`",
            )
        except PermissionDeniedError as error:
            yield Finding(check, "warning", visible(sentence(error)), _SETTINGS)
        except InvoiceXpressError as error:
            yield Finding(check, "not checked", visible(sentence(error)), f"try again, or {_SETTINGS}")


def _credentials(ix: InvoiceXpress, number: int) -> Finding:
    is_set = known(ix.accounts.get(number).at_configured, None)
    if is_set is None:
        return Finding("AT credentials", "not checked", "the answer does not tell", _SETTINGS)
    if is_set:
        return Finding("AT credentials", "ok", "set")
    return Finding(
        "AT credentials",
        "warning",
        "not set: séries cannot be registered, nor guides communicated",
        "set them under Account > AT, with a sub-user that may communicate séries and documents",
    )


def _plan(ix: InvoiceXpress, number: int) -> Finding:
    stats = ix.legacy.account_stats(number)
    documents = stats.documents
    if documents is None or isinstance(documents, Unset):
        return Finding("plan", "not checked", "the answer has no limits", _SETTINGS)
    left = known(documents.available_documents, None)
    used = known(documents.used_documents, None)
    text = f"{known(stats.plan, None) or 'plan'}: {used} documents used, {left} left"
    if left is not None and left <= 0:
        return Finding("plan", "failed", text, "wait for the next period, or choose a larger plan")
    state = "warning" if left is not None and left < _FEW else "ok"
    return Finding("plan", state, text, "choose a larger plan in time" if state == "warning" else "")
