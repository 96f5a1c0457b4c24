"""The examples of README.md and docs/: run by the tests, read by the type checkers.

`python -m tests.page_examples FOLDER` writes each Python program into a file of its own.

A Python block that begins with an import starts a program; any other continues the one above it. Shell and
JavaScript run too. A comment above a block says why it does not, or which test runs it:

    <!-- not run: it needs Docker -->
    <!-- run by tests/contract/test_demo.py -->
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
GENERATED: Final = frozenset(
    {"docs/api.md", "docs/benchmarks.md", "docs/emulator-ledger.md", "docs/errors.md", "docs/faults.md"}
)
"""Pages that a program writes."""
SHELL_RUN_BY: Final = {
    "docs/billing.md": "tests/cli",
    "docs/command-line.md": "tests/cli",
    "docs/many-machines.md": "tests/billing",
}
"""Pages whose shell blocks all run elsewhere, one after the other; the folder of that test."""

_BLOCK: Final = re.compile(
    r"(?:^<!-- (?P<mark>.+?) -->\n\n?)?^```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A block of code on a page."""

    page: str
    """Path in the repository: `docs/start.md`."""
    line: int
    language: str
    text: str
    mark: str
    """The comment above it, or nothing."""

    @property
    def runs(self) -> bool:
        """Whether tests/contract/test_pages.py runs it."""
        elsewhere = self.language == "sh" and self.page in SHELL_RUN_BY
        return not elsewhere and not self.mark.startswith(("not run:", "run by "))


class Program(NamedTuple):
    """Blocks of Python that run as one program."""

    page: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """A name for a module: `recipes_refund_1`."""
        return (
            re.sub(r"\W", "_", self.page.removeprefix("docs/").removesuffix(".md").lower())
            + f"_{self.number}"
        )


def pages() -> list[str]:
    """The pages, as paths in the repository: README.md, CONTRIBUTING.md, and all of docs/."""
    found = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    return ["README.md", "CONTRIBUTING.md", *found]


def blocks() -> Iterator[Block]:
    """Every block of code, page by page."""
    for page in pages():
        text = (ROOT / page).read_text("utf-8")
        for found in _BLOCK.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(page, line, found["language"], found["text"], found["mark"] or "")


def programs() -> list[Program]:
    """The Python programs, page by page."""
    found: list[Program] = []
    for block in blocks():
        if block.language != "python" or not block.runs:
            continue
        last = found[-1] if found and found[-1].page == block.page else None
        if last is not None and not block.text.startswith(("import ", "from ")):
            found[-1] = last._replace(text=f"{last.text}\n\n{block.text}")
        else:
            found.append(Program(block.page, last.number + 1 if last else 1, block.text))
    return found


def write_examples(folder: Path) -> list[Path]:
    """Writes `readme_1.py` and so on into a folder, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for program in programs():
        path = folder / f"{program.name}.py"
        path.write_text(program.text, "utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    shutil.rmtree(chosen, ignore_errors=True)
    write_examples(chosen)
