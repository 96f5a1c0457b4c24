"""The chain of signatures: each document signed together with the signature of the one before it.

Despacho 8632/2014 (2.1, 6.2, 7.1): the signed message is `date;system entry date;number;gross total;signature
of the document before in its series and type`, in RSA with PKCS#1 v1.5 and SHA-1. The law prescribes key size
and digest, which are weak today. Invoices, guides and working documents are signed, receipts are not (1.1).
Cancelled documents stay in the chain (2.3), and so do documents made by hand or recovered.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from ..errors import ConfigurationError, InputError
from .audit_file import AuditFile

if TYPE_CHECKING:
    from .rows import Document, Section

_CENT: Final = Decimal("0.01")
# Files may hold totals of more digits than sums of money have.
_WIDE: Final = Context(prec=200)
_UNSIGNED: Final = "0"
_UNSIGNED_SECTION: Final[Section] = "Payments"

Signed: TypeAlias = Callable[[str, str], bool]
"""Whether a text has a signature in base64."""


@dataclass(frozen=True, slots=True)
class Link:
    """A document with a broken or unverifiable signature."""

    section: Section
    number: str | None
    line: int | None
    """Line in the file where the document begins."""
    signed: str | None
    """The message to sign, with the previous signature from the file; None if unknown."""
    why: str

    def __str__(self) -> str:
        return f"{self.number or f'the document of line {self.line}'}: {self.why}"


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of the verification."""

    verified: int
    """Number of valid signatures."""
    broken: tuple[Link, ...]
    """Invalid or missing signatures: the document, or the one before it, differs from the signed one."""
    unverifiable: tuple[Link, ...]
    """Signatures that cannot be verified, since the signed message is unknown."""
    unsigned: int
    """Receipts, which have no signature."""
    last: Mapping[str, str] = field(repr=False)
    """The last signature of each series, by the part of its numbers before the `/`: `previous` for the next
    month.
    """

    @property
    def is_whole(self) -> bool:
        """Whether every signature is valid."""
        return not self.broken and not self.unverifiable


def message(
    date: dt.date, system_entry_date: dt.datetime, number: str, gross_total: Decimal, previous: str = ""
) -> str:
    """The signed message of a document.

    `gross_total` is in EUR and written with two decimals; `previous` is the whole signature of the document
    before, empty for the first of a series. The time keeps its digits: the law ignores time zones.
    """
    entered = system_entry_date.replace(microsecond=0, tzinfo=None).isoformat()
    total = gross_total.quantize(_CENT, ROUND_HALF_UP, _WIDE)
    return f"{date.isoformat()};{entered};{number};{total:f};{previous}"


def verify_chain(
    files: AuditFile | Iterable[AuditFile],
    public_key_pem: str | bytes,
    *,
    previous: Mapping[str, str] | None = None,
) -> ChainReport:
    """Verifies every signature of a file, or of the files of several months together, in any order.

    The predecessor of a month's first document is in another file. Its signature can be verified if it is
    number 1, or if `previous` has the last signature of its series: `{"FT 2026": "..."}`, by the part of the
    number before the `/`, as in `ChainReport.last` of the month before; empty for a series that begins there.
    Otherwise it counts as unverifiable.

    Keeps the signature of each document in memory, about 1 KB each. Raises InputError for an invalid key,
    ConfigurationError without the extra `saft`, and the exceptions of reading.
    """
    is_signed = _verifier(public_key_pem)
    chain = _Chain(is_signed, previous or {})
    documents = [files] if isinstance(files, AuditFile) else files
    for file in documents:
        for document in file.documents():
            chain.add(document)
    return chain.report()


@dataclass(frozen=True, slots=True)
class _Entry:
    """The signed fields of a document, without the previous signature."""

    section: Section
    series: str
    place: int
    number: str
    line: int | None
    signed: str | None
    """The message without a previous signature; None if a part is unreadable."""
    signature: str
    """Empty without a signature."""


class _Chain:
    def __init__(self, is_signed: Signed, previous: Mapping[str, str]) -> None:
        self._is_signed = is_signed
        self._previous = previous
        self._entries: list[_Entry] = []
        self._unsigned = 0
        self._verified = 0
        self._broken: list[Link] = []
        self._unverifiable: list[Link] = []

    def add(self, document: Document) -> None:
        if document.section == _UNSIGNED_SECTION:
            self._unsigned += 1
            return
        series, _, place = (document.number or "").rpartition("/")
        if not series or not (place.isascii() and place.isdecimal()):
            why = "its number has no series and place, such as FT A/1"
            self._unverifiable.append(Link(document.section, document.number, document.line, None, why))
            return
        signature = document.hash
        if signature is None or signature == _UNSIGNED:
            signature = ""
        number, line = f"{series}/{place}", document.line
        entry = _Entry(document.section, series, int(place), number, line, _own_part(document), signature)
        self._entries.append(entry)

    def report(self) -> ChainReport:
        last: dict[str, list[str]] = {}
        self._entries.sort(key=lambda each: (each.section, each.series, each.place))
        for (_, series), found in groupby(self._entries, lambda each: (each.section, each.series)):
            last.setdefault(series, []).append(self._follow(series, found))
        return ChainReport(
            self._verified,
            tuple(self._broken),
            tuple(self._unverifiable),
            self._unsigned,
            # A name shared by two sections is ambiguous.
            MappingProxyType(
                {series: ends[0] for series, ends in last.items() if len(ends) == 1 and ends[0]}
            ),
        )

    def _follow(self, series: str, entries: Iterable[_Entry]) -> str:
        """Verifies the signatures of a series. Returns the last one, or an empty text if unknown."""
        before: list[str] = [self._previous[series]] if series in self._previous else []
        at: int | None = None
        for place, found in groupby(entries, lambda each: each.place):
            # Equal entries of two files are one document.
            same = list({(each.signed, each.signature): each for each in found}.values())
            candidates = [*before, ""] if at is None and place == 1 else before
            for entry in same:
                self._judge(entry, candidates, _doubt(series, at, place, known=bool(candidates)))
            before = [entry.signature for entry in same if entry.signature]
            at = place
        return before[0] if len(before) == 1 else ""

    def _judge(self, entry: _Entry, candidates: list[str], doubt: str) -> None:
        """Verifies one signature. If it fits none of `candidates`, a `doubt` makes it unverifiable."""
        own, link = entry.signed, partial(Link, entry.section, entry.number, entry.line)
        if not entry.signature:
            self._broken.append(link(None, "it is not signed"))
        elif own is None:
            why = "its date, time of entry or total cannot be read"
            self._unverifiable.append(link(None, why))
        elif any(self._is_signed(own + each, entry.signature) for each in candidates):
            # A valid signature is proof, even with gaps before it.
            self._verified += 1
        elif doubt:
            self._unverifiable.append(link(None, doubt))
        else:
            why = "its signature does not fit its fields and the signature before it"
            self._broken.append(link(own + candidates[0], why))


def _doubt(series: str, before: int | None, place: int, *, known: bool) -> str:
    """Why the predecessor of a document is unknown; empty if it is known."""
    if before is None:
        return "" if known else "the document before it is in none of the files"
    if place > before + 1:
        missing = f"{series}/{before + 1}"
        return (
            f"{missing} is in none of the files" if place == before + 2 else f"{missing} and more are missing"
        )
    return "" if known else "the document before it is not signed"


def _own_part(document: Document) -> str | None:
    """The message of a document without a previous signature; None if a part is unreadable."""
    date, entered, total = document.date, document.system_entry_date, document.gross_total
    if date is None or entered is None or total is None or document.number is None:
        return None
    return message(date, entered, document.number, total)


def _verifier(public_key_pem: str | bytes) -> Signed:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra, and slow to import
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - as above
    except ImportError:
        raise ConfigurationError(
            'verifying signatures takes cryptography: pip install "invoicexpress[saft]"'
        ) from None

    pem = public_key_pem.encode() if isinstance(public_key_pem, str) else public_key_pem
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise InputError("public_key_pem", "expected a public key in PEM") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise InputError("public_key_pem", "expected an RSA key")

    def is_signed(text: str, signature: str) -> bool:
        try:
            key.verify(
                base64.b64decode(signature, validate=True),
                text.encode(),
                padding.PKCS1v15(),
                hashes.SHA1(),  # noqa: S303 - the law
            )
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    return is_signed
