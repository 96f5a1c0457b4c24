"""The examples of README.md and docs/ run unchanged against the emulator."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import pytest
from _pytest.mark.structures import ParameterSet
from invoicexpress import InvoiceXpress

from tests import page_examples
from tests.cli.warm_commands import CALL
from tests.page_examples import ROOT, Block, Program

from .conftest import Account

PROGRAMS: Final = page_examples.programs()
PATIENCE: Final = 60.0


SHELL: Final = [
    pytest.param("\n".join(block.text for block in of_page), id=page)
    for page, of_page in groupby(
        (each for each in page_examples.blocks() if each.language == "sh" and each.runs),
        key=lambda block: block.page,
    )
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """An example may turn on the log."""
    logger = logging.getLogger("invoicexpress")
    level = logger.level
    yield
    logger.setLevel(level)


@pytest.fixture
def surroundings(account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account in the environment, and an empty folder to work in."""
    monkeypatch.setenv("INVOICEXPRESS_ACCOUNT", account.name)
    monkeypatch.setenv("INVOICEXPRESS_API_KEY", account.api_key)
    monkeypatch.setenv("INVOICEXPRESS_BASE_URL", account.base_url)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def test_there_is_something_to_run() -> None:
    assert len(PROGRAMS) > 30
    assert len({program.page for program in PROGRAMS}) > 15
    assert len(SHELL) >= 2


def named(programs: Iterable[Program]) -> list[ParameterSet]:
    return [pytest.param(each, id=each.name) for each in programs]


BY_PAGE: Final = [
    pytest.param([*of_page], id=page)
    for page, of_page in groupby(
        (each for each in PROGRAMS if "from_env" in each.text), key=lambda program: program.page
    )
]


@pytest.mark.parametrize("programs", BY_PAGE)
def test_the_programs_of_a_page_run(programs: list[Program], surroundings: Path) -> None:
    """In one account, from the top of the page, as a reader runs them."""
    for program in programs:
        execute(program)
        if '.save("invoice.pdf")' in program.text:
            assert (surroundings / "invoice.pdf").read_bytes().startswith(b"%PDF-")
            with InvoiceXpress.from_env() as ix:
                assert ix.invoices.list(status=["final"]).first() is not None


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the command `invoicexpress`, which forks from a process that has loaded it."""
    folder = tmp_path_factory.mktemp("bin")
    path = str(folder / "socket")
    program = folder / "invoicexpress"
    program.write_text(CALL.format(python=sys.executable, path=path), "utf-8")
    program.chmod(0o755)
    serving = subprocess.Popen([sys.executable, "-m", "tests.cli.warm_commands", path], cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE
        while not Path(path).exists():
            assert serving.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield folder
    finally:
        serving.kill()
        serving.wait()


@pytest.mark.parametrize("script", SHELL)
def test_the_shell_blocks_of_a_page_run(
    script: str, surroundings: Path, commands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "curl " in script and shutil.which("curl") is None:
        pytest.skip("needs curl")
    monkeypatch.setenv("PATH", f"{commands}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(surroundings))
    monkeypatch.setenv("INVOICEXPRESS_CONFIG", str(surroundings / "settings" / "config.toml"))
    run(["bash", "-euo", "pipefail", "-xc", script])


@pytest.mark.parametrize("program", named(each for each in PROGRAMS if "from_env" not in each.text))
def test_a_program_that_needs_no_account_runs(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts an emulator of its own, or none."""
    monkeypatch.chdir(tmp_path)
    if "\ndef test_" in program.text:
        (tmp_path / "test_block.py").write_text(program.text, "utf-8")
        arguments = ["-p", "no:cacheprovider", "-q", "--strict-markers", "test_block.py"]
        run([sys.executable, "-W", "error", "-m", "pytest", *arguments])
    else:
        execute(program)


def execute(program: Program) -> None:
    exec(compile(program.text, program.page, "exec"), {"__name__": "__main__"})  # noqa: S102 a page of ours


NODE: Final = [each for each in page_examples.blocks() if each.language == "js" and each.runs]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("block", [pytest.param(each, id=f"{each.page}:{each.line}") for each in NODE])
def test_a_program_of_node_runs(block: Block, surroundings: Path) -> None:
    (surroundings / "block.mjs").write_text(block.text, "utf-8")
    run(["node", "block.mjs"])


def run(arguments: list[str]) -> None:
    """Runs a program in the present folder and environment."""
    finished = subprocess.run(
        arguments, capture_output=True, stdin=subprocess.DEVNULL, text=True, check=False, timeout=PATIENCE
    )
    assert finished.returncode == 0, finished.stderr[-3000:] + finished.stdout[-3000:]
