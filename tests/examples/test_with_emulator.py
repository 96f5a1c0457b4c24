"""The program that gives a command an emulator: variables, options, and the command's exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from examples.with_emulator import main

from .running import DEADLINE, EXAMPLES, ROOT, command_of, environment, needs, words_of

COUNTS: Final = """
import sys
from invoicexpress import InvoiceXpress
with InvoiceXpress.from_env() as ix:
    print(ix.documents.list().total())
sys.exit(7)
"""


def outcome(*words: str) -> tuple[int, str]:
    """Exit status and output of a command. An address in the shell leads nowhere, and must not count."""
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=environment({"INVOICEXPRESS_BASE_URL": "http://127.0.0.1:9"}),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_company_and_the_exit_status() -> None:
    launcher = str(EXAMPLES / "with_emulator.py")
    code, said = outcome(sys.executable, launcher, "--company", sys.executable, "-c", COUNTS)
    assert code == 7
    assert int(said) > 100


def test_the_command_of_the_node_script(tmp_path: Path) -> None:
    needs("node")
    _, words = words_of(command_of("invoice.mjs"))
    code, said = outcome(*words[:-1], str(tmp_path))
    assert (code, said) == (0, f"FT DEMO/1: 30.00 EUR\n{tmp_path / 'FT DEMO-1.pdf'}\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["examples/month_end.py", "--fast"], "put `python` before it: python examples/month_end.py --fast"),
        (["examples/invoice.mjs"], "put `node` before it: node examples/invoice.mjs"),
        (["examples/no_such.py"], "there is no program examples/no_such.py; activate the environment"),
        (["no-such-program"], "there is no program no-such-program; activate the environment"),
    ],
)
def test_a_command_that_is_no_program(
    command: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
