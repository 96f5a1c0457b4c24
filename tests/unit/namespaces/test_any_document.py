"""Documents of any type: a bare id is tried under each type, and relatives get their own class."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from invoicexpress import (
    AnyDocument,
    Estimate,
    Guide,
    InputError,
    Invoice,
    NotFoundError,
    PurchaseOrder,
    UnexpectedResponseError,
)
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, DocumentTypeRow
from invoicexpress.quirks.polymorphism import of_its_type

from tests.unit.conftest import Answer, Run, Service, as_read, document_json, guide_json, model_of

Call = Callable[[Any], Any]

every_type = pytest.mark.parametrize("row", DOCUMENT_TYPES, ids=lambda row: row.segment)


def getting(*args: Any) -> Call:
    return lambda ix: ix.documents.get(*args)


def read(model: Any, **changes: Any) -> Any:
    return model.from_dict(as_read(document_json(**changes)))


@every_type
@pytest.mark.parametrize("documented", [True, False])
def test_a_document_is_found_whatever_its_type(
    service: Service, run: Run, row: DocumentTypeRow, documented: bool
) -> None:
    """Under the service's own root key, and under the documented one."""
    root = row.fixed_root if documented else row.root
    in_turn = [each for each in DOCUMENT_TYPES if not each.is_dropped]
    in_turn += [each for each in DOCUMENT_TYPES if each.is_dropped]
    before = in_turn[: in_turn.index(row)]
    service.will(*[Answer(404)] * len(before), Answer(body={root: document_json(type=row.type)}))
    found = run(service, getting(7))
    assert type(found) is model_of(row)
    assert [sent.path for sent in service.sent] == [f"/{each.segment}/7.json" for each in [*before, row]]


def test_a_document_that_is_of_no_type_is_not_found(service: Service, run: Run) -> None:
    service.will(*[Answer(404)] * len(DOCUMENT_TYPES))
    with pytest.raises(NotFoundError):
        run(service, getting(7))
    assert len({sent.path for sent in service.sent}) == len(DOCUMENT_TYPES)


@pytest.mark.parametrize("status", [401, 500, 429])
def test_another_error_ends_the_search(service: Service, run: Run, status: int) -> None:
    """Such an error says nothing about the type, and the next request would fail too."""
    service.will(Answer(404), Answer(status))
    with pytest.raises(Exception, match=str(status)) as caught:
        run(service, getting(7, ["Invoice", "Receipt", "Quote"]))
    assert not isinstance(caught.value, NotFoundError)
    assert len(service.sent) == 2


def test_the_caller_may_say_where_to_look(service: Service, run: Run) -> None:
    service.will(Answer(404), Answer(404), Answer(404))
    with pytest.raises(NotFoundError):
        run(service, getting(7, ["Quote", "invoices", "credit_note"]))
    assert [sent.path for sent in service.sent] == [
        "/quotes/7.json",
        "/invoices/7.json",
        "/credit_notes/7.json",
    ]


@every_type
def test_a_document_is_read_again_where_it_is(service: Service, run: Run, row: DocumentTypeRow) -> None:
    service.will(Answer(body={row.root: document_json(type=row.type)}))
    assert run(service, getting(read(model_of(row), type=row.type))).type == row.type
    assert [sent.path for sent in service.sent] == [f"/{row.segment}/7.json"]


def test_a_document_under_another_types_root_is_not_taken(service: Service, run: Run) -> None:
    service.will(Answer(body={"quote": document_json()}))
    with pytest.raises(UnexpectedResponseError, match="expected a document under 'invoice'"):
        run(service, getting(7))


BAD_INPUT: list[tuple[tuple[Any, ...], str]] = [
    ((7, "Invoice"), "types: expected a list of texts"),
    ((7, []), "types: expected one value or more"),
    ((7, ["Invoice", "Ticket"]), "types: unknown document type 'Ticket'"),
    ((read(Invoice, type="Ticket"),), "document: unknown document type 'Ticket'"),
    ((0,), "document: "),
    (("abc",), "document: "),
    ((None,), "document: "),
]


@pytest.mark.parametrize(("args", "said"), BAD_INPUT)
def test_what_cannot_be_looked_for_is_named_and_not_sent(
    service: Service, run: Run, args: Any, said: str
) -> None:
    with pytest.raises(InputError, match=f"^{said}"):
        run(service, getting(*args))
    assert service.requests == []


LISTS: dict[str, tuple[str, list[str]]] = {
    "list": ("invoices", [row.type for row in DOCUMENT_TYPES if row.family == "invoice"] + ["CashInvoice"]),
    "list_estimates": ("estimates", [row.type for row in DOCUMENT_TYPES if row.family == "estimate"]),
    "list_guides": ("guides", [row.type for row in DOCUMENT_TYPES if row.family == "guide"]),
}
ALL_TYPES = {row.type for row in DOCUMENT_TYPES} | {"CashInvoice"}


def listing(method: str, types: Any = None) -> Call:
    return lambda ix: getattr(ix.documents, method)(types)


@pytest.mark.parametrize("method", LISTS)
def test_a_mixed_list_takes_the_types_of_its_family(service: Service, run: Run, method: str) -> None:
    root, types = LISTS[method]
    service.will(*[Answer(body={root: [], "pagination": ONE_PAGE})] * 2)
    run(service, listing(method))
    run(service, listing(method, types))
    assert [sent.path for sent in service.sent] == [f"/{root}.json"] * 2
    assert [value for name, value in service.sent[0].query if name == "type[]"] == []
    assert [value for name, value in service.sent[1].query if name == "type[]"] == types


ONE_PAGE = {"total_entries": 0, "current_page": 1, "total_pages": 1, "per_page": 100}


@pytest.mark.parametrize("method", LISTS)
def test_a_mixed_list_takes_no_type_of_another_family(service: Service, run: Run, method: str) -> None:
    root, types = LISTS[method]
    for other in sorted(ALL_TYPES - {*types}):
        with pytest.raises(InputError, match=f"^types: {other} is not a type of {root}"):
            run(service, listing(method, [types[0], other]))
    with pytest.raises(InputError, match="unknown document type 'Ticket'"):
        run(service, listing(method, ["Ticket"]))
    assert service.requests == []


RELATING: list[Call] = [
    lambda ix: ix.documents.related(7),
    lambda ix: ix.invoices.related_documents(7),
]


@pytest.mark.parametrize("call", RELATING, ids=["documents", "invoices"])
def test_each_relative_is_of_the_class_of_its_type(service: Service, run: Run, call: Call) -> None:
    types = [*(row.type for row in DOCUMENT_TYPES), "Ticket"]
    service.will(
        Answer(body={"documents": [document_json(id=n, type=each) for n, each in enumerate(types, 1)]})
    )
    found: list[AnyDocument] = run(service, call)
    assert [document.type for document in found] == types
    # A document of an unknown type is not lost: it is read as the generic class.
    assert [type(document) for document in found] == [*map(model_of, DOCUMENT_TYPES), Invoice]


@pytest.mark.parametrize("call", RELATING, ids=["documents", "invoices"])
def test_nothing_of_a_guide_is_lost_among_relatives(service: Service, run: Run, call: Call) -> None:
    body = guide_json(at_doc_code_id="AT-1", novelty={"a": 1})
    service.will(Answer(body={"documents": [body]}), Answer(body={"transport": body}))
    (related,) = run(service, call)
    assert related == run(service, lambda ix: ix.transports.get(7))
    assert related.loaded_at == datetime.datetime(2026, 11, 21, 15)  # noqa: DTZ001 Lisbon's time, as on the wire
    assert related.additional_properties == {"novelty": {"a": 1}}


@pytest.mark.parametrize("call", RELATING, ids=["documents", "invoices"])
def test_a_relative_that_is_not_what_its_type_promises_is_the_services_fault(
    service: Service, run: Run, call: Call
) -> None:
    """An InputError would blame the caller."""
    service.will(Answer(body={"documents": [guide_json(loaded_at="yesterday")]}))
    with pytest.raises(UnexpectedResponseError, match="loaded_at"):
        run(service, call)


@every_type
def test_a_document_becomes_what_it_would_have_been_read_as(row: DocumentTypeRow) -> None:
    loaded_at = "21/11/2026 15:00:00" if row.family == "guide" else "21/11/2026"
    body = as_read(guide_json(type=row.type, loaded_at=loaded_at, novelty=1))
    assert of_its_type(Invoice.from_dict(body)) == model_of(row).from_dict(body)


@pytest.mark.parametrize("model", [Invoice, Estimate, Guide, PurchaseOrder])
def test_files_of_any_document_are_fetched_by_it(service: Service, run: Run, model: Any) -> None:
    document = read(model, id=9)
    service.will(*[Answer(404)] * 2)
    with pytest.raises(NotFoundError):
        run(service, lambda ix: ix.documents.pdf(document))
    with pytest.raises(NotFoundError):
        run(service, lambda ix: ix.documents.qr_code(document))
    assert [sent.path for sent in service.sent] == ["/api/pdf/9.json", "/api/qr_codes/9.json"]
