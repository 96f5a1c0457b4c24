"""Guesses warn once per use, at the caller's line, and before sending anything."""

from __future__ import annotations

import asyncio
import inspect
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from invoicexpress import (
    AmbiguousResultError,
    AssumedOperationWarning,
    AsyncInvoiceXpress,
    Guide,
    InputError,
    Invoice,
    InvoiceXpress,
    UnexpectedResponseError,
)
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, DocumentTypeRow, row_of

from tests.unit.conftest import (
    KEY,
    Answer,
    Run,
    Service,
    as_read,
    document_json,
    guide_json,
    methods_of,
)

Call = Callable[[Any], Any]

INVOICE = Invoice.from_dict(as_read(document_json(type="CreditNote")))
GUIDE = Guide.from_dict(as_read(guide_json()))
GUESSES: dict[str, Call] = {
    "archive": lambda ix: ix.legacy.archive(7, "invoices"),
    "unarchive": lambda ix: ix.legacy.unarchive(INVOICE),
    "account_stats": lambda ix: ix.legacy.account_stats(11),
    "suspend_account": lambda ix: ix.legacy.suspend_account(11),
    "activate_account": lambda ix: ix.legacy.activate_account(11),
}


def archived(root: str, document_type: str, *, archived: bool) -> list[Answer]:
    """A blank answer, and the document in a read after it."""
    return [Answer(), Answer(body={root: document_json(type=document_type, archived=archived)})]


ANSWERS = {
    "archive": archived("invoice", "Invoice", archived=True),
    "unarchive": archived("credit_note", "CreditNote", archived=False),
}
STATS = Answer(body={"account": {"plan": "Pro", "users": {"used_users": "1"}, "documents": None}})


def shown(row: DocumentTypeRow, *, archived: bool) -> Answer:
    """A document read after it was archived or restored."""
    place = guide_json if row.family == "guide" else document_json
    return Answer(body={row.root: place(type=row.type, archived=archived)})


def answers_to(method: str) -> list[Answer]:
    """The answers to one of the guesses."""
    if method == "archive":
        return [Answer(), shown(row_of("invoices"), archived=True)]
    if method == "unarchive":
        return [Answer(), shown(row_of("credit_notes"), archived=False)]
    return [STATS if method == "account_stats" else Answer()]


def client(service: Service) -> InvoiceXpress:
    return InvoiceXpress("acme", KEY, transport=service.transport)


def test_every_guess_is_among_them() -> None:
    assert methods_of(client(Service()).legacy) == {*GUESSES, "typed_list"}


@pytest.mark.parametrize("method", GUESSES)
def test_each_use_warns_once(service: Service, run: Run, method: str) -> None:
    for _ in range(2):
        service.will(*answers_to(method))
        with pytest.warns(AssumedOperationWarning, match="known only from the XML API") as caught:
            run(service, GUESSES[method])
        assert len(caught) == 1


@pytest.mark.parametrize("method", GUESSES)
def test_whoever_wants_no_guesses_sends_none(service: Service, run: Run, method: str) -> None:
    """Turned into an error, the warning prevents the request."""
    with pytest.raises(AssumedOperationWarning):
        run(service, GUESSES[method])
    assert service.requests == []


def here() -> int:
    """The number of the calling line."""
    frame = inspect.currentframe()
    assert frame
    assert frame.f_back
    return frame.f_back.f_lineno


@pytest.mark.parametrize("method", GUESSES)
def test_a_warning_names_the_line_of_the_caller(service: Service, method: str) -> None:
    """So warnings can be filtered by module, and show once per place."""
    service.will(*answers_to(method))
    with client(service) as ix, pytest.warns(AssumedOperationWarning) as caught:
        GUESSES[method](ix)
    assert [warning.filename for warning in caught] == [__file__]


def test_a_warning_names_the_line_and_not_just_the_file(service: Service) -> None:
    service.will(STATS)
    line = here() + 2
    with client(service) as ix, pytest.warns(AssumedOperationWarning) as caught:
        ix.legacy.account_stats(11)
    assert caught[0].lineno == line


async def test_a_coroutine_is_called_where_it_is_awaited(service: Service) -> None:
    service.will(STATS)
    async with AsyncInvoiceXpress("acme", KEY, transport=service.transport) as ix:
        line = here() + 2
        with pytest.warns(AssumedOperationWarning) as caught:
            await ix.legacy.account_stats(11)
    assert (caught[0].filename, caught[0].lineno) == (__file__, line)


async def test_a_task_of_its_own_has_no_caller_and_warns_all_the_same(service: Service) -> None:
    service.will(STATS)
    async with AsyncInvoiceXpress("acme", KEY, transport=service.transport) as ix:
        with pytest.warns(AssumedOperationWarning):
            await asyncio.create_task(ix.legacy.account_stats(11))


def test_places_are_told_apart_by_pythons_own_filter(service: Service) -> None:
    service.will(*[STATS] * 3)
    with client(service) as ix, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(2):
            ix.legacy.account_stats(11)
        ix.legacy.account_stats(11)
    assert len(caught) == 2


def moving(method: str, *args: Any) -> Call:
    """A call that archives or restores a document."""
    return lambda ix: getattr(ix.legacy, method)(*args)


@pytest.mark.parametrize("method", ["archive", "unarchive"])
@pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)
def test_documents_of_every_type_have_an_address(
    service: Service, run: Run, method: str, row: DocumentTypeRow
) -> None:
    """By any name of the type, or by the document."""
    moved = [Answer(), shown(row, archived=method == "archive")]
    for name in (row.type, row.segment, row.root):
        service.will(*moved)
        with pytest.warns(AssumedOperationWarning):
            run(service, moving(method, 7, name))
    document = Invoice.from_dict(as_read(document_json(type=row.type)))
    service.will(*moved)
    with pytest.warns(AssumedOperationWarning):
        run(service, moving(method, document))
    assert {(sent.verb, sent.path) for sent in service.sent} == {
        ("PUT", f"/{row.segment}/7/{method}.json"),
        ("GET", f"/{row.segment}/7.json"),
    }


@pytest.mark.parametrize("method", ["archive", "unarchive"])
@pytest.mark.parametrize("answer", [Answer(), Answer(body=b"<html></html>"), Answer(302), Answer(500)])
def test_a_document_that_stays_where_it_was_is_in_doubt(
    service: Service, run: Run, method: str, answer: Answer
) -> None:
    """Neither a blank answer nor a proxy's page proves anything."""
    service.will(answer, shown(row_of("invoices"), archived=method != "archive"))
    if answer.status == 200 and not answer.body:
        service.will(shown(row_of("invoices"), archived=method != "archive"))
    with (
        pytest.warns(AssumedOperationWarning),
        pytest.raises(AmbiguousResultError, match="whether the document is archived"),
    ):
        run(service, moving(method, 7, "invoices"))


def test_a_guide_has_its_own_address(service: Service, run: Run) -> None:
    service.will(Answer(), shown(row_of("transports"), archived=True))
    with pytest.warns(AssumedOperationWarning):
        run(service, lambda ix: ix.legacy.archive(GUIDE))
    assert service.sent[0].path == "/transports/7/archive.json"


BAD_INPUT: list[tuple[Call, str]] = [
    (
        lambda ix: ix.legacy.archive(7),
        "document_type: an id needs its type; pass `invoices`",
    ),
    (lambda ix: ix.legacy.archive("7"), "document_type: an id needs its type"),
    (lambda ix: ix.legacy.archive(7, "tickets"), "document_type: unknown document type 'tickets'"),
    (lambda ix: ix.legacy.typed_list("tickets"), "document_type: unknown document type 'tickets'"),
    (lambda ix: ix.legacy.typed_list("quotes"), r"document_type: quotes have .* use ix\.quotes\.list"),
    (lambda ix: ix.legacy.typed_list("transports"), r"document_type: .* use ix\.transports\.list"),
    (lambda ix: ix.legacy.typed_list("receipts", reference="R1"), "reference: unknown filter"),
]


@pytest.mark.parametrize(("call", "said"), BAD_INPUT)
def test_what_has_no_address_is_named_and_not_sent(service: Service, run: Run, call: Call, said: str) -> None:
    """Without a warning, because no request could be made."""
    with pytest.raises(InputError, match=f"^{said}"):
        run(service, call)
    assert service.requests == []


def test_figures_of_an_account_are_numbers_whatever_they_came_as(service: Service, run: Run) -> None:
    service.will(STATS)
    with pytest.warns(AssumedOperationWarning):
        stats = run(service, GUESSES["account_stats"])
    assert (stats.plan, stats.users.used_users, stats.documents) == ("Pro", 1, None)


INVOICE_FAMILY = [row for row in DOCUMENT_TYPES if row.family == "invoice"]


@pytest.mark.parametrize("row", INVOICE_FAMILY, ids=lambda row: row.segment)
def test_the_list_of_a_single_type_is_read_without_a_warning(
    service: Service, run: Run, row: DocumentTypeRow
) -> None:
    """Production code relies on it, so it is no guess. The list has its own key or the family's."""
    keys = dict.fromkeys([row.list_key, "invoices"])
    for key in keys:
        service.will(Answer(body={key: [document_json(type=row.type)]}), Answer(body={key: []}))
        found = run(service, lambda ix: ix.legacy.typed_list(row.segment))
        assert [(type(each), each.type) for each in found] == [(Invoice, row.type)]
    assert {sent.path for sent in service.sent} == {f"/{row.segment}.json"}
    # Only the list of invoices needs the type, as it also serves the whole family.
    types = {value for sent in service.sent for name, value in sent.query if name == "type[]"}
    assert types == ({"Invoice"} if row.segment == "invoices" else set())


def test_a_list_of_another_type_is_refused(service: Service, run: Run) -> None:
    service.will(Answer(body={"credit_notes": [document_json()]}))
    with pytest.raises(UnexpectedResponseError, match="expected documents under 'receipts' or 'invoices'"):
        run(service, lambda ix: ix.legacy.typed_list("receipts"))
