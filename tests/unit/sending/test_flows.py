"""Flows: plain generators that ask for steps, driven by hand, by the sync core and by the async core."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable, Generator
from decimal import Decimal
from typing import Any, TypeVar

import anyio
import pytest
from invoicexpress.errors import InputError, NotFoundError, TransportError, UnexpectedResponseError
from invoicexpress.sending.asynchronous.flows import AsyncCore
from invoicexpress.sending.asynchronous.pagination import AsyncListing
from invoicexpress.sending.flows import (
    Flow,
    Link,
    Namespace,
    Pause,
    SyncCore,
    exchange,
    fetch,
    listing,
    operation,
    pause,
)
from invoicexpress.sending.pagination import Listing, Page, PageReader
from invoicexpress_generated.api.documents import get_document
from invoicexpress_generated.models.document_envelope import DocumentEnvelope
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError, dumps

from tests.unit.conftest import document_json, drive

T = TypeVar("T")
REQUEST = Request("getDocument", "GET", "/invoices/7.json")
AMOUNTS = {name: Decimal(1) for name in ("sum", "discount", "before_taxes", "taxes", "total")}
FOUND = Response(200, {}, dumps({"invoice": document_json(**AMOUNTS, items=[])}))


class FakeSender:
    """Returns prepared outcomes at once, for either core."""

    def __init__(self, *outcomes: Response | Exception) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[Request | Link] = []

    def check(self) -> None:
        return None

    def send(self, request: Request) -> Response:
        return self.next(request)

    def fetch(self, link: Link) -> Response:
        return self.next(link)

    def next(self, step: Request | Link) -> Response:
        self.asked.append(step)
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class AsyncFakeSender(FakeSender):
    """FakeSender for asyncio; yields to other tasks before it answers."""

    async def send(self, request: Request) -> Response:  # type: ignore[override] # its twin
        await asyncio.sleep(0)
        return self.next(request)

    async def fetch(self, link: Link) -> Response:  # type: ignore[override] # its twin
        await asyncio.sleep(0)
        return self.next(link)


def run_sync(flow: Flow[T], *outcomes: Response | Exception) -> T:
    return SyncCore(FakeSender(*outcomes)).run(flow)


def run_async(flow: Flow[T], *outcomes: Response | Exception) -> T:
    async def run() -> T:
        return await AsyncCore(AsyncFakeSender(*outcomes)).run(flow)

    return anyio.run(run)


@pytest.fixture(params=[run_sync, run_async], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Any:
    """Either core, with a sender of these outcomes."""
    return request.param


def reading() -> Flow[DocumentEnvelope]:
    return (yield from exchange(REQUEST, get_document.parse))


def test_by_hand_a_flow_is_a_conversation() -> None:
    flow = reading()
    assert next(flow) is REQUEST
    with pytest.raises(StopIteration) as done:
        flow.send(FOUND)
    assert done.value.value.value.id == 7


def test_a_flow_returns_what_it_makes_of_the_answers(run: Any) -> None:
    assert run(reading(), FOUND).value.id == 7


def test_a_flow_without_steps_needs_no_network(run: Any) -> None:
    def nothing() -> Flow[int]:
        yield from ()
        return 5

    assert run(nothing()) == 5


def test_an_answer_that_is_no_success_is_mapped(run: Any) -> None:
    with pytest.raises(NotFoundError) as caught:
        run(reading(), Response(404))
    assert (caught.value.method, caught.value.path, caught.value.status) == ("GET", "/invoices/7.json", 404)
    with pytest.raises(UnexpectedResponseError):
        run(reading(), Response(200, {}, b"<html>"))


def test_a_mapped_error_has_no_trace_of_the_generated_one(run: Any) -> None:
    with pytest.raises(NotFoundError) as caught:
        run(reading(), Response(404))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_flow_can_deal_with_what_a_step_raises(run: Any) -> None:
    """Reconciliation is written as try and except around a request."""
    gone = TransportError("GET", "/invoices/7.json", "ReadTimeout")
    seen: list[TransportError] = []

    def twice() -> Flow[int]:
        try:
            yield from exchange(REQUEST, get_document.parse)
        except TransportError as error:
            seen.append(error)
        found = yield from exchange(REQUEST, get_document.parse)
        return found.value.id

    assert run(twice(), gone, FOUND) == 7
    assert seen == [gone]


def test_what_a_flow_does_not_deal_with_reaches_the_caller_as_it_is(run: Any) -> None:
    gone = TransportError("GET", "/invoices/7.json", "ReadTimeout")
    closed: list[str] = []

    def careful() -> Flow[None]:
        try:
            yield from exchange(REQUEST, get_document.parse)
        finally:
            closed.append("closed")

    with pytest.raises(TransportError) as caught:
        run(careful(), gone)
    assert caught.value is gone
    assert closed == ["closed"]


def test_what_a_flow_raises_in_place_of_an_error_reaches_the_caller(run: Any) -> None:
    def translating() -> Flow[None]:
        try:
            yield REQUEST
        except TransportError:
            raise KeyError("ours") from None

    with pytest.raises(KeyError, match="ours"):
        run(translating(), TransportError("GET", "/", "x"))


def test_an_exception_is_thrown_into_the_step_that_failed_and_no_other(run: Any) -> None:
    log: list[str] = []

    def steps() -> Flow[None]:
        for name in ("first", "second", "third"):
            try:
                yield from exchange(REQUEST, get_document.parse)
                log.append(f"{name} done")
            except TransportError:
                log.append(f"{name} failed")

    run(steps(), FOUND, TransportError("GET", "/", "x"), FOUND)
    assert log == ["first done", "second failed", "third done"]


def test_a_value_that_cannot_be_written_is_an_input_error(run: Any) -> None:
    def wrong() -> Flow[None]:
        yield from ()
        raise WireError("not a number", ("items", 2, "quantity"))

    with pytest.raises(InputError) as caught:
        run(wrong())
    assert caught.value.field == "items[2].quantity"
    assert caught.value.__suppress_context__


def test_a_value_that_only_the_sender_cannot_write_is_an_input_error_too(run: Any) -> None:
    """Keys unknown to the contract are written last, by the sender."""
    with pytest.raises(InputError, match="float"):
        run(reading(), WireError("cannot be written as JSON: float 1.5"))


def test_pauses_and_links_are_steps_like_requests(run: Any) -> None:
    def steps() -> Flow[tuple[float, bytes]]:
        now = yield from pause(0)
        answer = yield from fetch(Link("https://files.example/x", 10))
        return now, answer.content

    before = time.monotonic()
    now, content = run(steps(), Response(200, {}, b"file"))
    assert before <= now <= time.monotonic()
    assert content == b"file"


def test_a_core_waits_as_long_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    run_sync(pause(3.5))
    assert slept == [3.5]


def stand_still(_: float) -> None:
    pytest.fail("time.sleep would block the event loop")


async def test_an_async_core_waits_without_holding_up_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(anyio, "sleep", sleep)
    monkeypatch.setattr(time, "sleep", stand_still)
    await AsyncCore(AsyncFakeSender()).run(pause(3.5))
    assert slept == [3.5]


async def test_tasks_share_an_async_core() -> None:
    core = AsyncCore(AsyncFakeSender(*[FOUND] * 20))
    found = await asyncio.gather(*(core.run(reading()) for _ in range(20)))
    assert [envelope.value.id for envelope in found] == [7] * 20


async def test_a_cancelled_task_closes_its_flow() -> None:
    closed: list[str] = []

    def careful() -> Flow[None]:
        try:
            yield Pause(3600)
        finally:
            closed.append("closed")

    task = asyncio.ensure_future(AsyncCore(AsyncFakeSender()).run(careful()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed == ["closed"]


def test_a_link_does_not_show() -> None:
    assert "secret" not in repr(Link("https://files.example/secret", 10))


class Things(Namespace[Any]):
    """A namespace as the package has them."""

    @operation
    def find(self, number: int, *, again: bool = False) -> Flow[str]:
        """Finds a thing."""
        yield Pause(0)
        return f"{number} {again}"

    @listing
    def list(self, *, per_page: int = 2) -> PageReader[str]:
        """Lists things."""

        def read(number: int, per_page: int) -> Generator[Any, Any, Page[str]]:
            yield Pause(0)
            return Page(number, ["a"] * per_page, per_page, 1)

        return PageReader(read, id, per_page)


SYNC: Any = Things(SyncCore(FakeSender()))
ASYNC: Any = Things(AsyncCore(AsyncFakeSender()))


def test_a_method_answers_on_the_sync_client_and_is_awaited_on_the_async_one() -> None:
    assert SYNC.find(5, again=True) == "5 True"

    async def find() -> str:
        coroutine = ASYNC.find(5)
        assert inspect.iscoroutine(coroutine)
        return str(await coroutine)

    assert anyio.run(find) == "5 False"


def test_a_listing_is_of_the_kind_of_its_client_and_sends_nothing_yet() -> None:
    assert type(SYNC.list()) is Listing
    assert type(ASYNC.list()) is AsyncListing


@pytest.mark.parametrize("things", [SYNC, ASYNC])
def test_a_method_has_the_name_docstring_and_signature_of_its_flow(things: Things) -> None:
    find: Callable[..., Any] = things.find
    assert find.__name__ == "find"
    assert find.__doc__ == "Finds a thing."
    assert list(inspect.signature(find).parameters) == ["number", "again"]
    assert list(inspect.signature(things.list).parameters) == ["per_page"]


def test_a_method_says_what_it_answers() -> None:
    assert inspect.signature(SYNC.find).return_annotation == "str"
    assert inspect.signature(ASYNC.find).return_annotation == "Coroutine[Any, Any, str]"
    assert inspect.signature(SYNC.list).return_annotation == "Listing[str]"
    assert inspect.signature(ASYNC.list).return_annotation == "AsyncListing[str]"


def test_on_the_class_a_method_is_its_descriptor() -> None:
    assert isinstance(Things.__dict__["find"], operation)
    assert isinstance(Things.find, operation)
    assert isinstance(Things.list, listing)
    assert Things.find.__doc__ == "Finds a thing."


def test_the_hand_driver_of_the_tests_behaves_like_the_cores() -> None:
    def answer(step: object) -> Response:
        assert step is REQUEST
        return FOUND

    assert drive(reading(), answer).value.id == 7
