"""A planted key shows up nowhere; names of clients steer no terminal and no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import logging
import sys

import pytest

from .running import Shell, impatient
from .shop import LINE, Shop

HOSTILE = "[red]Ana[/red] \x1b[31m\x1b]0;title\x07 \u009b2J \u202egnp.exe"


def _plant(shop: Shop, place: str) -> None:
    shell, account = shop.shell, shop.account
    shell.environment = {}
    lines = f'default = "main"\n[accounts.main]\n{account.toml}account_id = {account.id}\n'
    file = shell.folder / "key"
    file.write_text(f"{account.api_key}\n")
    file.chmod(0o600)
    match place:
        case "file":
            shell.settings(f'{lines}key = "{account.api_key}"\n')
        case "key_file":
            shell.settings(f'{lines}key_file = "{file}"\n')
        case "key_command":
            shell.settings(f'{lines}key_command = "head -n 1 {file}"\n')
        case "arguments of key_command":
            shell.settings(f'{lines}key_command = "echo {account.api_key}"\n')
        case "environment":
            shell.config.unlink()
            shell.environment = {
                "INVOICEXPRESS_ACCOUNT": account.name,
                "INVOICEXPRESS_API_KEY": account.api_key,
                "INVOICEXPRESS_BASE_URL": account.base_url,
            }
        case _:
            shell.config.unlink()
            given = ("--service-name", account.name, "--base-url", account.base_url)
            said = shell("config", "add", "main", *given, given=f"{account.api_key}\n")
            assert account.api_key not in said.out + said.err


PLACES = ("file", "key_file", "key_command", "arguments of key_command", "environment", "prompt")


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_key_shows_up_nowhere(place: str, one_shop: Shop) -> None:
    shell, key = one_shop.shell, one_shop.account.api_key
    _plant(one_shop, place)
    shell.keeps_logs = True
    issued = one_shop.issued()
    said = list[str]()
    for arguments in (
        ("doctor",),
        ("doctor", "--json"),
        ("config", "list"),
        ("config", "list", "--json"),
        ("config", "list", "--csv"),
        ("list", "--debug"),
        ("show", str(issued.id), "--json"),
        ("show", "99", "--debug"),
        ("create", "invoice", "--client", "Ana", "--client-code", "C1", "--item", LINE, "--json"),
        ("pay", str(issued.id), "1000", "--yes", "--debug"),
        ("pdf", str(issued.id)),
        ("sequences", "list", "--debug"),
    ):
        ended = shell(*arguments)
        said += [ended.out, ended.err]
    said += [f"{each.getMessage()} {each.__dict__}" for each in _of_the_client(shell)]
    assert not [each for each in said if key in each]
    leaking = [
        each for each in shell.folder.rglob("*") if each.is_file() and key.encode() in each.read_bytes()
    ]
    assert {each.name for each in leaking} <= {"key", "config.toml"}


def _of_the_client(shell: Shell) -> list[logging.LogRecord]:
    """Records of this program and its libraries. The emulator, in the same process, logs what it was sent."""
    return [each for each in shell.records if not each.name.startswith(("uvicorn", "invoicexpress_emulator"))]


@pytest.mark.parametrize("place", ["file", "environment"])
def test_a_planted_key_is_in_no_error_of_the_network(place: str, one_shop: Shop) -> None:
    shell, key = one_shop.shell, one_shop.account.api_key
    _plant(one_shop, place)
    shell.keeps_logs = True
    if place == "environment":
        shell.environment["INVOICEXPRESS_BASE_URL"] = "http://127.0.0.1:9"
    else:
        shell.settings(shell.config.read_text().replace(one_shop.account.base_url, "http://127.0.0.1:9"))
    with impatient():
        ended = shell("list", "--debug")
    assert ended.code == 75
    assert key not in ended.out + ended.err
    assert not [each for each in _of_the_client(shell) if key in f"{each.getMessage()} {each.__dict__}"]


def test_an_address_with_a_key_is_refused_and_not_shown(one_shop: Shop) -> None:
    shell, key = one_shop.shell, one_shop.account.api_key
    for address in (f"https://u:{key}@example.com", f"https://example.com/?api_key={key}"):
        ended = shell("config", "add", "other", "--base-url", address, given="k\n")
        assert ended.code == 2
        assert key not in ended.err
        shell.environment = {
            "INVOICEXPRESS_ACCOUNT": "acme",
            "INVOICEXPRESS_API_KEY": "k",
            "INVOICEXPRESS_BASE_URL": address,
        }
        for command in (("list", "--debug"), ("doctor",), ("doctor", "--json")):
            ended = shell(*command)
            assert ended.code == 1
            assert key not in ended.out + ended.err
        shell.environment = {}


def test_the_key_is_no_option(one_shell: Shell) -> None:
    for arguments in (("--key", "k"), ("--api-key", "k")):
        assert one_shell("config", "add", "x", *arguments).code == 2


def test_hostile_names_are_shown_harmlessly(shop: Shop) -> None:
    issued = shop.issued(name=HOSTILE)
    with shop.account.client() as ix:
        found = ix.clients.find_by_code("C1")
    assert found is not None
    name = found.name
    assert "[red]Ana[/red]" in name
    assert not name.isprintable()
    for command in (
        ("list",),
        ("show", str(issued.id)),
        ("clients", "list"),
        ("clients", "show", "C1"),
        ("treasury", "balances"),
        ("report", "clients"),
        ("pay", str(issued.id), "1"),
        ("treasury", "move", "C1", "1"),
        ("finalize", str(shop.draft(name=name).id), "--debug"),
    ):
        for form in ((), ("--json",), ("--csv",)):
            ended = shop.shell(*command, *form)
            assert ended.code in {0, 4}, ended
            out = ended.out if form == ("--csv",) else ended.out.replace("\n", "")
            steering = [each for each in out if not each.isprintable() and each not in "\n\r\t\u202e"]
            assert steering == []
            assert ended.err.replace("\n", "").isprintable()
            if not form and ended.code == 0:
                assert "[red]Ana[/red]" in ended.out
    assert shop.run("clients", "show", "C1", "--json").json["name"] == name


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t="])
def test_cells_are_no_formulas(first: str, shop: Shop) -> None:
    name = f"{first}HYPERLINK(1)"
    draft = shop.draft(name=name)
    row = shop.run("list", "--csv").rows[0]
    stored = shop.books()[draft.id].client
    assert row["client"] == (f"'{stored}" if stored[0] in "=+-@\t" else stored)
    assert row["total"] == "123.00"
    assert shop.run("list", "--json").json[0]["client"] == stored
    # A spreadsheet reads every cell as it was meant.
    out = shop.run("show", str(draft.id), "--csv").out
    assert all(not cell.startswith(("=", "+", "@")) for line in csv.reader(io.StringIO(out)) for cell in line)


def test_negative_amounts_stay_numbers(one_shop: Shop) -> None:
    one_shop.run("credit", one_shop.number(one_shop.issued()), "--key", "n", "--yes")
    path = one_shop.shell.folder / "books.xml"
    date = one_shop.issued().date
    one_shop.account.control.save_saft(path, date.year, date.month)
    (row,) = one_shop.run("saft", "vat", "books.xml", "--csv").rows
    assert row["corrected_base"] == "-100.00"
    assert (
        json.loads(one_shop.run("saft", "vat", "books.xml", "--json").out)[0]["corrected_base"] == "-100.00"
    )


def test_nothing_is_printed_for_python(one_shop: Shop) -> None:
    """No command prints the representation of an object."""
    issued = one_shop.issued()
    for command in (
        ("show", str(issued.id)),
        ("clients", "show", "C1"),
        ("taxes", "list"),
        ("sequences", "list"),
    ):
        for form in ("--json", "--csv", "--yes"):
            out = one_shop.run(*command, form).out
            assert "UNSET" not in out
            assert "additional_properties" not in out
            assert "Decimal(" not in out
    assert sys.exc_info() == (None, None, None)
