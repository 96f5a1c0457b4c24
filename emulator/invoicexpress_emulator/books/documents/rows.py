"""The SQL of documents: reads and writes their rows, lines, deliveries, payments and sent messages.

Three other places name columns of `documents`: `lists` and `filters` find a page of a list, `clients.rows`
copies a changed client into its drafts (documents import clients, never the reverse), and `verify` reads
stored rows independently, like an auditor. Amounts are cents.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, DocumentType, SaftSection
from ...fiscal.states import Status
from ...fiscal.totals import GlobalDiscount, Totals
from ...storage import ids
from ..clients.client import search_text as client_search_text
from ..clients.client import snapshot
from .document import Document, Draft, Line, search_text
from .goods import Address, Delivery
from .issuer import from_stored, stored_form

if TYPE_CHECKING:
    from ..clients.client import Client
    from .issuer import Issuer


def _list_of(values: Iterable[object]) -> str:
    """Return values as JSON, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))


_CREDITS: Final = _list_of(row.name for row in DOCUMENT_TYPES if row.reduces_owner)
_CORRECTIONS: Final = _list_of(row.name for row in DOCUMENT_TYPES if row.corrects)
_PAYABLE: Final = _list_of(row.name for row in DOCUMENT_TYPES if row.payable)
_CREATABLE: Final = _list_of(row.name for row in DOCUMENT_TYPES if row.creatable)
_REPORTED: Final = _list_of(row.name for row in DOCUMENT_TYPES if row.saft_section is not None)
_GUIDES: Final = ", ".join(f"'{row.name}'" for row in DOCUMENT_TYPES if row.saft_section == "MovementOfGoods")

# Reading documents -----------------------------------------------------------------------------------


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _line(row: sqlite3.Row) -> Line:
    return Line(
        item_id=row["item_id"],
        name=row["name"],
        description=row["description"],
        unit_price=Decimal(row["unit_price"]),
        quantity=Decimal(row["quantity"]),
        unit=row["unit"],
        discount=Decimal(row["discount"]),
        tax_id=row["tax_id"],
        tax_name=row["tax_name"],
        tax_value=Decimal(row["tax_value"]),
        tax_region=row["tax_region"],
        tax_code=row["tax_code"],
        tax_exemption=row["tax_exemption"],
    )


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        loaded_at=_moment(row["loaded_at"] or None),
        license_plate=row["license_plate"],
        address_from=Address(**json.loads(row["address_from"])) if row["address_from"] else None,
        address_to=Address(**json.loads(row["address_to"])) if row["address_to"] else None,
        load_site=row["load_site"],
        delivery_site=row["delivery_site"],
        at_doc_code=row["at_doc_code"],
    )


def _document(row: sqlite3.Row, lines: Sequence[Line], delivery: Delivery | None) -> Document:
    discount_type = row["discount_type"]
    return Document(
        id=row["id"],
        type=BY_NAME[row["type"]],
        status=cast(Status, row["status"]),
        archived=bool(row["archived"]),
        date=dt.date.fromisoformat(row["date"]),
        due_date=dt.date.fromisoformat(row["due_date"]),
        reference=row["reference"],
        observations=row["observations"],
        retention=_decimal(row["retention"]),
        tax_exemption=row["tax_exemption"],
        client_id=row["client_id"],
        client=json.loads(row["client"]),
        currency_code=row["currency_code"],
        rate=_decimal(row["rate"]),
        global_discount=GlobalDiscount(discount_type, Decimal(row["discount_value"]))
        if discount_type
        else None,
        owner_id=row["owner_id"],
        wants_multibanco=bool(row["wants_multibanco"]),
        has_multibanco=bool(row["has_multibanco"]),
        series_row_id=row["series_row_id"],
        number=row["number"],
        serie=row["serie"],
        atcud=row["atcud"],
        signature=row["signature"],
        system_entry=_moment(row["system_entry"]),
        totals=Totals(row["sum"], row["discount"], row["before_taxes"], row["taxes"], row["total"]),
        revision=row["revision"],
        lines=tuple(lines),
        delivery=delivery,
        cancel_message=row["cancel_message"],
        canceled_at=_moment(row["canceled_at"]),
        issuer=from_stored(row["issuer"]) if row["issuer"] else None,
    )


def from_rows(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[Document]:
    """Return the documents of these rows; their lines take one query, their deliveries another."""
    found = list(rows)
    document_ids = _list_of(row["id"] for row in found)
    lines: dict[int, list[Line]] = {}
    for line in db.execute(
        "SELECT * FROM document_lines WHERE document_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY document_id, position",
        (document_ids,),
    ):
        lines.setdefault(line["document_id"], []).append(_line(line))
    goods = db.execute(
        "SELECT * FROM deliveries WHERE document_id IN (SELECT value FROM json_each(?))", (document_ids,)
    )
    deliveries = {row["document_id"]: _delivery(row) for row in goods}
    return [_document(row, lines.get(row["id"], ()), deliveries.get(row["id"])) for row in found]


def by_id(db: sqlite3.Connection, account_id: int, document_id: int) -> Document | None:
    """Return a document of the account, of any type and state."""
    row = db.execute(
        "SELECT * FROM documents WHERE id = ? AND account_id = ?", (document_id, account_id)
    ).fetchone()
    return from_rows(db, [row])[0] if row else None


def by_uid(
    db: sqlite3.Connection, account_id: int, uid: str, *, canceled_too: bool = False
) -> Document | None:
    """Return the document created with a `proprietary_uid`. Deleting it frees the uid, and so does cancelling
    it unless `canceled_too` (clients 2026): then a live document comes first, else the newest.
    """
    freed = "('deleted')" if canceled_too else "('canceled', 'deleted')"
    row = db.execute(
        "SELECT * FROM documents WHERE account_id = ? AND proprietary_uid = ? "  # noqa: S608 - own constants
        f"AND status NOT IN {freed} ORDER BY status = 'canceled', id DESC LIMIT 1",
        (account_id, uid),
    ).fetchone()
    return from_rows(db, [row])[0] if row else None


def account_of(db: sqlite3.Connection, document_id: int) -> int | None:
    """Return the id of the account that a document belongs to, None for an unknown id."""
    row = db.execute("SELECT account_id FROM documents WHERE id = ?", (document_id,)).fetchone()
    return None if row is None else int(row["account_id"])


def newest(db: sqlite3.Connection, account_id: int, *, before: int, limit: int) -> list[Document]:
    """Return the `limit` newest documents with an id below `before`, newest first."""
    rows = db.execute(
        "SELECT * FROM documents WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        (account_id, before, limit),
    )
    return from_rows(db, rows.fetchall())


def related(db: sqlite3.Connection, account_id: int, document_id: int, visible: str | None) -> list[Document]:
    """Return a document's owner, its own dependants, and its receipts, or the documents that a receipt pays;
    oldest first, without deleted drafts. `visible` narrows the result further, as SQL.
    """
    rows = db.execute(
        "SELECT * FROM documents NOT INDEXED WHERE id IN ("  # noqa: S608 - own constants
        "SELECT id FROM documents WHERE owner_id = :id"
        " UNION ALL SELECT receipt_id FROM payments WHERE document_id = :id"
        " UNION ALL SELECT document_id FROM payments WHERE receipt_id = :id"
        " UNION ALL SELECT owner_id FROM documents WHERE id = :id"
        f") AND account_id = :account AND status <> 'deleted' AND {visible or '1'} ORDER BY id",
        {"account": account_id, "id": document_id},
    )
    return from_rows(db, rows)


def unpaid_of_client(db: sqlite3.Connection, client_id: int) -> list[Document]:
    """Return a client's final documents that take payments, by date; settled ones are paid in full."""
    rows = db.execute(
        "SELECT * FROM documents WHERE client_id = ? AND status = 'final' "
        "AND type IN (SELECT value FROM json_each(?)) ORDER BY date, id",
        (client_id, _PAYABLE),
    )
    return from_rows(db, rows)


# Writing documents -----------------------------------------------------------------------------------


def _insert(db: sqlite3.Connection, columns: dict[str, object]) -> None:
    db.execute(
        f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - own constants
        list(columns.values()),
    )


def _update(db: sqlite3.Connection, document_id: int, columns: dict[str, object]) -> None:
    """Write columns and increment the revision, so that PDF, QR code and SAF-T file are made anew."""
    db.execute(
        f"UPDATE documents SET {', '.join(f'{name} = ?' for name in columns)}, "  # noqa: S608 - own constants
        "revision = revision + 1 WHERE id = ?",
        [*columns.values(), document_id],
    )


def _client_columns(client: Client) -> dict[str, object]:
    return {"client": json.dumps(snapshot(client)), "client_search": client_search_text(client)}


def _content_columns(draft: Draft) -> dict[str, object]:
    discount = draft.global_discount
    return {
        "date": draft.date.isoformat(),
        "due_date": draft.due_date.isoformat(),
        "reference": draft.reference,
        "observations": draft.observations,
        "retention": None if draft.retention is None else str(draft.retention),
        "tax_exemption": draft.tax_exemption,
        "client_id": draft.client.id,
        **_client_columns(draft.client),
        "currency_code": draft.currency_code,
        "rate": None if draft.rate is None else str(draft.rate),
        "discount_type": discount.value_type if discount else None,
        "discount_value": str(discount.value) if discount else None,
        "owner_id": draft.owner_id,
        "wants_multibanco": int(draft.wants_multibanco),
        "series_row_id": draft.series_row_id,
        **draft.totals._asdict(),
        "search": search_text((draft.reference, draft.observations), draft.lines),
    }


def insert_draft(
    db: sqlite3.Connection, account_id: int, document_type: DocumentType, draft: Draft, uid: str | None
) -> int:
    """Store a new draft with its lines and delivery, and return its id."""
    document_id = ids.next_id(db, account_id, "documents")
    _insert(
        db,
        {
            "id": document_id,
            "account_id": account_id,
            "type": document_type.name,
            "family": document_type.family.name,
            "status": "draft",
            "proprietary_uid": uid,
            **_content_columns(draft),
        },
    )
    _replace_lines(db, document_id, draft.lines)
    _replace_delivery(db, document_id, draft.delivery)
    return document_id


def replace_draft(db: sqlite3.Connection, document_id: int, draft: Draft) -> None:
    """Replace the whole content of a draft: columns, lines and delivery."""
    _update(db, document_id, _content_columns(draft))
    _replace_lines(db, document_id, draft.lines)
    _replace_delivery(db, document_id, draft.delivery)


def insert_receipt(
    db: sqlite3.Connection,
    account_id: int,
    invoice: Document,
    client: Client,
    amount: int,
    *,
    day: dt.date,
    note: str | None,
    series_row_id: int,
) -> int:
    """Store the receipt for a payment of `amount` cents, without a number yet, and return its id. It has no
    lines; the whole amount counts as before taxes (assumed).
    """
    receipt_id = ids.next_id(db, account_id, "documents")
    receipt_type = BY_NAME[invoice.type.receipt_name]
    _insert(
        db,
        {
            "id": receipt_id,
            "account_id": account_id,
            "type": receipt_type.name,
            "family": receipt_type.family.name,
            "status": "final",
            "date": day.isoformat(),
            "due_date": day.isoformat(),
            "observations": note,
            "client_id": invoice.client_id,
            **_client_columns(client),
            "series_row_id": series_row_id,
            **Totals(sum=amount, discount=0, before_taxes=amount, taxes=0, total=amount)._asdict(),
            "search": search_text((note, invoice.sequence_number, invoice.inverted_sequence_number), ()),
        },
    )
    return receipt_id


class Issued(NamedTuple):
    """The values assigned to a document on issuing."""

    series_row_id: int
    number: int
    serie: str
    atcud: str | None
    signature: str | None
    system_entry: dt.datetime
    has_multibanco: bool


def set_issued(
    db: sqlite3.Connection, document_id: int, issued: Issued, client: Client, issuer: Issuer
) -> None:
    """Write number, codes and signature, freeze client and issuer, and make the number searchable."""
    db.execute(
        "UPDATE documents SET series_row_id = :series_row_id, number = :number, serie = :serie, "
        "atcud = :atcud, signature = :signature, system_entry = :system_entry, "
        "has_multibanco = :has_multibanco, client = :client, client_search = :client_search, "
        "issuer = :issuer, search = search || :number_text, revision = revision + 1 WHERE id = :id",
        {
            **issued._asdict(),
            **_client_columns(client),
            "id": document_id,
            "issuer": stored_form(issuer),
            "system_entry": issued.system_entry.isoformat(),
            "has_multibanco": int(issued.has_multibanco),
            "number_text": f"\n{issued.number}/{issued.serie}\n{issued.serie}/{issued.number}".casefold(),
        },
    )


def set_status(db: sqlite3.Connection, document_id: int, status: Status) -> None:
    """Move a document to another state."""
    _update(db, document_id, {"status": status})


def set_archived(db: sqlite3.Connection, document_id: int, *, archived: bool) -> None:
    """Archive or unarchive a document; nothing printed changes, so its revision stays."""
    db.execute("UPDATE documents SET archived = ? WHERE id = ?", (int(archived), document_id))


def set_cancellation(db: sqlite3.Connection, document_id: int, reason: str, moment: dt.datetime) -> None:
    """Record reason and time of a document's cancellation; `set_status` then changes its state."""
    db.execute(
        "UPDATE documents SET cancel_message = ?, canceled_at = ? WHERE id = ?",
        (reason, moment.isoformat(), document_id),
    )


def _replace_lines(db: sqlite3.Connection, document_id: int, lines: Sequence[Line]) -> None:
    db.execute("DELETE FROM document_lines WHERE document_id = ?", (document_id,))
    db.executemany(
        "INSERT INTO document_lines (document_id, position, item_id, name, description, unit_price, "
        "quantity, unit, discount, tax_id, tax_name, tax_value, tax_region, tax_code, tax_exemption) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document_id,
                position,
                line.item_id,
                line.name,
                line.description,
                str(line.unit_price),
                str(line.quantity),
                line.unit,
                str(line.discount),
                line.tax_id,
                line.tax_name,
                str(line.tax_value),
                line.tax_region,
                line.tax_code,
                line.tax_exemption,
            )
            for position, line in enumerate(lines)
        ],
    )


def _replace_delivery(db: sqlite3.Connection, document_id: int, delivery: Delivery | None) -> None:
    if delivery is None:
        return
    db.execute(
        "INSERT OR REPLACE INTO deliveries (document_id, loaded_at, license_plate, address_from, address_to, "
        "load_site, delivery_site, at_doc_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document_id,
            delivery.loaded_at.isoformat() if delivery.loaded_at else None,
            delivery.license_plate,
            json.dumps(asdict(delivery.address_from)) if delivery.address_from else None,
            json.dumps(asdict(delivery.address_to)) if delivery.address_to else None,
            delivery.load_site,
            delivery.delivery_site,
            delivery.at_doc_code,
        ),
    )


def set_at_doc_code(db: sqlite3.Connection, document_id: int, code: str) -> None:
    """Write the tax authority's code for a guide."""
    db.execute("UPDATE deliveries SET at_doc_code = ? WHERE document_id = ?", (code, document_id))


# Payments --------------------------------------------------------------------------------------------


class Payment(NamedTuple):
    """A receipt pays `amount` cents of a document; `mechanism` is the code of SAF-T (PT)."""

    receipt_id: int
    document_id: int
    amount: int
    mechanism: str


def insert_payment(db: sqlite3.Connection, payment: Payment) -> None:
    """Record that a receipt pays a document."""
    db.execute(
        "INSERT INTO payments (receipt_id, document_id, amount, mechanism) VALUES (?, ?, ?, ?)", payment
    )


def payments_of(db: sqlite3.Connection, receipt_ids: Iterable[int]) -> list[Payment]:
    """Return the payments that these receipts confirm, cancelled receipts included, by receipt."""
    rows = db.execute(
        "SELECT receipt_id, document_id, amount, mechanism FROM payments "
        "WHERE receipt_id IN (SELECT value FROM json_each(?)) ORDER BY receipt_id",
        (_list_of(receipt_ids),),
    )
    return [Payment(*row) for row in rows]


def last_receipt_of(db: sqlite3.Connection, document_id: int) -> int:
    """Return the id of the last receipt for a document that has one."""
    row = db.execute("SELECT max(receipt_id) FROM payments WHERE document_id = ?", (document_id,)).fetchone()
    return int(row[0])


# Receipts and notes on a document ----------------------------------------------------------------------


def paid(db: sqlite3.Connection, document_id: int) -> int:
    """Return the cents of a document paid by receipts, without cancelled ones."""
    row = db.execute(
        "SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id "
        "WHERE p.document_id = ? AND r.status <> 'canceled'",
        (document_id,),
    ).fetchone()
    return int(row[0])


def credited(db: sqlite3.Connection, document_id: int) -> int:
    """Return the cents of a document credited by issued notes, without cancelled ones."""
    row = db.execute(
        "SELECT coalesce(sum(total), 0) FROM documents WHERE owner_id = ? "
        "AND status IN ('final', 'settled') AND type IN (SELECT value FROM json_each(?))",
        (document_id, _CREDITS),
    ).fetchone()
    return int(row[0])


def has_live_payments(db: sqlite3.Connection, document_id: int) -> bool:
    """Whether a receipt that is not cancelled pays a document."""
    found = db.execute(
        "SELECT 1 FROM payments p JOIN documents r ON r.id = p.receipt_id "
        "WHERE p.document_id = ? AND r.status <> 'canceled' LIMIT 1",
        (document_id,),
    ).fetchone()
    return found is not None


def has_live_corrections(db: sqlite3.Connection, document_id: int) -> bool:
    """Whether an issued credit or debit note that is not cancelled corrects a document."""
    found = db.execute(
        "SELECT 1 FROM documents WHERE owner_id = ? AND status IN ('final', 'settled') "
        "AND type IN (SELECT value FROM json_each(?)) LIMIT 1",
        (document_id, _CORRECTIONS),
    ).fetchone()
    return found is not None


def cancellations_of_dependants(db: sqlite3.Connection, document_id: int) -> list[dt.datetime]:
    """Return the cancellation times of a document's receipts and notes."""
    rows = db.execute(
        "SELECT canceled_at FROM documents WHERE canceled_at IS NOT NULL "
        "AND (owner_id = ? OR id IN (SELECT receipt_id FROM payments WHERE document_id = ?))",
        (document_id, document_id),
    )
    return [dt.datetime.fromisoformat(row["canceled_at"]) for row in rows]


class ClientDocument(NamedTuple):
    """One issued document of a client that is not cancelled, with sums over its receipts and credit notes in
    cents. `credited` counts all its credit notes, `refundable` those that were not paid back.
    """

    type: DocumentType
    owner_type: DocumentType | None
    is_settled: bool
    due_date: dt.date
    total: int
    before_taxes: int
    paid: int
    credited: int
    refundable: int


def issued_to_client(db: sqlite3.Connection, client_id: int) -> list[ClientDocument]:
    """Return a client's issued documents that are not cancelled, oldest first."""
    rows = db.execute(
        "WITH credit AS (SELECT owner_id, sum(total) AS all_of_it,"
        " sum(CASE status WHEN 'final' THEN total ELSE 0 END) AS refundable FROM documents"
        " WHERE owner_id IN (SELECT id FROM documents WHERE client_id = :client)"
        " AND status IN ('final', 'settled')"
        " AND type IN (SELECT value FROM json_each(:credits)) GROUP BY owner_id) "
        "SELECT d.type, d.status, d.due_date, d.total, d.before_taxes, o.type AS owner_type,"
        " coalesce(c.all_of_it, 0) AS credited, coalesce(c.refundable, 0) AS refundable,"
        " (SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id"
        "  WHERE p.document_id = d.id AND r.status <> 'canceled') AS paid "
        "FROM documents d LEFT JOIN documents o ON o.id = d.owner_id LEFT JOIN credit c ON c.owner_id = d.id "
        "WHERE d.client_id = :client AND d.status IN ('final', 'settled') ORDER BY d.id",
        {"credits": _CREDITS, "client": client_id},
    )
    return [
        ClientDocument(
            type=BY_NAME[row["type"]],
            owner_type=BY_NAME[row["owner_type"]] if row["owner_type"] else None,
            is_settled=row["status"] == "settled",
            due_date=dt.date.fromisoformat(row["due_date"]),
            total=row["total"],
            before_taxes=row["before_taxes"],
            paid=row["paid"],
            credited=row["credited"],
            refundable=row["refundable"],
        )
        for row in rows
    ]


# Counting, numbering, chain ----------------------------------------------------------------------------


def count(db: sqlite3.Connection, account_id: int) -> int:
    """Return the number of an account's documents, of any type and state."""
    row = db.execute("SELECT count(*) FROM documents WHERE account_id = ?", (account_id,)).fetchone()
    return int(row[0])


def count_by_type(db: sqlite3.Connection, account_id: int) -> dict[str, int]:
    """Return the number of documents by the name of their type."""
    rows = db.execute(
        "SELECT type, count(*) FROM documents WHERE account_id = ? GROUP BY type ORDER BY type", (account_id,)
    )
    return dict(rows.fetchall())


def count_issued(db: sqlite3.Connection, account_id: int) -> int:
    """Return the number of an account's issued documents, cancelled ones included."""
    row = db.execute(
        "SELECT count(*) FROM documents WHERE account_id = ? AND number IS NOT NULL", (account_id,)
    ).fetchone()
    return int(row[0])


def count_made_or_drafted(db: sqlite3.Connection, account_id: int, first: dt.date, last: dt.date) -> int:
    """Return the number of documents issued from `first` to the day before `last`, plus all drafts, without
    receipts.
    """
    row = db.execute(
        "SELECT count(*) FROM documents WHERE account_id = ? AND type IN (SELECT value FROM json_each(?)) "
        "AND (status = 'draft' OR (system_entry >= ? AND system_entry < ?))",
        (account_id, _CREATABLE, first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(row[0])


def first_and_last_date(db: sqlite3.Connection, account_id: int) -> tuple[str, str]:
    """Return the dates of an account's first and last document, as ISO text."""
    first, last = db.execute(
        "SELECT min(date), max(date) FROM documents WHERE account_id = ?", (account_id,)
    ).fetchone()
    return first, last


def last_entries(db: sqlite3.Connection, account_id: int) -> list[dt.datetime]:
    """Return the time of entry of the last document of each series and type of an account."""
    rows = db.execute(
        "SELECT d.system_entry FROM series s JOIN series_rows r ON r.series_id = s.id "
        "JOIN documents d ON d.series_row_id = r.id AND d.number = r.last_number WHERE s.account_id = ?",
        (account_id,),
    )
    return [dt.datetime.fromisoformat(row["system_entry"]) for row in rows if row["system_entry"]]


def signatures_before(db: sqlite3.Connection, document_ids: Iterable[int]) -> dict[int, str]:
    """Return, by document, the signature of its predecessor in its series and type; the first of a series has
    no entry.
    """
    rows = db.execute(
        "SELECT d.id, p.signature FROM documents d "
        "JOIN documents p ON p.series_row_id = d.series_row_id AND p.number = d.number - 1 "
        "WHERE d.id IN (SELECT value FROM json_each(?))",
        (_list_of(document_ids),),
    )
    return {row["id"]: row["signature"] or "" for row in rows}


# SAF-T -------------------------------------------------------------------------------------------------

_EXPORTED: Final = "d.account_id = ? AND d.number IS NOT NULL AND d.date BETWEEN ? AND ?"


class AccountDays(NamedTuple):
    """An account's books from one day to another, both included."""

    account_id: int
    first: dt.date
    last: dt.date

    def bound(self) -> tuple[int, str, str]:
        """Return the values that `_EXPORTED` binds."""
        return self.account_id, self.first.isoformat(), self.last.isoformat()


class Run(NamedTuple):
    """The consecutive numbers of one type in one series."""

    type: str
    series_row_id: int | None
    lowest: int
    highest: int


class BooksState(NamedTuple):
    """Numbers that change with anything shown in a SAF-T file of these days."""

    documents: int
    revisions: int
    at_doc_codes: int
    revisions_of_bills: int


class Reference(NamedTuple):
    """A reference to an issued document: its printed number (`FT DEMO/1`) and date."""

    number: str
    date: dt.date


def reported_revision(db: sqlite3.Connection, days: AccountDays) -> int:
    """Return the sum of the revisions of all documents that SAF-T reports; 0 without any."""
    row = db.execute(
        f"SELECT coalesce(sum(d.revision), 0) FROM documents d WHERE {_EXPORTED} "  # noqa: S608 - own constants
        "AND d.type IN (SELECT value FROM json_each(?))",
        (*days.bound(), _REPORTED),
    ).fetchone()
    return int(row[0])


def has_reported(db: sqlite3.Connection, days: AccountDays) -> bool:
    """Whether these days have a document that SAF-T reports."""
    row = db.execute(
        f"SELECT 1 FROM documents d WHERE {_EXPORTED} "  # noqa: S608 - own constants
        "AND d.type IN (SELECT value FROM json_each(?)) LIMIT 1",
        (*days.bound(), _REPORTED),
    ).fetchone()
    return row is not None


def runs(db: sqlite3.Connection, days: AccountDays, section: SaftSection) -> list[Run]:
    """Return the runs of numbers in a section of SAF-T, by type and series."""
    rows = db.execute(
        "SELECT d.type, d.series_row_id, min(d.number), max(d.number) "  # noqa: S608 - own constants
        f"FROM documents d WHERE {_EXPORTED} AND d.type IN (SELECT value FROM json_each(?)) "
        "GROUP BY d.type, d.series_row_id ORDER BY d.type, d.series_row_id",
        (*days.bound(), _list_of(row.name for row in DOCUMENT_TYPES if row.saft_section == section)),
    )
    return [Run(*row) for row in rows]


def next_of_run(
    db: sqlite3.Connection, days: AccountDays, run: Run, after: tuple[int, int], limit: int
) -> list[Document]:
    """Return at most `limit` documents of a run that come after a number and id, by number."""
    rows = db.execute(
        # The pluses keep the index of dates out of the plan, which would sort every slice.
        "SELECT * FROM documents WHERE series_row_id IS ? AND (number, id) > (?, ?) AND number <= ? "
        "AND type = ? AND +account_id = ? AND +date BETWEEN ? AND ? ORDER BY number, id LIMIT ?",
        (run.series_row_id, *after, run.highest, run.type, *days.bound(), limit),
    ).fetchall()
    return from_rows(db, rows)


def state_of(db: sqlite3.Connection, days: AccountDays) -> BooksState:
    """Return the state of the books of these days. Only a reset lowers any number in it: issued documents
    stay, revisions grow with every change of a document, a code of the tax authority stays. A guide's status
    depends on its invoices, which may be of another period.
    """
    row = db.execute(
        "SELECT count(*), coalesce(sum(d.revision), 0), count(g.at_doc_code), "  # noqa: S608 - own constants
        f"coalesce(sum(CASE WHEN d.type IN ({_GUIDES}) THEN (SELECT coalesce(sum(i.revision), 0) "
        "FROM documents i WHERE i.owner_id = d.id OR i.id = d.owner_id) END), 0) "
        f"FROM documents d LEFT JOIN deliveries g ON g.document_id = d.id WHERE {_EXPORTED}",
        days.bound(),
    ).fetchone()
    return BooksState(*row)


def references(db: sqlite3.Connection, document_ids: Iterable[int]) -> dict[int, Reference]:
    """Return references to documents, by id; documents never issued have no entry."""
    rows = db.execute(
        "SELECT id, type, serie, number, date FROM documents "
        "WHERE id IN (SELECT value FROM json_each(?)) AND number IS NOT NULL",
        (_list_of(document_ids),),
    )
    return {
        row["id"]: Reference(
            f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}",
            dt.date.fromisoformat(row["date"]),
        )
        for row in rows
    }


def billed_guides(db: sqlite3.Connection, guide_ids: Iterable[int]) -> frozenset[int]:
    """Return the guides with an issued invoice that is not cancelled, in whatever order they were made."""
    rows = db.execute(
        "SELECT g.id FROM documents g JOIN documents i ON i.owner_id = g.id OR i.id = g.owner_id "
        "WHERE i.status NOT IN ('draft', 'canceled', 'deleted') "
        "AND g.id IN (SELECT value FROM json_each(?))",
        (_list_of(guide_ids),),
    )
    return frozenset(row["id"] for row in rows)


# Sent messages -----------------------------------------------------------------------------------------


class Message(NamedTuple):
    """An e-mail with a document."""

    recipient: str
    cc: str | None
    bcc: str | None
    subject: str | None
    body: str | None
    logo: bool


class SentMessage(NamedTuple):
    """A message in the outbox; `sent_at` is ISO text."""

    id: int
    document_id: int
    document_type: str
    sent_at: str
    message: Message


def insert_message(
    db: sqlite3.Connection, account_id: int, document_id: int, sent_at: dt.datetime, message: Message
) -> None:
    """Put a message into the account's outbox."""
    db.execute(
        "INSERT INTO outbox (id, account_id, document_id, sent_at, recipient, cc, bcc, subject, body, logo) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ids.next_id(db, account_id, "outbox"), account_id, document_id, sent_at.isoformat(), *message),
    )


def messages_of(db: sqlite3.Connection, account_id: int) -> list[SentMessage]:
    """Return the outbox of an account, oldest first."""
    rows = db.execute(
        "SELECT o.*, d.type FROM outbox o JOIN documents d ON d.id = o.document_id "
        "WHERE o.account_id = ? ORDER BY o.id",
        (account_id,),
    )
    return [
        SentMessage(
            id=row["id"],
            document_id=row["document_id"],
            document_type=row["type"],
            sent_at=row["sent_at"],
            message=Message(
                recipient=row["recipient"],
                cc=row["cc"],
                bcc=row["bcc"],
                subject=row["subject"],
                body=row["body"],
                logo=bool(row["logo"]),
            ),
        )
        for row in rows
    ]
