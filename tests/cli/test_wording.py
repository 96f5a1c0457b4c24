"""No text of the client that a command may show names a method or an argument of Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import invoicexpress
import pytest
from invoicexpress import lisbon
from invoicexpress.errors.service_texts import TEXTS
from invoicexpress_cli.wording import METHODS, TABLES, in_commands, in_run
from invoicexpress_emulator.control_client import Respond

from .shop import LINE, Shop
from .test_every_command import COMMANDS

ROOT = Path(invoicexpress.__file__).parent
PYTHON = re.compile(
    r"\bix\.|\breference_data\.|\bsaft_file\.|\blisbon\.|\b(Decimal|Pace|timedelta)\(|\b[a-z_]+\.[a-z_]+\(|"
    r"\bcall (it|again|`)|`(find|get)_[a-z_]+|\bexpect_total\b|(?<![-\w])[a-z_]+=(?![=\w]*:)|"
    r"\b(with|or) update\b|\bpass the (lines|items|part)\b"
)
"""A method, a function, a class, a keyword argument, or an advice to call with others."""
UNREACHABLE = {
    "namespaces/absent_methods.py",
    "namespaces/legacy.py",
    "reports/counted.py",
    "saft_file/audit_file.py",
    "sending/http_library.py",
}
"""No command calls these in such a way: they refuse an argument that no command gives."""
NOT_SAID = {
    "quirks/sequence_rows.py",
    "reports/open_items.py",
    "reports/rates.py",
    "sending/interruptions.py",
}
"""Those whose texts depend on more than a constant; the cases below have them, or no command meets them."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the client's sources, without docstrings: its file, and the text with samples in it."""
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        skipped: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr):
                skipped.add(id(node.value))
            if isinstance(node, ast.JoinedStr):
                parts = [each.value if isinstance(each, ast.Constant) else "7" for each in node.values]
                skipped |= {id(each) for each in node.values}
                text = "".join(map(str, parts)).replace("7=7", "key='7'")
                yield str(path.relative_to(ROOT)), text
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                yield str(path.relative_to(ROOT)), node.value


def for_people() -> Iterator[tuple[str, str]]:
    """Those that are sentences, and no names or patterns."""
    for name, text in texts():
        if " " in text and "\\" not in text and name not in UNREACHABLE | NOT_SAID:
            yield name, text


def commands_in(text: str) -> list[str]:
    return re.findall(r"`invoicexpress ([a-z][a-z -]*[a-z])", text)


def test_every_text_names_commands() -> None:
    found = [(name, text) for name, text in for_people() if PYTHON.search(text)]
    assert len(found) > 40
    left = {(name, in_commands(text)) for name, text in found if PYTHON.search(in_commands(text))}
    assert left == set()


def test_every_command_that_is_named_exists() -> None:
    named = {each for _, text in for_people() for each in commands_in(in_commands(text))}
    assert named
    for each in named:
        assert any(each == command or each.startswith(f"{command} ") for command in COMMANDS), each
    first = {command.partition(" ")[0] for command in COMMANDS}
    assert {command.partition(" ")[0] for command in METHODS.values()} <= first


def test_every_table_is_there(one_shop: Shop) -> None:
    for table in {*TABLES.values()}:
        assert one_shop.run("codes", table, "--json").json


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "read it with documents.get(7) and issue no other",
            "read it with `invoicexpress show 7` and issue no other",
        ),
        ("which `ix.documents.get(7)` reads", "which `invoicexpress show 7` reads"),
        ("`reference_data.exemptions()` lists them", "`invoicexpress codes exemptions` lists them"),
        (
            'call `issue` again with key="it\'s" and the same content to get the same document',
            "run the same command again with --key 'it'\"'\"'s', which gives the same document",
        ),
        (
            "repeat it with proprietary_uid='a b' (of `issue`: key='a b') and the same content, which makes "
            "no second document",
            "run the same command again with --key 'a b', which gives the same document",
        ),
        ("look for a document with reference='R 1'", "look for a document with reference 'R 1'"),
        (
            'issuing it closes its série. Correct the date; Checks(dated_ahead="warn") allows it',
            "issuing it closes its série. Correct the date",
        ),
        (
            "Set it first with `ix.clients.update(7, name='A', ...)`, then make the same call again",
            "Set it first with `invoicexpress clients update 7 --nif NIF`, then run the command again",
        ),
        ('give it a value, such as Decimal("9.99")', 'give it a value, such as "9.99"'),
        (
            "draft 7 was not finalized: total: 1 and 2. Correct it with update, or delete it.",
            "draft 7 was not finalized: total: 1 and 2. Correct it on the website, or delete it with "
            "`invoicexpress delete 7` and run the command again.",
        ),
        (
            "draft Invoice 7 exists, and differs: a: b. Correct it with update, or delete it.",
            "draft Invoice 7 exists, and differs: a: b. Correct it on the website, or delete it with "
            "`invoicexpress delete 7` and run the command again.",
        ),
        (
            "it exists already; overwrite=True replaces it, or choose another name",
            "it exists already; --overwrite replaces it, or choose another folder with --to",
        ),
        ("a name such as ix.acme is the reader's own", "a name such as ix.acme is the reader's own"),
    ],
)
def test_samples(said: str, shown: str) -> None:
    assert in_commands(said) == shown
    assert in_commands(shown) == shown


def test_messages_of_a_run(one_shop: Shop) -> None:
    """A create without an answer ends as a message of the run, which knows the keys itself."""
    said = "it may have been carried out, so call `create` again with proprietary_uid='run/K1'"
    shown = in_run(f"{said} and the same content to get the same document")
    assert shown == "it may have been carried out, so start the run again, which gives the same document"
    one_shop.shell.environment["INVOICEXPRESS_JOURNAL"] = str(one_shop.shell.folder / "billing.db")
    line = f"K1;{lisbon.today()};Ana;C1;Design;1;1.00;IVA23"
    rows = f"key;date;client_name;client_code;item;quantity;unit_price;tax\n{line}\n"
    (one_shop.shell.folder / "run.csv").write_text(rows)
    body = f'{{"errors": ["{TEXTS[10].pattern}"]}}'
    with one_shop.account.control.faults.injected(Respond(422, body=body), "createInvoice", times=None):
        one_shop.run("run", "start", "run.csv", "--yes", code=4)
    (row,) = one_shop.run("run", "report", "run", "--json").json
    assert "`invoicexpress clients show CODE`" in row["message"]


def test_errors_and_warnings_of_commands(one_shop: Shop) -> None:
    issued = one_shop.issued()
    options = ("--client", "Ana", "--client-code", "C1", "--key", "k", "--yes", "--expect-total", "123.00")
    one_shop.run("issue", "invoice", "--item", LINE, *options)
    other = one_shop.run("issue", "invoice", "--item", "Other;2;50.00;IVA23", *options, code=4).err
    assert "read it with `invoicexpress show " in other
    body = f'{{"errors": ["{TEXTS[10].pattern}"]}}'
    with one_shop.account.control.faults.injected(Respond(422, body=body), "*"):
        refused = one_shop.run("show", str(issued.id), code=4).err
    assert "`invoicexpress clients show CODE`" in refused
    wrong = one_shop.run("create", "invoice", "--item", "Design;1;1.00;IVA99", *options[:4], code=4).err
    draft = one_shop.draft()
    unlike = one_shop.run("finalize", str(draft.id), "--expect-total", "1", "--yes", code=4).err
    assert f"`invoicexpress delete {draft.id}`" in unlike
    month = f"{lisbon.today():%Y-%m}"
    one_shop.run("saft", "export", month)
    saved = one_shop.run("saft", "export", month, code=1).err
    assert "it exists already; --overwrite replaces it, or choose another folder with --to" in saved
    for text in (other, refused, wrong, unlike, saved):
        assert not PYTHON.search(text)
