"""Treasury: both forms of a regularization, and movements deleted despite an error answer."""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    Client,
    InputError,
    InvoiceXpress,
    NotFoundError,
    Regularization,
    TreasuryMovement,
    Unset,
    ValidationError,
)
from invoicexpress.namespaces.treasury import Treasury
from invoicexpress.quirks.envelopes import unwrap_regularization
from invoicexpress_generated.api.treasury import create_client_regularization
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Request, Response

from tests.unit.conftest import KEY, Answer, Run, Service, as_read, client_json, drive

Call = Callable[[Any], Any]

DAY = datetime.date(2026, 11, 21)
OWED: dict[str, Any] = {"value": Decimal("12.50"), "date": DAY}
WRITTEN_OFF = {"id": "21", "number": "NR00000001", "value": "12.5", "date": "2026-11-21", "observation": None}
# Existing ones are read before another is made.
NONE_YET = Answer(body={"regularization": []})
CLIENT = Client.from_dict(as_read(client_json()))


def writing_off(client: Any = 3, **changes: Any) -> Call:
    return lambda ix: ix.treasury.create_regularization(client, **{**OWED, **changes})


def moving(**changes: Any) -> Call:
    return lambda ix: ix.treasury.create_movement(3, **{**OWED, **changes})


def deleting(movement: Any) -> Call:
    return lambda ix: ix.treasury.delete_movement(3, movement)


@pytest.mark.parametrize("found", [WRITTEN_OFF, [WRITTEN_OFF]], ids=["object", "list of one"])
def test_a_regularization_is_read_alone_and_as_a_list_of_one(service: Service, run: Run, found: Any) -> None:
    """The vendor's page shows a list, but the service answers with an object (diogopms 2026-06)."""
    service.will(NONE_YET, Answer(201, {"regularization": found}))
    made = run(service, writing_off())
    assert type(made) is Regularization
    assert (made.id, made.value, made.date, made.observation) == (21, Decimal("12.5"), DAY, None)


@pytest.mark.parametrize("found", [[], [WRITTEN_OFF, WRITTEN_OFF], None, "21", {}])
def test_none_or_several_are_not_a_new_regularization(found: Any) -> None:
    """An unreadable answer leaves the outcome open, so the list decides."""
    response = Response(201, {}, json.dumps({"regularization": found}).encode())
    with pytest.raises(UnreadableBody):
        unwrap_regularization(response, create_client_regularization.parse(response))


def test_regularizations_come_page_by_page(service: Service, run: Run) -> None:
    page = {"total_entries": 2, "total_pages": 2, "per_page": 1}
    service.will(
        Answer(body={"regularization": [WRITTEN_OFF], "pagination": {**page, "current_page": 1}}),
        Answer(body={"regularization": [{"id": 22}], "pagination": {**page, "current_page": 2}}),
    )
    found = run(service, lambda ix: ix.treasury.regularizations(CLIENT, per_page=1))
    assert [each.id for each in found] == [21, 22]
    assert isinstance(found[1].value, Unset)
    assert [dict(sent.query) for sent in service.sent] == [
        {"page": "1", "per_page": "1"},
        {"page": "2", "per_page": "1"},
    ]


def test_a_client_stands_for_its_id(service: Service, run: Run) -> None:
    page = {"total_entries": 0, "current_page": 1, "total_pages": 1, "per_page": 100}
    listed = Answer(body={"regularization": [], "pagination": page})
    service.will(*[Answer(404)] * 3, listed, *[Answer(404)] * 2)
    calls: list[Call] = [
        lambda ix: ix.treasury.balance(CLIENT),
        lambda ix: ix.treasury.set_initial_balance(CLIENT, **OWED),
        writing_off(CLIENT),
        lambda ix: ix.treasury.delete_regularization(CLIENT, Regularization(21)),
        lambda ix: ix.treasury.create_movement(CLIENT, movement_type="Payment", **OWED),
    ]
    for call in calls:
        with pytest.raises(NotFoundError):
            run(service, call)
    assert all(sent.path.startswith("/api/v3/clients/3/") for sent in service.sent)
    assert service.sent[4].path.endswith("/regularization/21.json")


def test_a_balance_says_what_is_owed_and_what_is_not_known(service: Service, run: Run) -> None:
    service.will(
        Answer(
            body={
                "currency": {"symbol": "€", "code": "EUR"},
                "balance": {"with_vat": "12.30", "without_vat": 10.0},
                "overdue_balance": {"with_vat": None},
            }
        )
    )
    balance = run(service, lambda ix: ix.treasury.balance(3))
    assert (balance.balance.with_vat, balance.balance.without_vat) == (Decimal("12.30"), Decimal(10))
    assert balance.overdue_balance.with_vat is None
    assert isinstance(balance.overdue_balance.without_vat, Unset)
    assert isinstance(balance.remaining_balance, Unset)


def test_a_movement_is_deleted(service: Service, run: Run) -> None:
    service.will(*[Answer(204)] * 2)
    run(service, deleting(22))
    run(service, deleting(TreasuryMovement(id=22)))
    assert [sent.path for sent in service.sent] == ["/api/v3/clients/3/treasury_movements/22.json"] * 2


@pytest.mark.parametrize("answer", [{}, {"id": None}])
def test_a_movement_without_an_id_cannot_be_deleted(service: Service, run: Run, answer: Any) -> None:
    """The vendor's page shows movements without one."""
    service.will(Answer(201, {"treasury_movement": {"value": "12.5", **answer}}))
    movement = run(service, lambda ix: ix.treasury.create_movement(3, movement_type="Payment", **OWED))
    with pytest.raises(InputError, match=r"^movement: it has no id"):
        run(service, deleting(movement))
    assert len(service.requests) == 1


class Deleting:
    """A service with prepared answers to DELETE, and waits that take no time."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = deque(statuses)

    def __call__(self, step: Any) -> object:
        if not isinstance(step, Request):
            return 0.0
        assert (step.method, step.path) == ("DELETE", "/api/v3/clients/3/treasury_movements/22.json")
        return Response(self.statuses.popleft())


def deleted(service: Deleting) -> None:
    with InvoiceXpress("acme", KEY, transport=Service().transport) as ix:
        drive(Treasury.delete_movement.flow(ix.treasury, 3, 22), service)


@pytest.mark.parametrize("statuses", [(204,), (500, 404), (500, 204), (500, 503, 404)])
def test_a_movement_that_is_gone_in_spite_of_a_500_is_deleted(statuses: tuple[int, ...]) -> None:
    service = Deleting(*statuses)
    deleted(service)
    assert not service.statuses


def test_a_movement_that_stays_is_in_doubt() -> None:
    """Movements cannot be read, so the outcome cannot be checked."""
    with pytest.raises(AmbiguousResultError, match="whether it is still there"):
        deleted(Deleting(500, 503, 500))


def test_a_movement_that_was_never_there_is_not_found(service: Service, run: Run) -> None:
    service.will(Answer(404))
    with pytest.raises(NotFoundError):
        run(service, deleting(22))
    assert len(service.requests) == 1


WITHOUT_A_TRACE: list[Call] = [
    writing_off(),
    lambda ix: ix.treasury.create_movement(3, movement_type="Payment", **OWED),
]


@pytest.mark.parametrize("call", WITHOUT_A_TRACE)
def test_what_cannot_be_read_back_is_not_done_again(service: Service, run: Run, call: Call) -> None:
    service.will(httpx.ReadTimeout("too late"))
    with pytest.raises(AmbiguousResultError):
        run(service, moving(movement_type="Payment"))
    assert len(service.requests) == 1


BAD_INPUT: list[tuple[Call, str]] = [
    (writing_off(value=12.5), "regularization.value"),
    (writing_off(value="12.50"), "regularization.value"),
    (writing_off(date="2026-11-21"), "regularization.date"),
    (writing_off(colour="red"), "regularization.colour"),
    (writing_off(0), "client"),
    (moving(), "treasury_movement.movement_type"),
    (moving(movement_type=1), "treasury_movement.movement_type"),
    (lambda ix: ix.treasury.set_initial_balance(3, 12.5, DAY), "initial_balance.value"),
    (lambda ix: ix.treasury.set_initial_balance(3, Decimal(1), "today"), "initial_balance.date"),
    (moving(movement_type="Payment", date="today"), "treasury_movement.date"),
    (deleting(0), "movement"),
    (deleting("abc"), "movement"),
    (lambda ix: ix.treasury.delete_regularization(3, None), "regularization"),
    (lambda ix: ix.treasury.regularizations(0), "client"),
]


@pytest.mark.parametrize(("call", "field"), BAD_INPUT)
def test_what_cannot_be_right_is_named_and_not_sent(
    service: Service, run: Run, call: Call, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        run(service, call)
    assert caught.value.field == field
    assert service.requests == []


def test_more_than_is_owed_is_refused_by_the_service(service: Service, run: Run) -> None:
    service.will(NONE_YET, Answer(422, {"errors": [{"error": "Value exceeds what remains"}]}))
    with pytest.raises(ValidationError, match="exceeds"):
        run(service, writing_off())


@pytest.mark.parametrize("left", [[29], [22, 29], []])
def test_another_list_does_not_prove_a_deletion(left: list[int]) -> None:
    """It lacks the regularization too. The others have to be the same."""
    lists, now = iter([[21, 22]]), 0.0

    def answer(step: Any) -> object:
        nonlocal now
        if not isinstance(step, Request):
            now += step.seconds
            return now
        if step.method == "DELETE":
            return Response(200)
        page = {"total_entries": 2, "current_page": 1, "total_pages": 1, "per_page": 100}
        rows = [{"id": number} for number in next(lists, left)]
        return Response(200, {}, json.dumps({"regularization": rows, "pagination": page}).encode())

    with (
        InvoiceXpress("acme", KEY) as ix,
        pytest.raises(AmbiguousResultError, match="other regularizations have changed meanwhile"),
    ):
        drive(Treasury.delete_regularization.flow(ix.treasury, 3, 21), answer)
