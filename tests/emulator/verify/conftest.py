"""The books of a busy account, made once, and a copy for each test to corrupt."""

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
    """The books, made under one profile: they do not depend on the wire."""
    return busy_books(tmp_path_factory.mktemp("books") / "books.db", "observed", caller)


@pytest.fixture
def db(books: Path) -> Iterator[sqlite3.Connection]:
    """An in-memory copy of the books, to corrupt."""
    with closing(sqlite3.connect(books)) as file, closing(sqlite3.connect(":memory:")) as copy:
        file.backup(copy)
        copy.row_factory = sqlite3.Row
        yield copy
