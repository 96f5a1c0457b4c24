"""The files that `make demo` leaves behind open, and hold what it printed."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from tests import saft_schema

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, str(DEMO), "--output", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "printed.txt").write_text(done.stdout)
    return folder


def only(folder: Path, pattern: str) -> bytes:
    (found,) = folder.glob(pattern)
    assert str(found) in (folder / "printed.txt").read_text()
    return found.read_bytes()


def test_a_pdf(folder: Path) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(only(folder, "*.pdf"))).pages)
    for words in (
        "FT DEMO/1",
        "Livraria Fictícia, Lda",
        "710,68",
        "ATCUD:EMU",
        "NIF: 599999977",
        "4000-123 Porto",
    ):
        assert words in text


def test_a_saft_file(folder: Path) -> None:
    content = only(folder, "*.xml")
    assert saft_schema.errors(content) == []
    root = etree.fromstring(content)
    numbers = [found.text for found in root.iterfind(".//{*}InvoiceNo")]
    receipts = [found.text for found in root.iterfind(".//{*}PaymentRefNo")]
    assert (sorted(map(str, numbers)), receipts) == (["FR DEMO/1", "FT DEMO/1"], ["RG DEMO/1"])
