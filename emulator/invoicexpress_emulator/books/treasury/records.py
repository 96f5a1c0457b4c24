"""Entries of a client's treasury: initial balance, regularizations (write-offs), movements of money."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class InitialBalance(NamedTuple):
    """A client's debt in cents when its account began; negative if the client was owed."""

    value: int
    date: date
    observation: str | None


class Regularization(NamedTuple):
    """A write-off of `value` cents; numbers run through the account."""

    id: int
    number: int
    value: int
    date: date
    observation: str | None


class Movement(NamedTuple):
    """Money in cents that came in (`Payment`) or was paid back (`Reimbursement`)."""

    value: int
    movement_type: str
    payment_method: str
    date: date
    serie: str | None
    observation: str | None
