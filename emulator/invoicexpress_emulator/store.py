"""The database: one SQLite connection on the event loop, one transaction per request.

In memory unless a file is given. A file remembers the schema version, the seed and the signing key it
was made with. The connection is never used from worker threads: sharing one there has been seen to
crash the process. Amounts are integers (cents) or exact decimal text, dates ISO text; every table is
STRICT so that nothing is converted silently.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = 0x49584532
"""`IXE2` in the file's header: tells our files from any other SQLite database."""

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    api_key TEXT NOT NULL UNIQUE,
    organization_name TEXT NOT NULL,
    fiscal_id TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}',
    clock_offset_us INTEGER NOT NULL DEFAULT 0,
    clock_frozen_at TEXT,
    state TEXT NOT NULL DEFAULT 'active',
    trial INTEGER NOT NULL DEFAULT 0,
    partner INTEGER NOT NULL DEFAULT 0,
    created_by INTEGER REFERENCES accounts (id),
    at_user TEXT,
    owner TEXT NOT NULL DEFAULT '{}',
    password_digest TEXT
) STRICT;
CREATE INDEX accounts_by_partner ON accounts (created_by) WHERE created_by IS NOT NULL;

CREATE TABLE taxes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    region TEXT,
    code TEXT,
    is_default INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE clients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    code TEXT,
    email TEXT,
    language TEXT,
    address TEXT,
    city TEXT,
    postal_code TEXT,
    country TEXT,
    fiscal_id TEXT,
    website TEXT,
    phone TEXT,
    fax TEXT,
    observations TEXT,
    contact_name TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    contact_mobile TEXT,
    send_options INTEGER,
    payment_days INTEGER NOT NULL DEFAULT 0,
    tax_exemption_code TEXT NOT NULL DEFAULT 'M00',
    UNIQUE (account_id, name),
    UNIQUE (account_id, code)
) STRICT;
CREATE INDEX clients_by_fiscal_id ON clients (account_id, fiscal_id);

CREATE TABLE items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    unit TEXT,
    tax_id INTEGER REFERENCES taxes (id) ON DELETE SET NULL,
    UNIQUE (account_id, name)
) STRICT;
CREATE INDEX items_by_tax ON items (tax_id);

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    serie TEXT NOT NULL,
    sent_as_integer INTEGER NOT NULL DEFAULT 0,
    is_default INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, serie)
) STRICT;

CREATE TABLE series_rows (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    document_root TEXT NOT NULL,
    validation_code TEXT,
    last_number INTEGER NOT NULL DEFAULT 0,
    last_date TEXT,
    last_signature TEXT NOT NULL DEFAULT '',
    UNIQUE (series_id, document_root)
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    type TEXT NOT NULL,
    family TEXT NOT NULL,
    status TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    date TEXT NOT NULL,
    due_date TEXT NOT NULL,
    reference TEXT,
    observations TEXT,
    retention TEXT,
    tax_exemption TEXT,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    client TEXT NOT NULL,
    client_search TEXT NOT NULL,
    currency_code TEXT,
    rate TEXT,
    discount_type TEXT,
    discount_value TEXT,
    owner_id INTEGER REFERENCES documents (id),
    wants_multibanco INTEGER NOT NULL DEFAULT 0,
    has_multibanco INTEGER NOT NULL DEFAULT 0,
    proprietary_uid TEXT,
    series_row_id INTEGER REFERENCES series_rows (id),
    number INTEGER,
    serie TEXT,
    atcud TEXT,
    signature TEXT,
    system_entry TEXT,
    cancel_message TEXT,
    canceled_at TEXT,
    sum INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    before_taxes INTEGER NOT NULL,
    taxes INTEGER NOT NULL,
    total INTEGER NOT NULL,
    search TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX documents_by_family ON documents (account_id, family, status);
CREATE INDEX documents_by_type ON documents (account_id, type, status);
CREATE INDEX documents_by_date ON documents (account_id, family, date);
CREATE INDEX documents_by_due_date ON documents (account_id, family, due_date);
CREATE INDEX documents_by_amount ON documents (account_id, family, before_taxes);
CREATE INDEX documents_by_reference ON documents (account_id, reference);
CREATE INDEX documents_by_client ON documents (client_id);
CREATE INDEX documents_by_owner ON documents (owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX documents_by_uid ON documents (account_id, proprietary_uid)
    WHERE proprietary_uid IS NOT NULL AND status NOT IN ('canceled', 'deleted');
CREATE UNIQUE INDEX documents_by_number ON documents (series_row_id, number) WHERE number IS NOT NULL;

CREATE TABLE document_lines (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    item_id INTEGER REFERENCES items (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT,
    discount TEXT NOT NULL,
    tax_id INTEGER NOT NULL,
    tax_name TEXT NOT NULL,
    tax_value TEXT NOT NULL,
    tax_region TEXT,
    tax_code TEXT,
    tax_exemption TEXT,
    PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_by_item ON document_lines (item_id) WHERE item_id IS NOT NULL;

CREATE TABLE deliveries (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    loaded_at TEXT,
    license_plate TEXT,
    address_from TEXT,
    address_to TEXT,
    load_site TEXT,
    delivery_site TEXT,
    at_doc_code TEXT
) STRICT;
CREATE INDEX deliveries_by_loading ON deliveries (loaded_at) WHERE loaded_at IS NOT NULL;

CREATE TABLE payments (
    receipt_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL,
    mechanism TEXT NOT NULL
) STRICT;
CREATE INDEX payments_by_document ON payments (document_id);

CREATE TABLE initial_balances (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT
) STRICT;

CREATE TABLE regularizations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT,
    is_deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX regularizations_by_client ON regularizations (client_id);

CREATE TABLE treasury_movements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    movement_type TEXT NOT NULL,
    value INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    date TEXT NOT NULL,
    serie TEXT,
    observation TEXT
) STRICT;
CREATE INDEX movements_by_client ON treasury_movements (client_id);

CREATE TABLE renderings (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    first_asked TEXT NOT NULL,
    PRIMARY KEY (document_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE saft_exports (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    month TEXT NOT NULL,
    revision INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    first_asked TEXT NOT NULL,
    PRIMARY KEY (account_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    sent_at TEXT NOT NULL,
    recipient TEXT NOT NULL,
    cc TEXT,
    bcc TEXT,
    subject TEXT,
    body TEXT,
    logo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_by_account ON outbox (account_id);
CREATE INDEX outbox_by_document ON outbox (document_id);
"""

_FIRST_IDS: Final = {
    "taxes": 70_001,
    "clients": 600_001,
    "items": 400_001,
    "documents": 2_000_001,
    "outbox": 1,
    "accounts": 30_001,
    "regularizations": 810_001,
    "treasury_movements": 910_001,
}
"""Ids of different things start far apart, so that a program which mixes them up fails instead of
hitting one.
"""

FIRST_SERIES_ID: Final = 146_001


class UnusableDataFile(Exception):
    """The `data` file is not one of the emulator's, or of a version that this one does not know."""


class Store:
    """The database and its transactions."""

    def __init__(self, data: str | Path | None, seed: int) -> None:
        """Open `data` (made if missing), or a database in memory.

        Raises:
            UnusableDataFile: the file exists and is not ours, or has another schema version.
        """
        self.path = Path(data) if data is not None else None
        try:
            self.db = sqlite3.connect(
                ":memory:" if self.path is None else self.path,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise UnusableDataFile(f"{self.path} cannot be opened: {error}.") from error
        try:
            self._prepare(seed)
        except BaseException:
            self.db.close()
            raise
        self.seed = int(self.meta("seed") or 0)

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection, None, None]:
        """Run one request: everything it writes is kept, or nothing if it raises."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """Return a value that belongs to the whole file: seed, signing key."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value that belongs to the whole file."""
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def restart_ids(self) -> None:
        """Let ids start anew where a table is empty, so that a reset of everything repeats the same ids."""
        for table, first in _FIRST_IDS.items():
            if self.db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None:  # noqa: S608 - own constants
                self.db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
                self.db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, first - 1))

    def _prepare(self, seed: int) -> None:
        self.db.row_factory = sqlite3.Row
        try:
            self._check_or_create(seed)
        except sqlite3.DatabaseError as error:
            raise UnusableDataFile(f"{self.path} cannot be used as a data file: {error}.") from error

    def _check_or_create(self, seed: int) -> None:
        execute = self.db.execute
        execute("PRAGMA foreign_keys = ON")
        application = int(execute("PRAGMA application_id").fetchone()[0])
        version = int(execute("PRAGMA user_version").fetchone()[0])
        tables = int(execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if tables and application != APPLICATION_ID:
            raise UnusableDataFile(f"{self.path} is a database, but not a data file of this emulator.")
        if tables and version != SCHEMA_VERSION:
            raise UnusableDataFile(
                f"{self.path} has schema version {version}; this emulator reads only {SCHEMA_VERSION}. "
                "Start with a new file, or use the version of the emulator that made this one."
            )
        if self.path is not None:
            execute("PRAGMA journal_mode = WAL")
            execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self.db.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID};"
                f"PRAGMA user_version = {SCHEMA_VERSION}; {_SCHEMA}"
            )
            self.set_meta("seed", str(seed))
            self.restart_ids()
            execute("COMMIT")
