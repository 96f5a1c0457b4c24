"""Each error says what to do in the words of the call: its method, its arguments, values to write."""

from __future__ import annotations

import copy
import datetime
import inspect
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from invoicexpress import (
    AmbiguousResultError,
    ConfigurationError,
    Download,
    InputError,
    Invoice,
    InvoiceXpress,
    InvoiceXpressError,
    legal_number,
    payment_terms,
    saft_file,
    totals,
)
from invoicexpress_generated.client import httpx

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


def refused(call: Callable[[], Any]) -> str:
    """The message of an InputError that is raised before anything is sent."""
    with pytest.raises(InputError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        row(
            lambda: legal_number(5),
            "document: expected a document, got 5; read it with `ix.documents.get",
        ),
        row(lambda: legal_number("FT A/1"), "document: expected a document, got 'FT A/1'"),
        row(
            lambda: saft_file.vat_summary("10.xml"),
            "files: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(
            lambda: saft_file.vat_summary(["10.xml"]),
            "files[0]: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(
            lambda: saft_file.verify_chain(Path("10.xml"), PEM),
            "files: expected a file opened by saft_file.read, got '10.xml'; pass saft_file.read('10.xml')",
        ),
        row(lambda: saft_file.check(5), "file: expected a file opened by saft_file.read, got 5; pass one"),
        row(lambda: saft_file.check([]), "file: expected a file opened by saft_file.read, got []; pass one"),
        row(lambda: saft_file.verify_chain([], 5), "public_key_pem: expected a public key in PEM"),
        row(
            lambda: saft_file.read("<AuditFile>\0"),
            "source: expected a path, got a text with a NUL character; pass contents as bytes",
        ),
        row(
            lambda: totals.of_lines(FIELDS["items"]),
            "lines[0]: expected a totals.Line, got {'name': 'Café', 'unit_price': Decimal('1.50'), ",
        ),
        row(lambda: totals.of_document(FIELDS, totals.TaxRates({})), "document: expected the result of"),
        row(lambda: payment_terms.due_date(days="30"), "days: expected a whole number, got '30'"),
        row(lambda: payment_terms.month_range("2026", 1), "year: expected a whole number, got '2026'"),
        row(lambda: payment_terms.month_of("2026-11-21"), "date: expected a datetime.date, got '2026-11-21'"),
        row(lambda: FILE.save(5), "path: expected a path, got 5"),
        row(lambda: FILE.save("a\0b"), "path: expected a path, got 'a\\x00b' with a NUL character"),
        row(lambda: FILE.save_in(5), "folder: expected a path, got 5"),
        row(lambda: FILE.save_in(".", name=5), "name: expected a file name as a text, got 5"),
    ],
)
def test_a_helper_says_what_to_pass(call: Any, message: str) -> None:
    assert refused(call).startswith(message)


FILE = Download(b"%PDF-", "application/pdf")
PEM = (
    rsa.generate_private_key(65537, 1024)  # noqa: S505 - the law's size, and it signs nothing
    .public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
)


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
        makers += [lambda **given: InvoiceXpress("acme", KEY, **given)]
        makers += [lambda **given: InvoiceXpress.from_env(environment, **given)]
    for make in makers:
        with pytest.raises(ConfigurationError) as caught:
            make(**changes)
        assert str(caught.value).startswith(message)


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
