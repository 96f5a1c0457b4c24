"""Delivery: attempts, repeats, turns at the pace, notices and log lines, driven by hand without any HTTP."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress.errors import (
    AmbiguousResultError,
    ConfigurationError,
    DownloadError,
    InvoiceXpressError,
    TransportError,
)
from invoicexpress.options import Options
from invoicexpress.sending.delivery import Outgoing, Primitive, Terms, attempt_once, deliver
from invoicexpress.sending.hooks import Exchange, Notice
from invoicexpress.sending.pacing import Pace
from invoicexpress.sending.steps import Hold, Link, Pause, Turn
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError

READ = Request("getTax", "GET", "/taxes/5.json", (("client_name", "Ana"),))
UPDATE = Request("updateTax", "PUT", "/taxes/5.json", body={"tax": {}})
CREATE = Request("createDocument", "POST", "/invoices.json", body={"invoice": {}, "proprietary_uid": "u1"})
LINK = Link("https://files.example/bearer", 100)
ERRANDS: list[Request | Link] = [READ, UPDATE, CREATE, LINK]

OK = Response(200, {}, b"{}")
BUSY = Response(503)
LIMITED = Response(429)
NOT_SENT = TransportError("PUT", "/taxes/5.json", "ConnectError: no way there")
NO_ANSWER = AmbiguousResultError("PUT", "/taxes/5.json", "ReadTimeout")
PACE = Pace()


@dataclass
class World:
    """Answers a delivery's steps and records them."""

    outcomes: list[Response | Exception]
    turns: list[float] = field(default_factory=list[float])
    """What the pace says, before it gives a turn."""
    steps: list[Primitive] = field(default_factory=list[Primitive])
    now: float = 100.0

    def monotonic(self) -> float:
        return self.now

    def answer(self, step: Primitive) -> object:
        self.steps.append(step)
        if isinstance(step, Request | Link):
            self.now += 0.25
            outcome = self.outcomes.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome
        if isinstance(step, Turn):
            return self.turns.pop(0) if self.turns else 0.0
        if isinstance(step, Pause):
            self.now += step.seconds
        return self.now

    def run(self, outgoing: Outgoing, terms: Terms) -> Response:
        delivery = deliver(outgoing, terms)
        try:
            step = next(delivery)
            while True:
                try:
                    outcome = self.answer(step)
                except Exception as error:
                    step = delivery.throw(error)
                else:
                    step = delivery.send(outcome)
        except StopIteration as done:
            assert not self.outcomes, "every outcome must be used up"
            response: Response = done.value
            return response

    def asked(self, kind: type[Any]) -> list[Any]:
        return [step for step in self.steps if isinstance(step, kind)]

    @property
    def attempts(self) -> int:
        return len(self.asked(Request)) + len(self.asked(Link))


def delivered(
    outgoing: Outgoing, *outcomes: Response | Exception, turns: Sequence[float] = (), **terms: Any
) -> tuple[World, Response]:
    world = World(list(outcomes), list(turns))
    answer = world.run(outgoing, terms_of(world, **terms))
    return world, answer


def terms_of(world: World, **terms: Any) -> Terms:
    """Terms on a world's clock, without randomness."""
    fixed: dict[str, Any] = {"random": lambda: 0.5, "monotonic": world.monotonic, "time": lambda: 0.0}
    options = {name: terms.pop(name) for name in ("retries", "max_retry_after") if name in terms}
    given: dict[str, Any] = {**fixed, "options": Options(**options), "place": "acme", **terms}
    return Terms(**given)


def failed(
    outgoing: Outgoing, *outcomes: Response | Exception, **terms: Any
) -> tuple[World, InvoiceXpressError]:
    world = World(list(outcomes))
    with pytest.raises(InvoiceXpressError) as caught:
        world.run(outgoing, terms_of(world, **terms))
    assert not world.outcomes
    return world, caught.value


@pytest.mark.parametrize("outgoing", ERRANDS)
def test_a_success_takes_one_attempt_and_no_wait(outgoing: Outgoing) -> None:
    world, answer = delivered(outgoing, OK)
    assert answer is OK
    assert world.steps == [outgoing]


@pytest.mark.parametrize("outgoing", [READ, LINK])
@pytest.mark.parametrize("failure", [BUSY, Response(500), Response(502), NOT_SENT])
def test_what_may_be_repeated_is_until_it_succeeds(outgoing: Outgoing, failure: Response | Exception) -> None:
    world, answer = delivered(outgoing, failure, failure, OK)
    assert answer is OK
    assert world.steps == [outgoing, Pause(0.25), outgoing, Pause(0.5), outgoing]


@pytest.mark.parametrize("outgoing", [UPDATE, CREATE])
@pytest.mark.parametrize("failure", [LIMITED, NOT_SENT])
def test_a_write_is_repeated_where_it_was_not_run(outgoing: Request, failure: Response | Exception) -> None:
    world, answer = delivered(outgoing, failure, OK)
    assert answer is OK
    assert world.attempts == 2


@pytest.mark.parametrize("outgoing", [UPDATE, CREATE])
def test_a_write_is_never_repeated_where_it_may_have_been_run(outgoing: Request) -> None:
    """The method that sent it reconciles the outcome. A late update would overwrite a newer one."""
    for status in (500, 502, 503, 504, 530):
        world, answer = delivered(outgoing, Response(status))
        assert (answer.status, world.attempts) == (status, 1)
    world, error = failed(outgoing, NO_ANSWER)
    assert error is NO_ANSWER
    assert world.attempts == 1


@pytest.mark.parametrize("retries", [0, 1, 2, 5])
def test_repeats_are_counted_after_the_first_attempt(retries: int) -> None:
    world, answer = delivered(READ, *[BUSY] * (retries + 1), retries=retries)
    assert answer is BUSY
    assert world.attempts == retries + 1
    assert len(world.asked(Pause)) == retries


def test_the_last_exception_is_raised_as_it_is() -> None:
    first, last = TransportError("GET", "/", "first"), TransportError("GET", "/", "last")
    _, error = failed(READ, first, last, retries=1)
    assert error is last


@pytest.mark.parametrize("failure", [LIMITED, NOT_SENT])
def test_an_answer_after_a_failure_is_the_answer_whatever_its_status(failure: Response | Exception) -> None:
    """The attempts before it were not run, so a refusal of the last one tells the truth."""
    for status in (422, 500):
        _, answer = delivered(UPDATE, failure, Response(status))
        assert answer.status == status


def test_a_read_is_never_in_doubt() -> None:
    _, error = failed(READ, BUSY, NOT_SENT, retries=1)
    assert error is NOT_SENT


def test_a_file_that_cannot_be_fetched_is_a_download_error_after_the_last_attempt() -> None:
    world, error = failed(LINK, *[TransportError("GET", "", "ReadTimeout")] * 3)
    assert type(error) is DownloadError
    assert str(error) == "ReadTimeout"
    assert world.attempts == 3


def test_a_file_that_is_too_large_is_not_fetched_again() -> None:
    too_large = DownloadError("the file is larger than 100 bytes")
    world, error = failed(LINK, too_large)
    assert error is too_large
    assert world.attempts == 1


@pytest.mark.parametrize(
    "failure", [WireError("cannot be written"), KeyError("a bug"), ConfigurationError("x")]
)
def test_what_is_no_matter_of_the_network_is_raised_at_once(failure: Exception) -> None:
    world = World([failure])
    with pytest.raises(type(failure)) as caught:
        world.run(READ, terms_of(world))
    assert caught.value is failure


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(status: int) -> None:
    world, _ = delivered(READ, Response(status, {"retry-after": "17"}), OK)
    assert world.asked(Pause) == [Pause(17.0)]


def test_a_retry_after_as_long_as_the_cap_is_waited_for() -> None:
    world, _ = delivered(CREATE, Response(429, {"retry-after": "30"}), OK, max_retry_after=30)
    assert world.asked(Pause) == [Pause(30.0)]


@pytest.mark.parametrize("status", [429, 503])
def test_a_longer_retry_after_ends_it_at_once(status: int) -> None:
    """Later callers should get the error at once too, so no one is held back."""
    world, answer = delivered(READ, Response(status, {"retry-after": "31"}), max_retry_after=30, pace=PACE)
    assert answer.status == status
    assert world.steps == [Turn(PACE, "acme"), READ]


def test_a_turn_is_taken_before_each_attempt() -> None:
    world, _ = delivered(READ, BUSY, OK, pace=PACE)
    turn = Turn(PACE, "acme")
    assert world.steps == [turn, READ, Pause(0.25), turn, READ]


def test_who_has_no_turn_waits_and_asks_again() -> None:
    world, _ = delivered(READ, OK, turns=[3.0, 0.5], pace=PACE)
    turn = Turn(PACE, "acme")
    assert world.steps == [turn, Pause(3.0), turn, Pause(0.5), turn, READ]


def test_files_are_not_paced() -> None:
    """Files come from another host, without a rate limit."""
    world, _ = delivered(LINK, LIMITED, OK, pace=PACE)
    assert world.asked(Turn) == world.asked(Hold) == []


@pytest.mark.parametrize("outgoing", [READ, UPDATE, CREATE])
def test_a_429_holds_back_all_who_share_the_pace(outgoing: Request) -> None:
    world, _ = delivered(outgoing, Response(429, {"retry-after": "9"}), OK, pace=PACE)
    turn = Turn(PACE, "acme")
    assert world.steps == [turn, outgoing, Hold(PACE, "acme", 9.0), Pause(9.0), turn, outgoing]


def test_a_429_holds_the_others_back_although_its_own_request_is_not_repeated() -> None:
    world, answer = delivered(READ, Response(429, {"retry-after": "9"}), retries=0, pace=PACE)
    assert answer.status == 429
    assert world.asked(Hold) == [Hold(PACE, "acme", 9.0)]
    assert world.asked(Pause) == []


def test_a_503_holds_nobody_back() -> None:
    world, _ = delivered(READ, Response(503, {"retry-after": "9"}), OK, pace=PACE)
    assert world.asked(Hold) == []


def told(world: World) -> list[Exchange]:
    return [step.exchange for step in world.asked(Notice)]


def listen(_: Exchange) -> None: ...


def test_hooks_hear_of_each_attempt_before_and_after() -> None:
    world, _ = delivered(UPDATE, NOT_SENT, LIMITED, OK, on_request=listen, on_response=listen)
    of_update = ("updateTax", "PUT", "/taxes/5.json")
    assert told(world) == [
        Exchange(*of_update, 1),
        Exchange(*of_update, 1, None, 0.25, "TransportError"),
        Exchange(*of_update, 2),
        Exchange(*of_update, 2, 429, 0.25),
        Exchange(*of_update, 3),
        Exchange(*of_update, 3, 200, 0.25),
    ]


def test_a_file_is_told_without_its_link() -> None:
    world, _ = delivered(LINK, OK, on_request=listen, on_response=listen)
    assert told(world) == [
        Exchange("fetchFile", "GET", "", 1),
        Exchange("fetchFile", "GET", "", 1, 200, 0.25),
    ]


def test_only_the_hooks_that_are_there_are_told() -> None:
    before, _ = delivered(READ, OK, on_request=listen)
    after, _ = delivered(READ, OK, on_response=listen)
    assert [exchange.status for exchange in told(before)] == [None]
    assert [exchange.status for exchange in told(after)] == [200]


def test_log_records_have_the_facts_as_text_and_as_fields(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="invoicexpress")
    delivered(READ, BUSY, NOT_SENT, OK, turns=[3.0], pace=PACE)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "waiting 3.000 s for a turn at the pace"),
        ("DEBUG", "getTax: GET /taxes/5.json 503 in 0.250 s, attempt 1"),
        ("INFO", "getTax: GET /taxes/5.json, attempt 1: next attempt in 0.250 s"),
        ("DEBUG", "getTax: GET /taxes/5.json TransportError in 0.250 s, attempt 2"),
        ("INFO", "getTax: GET /taxes/5.json, attempt 2: next attempt in 0.500 s"),
        ("DEBUG", "getTax: GET /taxes/5.json 200 in 0.250 s, attempt 3"),
    ]
    facts: list[dict[str, Any]] = [vars(record) for record in caplog.records]
    names = ("operation", "method", "path", "attempt", "status", "duration", "error")
    assert [facts[1][name] for name in names] == ["getTax", "GET", "/taxes/5.json", 1, 503, 0.25, None]
    assert [facts[3][name] for name in names][4:] == [None, 0.25, "TransportError"]
    assert [fact["wait"] for fact in (facts[0], facts[2], facts[4])] == [3.0, 0.25, 0.5]


@pytest.mark.parametrize(("wait", "level"), [(0.5, "DEBUG"), (1.0, "DEBUG"), (1.001, "INFO"), (59.0, "INFO")])
def test_a_wait_that_a_person_notices_is_logged_at_info(
    wait: float, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="invoicexpress")
    delivered(READ, OK, turns=[wait], pace=PACE)
    record = caplog.records[0]
    assert (record.levelname, record.getMessage()) == (level, f"waiting {wait:.3f} s for a turn at the pace")


def test_short_waits_that_add_up_to_more_than_a_second_show_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="invoicexpress")
    delivered(READ, OK, turns=[0.4] * 9, pace=PACE)
    assert [each.getMessage() for each in caplog.records] == ["waiting 0.400 s for a turn at the pace"]


def test_no_log_record_has_the_query_or_the_body(caplog: pytest.LogCaptureFixture) -> None:
    """They hold names, fiscal numbers and passwords."""
    caplog.set_level(logging.DEBUG, logger="invoicexpress")
    delivered(READ, BUSY, OK, pace=PACE, on_request=listen)
    delivered(Request("createClient", "POST", "/clients.json", body={"client": {"name": "Ana"}}), OK)
    delivered(LINK, BUSY, OK)
    assert len(caplog.records) > 4
    for record in caplog.records:
        assert "Ana" not in f"{record.getMessage()} {vars(record)}"
        assert "bearer" not in f"{record.getMessage()} {vars(record)}"


def test_attempt_once_is_one_attempt_at_no_pace() -> None:
    for outcome in (OK, BUSY, LIMITED):
        delivery = attempt_once(READ)
        assert next(delivery) is READ
        with pytest.raises(StopIteration) as done:
            delivery.send(outcome)
        assert done.value.value is outcome


STATUSES = st.sampled_from([200, 201, 404, 409, 422, 429, 500, 502, 503, 504, 530])
OUTCOMES = st.one_of(st.just(NOT_SENT), st.just(NO_ANSWER), STATUSES.map(Response))


@given(
    st.lists(OUTCOMES, min_size=12, max_size=12), st.integers(0, 10), st.sampled_from([READ, UPDATE, CREATE])
)
def test_laws_of_delivery(outcomes: list[Response | Exception], retries: int, outgoing: Request) -> None:
    """In any case there are no more attempts than allowed, and a write runs at most once."""
    if outgoing is READ:
        outcomes = [NOT_SENT if outcome is NO_ANSWER else outcome for outcome in outcomes]
    world = World(list(outcomes))
    answer: Response | None = None
    error: Exception | None = None
    try:
        delivery = deliver(outgoing, terms_of(world, retries=retries))
        step = next(delivery)
        while True:
            try:
                outcome = world.answer(step)
            except InvoiceXpressError as failure:
                step = delivery.throw(failure)
            else:
                step = delivery.send(outcome)
    except StopIteration as done:
        answer = done.value
    except InvoiceXpressError as failure:
        error = failure
    met = outcomes[: world.attempts]
    assert 1 <= world.attempts <= retries + 1
    was_run = [outcome for outcome in met if outcome is not NOT_SENT and getattr(outcome, "status", 0) != 429]
    if outgoing is not READ:
        assert len(was_run) <= 1
    if error is not None and not isinstance(error, AmbiguousResultError):
        assert outgoing is READ or not was_run, "this error claims that nothing changed"
    if answer is not None:
        assert answer is met[-1]
        if answer.status == 429:
            assert outgoing is READ or not was_run
