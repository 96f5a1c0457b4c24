"""Waiting for what the service makes in the background: pauses grow, the time is bounded, nothing is lost."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress.errors import NotFoundError, NotReadyError, TransportError, ValidationError
from invoicexpress.flows import Pause, Step
from invoicexpress.polling import TIMEOUT, pauses, until_ready
from invoicexpress.renderings import _qr_code_link  # pyright: ignore[reportPrivateUsage]
from invoicexpress_generated.api.documents import generate_pdf, get_qr_code
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import dumps

from tests.unit.conftest import PDF, PDF_LINK, PNG, QR_LINK, Answer, Run, Service, drive

REQUEST = generate_pdf.request(7)
NOT_YET = Response(202)
READY = Response(200, {}, dumps({"output": {"pdfUrl": PDF_LINK}}))


class Clock:
    """Time that passes only when somebody waits, or while a request is under way."""

    def __init__(self, *answers: Response | Exception, request_takes: float = 0) -> None:
        self.answers = iter(answers)
        self.request_takes = request_takes
        self.now = 1000.0
        self.waited: list[float] = []
        self.polls = 0

    def __call__(self, step: Step) -> object:
        if isinstance(step, Pause):
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


def wait(clock: Clock, timeout: float = TIMEOUT) -> Any:
    return drive(until_ready("the PDF of document 7", REQUEST, generate_pdf.parse, timeout), clock)


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
    assert clock.waited == [0, 0.25, 0.5, 1.0]


def test_when_the_time_is_up_it_says_what_was_not_ready() -> None:
    clock = Clock(*[NOT_YET] * 100)
    with pytest.raises(NotReadyError) as caught:
        wait(clock, timeout=10)
    assert caught.value.what == "the PDF of document 7"
    assert caught.value.waited == pytest.approx(10)
    assert clock.now == pytest.approx(1010)


@given(st.floats(0, 300), st.floats(0, 40))
def test_the_time_is_bounded_by_the_timeout_and_the_requests_under_way(
    timeout: float, request_takes: float
) -> None:
    """The last pause is cut at the deadline; a request that is under way then is not cut."""
    clock = Clock(*[NOT_YET] * 10_000, request_takes=request_takes)
    with pytest.raises(NotReadyError):
        wait(clock, timeout)
    assert timeout <= clock.now - 1000 + 1e-6
    assert clock.now - 1000 <= timeout + 2 * request_takes + 1e-6
    assert all(0 <= seconds <= 4 for seconds in clock.waited)
    assert clock.polls <= 4 + timeout / 4 + 3


@pytest.mark.parametrize("timeout", [0, -1])
def test_without_time_it_asks_once(timeout: float) -> None:
    assert wait(Clock(READY), timeout).value.pdf_url == PDF_LINK
    clock = Clock(NOT_YET)
    with pytest.raises(NotReadyError):
        wait(clock, timeout)
    assert clock.polls == 1


def test_it_asks_once_more_after_the_last_pause() -> None:
    """Ready exactly at the deadline is ready."""
    clock = Clock(NOT_YET, NOT_YET, READY)
    assert wait(clock, timeout=0.6).value.pdf_url == PDF_LINK
    assert clock.waited == pytest.approx([0, 0.25, 0.35])


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
    with pytest.raises(NotReadyError, match="the PDF of document 7"):
        run(service, lambda ix: ix.invoices.pdf(7, timeout=0))
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
