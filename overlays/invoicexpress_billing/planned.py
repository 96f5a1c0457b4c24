"""A document that a run is to issue, and the steps it takes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

if TYPE_CHECKING:
    from invoicexpress import Totals


class Step(StrEnum):
    """What is done with a document, in this order."""

    CREATE = "create"
    """Makes the draft, with the document's key: a repeat gives the same one."""
    FINALIZE = "finalize"
    """Issues the draft, if its total is the expected one."""
    PAY = "pay"
    """Enters the payment, which issues a receipt."""
    EMAIL = "email"
    """Sends the document to its address."""
    PDF = "pdf"
    """Saves the PDF in the run's folder."""


ISSUING: Final = frozenset({Step.CREATE, Step.FINALIZE})
"""Steps that go in order of dates within a lane. The others may overlap."""


class Payment(NamedTuple):
    """A payment of an issued document, which issues a receipt."""

    amount: Decimal
    """In EUR, more than 0, at most the document's total."""
    mechanism: str | None = None
    """Code of SAF-T (PT): MB, NU, TB. None if the file does not say."""
    date: datetime.date | None = None
    """None if the file does not say: the day on which it is entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """A document as the file has it, checked."""

    key: str
    """The row's key, unique in the run."""
    type: str
    """`invoice`, `simplified_invoice`, `invoice_receipt`."""
    serie: str | None
    """None for the account's default."""
    date: datetime.date
    """Its date. Within a type and série, documents are issued in order of their dates."""
    fields: Mapping[str, Any] = field(repr=False)
    """As `ix.invoices.create` takes them."""
    total: Decimal
    """Expected total with VAT, in EUR: another one is not finalized."""
    amounts: Totals | None = field(default=None, repr=False, compare=False)
    """All its amounts; None for a document from the journal, which keeps the total alone."""
    payment: Payment | None = None
    """The payment to enter once it is issued; None for none."""
    email: str | None = None
    """Address for the document."""
    rows: tuple[int, ...] = ()
    """Its rows in the file, one for each line."""

    @property
    def lane(self) -> str:
        """The type and série: one document at a time is issued in it."""
        return f"{self.type}/{self.serie or ''}"

    def steps(self, chosen: tuple[Step, ...]) -> tuple[Step, ...]:
        """Those of the run's steps that the document has."""
        absent = {Step.PAY: self.payment is None, Step.EMAIL: self.email is None}
        return tuple(step for step in chosen if not absent.get(step))

    def to_json(self) -> str:
        """For the journal; exact."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "amounts"}
        payment = self.payment and self.payment._asdict()
        return json.dumps({**values, "payment": payment}, default=_tagged, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> PlannedDocument:
        """From the journal."""
        values: dict[str, Any] = json.loads(text, object_hook=_untagged)
        payment = values["payment"]
        values["payment"] = None if payment is None else Payment(**payment)
        values["rows"] = tuple(values["rows"])
        return cls(**values)


_DECIMAL: Final = "$decimal"
_DATE: Final = "$date"


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, datetime.date):
        return {_DATE: value.isoformat()}
    raise TypeError(f"a journal holds no {type(value).__name__}")


def _untagged(pairs: dict[str, Any]) -> Any:
    match pairs:
        case {"$decimal": text}:
            return Decimal(cast("str", text))
        case {"$date": text}:
            return datetime.date.fromisoformat(cast("str", text))
        case _:
            return pairs
