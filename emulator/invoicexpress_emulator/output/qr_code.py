"""The QR code of a document: its text, and its picture.

The fields are read from the document here, and written as text by `qr_fields`. The picture follows the tax
authority too ("Especificações Técnicas, Código QR" v1.0): byte mode, error correction M,
version 9 or more, two dots a module at least.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from ..fiscal.atcud import atcud_to_print
from ..fiscal.countries import country_code
from ..fiscal.fiscal_ids import FINAL_CONSUMER, nine_digits
from ..fiscal.qr_fields import (
    LONGEST,
    NO_ATCUD,
    NOTHING,
    UNSIGNED,
    AtRate,
    InRegion,
    QrFields,
    written,
)
from ..fiscal.signature import CERTIFICATE_NUMBER, printed_characters
from ..fiscal.totals import TaxPart, euros

if TYPE_CHECKING:
    from ..books.documents.document import Document

_SMALLEST_VERSION: Final = 9
_QUIET_ZONE: Final = 4
"""Modules of white around the symbol (ISO/IEC 18004)."""

NOT_TAXABLE: Final = "M99"
"""Lines not subject to VAT go to field L and not to the exempt base, so that the sums of the code hold."""


def qr_text(document: Document, issuer_fiscal_id: str) -> str:
    """Return the text of an issued document's code.

    Raises:
        ValueError: the document does not fit a code: it has taxes of four regions, for example.
    """
    return written(qr_fields(document, issuer_fiscal_id))


def qr_fields(document: Document, issuer_fiscal_id: str) -> QrFields:
    """Return the fields of an issued document's code.

    Total taxes (N) is the sum of all VAT, and the total (O) the sum of all bases, of L and of N. The API
    knows no stamp duty (M), and of payments (S) it knows Multibanco references alone.
    """
    parts, reference = document.tax_parts, document.multibanco
    country = country_code(document.client.get("country"))
    return QrFields(
        issuer=issuer_fiscal_id,
        buyer=_buyer(document.client.get("fiscal_id"), country),
        country=country,
        type=document.type.saft_type,
        status=_status(document),
        date=document.date,
        number=document.printed_number or "",
        atcud=atcud_to_print(document.atcud) or NO_ATCUD,
        regions=tuple(_in_region(region, parts) for region in document.qr_regions),
        not_subject=_not_subject(document, parts),
        taxes=document.totals.taxes,
        total=document.totals.total,
        withheld=document.withheld or None,
        hash_characters=printed_characters(document.signature) if document.signature else UNSIGNED,
        certificate=CERTIFICATE_NUMBER,
        other=("MB", reference.entity, reference.reference, f"{euros(reference.amount):.2f}")
        if reference
        else (),
    )


def _buyer(fiscal_id: str | int | None, country: str) -> str:
    """Return a tax number as the code can hold it: forbidden characters become spaces.

    A Portuguese one has nine digits, as that of the issuer; no source says that another loses its prefix.
    """
    number = nine_digits(fiscal_id) if country == "PT" else str(fiscal_id or "")
    text = "".join(each if each.isprintable() and each != "*" else " " for each in number)
    return " ".join(text.split())[: LONGEST["B"]].strip() or FINAL_CONSUMER


def _status(document: Document) -> str:
    """Return the printed state: `A` for a cancelled document, else `N`.

    `F`, for a document invoiced afterwards, stands in SAF-T (PT) alone: a code shows the document as
    it was issued, and second copies repeat the original (Despacho 8632/2014, 2.2.15).
    """
    return "A" if document.status == "canceled" else "N"


def _not_subject(document: Document, parts: Sequence[TaxPart]) -> int | None:
    """Return field L: the amount not subject to VAT; for a receipt the whole payment, so that the sums of the
    code hold (assumed).
    """
    if document.has_no_rate:
        return document.totals.total or None
    return sum(part.base for part in parts if part.key.exemption == NOT_TAXABLE) or None


def _in_region(region: str, parts: Sequence[TaxPart]) -> InRegion:
    here = [part for part in parts if part.key.region == region]
    exempt = [part.base for part in here if not part.key.rate and part.key.exemption != NOT_TAXABLE]
    places: dict[str, list[TaxPart]] = {"RED": [], "INT": [], "NOR": []}
    for part in here:
        if part.key.rate:
            places.get(part.key.code, places[_place_by_height(part.key.rate)]).append(part)
    return InRegion(region, sum(exempt) if exempt else None, *(_at_rate(each) for each in places.values()))


def _at_rate(parts: Sequence[TaxPart]) -> AtRate:
    return AtRate(sum(part.base for part in parts), sum(part.tax for part in parts)) if parts else NOTHING


def _place_by_height(rate: Decimal) -> str:
    """Choose the place of a rate that its region does not have: reduced, intermediate or normal by its height
    (assumed: there is no place for others, and the specification's French 20 % is a normal one).
    """
    return "RED" if rate <= 6 else "INT" if rate <= 13 else "NOR"


def qr_png(text: str, scale: int = 4) -> bytes:
    """Return the picture of a code, `scale` dots a module.

    The specification names no encoding. Tax numbers of other countries alone can have more than ASCII; they
    are in UTF-8, which readers tell from Latin-1 by themselves (assumed).
    """
    import segno  # noqa: PLC0415 - not needed to start

    from .qr_mask import best_mask  # noqa: PLC0415 - as above

    make = partial(segno.make_qr, text, error="m", mode="byte", encoding="utf-8", boost_error=False)
    try:
        code = make(version=_SMALLEST_VERSION, mask=0)
    except segno.DataOverflowError:  # found before anything is made: a long text has a larger code
        code = make(mask=0)
    if mask := best_mask(code):
        code = make(version=code.version, mask=mask)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=scale, border=_QUIET_ZONE)
    return picture.getvalue()
