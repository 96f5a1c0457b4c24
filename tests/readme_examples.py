"""The README's Python examples: run by the tests, read by the type checkers.

`python -m tests.readme_examples FOLDER` writes each into a file of its own.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_BLOCK: Final = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list[str]:
    """The examples, in order."""
    return _BLOCK.findall((ROOT / "README.md").read_text("utf-8"))


def write_examples(folder: Path) -> list[Path]:
    """Writes `readme_1.py` and so on into a folder, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for number, text in enumerate(examples(), start=1):
        path = folder / f"readme_{number}.py"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    shutil.rmtree(chosen, ignore_errors=True)
    write_examples(chosen)
