"""The wheel, and an environment with it and the emulator: built once, since that takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from .wheels import ROOT, build_wheel, environment


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the current tree."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and the extra `emulator`."""
    return environment(tmp_path_factory.mktemp("fresh") / "venv", wheel, frozenset({"emulator"}))
