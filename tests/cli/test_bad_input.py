"""Settings, files and keys that are not as they should be: one sentence with the next step."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from .running import Ended, Shell, impatient
from .shop import LINE, Shop

KEY = "planted-9f31c2"
ACCOUNT = 'account = "acme"\nbase_url = "http://127.0.0.1:9"\n'


def sentence(ended: Ended, code: int = 1) -> str:
    """The one sentence that a failed command says."""
    assert ended.code == code, ended
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert "a mistake of this program" not in ended.err
    assert KEY not in ended.err
    (line,) = ended.err.splitlines()
    assert line.startswith("Error: ")
    return line


@pytest.mark.parametrize(
    ("text", "part", "step"),
    [
        (f'[accounts.main\nkey = "{KEY}"', "not TOML (line 1, column", "correct the file"),
        (f'[accounts.main]\nkey = "{KEY}', "not TOML (", "correct the file"),
        ("accounts = 3", "[accounts.acme]", "correct the file"),
        ("default = 3", "[accounts.acme]", "correct the file"),
        ("[accounts]\nmain = 3", "accounts.main", "[accounts.main]"),
        (f'default = "main"\n[accounts.main]\nkye = "{KEY}"', "unknown field kye", "did you mean key?"),
        ('default = "main"\n[accounts.main]\nkey = 3', "accounts.main.key", "in quotes"),
        ('default = "main"\n[accounts.main]\nkey = ""', "accounts.main.key", "in quotes"),
        ('default = "main"\n[accounts.main]\naccount_id = "x"', "account_id", "a number such as"),
        (
            f'default = "main"\n[accounts.main]\nkey = "{KEY}"\nkey_file = "x"',
            "key and key_file exclude each other",
            "keep one",
        ),
        (f'default = "mian"\n[accounts.main]\n{ACCOUNT}key = "{KEY}"', "did you mean main?", "config use"),
        ('default = "main"\n', "no such account", "config use"),
        ("", "no account yet", "config add"),
        (f'[accounts.main]\n{ACCOUNT}key = "{KEY}"', "which account?", "config use"),
        (f'default = "main"\n[accounts.main]\n{ACCOUNT}', "no key", "config add main"),
        (
            f'default = "main"\n[accounts.main]\nkey = "{KEY}"',
            "account",
            "https://ACCOUNT.app.invoicexpress.com",
        ),
        (f'default = "main"\n[accounts.main]\nkey = "{KEY}"\nbase_url = "x"', "base_url", "https://HOST"),
        (
            f'default = "main"\n[accounts.main]\nkey = "k"\nbase_url = "https://u:{KEY}@example.com"',
            "base_url",
            "without user",
        ),
        (
            f'default = "main"\n[accounts.main]\nkey = "k"\nbase_url = "https://example.com/?api_key={KEY}"',
            "base_url",
            "without user, query",
        ),
        (f'default = "main"\n[accounts.main]\n{ACCOUNT}key = "{KEY} x"', "api_key", "Account > API"),
    ],
)
def test_settings(text: str, part: str, step: str, bare_shell: Shell) -> None:
    bare_shell.settings(text)
    said = bare_shell("list")
    code = 2 if part == "which account?" else 1
    line = sentence(said, code)
    assert part in line
    assert step in line


def test_settings_that_are_not_text(bare_shell: Shell) -> None:
    bare_shell.settings("")
    bare_shell.config.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in sentence(bare_shell("list"))


def test_settings_that_are_a_folder(bare_shell: Shell) -> None:
    bare_shell.config.mkdir(parents=True)
    assert str(bare_shell.config) in sentence(bare_shell("list"))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o602])
def test_settings_that_others_may_read(mode: int, bare_shell: Shell) -> None:
    bare_shell.settings(f'default = "main"\n[accounts.main]\n{ACCOUNT}key = "{KEY}"', mode)
    for command in (("list",), ("config", "list"), ("config", "use", "main"), ("config", "add", "x")):
        line = sentence(bare_shell(*command, given="k\n"))
        assert f"chmod 600 {shlex.quote(str(bare_shell.config))}" in line
        assert f"{mode:04o}" in line


def test_the_default_can_be_repaired_as_the_sentence_says(one_shell: Shell) -> None:
    text = one_shell.config.read_text("utf-8")
    one_shell.settings(text.replace('default = "main"', 'default = "gone"'))
    assert "config use NAME" in sentence(one_shell("list"))
    assert one_shell("config", "use", "main").code == 0
    assert one_shell("list").code == 0


def test_key_files(one_shop: Shop) -> None:
    shell = one_shop.shell
    shell.settings(f'default = "main"\n[accounts.main]\n{one_shop.account.toml}key_file = "a key"\n')
    assert "config add main" in sentence(shell("list"))
    file = shell.folder / "a key"
    file.write_text(f"{one_shop.account.api_key}\nnotes\n")
    file.chmod(0o640)
    assert "chmod 600 'a key'" in sentence(shell("list"))
    file.chmod(0o600)
    assert shell("list").code == 0
    file.write_text("\n\n")
    assert "empty" in sentence(shell("list"))
    file.write_bytes(b"\xff\xfe")
    assert "not utf-8" in sentence(shell("list"))
    file.unlink()
    file.mkdir(0o700)
    assert "a key" in sentence(shell("list"))


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("false", "ended with 1"),
        ("true", "empty"),
        ("/nonexistent/pass show x", "cannot be run"),
        ('"unclosed', "cannot be run"),
        ("   ", "cannot be run"),
        (f"{sys.executable} -c 'import os; os.write(1, bytes([255]))'", "cannot be run"),
    ],
)
def test_key_commands(command: str, part: str, bare_shell: Shell) -> None:
    bare_shell.settings(f"default = 'main'\n[accounts.main]\n{ACCOUNT}key_command = '''{command}'''\n")
    line = sentence(bare_shell("list"))
    assert part in line
    assert "account main" in line


def test_a_key_command_is_run_without_a_shell(bare_shell: Shell) -> None:
    bare_shell.settings(f"default = 'main'\n[accounts.main]\n{ACCOUNT}key_command = 'echo x; touch made'\n")
    with impatient():
        bare_shell("list")
    assert not (bare_shell.folder / "made").exists()


def test_the_environment_needs_both(bare_shell: Shell) -> None:
    bare_shell.settings(f'default = "main"\n[accounts.main]\n{ACCOUNT}key = "k"\n')
    for given, missing in (
        ({"INVOICEXPRESS_API_KEY": KEY}, "INVOICEXPRESS_ACCOUNT"),
        ({"INVOICEXPRESS_ACCOUNT": "acme"}, "INVOICEXPRESS_API_KEY"),
        # With the file's account, which may be one of the live service, this address would go unheard.
        ({"INVOICEXPRESS_BASE_URL": "http://127.0.0.1:9"}, "INVOICEXPRESS_ACCOUNT and INVOICEXPRESS_API_KEY"),
    ):
        bare_shell.environment = given
        assert missing in sentence(bare_shell("list"))


def test_the_environment_goes_before_the_file_and_the_option_before_both(one_shop: Shop) -> None:
    shell = one_shop.shell
    shell.environment = {
        "INVOICEXPRESS_ACCOUNT": one_shop.account.name,
        "INVOICEXPRESS_API_KEY": "wrong",
        "INVOICEXPRESS_BASE_URL": one_shop.account.base_url,
    }
    assert shell("list").code == 1
    assert shell("list", "--account", "main").code == 0
    assert shell("--account", "main", "list").code == 0
    shell.environment["INVOICEXPRESS_API_KEY"] = one_shop.account.api_key
    shell.config.unlink()
    assert shell("list").code == 0


def test_unknown_things(one_shop: Shop) -> None:
    shell = one_shop.shell
    number = one_shop.number(one_shop.issued())
    serie = number.split()[1].split("/")[0]
    for arguments, step in (
        (("show", f"FT {serie}/99"), "invoicexpress list"),
        (("show", f"FR {serie}/1"), "--type invoice_receipt"),
        (("show", "99"), "invoicexpress list"),
        (("clients", "show", "nobody"), "clients list"),
        (("treasury", "balance", "nobody"), "clients list"),
        (("sequences", "register", "NONE"), "sequences list"),
        (("sequences", "set-current", "NONE"), "sequences list"),
    ):
        assert step in sentence(shell(*arguments), 4)


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ("{", "line 1, column 2: not JSON"),
        ("[]", "expected an object"),
        ('{"dat": "2026-11-30"}', "did you mean date?"),
        ('{"date": 5}', "expected a date"),
        ('{"date": "30-11-2026"}', "expected a date"),
        ('{"items": "no"}', "items: 'no': expected a list"),
        ('{"items": [5]}', "items[0]: 5: expected an object"),
        ('{"items": [{"nam": "x"}]}', "items[0].nam: unknown field"),
        ('{"items": [{"name": "x", "quantity": "many"}]}', "items[0].quantity: 'many'"),
        ('{"items": [{"name": "x", "quantity": NaN}]}', "items[0].quantity"),
        ('{"items": [{"name": "x", "unit_price": true}]}', "items[0].unit_price"),
        ('{"client": "Ana"}', "client: 'Ana': expected an object"),
        ('{"items": []}', "no lines"),
    ],
)
def test_fields(fields: str, part: str, one_shop: Shop) -> None:
    line = sentence(one_shop.shell("create", "invoice", "--from", "-", given=fields), 2)
    assert part in line
    assert one_shop.account.control.requests() == []


def test_files_that_cannot_be_read(one_shell: Shell) -> None:
    assert "nothing.json" in sentence(one_shell("create", "invoice", "--from", "nothing.json"))
    (one_shell.folder / "x.json").write_bytes(b"\xff\xfe{")
    assert "not UTF-8" in sentence(one_shell("create", "invoice", "--from", "x.json"), 2)
    (one_shell.folder / "x.xml").write_text("<invoice/>")
    (one_shell.folder / "key.pem").write_text("not a key")
    for command in (("check",), ("vat",), ("chain", "--key", "key.pem"), ("chain", "--key", "none.pem")):
        assert "x.xml: not a SAF-T" in sentence(one_shell("saft", *command, "x.xml"))


def test_debug_shows_where_without_the_key(one_shop: Shop) -> None:
    shell, account = one_shop.shell, one_shop.account
    shell.settings(f'default = "main"\n[accounts.main]\n{account.toml}key = "{KEY}"\n')
    ended = shell("list", "--debug")
    assert ended.code == 1
    assert "Traceback (most recent call last)" in ended.err
    assert re.search(r"^Error: .*401", ended.err, re.MULTILINE)
    assert KEY not in ended.err


def test_a_picture_of_a_client_with_dollars(one_shop: Shop) -> None:
    one_shop.issued(name=r"Cash $x_1$ \frac{ & Co $")
    ended = one_shop.shell("report", "clients", "--plot", "x.svg")
    assert ended.code == 0, ended


def test_an_option_before_the_command_counts(one_shop: Shop) -> None:
    draft = one_shop.draft()
    assert one_shop.shell("--json", "show", str(draft.id)).json["id"] == draft.id
    assert one_shop.shell("--lang", "pt", "clients", "list").out.split()[0] == "Nome"
    assert one_shop.shell("clients", "--csv", "list").rows[0]["name"] == "Ana"
    ended = one_shop.shell("--yes", "delete", str(draft.id))
    assert ended.code == 0, ended


@pytest.mark.parametrize(
    "line", [";1;1", "A;1", "A;1;1;IVA23;x", "A;x;1", "A;1;1.000,00", LINE.replace(";", ",")]
)
def test_lines(line: str, one_shop: Shop) -> None:
    assert "Error: " in sentence(one_shop.shell("create", "invoice", "--client", "A", "--item", line), 2)
    assert one_shop.account.control.requests() == []
