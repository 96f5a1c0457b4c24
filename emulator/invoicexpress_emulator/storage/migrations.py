"""Brings older data files to the present schema, one step per version; no step knows of later ones.

A step works inside the caller's transaction, with foreign keys not enforced, so a file is brought to the
present version whole or not at all. A step never changes once files of its version exist, and it does not
use `schema`, which describes the present.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final

from .schema import SCHEMA_VERSION

Step = Callable[[sqlite3.Connection], None]


def version_of(db: sqlite3.Connection) -> int:
    """Return the schema version that a database states."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def can_migrate(version: int) -> bool:
    """Whether a file of this version can be brought to the present one."""
    return all(each in STEPS for each in range(version, SCHEMA_VERSION)) and version < SCHEMA_VERSION


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database whose version `can_migrate` to the present version.

    Raises:
        ValueError: a row was left that points to no row; the caller rolls back.
    """
    for version in range(version_of(db), SCHEMA_VERSION):
        STEPS[version](db)
        db.execute(f"PRAGMA user_version = {version + 1}")
    stray = db.execute("PRAGMA foreign_key_check").fetchone()
    if stray is not None:
        raise ValueError(f"a row of {stray[0]} points to a row of {stray[2]} that is not there")


# 2 -> 3: settings in the control plane's form; ids of each account's own; snapshots --------------------

_SETTINGS_OF_2: Final = ("pdf", "qr_code", "saft", "at_doc_code")
_COUNTED_IN_2: Final = (
    "taxes",
    "clients",
    "items",
    "documents",
    "outbox",
    "regularizations",
    "treasury_movements",
)
_FIRST_IDS_OF_3: Final = {
    "taxes": 70_001,
    "clients": 600_001,
    "items": 400_001,
    "series": 146_001,
    "documents": 2_000_001,
    "outbox": 1,
    "regularizations": 810_001,
    "treasury_movements": 910_001,
}
_FIRST_ACCOUNT_OF_3: Final = 30_001
_RANGE_OF_3: Final = 10_000_000
_TABLES_OF_3: Final = (
    """CREATE TABLE counters (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    thing TEXT NOT NULL,
    before_first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (account_id, thing)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE snapshots (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT""",
)


def _to_3(db: sqlite3.Connection) -> None:
    for account_id, stored in db.execute("SELECT id, settings FROM accounts").fetchall():
        settings = json.dumps(_settings_of_3(json.loads(stored)))
        db.execute("UPDATE accounts SET settings = ? WHERE id = ?", (settings, account_id))
    for table in _TABLES_OF_3:
        db.execute(table)
    given_out = dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    last_row = db.execute("SELECT max(id) FROM series_rows").fetchone()[0]
    for (account_id,) in db.execute("SELECT id FROM accounts ORDER BY id").fetchall():
        for thing, first in _FIRST_IDS_OF_3.items():
            last = first - 1 + _RANGE_OF_3 * (account_id - _FIRST_ACCOUNT_OF_3)
            # All accounts took their ids from what is now the first account's range: it goes on after them.
            last = max(last, (last_row if thing == "series" else given_out.get(thing)) or 0)
            db.execute("INSERT INTO counters VALUES (?, ?, ?, ?)", (account_id, thing, last, last))
    for table in _COUNTED_IN_2:
        _rebuild(db, table, lambda sql: sql.replace("PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY"))


def _settings_of_3(settings: dict[str, Any]) -> dict[str, Any]:
    """Return settings in the control plane's form; version 2 stored the fields of their classes."""
    changed = dict(settings)
    for name in _SETTINGS_OF_2:
        if name in settings:
            polls, seconds = settings[name]["polls"], settings[name]["seconds"]
            changed[name] = (
                {"seconds": seconds}
                if seconds is not None
                else "immediate"
                if polls <= 1
                else {"polls": polls}
            )
    if "list_lag" in settings:
        changed["list_lag"] = {"seconds": settings["list_lag"]}
    return changed


def _rebuild(db: sqlite3.Connection, table: str, changed: Callable[[str], str]) -> None:
    """Replace a table by one of a changed definition with the same columns.

    The order is that of SQLite's documentation (ALTER TABLE, section 7): other tables keep pointing to this
    one by its name.
    """
    (sql,) = db.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    head, body = changed(sql).split("(", 1)
    db.execute(f"{head.replace(table, f'new_{table}')}({body}")
    db.execute(f"INSERT INTO new_{table} SELECT * FROM {table}")  # noqa: S608 - own constants
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")


# 3 -> 4: the tally and its indexes go; the signing key becomes PEM -------------------------------------

_GONE_IN_4: Final = """
DROP TRIGGER IF EXISTS tally_made;
DROP TRIGGER IF EXISTS tally_gone;
DROP TRIGGER IF EXISTS tally_changed;
DROP TABLE IF EXISTS document_tally;
DROP INDEX IF EXISTS documents_by_family;
DROP INDEX IF EXISTS documents_by_type;
DROP INDEX IF EXISTS documents_by_date;
DROP INDEX IF EXISTS documents_by_due_date;
DROP INDEX IF EXISTS documents_by_amount;
DROP INDEX IF EXISTS documents_by_client;
DROP INDEX IF EXISTS documents_by_kind;
DROP INDEX IF EXISTS documents_along_id;
DROP INDEX IF EXISTS documents_along_id_with_text;
DROP INDEX IF EXISTS documents_along_date;
DROP INDEX IF EXISTS documents_along_due_date;
DROP INDEX IF EXISTS documents_along_before_taxes;
DROP INDEX IF EXISTS documents_along_client_id
"""


def _to_4(db: sqlite3.Connection) -> None:
    """A file keeps its own key, so that what it has signed still verifies and its chains go on."""
    for statement in _GONE_IN_4.split(";"):  # one at a time: a script would end the transaction
        db.execute(statement)
    row = db.execute("SELECT value FROM meta WHERE key = 'signing_key'").fetchone()
    if row is not None:
        db.execute("UPDATE meta SET value = ? WHERE key = 'signing_key'", (_key_of_4(str(row[0])),))


def _key_of_4(primes: str) -> str:
    """Return the PEM of an RSA key; up to version 3 its two primes were stored as text."""
    from cryptography.hazmat.primitives import serialization as pem  # noqa: PLC0415 - 60 ms that most starts do not need
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - late, as above

    exponent = 65_537
    p, q = map(int, primes.split())
    d = pow(exponent, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(exponent, p * q),
    )
    made = numbers.private_key().private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    return made.decode()


# 4 -> 5: documents keep their issuer, drafts have their whole client, clients may share a name ---------

_ADDRESS_OF_5: Final = {
    "detail": "Rua do Exemplo, 1",
    "city": "Lisboa",
    "postal_code": "1000-001",
    "country": "Portugal",
}

_OF_CLIENT_IN_5: Final = (
    "id",
    "name",
    "code",
    "email",
    "language",
    "address",
    "city",
    "postal_code",
    "country",
    "fiscal_id",
    "website",
    "phone",
    "fax",
    "observations",
    "send_options",
)


def _to_5(db: sqlite3.Connection) -> None:
    """Documents issued before have the issuer that their account is now: no other is known. Where the account
    has no address, it has the example's with which they were printed. A setting decides whether names of
    clients are unique, so the table no longer does.
    """
    _complete_drafts(db)
    _rebuild(db, "clients", lambda sql: sql.replace("UNIQUE (account_id, name),\n    ", ""))
    db.execute("ALTER TABLE documents ADD COLUMN issuer TEXT")
    accounts = db.execute("SELECT id, organization_name, fiscal_id, settings, owner FROM accounts").fetchall()
    for account_id, name, fiscal_id, settings, owner in accounts:
        issuer = json.dumps(_issuer_of_5(name, fiscal_id, json.loads(settings), json.loads(owner)))
        db.execute(
            "UPDATE documents SET issuer = ? WHERE account_id = ? AND number IS NOT NULL",
            (issuer, account_id),
        )


def _complete_drafts(db: sqlite3.Connection) -> None:
    """Give drafts the fields of their client that older copies lack. A draft shows its client as it is now,
    so the client's row has them. Of an issued document's client only its own copy is known.
    """
    names = ", ".join(f"c.{name}" for name in _OF_CLIENT_IN_5)
    drafts = db.execute(
        f"SELECT d.id, d.client, {names} FROM documents d JOIN clients c ON c.id = d.client_id "  # noqa: S608 - own constants
        "WHERE d.status = 'draft'"
    ).fetchall()
    for document_id, copied, *values in drafts:
        whole = dict(zip(_OF_CLIENT_IN_5, values, strict=True)) | json.loads(copied)
        db.execute("UPDATE documents SET client = ? WHERE id = ?", (json.dumps(whole), document_id))


def _issuer_of_5(
    name: str, fiscal_id: str, settings: dict[str, Any], owner: dict[str, Any]
) -> dict[str, Any]:
    country = settings.get("country", "Portugal")
    street, city, postal_code = (owner.get(key) or "" for key in ("address", "city", "postal_code"))
    own = {"detail": street, "city": city, "postal_code": postal_code, "country": country}
    return {
        "name": name,
        "fiscal_id": fiscal_id,
        "country": country,
        "language": settings.get("language", "pt"),
        "address": own if street or city or postal_code else _ADDRESS_OF_5,
        **{key: owner.get(key) for key in ("phone", "email", "website")},
        "share_capital": None,
        "iban": None,
    }


STEPS: Final[Mapping[int, Step]] = {2: _to_3, 3: _to_4, 4: _to_5}
"""The step from each version to the next, by version. Files of version 1 were never released."""
