"""Clients: one per code even with concurrent creates, and a deletion counts once the client is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    ApiError,
    Client,
    ConflictError,
    InputError,
    NotFoundError,
    ValidationError,
)

from tests.unit.conftest import Answer, Run, Service, as_read, client_json

Call = Callable[[Any], Any]

FOUND = Answer(body={"client": client_json()})
MADE = Answer(201, {"client": client_json(id=4)})
NOT_THERE = Answer(404, {"errors": [{"error": "Client not found"}]})
TAKEN = Answer(422, {"errors": [{"error": "Code has already been taken"}]})
CLIENT = Client.from_dict(as_read(client_json()))
LOOK = ("GET", "/clients/find-by-code.json")
CREATE = ("POST", "/clients.json")
READ = ("GET", "/clients/3.json")
DELETE = ("DELETE", "/clients/3.json")


def getting_or_creating(*args: Any, **fields: Any) -> Call:
    return lambda ix: ix.clients.get_or_create(*(args or ("A1",)), **{"name": "Ana", **fields})


def asked(service: Service) -> list[tuple[str, str]]:
    return [(sent.verb, sent.path) for sent in service.sent]


def test_a_client_that_is_there_is_given_as_it_is(service: Service, run: Run) -> None:
    service.will(FOUND)
    assert run(service, getting_or_creating(name="Somebody else")) == CLIENT
    assert asked(service) == [LOOK]


def test_a_client_that_is_not_there_is_created(service: Service, run: Run) -> None:
    service.will(NOT_THERE, MADE)
    made = run(service, getting_or_creating(email="ana@example.com"))
    assert (type(made), made.id) == (Client, 4)
    assert asked(service) == [LOOK, CREATE]
    assert service.sent[1].body == {"client": {"name": "Ana", "code": "A1", "email": "ana@example.com"}}


def test_a_client_that_somebody_else_creates_meanwhile_is_theirs(service: Service, run: Run) -> None:
    service.will(NOT_THERE, TAKEN, FOUND)
    assert run(service, getting_or_creating()) == CLIENT
    assert asked(service) == [LOOK, CREATE, LOOK]


def test_a_refusal_for_another_reason_is_said(service: Service, run: Run) -> None:
    """Another client has the name, so there is still none with this code."""
    service.will(NOT_THERE, Answer(422, {"errors": [{"error": "Name has already been taken"}]}), NOT_THERE)
    with pytest.raises(ValidationError, match="Name has already been taken"):
        run(service, getting_or_creating())


@pytest.mark.parametrize("status", [401, 500])
def test_when_nobody_can_look_nothing_is_created(service: Service, run: Run, status: int) -> None:
    service.will(Answer(status))
    with pytest.raises(ApiError):
        run(service, getting_or_creating())
    assert asked(service) == [LOOK]


BAD_INPUT: list[tuple[Call, str]] = [
    (getting_or_creating(code="B2"), "client.code: 'B2' differs from the code to look up, 'A1'"),
    (getting_or_creating(None), "client_code: "),
    (lambda ix: ix.clients.list(fiscal_id=500100200), "fiscal_id: "),
    (lambda ix: ix.clients.delete(0), "client: "),
]


@pytest.mark.parametrize(("call", "said"), BAD_INPUT)
def test_what_cannot_be_right_is_named_and_not_sent(
    service: Service, run: Run, call: Call, said: str
) -> None:
    with pytest.raises(InputError, match=f"^{said}"):
        run(service, call)
    assert service.requests == []


def test_the_same_code_twice_is_no_contradiction(service: Service, run: Run) -> None:
    service.will(NOT_THERE, MADE)
    run(service, getting_or_creating(code="A1"))
    assert service.sent[1].body["client"]["code"] == "A1"


def test_a_tax_number_narrows_the_list(service: Service, run: Run) -> None:
    page = {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}
    service.will(*[Answer(body={"clients": [client_json()], "pagination": page})] * 2)
    run(service, lambda ix: ix.clients.list(fiscal_id="500100200"))
    run(service, lambda ix: ix.clients.list())
    queries = [dict(sent.query) for sent in service.sent]
    assert [query.get("fiscal_id") for query in queries] == ["500100200", None]


@pytest.mark.parametrize("client", [3, CLIENT])
def test_a_client_is_deleted(service: Service, run: Run, client: Any) -> None:
    service.will(FOUND, Answer(), NOT_THERE)
    assert run(service, lambda ix: ix.clients.delete(client)) is None
    assert asked(service) == [READ, DELETE, READ]


REFUSALS = {404: NotFoundError, 409: ConflictError, 422: ValidationError}
UNKNOWN = {
    "500": Answer(500, b"<html>"),
    "no answer": httpx.ReadTimeout("too late"),
    "page": Answer(200, b"<html>"),
    "redirect": Answer(302),
}
FAILURES = {**{str(status): Answer(status) for status in REFUSALS}, **UNKNOWN}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_client_that_is_gone_in_spite_of_an_error_is_deleted(
    service: Service, run: Run, failure: Answer | Exception
) -> None:
    service.will(FOUND, failure, NOT_THERE)
    assert run(service, lambda ix: ix.clients.delete(3)) is None
    assert asked(service) == [READ, DELETE, READ]


@pytest.mark.parametrize("status", REFUSALS)
def test_a_client_that_is_still_there_after_a_refusal_was_not_deleted(
    service: Service, run: Run, status: int
) -> None:
    service.will(FOUND, Answer(status), FOUND)
    with pytest.raises(REFUSALS[status]):
        run(service, lambda ix: ix.clients.delete(3))


@pytest.mark.parametrize("failure", UNKNOWN.values(), ids=UNKNOWN)
def test_a_client_that_is_still_there_may_be_deleted_late(
    service: Service, run: Run, failure: Answer | Exception
) -> None:
    service.will(FOUND, failure, FOUND)
    with pytest.raises(AmbiguousResultError, match="whether client 3 is still there"):
        run(service, lambda ix: ix.clients.delete(3))


def test_a_blank_answer_does_not_delete_a_client_that_is_still_there(service: Service, run: Run) -> None:
    service.will(FOUND, Answer(), FOUND, FOUND)
    with pytest.raises(AmbiguousResultError, match="a read does not show it"):
        run(service, lambda ix: ix.clients.delete(3))


def test_a_proxys_page_does_not_prove_that_a_client_is_gone(service: Service, run: Run) -> None:
    page = Answer(404, b"<html><title>404 Not Found</title></html>")
    service.will(FOUND, Answer(), page, page)
    with pytest.raises(AmbiguousResultError):
        run(service, lambda ix: ix.clients.delete(3))


def test_a_client_that_was_never_there_is_not_deleted(service: Service, run: Run) -> None:
    service.will(NOT_THERE)
    with pytest.raises(NotFoundError):
        run(service, lambda ix: ix.clients.delete(3))
    assert asked(service) == [READ]


def test_a_client_that_cannot_be_looked_for_afterwards_is_not_taken_for_gone(
    service: Service, run: Run
) -> None:
    """A TransportError would claim that nothing was sent."""
    service.will(FOUND, Answer(500), httpx.ConnectError("no route"))
    with pytest.raises(AmbiguousResultError, match="looking for it: ConnectError"):
        run(service, lambda ix: ix.clients.delete(3))
