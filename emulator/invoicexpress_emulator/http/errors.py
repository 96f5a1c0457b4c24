"""How a request is refused: a status, one or more complaints, and the shape of body that the endpoint uses.

The service has at least eight shapes of error body (recorded 2019, tim-online 2023-11, digitaldev 2026-07).
Code that refuses names the shape by its subject; `profiles` has the body of each shape on either wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .messages import Complaint


class Shape(Enum):
    """The subject of an error, which decides the shape of its body."""

    GENERAL = auto()
    """401, bodies of documents, e-mail: the usual shape."""
    TRANSITION = auto()
    CLIENT = auto()
    ITEM = auto()
    TAX = auto()
    PAYMENT_FIELD = auto()
    SEQUENCE = auto()
    QR_CODE = auto()
    SAFT = auto()
    ACCOUNT_UPDATE = auto()
    TREASURY = auto()
    PLAN = auto()
    """More documents than the account's plan allows."""
    UID = auto()
    """409 of a create whose `proprietary_uid` is being worked on."""


class Missing(Enum):
    """The thing that was not found, which decides the body of the 404."""

    CLIENT = auto()
    CLIENT_OF_INVOICES = auto()
    CLIENT_OF_TREASURY = auto()
    REGULARIZATION = auto()
    MOVEMENT = auto()
    ACCOUNT = auto()
    ITEM = auto()
    TAX = auto()
    SEQUENCE = auto()
    DOCUMENT_READ = auto()
    DOCUMENT_WRITE = auto()
    PDF = auto()


class Refused(Exception):
    """The request is refused; nothing that it wrote is kept."""

    def __init__(
        self, status: int, shape: Shape, *complaints: Complaint, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("; ".join(map(str, complaints)))
        self.status = status
        self.shape = shape
        self.complaints = complaints
        self.headers = dict(headers or {})


class NotFound(Exception):
    """There is no such thing in this account, or not under this path."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.name)
        self.missing = missing


def invalid(shape: Shape, *complaints: Complaint) -> Refused:
    """Return a 422 with these complaints."""
    return Refused(422, shape, *complaints)


def refuse_if_any(shape: Shape, complaints: list[Complaint]) -> None:
    """Raise a 422 with all complaints, if there are any; the same complaint is made once only."""
    if complaints:
        distinct: dict[str, Complaint] = {}
        for complaint in complaints:
            distinct.setdefault(f"{complaint} {complaint.text.field}", complaint)
        raise invalid(shape, *distinct.values())
