"""Waiting for background work of the service: pauses grow, time is bounded, and nothing is lost."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress.errors import (
    DownloadError,
    NotFoundError,
    NotReadyError,
    TransportError,
    ValidationError,
)
from invoicexpress.quirks.polling import TIMEOUT, OnWait, Waiting, pauses, until_present, until_ready
from invoicexpress.quirks.renderings import _qr_code_link  # pyright: ignore[reportPrivateUsage]
from invoicexpress.sending.flows import Flow, Pause, Step, exchange
from invoicexpress_generated.api.documents import generate_pdf, get_qr_code
from invoicexpress_generated.types import UNSET, Request, Response, Unset
from invoicexpress_wire import dumps, loads

from tests.unit.conftest import PDF, PDF_LINK, PNG, QR_LINK, Answer, Run, Service, drive

REQUEST = generate_pdf.request(7)
NOT_YET = Response(202)
READY = Response(200, {}, dumps({"output": {"pdfUrl": PDF_LINK}}))


class Clock:
    """Time that passes only in waits and during requests."""

    def __init__(self, *answers: Response | Exception, request_takes: float = 0) -> None:
        self.answers = iter(answers)
        self.request_takes = request_takes
        self.now = 1000.0
        self.waited: list[float] = []
        self.polls = 0

    def __call__(self, step: Step) -> object:
        if isinstance(step, Pause):
            if step.seconds:  # without a pause, it only reads the clock
                self.waited.append(step.seconds)
            self.now += step.seconds
            return self.now
        assert isinstance(step, Request)
        self.polls += 1
        self.now += self.request_takes
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def wait(clock: Clock, timeout: float = TIMEOUT, on_wait: OnWait | None = None) -> Any:
    flow = until_ready("the PDF of document 7", REQUEST, generate_pdf.parse, timeout, on_wait)
    return drive(flow, clock)


def test_pauses_double_and_then_are_steady() -> None:
    assert list(itertools.islice(pauses(), 8)) == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0]


def test_what_is_ready_at_once_takes_one_request_and_no_time() -> None:
    clock = Clock(READY)
    assert wait(clock).value.pdf_url == PDF_LINK
    assert clock.polls == 1
    assert sum(clock.waited) == 0


def test_the_same_request_is_repeated_until_it_is_ready() -> None:
    clock = Clock(NOT_YET, NOT_YET, NOT_YET, READY)
    assert wait(clock).value.pdf_url == PDF_LINK
    assert clock.polls == 4
    assert clock.waited == [0.25, 0.5, 1.0]


def test_when_the_time_is_up_it_says_what_was_not_ready() -> None:
    clock = Clock(*[NOT_YET] * 100)
    with pytest.raises(NotReadyError) as caught:
        wait(clock, timeout=10)
    assert caught.value.what == "the PDF of document 7"
    assert caught.value.waited == pytest.approx(10)
    assert caught.value.polls == clock.polls == 7
    assert clock.now == pytest.approx(1010)


@given(st.floats(0, 300), st.floats(0, 40))
def test_the_time_is_bounded_by_the_timeout_and_the_requests_under_way(
    timeout: float, request_takes: float
) -> None:
    """The last pause is cut at the deadline; a request under way then is not."""
    clock = Clock(*[NOT_YET] * 10_000, request_takes=request_takes)
    with pytest.raises(NotReadyError) as caught:
        wait(clock, timeout)
    assert timeout <= clock.now - 1000 + 1e-6
    assert clock.now - 1000 <= timeout + request_takes + 1e-6
    assert caught.value.waited == pytest.approx(clock.now - 1000)
    assert caught.value.polls == clock.polls
    assert all(0 < seconds <= 4 for seconds in clock.waited)
    assert clock.polls <= 4 + timeout / 4 + 3


@pytest.mark.parametrize("timeout", [0, -1])
def test_without_time_it_asks_once(timeout: float) -> None:
    assert wait(Clock(READY), timeout).value.pdf_url == PDF_LINK
    clock = Clock(NOT_YET)
    with pytest.raises(NotReadyError):
        wait(clock, timeout)
    assert clock.polls == 1


def test_it_asks_once_more_after_the_last_pause() -> None:
    """A result that is ready exactly at the deadline counts."""
    clock = Clock(NOT_YET, NOT_YET, READY)
    assert wait(clock, timeout=0.6).value.pdf_url == PDF_LINK
    assert clock.waited == pytest.approx([0.25, 0.35])


def test_each_pause_is_told_before_it_begins() -> None:
    clock = Clock(NOT_YET, NOT_YET, NOT_YET, READY, request_takes=2)
    told: list[tuple[Waiting, float]] = []
    wait(clock, timeout=8, on_wait=lambda waiting: told.append((waiting, clock.now - 1000)))
    what = "the PDF of document 7"
    assert told == [
        (Waiting(what, 2.0, 1, 0.25), 2.0),
        (Waiting(what, 4.25, 2, 0.5), 4.25),
        (Waiting(what, 6.75, 3, 1.0), 6.75),
    ]
    assert clock.waited == [0.25, 0.5, 1.0]


def test_nobody_is_told_of_a_pause_that_does_not_come() -> None:
    told: list[Waiting] = []
    assert wait(Clock(READY), on_wait=told.append)
    with pytest.raises(NotReadyError):
        wait(Clock(NOT_YET), timeout=0, on_wait=told.append)
    assert told == []


def test_a_report_of_a_wait_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Waiting("the PDF", 1.0, 1, 0.5).polls = 2  # type: ignore[misc] # the point of the test


class Enough(Exception):
    """Raised by a caller to give up."""


def test_what_the_callback_raises_ends_the_wait(service: Service, run: Run) -> None:
    """This is the way to cancel: no further request is sent."""
    service.will(Answer(status=202))

    def give_up(waiting: Waiting) -> None:
        raise Enough(waiting.what)

    with pytest.raises(Enough, match="the PDF of document 7"):
        run(service, lambda ix: ix.invoices.pdf(7, on_wait=give_up))
    service.will(Answer(status=202, body={"qr_code": {"status": "In progress"}}))
    with pytest.raises(Enough, match="the QR code of document 7"):
        run(service, lambda ix: ix.invoices.qr_code(7, on_wait=give_up))


# A value that appears later on an ordinary read: the tax authority's code of a guide.


class Guide(NamedTuple):
    """A minimal guide."""

    at_doc_code_id: str | Unset | None = UNSET


def read_guide(clock: Clock, *guides: Guide | Exception) -> Any:
    """Returns a new read flow each time, as a client's method would."""
    coming = iter(guides)

    def read() -> Flow[Guide]:
        yield from exchange(REQUEST, generate_pdf.parse)
        guide = next(coming)
        if isinstance(guide, Exception):
            raise guide
        return guide

    flow = until_present("the code of guide 7", read, lambda guide: guide.at_doc_code_id, 10)
    return drive(flow, clock)


def test_a_value_that_is_missing_at_first_is_waited_for() -> None:
    clock = Clock(*[READY] * 4)
    assert read_guide(clock, Guide(), Guide(None), Guide(UNSET), Guide("999")) == "999"
    assert clock.waited == [0.25, 0.5, 1.0]


def test_a_value_that_does_not_come_is_named() -> None:
    with pytest.raises(NotReadyError, match=r"the code of guide 7 was not ready after 10\.0 s") as caught:
        read_guide(Clock(*[READY] * 99), *[Guide()] * 99)
    assert caught.value.polls == 7


def test_an_error_while_reading_is_the_caller_s() -> None:
    gone = TransportError("GET", "/transports/7.json", "ReadTimeout")
    with pytest.raises(TransportError) as caught:
        read_guide(Clock(READY, READY), Guide(), gone)
    assert caught.value is gone


SAFT_LINK = "https://files.example/saft/2026-10.xml?signature=bearer-planted"


def saft_link(response: Response) -> str | None:
    """The link, under either name (vendor docs 2026-07: `Url`; clients: `url`); 202 has a message."""
    body: Any = loads(response.content)
    link: str | None = body.get("url") or body.get("Url")
    return link


@pytest.mark.parametrize("name", ["url", "Url"])
def test_a_saft_file_is_waited_for_in_the_same_way(name: str) -> None:
    started = {"message": "The SAF-T file generation was started. Please keep requesting."}
    clock = Clock(Response(202, {}, dumps(started)), Response(200, {}, dumps({name: SAFT_LINK})))
    request = Request("exportSaft", "GET", "/api/export_saft.json")
    assert drive(until_ready("the SAF-T file of 2026-10", request, saft_link, 10), clock) == SAFT_LINK
    assert clock.polls == 2


def test_an_error_ends_the_wait() -> None:
    clock = Clock(NOT_YET, Response(404))
    with pytest.raises(NotFoundError):
        wait(clock)
    assert clock.polls == 2


def test_no_answer_ends_the_wait() -> None:
    clock = Clock(NOT_YET, TransportError("GET", REQUEST.path, "ReadTimeout"))
    with pytest.raises(TransportError):
        wait(clock)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (202, {"qr_code": {"status": "In progress"}}),
        (200, {"qr_code": {"status": "In progress"}}),
        (200, {"qr_code": {"url": None, "status": "In progress"}}),
        (200, {"qr_code": {"url": "", "status": "In progress"}}),
        (202, {"qr_code": {}}),
    ],
)
def test_a_qr_code_without_a_link_is_not_ready_whatever_the_status(status: int, body: Any) -> None:
    assert _qr_code_link(Response(status, {}, dumps(body))) is None


@pytest.mark.parametrize("status", [200, 202])
def test_a_qr_code_with_a_link_is_ready_whatever_the_status(status: int) -> None:
    body = {"qr_code": {"url": QR_LINK, "status": "Done"}}
    assert _qr_code_link(Response(status, {}, dumps(body))) == QR_LINK


def test_a_qr_code_is_polled_like_a_pdf() -> None:
    busy = Response(200, {}, dumps({"qr_code": {"status": "In progress"}}))
    done = Response(200, {}, dumps({"qr_code": {"url": QR_LINK}}))
    clock = Clock(busy, Response(202, {}, dumps({"qr_code": {"status": "In progress"}})), done)
    assert drive(until_ready("the QR code", get_qr_code.request(7), _qr_code_link, 10), clock) == QR_LINK
    assert clock.polls == 3


def test_a_client_waits_for_a_pdf_and_fetches_it(service: Service, run: Run) -> None:
    service.will(
        Answer(body={"output": {"pdfUrl": PDF_LINK}}),
        Answer(body=PDF, headers=(("content-type", "application/pdf"),)),
    )
    download = run(service, lambda ix: ix.invoices.pdf(7))
    assert (download.content, download.media_type) == (PDF, "application/pdf")


def test_a_client_without_time_says_so_and_can_ask_again(service: Service, run: Run) -> None:
    service.will(Answer(status=202))
    with pytest.raises(NotReadyError, match="the PDF of document 7") as caught:
        run(service, lambda ix: ix.invoices.pdf(7, timeout=0))
    assert caught.value.polls == 1
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    assert run(service, lambda ix: ix.invoices.pdf(7, timeout=0)).content == PDF


def test_a_draft_has_no_qr_code(service: Service, run: Run) -> None:
    service.will(Answer(status=422, body={"error": "Document with ID 7 is still in draft."}))
    with pytest.raises(ValidationError, match="still in draft"):
        run(service, lambda ix: ix.invoices.qr_code(7))


def test_a_picture_is_fetched_like_a_pdf(service: Service, run: Run) -> None:
    service.will(Answer(body={"qr_code": {"url": QR_LINK}}), Answer(body=PNG))
    download = run(service, lambda ix: ix.invoices.qr_code(7))
    assert (download.content, download.media_type) == (PNG, "application/octet-stream")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<?xml version="1.0" encoding="Windows-1252"?><AuditFile/>', "SAF-T 2026-03.xml"),
        (b"PK\x03\x04 an archive", "SAF-T 2026-03.xml.zip"),
    ],
)
def test_a_saft_file_is_waited_for_fetched_and_named(
    service: Service, run: Run, content: bytes, name: str
) -> None:
    told: list[Waiting] = []
    service.will(
        Answer(status=202, body={"message": "The SAF-T file generation was started."}),
        Answer(body={"url": SAFT_LINK}),
        Answer(body=content),
    )
    file = run(service, lambda ix: ix.saft.export(2026, 3, on_wait=told.append))
    assert (file.content, file.name) == (content, name)
    assert [waiting.what for waiting in told] == ["the SAF-T file of 2026-03"]


def test_a_saft_file_that_is_not_ready_is_asked_for_again(service: Service, run: Run) -> None:
    service.will(Answer(status=202, body={"message": "The SAF-T file generation was started."}))
    with pytest.raises(NotReadyError, match="the SAF-T file of 2026-03"):
        run(service, lambda ix: ix.saft.export(2026, 3, timeout=0))
    service.will(Answer(body={"url": SAFT_LINK}), Answer(body=b"<?xml "))
    with pytest.raises(DownloadError, match="larger than 5 bytes"):
        run(service, lambda ix: ix.saft.export(2026, 3, timeout=0, limit=5))
