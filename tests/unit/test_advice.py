"""Each error says what to do in the words of the call: its method, its arguments, values to write."""

from __future__ import annotations

import copy
import datetime
import inspect
import pickle
import re
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    Checks,
    ConfigurationError,
    Download,
    InputError,
    Invoice,
    InvoiceXpress,
    InvoiceXpressError,
    ServerError,
    SilentChangeError,
    SilentChangeWarning,
    TransportError,
    legal_number,
    payment_terms,
    saft_file,
    totals,
)
from invoicexpress.errors import field_hints
from invoicexpress_generated import models

from tests.unit.conftest import (
    KEY,
    ONCE,
    Answer,
    Run,
    Service,
    as_read,
    document_json,
    echo,
    methods_of,
    spaces_of,
    tax_json,
)

FIELDS: dict[str, Any] = {
    "date": datetime.date(2026, 11, 21),
    "client": {"name": "Ana", "code": "A1"},
    "items": [{"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}],
}
LOST = httpx.ReadTimeout("")
INVOICE = Answer(body={"invoice": document_json(status="final")})
OWNER = Invoice.from_dict(as_read(document_json(status="final")))
TOTAL = Decimal("12.30")

Call = Callable[[Any], Any]


def row(call: Call, *expected: Any) -> tuple[Any, ...]:
    """A row. A function, since a checker infers a lambda's type from a parameter."""
    return call, *expected


@pytest.mark.parametrize(
    ("call", "answers", "advice"),
    [
        row(
            lambda ix: ix.invoices.issue(key=" z2 ", expect_total=TOTAL, **FIELDS),
            [LOST],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.invoices.issue(key="z2", expect_total=TOTAL, **FIELDS),
            [echo("invoice", 201, total="12.3"), LOST, Answer(503)],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.credit_notes.issue(OWNER, key="z2"),
            [INVOICE, LOST],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        # Another worker with the key may issue the note meanwhile, so no text calls it a draft to delete.
        row(
            lambda ix: ix.credit_notes.issue(OWNER, key="z2"),
            [INVOICE, echo("credit_note", 201, id=8), Answer(body={"documents": []}), LOST],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.invoices.create(proprietary_uid="z2", **FIELDS),
            [LOST],
            "call `create` again with proprietary_uid='z2' and the same content to get the same document",
        ),
        row(lambda ix: ix.invoices.cancel(7, "wrong"), [LOST, Answer(503)], "read the status of document 7"),
    ],
)
def test_a_result_in_doubt_names_the_call_that_decides_it(
    call: Call, answers: list[Any], advice: str, run: Run, service: Service
) -> None:
    with pytest.raises(AmbiguousResultError) as caught:
        run(service.will(*answers), call)
    assert f"it may have been carried out, so {advice}" in str(caught.value)
    assert str(copy.deepcopy(caught.value)) == str(caught.value)


FILE = Download(b"%PDF-", "application/pdf")
PEM = (
    rsa.generate_private_key(65537, 1024)  # noqa: S505 - the law's size, and it signs nothing
    .public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
)
HELPERS: Any = SimpleNamespace(
    FILE=FILE, legal_number=legal_number, payment_terms=payment_terms, saft_file=saft_file, totals=totals
)
"""Untyped: the values of these calls are wrong on purpose."""


def refused(call: Callable[[], Any]) -> str:
    """The message of an InputError that is raised before anything is sent."""
    with pytest.raises(InputError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        row(
            lambda it: it.legal_number(5),
            "document: expected a document, got 5; read it with `ix.documents.get",
        ),
        row(lambda it: it.legal_number("FT A/1"), "document: expected a document, got 'FT A/1'"),
        row(
            lambda it: it.saft_file.vat_summary("10.xml"),
            "files: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(
            lambda it: it.saft_file.vat_summary(["10.xml"]),
            "files[0]: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(
            lambda it: it.saft_file.verify_chain(Path("10.xml"), PEM),
            "files: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(
            lambda it: it.saft_file.check(5),
            "file: expected a file opened by saft_file.read, got 5; pass one",
        ),
        row(
            lambda it: it.saft_file.check([]),
            "file: expected a file opened by saft_file.read, got []; pass one",
        ),
        row(lambda it: it.saft_file.verify_chain([], 5), "public_key_pem: expected a public key in PEM"),
        row(
            lambda it: it.saft_file.read("<AuditFile>\0"),
            "source: expected a path, got a text with a NUL character; pass contents as bytes",
        ),
        row(
            lambda it: it.totals.of_lines(FIELDS["items"]),
            "lines[0]: expected a totals.Line, got {'name': 'Café', 'unit_price': Decimal('1.50'), ",
        ),
        row(
            lambda it: it.totals.of_document(FIELDS, it.totals.TaxRates({})),
            "document: expected the result of",
        ),
        row(lambda it: it.payment_terms.due_date(days="30"), "days: expected a whole number, got '30'"),
        row(lambda it: it.payment_terms.month_range("2026", 1), "year: expected a whole number, got '2026'"),
        row(
            lambda it: it.payment_terms.month_of("2026-11-21"),
            "date: expected a datetime.date, got '2026-11-21'",
        ),
        row(lambda it: it.FILE.save(5), "path: expected a path, got 5"),
        row(lambda it: it.FILE.save("a\0b"), "path: expected a path, got 'a\\x00b' with a NUL character"),
        row(lambda it: it.FILE.save_in(5), "folder: expected a path, got 5"),
        row(lambda it: it.FILE.save_in(".", name=5), "name: expected a file name as a text, got 5"),
    ],
)
def test_a_helper_says_what_to_pass(call: Any, message: str) -> None:
    assert refused(lambda: call(HELPERS)).startswith(message)


@pytest.mark.parametrize("place", [".", "..", "", "here", "here/"])
def test_a_folder_is_no_file_to_save(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError, match="it is a folder; save_in writes into a folder"):
        FILE.save(place)
    assert [each.name for each in tmp_path.iterdir()] == ["here"]


def test_a_link_to_a_folder_is_replaced_itself(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "here")
    FILE.save(tmp_path / "link")
    assert (tmp_path / "link").read_bytes() == b"%PDF-"
    assert (tmp_path / "here").is_dir()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        row(
            lambda ix: ix.credit_notes.credit(5),
            "expected the invoice, got 5; read it with `ix.invoices.get(5)",
        ),
        row(lambda ix: ix.credit_notes.left_to_credit(5), "expected the invoice, got 5; read it with"),
        row(lambda ix: ix.credit_notes.issue(5, key="k"), "expected the invoice, got 5; read it with"),
        row(
            lambda ix: ix.credit_notes.credit("FT A/1"),
            "expected the invoice, got 'FT A/1'; read it",
        ),
        row(lambda ix: ix.treasury.balances(5), "clients: expected a list of clients, got 5"),
        row(lambda ix: ix.documents.list(types=5), "types: expected a list of texts, got 5"),
        row(lambda ix: ix.documents.get(7, types="Invoice"), "got the text 'Invoice'; use ['Invoice']"),
    ],
)
def test_a_method_says_what_to_pass(call: Call, message: str, run: Run, service: Service) -> None:
    assert message in refused(lambda: run(service, call))


def test_a_credit_note_refuses_fields_that_it_would_ignore(run: Run, service: Service) -> None:
    service.will(INVOICE, Answer(body={"documents": []}))
    said = refused(lambda: run(service, lambda ix: ix.credit_notes.credit(OWNER, observation="x")))
    assert said.startswith("observation: a credit note takes it from the invoice, or has no such field; ")
    assert "did you mean 'observations'?" in said


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dedline": 5}, "dedline: unknown option; did you mean 'deadline'?"),
        ({"zzz": 5}, "zzz: unknown option; expected one of timeout, deadline, max_answer, retries, "),
        ({"pace": None}, "pace: with_options cannot change it; make another client with it"),
        ({"deadline": 0}, "deadline: expected seconds, more than 0 and finite, got 0"),
        ({"deadline": "5"}, "deadline: expected seconds, more than 0 and finite, got '5'"),
        ({"timeout": "5"}, "timeout: expected seconds, more than 0 and finite, got '5'"),
        ({"max_answer": 1.5}, "max_answer: expected a number of bytes, 1 or more, got 1.5"),
        ({"retries": -1}, "retries: expected a whole number, 0 or more, got -1"),
        ({"consistency_window": -1}, "consistency_window: expected seconds, 0 or more and finite, got -1"),
        ({"checks": "raise"}, "checks: expected Checks, such as Checks.each(\"raise\"), got 'raise'"),
    ],
)
def test_an_option_is_named(changes: dict[str, Any], message: str) -> None:
    ix = InvoiceXpress("acme", KEY)
    makers: list[Callable[..., object]] = [ix.with_options]
    if "pace" not in changes:
        environment = {"INVOICEXPRESS_ACCOUNT": "acme", "INVOICEXPRESS_API_KEY": KEY}
        makers += [partial(InvoiceXpress, "acme", KEY), partial(InvoiceXpress.from_env, environment)]
    for make in makers:
        with pytest.raises(ConfigurationError) as caught:
            make(**changes)
        assert str(caught.value).startswith(message)


LINE = FIELDS["items"][0]
NUMBER = '`find_by_number(28, "A")` of its namespace finds it by its number in the série A'


def with_line(**changes: Any) -> Call:
    """Creates an invoice of one line with other values."""
    fields: dict[str, Any] = {**FIELDS, "items": [{**LINE, **changes}]}
    return lambda ix: ix.invoices.create(**fields)


@pytest.mark.parametrize(
    ("call", "field", "advice"),
    [
        row(lambda ix: ix.invoices.list(status="final"), "status", "; use ['final']"),
        row(lambda ix: ix.invoices.list(status=["fnal"]), "status[0]", "; did you mean 'final'?"),
        row(lambda ix: ix.invoices.list(date_from="x"), "date_from", "expected a datetime.date, got str 'x'"),
        row(lambda ix: ix.transports.list(loaded_at_to="x"), "loaded_at_to", "expected a datetime.date"),
        row(lambda ix: ix.quotes.list(due_date_to="x"), "due_date_to", "expected a datetime.date, got str"),
        row(
            lambda ix: ix.invoices.get("FT DEMO/1"),
            "document",
            "expected the document, or its id as an int, got str 'FT DEMO/1'; "
            '`find_by_number(1, "DEMO")` of its namespace finds it by its number',
        ),
        row(lambda ix: ix.invoices.pdf("FT 2026/28"), "document", '`find_by_number(28, "2026")`'),
        row(lambda ix: ix.invoices.finalize("28/2026"), "document", '`find_by_number(28, "2026")`'),
        row(lambda ix: ix.invoices.get("DEMO/28"), "document", '`find_by_number(28, "DEMO")`'),
        row(lambda ix: ix.invoices.get("A1"), "document", NUMBER),
        row(
            lambda ix: ix.invoices.find_by_number("FT DEMO/149", "DEMO"),
            "number",
            'write find_by_number(149, "DEMO")',
        ),
        row(lambda ix: ix.clients.get("A1"), "client", '`ix.clients.find_by_code("A1")` finds a client by'),
        row(lambda ix: ix.treasury.balance("A1"), "client", '`ix.clients.find_by_code("A1")` finds a client'),
        row(lambda ix: ix.taxes.get("IVA23"), "tax", "`ix.taxes.list()` reads the taxes"),
        row(lambda ix: ix.sequences.get("A"), "sequence", '`ix.sequences.find("A")` finds a série by'),
        row(lambda ix: ix.invoices.find_by_number("A", 1), "number", 'write find_by_number(28, "A")'),
        row(
            lambda ix: ix.invoices.create(client={"name": "Ana"}, items=[LINE]),
            "invoice.date",
            "it is required; give it a value, such as lisbon.today()",
        ),
        row(
            lambda ix: ix.items.create(name="x"),
            "item.unit_price",
            'give it a value, such as Decimal("9.99")',
        ),
        row(lambda ix: ix.taxes.create(name="x", value=Decimal(1)), "tax.region", 'such as "PT"; `ref'),
        row(
            with_line(unit_price=Decimal(-1)),
            "invoice.items[0].unit_price",
            "got -1; a discount is `discount`, in percent; money goes back with a credit note",
        ),
        row(with_line(quantity=Decimal(-1)), "invoice.items[0].quantity", "back with a credit note"),
        row(
            with_line(tax="IVA23"),
            "invoice.items[0].tax",
            """expected a tax, got str 'IVA23'; use {"name": "IVA23"}""",
        ),
        row(with_line(tax={"nme": "x"}), "invoice.items[0].tax.nme", "unknown field; did you mean 'name'?"),
        row(
            lambda ix: ix.invoices.create(**{**FIELDS, "client": 5}),
            "invoice.client",
            "expected a client, got ",
        ),
        row(
            lambda ix: ix.invoices.create(**{**FIELDS, "items": [5]}),
            "invoice.items[0]",
            "expected a line, got",
        ),
        row(
            lambda ix: ix.invoices.create(**{**FIELDS, "items": []}),
            "invoice.items",
            "write a list of lines: [",
        ),
        row(
            lambda ix: ix.quotes.issue(key="k", expect_total=TOTAL, **FIELDS),
            "key",
            "quotes have no keys; `reference` is required instead: issue finds its document again by it",
        ),
        row(
            lambda ix: ix.quotes.issue(expect_total=TOTAL, **FIELDS),
            "quote.reference",
            "`reference` is required: issue finds its document again by it; give each of your quotes one",
        ),
        row(
            lambda ix: ix.quotes.create(proprietary_uid="k", **FIELDS),
            "quote.proprietary_uid",
            "only the invoice family has keys; give the document a `reference` of its own",
        ),
        row(
            lambda ix: ix.invoices.pay(7, amount=Decimal(-1)),
            "partial_payment.amount",
            "expected more than 0,",
        ),
        row(
            with_line(unit_price=None),
            "invoice.items[0].unit_price",
            "None from `net_prices` means that no price of four decimals gives this total",
        ),
        row(
            lambda ix: ix.invoices.pay(7, amount=Decimal(0)),
            "partial_payment.amount",
            "expected more than 0,",
        ),
    ],
)
def test_a_refused_value_is_told_in_the_words_of_the_call(
    call: Call, field: str, advice: str, run: Run, service: Service
) -> None:
    with pytest.raises(InputError) as caught:
        run(service, call)
    assert caught.value.field == field
    assert advice in caught.value.reason
    assert not re.search(r"\w+(Write|Reference)\b|\[\]|-id\b", str(caught.value))


def test_every_class_of_the_wire_has_a_noun() -> None:
    """Classes of values inside of a value, which a message about a wrong one names."""
    for name in (each for each in models.__all__ if each.endswith("Write")):
        for annotation in getattr(models, name).__annotations__.values():
            for inner in re.findall(r"\b(\w+(?:Write|Reference))\b", str(annotation)):
                assert inner in field_hints.NOUNS, (name, inner)


def test_a_known_tax_is_named(service: Service) -> None:
    service.will(Answer(body={"taxes": [tax_json(name="IVA23"), tax_json(id=2, name="IVA6")]}))
    checks = Checks(tax_unknown="raise")
    ix = InvoiceXpress("acme", KEY, transport=service.transport, **ONCE).with_options(checks=checks)
    with pytest.raises(SilentChangeError) as error:
        with_line(tax={"name": "IVA-23"})(ix)
    assert "takes the default instead; did you mean 'IVA23'? It has IVA23, IVA6" in str(error.value)


def test_a_known_code_with_another_name_names_both(service: Service) -> None:
    service.will(echo("invoice", 201, client={"id": 3, "name": "Ana Sousa", "code": "A1"}))
    checks = Checks(total_changed="off", tax_changed="off")
    given: dict[str, Any] = {**FIELDS, "client": {"name": "Another", "code": "A1"}}
    ix = InvoiceXpress("acme", KEY, transport=service.transport, **ONCE).with_options(checks=checks)
    with pytest.warns(SilentChangeWarning) as caught:
        ix.invoices.create(**given)
    assert [str(each.message) for each in caught] == [
        "invoice.client.name: code 'A1' is the client 'Ana Sousa'; the draft is made out to it, not to "
        "'Another'. Use another code, or update the client"
    ]


def test_a_wrong_base_url_is_told(run: Run, service: Service) -> None:
    said = "base_url (INVOICEXPRESS_BASE_URL) is probably wrong"
    with pytest.raises(ServerError, match=re.escape(said)):
        run(service.will(Answer(501, b"")), lambda ix: ix.taxes.list())
    with pytest.raises(AmbiguousResultError, match=re.escape(said)):
        run(service.will(Answer(501, b""), LOST), lambda ix: ix.invoices.cancel(7, "x"))


def test_a_request_that_was_not_sent_says_so() -> None:
    """A deadline that passes before the connection is made."""
    with InvoiceXpress("acme", KEY, base_url="http://127.0.0.1:9", deadline=1e-9, **ONCE) as ix:
        for call in (lambda: ix.invoices.create(**FIELDS), ix.taxes.list):
            with pytest.raises(TransportError) as caught:
                call()
            assert caught.value.reason == (
                "the request was not sent within deadline=1e-09 seconds, to 127.0.0.1:9"
            )


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_client_cannot_be_copied(kind: Any, copied: Any) -> None:
    ix = kind("acme", KEY)
    for each in (ix, ix.with_options(retries=0)):
        with pytest.raises(TypeError, match="cannot be pickled or copied; with_options makes one with"):
            copied(each)


ODD: list[Any] = [5, -1, "x", "", None, 1.5, object(), [], {}, True, "\0", b"x"]


def odd_calls(ix: InvoiceXpress) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Calls of every method, with an odd value for each argument in turn."""
    for space in spaces_of(ix).values():
        for name in sorted(methods_of(space)):
            method = getattr(space, name)
            taken = [
                each
                for each in inspect.signature(method).parameters.values()
                if each.kind is not inspect.Parameter.VAR_KEYWORD
            ]
            needed = {each.name: 7 for each in taken if each.default is each.empty}
            for parameter in taken:
                for value in ODD:
                    given = {**needed, parameter.name: value}
                    first = [
                        given.pop(each.name)
                        for each in taken
                        if each.kind is inspect.Parameter.POSITIONAL_ONLY
                    ]
                    yield f"{method.__qualname__}({first}, {given})", partial(method, *first, **given)


def test_every_method_refuses_odd_values_with_an_error_of_this_package() -> None:
    """No AttributeError or TypeError from inside, whichever argument is wrong."""

    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no network")

    wrong: list[str] = []
    with (
        warnings.catch_warnings(action="ignore"),
        InvoiceXpress("acme", KEY, transport=httpx.MockTransport(unreachable), **ONCE) as ix,
    ):
        for text, call in odd_calls(ix):
            try:
                result = call()
                if inspect.isgenerator(result) or hasattr(result, "pages"):
                    list(result)
            except InvoiceXpressError:
                continue
            except Exception as error:
                wrong.append(f"{text}: {type(error).__name__}: {error}")
    assert wrong == []
