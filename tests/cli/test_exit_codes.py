"""Each exit code, by a real cause; what was done is counted in the emulator's store."""

from __future__ import annotations

import socket
from datetime import timedelta
from unittest import mock

import pytest
from invoicexpress import DraftMismatchError
from invoicexpress_cli.wording import in_commands
from invoicexpress_emulator.control_client import CommitLate, Reset, Respond

from .running import Shell, impatient
from .shop import LINE, Shop


def receipts(shop: Shop) -> int:
    """How many receipts the books have."""
    return len([each for each in shop.books().values() if each.type == "Receipt"])


def test_0_done(shop: Shop) -> None:
    assert shop.shell("list").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--type", "invioce"),
        ("list", "--status", "finall"),
        ("list", "--month", "2026-13"),
        ("list", "--since", "31/11/2026"),
        ("list", "--limit", "0"),
        ("list", "--lang", "fr"),
        ("list", "--nonsense"),
        ("lsit",),
        ("show",),
        ("show", "nonsense"),
        ("show", "0"),
        ("show", "XX A/1"),
        ("create", "invoice", "--client", "Ana", "--item", "Design;2"),
        ("create", "invoice", "--client", "Ana"),
        ("create", "receipt", "--client", "Ana", "--item", LINE),
        ("create", "quote", "--client", "Ana", "--item", LINE, "--key", "k"),
        ("issue", "invoice", "--client", "Ana", "--item", LINE),
        ("issue", "invoice", "--client", "Ana", "--item", LINE, "--expect-total", "1.234,50"),
        ("issue", "credit_note", "--client", "Ana", "--item", LINE, "--expect-total", "1"),
        ("pay", "1", "1O"),
        ("pay", "1", "10", "--mechanism", "cash"),
        ("pdf",),
        ("pdf", "1", "--month", "2026-11"),
        ("pdf", "--type", "invoice"),
        ("taxes", "create", "X"),
        ("taxes", "create", "--percent", "6"),
        ("treasury", "move", "C1", "10", "--type", "gift"),
        ("saft", "export", "november"),
        ("saft", "check", "nothing.xml"),
        ("report", "clients", "--year", "2026", "--month", "2026-11"),
        ("report", "months", "--plot", "picture.pdf"),
        ("config", "add", "a name"),
        ("config", "add", "x", "--key-file", "k", "--key-command", "k"),
        ("config", "use", "mian"),
        ("list", "--account", "mian"),
    ],
    ids=" ".join,
)
def test_2_usage_sends_nothing_that_writes(arguments: tuple[str, ...], one_shop: Shop) -> None:
    ended = one_shop.shell(*arguments)
    assert ended.code == 2, ended
    assert ended.out == ""
    assert ended.err.strip()
    sent = one_shop.account.control.requests()
    assert {each.method for each in sent} <= {"GET"}
    assert one_shop.books() == {}


def test_2_names_the_nearest(one_shell: Shell) -> None:
    assert "did you mean invoice?" in one_shell("list", "--type", "invioce").err
    said = one_shell("issue", "factura", "--expect-total", "1", "--item", "A;1;1").err
    assert "did you mean fatura?" in said
    assert "fees_note (nota-de-honorários)" in said
    assert "did you mean nota-de-crédito?" in one_shell("list", "--type", "nota de credit").err
    assert "did you mean final?" in one_shell("list", "--status", "finall").err
    assert "did you mean main?" in one_shell("list", "--account", "mian").err
    assert "Did you mean 'list'?" in one_shell("lsit").err


def test_1_wrong_key(shop: Shop) -> None:
    shop.shell.settings(f'default = "main"\n[accounts.main]\n{shop.account.toml}key = "wrong"\n')
    ended = shop.shell("list")
    assert ended.code == 1
    assert "config add" in ended.err


def test_3_a_payment_whose_answer_is_lost(shop: Shop) -> None:
    """The receipt may exist, and the list that would tell is out of reach."""
    issued = shop.issued()
    faults = shop.account.control.faults
    faults.add(Reset("after"), "generatePayment")
    faults.add(Respond(503), "relatedDocs", nth=2, times=None)
    with impatient():
        ended = shop.shell("pay", str(issued.id), "23", "--yes")
    assert ended.code == 3, ended
    assert "may have been carried out" in ended.err
    assert receipts(shop) == 1


def test_3_a_movement_whose_answer_is_lost(shop: Shop) -> None:
    """No movement can be read back."""
    shop.issued()
    with shop.account.control.faults.injected(Reset("after"), "createClientTreasuryMovement"):
        ended = shop.shell("treasury", "move", "C1", "23", "--yes")
    assert ended.code == 3, ended
    assert receipts(shop) == 1


def test_a_payment_whose_answer_is_lost_is_looked_up(shop: Shop) -> None:
    issued = shop.issued()
    with shop.account.control.faults.injected(Reset("after"), "generatePayment"):
        ended = shop.shell("pay", str(issued.id), "23", "--yes", "--json")
    assert ended.code == 0, ended
    assert ended.json["id"] in shop.books()
    assert receipts(shop) == 1


def test_3_an_issue_names_its_key_and_the_key_goes_on(shop: Shop) -> None:
    line = ("--client", "Ana", "--client-code", "C1", "--item", LINE, "--expect-total", "123", "--yes")
    faults = shop.account.control.faults
    faults.add(CommitLate(timedelta(seconds=0.2)), "createInvoice", times=None)
    faults.add(Respond(503), "listInvoices", times=None)
    with impatient():
        ended = shop.shell("issue", "invoice", *line, "--key", "order-7")
    faults.clear()
    assert ended.code == 3, ended
    assert "run the same command again with --key order-7" in ended.err
    again = shop.shell("issue", "invoice", *line, "--key", "order-7", "--json")
    assert again.code == 0, again
    assert [each.status for each in shop.books().values()] == ["final"]


def test_4_another_total_is_not_issued(shop: Shop) -> None:
    line = ("--client", "Ana", "--client-code", "C1", "--item", LINE, "--expect-total", "100", "--yes")
    ended = shop.shell("issue", "invoice", *line)
    assert ended.code == 4, ended
    assert "123.00" in ended.err
    assert {each.status for each in shop.books().values()} <= {"draft"}


def test_4_without_a_yes(shop: Shop) -> None:
    draft = shop.draft()
    ended = shop.shell("finalize", str(draft.id), "--lang", "pt", given="y\n")
    assert ended.code == 4
    assert "--yes" in ended.err
    # The question names host, account and document.
    for part in (shop.account.base_url, shop.account.name, str(draft.id)):
        assert part in ended.err
    assert shop.books()[draft.id].status == "draft"


@pytest.mark.parametrize(
    "arguments",
    [
        (
            "issue",
            "invoice",
            "--client",
            "Ana",
            "--client-code",
            "C1",
            "--item",
            LINE,
            "--expect-total",
            "123",
        ),
        ("finalize", "DRAFT"),
        ("delete", "DRAFT"),
        ("settle", "ISSUED"),
        ("pay", "ISSUED", "1"),
        ("cancel", "ISSUED", "--message", "x"),
        ("credit", "ISSUED"),
        ("email", "ISSUED", "--to", "a@example.com"),
        ("treasury", "move", "C1", "1"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_nothing_irreversible_happens_without_a_yes(arguments: tuple[str, ...], one_shop: Shop) -> None:
    ids = {"DRAFT": str(one_shop.draft().id), "ISSUED": str(one_shop.issued().id)}
    before = one_shop.books()
    ended = one_shop.shell(*(ids.get(each, each) for each in arguments))
    assert ended.code == 4
    assert f"{one_shop.account.name} at {one_shop.account.base_url}" in ended.err
    assert one_shop.books() == before
    assert one_shop.account.control.outbox() == []


def test_75_nothing_listens(bare_shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        bare_shell.settings(
            f'default = "a"\n[accounts.a]\naccount = "a"\nkey = "k"\nbase_url = "http://127.0.0.1:{port}"\n'
        )
        with impatient():
            ended = bare_shell("list")
    assert ended.code == 75, ended
    assert "run the command again" in ended.err


@pytest.mark.parametrize("status", [429, 503])
def test_75_the_service_has_no_time(status: int, one_shop: Shop) -> None:
    one_shop.account.control.faults.add(Respond(status), "listInvoices", times=None)
    with impatient():
        ended = one_shop.shell("list")
    assert ended.code == 75, ended
    assert "run the command again" in ended.err


def test_130_ctrl_c(one_shop: Shop) -> None:
    with mock.patch("invoicexpress_cli.commands.documents.listed", side_effect=KeyboardInterrupt):
        ended = one_shop.shell("list")
    assert (ended.code, ended.err.splitlines()[-1]) == (130, "Stopped.")


def test_one_form_of_output(one_shell: Shell) -> None:
    for arguments in (("list", "--json", "--csv"), ("--csv", "list", "--json"), ("--json", "list", "--csv")):
        ended = one_shell(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "--json and --csv: give one of them" in ended.err
    assert one_shell("--json", "list", "--json").code == 0


def test_a_number_alone_is_told_from_an_id(one_shop: Shop) -> None:
    number = one_shop.number(one_shop.issued())
    _, _, serie = number.partition(" ")
    said = one_shop.run("show", serie.rpartition("/")[2], code=4).err
    assert f'a number is written with type and série, "{number}"' in said
    assert "with its type and série" in one_shop.run("show", serie, code=2).err


def test_a_misspelt_tax_ends_one_sentence(one_shop: Shop) -> None:
    line = ("--client", "Ana", "--item", "A;1;1;IVA32")
    for said in (
        one_shop.run("create", "invoice", *line, code=4).err,
        one_shop.run("issue", "invoice", *line, "--expect-total", "1.23", "--yes", code=4).err,
    ):
        assert "did you mean 'IVA23'? " in said
    differs = DraftMismatchError(7, ("the draft has 'IVA23'; did you mean 'IVA23'?",))
    assert "did you mean 'IVA23'? Correct it on the website" in in_commands(str(differs))
    serie = one_shop.account.name.replace("-", "").upper()
    unknown = ("--client", "Ana", "--item", LINE, "--serie", f"{serie}X")
    assert f"did you mean {serie!r}? Known are " in one_shop.run("create", "invoice", *unknown, code=4).err
