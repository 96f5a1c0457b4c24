"""The chain of signatures: each document signed together with the signature of the one before it.

Despacho 8632/2014 (2.1, 6.2, 7.1): the signed message is `date;system entry date;number;gross total;signature
of the document before in its series and type`, in RSA with PKCS#1 v1.5 and SHA-1. The law prescribes key size
and digest, which are weak today. Invoices, guides and working documents are signed, receipts are not (1.1).
Cancelled documents stay in the chain (2.3), and so do documents made by hand or recovered.

A program may change its key (2.1.4), and the chain goes on under the new one. `HashControl` names the key of
each signature by its version (Portaria 302/2016, 4.1.4.5): `1`, `1-FTM V/23` for a document by hand, and
`9999.1` for key 1 of the program with certificate 9999.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from invoicexpress_loading.records import fields_in_help

from ..errors import ConfigurationError, InputError
from .audit_file import AuditFile, each_of
from .values import series_and_place

if TYPE_CHECKING:
    from .rows import Document, Section

_CENT: Final = Decimal("0.01")
# Files may hold totals of more digits than sums of money have.
_WIDE: Final = Context(prec=200)
_UNSIGNED: Final = "0"
_UNSIGNED_SECTION: Final[Section] = "Payments"
_KEY: Final = re.compile(r"(?:([0-9]{1,9})\.)?([0-9]{1,9})")
# The version, and behind it the original of a document by hand or recovered.
_HASH_CONTROL: Final = re.compile(rf"\s*({_KEY.pattern})\s*(?:-.*)?", re.DOTALL)
_CERTIFICATE: Final = re.compile(r"\s*([0-9]{1,9})(?:/AT)?\s*")

PublicKeys: TypeAlias = str | bytes | Mapping[str, str | bytes]
"""A public key in PEM, or a key for each version that `HashControl` names."""

Signed: TypeAlias = Callable[[str, str], bool]
"""Whether a text has a signature in base64."""


@fields_in_help
@dataclass(frozen=True, slots=True)
class Link:
    """A document with a broken or unverifiable signature."""

    section: Section
    """Kind of the document."""
    number: str | None
    """Number of the document."""
    line: int | None
    """Line in the file where the document begins."""
    signed: str | None
    """The message to sign, with the previous signature from the file; None if unknown."""
    why: str
    """Why the signature does not hold, or cannot be checked."""

    def __str__(self) -> str:
        return f"{self.number or f'the document of line {self.line}'}: {self.why}"


@fields_in_help
@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of the verification."""

    verified: int
    """Number of valid signatures."""
    broken: tuple[Link, ...]
    """Invalid or missing signatures: the document, or the one before it, differs from the signed one."""
    unverifiable: tuple[Link, ...]
    """Signatures that cannot be verified, since the signed message or the key is unknown. `HashControl` names
    the key and is not signed itself: a changed document may hide among these, never among the verified ones.
    """
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
    public_key_pem: PublicKeys,
    *,
    previous: Mapping[str, str] | None = None,
) -> ChainReport:
    """Verifies every signature of a file, or of the files of several months together, in any order.

    The predecessor of a month's first document is in another file. Its signature can be verified if it is
    number 1, or if `previous` has the last signature of its series: `{"FT 2026": "..."}`, by the part of the
    number before the `/`, as in `ChainReport.last` of the month before; empty for a series that begins there.
    Otherwise it counts as unverifiable.

    `public_key_pem` is a key in PEM, or a key for each version that `HashControl` names:
    `{"1": ..., "2": ...}`. Version 1 of the program with certificate 9999 is `"1"` in its own files, and
    `"9999.1"` in all files. A document of a version without a key counts as unverifiable. A single key is
    tried on every document. It belongs to the versions of the documents that it verifies, or to the only
    version in the files if that is the file's own program's; documents of other versions are unverifiable.

    Keeps the signature of each document in memory, about 1 KB each. Raises InputError for an invalid key
    and for anything but files opened by `read`, ConfigurationError without the extra `saft`, and the
    exceptions of reading.
    """
    chain = _Chain(_keys(public_key_pem), previous or {})
    for file in each_of("files", files):
        certificate = _certificate(file.header.software_certificate_number)
        for document in file.documents():
            chain.add(document, certificate)
    return chain.report()


class _KeyNames(NamedTuple):
    """Names of a signature's key, the most exact first: `9999.1`, `1`. Empty for an unnamed key."""

    names: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.names[-1]

    @property
    def is_of_another_program(self) -> bool:
        """Whether the key belongs to another program than the file's: `1234.1`."""
        return len(self.names) == 1 and "." in self.short


_UNNAMED: Final = _KeyNames(())


def _certificate(text: str | None) -> str:
    """The number of a program's certificate; empty for a program without one."""
    match = _CERTIFICATE.fullmatch(text or "")
    return "" if match is None or int(match[1]) == 0 else str(int(match[1]))


def _key_names(hash_control: str | None, certificate: str) -> _KeyNames:
    """The key named by a `HashControl` in a file of the program with a certificate.

    `0` means unsigned, so it names no key, and neither does an unreadable text: neither excuses a wrong
    signature.
    """
    match = _HASH_CONTROL.fullmatch(hash_control or "")
    if match is None or int(match[3]) == 0:
        return _UNNAMED
    version, other = str(int(match[3])), match[2]
    program = certificate if other is None else str(int(other))
    if not program:
        return _KeyNames((version,))
    if program == certificate:
        return _KeyNames((f"{program}.{version}", version))
    return _KeyNames((f"{program}.{version}",))


@dataclass(frozen=True, slots=True)
class _Keys:
    """The given keys: by name, or a single one without a name."""

    by_name: Mapping[str, Signed]
    single: Signed | None = None

    def of(self, names: _KeyNames) -> list[Signed]:
        """The keys to verify a signature with; none if its key is not given."""
        if self.single is not None:
            return [self.single]
        if not names.names:
            return list(self.by_name.values())
        return [self.by_name[name] for name in names.names if name in self.by_name][:1]

    def others(self, names: _KeyNames) -> Iterable[tuple[str, Signed]]:
        """The keys that do not belong to a signature, with their names."""
        return ((name, key) for name, key in self.by_name.items() if name not in names.names)


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
    key: _KeyNames


class _Failure(NamedTuple):
    """A signature that fits no key, and why it may be right nevertheless; an empty `doubt` if it cannot."""

    link: Link
    doubt: str
    key: _KeyNames


class _Chain:
    def __init__(self, keys: _Keys, previous: Mapping[str, str]) -> None:
        self._keys = keys
        self._previous = previous
        self._entries: list[_Entry] = []
        self._unsigned = 0
        self._verified = 0
        self._named: set[_KeyNames] = set()
        self._fitting: set[_KeyNames] = set()
        self._failures: list[_Failure] = []

    def add(self, document: Document, certificate: str) -> None:
        if document.section == _UNSIGNED_SECTION:
            self._unsigned += 1
            return
        parts = series_and_place(document.number)
        if parts is None:
            why = "its number has no series and place, such as FT A/1"
            link = Link(document.section, document.number, document.line, None, why)
            self._failures.append(_Failure(link, why, _UNNAMED))
            return
        series, place = parts
        signature = document.hash
        if signature is None or signature == _UNSIGNED:
            signature = ""
        number, line = f"{series}/{place}", document.line
        key = _key_names(document.hash_control, certificate)
        if key.names:
            self._named.add(key)
        own = _own_part(document)
        self._entries.append(_Entry(document.section, series, int(place), number, line, own, signature, key))

    def report(self) -> ChainReport:
        last: dict[str, list[str]] = {}
        self._entries.sort(key=lambda each: (each.section, each.series, each.place))
        for (_, series), found in groupby(self._entries, lambda each: (each.section, each.series)):
            last.setdefault(series, []).append(self._follow(series, found))
        doubts = [(each.link, self._doubts(each)) for each in self._failures]
        return ChainReport(
            self._verified,
            tuple(link for link, doubt in doubts if not doubt),
            tuple(replace(link, why=doubt) for link, doubt in doubts if doubt),
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
            same = list({(each.signed, each.signature, each.key): each for each in found}.values())
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
            self._failures.append(_Failure(link(None, "it is not signed"), "", _UNNAMED))
        elif own is None:
            why = "its date, time of entry or total cannot be read"
            self._failures.append(_Failure(link(None, why), why, _UNNAMED))
        elif any(_fits(key, own, entry, candidates) for key in self._keys.of(entry.key)):
            # A valid signature is proof, even with gaps before it.
            self._verified += 1
            if entry.key.names:
                self._fitting.add(entry.key)
        else:
            why = "its signature does not fit its fields and the signature before it"
            named = self._keys.others(entry.key) if entry.key.names and self._keys.of(entry.key) else ()
            for name, key in named:
                if _fits(key, own, entry, candidates):
                    why, doubt = f"key {name} signed it, and its HashControl names key {entry.key.short}", ""
                    break
            signed = None if doubt else own + candidates[0]
            self._failures.append(_Failure(link(signed, why), doubt, entry.key))

    def _doubts(self, failure: _Failure) -> str:
        """Why a signature cannot be judged; empty if it is wrong."""
        return "; ".join(filter(None, (failure.doubt, self._doubt_of_key(failure.key))))

    def _doubt_of_key(self, key: _KeyNames) -> str:
        """Why the key of a signature is unknown; empty if it is known."""
        if not key.names:
            return ""
        if self._keys.single is None:
            return "" if self._keys.of(key) else _missing(key)
        if key in self._fitting:
            return ""
        if self._fitting:
            return _missing(key)
        # The key fits no signature: the only version of all files is taken for its own.
        if len(self._named) == 1 and not key.is_of_another_program:
            return ""
        return f"by its HashControl it is signed with key {key.short}, and the given key may be another"


def _fits(key: Signed, own: str, entry: _Entry, candidates: Iterable[str]) -> bool:
    return any(key(own + each, entry.signature) for each in candidates)


def _missing(key: _KeyNames) -> str:
    return f"by its HashControl it is signed with key {key.short}, and no public key is given for it"


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


def _keys(public_key_pem: PublicKeys) -> _Keys:
    if not isinstance(public_key_pem, Mapping):
        return _Keys({}, _verifier(public_key_pem, "public_key_pem"))
    if not public_key_pem:
        raise InputError("public_key_pem", "expected a key for each HashControl, got none")
    by_name: dict[str, Signed] = {}
    for name, pem in public_key_pem.items():
        field = f"public_key_pem[{name!r}]"
        match = _KEY.fullmatch(str(name))
        if match is None or int(match[2]) == 0:
            raise InputError(
                field, "expected the version of a key as HashControl has it, such as '1' or '9999.1'"
            )
        by_name[".".join(str(int(part)) for part in match.groups() if part)] = _verifier(pem, field)
    return _Keys(by_name)


def _verifier(pem: str | bytes, field: str) -> Signed:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra, and slow to import
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - as above
    except ImportError:
        raise ConfigurationError(
            'verifying signatures takes cryptography: pip install "invoicexpress[saft]"'
        ) from None

    try:
        key = load_pem_public_key(pem.encode() if isinstance(pem, str) else pem)
    except (TypeError, ValueError):
        raise InputError(field, "expected a public key in PEM") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise InputError(field, "expected an RSA key")

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
