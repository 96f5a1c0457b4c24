"""The books of a busy account, made once, and a copy of them for each test to spoil."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.support.busy_books import busy_books


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory, caller: Any) -> Path:
    """Those books under one profile: which wire was spoken does not show in them."""
    return busy_books(tmp_path_factory.mktemp("books") / "books.db", "observed", caller)


@pytest.fixture
def db(books: Path) -> Iterator[sqlite3.Connection]:
    """A copy of those books in memory, to be spoilt."""
    with closing(sqlite3.connect(books)) as file, closing(sqlite3.connect(":memory:")) as copy:
        file.backup(copy)
        copy.row_factory = sqlite3.Row
        yield copy
