"""help() of a class shows its fields with their texts, which Python keeps in the source alone."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from invoicexpress import Checks, Totals, reports, saft_file
from invoicexpress.options import Options
from invoicexpress_loading.records import fields_in_help

ROWS = [getattr(reports, name) for name in reports.__all__ if isinstance(getattr(reports, name), type)]
CLASSES = [*ROWS, saft_file.VatRow, saft_file.VatSummary, Checks, Options, Totals]


@pytest.mark.parametrize("kind", CLASSES)
def test_help_shows_each_field_with_its_meaning(kind: Any) -> None:
    shown = inspect.getdoc(kind) or ""
    for name in inspect.get_annotations(kind):
        assert re.search(rf"^    {name} \(.+", shown, re.MULTILINE), name
    assert "Fields:" in shown


@pytest.mark.parametrize("kind", [*ROWS, saft_file.VatRow])
def test_each_field_of_a_report_has_a_meaning(kind: Any) -> None:
    entries = re.split(
        r"^    (?=\w)", (inspect.getdoc(kind) or "").partition("Fields:\n")[2], flags=re.MULTILINE
    )
    assert [
        entry for entry in entries[1:] if not re.match(r"\w+ \([^)]*\): \w|\w+ \(.*\): `?\w", entry)
    ] == []


def test_the_corrected_base_says_that_it_is_part_of_the_base() -> None:
    shown = " ".join((saft_file.VatRow.__doc__ or "").split())
    assert (
        "corrected_base (Decimal): The part of `base` from credit notes and returns, included in it" in shown
    )


def test_a_class_without_source_keeps_its_docstring() -> None:
    @fields_in_help
    class Made:
        """A text."""

    assert Made.__doc__ == "A text."
    assert Made().__doc__ == "A text."
