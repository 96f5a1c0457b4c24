"""Reads the seals of a PDF. Imports pyHanko, which comes with the extra `sign`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import inf
from operator import itemgetter
from typing import Any, Final, TypeVar, cast

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.metadata import model
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign import diff_analysis
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.diff_analysis import (
    DiffResult,
    FieldComparisonContext,
    FieldMDPRule,
    FormUpdate,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
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
_compare: Any = compare_dicts
_xmp: Any = model
_EMPTY: Final[Any] = cast("Any", DictionaryObject)()

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
    found = [
        (_revision(reader, field), _found(reader, name, field))
        for name, _, field in _fields(reader, filled_status=True)
    ]
    rest = _rest(reader, [each for _, each in found if each is not None], content)
    return [
        _UNREADABLE if each is None else _seal(each, rest)
        for _, each in sorted(found, key=itemgetter(0))
        if each is None or each.sig_object_type != _TIME_STAMP
    ]


def _revision(reader: PdfFileReader, field: Any) -> float:
    """The revision of the file that brought a signature; the last place for one without a reference.

    It needs no readable signature, so a damaged one keeps its place among the others.
    """
    reference = getattr(field.get_object().raw_get("/V"), "reference", None)
    return inf if reference is None else cast("Any", reader.xrefs).get_last_change(reference)


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
    """Lets later invisible seals, time stamps and their proofs pass, and nothing else.

    The library's own policy also lets fields of forms be filled in, new fields paint over the pages, and
    titles change.
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
        except Exception:
            # What cannot be judged is a change too. Raised further, it would be logged, with its traceback.
            return DiffResult(ModificationLevel.OTHER, set())


class _InvisibleSeals(FieldMDPRule):
    """Refuses new and changed fields, except signature fields that are signed and show nothing.

    Decides together with the library's rules, which look at fewer keys.
    """

    def apply(self, context: FieldComparisonContext) -> Iterator[tuple[ModificationLevel, FormUpdate]]:
        old_root, new_root = cast("Any", context.old.root), cast("Any", context.new.root)
        # The library lets the fonts of a form be replaced.
        _compare(_form_resources(old_root), _form_resources(new_root))
        for name, spec in context.field_specs.items():
            old, new = cast("Any", spec.old_field), cast("Any", spec.new_field)
            if old is not None and new is not None and _compare(old, new, raise_exc=False):
                continue
            if old is not None and "/V" in old:
                raise SuspiciousModification(f"the signed field {name} was changed")
            if new is None or not isinstance(_value(new, "/V"), DictionaryObject):
                raise SuspiciousModification(f"the field {name} is not signed")
            if not _shows_nothing(new):
                raise SuspiciousModification(f"the field {name} may show something")
        # A page shows its annotations in their order.
        orders = zip(_annotations(old_root["/Pages"]), _annotations(new_root["/Pages"]), strict=True)
        if any(after[: len(before)] != before for before, after in orders):
            raise SuspiciousModification("annotations are in another order")
        yield from ()


def _value(dictionary: Any, key: str, otherwise: Any = None) -> Any:
    """A value, also where the dictionary only refers to it."""
    return dictionary[key] if key in dictionary else otherwise  # noqa: SIM401 - `get` returns the reference


def _form_resources(root: Any) -> Any:
    return _value(root["/AcroForm"], "/DR", _EMPTY)


def _annotations(node: Any) -> Iterator[list[object]]:
    """The annotations of each page below a node of the tree of pages."""
    if node["/Type"] == "/Pages":
        for kid in node["/Kids"]:
            yield from _annotations(kid.get_object())
    else:
        yield list(_value(node, "/Annots", ()))


_FIELD_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Ff", "/Rect", "/P", "/AP", "/Lock", "/SV", "/Kids"}
    | {"/Parent", "/M", "/NM", "/DA", "/MK"}
)
"""Keys of a signature field and its widgets (ISO 32000-1, 12.5.6.19 and 12.7.4.5). Not among them: /A and
/AA, which act, /TU and /Contents, which are read aloud, and borders, which are drawn without an area.
"""


def _shows_nothing(field: Any) -> bool:
    kids = [kid.get_object() for kid in _value(field, "/Kids", ())]
    return _is_blank(field) and all(_is_blank(kid) and "/Kids" not in kid for kid in kids)


def _is_blank(field: Any) -> bool:
    """Whether a field, or a widget of a field, has no area and nothing painted, and does nothing."""
    return (
        field.keys() <= _FIELD_KEYS
        and _value(field, "/Type", "/Annot") == "/Annot"
        and _value(field, "/Subtype", "/Widget") == "/Widget"
        and not _value(field, "/MK")
        and ("/Rect" not in field or _has_no_area(field["/Rect"]))
        and all(map(_paints_nothing, _appearances(_value(field, "/AP", ()))))
    )


def _has_no_area(box: Any) -> bool:
    left, bottom, right, top = map(Decimal, box)
    return left == right or bottom == top


def _appearances(value: Any) -> Iterator[Any]:
    """The streams in a dictionary of appearances, which may have one for each state."""
    if isinstance(value, StreamObject):
        yield value
    else:
        for key in value:
            yield from _appearances(value[key])


def _paints_nothing(stream: Any) -> bool:
    """Whether a form is clipped to no area, or has nothing but comments."""
    if "/BBox" in stream and _has_no_area(stream["/BBox"]):
        return True
    return not _COMMENT.sub(b"", stream.data).strip(_PDF_BLANKS)


_COMMENT: Final = re.compile(rb"%[^\r\n]*")
_PDF_BLANKS: Final = b"\0\t\n\f\r "


class _SameInfo(_rules.DocInfoRule):  # type: ignore[misc]  # the library is annotated in part
    """Lets a signer say when it changed the file, and its own name; title and author stay."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[Any]:
        _compare(_info(old), _info(new), _FREE_INFO)
        library: Any = super()
        yield from library.apply(old, new)


_FREE_INFO: Final = frozenset({"/ModDate", "/Producer"})


def _info(revision: Any) -> Any:
    return revision.trailer_view.get("/Info", _EMPTY).get_object()


class _SameMetadata(_rules.MetadataUpdateRule):  # type: ignore[misc]  # the library is annotated in part
    """The same for metadata in XMP."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[Any]:
        # The library's rule first: it refuses XML with entities.
        library: Any = super()
        yield from library.apply(old, new)
        before, after = _metadata(old), _metadata(new)
        if before != after and _properties(before) != _properties(after):
            raise SuspiciousModification("the metadata was changed")


_FREE_XMP: Final = frozenset({_xmp.XMP_MODDATE, _xmp.PDF_PRODUCER, _xmp.RDF_ABOUT})
"""The last one says what is described: the file."""


def _metadata(revision: Any) -> bytes | None:
    return revision.root["/Metadata"].data if "/Metadata" in revision.root else None


def _properties(metadata: bytes | None) -> dict[Any, list[Any]]:
    """The properties that a signer must leave alone. One that is there twice has two values."""
    found = dict[Any, list[Any]]()
    structures: Any = () if metadata is None else parse_xmp(BytesIO(metadata))
    for structure in structures:
        for name, value in structure:
            if name not in _FREE_XMP:
                found.setdefault(name, []).append(value)
    return found


_ONLY_SEALS: Final = _OnlySeals(
    global_rules=[
        _rules.CatalogModificationRule(
            ignored_keys=frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
        ),
        *(
            rule().as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (
                _SameInfo,
                _rules.XrefStreamRule,
                _rules.ObjectStreamRule,
                _rules.DSSCompareRule,
                _SameMetadata,
            )
        ),
    ],
    form_rule=_rules.FormUpdatingRule(
        field_rules=[_InvisibleSeals(), _rules.SigFieldCreationRule(), _rules.SigFieldModificationRule()],
        ignored_acroform_keys=frozenset({"/Fields"}),
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
        return "Something other than an invisible seal was added to the file after it."
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
