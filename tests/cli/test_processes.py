"""The command as a process: prompts, a bar, Ctrl-C, pipes, and the list of processes."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from invoicexpress_emulator.control_client import Delay

from .running import Shell
from .shop import LINE, Shop
from .terminals import PATIENCE, cmdlines_of, command, on_terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="terminals and /proc as on Linux")


def test_a_key_is_typed_unseen_and_is_in_no_list_of_processes(bare_shell: Shell) -> None:
    with on_terminal(bare_shell, "config", "add", "main", "--lang", "pt") as terminal:
        terminal.wait_for("Chave da API: ")
        terminal.type("planted-7a6b\n")
        assert terminal.end() == 0, terminal.shown
    assert "planted-7a6b" not in terminal.shown
    assert 'key = "planted-7a6b"' in bare_shell.config.read_text()


def test_the_list_of_processes_has_no_key(one_shop: Shop) -> None:
    """During a slow answer, and during a key_command, whose child prints the key."""
    shell, account = one_shop.shell, one_shop.account
    (shell.folder / "key").write_text(f"{account.api_key}\n")
    wait = shell.folder / "wait.sh"
    wait.write_text("#!/bin/sh\ncat key\nuntil test -e go; do sleep 0.02; done\n")
    wait.chmod(0o700)
    shell.settings(f'default = "main"\n[accounts.main]\n{account.toml}key_command = "./wait.sh"\n')
    account.control.faults.add(Delay(timedelta(seconds=0.3)), "listTaxes")
    process = subprocess.Popen(
        command("taxes", "list", "--debug"), env=shell.for_process(), cwd=shell.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _until(lambda: any("wait.sh" in each for each in cmdlines_of(process.pid)))
        seen = cmdlines_of(process.pid)
        (shell.folder / "go").touch()
        _until(lambda: bool(account.control.requests()) or process.poll() is not None)
        seen += cmdlines_of(process.pid)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert "IVA23" in out
    assert len(seen) >= 2
    assert not [each for each in (*seen, out, err) if account.api_key in each]


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("answer", "code", "language", "question"),
    [
        ("y\n", 0, "en", r"This cannot be undone\. Go on\? \[y/N\]: "),
        ("sim\n", 0, "pt", r"Esta ação não pode ser anulada\. Continuar\? \[s/N\]: "),
        ("n\n", 4, "en", r"\[y/N\]: "),
        ("\x03", 130, "en", r"\[y/N\]: "),
        ("\x04", 130, "en", r"\[y/N\]: "),
    ],
)
def test_a_question_before_what_cannot_be_undone(
    answer: str, code: int, language: str, question: str, one_shop: Shop
) -> None:
    draft = one_shop.draft(name="Ana [red]\x1b[31m")
    with on_terminal(one_shop.shell, "finalize", str(draft.id), "--lang", language) as terminal:
        terminal.wait_for(question)
        shown = terminal.shown
        terminal.type(answer)
        assert terminal.end(again="\x03" if answer == "\x03" else "") == code, terminal.shown
    for part in (one_shop.account.name, one_shop.account.base_url, str(draft.id), "[red]"):
        assert part in shown
    assert "\x1b[31m" not in shown
    assert "mistake" not in terminal.shown
    assert "Traceback" not in terminal.shown
    assert one_shop.books()[draft.id].status == ("final" if code == 0 else "draft")


def test_a_bar_and_ctrl_c_while_many_files_come(one_shop: Shop) -> None:
    """It lets the files under way end and says how to go on; the second run fetches the rest."""
    count = 12
    for _ in range(count):
        one_shop.issued()
    one_shop.account.control.faults.add(Delay(timedelta(seconds=0.4)), "generatePdf", times=None)
    folder = one_shop.shell.folder / "pdf"
    month = f"{one_shop.issued().date:%Y-%m}"
    with on_terminal(one_shop.shell, "pdf", "--month", month, "--to", "pdf") as terminal:
        terminal.wait_for(r"[1-9]\d*/13")
        terminal.type("\x03")
        assert terminal.end() == 130, terminal.shown
    assert "the files under way are still saved" in terminal.shown
    assert "Run the same command again to go on" in terminal.shown
    saved = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert 0 < len(saved) < count
    assert all(each.startswith(b"%PDF-") and b"%%EOF" in each[-16:] for each in saved.values())
    one_shop.account.control.faults.clear()
    asked = len(one_shop.account.control.requests(operation="generatePdf"))
    rows = one_shop.run("pdf", "--month", month, "--to", "pdf", "--json").json
    files = list(folder.iterdir())
    assert len(files) == len(rows) == count + 1
    assert {each.name for each in files} == {Path(row["file"]).name for row in rows}
    again = len(one_shop.account.control.requests(operation="generatePdf")) - asked
    assert again == count + 1 - len(saved)


def test_ctrl_c_during_a_write_that_hangs(one_shop: Shop) -> None:
    """The draft may be there: 3, with the key that goes on."""
    one_shop.account.control.faults.add(Delay(timedelta(seconds=2)), "createInvoice")
    line = ("--client", "Ana", "--client-code", "C1", "--item", LINE, "--expect-total", "123", "--yes")
    arguments = ("issue", "invoice", *line, "--key", "order-7")
    process = subprocess.Popen(
        command(*arguments), env=one_shop.shell.for_process(), cwd=one_shop.shell.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        faults = one_shop.account.control.faults
        _until(lambda: bool(faults.registered()[0].fired) or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 3, err
    assert "Stopped." in err
    assert "order-7" in err
    assert "Traceback" not in err
    again = one_shop.run(*arguments, "--json").json
    _until(lambda: len(one_shop.books()) >= 1)
    assert [(each.id, each.status) for each in one_shop.books().values()] == [(again["id"], "final")]


def test_a_reader_that_goes_away(one_shop: Shop) -> None:
    """As in `invoicexpress taxes list | head -0`: no complaint."""
    process = subprocess.Popen(
        command("taxes", "list"), env=one_shop.shell.for_process(), cwd=one_shop.shell.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stderr:
        assert stderr.read() == ""
    assert process.wait(PATIENCE) == 1


def test_a_pipe_with_few_characters(one_shop: Shop) -> None:
    """A terminal of another encoding gets codes instead of a failure."""
    one_shop.issued(name="Zoë 漢")
    environment = {**one_shop.shell.for_process(), "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        command("list", "--limit", "5"),
        env=environment,
        cwd=one_shop.shell.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Zoë \\u6f22" in done.stdout.decode("latin-1")
    assert re.search(rb"123\.00", done.stdout)
