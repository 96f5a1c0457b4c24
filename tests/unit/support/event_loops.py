"""Tests on each event loop that the async client knows."""

import pytest

ON_BOTH_LOOPS = pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
"""Runs an async test on asyncio and on trio."""
