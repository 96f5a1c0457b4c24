"""Every source cited in the project has a row in docs/sources.md, and every row is cited."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests import citations
from tests.citations import Collected, Row

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = """
| label | what it is | where | when | what was taken from it |
| --- | --- | --- | --- | --- |
| `acme 2024-05` | a client | acme.example | 2024-05 | texts |
| `Portaria 1/2020` | an order | the gazette | 2020 | numbers |
| `assumed` | a guess of ours | - | - | the rest |
"""
ACME: Final = "acme 2024-05"
LABELS: Final = frozenset(row.label for row in citations.rows(PAGE))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return citations.rows((ROOT / citations.PAGE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tree() -> Collected:
    return citations.collect(ROOT)


class TestThisProject:
    def test_every_label_has_a_row(self, tree: Collected, rows: list[Row]) -> None:
        assert citations.unknown(tree, [row.label for row in rows]) == []

    def test_every_row_is_cited(self, tree: Collected, rows: list[Row]) -> None:
        assert citations.uncited(tree, [row.label for row in rows]) == []

    def test_every_row_says_all_that_it_should(self, rows: list[Row]) -> None:
        assert len({row.label for row in rows}) == len(rows)
        assert [row.label for row in rows if len(row.cells) != 4 or not all(row.cells)] == []

    def test_every_kind_of_place_was_read(self, tree: Collected) -> None:
        """Fails when a kind of place moves out of reach of the search."""
        entries = [each.path for each in tree.entries]
        for name, least in (
            ("openapi.yaml", 70), ("docs/emulator-ledger.md", 600), ("verify/finding.py", 25),
            ("vat_rates.py", 10), ("countries.csv", 200), ("exemptions.csv", 30), ("examples/observed/", 100),
            ("examples/documented/", 150), ("observed_facts/", 150), ("accepted_deviations.py", 30),
        ):  # read by rows # fmt: skip
            assert sum(name in path for path in entries) >= least, name
        for folder in ("emulator/", "overlays/", "tests/", "docs/"):
            assert any(each.path.startswith(folder) for each in tree.prose), folder


LEDGER: Final = """
| operation | evidence | source |
| --- | --- | --- |
| `listThings` | observed | {} (wire: observed) |
"""
ROWS: Final = """
class Row(NamedTuple):
    name: str
    source: str

TABLE = (Row("a", "{}"), Row(name="b", source="assumed"))
"""
PLACES: Final = {
    "x-source": ("openapi.yaml", "paths: {{/a: {{get: {{x-source: '{}'}}}}}}"),
    "a description": ("openapi.yaml", "info: {{description: 'So it is ({}).'}}"),
    "a comment of YAML": ("openapi.yaml", "# So it is ({}).\nopenapi: 3.1.0"),
    "the ledger": ("docs/ledger.md", LEDGER),
    "a page": ("docs/page.md", "So it is\n({}).\n"),
    "a table of CSV": ("overlays/deep/table.csv", 'code,source\nA,"{}"\n'),
    "an example": ("tests/examples/a.json", '{{"source": "{}"}}'),
    "a table of Python": ("emulator/deep/er/rows.py", ROWS),
    "a template": ("overlays/deep/model.jinja", "{{# So it is ({}). #}}"),
    "a docstring": ("overlays/deep/a.py", 'def a() -> None:\n    """So it is ({})."""\n'),
    "a docstring of a constant": ("overlays/deep/a.py", 'A = 1\n"""So it is\n({}).\n"""\n'),
    "a comment": ("tests/deep/test_a.py", "a = 1  # so it is ({})\n"),
    "a longer comment": ("tests/deep/test_a.py", "a = 1\n# So it is, but\n# ({}) is not.\n"),
}
"""Where a citation may stand: a file, and its text with a place for the citation."""


def collected(root: Path, place: str, citation: str) -> Collected:
    name, text = PLACES[place]
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(citation), encoding="utf-8")
    return citations.collect(root)


@pytest.mark.parametrize("place", PLACES)
class TestEveryPlace:
    def test_a_label_is_known(self, place: str, tmp_path: Path) -> None:
        found = collected(tmp_path, place, ACME)
        assert citations.unknown(found, LABELS) == []
        assert ACME not in citations.uncited(found, LABELS)

    @pytest.mark.parametrize("made_up", ["acme 2024-06", "apex 2024-05", "Portaria 2/2020"])
    def test_a_made_up_label_is_found(self, place: str, made_up: str, tmp_path: Path) -> None:
        found = collected(tmp_path, place, made_up)
        assert [each for each in citations.unknown(found, LABELS) if made_up in each]

    def test_a_row_that_is_not_cited_is_found(self, place: str, tmp_path: Path) -> None:
        assert "Portaria 1/2020" in citations.uncited(collected(tmp_path, place, ACME), LABELS)


class TestGrammar:
    @pytest.mark.parametrize(
        "entry",
        [
            "acme 2024-05",
            "acme 2024-05; Portaria 1/2020, art. 3",
            "acme 2024-05 (a list; of two); Portaria 1/2020: the number",
            "acme 2024-05; assumed: as others do; and so on",
            "assumed",
        ],
    )
    def test_an_entry(self, entry: str) -> None:
        assert citations.wrong_in_entry(entry, LABELS) == []

    @pytest.mark.parametrize(
        ("entry", "wrong"),
        [
            ("", [""]),
            ("acme", ["acme"]),
            ("acme 2024", ["acme 2024"]),
            ("acme 2024-05 as well", ["acme 2024-05 as well"]),
            ("acme 2024-05, acme 2024-05; the page", ["the page"]),
            ("acme 2024-05;Portaria 1/2020;", [""]),
            ("several clients; acme 2024-05", ["several clients"]),
            ("that it holds is assumed", ["that it holds is assumed"]),
        ],
    )
    def test_what_is_no_entry(self, entry: str, wrong: list[str]) -> None:
        assert citations.wrong_in_entry(entry, LABELS) == wrong

    @pytest.mark.parametrize(
        "text",
        [
            "As acme 2024-05 has it (Portaria 1/2020, art. 3), since 2023; it worked in May 2022.",
            "Of 2024-05-01, before 2026-07; /acme/2024.json; github.com/acme/client.",
            "An A4 page.",
        ],
    )
    def test_prose(self, text: str) -> None:
        assert citations.wrong_in_prose(text, LABELS) == []

    @pytest.mark.parametrize(
        "text",
        [
            "As acme has it.",
            "As Acme 2024-05 has it.",
            "As acme 2024 has it.",
            "As recorded 1999, or recorded 2018.",
            "The law (Portaria, art. 3).",
            "The law (Portaria 1/2021).",
            "So it is (docs: lists).",
            "So it is (observed: lists).",
            "So it is (observed).",
            "So it is (section A4).",
            "So it is (A9), or C17 of the contradictions.",
            "So it is (observed.md).",
            "So it is (api 12).",
        ],
    )
    def test_what_prose_may_not_say(self, text: str) -> None:
        assert citations.wrong_in_prose(text, LABELS)

    def test_a_string_names_a_source_with_its_date(self) -> None:
        assert citations.wrong_in_string("it answers 500, acme 2024-05", LABELS) == []
        assert citations.wrong_in_string("it answers 500 (acme)", LABELS)
