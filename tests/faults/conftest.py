"""Emulators for the fault matrix: one set for each worker."""

from collections.abc import Iterator

import pytest

from .run import Runner, quiet


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """Runs cells of the matrix."""
    with Runner() as running:
        yield running


@pytest.fixture
def _quiet() -> Iterator[None]:
    with quiet():
        yield
