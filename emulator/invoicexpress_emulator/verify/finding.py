"""The rules that a check can find broken, and warnings: lawful books that look wrong."""

from __future__ import annotations

from typing import Final, NamedTuple


class Rule(NamedTuple):
    """One thing that has to hold: a short name, its clause, and its words."""

    name: str
    clause: str
    says: str


class Flaw(NamedTuple):
    """A rule that does not hold, and how; the caller knows for which document."""

    rule: Rule
    sentence: str
    law: str | None = None
    """The source of this case, where it has one of its own: the law of a code, or of a region's rates."""

    @property
    def clause(self) -> str:
        """The source to cite."""
        return self.law or self.rule.clause


class Finding(NamedTuple):
    """A rule that does not hold for a document, or for a series or a month, which have no document."""

    account: str
    rule: str
    clause: str
    document_id: int | None
    document: str | None
    """The printed number, e.g. `FT DEMO/1`; None for drafts."""
    sentence: str

    @property
    def is_warning(self) -> bool:
        """Whether it is a warning: the books are right, but a person should look at them."""
        return self.rule in _NAMES_OF_WARNINGS

    def line(self) -> str:
        """Return the finding as one line of text."""
        number = self.document or (f"document {self.document_id}" if self.document_id else "no document")
        rule = f"warning, {self.rule}" if self.is_warning else self.rule
        return f"{self.account}: {rule} ({self.clause}): {number}: {self.sentence}"


NUMBERS: Final = Rule(
    "numbers",
    "Despacho 8632/2014, 1.6; Decreto-Lei 28/2019, art. 7",
    "Numbers run from 1 without a gap, in each series and type.",
)
SERIES: Final = Rule(
    "series",
    "Despacho 8632/2014, 1.8",
    "An issued document is in a series of its own account and type, under the name that it prints.",
)
DUE_DATE: Final = Rule(
    "due_date",
    "suestecreative 2026; vendor docs 2026-07, partial payments",
    "No issued document is due before its date, and a receipt is due on it.",
)
DATES: Final = Rule(
    "dates",
    "Despacho 8632/2014, 3.2.1 and 3.4.2",
    "Dates never go back from one number to the next of a series and type.",
)
ENTRIES: Final = Rule(
    "entries",
    "Despacho 8632/2014, 3.2.1 and 3.4.3",
    "Moments of entry never go back from one number to the next of a series and type, by the sun or as they "
    "are written; a document is cancelled after it was entered.",
)
COUNTER: Final = Rule(
    "counter",
    "Despacho 8632/2014, 1.6 and 7.1",
    "A series remembers number, date and signature of its last document.",
)
ATCUD: Final = Rule(
    "atcud",
    "Portaria 195/2020, arts. 2 to 4",
    "The ATCUD is the validation code of series and type, and the number; types without a code have none, "
    "and no two series have the same one.",
)
SIGNATURE: Final = Rule(
    "signature",
    "Despacho 8632/2014, 1.1, 2.1, 6.2 and 7.1",
    "Each signed document carries a signature over its own values and the signature before it.",
)
TOTALS: Final = Rule(
    "totals",
    "Despacho 8632/2014, 3.2.3",
    "The amounts of a document are those of its lines, rounded once; a receipt's are its payments.",
)
AMOUNTS: Final = Rule(
    "amounts",
    "Despacho 8632/2014, 2.2.6 and 3.2.8",
    "Amounts are not negative; discounts and tax withheld are from 0 to 100 percent.",
)
CURRENCY: Final = Rule(
    "currency",
    "Despacho 8632/2014, 2.1.7",
    "A document in a foreign currency has a rate above 0; one in EUR has neither.",
)
LINES: Final = Rule(
    "lines",
    "CIVA, art. 36.5, b)",
    "An issued document has lines without a gap, each with a name; a receipt has none.",
)
CLIENT: Final = Rule(
    "client",
    "CIVA, art. 36.5, a); Despacho 8632/2014, 2.2.15",
    "An issued document keeps the name of its client, who is the client that it belongs to.",
)
ISSUER: Final = Rule(
    "issuer",
    "CIVA, art. 36.5, a); Despacho 8632/2014, 2.2.15",
    "An issued document keeps the name of its issuer, who has its account's tax number.",
)
GOODS: Final = Rule(
    "goods",
    "Decreto-Lei 147/2003, arts. 4 and 5",
    "A guide states when its goods leave, after it was issued, from where and to where; no other type does.",
)
MULTIBANCO: Final = Rule(
    "multibanco",
    "vendor docs 2026-07, mb_reference",
    "An issued document has a payment reference if one was requested and can carry its total.",
)
EXEMPTION: Final = Rule(
    "exemption",
    "Despacho 8632/2014, 3.2.6",
    "A line without VAT has a reason, its own or the document's, of the tax authority's table.",
)
STATE: Final = Rule(
    "state",
    "Despacho 8632/2014, 1.10 and 1.11",
    "A draft has no value that issuing sets, an issued document has all of them, and only a cancelled one "
    "has those that cancelling sets; the state is one of the type's.",
)
QR_CODE: Final = Rule(
    "qr_code",
    "AT, Código QR v1.0",
    "The text of the QR code agrees with the document, and its amounts add up.",
)
SETTLEMENT: Final = Rule(
    "settlement",
    "vendor docs 2026-07, partial payments",
    "Live receipts never pay more than the total, by known mechanisms; a document is settled once they pay "
    "all of it, and not while anything is owed.",
)
CREDIT: Final = Rule(
    "credit",
    "Despacho 8632/2014, 3.2.7",
    "Live credit notes never take more than the total of the document that they correct.",
)
OWNER: Final = Rule(
    "owner",
    "Despacho 8632/2014, 1.4",
    "A document corrects, bills or moves a document of a type that allows it, issued before it.",
)
CANCELED: Final = Rule(
    "canceled",
    "Despacho 8632/2014, 3.3.7 and 3.3.8",
    "A cancelled document has no live receipt, credit note or debit note, nor one that was cancelled later.",
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
    NUMBERS, SERIES, DATES, DUE_DATE, ENTRIES, COUNTER, ATCUD, SIGNATURE, TOTALS, AMOUNTS, CURRENCY, LINES,
    EXEMPTION, CLIENT, ISSUER, GOODS, STATE, QR_CODE, MULTIBANCO, SETTLEMENT, CREDIT, OWNER, CANCELED, UID,
    SAFT,
)  # read by rows # fmt: skip
"""Every rule that is checked."""

SIMPLIFIED_LIMIT: Final = Rule(
    "simplified_limit",
    "CIVA, art. 40.1",
    "A simplified invoice is of at most 1,000 EUR for goods sold to consumers, and of 100 EUR for services.",
)
VAT_RATE: Final = Rule(
    "vat_rate",
    "CIVA, art. 18.1 and 18.9",
    "A rate of VAT is one of its region's on the document's date, and has the name that it has there.",
)
EXEMPTION_DATE: Final = Rule(
    "exemption_date",
    "CIVA, art. 36.5, e)",
    "A reason for not charging VAT exists on the document's date, and covers the works that the text names.",
)
FISCAL_ID: Final = Rule(
    "fiscal_id",
    "CIVA, art. 36.5, a)",
    "The tax number of a Portuguese client has the right check digit.",
)
NOTE_WITHOUT_OWNER: Final = Rule(
    "note_without_owner",
    "Despacho 8632/2014, 1.4",
    "A credit or debit note names the document that it corrects.",
)
NOTE_CLIENT: Final = Rule(
    "note_client",
    "Despacho 8632/2014, 1.4",
    "A credit or debit note has the client of the document that it corrects.",
)
CREDITED_QUANTITY: Final = Rule(
    "credited_quantity",
    "Despacho 8632/2014, 3.2.7",
    "Live credit notes take no more of an item than was invoiced.",
)

WARNINGS: Final = (
    SIMPLIFIED_LIMIT, VAT_RATE, EXEMPTION_DATE, FISCAL_ID, NOTE_WITHOUT_OWNER, NOTE_CLIENT, CREDITED_QUANTITY,
)  # read by rows # fmt: skip
"""The rules of warnings: the service takes such documents, or whether it does is unknown, so the books are
not wrong; a tax inspector would ask.
"""

_NAMES_OF_WARNINGS: Final = frozenset(rule.name for rule in WARNINGS)
