"""Servers for the tests of billing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.billing.servers import Postgres, RedisServer


@pytest.fixture(scope="module")
def shared_postgres() -> Iterator[Postgres]:
    """A server for the tests of a module. Each test that stops it starts it again."""
    running = Postgres()
    try:
        running.start()
        yield running
    finally:
        running.remove()


@pytest.fixture
def postgres(shared_postgres: Postgres) -> Postgres:
    """A server with an empty database."""
    shared_postgres.start()
    shared_postgres.new_database()
    return shared_postgres


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """An empty Redis."""
    running = RedisServer(tmp_path)
    try:
        running.start()
        yield running
    finally:
        running.stop()
