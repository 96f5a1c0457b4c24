"""docs/v1.md cites only names that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import attrs
import invoicexpress
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, reports

PAGE: Final = (Path(__file__).parents[2] / "docs" / "v1.md").read_text("utf-8")
ROWS: Final = [
    [cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*", PAGE, re.M)
]
SPANS: Final = set(re.findall(r"`([^`\n]+)`", PAGE))
NAMED: Final = re.compile(r"[A-Za-z]\w*(?:\.\w+)*")


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_each_method_exists(kind: type[Any]) -> None:
    cited = {span for span in SPANS if span.startswith("ix.") and span.count(".") == 2}
    assert len(cited) > 40
    client = kind("acme", "a-key")
    missing: list[str] = []
    for name in sorted(cited):
        _, space, method = name.split(".")
        if not callable(getattr(getattr(client, space, None), method, None)):
            missing.append(name)
    assert missing == []


def test_each_other_name_exists() -> None:
    cited = {span for span in SPANS if NAMED.fullmatch(span) and not span.startswith("ix")}
    missing = [name for name in sorted(cited) if not is_public(name)]
    assert missing == []
    used = {
        f"reports.{name}" for name in reports.__all__ if callable(getattr(reports, name)) and name.islower()
    }
    assert used - cited <= {"reports.unread", "reports.vat_by_rate"}


def is_public(name: str) -> bool:
    """Whether `invoicexpress` has the name: a module's function, a class's method, or a model's field."""
    first, _, rest = name.partition(".")
    if first not in invoicexpress.__all__:
        return False
    found = getattr(invoicexpress, first)
    if not rest:
        return True
    if isinstance(found, type) and attrs.has(found):
        return rest in {field.name for field in attrs.fields(found)}
    return hasattr(found, rest)


def test_each_row_says_where_it_is_today() -> None:
    entries = ROWS[2:]
    assert len(entries) > 55
    days = [row[0] for row in entries if row[0]]
    assert days == sorted(days, reverse=True)
    for row in entries:
        assert len(row) == 3, row
        assert "`" in row[2] or row[2].startswith("not offered"), row
