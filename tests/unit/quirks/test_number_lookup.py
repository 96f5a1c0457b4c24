"""A document by its number: the list is read as far as needed, and never beyond the limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import InputError, Invoice, SearchLimitError, Sequence
from invoicexpress.quirks.number_lookup import find_number
from invoicexpress.sending.pagination import Page, PageReader

from tests.unit.conftest import Answer, Run, Service, as_read, document_json, drive, sequence_json


def page(number: int, pages: int, *numbers: str | None) -> Answer:
    """A page of invoices with these numbers and distinct ids."""
    entries = [
        document_json(id=1000 * number + place, status="final", sequence_number=each)
        for place, each in enumerate(numbers)
    ]
    pagination = {"total_entries": 9, "current_page": number, "total_pages": pages, "per_page": 100}
    return Answer(body={"invoices": entries, "pagination": pagination})


def finding(*args: Any, **options: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.find_by_number(*args, **options)


def test_the_walk_ends_where_the_number_is(service: Service, run: Run) -> None:
    service.will(page(1, 3, "30/A", "29/A"), page(2, 3, "28/A", "27/A"))
    assert run(service, finding(28, "A")).id == 2000
    assert [dict(sent.query)["page"] for sent in service.sent] == ["1", "2"]


def test_a_number_that_is_nowhere_is_none(service: Service, run: Run) -> None:
    service.will(page(1, 2, "30/A"), page(2, 2, "29/A"))
    assert run(service, finding(28, "A")) is None
    service.will(page(1, 1))
    assert run(service, finding(28, "A")) is None


def test_a_serie_stands_for_its_name(service: Service, run: Run) -> None:
    serie = Sequence.from_dict(sequence_json(serie="A"))
    service.will(page(1, 1, "28/B", "28/A"))
    assert run(service, finding(28, serie)).sequence_number == "28/A"


@pytest.mark.parametrize(
    "other", ["28/B", "128/A", "28/AA", "2/A", "8/A", "A/28", "28", "rascunho", "", None]
)
def test_another_number_is_another_document(service: Service, run: Run, other: str | None) -> None:
    service.will(page(1, 1, other))
    assert run(service, finding(28, "A")) is None


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_beyond_the_limit_nobody_looks(service: Service, run: Run, limit: int) -> None:
    """Documents within the limit are found; those beyond are not reported as absent."""
    service.will(page(1, 1, "31/A", "30/A", "29/A", "28/A"))
    with pytest.raises(SearchLimitError) as caught:
        run(service, finding(28, "A", limit=limit))
    assert (caught.value.number, caught.value.limit) == ("28/A", limit)
    assert str(limit) in str(caught.value)
    assert "larger limit" in str(caught.value)
    assert len(service.sent) == 1


def test_at_the_limit_the_last_one_still_counts(service: Service, run: Run) -> None:
    service.will(*[page(1, 1, "29/A", "28/A")] * 2)
    assert run(service, finding(28, "A", limit=2)).sequence_number == "28/A"
    assert run(service, finding(27, "A", limit=2)) is None


@pytest.mark.parametrize(
    ("args", "limit", "field"),
    [
        ((0, "A"), 10, "number"),
        ((-1, "A"), 10, "number"),
        (("28", "A"), 10, "number"),
        ((True, "A"), 10, "number"),
        ((28, "A"), 0, "limit"),
        ((28, "A"), 1.5, "limit"),
    ],
)
def test_what_is_no_number_is_named_and_not_looked_for(
    service: Service, run: Run, args: Any, limit: Any, field: str
) -> None:
    with pytest.raises(InputError, match=f"^{field}: expected "):
        run(service, finding(*args, limit=limit))
    assert service.requests == []


DOCUMENT = as_read(document_json())


@given(st.lists(st.integers(1, 12), unique=True), st.integers(1, 12), st.integers(1, 15), st.integers(1, 4))
def test_the_outcome_depends_on_the_place_and_the_limit_alone(
    numbers: list[int], wanted: int, limit: int, per_page: int
) -> None:
    documents = [
        Invoice.from_dict({**DOCUMENT, "id": each, "sequence_number": f"{each}/A"}) for each in numbers
    ]
    pages = [documents[start : start + per_page] for start in range(0, len(documents), per_page)] or [[]]
    asked: list[int] = []

    def read(number: int, _per_page: int) -> Any:
        asked.append(number)
        yield from ()
        return Page(number, pages[number - 1], len(documents), len(pages))

    reader = PageReader(read, lambda document: document.id)
    place = numbers.index(wanted) if wanted in numbers else len(numbers)
    if place < len(numbers) and place < limit:
        found = drive(find_number(reader, wanted, "A", limit), lambda step: step)
        assert found is not None
        assert found.id == wanted
        assert asked == list(range(1, place // per_page + 2))
    elif limit < len(numbers):
        with pytest.raises(SearchLimitError):
            drive(find_number(reader, wanted, "A", limit), lambda step: step)
    else:
        assert drive(find_number(reader, wanted, "A", limit), lambda step: step) is None
