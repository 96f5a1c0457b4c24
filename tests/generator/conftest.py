"""Fixtures for the generator's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .support import Builder


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Generates and imports packages from contracts of a few lines."""
    builder = Builder(tmp_path_factory.mktemp("contracts"))
    yield builder
    builder.unload()
