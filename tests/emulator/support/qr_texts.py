"""Documents of every kind with the text of their QR codes, kept in `golden/qr_texts.txt`.

`python -m tests.emulator.support.qr_texts` rewrites the file. Read the diff line by line before committing
it: each changed line changes a printed document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from invoicexpress_emulator.books.documents.document import Document
from invoicexpress_emulator.fiscal.document_types import DOCUMENT_TYPES, DocumentType
from invoicexpress_emulator.fiscal.exemption_codes import EXEMPTIONS
from invoicexpress_emulator.fiscal.tax_regions import TAX_REGIONS
from invoicexpress_emulator.fiscal.totals import GlobalDiscount, Totals
from invoicexpress_emulator.fiscal.vat_rates import HISTORY, rates_in_force
from invoicexpress_emulator.output.qr_code import qr_text

from tests.emulator.support.issued_document import ISSUER, a_document, a_line

FILE: Final = Path(__file__).parents[1] / "golden" / "qr_texts.txt"
PORTUGUESE: Final = ("PT", "PT-AC", "PT-MA")
_DAY: Final = date(2026, 11, 21)
_NO_VAT: Final = Totals(12_345, 0, 12_345, 0, 12_345)


class Case(NamedTuple):
    """A document, named after its special feature."""

    name: str
    document: Document


def cases() -> Iterator[Case]:
    """Yield all cases, in the order of the file."""
    for each in DOCUMENT_TYPES:
        for region in ("PT",) if each.is_receipt else (*PORTUGUESE, "FR"):
            yield Case(f"{each.name} in {region}", _of_type(each, region))
    yield from _regions()
    yield from _exemptions()
    yield from _days()
    yield from _others()


def _of_type(kind: DocumentType, region: str) -> Document:
    """A document with each rate, an exempt line and one not subject to VAT; receipts have no lines."""
    on = {"type": kind, "date": _DAY, "serie": "2026A", "number": 7, "atcud": "EMUABCDE-7"}
    if kind.is_receipt:
        return a_document(**on, lines=(), signature=None, totals=_NO_VAT)
    rates = rates_in_force(region, _DAY) or (Decimal("5.5"), Decimal(10), Decimal(20))
    lines = (
        *(a_line("100", str(rate), code, region) for rate, code in zip(rates, _CODES, strict=True)),
        a_line("30", "0", "ISE", region, "M07"),
        a_line("20", "0", "ISE", region, "M99"),
    )
    signed = {} if kind.signed else {"signature": None}
    return a_document(**on, **signed, lines=lines)


_CODES: Final = ("RED", "INT", "NOR")


def _regions() -> Iterator[Case]:
    """Each region alone, its taxes with and without codes."""
    for region in (*sorted(TAX_REGIONS), None):
        lines = (
            a_line("10", "4", "RED", region),
            a_line("20", "9", None, region),
            a_line("40", "16", "NOR", region),
            a_line("80", "16", None, region),
        )
        yield Case(f"tax of {region or 'no region'}", a_document(date=_DAY, lines=lines))
    both = tuple(a_line("10", "23", "NOR", region) for region in ("PT-MA", "FR", "PT"))
    yield Case("taxes of PT-MA, FR and PT", a_document(date=_DAY, lines=both))
    more = tuple(a_line("10", "23", "NOR", region) for region in ("PT-MA", "Desconhecido", "AN", "PT-AC"))
    yield Case("taxes of PT-MA, PT-AC and two that are not reported", a_document(date=_DAY, lines=more))


def _exemptions() -> Iterator[Case]:
    """Each exemption reason in each region of Portugal, on the line and on the document."""
    for code in EXEMPTIONS:
        for region in PORTUGUESE:
            line = a_line("100", "0", "ISE", region, code)
            yield Case(f"{code} in {region}", a_document(date=_DAY, lines=(line,)))
        line = a_line("100", "0", None)
        yield Case(f"{code} of the document", a_document(date=_DAY, lines=(line,), tax_exemption=code))


def _days() -> Iterator[Case]:
    """The rates of a region without codes, on the first day of each change and the day before; and the rate
    that is gone.
    """
    for row in HISTORY:
        before = rates_in_force(row.region, row.day - timedelta(days=1))
        for on in (row.day - timedelta(days=1), row.day):
            rates = sorted({*row.rates, *(before or ())})
            lines = tuple(a_line("100", str(rate), None, row.region) for rate in rates)
            shown = " ".join(map(str, rates))
            yield Case(f"{row.region} on {on}: {shown}", a_document(date=on, lines=lines))


def _others() -> Iterator[Case]:
    line = a_line("100", "23", "NOR")
    plain = {"date": _DAY, "lines": (line,)}
    yield Case("canceled", a_document(**plain, status="canceled"))
    yield Case("withheld", a_document(**plain, retention=Decimal("11.5")))
    yield Case("multibanco", a_document(**plain, id=2_000_123, has_multibanco=True))
    yield Case("no validation code", a_document(**plain, atcud="N/D"))
    yield Case("type without ATCUD", a_document(**plain, atcud="N/A"))
    for number, country in (
        ("508025338", "Portugal"),
        ("508025338", None),
        ("DE000000000", "Germany"),
        (None, "Spain"),
        ("  12*34\t56\n78 ", "Canada"),
        ("***", "Portugal"),
        ("É1-ção 日本", "Japan"),
        ("X" * 40, "France"),
        ("1", "Netherlands Antilles"),
        ("1", "Atlântida"),
    ):
        client = {"id": 1, "name": "A", "fiscal_id": number, "country": country}
        yield Case(f"buyer {number!r} of {country}", a_document(**plain, client=client))
    cents = tuple(a_line("2.37", rate, None) for rate in ("6", "13", "23", "23", "0"))
    for discount in (
        GlobalDiscount("percentage", Decimal("33.3333")),
        GlobalDiscount("absolute", Decimal("1.01")),
        GlobalDiscount("percentage", Decimal(100)),
    ):
        yield Case(
            f"{discount.value} {discount.value_type} off",
            a_document(date=_DAY, lines=cents, global_discount=discount, tax_exemption="M07"),
        )
    guide = next(each for each in DOCUMENT_TYPES if each.name == "Transport")
    yield Case("guide without prices", a_document(type=guide, date=_DAY, lines=(a_line("0", "23", "NOR"),)))
    yield Case("invoice of nothing", a_document(date=_DAY, lines=(a_line("0", "23", "NOR"),)))


def text() -> str:
    """Return the content of the file: one line of name and text per case."""
    return "".join(f"{case.name} = {qr_text(case.document, ISSUER)}\n" for case in cases())


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
