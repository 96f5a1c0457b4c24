"""Runs an example by the command in its head."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from invoicexpress_emulator import Emulator

from examples.with_emulator import variables

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLES: Final = ROOT / "examples"
LAUNCHER: Final = "python examples/with_emulator.py "
DEADLINE: Final = 60.0


def command_of(name: str) -> str:
    """The one command in the head of an example, which examples/README.md repeats."""
    head = (EXAMPLES / name).read_text(encoding="utf-8")
    found = re.search(r"^\W*((?:[A-Z_]+=\S+ )*python .+)$", head, re.MULTILINE)
    assert found is not None, name
    assert found[1] in (EXAMPLES / "README.md").read_text(encoding="utf-8"), found[1]
    return found[1]


def words_of(command: str) -> tuple[dict[str, str], list[str]]:
    """The variables and the words of a command, with this interpreter, and programs beside it."""
    words = shlex.split(command)
    settings: dict[str, str] = {}
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        settings[name] = value
    return settings, [sys.executable if word == "python" else word for word in words]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The variables of this process, without an account, with programs beside this interpreter, and more."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INVOICEXPRESS_")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    # A child starts where byte code is kept; without it each would compile the packages anew.
    return {**kept, "PATH": path, "PYTHONUNBUFFERED": "1", **more}


def needs(*programs: str) -> None:
    """Skips a test without these programs, which CI has."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"needs {program}")


def run(name: str, emulator: Emulator, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs the command of an example with other arguments, against an emulator of the test."""
    _, words = words_of(command_of(name).replace(LAUNCHER, ""))
    program, script = [word for word in words if not word.startswith("--")][:2]
    needs(program)
    return subprocess.run(
        [program, script, *arguments],
        cwd=ROOT,
        env=environment({**variables(emulator), **more}),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
