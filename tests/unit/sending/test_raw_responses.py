"""`with_raw_response`: the same methods, returning the answers along with the value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import TYPE_CHECKING, Any, assert_type

import anyio
import pytest
from invoicexpress import (
    AsyncInvoiceXpress,
    AsyncListing,
    Invoice,
    InvoiceXpress,
    Listing,
    NotFoundError,
    RawResult,
    Response,
    Tax,
)
from invoicexpress.sending.interruptions import Interrupted
from invoicexpress.sending.raw_responses import recorded

from tests.unit.conftest import (
    KEY,
    PDF,
    PDF_LINK,
    Answer,
    Run,
    Service,
    document_json,
    is_of,
    methods_of,
    spaces_of,
    tax_json,
)

TAX = Answer(200, {"tax": tax_json()}, (("x-runtime", "17"),))


def raw_sync(service: Service, call: Callable[[Any], Any]) -> Any:
    with InvoiceXpress("acme", KEY, transport=service.transport, retries=1, pace=None) as ix:
        return call(ix.with_raw_response)


def raw_async(service: Service, call: Callable[[Any], Any]) -> Any:
    async def run() -> Any:
        async with AsyncInvoiceXpress("acme", KEY, transport=service.transport, retries=1, pace=None) as ix:
            return await call(ix.with_raw_response)

    return anyio.run(run)


@pytest.fixture(params=[raw_sync, raw_async], ids=["sync", "async"])
def raw(request: pytest.FixtureRequest) -> Run:
    """A call on either client, with its answers."""
    chosen: Run = request.param
    return chosen


def test_a_result_has_its_value_and_its_answer(service: Service, raw: Run) -> None:
    service.will(TAX)
    result = raw(service, lambda ix: ix.taxes.get(5))
    assert is_of(result, RawResult)
    assert is_of(result.value, Tax)
    assert result.response.status == 200
    assert result.response.headers["x-runtime"] == "17"
    assert result.response.content == service_body(TAX)
    assert result.responses == (result.response,)


def service_body(answer: Answer) -> bytes:
    """The bytes of an answer."""
    service = Service().will(answer)
    with InvoiceXpress("acme", KEY, transport=service.transport, pace=None) as ix:
        response = ix.with_raw_response.taxes.get(5).response
        return response.content


def test_a_method_of_several_requests_has_the_answer_to_each(service: Service, raw: Run) -> None:
    service.will(Answer(202), Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    result = raw(service, lambda ix: ix.invoices.pdf(7))
    assert [response.status for response in result.responses] == [202, 200, 200]
    assert result.response.content == result.value.content == PDF


def test_of_a_request_that_was_repeated_the_last_answer_counts(service: Service, raw: Run) -> None:
    service.will(Answer(503), TAX)
    result = raw(service, lambda ix: ix.taxes.get(5))
    assert [response.status for response in result.responses] == [200]


def test_an_error_that_a_method_deals_with_is_among_the_answers(service: Service, raw: Run) -> None:
    service.will(Answer(404, b" "))
    result = raw(service, lambda ix: ix.clients.find_by_name("Ana"))
    assert result.value is None
    assert result.response.status == 404


def test_an_error_is_raised_as_ever(service: Service, raw: Run) -> None:
    service.will(Answer(404))
    with pytest.raises(NotFoundError):
        raw(service, lambda ix: ix.taxes.get(5))


def test_nothing_shows_of_an_answer_but_its_status(service: Service, raw: Run) -> None:
    service.will(Answer(body={"invoice": document_json()}, headers=(("location", "https://x/planted"),)))
    result = raw(service, lambda ix: ix.invoices.get(7))
    assert isinstance(result.value, Invoice)
    for secret in ("permalink", "0123abcd", "planted"):
        assert secret not in repr(result.responses)


def test_a_method_that_asks_nothing_has_no_answer() -> None:
    result: RawResult[int] = RawResult(5, ())
    with pytest.raises(IndexError):
        _ = result.response


def test_listings_stay_what_they_are(service: Service) -> None:
    """There is no answer before a page is read."""
    service.will(Answer(body={"items": []}), Answer(body={"items": []}))
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix:
        listing = ix.with_raw_response.items.list()
        assert type(listing) is Listing
        assert list(listing) == []

    async def run() -> None:
        async with AsyncInvoiceXpress("acme", KEY, transport=service.transport) as ax:
            listing = ax.with_raw_response.items.list()
            assert type(listing) is AsyncListing
            assert [item async for item in listing] == []

    anyio.run(run)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(InvoiceXpress, "RawResult[Tax]"), (AsyncInvoiceXpress, "Coroutine[Any, Any, RawResult[Tax]]")],
)
def test_each_method_is_there_and_says_what_it_answers(kind: Any, answer: str) -> None:
    client = kind("acme", KEY, transport=Service().transport)
    plain, raw = spaces_of(client), spaces_of(client.with_raw_response)
    assert {name: methods_of(space) for name, space in plain.items()} == {
        name: methods_of(space) for name, space in raw.items()
    }
    assert inspect.signature(client.with_raw_response.taxes.get).return_annotation == answer
    assert client.with_raw_response.taxes.get.__doc__ == client.taxes.get.__doc__


def test_options_and_answers_go_together(service: Service) -> None:
    service.will(Answer(503), Answer(503))
    with (
        InvoiceXpress("acme", KEY, transport=service.transport, retries=9) as ix,
        pytest.raises(Exception, match="503"),
    ):
        ix.with_options(retries=1).with_raw_response.taxes.get(5)


if TYPE_CHECKING:
    # Never run: mypy and pyright check the types here.

    async def what_checkers_see(ix: InvoiceXpress, ax: AsyncInvoiceXpress) -> None:
        assert_type(ix.with_raw_response.invoices.get(1), RawResult[Invoice])
        assert_type(ix.with_raw_response.taxes.list(), RawResult[Sequence[Tax]])
        assert_type(ix.with_raw_response.invoices.list(), Listing[Invoice])
        assert_type(ix.with_options(timeout=5), InvoiceXpress)
        assert_type(ix.with_options(timeout=5).with_raw_response.taxes.get(1).response, Response)
        reading = ax.with_raw_response.invoices.get(1)
        assert_type(await assert_type(reading, Coroutine[Any, Any, RawResult[Invoice]]), RawResult[Invoice])
        assert_type(ax.with_raw_response.invoices.list(), AsyncListing[Invoice])
        assert_type(ax.with_options(timeout=5), AsyncInvoiceXpress)
        assert_type(await ax.invoices.get(1), Invoice)
        assert_type(ix.invoices.get(1), Invoice)


def test_an_interruption_reaches_the_flow() -> None:
    """The flow notes a write in doubt, or a second `issue` makes a second document."""
    noted: list[bool] = []

    def flow() -> Generator[int, None, None]:
        try:
            yield 1
        except Interrupted as interrupted:
            noted.append(interrupted.in_doubt)
            raise

    running = recorded(flow())
    next(running)
    with pytest.raises(Interrupted):
        running.throw(Interrupted(in_doubt=True))
    assert noted == [True]
