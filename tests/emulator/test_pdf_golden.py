"""Pages look as they did when somebody looked at them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from invoicexpress_emulator.pdf import frame, notes, parties, summary
from invoicexpress_emulator.pdf.frame import Page
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader, PdfWriter

from . import golden_pdf
from .golden_pdf import CASES, CELL_TOLERANCE, FOLDER

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

RENEW = "python -m tests.emulator.golden_pdf"
LARGEST_FOLDER = 400 * 1024


def goldens(name: str) -> list[Picture]:
    found: list[Picture] = []
    for path in golden_pdf.golden_files(name):
        with Image.open(path) as picture:
            found.append(picture.convert("L"))
    return found


def differences(actual: list[Picture], golden: list[Picture]) -> list[float]:
    """How much the strangest cell of each page differs."""
    return [golden_pdf.strangest_cell(*pair)[0] for pair in zip(actual, golden, strict=True)]


@pytest.mark.parametrize("name", CASES)
def test_pages_are_those_of_the_golden_pictures(name: str, tmp_path: Path) -> None:
    actual, golden = golden_pdf.seen(golden_pdf.printed(name)), goldens(name)
    complaints: list[str] = []
    for number, (mine, theirs) in enumerate(zip(actual, golden, strict=True), 1):
        worst, (left, top) = golden_pdf.strangest_cell(mine, theirs)
        if worst > CELL_TOLERANCE:
            mine.save(tmp_path / f"{name}-{number}-actual.png")
            ImageChops.difference(mine, theirs).save(tmp_path / f"{name}-{number}-difference.png")
            complaints.append(f"page {number} by {worst:.0f} at {left},{top}")
    assert not complaints, (
        f"{name} differs from its picture: {'; '.join(complaints)}. See {tmp_path}; if it is right, `{RENEW}`"
    )


def test_every_picture_belongs_to_a_case() -> None:
    kept = {path for name in CASES for path in golden_pdf.golden_files(name)}
    assert kept == set(FOLDER.glob("*"))
    assert sum(path.stat().st_size for path in kept) < LARGEST_FOLDER


def with_other_text(content: bytes, old: str, new: str) -> bytes:
    """Return a file of one page with one piece of its text replaced by another."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    (page,) = writer.pages
    contents = page.get_contents()
    assert contents is not None
    before, after = old.encode("cp1252"), new.encode("cp1252")
    assert contents.get_data().count(before) == 1
    contents.set_data(contents.get_data().replace(before, after))
    page.replace_contents(contents)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def softer(page: Picture) -> Picture:
    return Image.blend(page, page.filter(ImageFilter.GaussianBlur(1)), 0.1)


def paler(page: Picture) -> Picture:
    return golden_pdf.shaded(page, [round(255 * (shade / 255) ** 0.9) for shade in range(256)])


@pytest.fixture(scope="module")
def invoice() -> bytes:
    return golden_pdf.printed("invoice_in_english")


class TestTheComparison:
    """A golden picture is worth what it finds."""

    def test_the_same_file_is_no_different(self, invoice: bytes) -> None:
        assert differences(golden_pdf.seen(invoice), golden_pdf.seen(invoice)) == [0]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("11,406.16", "11,406.10"),
            ("10,536.87", "10,586.87"),
            ("75.00", "76.00"),
            ("Customer code: FWL", "Customer code: FVL"),
            ("Gross amount", "Gross anount"),
            ("20 Dec 2026", "20 Dec 2028"),
            ("0% M05", "0% M06"),
            ("Original", "Orig nal"),
            ("Page 1 of 1", "Page 1 of 7"),
        ],
    )
    def test_one_character_is_found(self, invoice: bytes, old: str, new: str) -> None:
        changed = golden_pdf.seen(with_other_text(invoice, old, new))
        assert differences(changed, golden_pdf.seen(invoice))[0] > CELL_TOLERANCE

    @pytest.mark.parametrize(
        ("module", "measure"),
        [(frame, "TOP"), (parties, "_LABEL"), (summary, "_TOTALS_LEFT"), (notes, "_QR_ATCUD")],
        ids=["all", "facts", "totals", "atcud"],
    )
    def test_a_quarter_of_a_millimetre_is_found(
        self, monkeypatch: pytest.MonkeyPatch, module: ModuleType, measure: str
    ) -> None:
        monkeypatch.setattr(module, measure, getattr(module, measure) + 0.25)
        moved = golden_pdf.seen(golden_pdf.printed("receipt"))
        assert differences(moved, goldens("receipt"))[0] > CELL_TOLERANCE

    def test_a_missing_box_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nothing(page: Page) -> None:
            """Draw none."""

        monkeypatch.setattr(notes, "draw", nothing)
        assert (
            differences(golden_pdf.seen(golden_pdf.printed("receipt")), goldens("receipt"))[0]
            > CELL_TOLERANCE
        )

    @pytest.mark.parametrize("smoothed", [softer, paler])
    def test_another_smoothing_of_edges_is_let_be(
        self, invoice: bytes, smoothed: Callable[[Picture], Picture]
    ) -> None:
        (page,) = golden_pdf.seen(invoice)
        assert 1 < differences([smoothed(page)], [page])[0] <= CELL_TOLERANCE
