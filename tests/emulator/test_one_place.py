"""The SQL of documents and the lists of document types each live in one place only."""

from __future__ import annotations

import re
from pathlib import Path

import invoicexpress_emulator
import pytest
from invoicexpress_emulator.fiscal.document_types import DOCUMENT_TYPES, SERIES_ROWS
from invoicexpress_emulator.profiles.documented import DOCUMENTED
from invoicexpress_emulator.profiles.observed import OBSERVED
from invoicexpress_emulator.profiles.profile import Profile
from invoicexpress_emulator.verify import finding

PACKAGE = Path(invoicexpress_emulator.__file__).parent

SQL_OF_DOCUMENTS = re.compile(
    r"\b(FROM|JOIN|INTO|UPDATE|ON) (documents|document_lines|deliveries|payments|outbox)\b(?! import)"
)
READERS = {
    "books.documents.rows": "reads and writes documents",
    "books.documents.payment_rows": "payments, and what receipts and notes do to a document",
    "books.documents.counting": "counts documents",
    "books.documents.saft_rows": "what SAF-T reports of them",
    "books.documents.outbox": "e-mails with them",
    "books.documents.filters": "turns a list's query into a WHERE clause",
    "books.documents.lists": "finds a page of a list",
    "books.documents.tallies": "how many there are of each kind",
    "books.documents.figures": "the sums of the dashboard's overview",
    "books.catalogue.items.rows": "an item on a line keeps its name",
    "books.clients.rows": "drafts follow their client",
    "storage.schema": "makes the tables",
    "storage.migrations": "changes the tables",
    "control.snapshots": "counts the rows of an image",
}
"""Modules with SQL of documents, and why; `verify` reads stored rows on its own, as an auditor does."""


def modules() -> dict[str, str]:
    """Return the text of every module by its dotted name inside the package."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
    }


def test_one_room_has_the_sql_of_documents() -> None:
    found = {name for name, text in modules().items() if SQL_OF_DOCUMENTS.search(text)}
    assert {name for name in found if not name.startswith("verify.")} == READERS.keys()


def test_end_points_have_no_sql() -> None:
    api = {
        name: text for name, text in modules().items() if name.startswith("books.") and name.endswith(".api")
    }
    assert len(api) == 7
    assert [name for name, text in api.items() if ".execute" in text] == []


def test_every_rule_of_verify_is_listed_and_used_by_a_check() -> None:
    rules = {name: value for name, value in vars(finding).items() if isinstance(value, finding.Rule)}
    assert set(rules.values()) == {*finding.RULES, *finding.WARNINGS}
    checks = "".join(
        text
        for name, text in modules().items()
        if name.startswith("verify.") and name not in {"verify.finding", "verify.__init__"}
    )
    assert [name for name in rules if not re.search(rf"Flaw\(\s*{name}\b", checks)] == []


class TestSeriesRows:
    def test_every_type_has_a_row_of_its_own(self) -> None:
        offsets = [row.offset for row in SERIES_ROWS]
        assert offsets == list(range(len(DOCUMENT_TYPES) + 1))  # cash invoices have a row but no type
        assert {row.root for row in SERIES_ROWS} == {row.root for row in DOCUMENT_TYPES} | {"cash_invoice"}

    def test_the_observed_wire_shows_every_type_once(self) -> None:
        assert sorted(OBSERVED.series_rows) == sorted(row.root for row in DOCUMENT_TYPES)

    @pytest.mark.parametrize("profile", [OBSERVED, DOCUMENTED], ids=["observed", "documented"])
    def test_no_wire_shows_a_type_that_is_not_in_the_table(self, profile: Profile) -> None:
        assert set(profile.series_rows) <= {row.root for row in DOCUMENT_TYPES}
        assert len(set(profile.series_rows)) == len(profile.series_rows)
