"""SAF-T: polled until ready, under either name of the year and of the link."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

import pytest
from invoicexpress import InputError, NotReadyError, UnexpectedResponseError, ValidationError
from invoicexpress.namespaces.saft import Saft
from invoicexpress.sending.flows import Link, Pause
from invoicexpress_generated.types import Request, Response

from tests.unit.conftest import SAFT, SAFT_LINK, Answer, Run, Service, drive

NOT_YET = [
    Answer(202, {"message": "The SAF-T file generation was started."}),
    Answer(202, b""),
    Answer(202, b" "),
    Answer(202, b"<html>working</html>"),
    # The status decides: a 202 is never ready, whatever its body.
    Answer(202, {"url": "https://files.example/yesterday.xml"}),
]


class Clock:
    """A service with prepared answers, and a clock that only waiting moves."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = deque(answers)
        self.asked: list[Request] = []
        self.waited: list[float] = []

    def __call__(self, step: Any) -> object:
        if isinstance(step, Pause):
            self.waited.append(step.seconds)
            return sum(self.waited)
        answer = self.answers.popleft()
        if isinstance(step, Request):
            self.asked.append(step)
        else:
            assert (type(step), step.url) == (Link, SAFT_LINK)
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        return Response(answer.status, {}, body)


def export(clock: Clock, **options: Any) -> Any:
    return drive(Saft.export.flow(None, 2026, 3, **options), clock)


@pytest.mark.parametrize("root", ["url", "Url"])
@pytest.mark.parametrize("before", [*[[answer] for answer in NOT_YET], [], NOT_YET], ids=repr)
def test_a_file_is_fetched_when_it_is_ready(root: str, before: list[Answer]) -> None:
    clock = Clock(*before, Answer(body={root: SAFT_LINK}), Answer(body=SAFT))
    assert export(clock).content == SAFT
    assert len(clock.asked) == len(before) + 1
    assert all(request == clock.asked[0] for request in clock.asked)
    assert clock.asked[0].query == (("month", "3"), ("year", "2026"), ("years", "2026"))


def test_a_file_that_takes_too_long_says_so() -> None:
    clock = Clock(*[NOT_YET[0]] * 4)
    with pytest.raises(NotReadyError, match=r"the SAF-T file of 2026-03 was not ready after 1\.5 s"):
        export(clock, timeout=1.5)
    assert sum(clock.waited) == 1.5


@pytest.mark.parametrize("root", ["url", "Url"])
def test_a_client_fetches_the_file(service: Service, run: Run, root: str) -> None:
    service.will(Answer(body={root: SAFT_LINK}), Answer(body=SAFT))
    assert run(service, lambda ix: ix.saft.export(2026, 3)).content == SAFT


def test_one_link_under_both_of_its_names_is_one_link(service: Service, run: Run) -> None:
    service.will(Answer(body={"url": SAFT_LINK, "Url": SAFT_LINK, "message": "Done"}), Answer(body=SAFT))
    assert run(service, lambda ix: ix.saft.export(2026, 3)).content == SAFT


def test_a_month_without_documents_is_refused_by_the_service(service: Service, run: Run) -> None:
    service.will(Answer(422, {"message": "There aren't any documents to export on the selected period."}))
    with pytest.raises(ValidationError, match="There aren't any documents"):
        run(service, lambda ix: ix.saft.export(2026, 3))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": None},
        {"message": "Done"},
        {"url": SAFT_LINK, "Url": f"{SAFT_LINK}&other"},
        {"url": None, "Url": None},
        {"url": SAFT_LINK, "Url": None},
        b"",
        b"null",
        b"[]",
    ],
)
def test_a_success_without_one_link_cannot_be_read(service: Service, run: Run, body: Any) -> None:
    service.will(Answer(body=body))
    with pytest.raises(UnexpectedResponseError):
        run(service, lambda ix: ix.saft.export(2026, 3))


@pytest.mark.parametrize(
    ("year", "month", "field"),
    [(2026, 0, "month"), (2026, 13, "month"), (26, 1, "year"), (2026, "1", "month")],
)
def test_what_is_no_month_is_not_asked_for(
    service: Service, run: Run, year: Any, month: Any, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        run(service, lambda ix: ix.saft.export(year, month))
    assert caught.value.field == field
    assert service.requests == []
