"""Checks one series and type, document by document: numbers, dates, entries, ATCUD, signatures, counter."""

from __future__ import annotations

import base64
import binascii
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..fiscal.document_types import SERIES_ROWS
from .finding import ATCUD, COUNTER, DATES, ENTRIES, NUMBERS, SERIES, SIGNATURE, Flaw
from .stored import Stored, moment

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from ..books.accounts.account import Account

_WITHOUT_CODE: Final = frozenset(row.root for row in SERIES_ROWS if not row.needs_registration)
_VALIDATION_CODE: Final = re.compile(r"[A-Z0-9]{8,}")
_SIGNATURE_BYTES: Final = 128
"""1024 bits (Despacho 8632/2014, 6.2)."""


def public_key(db: sqlite3.Connection) -> RSAPublicKey | None:
    """Return the key that the data file's signatures verify with; None if it holds no RSA key."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - 60 ms
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - as above

    row = db.execute("SELECT value FROM meta WHERE key = 'signing_key'").fetchone()
    if row is None:
        return None
    try:
        key = load_pem_private_key(str(row["value"]).encode(), password=None)
    except ValueError:
        return None
    return key.public_key() if isinstance(key, RSAPrivateKey) else None


class SeriesChain:
    """Follows the documents of one series and type, in the order of their numbers."""

    def __init__(self, account: Account, series_row: sqlite3.Row, key: RSAPublicKey | None) -> None:
        """Begin before the first document of a row of `series_rows`, joined with its series' name."""
        self._account = account
        self._series = series_row
        self._key = key
        self._code = series_row["validation_code"]
        self._needs_code = account.is_portuguese and series_row["document_root"] not in _WITHOUT_CODE
        self._may_lack_code = account.settings.series_registration != "required"
        self._number = 0
        self._date = ""
        self._entered: datetime | None = None
        self._signature = ""
        self._last: Stored | None = None

    def follow(self, each: Stored) -> Iterator[Flaw]:
        """Yield the flaws of the next document."""
        yield from self._place(each)
        yield from self._order(each)
        yield from self._atcud(each)
        yield from self._signed(each)
        self._last = each
        self._number = int(each.row["number"])
        self._date = str(each.row["date"])
        self._signature = str(each.row["signature"] or "")

    def begin(self, others: Iterable[sqlite3.Row]) -> Iterator[Flaw]:
        """Yield the flaws of the validation code; `others` are the series rows with the same code."""
        if self._code is None:
            return
        name = self._name
        if self._series["document_root"] in _WITHOUT_CODE:
            yield Flaw(ATCUD, f"{name} has the validation code {self._code}, and its type has none.")
        elif not _VALIDATION_CODE.fullmatch(self._code):
            yield Flaw(ATCUD, f"{name} has the validation code {self._code}, which is malformed.")
        for other in others:
            sentence = f"{name} has the validation code of {other['serie']} ({other['document_root']})."
            yield Flaw(ATCUD, sentence)

    @property
    def _name(self) -> str:
        return f"The series {self._series['serie']} ({self._series['document_root']})"

    def end(self) -> Iterator[tuple[Stored | None, Flaw]]:
        """Yield the flaws of the series' counter, each with the document that it concerns."""
        name = self._name
        for column, what, kept in (
            ("last_number", "number", self._number),
            ("last_date", "date", self._date),
            ("last_signature", "signature", self._signature),
        ):
            remembered = self._series[column] or type(kept)()
            if remembered != kept:
                sentence = f"{name} remembers {_shown(remembered)} as its last {what}; it is {_shown(kept)}."
                yield self._last, Flaw(COUNTER, sentence)

    def _place(self, each: Stored) -> Iterator[Flaw]:
        if each.type.root != self._series["document_root"]:
            yield Flaw(
                SERIES,
                f"It is a {each.type.root}, and its series row {self._series['id']} is for documents of the "
                f"type {self._series['document_root']}.",
            )
        if each.row["account_id"] != self._series["account_id"]:
            yield Flaw(SERIES, f"Its series row {self._series['id']} belongs to another account.")
        if each.row["serie"] != self._series["serie"]:
            yield Flaw(SERIES, f"It prints {each.row['serie']}, and its series is {self._series['serie']}.")

    def _order(self, each: Stored) -> Iterator[Flaw]:
        number, expected = int(each.row["number"]), self._number + 1
        if number != expected:
            missing = f"{expected}" if number == expected + 1 else f"{expected} to {number - 1}"
            yield Flaw(
                NUMBERS,
                f"Its number is {number} and follows {self._number}; missing: {missing}."
                if number > expected
                else f"Its number is {number} and follows {self._number}: it is not the next.",
            )
        if each.row["date"] < self._date:
            yield Flaw(
                DATES, f"Its date is {each.row['date']}; that of the number before it is {self._date}."
            )
        entered = moment(each.row["system_entry"])
        if entered is None:
            if each.row["system_entry"] is not None:
                yield Flaw(
                    ENTRIES, f"It was entered at {each.row['system_entry']}, which is not a date and time."
                )
        elif self._entered is not None and _goes_back(self._entered, entered):
            yield Flaw(
                ENTRIES,
                f"It was entered at {entered.isoformat()}; the number before it at "
                f"{self._entered.isoformat()}.",
            )
        self._entered = entered or self._entered

    def _atcud(self, each: Stored) -> Iterator[Flaw]:
        if not self._needs_code:
            if each.row["atcud"] != "N/A":
                yield Flaw(ATCUD, f"Its ATCUD is {each.row['atcud']}; its type has none (N/A).")
            return
        if self._may_lack_code and each.row["atcud"] == "N/D":
            return
        if self._code is None:
            yield Flaw(
                ATCUD, f"Its series {self._series['serie']} has no validation code for {each.type.root}."
            )
            return
        expected = f"{self._code}-{each.row['number']}"
        if each.row["atcud"] != expected:
            yield Flaw(ATCUD, f"Its ATCUD is {_shown(each.row['atcud'])} and should be {expected}.")

    def _signed(self, each: Stored) -> Iterator[Flaw]:
        signature = each.row["signature"]
        if not each.type.signed:
            if signature is not None:
                yield Flaw(SIGNATURE, f"It carries a signature; a {each.type.root} is not signed.")
        elif signature is None and not self._account.is_portuguese:
            return
        elif signature is None:
            yield Flaw(SIGNATURE, "It has no signature.")
        elif self._key is None or not verifies(self._key, _message(each, self._signature), str(signature)):
            yield Flaw(
                SIGNATURE,
                "Its signature is not that of its date, entry, number and total and of the signature before "
                f"it: {_message(each, '...')}",
            )


def verifies(key: RSAPublicKey, message: str, signature: str) -> bool:
    """Whether a signature (base64, 1024 bits) of a message verifies: PKCS#1 v1.5 with SHA-1."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 60 ms
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.hashes import SHA1  # noqa: PLC0415 - as above

    try:
        raw = base64.b64decode(signature, validate=True)
        if len(raw) != _SIGNATURE_BYTES or base64.b64encode(raw).decode() != signature:
            return False
        key.verify(raw, message.encode(), PKCS1v15(), SHA1())  # noqa: S303 - the law
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def _goes_back(before: datetime, after: datetime) -> bool:
    """Whether a moment is earlier than the one before, in real time or by the local time that files print."""
    return after < before or after.replace(tzinfo=None) < before.replace(tzinfo=None)


def _message(each: Stored, previous: str) -> str:
    """Return the message that the law has signed: the entry in local time without a zone, two decimals."""
    euros, cents = divmod(int(each.row["total"]), 100)
    entered = str(each.row["system_entry"])[:19]
    return f"{each.row['date']};{entered};{each.printed};{euros}.{cents:02d};{previous}"


def _shown(value: object) -> str:
    """Return a value as a sentence shows it; a signature is cut short."""
    text = str(value)
    return "nothing" if value in {None, "", 0} else text if len(text) <= 40 else f"{text[:20]}..."
