"""A document and its lines, in the form that the rules use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ...fiscal.exemption_codes import printed_reason
from ...fiscal.multibanco import Reference, reference_for
from ...fiscal.qr_fields import NO_VAT_REGION, in_order
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

if TYPE_CHECKING:
    from ...fiscal.document_types import DocumentType
    from ...fiscal.states import Status
    from ..clients.client import Client
    from .goods import Delivery
    from .issuer import Issuer

ClientSnapshot = dict[str, str | int | None]

UNKNOWN_REGION: Final = "PT"
"""The region for taxes without one, since region is optional (vendor docs 2026-07), and for regions unknown
to the tax authority.
"""


class Line(NamedTuple):
    """A line: prices in EUR before VAT, `discount` and `tax_value` in percent; the tax as of writing."""

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
        """The amounts at the scales stored and shown by the service: 10 decimals, the total 4
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


class Document(NamedTuple):
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
    issuer: Issuer | None = None
    """As it was when the document was issued; None before."""

    @property
    def is_issued(self) -> bool:
        """Whether it was ever finalised, and so has a number, even if cancelled later."""
        return self.number is not None

    @property
    def sequence_number(self) -> str | None:
        """`number/series`, the form of the API; None before it is issued."""
        return f"{self.number}/{self.serie}" if self.is_issued else None

    @property
    def inverted_sequence_number(self) -> str | None:
        """`series/number`, the printed form."""
        return f"{self.serie}/{self.number}" if self.is_issued else None

    @property
    def printed_number(self) -> str | None:
        """The full number with the type's prefix, signed and printed: `FT DEMO/1`."""
        return f"{self.type.prefix} {self.inverted_sequence_number}" if self.is_issued else None

    @property
    def exemption_code(self) -> str | None:
        """The exemption code of the document; None without an exempt line."""
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
        """Whether it has no VAT rate at all: receipts, whose payments settle whole amounts, and guides
        without prices (AT, Código QR v1.0, 5.4).
        """
        is_guide = self.type.saft_section == "MovementOfGoods"
        return not self.lines or (is_guide and not any(line.unit_price for line in self.lines))

    @property
    def qr_regions(self) -> list[str]:
        """The tax regions in its QR code, which has room for three."""
        return (
            [NO_VAT_REGION]
            if self.has_no_rate
            else in_order(self.tax_key(line).region for line in self.lines)
        )

    def tax_key(self, line: Line) -> TaxKey:
        """Return the key under which the VAT summary groups this line."""
        exemption = (line.tax_exemption or self.tax_exemption) if line.is_exempt else None
        region = reported_region(line.tax_region, UNKNOWN_REGION)
        code = tax_code(line.tax_code, region, line.tax_value, self.date)
        return TaxKey(region, code, line.tax_value, exemption)


class Draft(NamedTuple):
    """The content of a draft, ready to be stored."""

    date: dt.date
    due_date: dt.date
    reference: str | None
    observations: str | None
    retention: Decimal | None
    tax_exemption: str | None
    client: Client
    currency_code: str | None
    rate: Decimal | None
    global_discount: GlobalDiscount | None
    owner_id: int | None
    wants_multibanco: bool
    series_row_id: int | None
    totals: Totals
    lines: tuple[Line, ...]
    delivery: Delivery | None


def search_text(document_values: Iterable[str | None], lines: Iterable[Line]) -> str:
    """Return a document's text for the filter `text`, without the client: its own words and its lines'
    (vendor docs 2026-07).
    """
    parts = [*document_values]
    for line in lines:
        parts += [line.name, line.description]
    return "\n".join(part for part in parts if part).casefold()
