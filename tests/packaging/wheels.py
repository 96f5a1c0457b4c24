"""Wheels, and environments that hold one of them and nothing but what it asks for.

An environment is filled without a network: of what is installed here, exactly the distributions that the
wheel asks for are copied, file by file as their records say.
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
    """Builds the wheel of a tree, with the build tools that are installed here."""
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
    """The distributions that one asks for, itself left out, and `more` with what those ask for."""
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
    """An environment with the wheel, what it asks for, `more`, and nothing else. Returns its interpreter."""
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
