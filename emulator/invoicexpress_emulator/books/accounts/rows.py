"""The SQL of accounts: reads and writes their rows, and furnishes a new account.

The key identifies an account, and the host name has to agree if it names one (`acme.localhost`). Key and host
must agree: the real service answers a wrong subdomain and a wrong key alike (recorded 2019).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...http.clock import AccountClock
from ...seeded import seeded_hex
from ...storage import ids
from ...storage.schema import ROWS_OF_ACCOUNT
from ..catalogue.taxes import rows as taxes
from ..series import rows as series
from ..series.series import default_series_name
from . import settings
from .account import (
    ACCOUNT_NAME,
    DEFAULT_ACCOUNT,
    DEFAULT_KEY,
    OWNER_FIELDS,
    TAX_COUNTRIES,
    Account,
    AccountState,
    Owner,
)
from .hosts import account_named_by_host, is_no_site
from .settings import Country, Settings

if TYPE_CHECKING:
    from ...http.messages import Language
    from ...http.wire_values import JsonValue
    from ...storage.store import Store

_TAX_COUNTRY: Final = {country: code for code, country in TAX_COUNTRIES.items()}


@lru_cache(maxsize=64)
def _settings(stored: str) -> Settings:
    return settings.changed(Settings(), json.loads(stored))


def _account(row: sqlite3.Row) -> Account:
    frozen_at = row["clock_frozen_at"]
    return Account(
        id=row["id"],
        name=row["name"],
        api_key=row["api_key"],
        organization_name=row["organization_name"],
        fiscal_id=row["fiscal_id"],
        settings=_settings(row["settings"]),
        clock=AccountClock(
            timedelta(microseconds=row["clock_offset_us"]),
            datetime.fromisoformat(frozen_at) if frozen_at else None,
        ),
        state=row["state"],
        trial=bool(row["trial"]),
        partner=bool(row["partner"]),
        created_by=row["created_by"],
        at_user=row["at_user"],
        owner=json.loads(row["owner"]),
    )


def by_key(db: sqlite3.Connection, api_key: str, host: str) -> Account | None:
    """Return the account of a key; None if the key is unknown, the account suspended, or the host names
    another account.
    """
    return agreeing(active_of_key(db, api_key), host)


def active_of_key(db: sqlite3.Connection, api_key: str) -> Account | None:
    """Return the account of a key, whatever the host; None if the key is unknown or the account suspended."""
    row = db.execute("SELECT * FROM accounts WHERE api_key = ? AND state = 'active'", (api_key,)).fetchone()
    return _account(row) if row else None


def agreeing(account: Account | None, host: str) -> Account | None:
    """Return an account unless the host names another one."""
    if account is None or account_named_by_host(host) not in {None, account.name}:
        return None
    return account


def is_behind(db: sqlite3.Connection, host: str) -> bool:
    """Whether an account may be behind a Host header: the one that it names, or any if it names none."""
    if is_no_site(host):
        return False
    named = account_named_by_host(host)
    return named is None or is_taken(db, named)


def by_name(db: sqlite3.Connection, name: str) -> Account | None:
    """Return the account of a name."""
    row = db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return _account(row) if row else None


def is_taken(db: sqlite3.Connection, name: str) -> bool:
    """Whether an account has this name."""
    return db.execute("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone() is not None


def by_id(db: sqlite3.Connection, account_id: int) -> Account:
    """Return an account that exists."""
    return _account(db.execute("SELECT * FROM accounts WHERE id = ?", (account_id,)).fetchone())


def created_by(db: sqlite3.Connection, account_id: int) -> list[Account]:
    """Return the accounts that a partner created, oldest first."""
    made = db.execute("SELECT * FROM accounts WHERE created_by = ? ORDER BY id", (account_id,))
    return [_account(row) for row in made]


def every(db: sqlite3.Connection) -> list[Account]:
    """Return all accounts, oldest first."""
    return [_account(row) for row in db.execute("SELECT * FROM accounts ORDER BY id")]


def keys(db: sqlite3.Connection) -> list[str]:
    """Return the keys of all accounts."""
    return [str(row[0]) for row in db.execute("SELECT api_key FROM accounts")]


def create(
    store: Store,
    name: str,
    api_key: str | None = None,
    *,
    trial: bool = False,
    partner: bool = True,
    created_by: int | None = None,
    country: Country = "Portugal",
    language: Language = "pt",
) -> Account:
    """Make an account with the default taxes and one series, ready to finalise documents.

    Its country and language are settings; a reset returns to them.

    The series of an account created by another account is not registered: registration takes credentials
    of the tax authority, which it lacks at first (vendor docs 2026-07: account update). Only partners' keys
    can create accounts (diogopms 2026-06); here all are partners by default, since an emulator that refuses
    to create accounts cannot show the effect of creating one.

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
            "INSERT INTO accounts "
            "(name, api_key, organization_name, fiscal_id, trial, partner, created_by, owner) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                key,
                f"{name.capitalize()}, Lda. (fictícia)",
                "599999993",
                int(trial),
                int(partner),
                created_by,
                json.dumps({"tax_country": _TAX_COUNTRY[country], "language": language}),
            ),
        )
    except sqlite3.IntegrityError:
        raise ValueError(f"there is an account {name!r} already, or another with this key") from None
    account = by_id(store.db, cursor.lastrowid or 0)
    ids.furnish(store.db, account.id)
    chosen = Settings(country=country, language=language)
    if created_by is not None:
        chosen = replace(chosen, at_registration="no_credentials")
    account = set_settings(store, account, chosen)
    _furnish(store, account)
    return account


def _furnish(store: Store, account: Account) -> None:
    taxes.add_defaults(store.db, account.id, account.settings.country)
    series.add(
        store,
        account.id,
        default_series_name(account.name),
        is_default=True,
        registered=account.is_portuguese and account.at_configured,
    )


def reset(store: Store, account: Account) -> None:
    """Empty an account and furnish it anew. Name, key, `trial` and `partner` stay; settings and clock
    return to the defaults. Its snapshots stay, and its ids begin anew.
    """
    store.db.execute(
        "UPDATE accounts SET settings = ?, clock_offset_us = 0, clock_frozen_at = NULL, "
        "state = 'active', at_user = NULL WHERE id = ?",
        (json.dumps(_settings_at_birth(store.db, account)), account.id),
    )
    empty(store, by_id(store.db, account.id))


def empty(store: Store, account: Account) -> None:
    """Empty an account's books and furnish them anew; settings and clock stay."""
    delete_rows(store.db, account.id, but={"counters"})
    ids.restart(store.db, account.id)
    _furnish(store, account)


def delete_rows(db: sqlite3.Connection, account_id: int, *, but: AbstractSet[str] = frozenset()) -> None:
    """Delete all rows of an account, except its own row and the tables `but`.

    A remaining reference to them is an error only at the end of the transaction.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table, condition in reversed(ROWS_OF_ACCOUNT.items()):
        if table not in but:
            db.execute(f"DELETE FROM {table} WHERE {condition}", {"account": account_id})  # noqa: S608 - own constants


def _settings_at_birth(db: sqlite3.Connection, account: Account) -> dict[str, JsonValue]:
    owner = json.loads(db.execute("SELECT owner FROM accounts WHERE id = ?", (account.id,)).fetchone()[0])
    country = TAX_COUNTRIES.get(str(owner.get("tax_country")), "Portugal")
    return {"country": country, "language": language_of(owner.get("language"))}


def language_of(spoken: str | None) -> Language:
    """Return the language of an account's messages; Spanish ones are unknown, so a Spanish account gets
    English (assumed).
    """
    return "pt" if spoken in {None, "pt"} else "en"


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
    return account._replace(clock=clock)


def set_settings(store: Store, account: Account, chosen: Settings) -> Account:
    """Keep an account's settings."""
    store.db.execute(
        "UPDATE accounts SET settings = ? WHERE id = ?",
        (json.dumps(settings.as_json(chosen)), account.id),
    )
    return account._replace(settings=chosen)


def set_state(db: sqlite3.Connection, account_id: int, state: AccountState) -> None:
    """Suspend or activate an account."""
    db.execute("UPDATE accounts SET state = ? WHERE id = ?", (state, account_id))


def set_at_user(db: sqlite3.Connection, account_id: int, user: str | None) -> None:
    """Keep the user of the tax authority's portal."""
    db.execute("UPDATE accounts SET at_user = ? WHERE id = ?", (user, account_id))


def owner_of(db: sqlite3.Connection, account: Account) -> Owner:
    """Return the owner of an account, with every field; `Account.email` says which address it has."""
    (stored,) = db.execute("SELECT owner FROM accounts WHERE id = ?", (account.id,)).fetchone()
    known: Owner = json.loads(stored)
    blank: Owner = dict.fromkeys(OWNER_FIELDS)
    portugal = _TAX_COUNTRY["Portugal"]
    return blank | {"email": account.email, "tax_country": portugal} | known


def set_registration(
    db: sqlite3.Connection,
    account_id: int,
    *,
    organization: str,
    fiscal_id: str,
    owner: Owner,
    password_digest: str,
) -> None:
    """Write the details from the partner's request that created the account."""
    db.execute(
        "UPDATE accounts SET organization_name = ?, fiscal_id = ?, owner = ?, password_digest = ? "
        "WHERE id = ?",
        (organization, fiscal_id, json.dumps(owner), password_digest, account_id),
    )


def set_details(
    db: sqlite3.Connection, account_id: int, *, organization: str, owner: Owner, at_user: str | None
) -> None:
    """Replace an account's name, owner and user of the tax authority's portal."""
    db.execute(
        "UPDATE accounts SET organization_name = ?, owner = ?, at_user = ? WHERE id = ?",
        (organization, json.dumps(owner), at_user, account_id),
    )


def password_digest(db: sqlite3.Connection, account_id: int) -> str | None:
    """Return the digest of the owner's password, None for an account of the control plane."""
    (digest,) = db.execute("SELECT password_digest FROM accounts WHERE id = ?", (account_id,)).fetchone()
    return None if digest is None else str(digest)


def set_password_digest(db: sqlite3.Connection, account_id: int, digest: str) -> None:
    """Replace the digest of the owner's password."""
    db.execute("UPDATE accounts SET password_digest = ? WHERE id = ?", (digest, account_id))
