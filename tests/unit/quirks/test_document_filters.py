"""Filters of lists: omitted ones are not sent, and unknown ones never reach the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from invoicexpress import InputError
from invoicexpress.quirks.document_filters import listed

from tests.unit.conftest import Answer, Run, Service

Call = Callable[..., Callable[[Any], Any]]


def filtering(path: str, *args: Any) -> Call:
    """Makes a filtered call to a list: `invoices.list`."""
    space, name = path.split(".")

    def call(**filters: Any) -> Callable[[Any], Any]:
        return lambda ix: getattr(getattr(ix, space), name)(*args, **filters)

    return call


# Each list, with its root key.
LISTS = [
    (filtering("invoices.list"), "invoices"),
    (filtering("quotes.list"), "estimates"),
    (filtering("transports.list"), "guides"),
    (filtering("purchase_orders.list"), "purchase_orders"),
    (filtering("documents.list"), "invoices"),
    (filtering("documents.list_estimates"), "estimates"),
    (filtering("documents.list_guides"), "guides"),
    (filtering("legacy.typed_list", "receipts"), "receipts"),
]
every_list = pytest.mark.parametrize(("call", "root"), LISTS)


@every_list
def test_without_filters_only_the_page_and_the_type_are_asked_for(
    service: Service, run: Run, call: Call, root: str
) -> None:
    service.will(*[Answer(body={root: []})] * 2)
    run(service, call())
    run(service, call(text=None, status=None, archived=None, non_archived=None))
    bare, with_none = service.sent
    assert bare == with_none
    assert {name for name, _ in bare.query} <= {"type[]", "page", "per_page"}


@pytest.mark.parametrize("call", [call for call, _ in LISTS])
@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"colour": "red"}, "colour: unknown filter; known are .*status"),
        ({"types": "red"}, "types: "),
        ({"status": "final"}, "status: expected a list of texts, got the text 'final'"),
        ({"status": "finalized"}, "status: expected a list such as .*; did you mean 'final'"),
        ({"status": "xyz"}, "status: expected a list such as .*; known are accepted, canceled, "),
        ({"status": []}, "status: expected one value or more, got an empty list"),
        ({"archived": "yes"}, "archived: "),
        ({"text": 5}, "text: "),
    ],
)
def test_what_is_no_filter_is_named_and_not_sent(
    service: Service, run: Run, call: Call, filters: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=f"^{said}"):
        run(service, call(**filters))
    assert service.requests == []


@every_list
def test_false_is_sent_and_is_not_the_same_as_nothing(
    service: Service, run: Run, call: Call, root: str
) -> None:
    service.will(Answer(body={root: []}))
    run(service, call(non_archived=False))
    assert ("non_archived", "false") in service.sent[0].query


@pytest.mark.parametrize("values", [["a"], ("a", "b")])
def test_one_value_or_several_stay_as_they_are(values: Any) -> None:
    assert listed("types", values) is values
