"""Rules between documents: payments, notes and the documents that they correct, cancellations, uids."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Final

from ..fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from ..fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from .amounts import euros
from .finding import CANCELED, CREDIT, OWNER, SETTLEMENT, STATE, UID, Flaw
from .stored import LIVE, moment, printed_number

_LIVE: Final = ", ".join(f"'{status}'" for status in LIVE)
_PAYABLE: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.payable])
_CORRECTING: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.corrects])
_CREDITING: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.reduces_owner])
_RECEIPTS: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.is_receipt])
_KNOWN: Final = json.dumps([row.name for row in DOCUMENT_TYPES])


def _among(names: str) -> str:
    return f"IN (SELECT value FROM json_each({names}))"  # noqa: S608 - a parameter's mark


Concerned = tuple[int, str | None]
"""A document's id and printed number."""


def check_balances(db: sqlite3.Connection, account_id: int) -> Iterator[tuple[Concerned, Flaw]]:
    """Yield the flaws between the documents of an account, each with the document that it concerns."""
    for check in (
        _unknown, _payments, _owed, _owners, _credits, _under_canceled, _canceled_in_order, _uids,
    ):  # read by rows # fmt: skip
        for row, flaw in check(db, account_id):
            yield (row["id"], printed_number(row)), flaw


Found = Iterator[tuple[sqlite3.Row, Flaw]]


def _unknown(db: sqlite3.Connection, account_id: int) -> Found:
    rows = db.execute(
        f"SELECT * FROM documents WHERE account_id = ? AND NOT type {_among('?')} ORDER BY id",  # noqa: S608 - own constants
        (account_id, _KNOWN),
    )
    for row in rows:
        yield row, Flaw(STATE, f"Its type is unknown: {row['type']}.")


def _payments(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield receipts that pay nothing, or something that takes no payment, or another client's."""
    rows = db.execute(
        "SELECT r.*, p.amount AS paid, p.mechanism, d.type AS paid_type, d.account_id AS payer, "  # noqa: S608 - own constants
        "d.client_id AS debtor, d.number AS paid_number, d.system_entry AS paid_entry FROM documents r "
        "LEFT JOIN payments p ON p.receipt_id = r.id LEFT JOIN documents d ON d.id = p.document_id "
        f"WHERE r.account_id = ? AND r.type {_among('?')} ORDER BY r.id",
        (account_id, _RECEIPTS),
    )
    payable = set(json.loads(_PAYABLE))
    for row in rows:
        if row["paid"] is None:
            yield row, Flaw(SETTLEMENT, "It is a receipt, and pays no document.")
        elif row["paid"] < 0:
            yield row, Flaw(SETTLEMENT, f"It pays {euros(row['paid'])}.")
        elif row["paid_type"] not in payable or row["paid_number"] is None:
            yield row, Flaw(SETTLEMENT, "It pays a document that takes no payments, or was never issued.")
        elif (row["payer"], row["debtor"]) != (account_id, row["client_id"]):
            yield row, Flaw(SETTLEMENT, "It pays a document of another client.")
        elif _is_behind(row["system_entry"], row["paid_entry"]):
            yield row, Flaw(SETTLEMENT, "It pays a document that was entered after it.")
        if row["paid"] is not None and row["mechanism"] not in PAYMENT_MECHANISMS:
            yield row, Flaw(SETTLEMENT, f"Its payment mechanism is unknown: {row['mechanism']}.")
    strays = db.execute(
        "SELECT r.* FROM payments p JOIN documents r ON r.id = p.receipt_id "  # noqa: S608 - own constants
        f"WHERE r.account_id = ? AND NOT r.type {_among('?')} ORDER BY r.id",
        (account_id, _RECEIPTS),
    )
    for row in strays:
        yield row, Flaw(SETTLEMENT, "It pays a document, and is no receipt.")


def _owed(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield documents that are paid beyond their total, settled with a debt, or unsettled without one.

    A credit note that leaves nothing to pay settles nothing (assumed, as the rules have it): without a debt
    means paid in full by live receipts.
    """
    rows = db.execute(
        "SELECT d.*, "  # noqa: S608 - own constants
        "(SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id "
        f" WHERE p.document_id = d.id AND r.status IN ({_LIVE})) AS paid, "
        "(SELECT coalesce(sum(c.total), 0) FROM documents c WHERE c.owner_id = d.id "
        f" AND c.type {_among(':crediting')} AND c.status IN ({_LIVE})) AS credited "
        f"FROM documents d WHERE d.account_id = :account AND d.type {_among(':payable')} "
        "AND d.status IN ('final', 'settled') ORDER BY d.id",
        {"account": account_id, "crediting": _CREDITING, "payable": _PAYABLE},
    )
    for row in rows:
        paid, total, owed = row["paid"], row["total"], row["total"] - row["paid"] - row["credited"]
        if paid > total:
            yield row, Flaw(SETTLEMENT, f"Its receipts pay {euros(paid)}, and its total is {euros(total)}.")
        elif row["status"] == "settled" and owed > 0:
            yield row, Flaw(SETTLEMENT, f"It is settled, and {euros(owed)} is owed.")
        elif row["status"] == "final" and total > 0 and paid == total:
            yield (
                row,
                Flaw(SETTLEMENT, f"Its receipts pay its whole total of {euros(total)}: it is not settled."),
            )


def _is_behind(text: str | None, other: str | None) -> bool:
    first, second = moment(text), moment(other)
    return first is not None and second is not None and first < second


def _owners(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield issued documents that correct, bill or move a document of a wrong type, or a later one."""
    rows = db.execute(
        "SELECT d.*, o.type AS owner_type, o.account_id AS owner_account, o.number AS owner_number, "
        "o.system_entry AS owner_entry FROM documents d LEFT JOIN documents o ON o.id = d.owner_id "
        "WHERE d.account_id = ? AND d.owner_id IS NOT NULL AND d.number IS NOT NULL ORDER BY d.id",
        (account_id,),
    )
    for row in rows:
        type_, owner = BY_NAME.get(row["type"]), BY_NAME.get(row["owner_type"])
        if row["owner_account"] != account_id or row["owner_number"] is None:
            sentence = f"It follows the document {row['owner_id']}, which this account has not issued."
        elif type_ is not None and owner is not None and not type_.may_follow(owner):
            sentence = f"It follows the document {row['owner_id']}, which is a {owner.root}."
        elif _is_behind(row["system_entry"], row["owner_entry"]):
            sentence = f"It follows the document {row['owner_id']}, which was entered after it."
        else:
            continue
        yield row, Flaw(OWNER, sentence)


def _credits(db: sqlite3.Connection, account_id: int) -> Found:
    rows = db.execute(
        "SELECT o.*, sum(c.total) AS credited FROM documents o JOIN documents c ON c.owner_id = o.id "  # noqa: S608 - own constants
        f"WHERE o.account_id = ? AND c.type {_among('?')} AND c.status IN ({_LIVE}) "
        "GROUP BY o.id HAVING sum(c.total) > o.total ORDER BY o.id",
        (account_id, _CREDITING),
    )
    for row in rows:
        yield (
            row,
            Flaw(
                CREDIT,
                f"Its credit notes take {euros(row['credited'])}, and its total is {euros(row['total'])}.",
            ),
        )


def _under_canceled(db: sqlite3.Connection, account_id: int) -> Found:
    notes = db.execute(
        "SELECT c.*, o.id AS owner FROM documents c JOIN documents o ON o.id = c.owner_id "  # noqa: S608 - own constants
        f"WHERE o.account_id = ? AND o.status NOT IN ({_LIVE}) AND c.type {_among('?')} "
        f"AND c.status IN ({_LIVE}) ORDER BY c.id",
        (account_id, _CORRECTING),
    )
    for row in notes:
        yield (
            row,
            Flaw(
                CANCELED, f"It corrects the document {row['owner']}, which is cancelled or was never issued."
            ),
        )
    receipts = db.execute(
        "SELECT r.*, d.id AS paid FROM payments p JOIN documents r ON r.id = p.receipt_id "  # noqa: S608 - own constants
        "JOIN documents d ON d.id = p.document_id "
        f"WHERE d.account_id = ? AND d.status = 'canceled' AND r.status IN ({_LIVE}) ORDER BY r.id",
        (account_id,),
    )
    for row in receipts:
        yield row, Flaw(CANCELED, f"It pays the document {row['paid']}, which is cancelled.")


def _canceled_in_order(db: sqlite3.Connection, account_id: int) -> Found:
    """Yield cancelled documents whose receipts and notes were cancelled later."""
    both = "o.account_id = :account AND o.canceled_at IS NOT NULL AND c.canceled_at IS NOT NULL"
    rows = db.execute(
        "SELECT o.*, c.id AS rested, c.canceled_at AS later "  # noqa: S608 - own constants
        "FROM documents o JOIN documents c ON c.owner_id = o.id "
        f"WHERE {both} AND c.type {_among(':notes')} "
        "UNION ALL SELECT o.*, c.id AS rested, c.canceled_at AS later FROM documents o "
        "JOIN payments p ON p.document_id = o.id JOIN documents c ON c.id = p.receipt_id "
        f"WHERE {both} ORDER BY o.id, rested",
        {"account": account_id, "notes": _CORRECTING},
    )
    for row in rows:
        if _is_behind(row["canceled_at"], row["later"]):
            yield (
                row,
                Flaw(CANCELED, f"It was cancelled before the document {row['rested']} that rests on it."),
            )


def _uids(db: sqlite3.Connection, account_id: int) -> Found:
    rows = db.execute(
        "SELECT * FROM (SELECT *, min(id) OVER (PARTITION BY proprietary_uid) AS first FROM documents "
        "WHERE account_id = ? AND proprietary_uid IS NOT NULL AND status NOT IN ('canceled', 'deleted')) "
        "WHERE id > first ORDER BY id",
        (account_id,),
    )
    for row in rows:
        yield (
            row,
            Flaw(UID, f"It has the proprietary_uid {row['proprietary_uid']} of the document {row['first']}."),
        )
