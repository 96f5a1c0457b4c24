"""A document as it is stored: its values, its lines, and how rows become it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from ...fiscal.document_types import BY_NAME, DocumentType
from ...fiscal.exemption_codes import printed_reason
from ...fiscal.multibanco import Reference, reference_for
from ...fiscal.qr_fields import NO_VAT_REGION, in_order
from ...fiscal.states import Status
from ...fiscal.tax_regions import reported_region
from ...fiscal.totals import (
    GlobalDiscount,
    LineAmounts,
    TaxKey,
    TaxPart,
    Totals,
    line_amounts,
    rounded,
    tax_summary,
    withheld,
)
from ...fiscal.vat_rates import tax_code
from .goods import Delivery
from .goods import of_documents as deliveries_of

ClientSnapshot = dict[str, str | int | None]

UNKNOWN_REGION: Final = "PT"
"""Taken for taxes that were made without a region, where region is optional (vendor docs 2026-07), and for
regions that the tax authority does not know.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: prices in EUR before VAT, `discount` and `tax_value` in percent; the tax as it was when
    written.
    """

    item_id: int | None
    name: str
    description: str | None
    unit_price: Decimal
    quantity: Decimal
    unit: str | None
    discount: Decimal
    tax_id: int
    tax_name: str
    tax_value: Decimal
    tax_region: str | None
    tax_code: str | None
    tax_exemption: str | None

    @property
    def amounts(self) -> LineAmounts:
        """The exact amounts."""
        return line_amounts(self.unit_price, self.quantity, self.discount, self.tax_value)

    @property
    def shown_amounts(self) -> LineAmounts:
        """The amounts at the scales that the service stores and shows: 10 decimals, the total 4
        (weareswat 2020).
        """
        exact = self.amounts
        return LineAmounts(
            rounded(exact.gross, 10),
            rounded(exact.discount, 10),
            rounded(exact.subtotal, 10),
            rounded(exact.tax, 10),
            rounded(exact.total, 4),
        )

    @property
    def is_exempt(self) -> bool:
        """Whether no VAT is charged, which needs a reason (Despacho 8632/2014, 3.2.6)."""
        return self.tax_value == 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document of any type. Amounts in `totals` are cents; `rate` is foreign currency per EUR."""

    id: int
    type: DocumentType
    status: Status
    archived: bool
    date: dt.date
    due_date: dt.date
    reference: str | None
    observations: str | None
    retention: Decimal | None
    tax_exemption: str | None
    client_id: int
    client: ClientSnapshot
    currency_code: str | None
    rate: Decimal | None
    global_discount: GlobalDiscount | None
    owner_id: int | None
    wants_multibanco: bool
    has_multibanco: bool
    series_row_id: int | None
    number: int | None
    serie: str | None
    atcud: str | None
    signature: str | None
    system_entry: dt.datetime | None
    totals: Totals
    revision: int
    lines: tuple[Line, ...]
    delivery: Delivery | None = None
    cancel_message: str | None = None
    canceled_at: dt.datetime | None = None

    @property
    def is_issued(self) -> bool:
        """Whether it was ever finalised, and so has a number (cancelled documents do)."""
        return self.number is not None

    @property
    def sequence_number(self) -> str | None:
        """`number/series`, as the API shows it; None before it is issued."""
        return f"{self.number}/{self.serie}" if self.is_issued else None

    @property
    def inverted_sequence_number(self) -> str | None:
        """`series/number`, as it is printed."""
        return f"{self.serie}/{self.number}" if self.is_issued else None

    @property
    def printed_number(self) -> str | None:
        """The full number with the type's prefix, e.g. `FT DEMO/1`: what is signed and printed."""
        return f"{self.type.prefix} {self.inverted_sequence_number}" if self.is_issued else None

    @property
    def exemption_code(self) -> str | None:
        """The reason why some line is exempt; None for documents that have no exempt line."""
        exempt = [line for line in self.lines if line.is_exempt]
        if not exempt:
            return None
        return self.tax_exemption or next((line.tax_exemption for line in exempt if line.tax_exemption), None)

    @property
    def exemption_text(self) -> str | None:
        """The words printed for the exemption."""
        return printed_reason(self.exemption_code)

    @property
    def multibanco(self) -> Reference | None:
        """The payment reference, made when the document is issued."""
        return reference_for(self.id, self.totals.total) if self.has_multibanco else None

    @property
    def withheld(self) -> int:
        """The tax withheld at source, in cents."""
        return withheld(self.totals.before_taxes, self.retention)

    @property
    def tax_parts(self) -> list[TaxPart]:
        """Base and VAT per rate, adding up to the document's amounts."""
        return tax_summary([(self.tax_key(line), line.amounts) for line in self.lines], self.global_discount)

    @property
    def has_no_rate(self) -> bool:
        """Whether it has no VAT rate at all: receipts, whose payments settle whole amounts, and guides that
        say of no line what it costs (AT, Código QR v1.0, 5.4).
        """
        is_guide = self.type.saft_section == "MovementOfGoods"
        return not self.lines or (is_guide and not any(line.unit_price for line in self.lines))

    @property
    def qr_regions(self) -> list[str]:
        """The tax regions that its QR code tells of; the code has no room for more than three."""
        return (
            [NO_VAT_REGION]
            if self.has_no_rate
            else in_order(self.tax_key(line).region for line in self.lines)
        )

    def tax_key(self, line: Line) -> TaxKey:
        """Return what the VAT summary groups this line by."""
        exemption = (line.tax_exemption or self.tax_exemption) if line.is_exempt else None
        region = reported_region(line.tax_region, UNKNOWN_REGION)
        code = tax_code(line.tax_code, region, line.tax_value, self.date)
        return TaxKey(region, code, line.tax_value, exemption)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


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


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


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
    )


def from_rows(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[Document]:
    """Return the documents of these rows, with their lines read in one query."""
    found = list(rows)
    lines: dict[int, list[Line]] = {}
    for line in db.execute(
        "SELECT * FROM document_lines WHERE document_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY document_id, position",
        (json.dumps([row["id"] for row in found]),),
    ):
        lines.setdefault(line["document_id"], []).append(_line(line))
    deliveries = deliveries_of(db, [row["id"] for row in found])
    return [_document(row, lines.get(row["id"], ()), deliveries.get(row["id"])) for row in found]


def by_id(db: sqlite3.Connection, account_id: int, document_id: int) -> Document | None:
    """Return a document of the account, of any type and state."""
    row = db.execute(
        "SELECT * FROM documents WHERE id = ? AND account_id = ?", (document_id, account_id)
    ).fetchone()
    return from_rows(db, [row])[0] if row else None


def by_uid(db: sqlite3.Connection, account_id: int, uid: str) -> Document | None:
    """Return the live document made with a `proprietary_uid`; cancelled and deleted ones free it
    (clients 2026).
    """
    row = db.execute(
        "SELECT * FROM documents WHERE account_id = ? AND proprietary_uid = ? "
        "AND status NOT IN ('canceled', 'deleted')",
        (account_id, uid),
    ).fetchone()
    return from_rows(db, [row])[0] if row else None


def set_status(db: sqlite3.Connection, document_id: int, status: Status) -> None:
    """Move a document to another state."""
    db.execute("UPDATE documents SET status = ?, revision = revision + 1 WHERE id = ?", (status, document_id))


def replace_lines(db: sqlite3.Connection, document_id: int, lines: Sequence[Line]) -> None:
    """Store a document's lines in place of those it had."""
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


def search_text(document_values: Iterable[str | None], lines: Iterable[Line]) -> str:
    """Return what the text filter finds a document by, client apart: its own words and its lines'
    (vendor docs 2026-07: `text`).
    """
    parts = [*document_values]
    for line in lines:
        parts += [line.name, line.description]
    return "\n".join(part for part in parts if part).casefold()
