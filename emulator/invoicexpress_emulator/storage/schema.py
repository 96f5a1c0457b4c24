"""The tables and indexes of a data file.

Amounts are integers (cents) or exact decimal text, dates ISO text; every table is STRICT so that nothing is
converted silently. A change to a table needs a new version and a step in `migrations`. A new index needs
neither: indexes repeat what the tables say, and a file that lacks one gets it when it is opened.
"""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = 5
APPLICATION_ID: Final = 0x49584532
"""`IXE2` in the file's header: it tells our files from other SQLite databases."""

TABLES: Final = """
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

CREATE TABLE counters (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    thing TEXT NOT NULL,
    before_first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (account_id, thing)
) STRICT, WITHOUT ROWID;

CREATE TABLE taxes (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    region TEXT,
    code TEXT,
    is_default INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
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
    UNIQUE (account_id, code)
) STRICT;

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    unit TEXT,
    tax_id INTEGER REFERENCES taxes (id) ON DELETE SET NULL,
    UNIQUE (account_id, name)
) STRICT;

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
    id INTEGER PRIMARY KEY,
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
    revision INTEGER NOT NULL DEFAULT 1,
    issuer TEXT
) STRICT;

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

CREATE TABLE payments (
    receipt_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL,
    mechanism TEXT NOT NULL
) STRICT;

CREATE TABLE initial_balances (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT
) STRICT;

CREATE TABLE regularizations (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT,
    is_deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE treasury_movements (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    movement_type TEXT NOT NULL,
    value INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    date TEXT NOT NULL,
    serie TEXT,
    observation TEXT
) STRICT;

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
    id INTEGER PRIMARY KEY,
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

CREATE TABLE snapshots (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT;
"""

_OF_DOCUMENT: Final = "document_id IN (SELECT id FROM documents WHERE account_id = :account)"
_OF_CLIENT: Final = "client_id IN (SELECT id FROM clients WHERE account_id = :account)"

ROWS_OF_ACCOUNT: Final = {
    "counters": "account_id = :account",
    "taxes": "account_id = :account",
    "clients": "account_id = :account",
    "items": "account_id = :account",
    "series": "account_id = :account",
    "series_rows": "series_id IN (SELECT id FROM series WHERE account_id = :account)",
    "documents": "account_id = :account",
    "document_lines": _OF_DOCUMENT,
    "deliveries": _OF_DOCUMENT,
    "payments": _OF_DOCUMENT,
    "initial_balances": _OF_CLIENT,
    "regularizations": _OF_CLIENT,
    "treasury_movements": _OF_CLIENT,
    "renderings": _OF_DOCUMENT,
    "saft_exports": "account_id = :account",
    "outbox": "account_id = :account",
}
"""By table, the condition for one account's rows; a table stands after those that it points to. The account's
own row and its snapshots are left out.
"""

INDEXES: Final = """
CREATE INDEX IF NOT EXISTS accounts_by_partner ON accounts (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX IF NOT EXISTS clients_by_name ON clients (account_id, name);
CREATE INDEX IF NOT EXISTS clients_by_fiscal_id ON clients (account_id, fiscal_id);
CREATE INDEX IF NOT EXISTS items_by_tax ON items (tax_id);
CREATE INDEX IF NOT EXISTS items_in_order ON items (account_id, id);
CREATE INDEX IF NOT EXISTS documents_listed ON documents
    (account_id, family, id, type, status, archived, date, due_date, before_taxes, client_id,
    search, client_search);
CREATE INDEX IF NOT EXISTS documents_by_account ON documents (account_id);
CREATE INDEX IF NOT EXISTS documents_by_reference ON documents (account_id, reference);
CREATE INDEX IF NOT EXISTS documents_of_client ON documents (client_id, status);
CREATE INDEX IF NOT EXISTS documents_exported ON documents (account_id, date) WHERE number IS NOT NULL;
CREATE INDEX IF NOT EXISTS documents_by_owner ON documents (owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS documents_by_uid ON documents (account_id, proprietary_uid)
    WHERE proprietary_uid IS NOT NULL AND status NOT IN ('canceled', 'deleted');
CREATE UNIQUE INDEX IF NOT EXISTS documents_by_number ON documents (series_row_id, number)
    WHERE number IS NOT NULL;
CREATE INDEX IF NOT EXISTS lines_by_item ON document_lines (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS deliveries_by_loading ON deliveries (loaded_at) WHERE loaded_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS payments_by_document ON payments (document_id);
CREATE INDEX IF NOT EXISTS regularizations_by_client ON regularizations (client_id);
CREATE INDEX IF NOT EXISTS movements_by_client ON treasury_movements (client_id);
CREATE INDEX IF NOT EXISTS outbox_by_account ON outbox (account_id);
CREATE INDEX IF NOT EXISTS outbox_by_document ON outbox (document_id);
"""
