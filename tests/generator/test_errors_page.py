"""docs/errors.md: fresh, and complete."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import invoicexpress
from generator import errors_page
from invoicexpress.errors.service_texts import TEXTS

PAGE: Final = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")


def test_the_committed_page_is_fresh() -> None:
    assert errors_page.page() == PAGE, "run `make api`"


def test_every_exception_has_its_cause_and_remedy() -> None:
    public = {name for name in invoicexpress.__all__ if name.endswith("Error")} - {"InvoiceXpressError"}
    assert public == errors_page.ADVICE.keys()
    assert public == {kind.__name__ for kind in errors_page.exceptions()}
    for name in public:
        assert PAGE.count(f"\n### {name}\n") == 1, name


def test_every_text_of_the_service_is_there() -> None:
    rows = PAGE.partition("## Texts of the service")[2].splitlines()
    assert len([row for row in rows if row.startswith("| `")]) == len(TEXTS)
    signs = [row for row in rows for cell in row.split(" | ")[:1] if set(cell) & set("^?[]\\+*")]
    assert signs == []
