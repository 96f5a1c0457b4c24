"""The SQL of a client's treasury: initial balances, regularizations and movements. Amounts are cents."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from ...storage import ids
from .records import InitialBalance, Movement, Regularization

if TYPE_CHECKING:
    from ..pages import Page


def initial_balance(db: sqlite3.Connection, client_id: int) -> InitialBalance | None:
    """Return a client's initial balance."""
    row = db.execute(
        "SELECT value, date, observation FROM initial_balances WHERE client_id = ?", (client_id,)
    ).fetchone()
    return InitialBalance(row["value"], date.fromisoformat(row["date"]), row["observation"]) if row else None


def set_initial_balance(db: sqlite3.Connection, client_id: int, balance: InitialBalance) -> None:
    """Write a client's initial balance, replacing an earlier one."""
    db.execute(
        "INSERT INTO initial_balances (client_id, value, date, observation) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (client_id) DO UPDATE SET value = excluded.value, date = excluded.date, "
        "observation = excluded.observation",
        (client_id, balance.value, balance.date.isoformat(), balance.observation),
    )


def regularized(db: sqlite3.Connection, client_id: int) -> int:
    """Return the cents written off, without deleted regularizations."""
    row = db.execute(
        "SELECT coalesce(sum(value), 0) FROM regularizations WHERE client_id = ? AND is_deleted = 0",
        (client_id,),
    ).fetchone()
    return int(row[0])


def page_of_regularizations(
    db: sqlite3.Connection, client_id: int, page: Page
) -> tuple[list[Regularization], int]:
    """Return a page of a client's regularizations, oldest first, and the number on all pages."""
    where = "client_id = ? AND is_deleted = 0"
    (total,) = db.execute(f"SELECT count(*) FROM regularizations WHERE {where}", (client_id,)).fetchone()  # noqa: S608 - own constants
    rows = db.execute(
        f"SELECT id, number, value, date, observation FROM regularizations WHERE {where} "  # noqa: S608 - own constants
        "ORDER BY id LIMIT ? OFFSET ?",
        (client_id, page.size, page.offset),
    )
    return [_regularization(row) for row in rows], int(total)


def _regularization(row: sqlite3.Row) -> Regularization:
    return Regularization(
        row["id"], row["number"], row["value"], date.fromisoformat(row["date"]), row["observation"]
    )


def add_regularization(
    db: sqlite3.Connection, account_id: int, client_id: int, value: int, *, day: date, observation: str | None
) -> Regularization:
    """Write off `value` cents. Numbers run through the account and are not used twice (assumed)."""
    (last,) = db.execute(
        "SELECT max(r.number) FROM regularizations r JOIN clients c ON c.id = r.client_id "
        "WHERE c.account_id = ?",
        (account_id,),
    ).fetchone()
    made = Regularization(
        ids.next_id(db, account_id, "regularizations"), (last or 0) + 1, value, day, observation
    )
    db.execute(
        "INSERT INTO regularizations (id, client_id, number, value, date, observation) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (made.id, client_id, made.number, made.value, day.isoformat(), observation),
    )
    return made


def delete_regularization(db: sqlite3.Connection, client_id: int, regularization_id: int) -> bool:
    """Delete a write-off, and return whether it existed; its row stays, so its number stays used."""
    gone = db.execute(
        "UPDATE regularizations SET is_deleted = 1 WHERE client_id = ? AND is_deleted = 0 AND id = ?",
        (client_id, regularization_id),
    )
    return gone.rowcount > 0


def reimbursed(db: sqlite3.Connection, client_id: int) -> int:
    """Return the cents that were paid back to a client."""
    row = db.execute(
        "SELECT coalesce(sum(value), 0) FROM treasury_movements "
        "WHERE movement_type = 'Reimbursement' AND client_id = ?",
        (client_id,),
    ).fetchone()
    return int(row[0])


def add_movement(db: sqlite3.Connection, account_id: int, client_id: int, movement: Movement) -> int:
    """Store a movement and return its id."""
    movement_id = ids.next_id(db, account_id, "treasury_movements")
    db.execute(
        "INSERT INTO treasury_movements "
        "(id, client_id, movement_type, value, payment_method, date, serie, observation) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            movement_id,
            client_id,
            movement.movement_type,
            movement.value,
            movement.payment_method,
            movement.date.isoformat(),
            movement.serie,
            movement.observation,
        ),
    )
    return movement_id


def delete_movement(db: sqlite3.Connection, client_id: int, movement_id: int) -> bool:
    """Delete a movement, and return whether there was one."""
    gone = db.execute(
        "DELETE FROM treasury_movements WHERE id = ? AND client_id = ?", (movement_id, client_id)
    )
    return gone.rowcount > 0
