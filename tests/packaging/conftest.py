"""The wheel, and an environment that has it with the emulator: made once, since making them takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from .wheels import ROOT, build_wheel, environment


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tree as it is."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and the extra `emulator`."""
    return environment(tmp_path_factory.mktemp("fresh") / "venv", wheel, frozenset({"emulator"}))
