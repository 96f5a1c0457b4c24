"""What a run, a file of fields and the settings are protected from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from unittest import mock

import pytest
from invoicexpress_cli.session import Session
from invoicexpress_emulator.control_client import Respond

from .running import Shell, impatient
from .shop import Shop
from .test_every_command import TWO, billing_file

STEPS = ("--steps", "create,finalize,pay", "--yes")


def receipts(shop: Shop) -> list[str]:
    """The types of documents that payments made."""
    return [each.type for each in shop.books().values() if each.type == "Receipt"]


def test_a_file_that_changes_during_the_question_is_issued_as_it_was_shown(one_shop: Shop) -> None:
    """It is read once: the yes was to the totals of that reading."""
    file = billing_file(one_shop, "two.csv", *TWO)

    def confirm(_: Session, action: str, *_rows: object) -> None:
        assert "2 documents" in action
        billing_file(one_shop, "two.csv", "A1;{day};Ana;C1;Plan;9;100,00;IVA23;")

    with mock.patch.object(Session, "confirm", confirm):
        one_shop.run("run", "start", file)
    assert [str(each.total) for each in one_shop.books().values()] == ["123.00", "123.00"]
    other = one_shop.run("run", "start", file, "--yes", code=1)
    assert "another content" in other.err


def test_3_a_payment_beside_another(one_shop: Shop) -> None:
    """409: another payment is under way, so a repeat may pay twice."""
    issued = one_shop.issued()
    with one_shop.account.control.faults.injected(Respond(409), "generatePayment", times=None), impatient():
        ended = one_shop.run("pay", str(issued.id), "23", "--yes", code=3)
    assert "409" in ended.err
    assert receipts(one_shop) == []


def test_3_a_payment_of_a_run_beside_another(one_shop: Shop) -> None:
    file = billing_file(one_shop, "two.csv", *TWO)
    with one_shop.account.control.faults.injected(Respond(409), "generatePayment", times=None):
        ended = one_shop.run("run", "start", file, *STEPS, code=3)
    assert "1 done, 1 unknown" in ended.err
    assert receipts(one_shop) == []


def test_progress_steers_no_terminal(one_shop: Shop) -> None:
    file = billing_file(one_shop, "two.csv", *TWO)
    body = json.dumps({"errors": ["Não \x1b[31mé\u202e \x07válido\r\n2"]})
    with one_shop.account.control.faults.injected(Respond(422, body=body), "createInvoice", times=None):
        ended = one_shop.run("run", "start", file, "--yes", "--json", code=4)
    lines = ended.out.split("\n")
    assert lines.pop() == ""
    assert all(each.isprintable() for each in lines)
    messages = [json.loads(each)["message"] for each in lines]
    assert len(messages) == 2
    assert all("válido" in each for each in messages)
    assert ended.err.replace("\n", "").isprintable()


def test_an_unknown_key_is_sent_again_nowhere(one_shop: Shop) -> None:
    file = billing_file(one_shop, "two.csv", *TWO)
    with one_shop.account.control.faults.injected(Respond(422), "changeDocumentState", times=None):
        one_shop.run("run", "start", file, *STEPS, code=4)
    before = len(one_shop.account.control.requests(limit=1000))
    ended = one_shop.run("run", "retry", "two", "--again", "A9", "--yes", code=1)
    assert "A9" in ended.err
    assert len(one_shop.account.control.requests(limit=1000)) == before


def test_a_document_that_is_named_twice_is_one_file(one_shop: Shop, tmp_path: Path) -> None:
    issued = one_shop.issued()
    number = one_shop.number(issued)
    names = (str(issued.id), number, f"Invoice {issued.id}")
    (row,) = one_shop.run("pdf", *names, "--to", "papers", "--json").json
    assert row["error"] is None
    assert [each.name for each in (tmp_path / "papers").iterdir()] == [f"{number.replace('/', '-')}.pdf"]


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ('{"date": "2026-11-30", "date": "2026-12-01"}', "date: stands twice in one object; keep one"),
        ('{"items": [{"name": "a", "name": "b"}]}', "name: stands twice"),
        (f'{{"items": {"[" * 100_000}{"]" * 100_000}}}', "nested too deeply"),
        ('{"items": [{"name": "a", "unit_price": 1e999999999}]}', "items[0].unit_price"),
        ('{"items": [{"name": "a", "unit_price": "1e-999999999"}]}', "items[0].unit_price"),
        ('{"items": [{"name": "a", "unit_price": Infinity}]}', "items[0].unit_price"),
    ],
)
def test_fields_that_would_be_read_in_two_ways_or_never(fields: str, part: str, one_shop: Shop) -> None:
    ended = one_shop.run("create", "invoice", "--from", "-", given=fields, code=2)
    assert part in ended.err
    assert len(ended.err) < 400
    assert one_shop.account.control.requests() == []


def test_settings_that_are_a_pipe(bare_shell: Shell) -> None:
    """Reading one would wait for ever."""
    bare_shell.config.parent.mkdir()
    os.mkfifo(bare_shell.config, 0o600)
    for command in (("list",), ("config", "list"), ("config", "add", "x")):
        ended = bare_shell(*command, given="k\n")
        assert ended.code == 1
        assert f"{bare_shell.config}: not a file" in ended.err


def test_settings_of_another_user(one_shop: Shop) -> None:
    """The owner of a file can write another address into it."""
    file = one_shop.shell.config.stat()
    other = os.stat_result((*file[:4], os.geteuid() + 4242, *file[5:]))
    with mock.patch.object(Path, "stat", return_value=other):
        ended = one_shop.run("list", code=1)
    assert f"{one_shop.shell.config}: belongs to another user" in ended.err
    assert one_shop.account.control.requests() == []


def test_settings_with_a_name_twice(bare_shell: Shell) -> None:
    bare_shell.settings('default = "a"\n[accounts.a]\nkey = "planted"\nkey = "other"\n')
    ended = bare_shell("list")
    assert ended.code == 1
    assert "not TOML (line 4" in ended.err
    assert "planted" not in ended.err
