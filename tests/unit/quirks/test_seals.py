"""The seals of a PDF: who, when, whether the document changed since, and what the certificate says."""

from __future__ import annotations

import dataclasses
import datetime
import re
import traceback
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import pypdf
import pypdf.generic as pypdf_generic
import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import Download, InputError, Seal
from pyhanko.keys import internal
from pyhanko.pdf_utils import generic as library
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers as library_signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.unit.saft_file.test_extra import python
from tests.unit.support.certificates import (
    BRITISH,
    COMPLIANCE,
    DAY,
    DEVICE,
    FOR_BOTH,
    FOR_SEALS,
    FOR_SIGNATURES,
    FOR_WEBSITES,
    PASSWORD,
    UNKNOWN,
    certificate_file,
    paper,
    sealed_paper,
    without_key,
)

# The library is annotated in part.
generic: Any = library
translated: Any = internal
signers: Any = library_signers
store: Any = SimpleCertificateStore
append_field: Any = append_signature_field
spec: Any = SigFieldSpec
SEALED = sealed_paper()
TWICE = sealed_paper(names=["Ana Sousa, Lda.", "Bruno Reis"])


def of(content: bytes) -> Download:
    return Download(content, "application/pdf")


def changes(content: bytes) -> list[str | None]:
    return [seal.change for seal in of(content).seals()]


# What a seal says.


def test_a_pdf_without_a_seal_has_none() -> None:
    assert paper().seals() == []


def test_a_seal_says_who_and_when() -> None:
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=60)
    (seal,) = SEALED.seals()
    assert seal.by == "Ana Sousa, Lda."
    assert "VATPT-500100144" in seal.subject
    assert seal.issuer == seal.subject, "it is signed by itself"
    assert seal.at is not None
    assert before - datetime.timedelta(hours=1) < seal.at < before + datetime.timedelta(hours=1)
    assert (seal.is_unchanged, seal.change) == (True, None)
    assert (seal.says_qualified, seal.kind, seal.says_device) == (False, None, False)


def test_an_organization_stands_in_for_a_name() -> None:
    (seal,) = paper().sealed_with(certificate_file(name=None), PASSWORD).seals()
    assert seal.by == "Papelaria Sousa"


@pytest.mark.parametrize(
    ("statements", "qualified", "kind", "device"),
    [
        ((), False, None, False),
        ((COMPLIANCE, FOR_SEALS), True, "seal", False),
        ((COMPLIANCE, FOR_SEALS, DEVICE), True, "seal", True),
        ((FOR_SIGNATURES, UNKNOWN, COMPLIANCE), True, "signature", False),
        ((COMPLIANCE,), True, "signature", False),
        ((COMPLIANCE, FOR_BOTH), True, None, False),
        ((COMPLIANCE, FOR_WEBSITES), False, None, False),
        ((COMPLIANCE, FOR_SEALS, BRITISH), False, "seal", False),
        ((FOR_SEALS, DEVICE), False, "seal", True),
        ((UNKNOWN,), False, None, False),
    ],
)
def test_what_the_certificate_says_about_itself(
    statements: tuple[bytes, ...], qualified: bool, kind: str | None, device: bool
) -> None:
    (seal,) = sealed_paper(*statements).seals()
    assert (seal.says_qualified, seal.kind, seal.says_device) == (qualified, kind, device)
    assert seal.is_unchanged


def test_statements_that_cannot_be_read_are_none() -> None:
    (seal,) = paper().sealed_with(certificate_file(extension=b"\x30\x05\x06"), PASSWORD).seals()
    assert (seal.by, seal.says_qualified, seal.is_unchanged) == ("Ana Sousa, Lda.", False, True)


def test_a_seal_is_a_value() -> None:
    (seal,) = SEALED.seals()
    assert seal == dataclasses.replace(seal)
    with pytest.raises(AttributeError):
        seal.by = "Bruno"  # type: ignore[misc]  # that it cannot be assigned is the test


# Changes since.


def test_two_seals_leave_each_other_whole() -> None:
    assert [(seal.by, seal.change) for seal in TWICE.seals()] == [
        ("Ana Sousa, Lda.", None),
        ("Bruno Reis", None),
    ]


def places(content: bytes) -> list[int]:
    """The offsets that a seal covers: all but the places of the seals themselves."""
    inside = {
        at
        for match in re.finditer(rb"/Contents <[0-9A-Fa-f]{1000,}>", content)
        for at in range(match.start(), match.end())
    }
    return [at for at in range(len(content)) if at not in inside]


@pytest.mark.parametrize("content", [SEALED.content, TWICE.content], ids=["one", "two"])
@settings(max_examples=30)
@given(data=st.data())
def test_no_changed_byte_goes_unnoticed(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(places(content)))
    other = bytearray(content)
    other[at] ^= data.draw(st.integers(1, 255))
    try:
        found = of(bytes(other)).seals()
    except InputError:
        return
    # A seal covers what stands before it, and the last one everything.
    assert not any(seal.is_unchanged for seal in found[-1:])
    if at < content.index(b"/ByteRange"):
        assert not any(seal.is_unchanged for seal in found)


def test_a_seal_that_cannot_be_read_keeps_its_place() -> None:
    """As the last one it covers the whole file, so a look at the last one alone has to meet it."""
    first, second = (match.start() for match in re.finditer(rb"/ByteRange", TWICE.content))
    for at, names in ((second, ["Ana Sousa, Lda.", ""]), (first, ["", "Bruno Reis"])):
        other = bytearray(TWICE.content)
        other[at + 1] ^= 1
        found = of(bytes(other)).seals()
        assert [seal.by for seal in found] == names
        assert not found[-1].is_unchanged


def test_another_amount_is_a_change() -> None:
    raw = SEALED.content
    assert raw.count(b"/MediaBox") == 1
    assert changes(raw.replace(b"/MediaBox", b"/MediaBoy")) == ["The sealed part of the file was changed."]


def test_a_changed_seal_is_a_change() -> None:
    raw = SEALED.content
    start = raw.index(b"/Contents <") + len(b"/Contents <")
    end = raw.index(b">", start)
    middle = start + len(raw[start:end].rstrip(b"0")) // 2 - 20
    for at in (middle, end - 1, end - 2):  # in the certificate, and in the zeros behind the seal
        other = bytearray(raw)
        other[at] = ord("1") if raw[at] != ord("1") else ord("2")
        assert all(change is not None for change in changes(bytes(other))), at


def test_a_seal_that_cannot_be_read_is_still_there() -> None:
    start = SEALED.content.index(b"/Contents <") + len(b"/Contents <")
    broken = SEALED.content[:start] + b"00" * 8 + SEALED.content[start + 16 :]
    assert [(seal.by, seal.change) for seal in of(broken).seals()] == [("", "The seal cannot be read.")]


def with_a_note(content: bytes) -> bytes:
    """An incremental update that adds an annotation to the page."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("Total: 1.00 EUR"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 200, 50))),
        }
    )
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_another_page(content: bytes) -> bytes:
    """An incremental update of another library, which adds a page."""
    writer = pypdf.PdfWriter(BytesIO(content), incremental=True)
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_the_same_end(content: bytes) -> bytes:
    """Bytes that no table of contents knows, and the end of the file once more."""
    end = content[content.rindex(b"startxref") :]
    return content + b"% Total: 1.00 EUR\n" + end


def updated(content: bytes, change: Callable[[Any], None]) -> bytes:
    """An incremental update, with no metadata but the given."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    writer._update_meta = lambda: None
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def dictionary(**values: Any) -> Any:
    return generic.DictionaryObject({generic.pdf_name(f"/{name}"): each for name, each in values.items()})


def box(*numbers: int) -> Any:
    return generic.ArrayObject(map(generic.NumberObject, numbers))


WHOLE_PAGE = (0, 0, 595, 842)
WHITE = b"1 1 1 rg 0 0 595 842 re f"


def form(drawing: bytes, *bounds: int) -> Any:
    names = dictionary(Type=generic.pdf_name("/XObject"), Subtype=generic.pdf_name("/Form"))
    names[generic.pdf_name("/BBox")] = box(*bounds)
    return generic.StreamObject(names, stream_data=drawing)


def with_a_field_unsigned(area: tuple[int, ...], **values: Any) -> Callable[[bytes], bytes]:
    """A new signature field without a signature."""

    def change(writer: Any) -> None:
        append_field(writer, spec("Empty", box=area, on_page=0))
        made = writer.root["/AcroForm"]["/Fields"][-1].get_object()
        made.update(dictionary(**values))

    return lambda content: updated(content, change)


def painted(drawing: bytes = WHITE, bounds: tuple[int, ...] = WHOLE_PAGE) -> Callable[[Any, Any], None]:
    def paint(field: Any, writer: Any) -> None:
        field[generic.pdf_name("/AP")] = dictionary(N=writer.add_object(form(drawing, *bounds)))

    return paint


def signed_again(
    change: Callable[[Any, Any], None], area: tuple[int, ...] | None = None
) -> Callable[[bytes], bytes]:
    """One more seal, of another program, in a field that is changed before it is signed."""

    def add(content: bytes) -> bytes:
        writer: Any = IncrementalPdfFileWriter(BytesIO(content), strict=False)
        append_field(writer, spec("Other", box=area, on_page=0))
        change(writer.root["/AcroForm"]["/Fields"][-1].get_object(), writer)
        how = signers.PdfSignatureMetadata(field_name="Other")
        made: bytes = signers.sign_pdf(writer, how, other_signer(), existing_fields_only=True).getvalue()
        return made

    return add


def other_signer() -> Any:
    opened: Any = pkcs12.load_pkcs12(certificate_file(name="Other"), PASSWORD.encode())
    key = translated.translate_pyca_cryptography_key_to_asn1(opened.key)
    certificate = translated.translate_pyca_cryptography_cert_to_asn1(opened.cert.certificate)
    return signers.SimpleSigner(certificate, key, store())


def having(**values: Any) -> Callable[[Any, Any], None]:
    return lambda field, _: field.update(dictionary(**values))


def script() -> Any:
    return dictionary(S=generic.pdf_name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))


def with_info(**values: str) -> Callable[[bytes], bytes]:
    def change(writer: Any) -> None:
        info = generic.DictionaryObject(writer.prev.trailer_view["/Info"])
        info.update(dictionary(**{name: generic.pdf_string(value) for name, value in values.items()}))
        writer.set_info(writer.add_object(info))

    return lambda content: updated(content, change)


def with_xmp(properties: str) -> Callable[[bytes], bytes]:
    xml = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:dc="http://purl.org/dc/'
        f'elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">{properties}</rdf:Description></rdf:RDF>'
        "</x:xmpmeta>"
    )

    def change(writer: Any) -> None:
        kind = dictionary(Type=generic.pdf_name("/Metadata"), Subtype=generic.pdf_name("/XML"))
        stream = generic.StreamObject(kind, stream_data=xml.encode())
        writer.root[generic.pdf_name("/Metadata")] = writer.add_object(stream)
        writer.update_root()

    return lambda content: updated(content, change)


TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">FT A/29</rdf:li></rdf:Alt></dc:title>'


def with_fonts(writer: Any) -> None:
    writer.root["/AcroForm"][generic.pdf_name("/DR")] = dictionary(Font=dictionary())
    writer.update_container(writer.root["/AcroForm"])


ADDITIONS: dict[str, Callable[[bytes], bytes]] = {
    "a note": with_a_note,
    "a page": with_another_page,
    "the same end": with_the_same_end,
    "a line": lambda content: content + b"% Total: 1.00 EUR\n",
    "an empty field": with_a_field_unsigned(WHOLE_PAGE),
    "an empty field without an area": with_a_field_unsigned((0, 0, 0, 0)),
    "an empty field with a script": with_a_field_unsigned((0, 0, 0, 0), AA=dictionary(PV=script())),
    "another title": with_info(Title="FT A/29"),
    "another author": with_info(Author="Bruno", Producer="Other"),
    "another day of creation": with_info(CreationDate="D:20261128093000Z"),
    "a title in XMP": with_xmp(TITLE),
    "fonts of the form": lambda content: updated(content, with_fonts),
}


@pytest.mark.parametrize("add", ADDITIONS.values(), ids=ADDITIONS)
@pytest.mark.parametrize("sealed", [SEALED, TWICE], ids=["one", "two"])
def test_what_is_added_after_a_seal_is_a_change(sealed: Download, add: Callable[[bytes], bytes]) -> None:
    found = of(add(sealed.content)).seals()
    assert len(found) == len(sealed.seals())
    assert {seal.change for seal in found} == {
        "Something other than an invisible seal was added to the file after it."
    }
    assert add(sealed.content).startswith(sealed.content), "nothing was changed in place"


LATER_SEALS: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
    "invisible": (signed_again(having()), True),
    "of no height": (signed_again(having(Rect=box(10, 10, 90, 10))), True),
    "with a comment for an appearance": (signed_again(painted(b"% blank\n")), True),
    "with a form of no area": (signed_again(painted(WHITE, (0, 0, 0, 0))), True),
    "of the page": (signed_again(having(), WHOLE_PAGE), False),
    "of the page, painted": (signed_again(painted(), WHOLE_PAGE), False),
    "of no area, painted": (signed_again(painted()), False),
    "with an action": (signed_again(having(A=script())), False),
    "with further actions": (signed_again(having(AA=dictionary(PV=script()))), False),
    "as a text": (signed_again(having(Subtype=generic.pdf_name("/FreeText"))), False),
    "with words": (signed_again(having(Contents=generic.pdf_string("Total: 1.00 EUR"))), False),
    "with a border": (signed_again(having(BS=dictionary(W=generic.NumberObject(800)))), False),
}


@pytest.mark.parametrize(("add", "passes"), LATER_SEALS.values(), ids=LATER_SEALS)
def test_a_later_seal_is_a_change_if_it_shows_something(add: Callable[[bytes], bytes], passes: bool) -> None:
    said = None if passes else "Something other than an invisible seal was added to the file after it."
    assert changes(add(SEALED.content)) == [said, None]


def test_annotations_stay_in_their_order() -> None:
    def turned(_: Any, writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Annots"].reverse()
        writer.update_container(page["/Annots"])
        writer.update_container(page)

    assert changes(signed_again(turned)(TWICE.content))[0] is not None


def test_fonts_of_a_form_are_not_replaced_in_place() -> None:
    def with_a_form(writer: Any) -> None:
        fonts = writer.add_object(dictionary(Font=dictionary()))
        made = dictionary(Fields=generic.ArrayObject(), DR=fonts)
        writer.root[generic.pdf_name("/AcroForm")] = writer.add_object(made)
        writer.update_root()

    def replaced(writer: Any) -> None:
        fonts = writer.root["/AcroForm"]["/DR"]
        fonts[generic.pdf_name("/Font")] = dictionary(Helv=dictionary(BaseFont=generic.pdf_name("/Other")))
        writer.update_container(fonts)

    sealed = of(updated(paper().content, with_a_form)).sealed_with(certificate_file(), PASSWORD)
    assert changes(sealed.sealed_with(certificate_file(), PASSWORD).content) == [None, None]
    assert changes(updated(sealed.content, replaced)) != [None]


def test_a_signer_may_say_who_and_when() -> None:
    for add in (
        with_info(Producer="Other", ModDate="D:20261201000000Z"),
        with_xmp("<pdf:Producer>Other</pdf:Producer><xmp:ModifyDate>2026-12-01</xmp:ModifyDate>"),
    ):
        assert changes(add(SEALED.content)) == [None]


def test_metadata_stays_as_it_was_sealed() -> None:
    sealed = of(with_xmp(TITLE)(paper().content)).sealed_with(certificate_file(), PASSWORD)
    twice = sealed.sealed_with(certificate_file(), PASSWORD)
    assert changes(twice.content) == [None, None]
    assert changes(with_xmp(TITLE)(sealed.content)) == [None]
    for properties in (TITLE.replace("29", "30"), TITLE + TITLE.replace("29", "30"), ""):
        assert None not in changes(with_xmp(properties)(sealed.content))


def test_a_changed_file_gets_no_further_seal() -> None:
    with pytest.raises(InputError, match=r"cannot be sealed; the seal of 'Ana Sousa, Lda.': Something other"):
        of(with_a_note(SEALED.content)).sealed_with(certificate_file(), PASSWORD)


# Files without readable seals.


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(BytesIO(paper().content))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "expected a PDF"),
        (b"\x89PNG\r\n\x1a\n", r"begins with b'\\x89PNG"),
        (b"<?xml", "expected a PDF"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (SEALED.content[:3000], "cannot be read"),
        (encrypted(), "encrypted"),
    ],
)
def test_other_files_are_refused(content: bytes, why: str) -> None:
    for call in (lambda: of(content).seals(), lambda: of(content).sealed_with(certificate_file(), PASSWORD)):
        with pytest.raises(InputError, match=why) as caught:
            call()
        assert caught.value.field == "content"


# Sealing.


def test_sealing_makes_a_new_file() -> None:
    old = paper()
    content = old.content
    new = old.sealed_with(certificate_file(), PASSWORD)
    assert old.content == content
    assert old.seals() == []
    assert new.content.startswith(content)
    assert (new.media_type, new.name) == (old.media_type, old.name)
    assert [seal.is_unchanged for seal in new.seals()] == [True]


def test_a_certificate_may_be_a_path_or_have_no_password(tmp_path: Path) -> None:
    path = tmp_path / "selo.p12"
    path.write_bytes(certificate_file(password=None))
    for where in (path, str(path)):
        for nothing in (None, ""):
            assert len(paper().sealed_with(where, nothing).seals()) == 1
    with pytest.raises(FileNotFoundError):
        paper().sealed_with(tmp_path / "missing.p12", PASSWORD)


def test_it_works_in_any_event_loop() -> None:
    async def sealing() -> list[Seal]:
        return paper().sealed_with(certificate_file(), PASSWORD.encode()).seals()

    for backend in ("asyncio", "trio"):
        assert [seal.is_unchanged for seal in anyio.run(sealing, backend=backend)] == [True]


BAD: dict[str, tuple[Any, Any, str, str]] = {
    "another password": (certificate_file(), "another", "pkcs12", "cannot be opened: the password is wrong"),
    "no password": (certificate_file(), None, "pkcs12", "cannot be opened"),
    "a broken file": (certificate_file()[:-40], PASSWORD, "pkcs12", "cannot be opened"),
    "no such file": (b"-----BEGIN", PASSWORD, "pkcs12", "no PKCS#12"),
    "an empty file": (b"", PASSWORD, "pkcs12", "cannot be opened"),
    "no key": (without_key(), PASSWORD, "pkcs12", "no private key"),
    "an old one": (certificate_file(first=-2 * DAY, last=-DAY), PASSWORD, "pkcs12", "is valid from"),
    "one of tomorrow": (certificate_file(first=DAY, last=2 * DAY), PASSWORD, "pkcs12", "not now"),
    "the password first": (
        "Pl4nt3d",
        certificate_file(),
        "password",
        "pass the file first, then its password",
    ),
    "the password first, in bytes": (b"Pl4nt3d", certificate_file(), "password", "pass the file first"),
    "the password first, then a path": ("Pl4nt3d", "selo.P12", "password", "pass the file first"),
    "the password first, then a Path": ("Pl4nt3d", Path("selo"), "password", "expected a text, got"),
    "a NUL character": ("Pl4nt3d\0", PASSWORD, "pkcs12", "expected a path"),
    "a pair": (("selo.p12", "Pl4nt3d"), PASSWORD, "pkcs12", "expected a path or the file's bytes, got tuple"),
    "a number": (5, PASSWORD, "pkcs12", "expected a path"),
    "a list for a password": (certificate_file(), [PASSWORD], "password", "expected a text, got list"),
    "a number for a password": (certificate_file(), 1234, "password", "expected a text, got int"),
}


@pytest.mark.parametrize(("pkcs12", "password", "field", "why"), BAD.values(), ids=BAD)
def test_a_certificate_that_cannot_be_used_is_refused(
    pkcs12: Any, password: Any, field: str, why: str
) -> None:
    with pytest.raises(InputError) as caught:
        paper().sealed_with(pkcs12, password)
    assert (caught.value.field, why in caught.value.reason) == (field, True), caught.value
    assert not any("Pl4nt3d" in each for each in frames(caught.value))


def frames(error: BaseException) -> Iterator[str]:
    """All that a reporter of errors prints of the frames below the tests, whatever library they are of."""
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None:
            waiting += [one.__cause__, one.__context__]
            yield from (str(one), repr(one), str(one.args))
            for frame, line in traceback.walk_tb(one.__traceback__):
                if "/tests/" not in frame.f_code.co_filename:
                    yield f"{frame.f_code.co_filename}:{line} {frame.f_locals!r}"


@pytest.mark.parametrize(
    ("content", "pkcs12"),
    [
        (paper().content, certificate_file()),
        (paper().content, b"broken"),
        (paper().content, certificate_file(first=-2 * DAY, last=-DAY)),
        (with_a_note(SEALED.content), certificate_file()),
        (b"no PDF", certificate_file()),
    ],
)
def test_no_error_and_no_frame_holds_the_password(content: bytes, pkcs12: bytes) -> None:
    for password in ("Pl4nt3d-Pässwört", PASSWORD, ["Pl4nt3d-Pässwört", PASSWORD]):
        try:
            of(content).sealed_with(pkcs12, password)  # type: ignore[arg-type]  # one has the wrong type
        except InputError as error:
            shown = "".join(frames(error))
            for secret in ("Pl4nt3d", PASSWORD, "PrivateKey", "_Material"):
                assert secret not in shown
        else:
            assert (content, password) == (paper().content, PASSWORD)


def test_no_repr_holds_a_certificate() -> None:
    assert "PRIVATE" not in repr(SEALED)
    assert repr(SEALED) == "Download(media_type='application/pdf', name='FT A-28.pdf')"


# The extra.


def test_the_extra_is_loaded_for_a_seal_and_its_absence_says_how_to_install_it() -> None:
    said = python(
        "import invoicexpress\nfile = invoicexpress.Download(b'%PDF-', '')\ninvoicexpress.Seal\n"
        "print('pyhanko' in sys.modules, 'cryptography' in sys.modules)\nsys.modules['pyhanko'] = None\n"
        "for call in (file.seals, lambda: file.sealed_with(b'', 'Pl4nt3d')):\n"
        "    try: call()\n    except invoicexpress.ConfigurationError as error: print(error)"
    )
    remedy = 'seals takes pyhanko: pip install "invoicexpress[sign]"'
    assert said.splitlines() == ["False False", f"reading {remedy}", f"making {remedy}"]


# Other programs' files.


def with_a_field(value: str) -> Download:
    """A paper with a field to fill in, sealed."""
    writer: Any = pypdf.PdfWriter(BytesIO(paper().content))
    made: Any = pypdf_generic
    name = made.NameObject
    box = made.ArrayObject([made.NumberObject(each) for each in (10, 10, 100, 30)])
    field = writer._add_object(
        made.DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/Widget"),
                name("/FT"): name("/Tx"),
                name("/T"): made.TextStringObject("total"),
                name("/V"): made.TextStringObject(value),
                name("/Rect"): box,
            }
        )
    )
    writer.pages[0][name("/Annots")] = made.ArrayObject([field])
    writer.root_object[name("/AcroForm")] = made.DictionaryObject(
        {name("/Fields"): made.ArrayObject([field])}
    )
    out = BytesIO()
    writer.write(out)
    return of(out.getvalue()).sealed_with(certificate_file(), PASSWORD)


def test_a_form_filled_in_after_a_seal_is_a_change() -> None:
    sealed = with_a_field("30.00 EUR")
    writer: Any = IncrementalPdfFileWriter(BytesIO(sealed.content))
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field[generic.pdf_name("/V")] = generic.pdf_string("1.00 EUR")
    writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    assert changes(sealed.content) == [None]
    assert changes(out.getvalue()) == [
        "Something other than an invisible seal was added to the file after it."
    ]


def test_a_seal_that_forbids_another_one_keeps_it_out() -> None:
    writer: Any = IncrementalPdfFileWriter(BytesIO(paper().content))
    how = signers.PdfSignatureMetadata(field_name="A", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    out = signers.sign_pdf(writer, how, other_signer())
    certified = of(out.getvalue())
    assert [seal.change for seal in certified.seals()] == [None]
    with pytest.raises(InputError, match="cannot be sealed: Author signature forbids all changes"):
        certified.sealed_with(certificate_file(), PASSWORD)
