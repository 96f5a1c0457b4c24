"""File names derived from a document never leave their folder, whatever the série's name."""

from __future__ import annotations

import json
import ntpath
import posixpath
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress import Download
from invoicexpress.quirks.document_types import DOCUMENT_TYPES
from invoicexpress.quirks.file_names import LONGEST, file_name, name_for, title_of
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_wire import loads

from tests.unit.conftest import PDF, document_json

DEVICES = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"] + [
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
]


def invoice(**changes: Any) -> Invoice:
    return Invoice.from_dict(loads(json.dumps(document_json(**changes)).encode()))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"sequence_number": "28/A", "inverted_sequence_number": "A/28"}, "FT A-28.pdf"),
        ({"sequence_number": "28/A"}, "FT 28-A.pdf"),
        ({"sequence_number": "28/A", "inverted_sequence_number": ""}, "FT 28-A.pdf"),
        ({"type": "CreditNote", "inverted_sequence_number": "2026/3"}, "NC 2026-3.pdf"),
        ({"type": "FeesNote", "inverted_sequence_number": "2026/3"}, "FeesNote 2026-3.pdf"),
        ({"type": "Later/Type", "inverted_sequence_number": "2026/3"}, "Later-Type 2026-3.pdf"),
        ({}, "FT draft 7.pdf"),
        ({"sequence_number": "draft"}, "FT draft 7.pdf"),
        ({"sequence_number": None}, "FT draft 7.pdf"),
        ({"inverted_sequence_number": "../../etc/passwd/1"}, "FT ..-..-etc-passwd-1.pdf"),
        ({"inverted_sequence_number": "Açúcar 2026/1"}, "FT Açúcar 2026-1.pdf"),
    ],
)
def test_a_document_s_file_is_called_like_the_document(changes: dict[str, Any], name: str) -> None:
    assert name_for(invoice(**changes)) == name


def test_a_document_of_which_only_the_id_is_known_has_a_name_too() -> None:
    assert name_for(7) == "document 7.pdf"
    assert name_for(7, "png") == "document 7.png"


def test_each_document_type_has_a_title() -> None:
    titles = {title_of(invoice(type=row.type, inverted_sequence_number="A/1")) for row in DOCUMENT_TYPES}
    assert len(titles) == len(DOCUMENT_TYPES), "two types must not share a name for the same number"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "document"),
        (".", "document"),
        ("..", "document"),
        ("...", "document"),
        (" . ", "document"),
        (".pdf", "document.pdf"),
        ("/", "document"),
        ("..\\..\\evil.pdf", "evil.pdf"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x.pdf", "C-Windows-x.pdf"),
        ("a.pdf:stream.pdf", "a.pdf-stream.pdf"),
        ("-rf.pdf", "rf.pdf"),
        (".bashrc", "document.bashrc"),
        ("a\x00b\nc\td.pdf", "ab c d.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("e\u0301.pdf", "é.pdf"),
        ("a\ud800.pdf", "a.pdf"),
        ("FT  A / 28 .pdf", "FT A - 28.pdf"),
        ("end. ", "end"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("aux .pdf", "_aux.pdf"),
        ("LPT¹.pdf", "_LPT¹.pdf"),
        ("console.pdf", "console.pdf"),
        ("x" * 500 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("€" * 500 + ".pdf", "€" * ((LONGEST - 4) // 3) + ".pdf"),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert file_name(text) == name


nasty = st.sampled_from(
    [
        *'/\\:*?"<>|.- \x00\n\u202e\u200b\u2028\ud800\u0301\uff0f',
        "..",
        "../",
        "é",
        "pdf",
        ".pdf",
        "💶",
        *DEVICES,
    ]
)
texts = st.text() | st.lists(nasty | st.text(max_size=3), max_size=60).map("".join)


@given(texts)
@example("CON.b ")
@example("0 \x1b 0")
@example("0..0\x00")
@example("a/\x1b/b")
@example("a. .pdf")
@example("\u0301.pdf")
def test_any_text_becomes_a_name_that_every_system_takes_as_it_is(text: str) -> None:
    name = file_name(text)
    assert name not in ("", ".", "..")
    assert len(name.encode()) <= LONGEST
    assert unicodedata.normalize("NFC", name) == name
    for flavour in (posixpath, ntpath):
        assert flavour.basename(name) == name
        assert flavour.splitdrive(name) == ("", name)
        assert flavour.normpath(name) == name
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in name)
    assert name[0] not in " .-"
    assert name[-1] not in " ."
    assert name.partition(".")[0].rstrip().upper() not in DEVICES
    assert file_name(name) == name, "naming a name must not change it"


@given(texts)
def test_any_name_is_written_into_its_folder_and_nowhere_else(text: str) -> None:
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer, "inner")
        folder.mkdir()
        saved = Download(PDF, "application/pdf", text).save_in(folder)
        assert saved.parent == folder
        assert list(Path(outer).rglob("*")) == [folder, saved]


@given(texts, texts)
def test_any_document_has_a_name(number: str, kind: str) -> None:
    class Named:
        id = 7
        type = kind
        sequence_number = number
        inverted_sequence_number = None

    assert name_for(Named()).endswith(".pdf")
