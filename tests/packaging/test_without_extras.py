"""The wheel without extras: each part that needs one says which to install, without a traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .wheels import environment

INSTALL = "pip install 'invoicexpress[emulator]'"
SCRIPT = "import sys; from invoicexpress_emulator.__main__ import main; sys.exit(main())"


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and no extra."""
    return environment(tmp_path_factory.mktemp("bare") / "venv", wheel, frozenset())


def run(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([python, "-I", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command", [("-m", "invoicexpress_emulator"), ("-c", SCRIPT)], ids=["module", "script"]
)
def test_the_command_says_what_to_install(bare: Path, command: tuple[str, ...]) -> None:
    done = run(bare, *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("invoicexpress-emulator: the emulator needs ")
    assert done.stderr.endswith(f": {INSTALL}\n")
    assert len(done.stderr.splitlines()) == 1


def test_the_class_says_what_to_install(bare: Path) -> None:
    done = run(bare, "-c", "from invoicexpress_emulator import Emulator")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: the emulator needs ")
    assert last.endswith(INSTALL)


def test_the_client_of_the_control_plane_needs_no_extra(bare: Path) -> None:
    done = run(bare, "-c", "from invoicexpress_emulator.control_client import Control")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("call", "command"),
    [
        ("saft_file.read(b'<AuditFile/>')", 'pip install "invoicexpress[saft]"'),
        ("saft_file.verify_chain([], '')", 'pip install "invoicexpress[saft]"'),
        ("Download(b'%PDF-', '').seals()", 'pip install "invoicexpress[sign]"'),
        ("Download(b'%PDF-', '').sealed_with(b'')", 'pip install "invoicexpress[sign]"'),
        ("Pace(redis='redis://localhost')", "pip install 'invoicexpress[redis]'"),
        ("InvoiceXpress('acme', 'k', proxy='socks5://localhost:1')", "pip install 'httpx[socks]'"),
    ],
)
def test_each_part_of_the_client_says_what_to_install(bare: Path, call: str, command: str) -> None:
    code = f"from invoicexpress import *\ntry: {call}\nexcept ConfigurationError as error: print(error)"
    done = run(bare, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith(f": {command}")
