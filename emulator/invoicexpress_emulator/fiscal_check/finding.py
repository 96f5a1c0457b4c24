"""What a check finds, and the rules that it may find broken."""

from __future__ import annotations

from typing import Final, NamedTuple


class Rule(NamedTuple):
    """One thing that has to hold: a short name, where it is written, and what it says."""

    name: str
    clause: str
    says: str


class Flaw(NamedTuple):
    """A rule that does not hold, and how; of which document, its caller knows."""

    rule: Rule
    sentence: str


class Finding(NamedTuple):
    """A rule that does not hold for a document, or for a series or a month, which have no document."""

    account: str
    rule: str
    clause: str
    document_id: int | None
    document: str | None
    """The printed number, e.g. `FT DEMO/1`; None for drafts."""
    sentence: str

    def line(self) -> str:
        """Return the finding as one line of text."""
        number = self.document or (f"document {self.document_id}" if self.document_id else "no document")
        return f"{self.account}: {self.rule} ({self.clause}): {number}: {self.sentence}"


NUMBERS: Final = Rule(
    "numbers",
    "Despacho 8632/2014, 1.6; Decreto-Lei 28/2019, art. 7",
    "Numbers run from 1 without a gap, in each series and type.",
)
SERIES: Final = Rule(
    "series",
    "Despacho 8632/2014, 1.8",
    "An issued document stands in a series of its own account and type, under the name that it prints.",
)
DATES: Final = Rule(
    "dates",
    "Despacho 8632/2014, 3.2.1 and 3.4.2",
    "Dates never go back from one number to the next of a series and type.",
)
ENTRIES: Final = Rule(
    "entries",
    "Despacho 8632/2014, 3.2.1 and 3.4.3",
    "Moments of entry never go back from one number to the next of a series and type.",
)
COUNTER: Final = Rule(
    "counter",
    "Despacho 8632/2014, 1.6 and 7.1",
    "A series remembers number, date and signature of its last document.",
)
ATCUD: Final = Rule(
    "atcud",
    "Portaria 195/2020, arts. 2 to 4",
    "The ATCUD is the validation code of series and type, and the number; types without a code have none.",
)
SIGNATURE: Final = Rule(
    "signature",
    "Despacho 8632/2014, 1.1, 2.1, 6.2 and 7.1",
    "Each signed document carries a signature over its own values and the signature before it.",
)
TOTALS: Final = Rule(
    "totals",
    "Despacho 8632/2014, 3.2.3",
    "The amounts of a document are those of its lines, rounded once; those of a receipt what it pays.",
)
AMOUNTS: Final = Rule(
    "amounts",
    "Despacho 8632/2014, 2.2.6 and 3.2.8",
    "Amounts are not negative, and discounts are from 0 to 100 percent.",
)
EXEMPTION: Final = Rule(
    "exemption", "Despacho 8632/2014, 3.2.6", "A line without VAT has a reason, its own or the document's."
)
STATE: Final = Rule(
    "state",
    "Despacho 8632/2014, 1.10 and 1.11",
    "A draft has nothing that issuing gives, an issued document all of it; the state is one of the type's.",
)
QR_CODE: Final = Rule(
    "qr_code",
    "AT, Especificações Técnicas, Código QR v1.0",
    "The text of the QR code says what the document says, and its amounts add up.",
)
SETTLEMENT: Final = Rule(
    "settlement",
    "vendor docs 2026-07, partial payments",
    "Live receipts never pay more than the total; a document is settled once they pay it, not while it owes.",
)
CREDIT: Final = Rule(
    "credit",
    "Despacho 8632/2014, 3.2.7",
    "Live credit notes never take more than the total of the document that they correct.",
)
CANCELED: Final = Rule(
    "canceled",
    "Despacho 8632/2014, 3.3.7 and 3.3.8",
    "A cancelled document has no live receipt, credit note or debit note.",
)
UID: Final = Rule(
    "proprietary_uid",
    "vendor docs 2026-07, proprietary_uid",
    "No two live documents of an account have the same proprietary_uid.",
)
SAFT: Final = Rule(
    "saft",
    "Portaria 302/2016, 1 to 4",
    "The SAF-T file of a month has that month's documents, once each, with sums and references that hold.",
)

RULES: Final = (
    NUMBERS, SERIES, DATES, ENTRIES, COUNTER, ATCUD, SIGNATURE, TOTALS, AMOUNTS, EXEMPTION, STATE, QR_CODE,
    SETTLEMENT, CREDIT, CANCELED, UID, SAFT,
)  # read by rows # fmt: skip
"""Every rule that is checked."""
