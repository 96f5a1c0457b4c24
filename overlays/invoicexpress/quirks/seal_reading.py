"""Reads the seals of a PDF. Imports pyHanko, which comes with the extra `sign`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final, TypeVar, cast

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign import diff_analysis
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.diff_analysis import (
    DiffResult,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from ..errors import InputError
from .seal import Seal, SealKind

T = TypeVar("T")

# The library is annotated in part.
_fields: Any = enumerate_sig_fields
_rules: Any = diff_analysis

_TIME_STAMP: Final = "/DocTimeStamp"
_END: Final = b"%%EOF"
_KINDS: Final[Mapping[str, SealKind]] = {"qct_eseal": "seal", "qct_esign": "signature"}


def seals_of(content: bytes) -> list[Seal]:
    """The seals of a PDF, the oldest first. Raises InputError for anything but a readable PDF."""
    if not content.startswith(b"%PDF-"):
        raise InputError("content", f"expected a PDF, got a file that begins with {content[:8]!r}")
    try:
        return _seals(PdfFileReader(BytesIO(content), strict=False), content)
    except Exception as error:
        # The reader meets damage by exceptions of many types.
        raise InputError("content", f"the PDF cannot be read, so neither can its seals: {error}") from None


def _seals(reader: PdfFileReader, content: bytes) -> list[Seal]:
    if reader.encrypted:
        raise ValueError("it is encrypted")
    found = [_found(reader, name, field) for name, _, field in _fields(reader, filled_status=True)]
    rest = _rest(reader, [each for each in found if each is not None], content)
    found.sort(key=lambda each: -1 if each is None else each.signed_revision)
    return [
        _UNREADABLE if each is None else _seal(each, rest)
        for each in found
        if each is None or each.sig_object_type != _TIME_STAMP
    ]


def _found(reader: PdfFileReader, name: str, field: Any) -> EmbeddedPdfSignature | None:
    """A signature with its changes computed; None if it cannot be read."""
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        cast("Any", signature).compute_integrity_info(diff_policy=_ONLY_SEALS)
    except Exception:
        return None
    return signature


_UNREADABLE: Final = Seal(
    by="", subject="", issuer="", at=None, change="The seal cannot be read.",
    says_qualified=False, kind=None, says_device=False,
)  # fmt: skip


class _OnlySeals(StandardDiffPolicy):
    """Lets later seals, time stamps and their proofs pass, and nothing else.

    The library's own policy also lets the fields of forms be filled in.
    """

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        try:
            return super().apply(old, new, field_mdp_spec, doc_mdp)
        except SuspiciousModification:
            # Raised further, it would be logged as a warning, with its traceback.
            return DiffResult(ModificationLevel.OTHER, set())


_ONLY_SEALS: Final = _OnlySeals(
    global_rules=[
        _rules.CatalogModificationRule(),
        *(
            rule().as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (
                _rules.DocInfoRule,
                _rules.XrefStreamRule,
                _rules.ObjectStreamRule,
                _rules.DSSCompareRule,
                _rules.MetadataUpdateRule,
            )
        ),
    ],
    form_rule=_rules.FormUpdatingRule(
        field_rules=[_rules.SigFieldCreationRule(), _rules.SigFieldModificationRule()]
    ),
)


def _rest(reader: PdfFileReader, found: list[EmbeddedPdfSignature], content: bytes) -> bool:
    """Whether bytes at the end belong to no revision, so that no analysis of revisions sees them."""
    last = reader.xrefs.total_revisions - 1
    of_last = [each for each in found if each.signed_revision == last]
    if of_last:
        return all(each.coverage != SignatureCoverageLevel.ENTIRE_FILE for each in of_last)
    return not content.rstrip().endswith(_END)


def _seal(signature: EmbeddedPdfSignature, rest: bool) -> Seal:
    certificate = _or(None, lambda: cast("Any", signature.signer_cert))
    if certificate is None:
        return _UNREADABLE
    subject, issuer = certificate.subject, certificate.issuer
    claims = _or(_NO_CLAIMS, lambda: _claims(certificate))
    return Seal(
        by=_name(subject.native) or subject.human_friendly,
        subject=subject.human_friendly,
        issuer=issuer.human_friendly,
        at=_or(None, lambda: _with_zone(signature.self_reported_timestamp)),
        change=_change(signature, certificate, rest),
        says_qualified=claims.qualified,
        kind=claims.kind,
        says_device=claims.device,
    )


def _or(otherwise: T, read: Callable[[], T]) -> T:
    """A part of a seal, or another value if the part is damaged."""
    try:
        return read()
    except Exception:
        return otherwise


def _name(names: Mapping[str, str | list[str]]) -> str:
    found = names.get("common_name") or names.get("organization_name") or ""
    return found if isinstance(found, str) else ", ".join(found)


def _with_zone(time: datetime | None) -> datetime | None:
    return None if time is None or time.tzinfo is None else time


def _change(signature: Any, certificate: Any, rest: bool) -> str | None:
    """Why the document is not proven to be as it was sealed."""
    try:
        intact, valid = validate_sig_integrity(
            signature.signer_info, certificate, "data", signature.compute_digest()
        )
    except Exception as error:
        return f"The seal cannot be verified: {error}"
    if not intact:
        return "The sealed part of the file was changed."
    if not valid or _has_more_than_its_seal(signature):
        return "The seal itself was changed, or it was not made with the key of its certificate."
    if signature.coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION):
        return "The seal leaves out a part of the document that it stands in."
    if signature.reader.xrefs.hybrid_xrefs_present:
        return "The file has two tables of contents, and programs may differ in which one they follow."
    if rest or not signature.summarise_integrity_info()["docmdp_ok"]:
        return "Something other than a seal was added to the file after it."
    return None


def _has_more_than_its_seal(signature: Any) -> bool:
    """Whether the place of a seal, which no seal covers, has more in it than the seal and zeros."""
    content = signature.pkcs7_content
    return bool(content[_length(content) :].strip(b"\0"))


def _length(der: bytes) -> int:
    """Length in bytes of the value that DER begins with."""
    if der[1] < 0x80:
        return 2 + der[1]
    octets = der[1] & 0x7F
    return 2 + octets + int.from_bytes(der[2 : 2 + octets])


@dataclass(frozen=True, slots=True)
class _Claims:
    """What a certificate says about itself (ETSI EN 319 412-5, 4.2)."""

    qualified: bool = False
    kind: SealKind | None = None
    device: bool = False


_NO_CLAIMS: Final = _Claims()


def _claims(certificate: Any) -> _Claims:
    statements = {each["statement_id"].native: each for each in cast("Any", get_qc_statements(certificate))}
    qualified = "qc_compliance" in statements
    if "qc_type" in statements:
        types = statements["qc_type"]["statement_info"].native
    else:
        # A qualified certificate that names no type is for signatures (4.2.3).
        types = ["qct_esign"] if qualified else []
    kinds: list[SealKind] = [_KINDS[each] for each in types if each in _KINDS]
    return _Claims(
        # With the countries of a law, it is qualified under their law and not the Union's (4.2.4).
        qualified=qualified and bool(kinds) and "qc_cc_legislation" not in statements,
        kind=kinds[0] if len(kinds) == 1 else None,
        device="qc_sscd" in statements,
    )
