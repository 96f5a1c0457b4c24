"""Accounts: who calls, under which settings, at what time.

An account is told by its key, and by the host name when that says one (`acme.localhost`). Key and host
must agree: the real service answers a wrong subdomain and a wrong key alike (observed: transport).
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from . import sequences, taxes
from .lisbon_clock import AccountClock
from .seeded import seeded_hex
from .store import Store
from .wire_values import JsonValue

DEFAULT_ACCOUNT: Final = "demo"
DEFAULT_KEY: Final = "demo-key"
ACCOUNT_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

_ACCOUNT_DOMAINS: Final = (".localhost", ".app.invoicexpress.com")

FiscalIdCheck = Literal["refuse", "final_consumer", "accept"]
AtRegistration = Literal["automatic", "manual", "no_credentials"]
AccountState = Literal["active", "deactive", "pending"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """When something that is made in the background is ready: at the n-th poll, or `seconds` of the
    account's time after the first.

    `polls=1` is at once; the default, the second poll, makes every caller meet one 202.
    """

    polls: int = 2
    seconds: float | None = None

    def is_reached(self, polls: int, waited: timedelta) -> bool:
        """Whether it is ready at this poll, so long after the first one."""
        if self.seconds is not None:
            return waited >= timedelta(seconds=self.seconds)
        return polls >= self.polls


@dataclass(frozen=True, slots=True)
class Settings:
    """What the control plane can set per account.

    `pdf`, `qr_code` and `saft` say when these are ready; `at_doc_code` when the tax authority's code is
    on an issued guide, where each GET of the guide is a poll.
    `fiscal_id` says what happens to a Portuguese tax number whose check digit is wrong: sources
    disagree between a refusal and a silent "Consumidor Final" (contradiction C34). `at_registration`
    says what creating a series does: `automatic` registers it at the (simulated) tax authority, as
    documented; `manual` leaves that to the register endpoint; `no_credentials` refuses both, as an
    account without credentials is refused.
    """

    pdf: Readiness = field(default_factory=Readiness)
    qr_code: Readiness = field(default_factory=Readiness)
    saft: Readiness = field(default_factory=Readiness)
    at_doc_code: Readiness = field(default_factory=Readiness)
    fiscal_id: FiscalIdCheck = "refuse"
    at_registration: AtRegistration = "automatic"
    list_lag: float = 0.0
    """Seconds for which a row that was written is missing from lists (see `list_lag`)."""


FISCAL_ID_CHECKS: Final[tuple[FiscalIdCheck, ...]] = get_args(FiscalIdCheck)
AT_REGISTRATIONS: Final[tuple[AtRegistration, ...]] = get_args(AtRegistration)


@dataclass(frozen=True, slots=True)
class Account:
    """A tenant: nothing of one account is ever visible in another."""

    id: int
    name: str
    api_key: str
    organization_name: str
    fiscal_id: str
    settings: Settings
    clock: AccountClock
    state: AccountState
    trial: bool
    """A trial account may not send e-mail, export SAF-T or communicate with the tax authority (observed)."""
    partner: bool
    """A partner may create accounts, and reach those that it created (diogopms 2026-06)."""
    created_by: int | None
    at_user: str | None
    """The user of the tax authority's portal whose credentials were given, None if none were."""

    @property
    def at_configured(self) -> bool:
        """Whether series can be registered at the (simulated) tax authority."""
        return self.at_user is not None or self.settings.at_registration != "no_credentials"


def _settings_from(text: str) -> Settings:
    stored = json.loads(text)
    if not stored:
        return Settings()
    return Settings(
        pdf=Readiness(**stored["pdf"]),
        qr_code=Readiness(**stored["qr_code"]),
        saft=Readiness(**stored["saft"]),
        at_doc_code=Readiness(**stored["at_doc_code"]),
        fiscal_id=stored["fiscal_id"],
        at_registration=stored["at_registration"],
        list_lag=stored.get("list_lag", 0.0),
    )


def _account(row: sqlite3.Row) -> Account:
    frozen_at = row["clock_frozen_at"]
    return Account(
        id=row["id"],
        name=row["name"],
        api_key=row["api_key"],
        organization_name=row["organization_name"],
        fiscal_id=row["fiscal_id"],
        settings=_settings_from(row["settings"]),
        clock=AccountClock(
            timedelta(microseconds=row["clock_offset_us"]),
            datetime.fromisoformat(frozen_at) if frozen_at else None,
        ),
        state=row["state"],
        trial=bool(row["trial"]),
        partner=bool(row["partner"]),
        created_by=row["created_by"],
        at_user=row["at_user"],
    )


def account_named_by_host(host: str) -> str | None:
    """Return the account that a Host header names, None when it is an address or a bare name."""
    name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host
    for domain in _ACCOUNT_DOMAINS:
        if name.endswith(domain) and (account := name.removesuffix(domain)):
            return account
    return None


def by_key(db: sqlite3.Connection, api_key: str, host: str) -> Account | None:
    """Return the account of a key, None if there is none, it is suspended, or the host name says another
    account.
    """
    row = db.execute("SELECT * FROM accounts WHERE api_key = ? AND state = 'active'", (api_key,)).fetchone()
    if row is None or account_named_by_host(host) not in {None, row["name"]}:
        return None
    return _account(row)


def by_name(db: sqlite3.Connection, name: str) -> Account | None:
    """Return the account of a name."""
    row = db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return _account(row) if row else None


def by_id(db: sqlite3.Connection, account_id: int) -> Account:
    """Return an account that exists."""
    return _account(db.execute("SELECT * FROM accounts WHERE id = ?", (account_id,)).fetchone())


def every(db: sqlite3.Connection) -> list[Account]:
    """Return all accounts, oldest first."""
    return [_account(row) for row in db.execute("SELECT * FROM accounts ORDER BY id")]


def create(
    store: Store,
    name: str,
    api_key: str | None = None,
    *,
    trial: bool = False,
    partner: bool = True,
    created_by: int | None = None,
) -> Account:
    """Make an account with the default taxes and one series, ready to finalise documents.

    The series of an account that another one created is not registered: that takes credentials of the
    tax authority, which it does not have yet (docs: account update). Only partners' keys can create
    accounts (diogopms 2026-06); all are partners here unless told otherwise, since an emulator that
    refuses to create accounts shows nobody what creating one does.

    Raises:
        ValueError: the name is taken or is no host label, or the key is taken or blank.
    """
    if not ACCOUNT_NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} is not an account name: lower-case letters, digits and hyphens, at most 63"
        )
    key = api_key if api_key is not None else seeded_hex(store.seed, "api_key", name)
    if not key.strip():
        raise ValueError("an API key must not be blank")
    if key == DEFAULT_KEY and name != DEFAULT_ACCOUNT:
        raise ValueError(f"{DEFAULT_KEY!r} is the key of the account {DEFAULT_ACCOUNT!r}")
    try:
        cursor = store.db.execute(
            "INSERT INTO accounts (name, api_key, organization_name, fiscal_id, trial, partner, created_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                key,
                f"{name.capitalize()}, Lda. (fictícia)",
                "599999993",
                int(trial),
                int(partner),
                created_by,
            ),
        )
    except sqlite3.IntegrityError:
        raise ValueError(f"there is an account {name!r} already, or another with this key") from None
    account = by_id(store.db, cursor.lastrowid or 0)
    if created_by is not None:
        account = set_settings(store, account, Settings(at_registration="no_credentials"))
    _furnish(store, account)
    return account


def _furnish(store: Store, account: Account) -> None:
    taxes.add_defaults(store.db, account.id)
    sequences.add(
        store,
        account.id,
        sequences.default_series_name(account.name),
        is_default=True,
        registered=account.at_configured,
    )


def reset(store: Store, account: Account) -> None:
    """Empty an account and furnish it anew; name, key and what kind of account it is stay, settings and
    clock return to the defaults.
    """
    execute = store.db.execute
    mine = (account.id,)
    execute("UPDATE documents SET owner_id = NULL WHERE account_id = ?", mine)
    for table in ("outbox", "saft_exports", "documents", "items", "clients", "taxes"):
        execute(f"DELETE FROM {table} WHERE account_id = ?", mine)  # noqa: S608 - own constants
    execute("DELETE FROM series_rows WHERE series_id IN (SELECT id FROM series WHERE account_id = ?)", mine)
    execute("DELETE FROM series WHERE account_id = ?", mine)
    execute(
        "UPDATE accounts SET settings = '{}', clock_offset_us = 0, clock_frozen_at = NULL, "
        "state = 'active', at_user = NULL WHERE id = ?",
        mine,
    )
    store.restart_ids()
    _furnish(store, by_id(store.db, account.id))


def set_key(store: Store, account: Account, api_key: str) -> None:
    """Give an account another key; the old one is refused from now on."""
    store.db.execute("UPDATE accounts SET api_key = ? WHERE id = ?", (api_key, account.id))


def set_clock(store: Store, account: Account, clock: AccountClock) -> Account:
    """Keep an account's clock."""
    frozen_at = clock.frozen_at.isoformat() if clock.frozen_at else None
    store.db.execute(
        "UPDATE accounts SET clock_offset_us = ?, clock_frozen_at = ? WHERE id = ?",
        (clock.offset // timedelta(microseconds=1), frozen_at, account.id),
    )
    return replace(account, clock=clock)


def set_settings(store: Store, account: Account, settings: Settings) -> Account:
    """Keep an account's settings."""
    store.db.execute(
        "UPDATE accounts SET settings = ? WHERE id = ?", (json.dumps(asdict(settings)), account.id)
    )
    return replace(account, settings=settings)


def settings_json(settings: Settings) -> dict[str, JsonValue]:
    """Return settings as the control plane shows and takes them."""

    def readiness(value: Readiness) -> JsonValue:
        if value.seconds is not None:
            return {"seconds": value.seconds}
        return "immediate" if value.polls <= 1 else {"polls": value.polls}

    return {
        "pdf": readiness(settings.pdf),
        "qr_code": readiness(settings.qr_code),
        "saft": readiness(settings.saft),
        "at_doc_code": readiness(settings.at_doc_code),
        "fiscal_id": settings.fiscal_id,
        "at_registration": settings.at_registration,
        "list_lag": {"seconds": settings.list_lag},
    }
