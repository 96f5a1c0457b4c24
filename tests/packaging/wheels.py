"""Builds wheels, and environments that hold one wheel and only its requirements.

Environments are filled without a network: exactly the wheel's requirements are copied from the distributions
installed here, file by file from their records.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

ROOT: Final = Path(__file__).resolve().parents[2]


def build_wheel(source: Path, folder: Path) -> Path:
    """Builds the wheel of a tree, with the build tools installed here."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


def closure(name: str, extras: frozenset[str], *more: str) -> set[str]:
    """A distribution's requirements, without itself, plus `more` and their requirements."""
    found = set(more)
    waiting = [(name, extras), *((each, frozenset[str]()) for each in more)]
    while waiting:
        current, wanted = waiting.pop()
        for text in distribution(current).requires or ():
            requirement = Requirement(text)
            environments = [{"extra": extra} for extra in (wanted or {""})]
            if requirement.marker and not any(map(requirement.marker.evaluate, environments)):
                continue
            if requirement.name.lower() not in found:
                found.add(requirement.name.lower())
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return found


def environment(folder: Path, wheel: Path, extras: frozenset[str], *more: str) -> Path:
    """Makes an environment of the wheel, its requirements and `more`; returns its interpreter."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    for name in closure("invoicexpress", extras, *more):
        for file in distribution(name).files or ():
            source = Path(str(file.locate()))
            if ".." not in file.parts and source.is_file() and source.suffix != ".pyc":
                target = site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return folder / "bin" / "python"
