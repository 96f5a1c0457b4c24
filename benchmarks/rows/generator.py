"""`make generate` against the stock generator of the same version, on the same contract."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ..environments import FOLDER, ROOT, clean
from ..figures import Rounds

COPIED = ("openapi.yaml", "openapi.concrete.yaml", "generator-config.yaml", "overlays", "generated")
"""What the generator reads and writes: it runs in a copy, and changes no file of this tree."""


def generate(quick: bool) -> Mapping[str, Rounds]:
    """Seconds of each generator, formatting by ruff included in both."""
    tree = FOLDER / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tree / name)
    programs = Path(sys.executable).parent
    variables = {**clean(), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    ours_in = {**variables, "PYTHONPATH": f"{tree / 'overlays'}{os.pathsep}{tree / 'generated'}"}
    stock = FOLDER / "stock"

    def ours() -> None:
        _run([sys.executable, "-m", "generator"], tree, ours_in)

    def theirs() -> None:
        shutil.rmtree(stock, ignore_errors=True)
        contract = str(ROOT / "openapi.concrete.yaml")
        command = [str(programs / "openapi-python-client"), "generate", "--path", contract]
        _run([*command, "--output-path", str(stock)], FOLDER, variables)

    subject: list[float] = []
    reference: list[float] = []
    for number in range((1 if quick else 5) + 1):
        values = (_timed(ours), _timed(theirs))
        if number:  # the first round fills the caches
            subject.append(values[0])
            reference.append(values[1])
    return {"generate": Rounds(subject, reference)}


def _run(command: list[str], folder: Path, variables: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True)


def _timed(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
