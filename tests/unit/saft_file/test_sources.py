"""Accepted sources of a SAF-T file, its maximum size, and inputs that are no SAF-T file."""

from __future__ import annotations

import bz2
import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from invoicexpress import Download, InputError, InvoiceXpressError, SaftFileError, saft_file

from tests.unit.support.saft_files import document, file, sales

CONTENT = file(sales(document(1), document(2)))


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def numbers(source: Any, **options: Any) -> list[str | None]:
    """The documents' numbers, checked to be the same on a second pass."""
    opened = saft_file.read(source, **options)
    first = [row.number for row in opened.documents()]
    assert [row.number for row in opened.documents("SalesInvoices")] == first
    return first


PACKED = {
    "XML": CONTENT,
    "a ZIP": zipped(("saft.xml", CONTENT)),
    "a ZIP that is not packed": zipped(("saft.xml", CONTENT), method=zipfile.ZIP_STORED),
    "a ZIP with more in it": zipped(
        ("a/", b""), ("a/SAFT.XML", CONTENT), ("a/read me.txt", b"?"), ("__MACOSX/a/._SAFT.xml", b"?")
    ),
    "a ZIP of one file of another name": zipped(("saft", CONTENT)),
}


@pytest.mark.parametrize("kind", PACKED)
def test_a_file_is_read_from_anywhere(kind: str, tmp_path: Path) -> None:
    content = PACKED[kind]
    path = tmp_path / "saft"
    path.write_bytes(content)
    expected = ["FT 2026/1", "FT 2026/2"]
    assert numbers(content) == expected
    assert numbers(Download(content, "application/xml")) == expected
    assert numbers(path) == numbers(str(path)) == expected
    assert numbers(io.BytesIO(content)) == expected
    with path.open("rb") as opened:
        assert numbers(opened) == expected
        assert not opened.closed


def test_an_open_file_is_read_from_where_it_stands() -> None:
    opened = io.BytesIO(b"before it" + CONTENT)
    opened.seek(9)
    assert numbers(opened) == ["FT 2026/1", "FT 2026/2"]


def test_walks_over_a_path_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "saft.xml"
    path.write_bytes(file(sales(*map(document, range(1, 500)))))
    opened = saft_file.read(path)
    both = zip(opened.documents(), opened.documents(), strict=True)
    assert all(one == other for one, other in both)


def test_a_walk_that_is_given_up_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "saft.xml"
    path.write_bytes(CONTENT)
    walk = saft_file.read(path).documents()
    next(walk)
    del walk
    path.unlink()


class Pipe(io.RawIOBase):
    def seekable(self) -> bool:
        return False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return b""


@pytest.mark.parametrize("source", [io.StringIO("<AuditFile/>"), Pipe(), None, 7, [CONTENT]])
def test_what_cannot_be_read_twice_as_bytes_is_refused(source: Any) -> None:
    with pytest.raises(InputError) as caught:
        saft_file.read(source)
    assert caught.value.field == "source"


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        saft_file.read(tmp_path / "none.xml")


@pytest.mark.parametrize("limit", [0, -1, True])
def test_a_limit_is_a_size(limit: int) -> None:
    with pytest.raises(InputError) as caught:
        saft_file.read(CONTENT, limit=limit)
    assert caught.value.field == "limit"


@pytest.mark.parametrize("kind", ["XML", "a ZIP"])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(kind: str) -> None:
    assert numbers(PACKED[kind], limit=len(CONTENT)) == ["FT 2026/1", "FT 2026/2"]
    with pytest.raises(SaftFileError, match=f"larger than {len(CONTENT) - 1} bytes"):
        saft_file.read(PACKED[kind], limit=len(CONTENT) - 1)


def bomb(claimed: int | None = None) -> bytes:
    """64 MB of blanks in 64 KB; `claimed` is the size stated in the archive."""
    content = zipped(("saft.xml", b"<AuditFile>" + b" " * (64 << 20)))
    if claimed is None:
        return content
    real = ((64 << 20) + len(b"<AuditFile>")).to_bytes(4, "little")
    assert content.count(real) == 2
    return content.replace(real, claimed.to_bytes(4, "little"))


@pytest.mark.parametrize("claimed", [None, 1000])
def test_a_zip_bomb_goes_off_at_the_limit(claimed: int | None) -> None:
    source = bomb(claimed)
    tracemalloc.start()
    try:
        with pytest.raises(SaftFileError, match=r"larger than 1048576 bytes|cannot be read"):
            saft_file.read(source, limit=1 << 20)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20, "nothing beyond the limit is unpacked"
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (zipped(("a.xml", CONTENT), ("b.xml", CONTENT)), "one XML file in the ZIP archive, got 2"),
        (zipped(), "PK"),
        (zipped(("a/", b"")), "one XML file in the ZIP archive, got 0"),
        (zipped(("a.xml", CONTENT), method=zipfile.ZIP_BZIP2), "packed by method 12"),
        (zipped(("a.xml", CONTENT), method=zipfile.ZIP_LZMA), "packed by method 14"),
        (zipped(("a.zip", zipped(("a.xml", CONTENT)))), "begins with 'PK"),
        (zipped(("a.xml", CONTENT))[:-30], "cannot be read"),
        (b"PK\x03\x04", "cannot be read"),
        (zipped(("a.xml", CONTENT)).replace(b"\x08\x00", b"\x07\x00"), "packed by method 7"),
    ],
)
def test_a_zip_that_holds_no_file_is_refused(archive: bytes, message: str) -> None:
    with pytest.raises(SaftFileError, match=message):
        saft_file.read(archive)


def test_an_encrypted_zip_is_refused() -> None:
    archive = bytearray(zipped(("a.xml", CONTENT)))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SaftFileError, match="encrypted"):
        saft_file.read(bytes(archive))


def test_a_zip_whose_content_was_changed_is_refused() -> None:
    archive = zipped(("a.xml", CONTENT), method=zipfile.ZIP_STORED)
    with pytest.raises(SaftFileError, match="CRC"):
        saft_file.read(archive.replace(b"12.30", b"92.30"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4", "begins with '%PDF"),
        (b"hello", "begins with 'hello'"),
        (b"<!DOCTYPE html><html></html>", "DOCTYPE"),
        (b"<html><body>Not found</body></html>", "root is 'html'"),
        (b"<?xml version='1.0'?><Invoice/>", "root is 'Invoice'"),
        (b"<auditfile/>", "root is 'auditfile'"),
        (b"<AuditFiles/>", "root is 'AuditFiles'"),
        (b'{"message": "no"}', "begins with"),
        (gzip.compress(CONTENT, mtime=0), "begins with"),
        (bz2.compress(CONTENT), "begins with"),
        (b"\xff\xfe\x00\x00<\x00\x00\x00", "begins with"),
        (bytes(range(0x80, 0xE0)), "begins with"),
    ],
    ids=repr,
)
def test_what_is_no_saft_file_says_so(content: bytes, message: str) -> None:
    with pytest.raises(SaftFileError, match=message) as caught:
        saft_file.read(content)
    assert isinstance(caught.value, InvoiceXpressError)


@pytest.mark.parametrize("cut", range(20, len(CONTENT) - 1, 97))
def test_a_file_that_is_cut_short_is_refused_before_anything_is_given(cut: int) -> None:
    with pytest.raises(SaftFileError):
        saft_file.read(CONTENT[:cut])


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (CONTENT.replace(b"</Line>", b"</Lime>", 1), r"line 2: .*mismatch"),
        (CONTENT.replace(b"FT 2026/1", b"\n\nA & B"), "line 4"),
        (CONTENT + b"more", "Extra content"),
        (CONTENT + CONTENT, "XML"),
    ],
)
def test_what_is_not_well_formed_says_where(broken: bytes, message: str) -> None:
    with pytest.raises(SaftFileError, match=message):
        saft_file.read(broken)


def test_an_unknown_section_is_refused_at_once() -> None:
    opened = saft_file.read(CONTENT)
    unknown: Any = "Invoices"
    with pytest.raises(InputError) as caught:
        opened.documents(unknown)
    assert caught.value.field == "sections"
