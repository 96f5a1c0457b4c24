"""Python of a logged request can be run, or there is none."""

from __future__ import annotations

import ast
import json

import pytest
from invoicexpress_emulator.control.python_code import python_of
from invoicexpress_emulator.http.request_log import LogEntry


def logged(day: str) -> LogEntry:
    body = json.dumps({"invoice": {"date": day, "items": []}})
    return LogEntry("POST", "/invoices.json", "", body=body.encode())


@pytest.mark.parametrize(
    ("day", "code"), [("28/02/2026", "date(2026, 2, 28)"), ("2026-02-28", "date(2026, 2, 28)"), ("x", '"x"')]
)
def test_a_date_is_one_of_python(day: str, code: str) -> None:
    made = python_of(logged(day))
    assert made is not None
    ast.parse(made)
    assert f"date={code}" in made


@pytest.mark.parametrize("day", ["31/02/2026", "2026-13-01", "00/01/2026", "31/02/2026 10:00:00"])
def test_no_call_sends_a_date_that_the_calendar_lacks(day: str) -> None:
    """`date(2026, 2, 31)` would fail before anything is sent."""
    assert python_of(logged(day)) is None
