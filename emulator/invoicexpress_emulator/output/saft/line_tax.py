"""The VAT of a line, written alike in lines and in the tax table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ...fiscal.exemption_codes import DEFAULT_EXEMPTION
from ...fiscal.totals import ZERO

if TYPE_CHECKING:
    from ...books.documents.document import Document, Line


@dataclass(frozen=True, slots=True)
class LineTax:
    """VAT of a line as the file has it: `NS` is for lines not subject to VAT at all."""

    type: str
    region: str
    code: str
    rate: Decimal
    exemption: str | None


def tax_of(document: Document, line: Line) -> LineTax:
    """Return the VAT of a line of a document."""
    key = document.tax_key(line)
    if not line.is_exempt:
        return LineTax("IVA", key.region, key.code, key.rate, None)
    exemption = key.exemption or DEFAULT_EXEMPTION
    if exemption == DEFAULT_EXEMPTION:
        return LineTax("NS", key.region, "NS", ZERO, exemption)
    return LineTax("IVA", key.region, "ISE", ZERO, exemption)
