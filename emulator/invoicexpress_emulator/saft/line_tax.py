"""The VAT of a line as the file says it, in lines and in the tax table alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..document import UNKNOWN_REGION, Document, Line
from ..exemption_codes import DEFAULT_EXEMPTION
from ..tax_regions import TAX_REGIONS
from ..totals import ZERO
from ..vat_rates import tax_code
from .values import UNKNOWN, WITHDRAWN_COUNTRIES


@dataclass(frozen=True, slots=True)
class LineTax:
    """VAT of a line as the file has it: `NS` is what is not subject to VAT at all."""

    type: str
    region: str
    code: str
    rate: Decimal
    exemption: str | None


def tax_of(document: Document, line: Line) -> LineTax:
    """Return the VAT of a line of a document."""
    region = line.tax_region or UNKNOWN_REGION
    if region not in TAX_REGIONS - {UNKNOWN} - WITHDRAWN_COUNTRIES:
        region = UNKNOWN_REGION
    if not line.is_exempt:
        code = tax_code(line.tax_code, region, line.tax_value, document.date)
        return LineTax("IVA", region, code, line.tax_value, None)
    exemption = line.tax_exemption or document.tax_exemption or DEFAULT_EXEMPTION
    if exemption == DEFAULT_EXEMPTION:
        return LineTax("NS", region, "NS", ZERO, exemption)
    return LineTax("IVA", region, "ISE", ZERO, exemption)
