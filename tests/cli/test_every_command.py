"""Every command in both profiles and every form of output, against the emulator's own store.

A command without a case here fails `test_the_table_has_every_command`.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
import typer.main
from invoicexpress import lisbon
from invoicexpress_cli.app import app
from invoicexpress_emulator.control_client import Respond
from invoicexpress_emulator.storage.ids import FIRST_ACCOUNT_ID

from .running import Shell
from .shop import LINE, TOTAL, Shop

Case = Callable[[Shop], None]
CASES: Final[dict[str, Case]] = {}

DOCUMENT_LIST = "Number;ID;Type;Status;Date;Due;Client;Base;Taxes;Total"
LISTA = "Número;ID;Tipo;Estado;Data;Vencimento;Cliente;Incidência;Impostos;Total"
DOCUMENT = "Number;ID;Type;Status;Date;Due;Client;Base;Taxes;Total;Currency"
DOCUMENTO = "Número;ID;Tipo;Estado;Data;Vencimento;Cliente;Incidência;Impostos;Total;Moeda"


def case(command: str) -> Callable[[Case], Case]:
    """Names the command that a function tries."""

    def add(function: Case) -> Case:
        CASES[command] = function
        return function

    return add


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all commands below a group."""
    below: dict[str, Any] | None = getattr(command, "commands", None)
    if below is None:
        yield " ".join(path)
        return
    for name, each in below.items():
        yield from leaves(each, (*path, name))


COMMANDS: Final = sorted(leaves(typer.main.get_command(app)))


def test_the_table_has_every_command() -> None:
    assert sorted(CASES) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command(command: str, shop: Shop) -> None:
    CASES[command](shop)
    words = tuple(command.split())
    assert any(arguments[: len(words)] == words for arguments in shop.ran), f"its case never ran {command}"


@pytest.mark.parametrize("command", ["", *sorted({name.split()[0] for name in COMMANDS}), *COMMANDS])
def test_a_command_explains_itself(command: str, bare_shell: Shell) -> None:
    ended = bare_shell(*command.split(), "--help")
    assert ended.code == 0
    assert "Usage: invoicexpress" in ended.out
    assert "--lang" in ended.out


def _value(text: str) -> Any:
    """An amount, to compare with numbers."""
    return Decimal(text)


# Documents ---------------------------------------------------------------------------------------------


@case("list")
def _(shop: Shop) -> None:
    issued, draft = shop.issued(), shop.draft(price="25.00")
    found = shop.forms(["list"], DOCUMENT_LIST, LISTA)
    books = shop.books()
    assert {each["id"]: _value(each["total"]) for each in found.json} == {
        issued.id: TOTAL,
        draft.id: Decimal("61.50"),
    }
    assert {each["id"]: each["status"] for each in found.json} == {
        number: each.status for number, each in books.items()
    }
    assert (
        found.csv[[each["id"] for each in found.json].index(issued.id)]["number"] == books[issued.id].number
    )
    amount = "123.00" if shop.account.profile == "observed" else "123,00"
    assert amount in found.table.out
    assert [each["id"] for each in shop.run("list", "--status", "draft", "--json").json] == [draft.id]
    assert [each["id"] for each in shop.run("list", "--limit", "1", "--json").json] == [draft.id]
    month = f"{lisbon.today():%Y-%m}"
    assert len(shop.run("list", "--month", month, "--type", "FT", "--csv").rows) == 2
    assert shop.run("list", "--month", "2020-02", "--csv").rows == []
    assert shop.run("list", "--month", "2020-02", "--json").json == []
    nothing = shop.run("list", "--month", "2020-02", "--lang", "pt")
    assert (nothing.out, nothing.err) == ("Nada para mostrar.\n", "")
    _check_newest(shop, [draft.id, issued.id])


def _check_newest(shop: Shop, present: list[int]) -> None:
    """The newest date stands first, whatever the order in which drafts were made."""
    made: dict[int, int] = {}
    for days in (400, 5, 40, 1000, 50):
        made[days] = shop.run(
            "create", "quote" if days == 1000 else "invoice", "--client-code", "C1", "--item", LINE,
            "--date", str(lisbon.today() - timedelta(days=days)), "--json",
        ).json["id"]  # fmt: skip

    def ids(*options: str) -> list[int]:
        return [each["id"] for each in shop.run("list", *options, "--json").json]

    assert ids() == [*present, made[5]]
    assert ids("--limit", "2") == present
    assert ids("--limit", "4") == [*present, made[5], made[40]]
    assert ids("--limit", "9") == [*present, made[5], made[40], made[50], made[400]]
    assert ids("--limit", "1", "--until", str(lisbon.today() - timedelta(days=45))) == [made[50]]
    assert ids("--limit", "2", "--since", str(lisbon.today() - timedelta(days=45))) == present
    assert ids("--limit", "1", "--type", "quote") == [made[1000]]
    assert "the newest 2 of 6 documents" in shop.run("list", "--limit", "2").err


@case("show")
def _(shop: Shop) -> None:
    issued = shop.issued()
    number = shop.number(issued)
    found = shop.forms(
        ["show", number],
        f"{DOCUMENT};Name;Description;Quantity;Unit;Price;Discount;Tax;Exemption",
        f"{DOCUMENTO};Nome;Descrição;Quantidade;Unidade;Preço;Desconto;Imposto;Isenção",
    )
    assert found.json["id"] == issued.id
    # The same text in both profiles, and as in a list.
    assert found.json["total"] == found.csv[0]["total"] == "123.00"
    assert [(each["unit_price"], each["quantity"], each["tax"]["value"]) for each in found.json["items"]] == [
        ("50.00", "2.00", "23.00")
    ]
    assert found.csv[0]["number"] == number
    assert found.csv[0]["atcud"] == shop.books()[issued.id].atcud
    assert shop.run("show", str(issued.id), "--csv").rows == found.csv
    draft = shop.draft()
    named = shop.run("show", str(draft.id), "--csv").rows[0]["number"]
    assert shop.run("show", named, "--csv").rows[0]["id"] == str(draft.id)


@case("create")
def _(shop: Shop) -> None:
    def arguments() -> list[str]:
        return ["create", "invoice", "--client", "Ana", "--client-code", "C1", "--item", LINE]

    found = shop.forms(arguments, DOCUMENT, DOCUMENTO)
    books = shop.books()
    assert [(each.type, each.status, each.client, each.total) for each in books.values()] == [
        ("Invoice", "draft", "Ana", TOTAL)
    ] * 3
    assert found.json["id"] in books
    assert int(found.csv[0]["id"]) in books
    # A file of fields, and a key that makes no second document.
    fields = {
        "date": f"{lisbon.today():%d/%m/%Y}",
        "client": {"name": "Ana", "code": "C1"},
        "items": [{"name": "Design", "quantity": 2, "unit_price": 50.00, "tax": {"name": "IVA23"}}],
    }
    (shop.shell.folder / "fields.json").write_text(json.dumps(fields), "utf-8")
    made = [
        shop.run("create", "invoice", "--from", "fields.json", "--key", "k-1", "--json").json["id"],
        shop.run("create", "invoice", "--from", "-", "--key", "k-1", "--json", given=json.dumps(fields)).json[
            "id"
        ],
    ]
    assert made[0] == made[1]
    assert len(shop.books()) == 4
    quote = shop.run("create", "quote", "--client-code", "C1", "--item", LINE, "--json").json
    assert shop.books()[quote["id"]].type == "Quote"


@case("issue")
def _(shop: Shop) -> None:
    keys = iter(("a", "b", "c"))

    def arguments() -> list[str]:
        line = ["issue", "invoice", "--client", "Ana", "--client-code", "C1", "--item", LINE]
        return [*line, "--expect-total", "123", "--key", next(keys), "--yes"]

    found = shop.forms(arguments, DOCUMENT, DOCUMENTO)
    keys = iter("a")
    again = shop.run(*arguments(), "--csv").rows[0]
    books = shop.books()
    assert int(again["id"]) == found.json["id"]
    assert [(each.status, each.total, each.chain_is_valid) for each in books.values()] == [
        ("final", TOTAL, True)
    ] * 3
    assert again["number"] == books[found.json["id"]].number
    # Without a key it makes one, and says it before it sends anything.
    made = shop.run(
        "issue", "invoice", "--client-code", "C1", "--item", LINE, "--expect-total", "123,00", "--yes"
    )
    key = re.search(r"--key (cli-\S+)", made.err)
    assert key is not None
    keys = iter([key[1]])
    shop.run(*arguments())
    assert len(shop.books()) == 4


@case("finalize")
def _(shop: Shop) -> None:
    drafts = [shop.draft() for _ in range(3)]
    left = iter(drafts)
    found = shop.forms(lambda: ["finalize", str(next(left).id), "--yes"], DOCUMENT, DOCUMENTO)
    books = shop.books()
    assert {books[each.id].status for each in drafts} == {"final"}
    assert found.csv[0]["number"] == books[drafts[1].id].number
    assert found.json["atcud"] == books[drafts[0].id].atcud
    unexpected = shop.draft()
    shop.run("finalize", str(unexpected.id), "--expect-total", "122.99", "--yes", code=4)
    assert shop.books()[unexpected.id].status == "draft"


@case("settle")
def _(shop: Shop) -> None:
    issued = [shop.issued() for _ in range(3)]
    left = iter(issued)
    found = shop.forms(lambda: ["settle", shop.number(next(left)), "--yes"], DOCUMENT, DOCUMENTO)
    assert found.json["status"] == found.csv[0]["status"] == "settled"
    assert {shop.books()[each.id].status for each in issued} == {"settled"}


@case("pay")
def _(shop: Shop) -> None:
    issued = shop.issued()
    amounts = iter(("10,00", "20.5", "30"))
    named = shop.number(issued)
    found = shop.forms(
        lambda: ["pay", named, next(amounts), "--mechanism", "mb", "--note", "Obrigado", "--yes"],
        DOCUMENT,
        DOCUMENTO,
    )
    receipts = [each for each in shop.books().values() if each.type == "Receipt"]
    assert sorted(each.total for each in receipts) == [Decimal("10.00"), Decimal("20.50"), Decimal("30.00")]
    assert (_value(found.json["total"]), _value(found.csv[0]["total"])) == (Decimal(10), Decimal("20.5"))
    assert shop.books()[issued.id].status == "final"
    shop.run("pay", named, "62.51", "--yes", code=4)
    shop.run("pay", named, "62.50", "--yes")
    assert shop.books()[issued.id].status == "settled"


@case("cancel")
def _(shop: Shop) -> None:
    issued = [shop.issued() for _ in range(3)]
    left = iter(issued)
    found = shop.forms(
        lambda: ["cancel", shop.number(next(left)), "--message", "Engano", "--yes"], DOCUMENT, DOCUMENTO
    )
    assert found.json["status"] == "canceled"
    assert {shop.books()[each.id].status for each in issued} == {"canceled"}


@case("delete")
def _(shop: Shop) -> None:
    draft, kept, issued = shop.draft(), shop.draft(), shop.issued()
    assert "deleted" in shop.run("delete", str(draft.id), "--yes").err
    shop.run("delete", str(issued.id), "--yes", code=4)
    books = shop.books()
    assert (books[kept.id].status, books[issued.id].status) == ("draft", "final")
    assert draft.id not in books or books[draft.id].status == "deleted"


@case("credit")
def _(shop: Shop) -> None:
    issued = [shop.issued() for _ in range(3)]
    left, keys = iter(issued), iter(("x", "y", "z"))
    found = shop.forms(
        lambda: ["credit", shop.number(next(left)), "--key", next(keys), "--expect-total", "123", "--yes"],
        DOCUMENT,
        DOCUMENTO,
    )
    again = shop.run(
        "credit", shop.number(issued[0]), "--key", "x", "--expect-total", "123", "--yes", "--json"
    )
    notes = [each for each in shop.books().values() if each.type == "CreditNote"]
    assert [(each.status in {"final", "settled"}, each.total) for each in notes] == [(True, TOTAL)] * 3
    assert again.json["id"] == found.json["id"]
    shop.run("credit", shop.number(shop.issued()), "--line", "2", "--yes", code=2)
    assert len([each for each in shop.books().values() if each.type == "CreditNote"]) == 3


@case("email")
def _(shop: Shop) -> None:
    issued = shop.issued()
    shop.run(
        "email", shop.number(issued), "--to", "ana@example.com", "--subject", "A sua fatura",
        "--body", "Segue em anexo.", "--cc", "c@example.com", "--bcc", "d@example.com", "--yes",
    )  # fmt: skip
    (sent,) = shop.account.control.outbox()
    assert (sent.document_id, sent.to, sent.cc, sent.bcc) == (
        issued.id, "ana@example.com", "c@example.com", "d@example.com",
    )  # fmt: skip
    assert (sent.subject, sent.body) == ("A sua fatura", "Segue em anexo.")


@case("related")
def _(shop: Shop) -> None:
    issued = shop.issued()
    shop.run("pay", str(issued.id), "23", "--yes")
    found = shop.forms(["related", shop.number(issued)], DOCUMENT_LIST, LISTA)
    (receipt,) = (each for each in shop.books().values() if each.type == "Receipt")
    assert [(each["id"], each["number"], _value(each["total"])) for each in found.json] == [
        (receipt.id, receipt.number, Decimal(23))
    ]


# Files -------------------------------------------------------------------------------------------------


@case("pdf")
def _(shop: Shop) -> None:
    issued = [shop.issued(), shop.issued()]
    shop.draft()
    numbers = [shop.number(each) for each in issued]
    folder = shop.shell.folder / "pdf"
    first = shop.run("pdf", numbers[0], str(issued[0].id), "--to", "pdf", "--json").json
    assert [each["document"] for each in first] == numbers[:1]
    found = shop.forms(
        lambda: ["pdf", "--month", f"{lisbon.today():%Y-%m}", "--to", "pdf"],
        "Document;File;Finding",
        "Documento;Ficheiro;Resultado",
    )
    assert [Path(each["file"]).name for each in found.json] == [
        f"{each.replace('/', '-')}.pdf" for each in numbers
    ]
    assert sorted(each.name for each in folder.iterdir()) == sorted(
        Path(each["file"]).name for each in found.json
    )
    assert all(each.read_bytes().startswith(b"%PDF-") for each in folder.iterdir())
    kept = folder / f"{numbers[0].replace('/', '-')}.pdf"
    kept.write_text("mine")
    shop.run("pdf", numbers[0], "--to", "pdf")
    assert kept.read_text() == "mine"
    shop.run("pdf", numbers[0], "--to", "pdf", "--overwrite")
    assert kept.read_bytes().startswith(b"%PDF-")


@case("qr")
def _(shop: Shop) -> None:
    issued = shop.issued()
    shop.forms(
        lambda: ["qr", shop.number(issued), "--to", "qr"],
        "Document;File;Finding",
        "Documento;Ficheiro;Resultado",
        code=0,
    )
    (file,) = (shop.shell.folder / "qr").iterdir()
    assert file.name == f"{shop.number(issued).replace('/', '-')}.png"
    assert file.read_bytes().startswith(b"\x89PNG")
    failed = shop.run("qr", str(shop.draft().id), "--to", "qr", code=4)
    assert "1 of 1 files are missing" in failed.err


# Clients, items, taxes ----------------------------------------------------------------------------------

CLIENT = "Name;ID;Code;Fiscal ID;E-mail"
CLIENTE = "Nome;ID;Código;NIF;E-mail"


def _client(shop: Shop, code: str) -> Any:
    with shop.account.client() as ix:
        found = ix.clients.find_by_code(code)
    assert found is not None
    return found


@case("clients list")
def _(shop: Shop) -> None:
    shop.run("clients", "create", "Ana Lda", "--code", "C1", "--nif", "508025338")
    shop.run("clients", "create", "Rui", "--code", "C2", "--email", "rui@example.com")
    found = shop.forms(
        ["clients", "list"],
        "Name;ID;Code;Fiscal ID;E-mail;City;Country",
        "Nome;ID;Código;NIF;E-mail;Localidade;País",
    )
    assert {(each["name"], each["code"], each["fiscal_id"] or None) for each in found.json} >= {
        ("Ana Lda", "C1", "508025338"), ("Rui", "C2", None),
    }  # fmt: skip
    limited = shop.run("clients", "list", "--limit", "1", "--csv")
    assert len(limited.rows) == 1
    assert f"1 of {len(found.json)} clients" in limited.err
    for name in ("--nif", "--fiscal-id"):
        only = shop.run("clients", "list", name, "508 025 338", "--json").json
        assert [each["code"] for each in only] == ["C1"]


@case("clients show")
def _(shop: Shop) -> None:
    shop.run("clients", "create", "Ana Lda", "--code", "C1", "--email", "ana@example.com")
    found = shop.forms(["clients", "show", "C1"], "Name;ID;Code;E-mail", "Nome;ID;E-mail")
    client = _client(shop, "C1")
    assert (found.json["id"], found.json["name"], found.json["email"]) == (
        client.id,
        "Ana Lda",
        "ana@example.com",
    )
    for named in ("Ana Lda", str(client.id)):
        assert shop.run("clients", "show", named, "--csv").rows == found.csv


@case("clients create")
def _(shop: Shop) -> None:
    codes = iter(("A", "B", "C"))
    found = shop.forms(
        lambda: [
            "clients",
            "create",
            f"Client {(code := next(codes))}",
            "--code",
            code,
            "--email",
            "x@example.com",
        ],
        "Name;ID;Code;E-mail",
        "Nome;ID;E-mail",
    )
    assert found.json["id"] == _client(shop, "A").id
    assert found.csv[0]["id"] == str(_client(shop, "B").id)
    assert _client(shop, "C").name == "Client C"
    given = json.dumps({"name": "Rui", "code": "D", "payment_days": 30})
    shop.run("clients", "create", "Zé", "--from", "-", given=given)
    assert (_client(shop, "D").name, _client(shop, "D").payment_days) == ("Zé", 30)


@case("clients update")
def _(shop: Shop) -> None:
    shop.run(
        "clients", "create", "Ana Lda", "--code", "C1", "--email", "ana@example.com", "--nif", "508025338"
    )
    emails = iter(("1@example.com", "2@example.com", "3@example.com"))
    found = shop.forms(
        lambda: ["clients", "update", "C1", "--email", next(emails), "--yes"],
        "Name;ID;Code;Fiscal ID;E-mail",
        "Nome;ID;NIF;E-mail",
    )
    assert (found.json["email"], found.csv[0]["email"]) == ("1@example.com", "2@example.com")

    def books() -> tuple[Any, ...]:
        client = _client(shop, "C1")
        return client.name, client.fiscal_id, client.email

    # What is not given stays.
    assert books() == ("Ana Lda", "508025338", "3@example.com")
    for name in ("--nif", "--fiscal-id"):
        shop.run("clients", "update", "Ana Lda", name, "PT 501 442 600", "--name", "Ana SA", "--yes")
        assert books() == ("Ana SA", "501442600", "3@example.com")
        shop.run("clients", "update", "C1", "--from", "-", "--yes", given='{"name": "Ana Lda"}')
        shop.run("clients", "update", str(_client(shop, "C1").id), name, "508025338", "--yes")
        assert books() == ("Ana Lda", "508025338", "3@example.com")
    # It asks, and shows the change; without one it neither asks nor writes.
    asked = shop.run("clients", "update", "C1", "--nif", "501442600", code=4).err
    assert "Change client Ana Lda - " in asked
    assert "508025338 → 501442600" in asked
    shop.run("clients", "update", "C1", "--nif", "508025338")
    shop.run("clients", "update", "C1", "--yes", code=2)
    shop.run("clients", "update", "C9", "--email", "x@example.com", "--yes", code=4)
    # A number that may mean two clients changes none.
    shop.run("clients", "create", "Rui", "--code", str(_client(shop, "C1").id))
    said = shop.run("clients", "update", str(_client(shop, "C1").id), "--name", "X", "--yes", code=4).err
    assert "the code of Rui" in said
    shop.run("treasury", "move", str(_client(shop, "C1").id), "5", "--yes", code=4)
    assert books() == ("Ana Lda", "508025338", "3@example.com")


@case("items list")
def _(shop: Shop) -> None:
    for name in ("A", "B"):
        shop.run("items", "create", name, "--price", "9,99")
    found = shop.forms(
        ["items", "list"], "Name;ID;Description;Price;Unit;Tax", "Nome;ID;Descrição;Preço;Unidade;Imposto"
    )
    assert [(each["name"], _value(each["unit_price"])) for each in found.json] == [
        ("A", Decimal("9.99")), ("B", Decimal("9.99")),
    ]  # fmt: skip
    limited = shop.run("items", "list", "--limit", "1", "--json")
    assert len(limited.json) == 1
    assert "there are more" in limited.err


@case("items create")
def _(shop: Shop) -> None:
    names = iter("ABC")
    found = shop.forms(
        lambda: [
            "items",
            "create",
            next(names),
            "--price",
            "12.5",
            "--tax",
            "IVA6",
            "--unit",
            "hour",
            "--description",
            "x",
        ],
        "Name;ID;Description;Price;Unit;Tax",
        "Nome;ID;Descrição;Preço;Unidade;Imposto",
    )
    with shop.account.client() as ix:
        made = {each.name: each for each in ix.items.list()}
    assert found.json["id"] == made["A"].id
    assert [each.unit_price for each in made.values()] == [Decimal("12.5")] * 3
    assert found.csv[0]["tax"] == "IVA6"


@case("taxes list")
def _(shop: Shop) -> None:
    found = shop.forms(
        ["taxes", "list"], "Name;ID;Percent;Region;Code;Default", "Nome;ID;Taxa (%);Região;Código;Por omissão"
    )
    rates = {each["name"]: _value(each["value"]) for each in found.json}
    assert rates == {"IVA23": 23, "IVA13": 13, "IVA6": 6, "Isento": 0}


@case("codes")
def _(shop: Shop) -> None:
    expected = {
        "exemptions": ("M07", "Isento artigo 9.º do CIVA"),
        "countries": ("ES", "Spain"),
        "currencies": ("USD", "U.S. dollar"),
        "regions": ("PT-AC", "Portugal – Açores"),
        "mechanisms": ("CC", "Credit card"),
    }
    for table, (code, name) in expected.items():
        found = shop.forms(["codes", table], "Code;Name", "Código;Nome")
        assert {"code": code, "name": name} in found.json
    codes = [each["code"] for each in shop.run("codes", "exemptions", "--json").json]
    assert "M00" not in codes
    assert "did you mean" in shop.run("codes", "exemption", code=2).err


@case("taxes create")
def _(shop: Shop) -> None:
    names = iter(("X1", "X2", "X3"))
    found = shop.forms(
        lambda: ["taxes", "create", next(names), "--percent", "4,5", "--region", "PT-AC", "--code", "RED"],
        "Name;ID;Percent;Region;Code;Default",
        "Nome;ID;Taxa (%);Região;Código;Por omissão",
    )
    with shop.account.client() as ix:
        made = {each.name: each for each in ix.taxes.list() if each.name.startswith("X")}
    assert {(each.value, each.region, each.code) for each in made.values()} == {
        (Decimal("4.5"), "PT-AC", "RED")
    }
    assert found.json["id"] == made["X1"].id


# Séries ------------------------------------------------------------------------------------------------

SERIES = "Série;ID;Type;Number;Code;Default"
SERIES_PT = "Série;ID;Tipo;Número;Código;Por omissão"


@case("sequences list")
def _(shop: Shop) -> None:
    shop.issued()
    found = shop.forms(["sequences", "list"], SERIES, SERIES_PT)
    (series,) = shop.account.control.series()
    counters = {each.id: each for each in series.counters}
    for row in found.json:
        counter = counters[row["id"]]
        assert (row["serie"], row["type"], row["number"]) == (series.serie, counter.type, counter.last_number)
        assert row["validation_code"] in {counter.validation_code, "N/A"}


@case("sequences create")
def _(shop: Shop) -> None:
    names = iter(("B", "C", "D"))
    found = shop.forms(lambda: ["sequences", "create", next(names)], SERIES, SERIES_PT)
    assert {each["serie"] for each in found.json} == {"B"}
    shop.run("sequences", "create", "E", "--default")
    series = {each.serie: each.is_default for each in shop.account.control.series()}
    assert {name for name, is_default in series.items() if is_default} == {"E"}
    assert {"B", "C", "D", "E"} < series.keys()


@case("sequences register")
def _(shop: Shop) -> None:
    shop.account.control.config.change(at_registration="manual")
    names = ("B", "C", "D")
    for name in names:
        shop.run("sequences", "create", name)
    bare = {each.serie: each.counters[0].validation_code for each in shop.account.control.series()}
    assert [bare[name] for name in names] == [None] * 3
    left = iter(names)
    found = shop.forms(lambda: ["sequences", "register", next(left), "--yes"], SERIES, SERIES_PT)
    codes = {each.serie: each.counters[0].validation_code for each in shop.account.control.series()}
    assert None not in [codes[name] for name in names]
    assert found.json[0]["validation_code"] == codes["B"]
    assert "registered" in shop.run("sequences", "register", "B").err


@case("sequences set-current")
def _(shop: Shop) -> None:
    shop.run("sequences", "create", "B")
    shop.run("sequences", "set-current", "B")
    assert [each.serie for each in shop.account.control.series() if each.is_default] == ["B"]


# Treasury ----------------------------------------------------------------------------------------------


@case("treasury balance")
def _(shop: Shop) -> None:
    shop.run("pay", str(shop.issued().id), "23", "--yes")
    found = shop.forms(["treasury", "balance", "C1"], "Client;Code;Balance;Overdue", "Cliente;Saldo;Vencido")
    assert (found.csv[0]["client"], _value(found.csv[0]["balance"])) == ("Ana", 100)
    assert _value(found.json["balance"]["with_vat"]) == 100


@case("treasury balances")
def _(shop: Shop) -> None:
    shop.issued()
    shop.issued(name="Rui", code="C2", price="25.00")
    shop.run("clients", "create", "Zé", "--code", "C3")
    found = shop.forms(["treasury", "balances"], "Client;Code;Balance;Overdue", "Cliente;Saldo;Vencido")
    assert {each["client"]: _value(each["balance"]) for each in found.json} == {
        "Ana": TOTAL, "Rui": Decimal("61.50"), "Zé": Decimal(0),
    }  # fmt: skip
    assert ("184.50" if shop.account.profile == "observed" else "184,50") in found.table.table[-1]
    owing = shop.run("treasury", "balances", "--owing", "--json").json
    assert {each["client"] for each in owing} == {"Ana", "Rui"}


@case("treasury move")
def _(shop: Shop) -> None:
    shop.issued()
    amounts = iter(("10", "20", "30"))
    found = shop.forms(
        lambda: ["treasury", "move", "C1", next(amounts), "--mechanism", "tb", "--note", "x", "--yes"],
        "Client;Amount",
        "Cliente;Valor",
    )
    receipts = [each.total for each in shop.books().values() if each.type == "Receipt"]
    assert sorted(receipts) == [10, 20, 30]
    assert _value(found.csv[0]["value"]) == 20
    shop.run("treasury", "move", "C1", "63.01", "--yes", code=4)
    assert len([each for each in shop.books().values() if each.type == "Receipt"]) == 3


# SAF-T -------------------------------------------------------------------------------------------------


def _saft(shop: Shop) -> str:
    shop.run("credit", shop.number(shop.issued(price="10.00")), "--key", "n", "--yes")
    shop.issued()
    path = shop.shell.folder / "books.xml"
    shop.account.control.save_saft(path, lisbon.today().year, lisbon.today().month)
    return path.name


@case("saft export")
def _(shop: Shop) -> None:
    theirs = _saft(shop)
    month = f"{lisbon.today():%Y-%m}"
    found = shop.forms(["saft", "export", month, "--to", "saft", "--overwrite"], "File", "Ficheiro")
    file = shop.shell.folder / found.json["file"]
    assert [each.name for each in (shop.shell.folder / "saft").iterdir()] == [file.name]
    assert month in file.name

    def numbers(path: Path) -> list[str | None]:
        return [each.text for each in ElementTree.parse(path).iter() if each.tag.endswith("InvoiceNo")]  # noqa: S314 - the emulator's own

    issued = {each.number for each in shop.books().values()}
    assert numbers(file) == numbers(shop.shell.folder / theirs)
    assert set(numbers(file)) == issued
    shop.run("saft", "export", month, "--to", "saft", code=1)


@case("saft check")
def _(shop: Shop) -> None:
    file = _saft(shop)
    assert shop.run("saft", "check", file, "--json").json == []
    path = shop.shell.folder / file
    text = path.read_text("cp1252")
    path.write_text(re.sub(r"(?<=<TotalCredit>)[^<]*", "1.23", text, count=1), "cp1252")
    found = shop.forms(
        ["saft", "check", file],
        "File;Section;Document;Line;Type;Finding",
        "Ficheiro;Secção;Documento;Linha;Tipo;Resultado",
        code=1,
    )
    assert {each["file"] for each in found.json} == {file}
    assert any("1.23" in each["what"] for each in found.json)


@case("saft chain")
def _(shop: Shop) -> None:
    file = _saft(shop)
    (shop.shell.folder / "key.pem").write_text(shop.account.control.public_key().public_key)
    whole = shop.run("saft", "chain", file, "--key", "key.pem")
    assert "3 signatures are valid, 0 broken" in whole.err
    path = shop.shell.folder / file
    text = path.read_text("cp1252")
    path.write_text(text.replace("<GrossTotal>123.00<", "<GrossTotal>124.00<"), "cp1252")
    found = shop.forms(
        ["saft", "chain", file, "--key", "key.pem"],
        "Section;Document;Line;Finding",
        "Secção;Documento;Linha;Resultado",
        code=1,
    )
    changed = next(each.number for each in shop.books().values() if each.total == TOTAL)
    assert [(each["number"], each["finding"]) for each in found.json] == [(changed, "broken")]


@case("saft vat")
def _(shop: Shop) -> None:
    found = shop.forms(
        ["saft", "vat", _saft(shop)],
        "Region;Code;Percent;Exemption;Cash scheme;Base;VAT",
        "Região;Código;Taxa (%);Isenção;IVA de caixa;Incidência;IVA",
    )
    (row,) = found.json
    assert (row["region"], _value(row["percent"])) == ("PT", 23)
    assert (_value(row["base"]), _value(row["tax"])) == (100, 23)


# Reports -----------------------------------------------------------------------------------------------

TURNOVER = "Base;Taxes;Total"
VOLUME = "Incidência;Impostos;Total"


def _sold(shop: Shop) -> None:
    """200.00 to Ana, of which 20.00 are credited; 100.00 to Rui."""
    shop.issued(price="90.00")
    shop.run("credit", shop.number(shop.issued(price="10.00")), "--key", "n", "--yes")
    shop.issued(name="Rui", code="C2")
    shop.draft()


@case("report clients")
def _(shop: Shop) -> None:
    _sold(shop)
    found = shop.forms(
        ["report", "clients"], f"Client;Code;Documents;{TURNOVER}", f"Cliente;Código;Documentos;{VOLUME}"
    )
    assert [(each["name"], _value(each["before_taxes"]), _value(each["total"])) for each in found.json] == [
        ("Ana", 180, Decimal("221.40")), ("Rui", 100, TOTAL),
    ]  # fmt: skip
    assert ("344.40" if shop.account.profile == "observed" else "344,40") in found.table.table[-1]
    assert len(shop.run("report", "clients", "--count", "1", "--plot", "x.svg", "--csv").rows) == 1
    assert "</svg>" in (shop.shell.folder / "x.svg").read_text("utf-8")


@case("report months")
def _(shop: Shop) -> None:
    _sold(shop)
    found = shop.forms(["report", "months"], f"Month;Documents;{TURNOVER}", f"Mês;Documentos;{VOLUME}")
    month = f"{lisbon.today():%Y-%m}"
    assert {each["month"]: _value(each["total"]) for each in found.json if _value(each["total"])} == {
        month: Decimal("344.40")
    }
    assert len(found.json) == 12
    empty = shop.run("report", "months", "--year", "2020", "--json").json
    assert {_value(each["total"]) for each in empty} == {Decimal(0)}


@case("report quarters")
def _(shop: Shop) -> None:
    _sold(shop)
    found = shop.forms(
        ["report", "quarters"], f"Quarter;Documents;{TURNOVER}", f"Trimestre;Documentos;{VOLUME}"
    )
    assert [_value(each["before_taxes"]) for each in found.json if _value(each["before_taxes"])] == [280]
    assert len(found.json) == 4


@case("report vat")
def _(shop: Shop) -> None:
    _sold(shop)
    found = shop.forms(["report", "vat"], "Region;Percent;Base;VAT", "Região;Taxa (%);Incidência;IVA")
    assert [
        (each["region"], _value(each["rate"]), _value(each["base"]), _value(each["tax"]))
        for each in found.json
    ] == [("PT", 23, 280, Decimal("64.40"))]


@case("report debtors")
def _(shop: Shop) -> None:
    shop.run("pay", str(shop.issued().id), "23", "--yes")
    shop.issued(name="Rui", code="C2")
    found = shop.forms(
        ["report", "debtors"],
        "Client;Code;Documents;Open;Overdue;Oldest due date;Credit;Balance",
        "Cliente;Código;Documentos;Em aberto;Vencido;Vencimento mais antigo;Crédito;Saldo",
    )
    assert [(each["name"], _value(each["open"])) for each in found.json] == [("Rui", TOTAL), ("Ana", 100)]


@case("report ages")
def _(shop: Shop) -> None:
    shop.run("pay", str(shop.issued().id), "23", "--yes")
    found = shop.forms(
        ["report", "ages"],
        "Client;Code;Documents;Not due;1 to 30 days;31 to 60 days;61 to 90 days;Over 90 days;Credit;Total",
        "Cliente;Código;Documentos;Por vencer;1 a 30 dias;31 a 60 dias;61 a 90 dias;Mais de 90 dias;Crédito",
    )
    assert [(_value(each["not_due"]), _value(each["total"])) for each in found.json] == [(100, 100)]


# Set-up ------------------------------------------------------------------------------------------------


@case("doctor")
def _(shop: Shop) -> None:
    key = f'key = "{shop.account.api_key}"\naccount_id = {shop.account.id}\n'
    shop.shell.settings(f'default = "main"\n[accounts.main]\n{shop.account.toml}{key}')
    found = shop.forms(["doctor"], "Check;State;Finding;Remedy", "Verificação;Estado;Resultado;O que fazer")
    states = {each["check"]: each["state"] for each in found.json}
    assert {
        states[name] for name in ("versions", "account", "key", "service", "clock", "séries", "plan")
    } == {"ok"}
    assert "emulator" in next(each["finding"] for each in found.json if each["check"] == "service")
    shop.account.control.config.change(at_registration="manual")
    shop.run("sequences", "create", "BARE")
    warned = {each["check"]: each for each in shop.run("doctor", "--json").json}
    assert warned["série BARE"]["state"] == "warning"
    assert "sequences register" in warned["série BARE"]["remedy"]
    for answer in (Respond(403), Respond(200, body='{"account": {"id": 1}}')):
        with shop.account.control.faults.injected(answer, "*", nth=2, times=None):
            rows = shop.run("doctor", "--json").json
        doubtful = [each for each in rows if each["state"] != "ok"]
        assert doubtful
        assert all(each["remedy"] for each in doubtful)


def test_doctor_names_the_command_that_gives_it_the_number(one_shop: Shop) -> None:
    """The command replaces the account, so an option that it left out would be lost."""
    key = f'key_command = "printf {one_shop.account.api_key}"\n'
    one_shop.shell.settings(f'default = "main"\n[accounts.main]\n{one_shop.account.toml}{key}')
    rows = {each["check"]: each for each in one_shop.run("doctor", "--json").json}
    row = rows["AT credentials, plan"]
    assert row["state"] == "not checked"
    assert f"({FIRST_ACCOUNT_ID} for the emulator's first account)" in row["remedy"]
    command = row["remedy"].partition("`")[2].rstrip("`")
    assert one_shop.account.api_key not in command
    arguments = shlex.split(command.replace("NUMBER", str(one_shop.account.id)))
    assert arguments[:4] == ["invoicexpress", "config", "add", "main"]
    whole = [f"printf {one_shop.account.api_key}" if each == "printf …" else each for each in arguments[1:]]
    one_shop.run(*whole)
    rows = {each["check"]: each for each in one_shop.run("doctor", "--json").json}
    assert rows["plan"]["state"] == "ok"


@case("config list")
def _(shop: Shop) -> None:
    found = shop.forms(
        ["config", "list"],
        "Name;Account;Base URL;Proxy;Key;Default",
        "Nome;Conta;Endereço;Proxy;Chave;Por omissão",
    )
    assert found.json == [
        {
            "name": "main",
            "account": shop.account.name,
            "base_url": shop.account.base_url,
            "proxy": None,
            "key_from": "this file",
            "is_default": True,
        }
    ]


@case("config add")
def _(shop: Shop) -> None:
    shop.shell.config.unlink()
    address = ("--service-name", shop.account.name, "--base-url", shop.account.base_url)
    shop.run("config", "add", "one", *address, given=f"{shop.account.api_key}\nmore\n")
    assert shop.shell.config.stat().st_mode & 0o777 == 0o600
    key = shop.shell.folder / "key"
    key.write_text(f"{shop.account.api_key}\n")
    key.chmod(0o600)
    shop.run("config", "add", "two", *address, "--key-file", "key")
    shop.run(
        "config",
        "add",
        "three",
        *address,
        "--key-command",
        "head -n 1 key",
        "--account-id",
        str(shop.account.id),
    )
    for name in ("one", "two", "three"):
        assert shop.run("taxes", "list", "--account", name, "--csv").rows
    assert [each["name"] for each in shop.run("config", "list", "--json").json if each["is_default"]] == [
        "one"
    ]


@case("config use")
def _(shop: Shop) -> None:
    shop.run("config", "add", "other", "--base-url", "http://127.0.0.1:9", given="k\n")
    shop.run("config", "use", "other")
    assert {each["name"]: each["is_default"] for each in shop.run("config", "list", "--json").json} == {
        "main": False, "other": True,
    }  # fmt: skip
    shop.run("config", "use", "main")
    assert shop.run("taxes", "list", "--csv").rows


@case("config remove")
def _(shop: Shop) -> None:
    for name in ("other", "third"):
        arguments = ("--base-url", shop.account.base_url, "--service-name", shop.account.name)
        shop.run("config", "add", name, *arguments, given=f"{shop.account.api_key}\n")
    assert "default" not in shop.run("config", "remove", "third").err
    shop.run("config", "add", "third", "--base-url", shop.account.base_url, given="key\n")
    several = shop.run("config", "remove", "main").err
    assert "choose one with `invoicexpress config use NAME`: other, third" in several
    # The remedy is right, and no other account is taken by itself.
    assert "config use" in shop.run("taxes", "list", code=2).err
    shop.run("config", "use", "third")
    assert "choose one: `invoicexpress config use other`" in shop.run("config", "remove", "third").err
    assert "config use" in shop.run("taxes", "list", code=2).err
    shop.run("config", "use", "other")
    assert shop.run("taxes", "list", "--json").json
    shop.run("config", "remove", "other")
    assert shop.account.api_key not in shop.shell.config.read_text()
    assert shop.run("config", "list", "--json").json == []
    assert "config add" in shop.run("taxes", "list", code=1).err


@case("config path")
def _(shop: Shop) -> None:
    assert shop.run("config", "path").out == f"{shop.shell.config}\n"


# Billing runs ------------------------------------------------------------------------------------------

HEAD = "key;date;client_name;client_code;item;quantity;unit_price;tax;paid\n"


def billing_file(shop: Shop, name: str, *rows: str) -> str:
    """A file of a run in the folder of the shell, whose journal is there too."""
    shop.shell.environment["INVOICEXPRESS_JOURNAL"] = str(shop.shell.folder / "billing.db")
    lines = "".join(f"{row.format(day=lisbon.today())}\n" for row in rows)
    (shop.shell.folder / name).write_text(HEAD + lines, "utf-8")
    return name


TWO = ("A1;{day};Ana;C1;Plan;1;100,00;IVA23;", "A2;{day};Rui;C2;Plan;2;50,00;IVA23;23,00")


@case("run start")
def _(shop: Shop) -> None:
    wrong = billing_file(shop, "wrong.csv", "A1;31/02/2026;Ana;C1;Plan;1;1,00;IVA99;")
    ended = shop.run("run", "start", wrong, "--yes", "--csv", code=2)
    assert {(row["row"], row["column"]) for row in ended.rows} == {("2", "date"), ("2", "tax")}
    file = billing_file(shop, "two.csv", *TWO)
    shop.run("run", "start", file, "--dry-run")
    assert shop.run("run", "start", file, code=4).err.endswith("pass --yes\n")
    assert shop.books() == {}
    paid = ("--steps", "create,finalize,pay", "--yes")
    lines = shop.run("run", "start", file, *paid, "--json").out.splitlines()
    assert [json.loads(line)["key"] for line in lines].count("A2") == 3
    books = sorted((each.type, each.status, each.total) for each in shop.books().values())
    assert books == [("Invoice", "final", TOTAL), ("Invoice", "final", TOTAL), ("Receipt", "final", 23)]
    again = shop.run("run", "start", file, *paid)
    assert "goes on where it stands" in again.err
    assert "2 done" in again.err
    assert len(shop.books()) == 3
    other = shop.run("run", "start", file, "--steps", "create", code=1)
    assert "another steps (create finalize pay)" in other.err


@case("run list")
def _(shop: Shop) -> None:
    shop.run("run", "start", billing_file(shop, "two.csv", *TWO), "--yes")
    found = shop.forms(["run", "list"], "Name;Account;File;Done", "Nome;Conta;Ficheiro;Feitos")
    assert [(each["name"], each["source"], each["done"], each["failed"]) for each in found.json] == [
        ("two", "two.csv", 2, 0)
    ]


@case("run status")
def _(shop: Shop) -> None:
    shop.run("run", "start", billing_file(shop, "two.csv", *TWO), "--yes")
    found = shop.forms(
        ["run", "status", "two", "--follow"], "Name;Account;File;Done", "Nome;Conta;Ficheiro;Feitos"
    )
    assert found.json["done"] == 2
    assert "no such run in this journal; it has two" in shop.run("run", "status", "tow", code=1).err


@case("run report")
def _(shop: Shop) -> None:
    shop.run("run", "start", billing_file(shop, "two.csv", *TWO), "--yes")
    found = shop.forms(["run", "report", "two"], "Key;State;Number;Total", "Chave;Estado;Número;Total")
    numbers = {each.number for each in shop.books().values()}
    assert {each["number"] for each in found.json} == numbers
    assert [(each["key"], each["state"], each["total"]) for each in found.json] == [
        ("A1", "done", "123.00"), ("A2", "done", "123.00"),
    ]  # fmt: skip


@case("run retry")
def _(shop: Shop) -> None:
    file = billing_file(shop, "two.csv", *TWO)
    with shop.account.control.faults.injected(Respond(422), "changeDocumentState", times=1):
        ended = shop.run("run", "start", file, "--yes", code=4)
    assert "1 done, 1 failed" in ended.err
    assert sorted(each.status for each in shop.books().values()) == ["draft", "final"]
    assert "2 done" in shop.run("run", "retry", "two", "--yes").err
    assert [each.status for each in shop.books().values()] == ["final", "final"]


@case("worker")
def _(shop: Shop) -> None:
    """It works in tests/billing/test_workers.py, on PostgreSQL."""
    ended = shop.run("worker", "--database", "mysql://host/name", code=1)
    assert "expected postgresql://" in ended.err
