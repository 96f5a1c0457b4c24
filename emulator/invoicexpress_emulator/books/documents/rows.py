"""The SQL of documents: reads and writes their rows, lines and deliveries. Amounts are cents.

More SQL of documents stands beside it: `payment_rows` (payments, and what receipts and notes do to a
document), `counting`, `saft_rows` (what SAF-T reports) and `outbox`. Three other places name columns of
`documents`: `lists` and `filters` find a page of a list, `clients.rows` copies a changed client into its
drafts (documents import clients, never the reverse), and `verify` reads stored rows independently, like an
auditor.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, DocumentType
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


def list_of(values: Iterable[object]) -> str:
    """Return values as JSON, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))


_PAYABLE: Final = list_of(row.name for row in DOCUMENT_TYPES if row.payable)

# Reading documents -----------------------------------------------------------------------------------


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


_LINE_COLUMNS: Final = (
    "document_id", "item_id", "name", "description", "unit_price", "quantity", "unit", "discount", "tax_id",
    "tax_name", "tax_value", "tax_region", "tax_code", "tax_exemption",
)  # read by rows # fmt: skip
_SELECT_LINES: Final = f"SELECT {', '.join(_LINE_COLUMNS)} FROM document_lines"  # noqa: S608 - own constants


def _line(row: sqlite3.Row) -> Line:
    """Return a line from `_LINE_COLUMNS`."""
    (
        _, item_id, name, description, unit_price, quantity, unit, discount, tax_id, tax_name, tax_value,
        tax_region, tax_code, tax_exemption,
    ) = row  # fmt: skip
    return Line(
        item_id=item_id,
        name=name,
        description=description,
        unit_price=Decimal(unit_price),
        quantity=Decimal(quantity),
        unit=unit,
        discount=Decimal(discount),
        tax_id=tax_id,
        tax_name=tax_name,
        tax_value=Decimal(tax_value),
        tax_region=tax_region,
        tax_code=tax_code,
        tax_exemption=tax_exemption,
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


_DOCUMENT_COLUMNS: Final = (
    "id", "type", "status", "archived", "date", "due_date", "reference", "observations", "retention",
    "tax_exemption", "client_id", "client", "currency_code", "rate", "discount_type", "discount_value",
    "owner_id", "wants_multibanco", "has_multibanco", "series_row_id", "number", "serie", "atcud",
    "signature", "system_entry", "sum", "discount", "before_taxes", "taxes", "total", "revision",
    "cancel_message", "canceled_at", "issuer",
)  # read by rows # fmt: skip
_SELECT: Final = f"SELECT {', '.join(_DOCUMENT_COLUMNS)} FROM documents"  # noqa: S608 - own constants


@lru_cache(maxsize=16)
def _values(columns: tuple[str, ...]) -> Callable[[sqlite3.Row], tuple[Any, ...]]:
    """Return what takes `_DOCUMENT_COLUMNS` out of a row with these columns: by place, since a row looks
    each name up anew.
    """
    return itemgetter(*map(columns.index, _DOCUMENT_COLUMNS))


def _document(values: Iterable[Any], lines: Sequence[Line], delivery: Delivery | None) -> Document:
    """Return a document from `_DOCUMENT_COLUMNS`."""
    (
        document_id, type_name, status, archived, date, due_date, reference, observations, retention,
        tax_exemption, client_id, client, currency_code, rate, discount_type, discount_value,
        owner_id, wants_multibanco, has_multibanco, series_row_id, number, serie, atcud,
        signature, system_entry, total_sum, discount, before_taxes, taxes, total, revision,
        cancel_message, canceled_at, issuer,
    ) = values  # fmt: skip
    return Document(
        id=document_id,
        type=BY_NAME[type_name],
        status=cast(Status, status),
        archived=bool(archived),
        date=dt.date.fromisoformat(date),
        due_date=dt.date.fromisoformat(due_date),
        reference=reference,
        observations=observations,
        retention=_decimal(retention),
        tax_exemption=tax_exemption,
        client_id=client_id,
        client=json.loads(client),
        currency_code=currency_code,
        rate=_decimal(rate),
        global_discount=GlobalDiscount(discount_type, Decimal(discount_value)) if discount_type else None,
        owner_id=owner_id,
        wants_multibanco=bool(wants_multibanco),
        has_multibanco=bool(has_multibanco),
        series_row_id=series_row_id,
        number=number,
        serie=serie,
        atcud=atcud,
        signature=signature,
        system_entry=_moment(system_entry),
        totals=Totals(total_sum, discount, before_taxes, taxes, total),
        revision=revision,
        lines=tuple(lines),
        delivery=delivery,
        cancel_message=cancel_message,
        canceled_at=_moment(canceled_at),
        issuer=from_stored(issuer) if issuer else None,
    )


def from_rows(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[Document]:
    """Return the documents of these rows of one query, which may have more columns."""
    found = list(rows)
    return _documents(db, list(map(_values(tuple(found[0].keys())), found))) if found else []


def _documents(db: sqlite3.Connection, stored: Sequence[sqlite3.Row | tuple[Any, ...]]) -> list[Document]:
    """Return the documents of `_DOCUMENT_COLUMNS`; their lines take one query, their deliveries another.
    Only types with goods have a delivery.
    """
    chosen, ids_of_documents = _among("document_id", [values[0] for values in stored])
    lines: dict[int, list[Line]] = {}
    for line in db.execute(
        f"{_SELECT_LINES} WHERE {chosen} ORDER BY document_id, position",
        ids_of_documents,
    ):
        lines.setdefault(line[0], []).append(_line(line))
    deliveries: dict[int, Delivery] = {}
    if any(BY_NAME[values[1]].goods for values in stored):
        goods = db.execute(f"SELECT * FROM deliveries WHERE {chosen}", ids_of_documents)  # noqa: S608 - own constants
        deliveries = {row["document_id"]: _delivery(row) for row in goods}
    return [_document(values, lines.get(values[0], ()), deliveries.get(values[0])) for values in stored]


def _among(column: str, values: Sequence[int]) -> tuple[str, tuple[int | str]]:
    """Return the condition that a column has one of these values, and its bound value."""
    if len(values) == 1:
        return f"{column} = ?", (values[0],)
    return f"{column} IN (SELECT value FROM json_each(?))", (list_of(values),)  # noqa: S608 - own constants


def by_id(db: sqlite3.Connection, account_id: int, document_id: int) -> Document | None:
    """Return a document of the account, of any type and state."""
    row = db.execute(f"{_SELECT} WHERE id = ? AND account_id = ?", (document_id, account_id)).fetchone()
    return _documents(db, [row])[0] if row else None


def by_uid(
    db: sqlite3.Connection, account_id: int, uid: str, *, canceled_too: bool = False
) -> Document | None:
    """Return the document created with a `proprietary_uid`. Deleting it frees the uid, and so does cancelling
    it unless `canceled_too` (clients 2026): then a live document comes first, else the newest.
    """
    freed = "('deleted')" if canceled_too else "('canceled', 'deleted')"
    row = db.execute(
        f"{_SELECT} WHERE account_id = ? AND proprietary_uid = ? "
        f"AND status NOT IN {freed} ORDER BY status = 'canceled', id DESC LIMIT 1",
        (account_id, uid),
    ).fetchone()
    return _documents(db, [row])[0] if row else None


def account_of(db: sqlite3.Connection, document_id: int) -> int | None:
    """Return the id of the account that a document belongs to, None for an unknown id."""
    row = db.execute("SELECT account_id FROM documents WHERE id = ?", (document_id,)).fetchone()
    return None if row is None else int(row["account_id"])


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
    _insert_lines(db, document_id, draft.lines)
    _replace_delivery(db, document_id, draft.delivery)
    return document_id


def replace_draft(db: sqlite3.Connection, document_id: int, draft: Draft) -> None:
    """Replace the whole content of a draft: columns, lines and delivery."""
    _update(db, document_id, _content_columns(draft))
    db.execute("DELETE FROM document_lines WHERE document_id = ?", (document_id,))
    _insert_lines(db, document_id, draft.lines)
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


def _insert_lines(db: sqlite3.Connection, document_id: int, lines: Sequence[Line]) -> None:
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
            json.dumps(delivery.address_from._asdict()) if delivery.address_from else None,
            json.dumps(delivery.address_to._asdict()) if delivery.address_to else None,
            delivery.load_site,
            delivery.delivery_site,
            delivery.at_doc_code,
        ),
    )


def set_at_doc_code(db: sqlite3.Connection, document_id: int, code: str) -> None:
    """Write the tax authority's code for a guide."""
    db.execute("UPDATE deliveries SET at_doc_code = ? WHERE document_id = ?", (code, document_id))


# The chain of a series --------------------------------------------------------------------------------


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
        (list_of(document_ids),),
    )
    return {row["id"]: row["signature"] or "" for row in rows}


def neighbours(db: sqlite3.Connection, document: Document) -> tuple[Document | None, Document | None]:
    """Return the documents with the number before and the number after, in the same series and type."""
    if document.number is None:
        return None, None
    numbers = document.number - 1, document.number + 1
    rows = db.execute(
        "SELECT * FROM documents WHERE series_row_id = ? AND number IN (?, ?)",
        (document.series_row_id, *numbers),
    )
    found = {each.number: each for each in from_rows(db, rows)}
    before, after = map(found.get, numbers)
    return before, after
