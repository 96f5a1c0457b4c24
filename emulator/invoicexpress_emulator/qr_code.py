"""The tax authority's QR code: its text, and its picture.

Source: AT, "Especificações Técnicas, Código QR" v1.0 of 13-08-2020: `code:value` joined by `*` in the table's
order; error correction M, version 9 or more, two dots a module at least.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Final

from .atcud import atcud_to_print
from .countries import COUNTRY_CODES, UNKNOWN_COUNTRY
from .document import Document
from .fiscal_ids import FINAL_CONSUMER
from .signature import CERTIFICATE_NUMBER, printed_characters
from .totals import ZERO, TaxPart, euros

_SMALLEST_VERSION: Final = 9
_REGION_LETTERS: Final = "IJK"
_RATE_FIELDS: Final = {"RED": 3, "INT": 5, "NOR": 7}
_LONGEST_BUYER: Final = 30

NO_VAT_REGION: Final = "0"
"""Field I1 of a document that has no VAT rate at all."""

NO_ATCUD: Final = "0"

NOT_TAXABLE: Final = "M99"
"""Lines not subject to VAT go to field L and not to the exempt base, so that the sums of the code hold."""


def qr_text(document: Document, issuer_fiscal_id: str) -> str:
    """Return the text of an issued document's code.

    Total taxes (N) is the sum of all VAT, and the total (O) the sum of all bases, of L and of N.
    """
    client = document.client
    fiscal_id, country = client.get("fiscal_id"), client.get("country")
    fields: list[tuple[str, str]] = [
        ("A", issuer_fiscal_id),
        ("B", _plain(fiscal_id or FINAL_CONSUMER)[:_LONGEST_BUYER]),
        ("C", COUNTRY_CODES.get(str(country), UNKNOWN_COUNTRY) if country else "PT"),
        ("D", document.type.saft_type),
        ("E", _status(document)),
        ("F", document.date.strftime("%Y%m%d")),
        ("G", document.printed_number or ""),
        ("H", atcud_to_print(document.atcud) or NO_ATCUD),
        *_tax_fields(document),
        ("N", _amount(document.totals.taxes)),
        ("O", _amount(document.totals.total)),
    ]
    if document.withheld:
        fields.append(("P", _amount(document.withheld)))
    fields += [
        ("Q", printed_characters(document.signature) if document.signature else "0"),
        ("R", CERTIFICATE_NUMBER),
    ]
    if reference := document.multibanco:
        fields.append(("S", f"MB;{reference.entity};{reference.reference};{_amount(reference.amount)}"))
    return "*".join(f"{code}:{value}" for code, value in fields)


def _plain(value: str | int) -> str:
    return str(value).replace("*", " ")


def _amount(amount: int) -> str:
    return f"{euros(amount):.2f}"


def _status(document: Document) -> str:
    return "A" if document.status == "canceled" else "N"


def _tax_fields(document: Document) -> list[tuple[str, str]]:
    parts = document.tax_parts
    if not parts:
        return [("I1", NO_VAT_REGION)] + (
            [("L", _amount(document.totals.total))] if document.totals.total else []
        )
    outside = sum(part.base for part in parts if part.key.exemption == NOT_TAXABLE)
    fields: list[tuple[str, str]] = []
    regions = sorted({part.key.region for part in parts}, key=lambda region: (region != "PT", region))
    for letter, region in zip(_REGION_LETTERS, regions, strict=False):
        fields += _region_fields(letter, region, [part for part in parts if part.key.region == region])
    return fields + ([("L", _amount(outside))] if outside else [])


def _region_fields(letter: str, region: str, parts: list[TaxPart]) -> list[tuple[str, str]]:
    amounts: dict[int, int] = {}
    for part in parts:
        if part.key.rate == 0:
            if part.key.exemption != NOT_TAXABLE:
                amounts[2] = amounts.get(2, 0) + part.base
            continue
        place = _RATE_FIELDS.get(part.key.code) or _place_by_rate(part.key.rate)
        amounts[place] = amounts.get(place, 0) + part.base
        amounts[place + 1] = amounts.get(place + 1, 0) + part.tax
    return [(f"{letter}1", region), *((f"{letter}{n}", _amount(amounts[n])) for n in sorted(amounts))]


def _place_by_rate(rate: Decimal) -> int:
    """Choose the field of a rate that is none of its region's: reduced, intermediate or normal by its
    height (assumed: there is no field for others).
    """
    if ZERO < rate <= 6:
        return _RATE_FIELDS["RED"]
    return _RATE_FIELDS["INT"] if rate <= 13 else _RATE_FIELDS["NOR"]


def qr_png(text: str, scale: int = 4) -> bytes:
    """Return the picture of a code, `scale` dots a module."""
    import segno  # noqa: PLC0415 - not needed to start

    code = segno.make_qr(text, error="m", mode="byte", boost_error=False)
    if int(code.version) < _SMALLEST_VERSION:
        code = segno.make_qr(text, error="m", mode="byte", version=_SMALLEST_VERSION, boost_error=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=scale, border=4)
    return picture.getvalue()
