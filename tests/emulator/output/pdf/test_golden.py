"""Pages still look like the golden pictures, which were reviewed by eye."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from invoicexpress_emulator.output.pdf import frame, notes, parties, summary
from invoicexpress_emulator.output.pdf.frame import Page
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader, PdfWriter

from tests.emulator.support import golden_pdf
from tests.emulator.support.golden_pdf import CASES, CELL_TOLERANCE, FOLDER

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

RENEW = "python -m tests.emulator.support.golden_pdf"
LARGEST_FOLDER = 400 * 1024


def goldens(name: str) -> list[Picture]:
    found: list[Picture] = []
    for path in golden_pdf.golden_files(name):
        with Image.open(path) as picture:
            found.append(picture.convert("L"))
    return found


def differences(actual: list[Picture], golden: list[Picture]) -> list[float]:
    """The largest cell difference on each page."""
    return [golden_pdf.strangest_cell(*pair)[0] for pair in zip(actual, golden, strict=True)]


def complaint(name: str, actual: list[Picture], folder: Path) -> str | None:
    """Describe how pages differ from their golden pictures, and save both in a folder; None if they match."""
    golden = goldens(name)
    said = [] if len(actual) == len(golden) else [f"{len(actual)} pages, not {len(golden)}"]
    for number, picture in enumerate(actual, 1):
        worst, (left, top) = 0.0, (0, 0)
        if number <= len(golden):
            worst, (left, top) = golden_pdf.strangest_cell(picture, golden[number - 1])
        if said or worst > CELL_TOLERANCE:
            picture.save(folder / f"{name}-{number}-actual.png")
        if worst > CELL_TOLERANCE:
            difference = ImageChops.difference(picture, golden[number - 1])
            ImageChops.invert(difference).save(folder / f"{name}-{number}-difference.png")
            said.append(f"page {number} by {worst:.0f} around dot {left},{top}")
    if not said:
        return None
    return f"{name} differs from its pictures: {'; '.join(said)}. See {folder}; if that is right, `{RENEW}`."


@pytest.mark.parametrize("name", CASES)
def test_pages_are_those_of_the_golden_pictures(name: str, tmp_path: Path) -> None:
    found = complaint(name, golden_pdf.seen(golden_pdf.printed(name)), tmp_path)
    assert found is None, found


def test_a_difference_is_shown(tmp_path: Path) -> None:
    draft, canceled = goldens("draft"), goldens("canceled")
    found = complaint("draft", canceled, tmp_path)
    assert found is not None
    assert str(tmp_path) in found
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "draft-1-actual.png",
        "draft-1-difference.png",
    ]
    assert complaint("draft", draft, tmp_path) is None
    assert "2 pages, not 1" in str(complaint("draft", draft * 2, tmp_path))


def test_every_picture_belongs_to_a_case() -> None:
    kept = {path for name in CASES for path in golden_pdf.golden_files(name)}
    assert kept == set(FOLDER.glob("*.png"))
    assert sum(path.stat().st_size for path in kept) < LARGEST_FOLDER


def with_other_text(content: bytes, old: str, new: str) -> bytes:
    """Return a one-page file with part of its text replaced."""
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
    """Proves that the comparison catches small changes."""

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
            """Draw nothing in its place."""

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
