"""Exactly once: whatever happens to requests and answers, there is one document or a clear error.

The service is an in-memory model, with a clock that only pauses move. Writes are lost before or after they
are carried out, carried out late, or answered unreadably; lists lag; reads fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import datetime
from collections.abc import Callable, Generator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    AmbiguousResultError,
    ApiError,
    AuthenticationError,
    Checks,
    ConflictError,
    DocumentClientWrite,
    DocumentItemWrite,
    DraftMismatchError,
    Invoice,
    KeyReusedError,
    NotFoundError,
    RateLimitError,
    SilentChangeError,
    TaxReference,
    TransportError,
    ValidationError,
    lisbon,
)
from invoicexpress.namespaces.clients import Clients
from invoicexpress.namespaces.estimates import Quotes
from invoicexpress.namespaces.invoice_family import CreditNotes, InvoiceReceipts, Invoices
from invoicexpress.namespaces.items import Items
from invoicexpress.namespaces.sequences import Sequences
from invoicexpress.namespaces.taxes import Taxes
from invoicexpress.options import Options
from invoicexpress.quirks import document_types
from invoicexpress.quirks.reconciliation import delete_once
from invoicexpress.sending.flows import Flow, SyncCore
from invoicexpress.sending.in_flight import InFlight
from invoicexpress_generated.api.items import delete_item
from invoicexpress_generated.models.document_status import DOCUMENT_STATUS_VALUES
from invoicexpress_generated.models.state_event import STATE_EVENT_VALUES
from invoicexpress_generated.types import Request, Response

from tests.unit.conftest import client_json, document_json, drive, item_json, line_json, tax_json
from tests.unit.support.service_model import FAULTS, Fault, Model, reply

WINDOW = 5.0
DAY = datetime.date(2026, 11, 21)
LINE: dict[str, Any] = {"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}
FIELDS: dict[str, Any] = {"date": DAY, "client": {"name": "Ana", "code": "A1"}, "items": [LINE]}
SENT_LINE: dict[str, Any] = line_json(name="Café", unit_price="1.5", quantity="2.0")
"""LINE as the service shows it."""


class NoSender:
    """Unused: flows are driven by hand here."""

    def check(self) -> None:
        return None

    def send(self, request: Request) -> Response:
        raise AssertionError(request)

    def fetch(self, link: object) -> Response:
        raise AssertionError(link)


def core(retries: int = 2, window: float = WINDOW, in_flight: InFlight | None = None) -> SyncCore:
    # Silent changes are tested elsewhere, and detecting them takes extra reads.
    options = Options(retries=retries, consistency_window=window, checks=Checks.off())
    return SyncCore(NoSender(), options, in_flight=in_flight)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's current day."""
    monkeypatch.setattr(lisbon, "today", lambda: DAY)


def outcome_of(flow: Flow[Any], model: Model) -> Any:
    """A flow's result, AmbiguousResultError or refusal; afterwards all late writes are carried out."""
    try:
        return drive(flow, model.answer)
    except (AmbiguousResultError, ApiError) as error:
        return error
    finally:
        model.settle()


WRITES = st.lists(st.sampled_from(FAULTS), max_size=4)
READS = st.lists(st.booleans(), max_size=12)
# A write or a list that is later than the window defeats reconciliation by reading.
LAG_AND_LATE = st.tuples(st.floats(0, 2.2), st.floats(0, 2.2))
RETRIES = st.integers(0, 3)


@given(writes=WRITES, retries=RETRIES, late=st.floats(0, 60), holds=st.booleans())
def test_a_create_with_a_key_makes_one_document(
    writes: list[Fault], retries: int, late: float, holds: bool
) -> None:
    """This holds for any delay: the key does not depend on time."""
    model = Model(writes, late=late, holds_keys=holds)
    flow = Invoices.create.flow(Invoices(core(retries)), **FIELDS)
    outcome = outcome_of(flow, model)
    assert len(model.writes_sent) >= 1
    if isinstance(outcome, ApiError):
        assert model.documents == {}
    elif isinstance(outcome, AmbiguousResultError):
        assert len(model.documents) <= 1
        assert outcome.proprietary_uid == (model.writes_sent[0].body or {})["proprietary_uid"]
    else:
        assert model.documents.keys() == {outcome.id}
    assert len({(request.body or {})["proprietary_uid"] for request in model.writes_sent}) == 1


@given(writes=WRITES, reads=READS, lag_and_late=LAG_AND_LATE, retries=RETRIES, older=st.integers(0, 2))
def test_a_create_with_a_reference_makes_one_document(
    writes: list[Fault], reads: list[bool], lag_and_late: tuple[float, float], retries: int, older: int
) -> None:
    lag, late = lag_and_late
    model = Model(writes, [False, *reads], lag=lag, late=late)
    for _ in range(older):
        model.add("quotes", reference="R-1", status="draft")
    model.advance(lag)
    known = set(model.documents)
    outcome = outcome_of(Quotes.create.flow(Quotes(core(retries)), **FIELDS, reference="R-1"), model)
    new = model.documents.keys() - known
    assert len(model.writes_sent) == 1, "a second create could make a second document"
    if isinstance(outcome, ApiError):
        assert not new
    elif isinstance(outcome, AmbiguousResultError):
        assert len(new) <= 1
    else:
        assert new == {outcome.id}
        assert outcome.reference == "R-1"


@given(writes=WRITES, retries=RETRIES)
def test_a_create_that_nothing_tells_apart_is_sent_once(writes: list[Fault], retries: int) -> None:
    model = Model(writes)
    outcome = outcome_of(Quotes.create.flow(Quotes(core(retries)), **FIELDS), model)
    assert len(model.sent) == 1
    fault = writes[0] if writes else "none"
    assert isinstance(outcome, AmbiguousResultError) == (fault != "none")
    if isinstance(outcome, AmbiguousResultError):
        assert "reference" in outcome.look_at


@given(writes=WRITES, reads=READS, lag_and_late=LAG_AND_LATE, retries=RETRIES, earlier=st.booleans())
def test_a_payment_makes_one_receipt(
    writes: list[Fault], reads: list[bool], lag_and_late: tuple[float, float], retries: int, earlier: bool
) -> None:
    """An equal payment on the same day is not mistaken for it."""
    lag, late = lag_and_late
    model = Model([], [False, False, *reads] if earlier else [False, *reads], lag=lag, late=late)
    invoice = model.add("invoices", status="final", open=Decimal(100))
    invoices = Invoices(core(retries))
    if earlier:
        drive(Invoices.pay.flow(invoices, invoice, amount=Decimal("5.50")), model.answer)
    known = set(model.paid)
    model.writes.extend(writes)
    outcome = outcome_of(Invoices.pay.flow(invoices, invoice, amount=Decimal("5.50")), model)
    new = model.paid.keys() - known
    assert len(model.writes_sent) == 1 + earlier, "a second payment could make a second receipt"
    if isinstance(outcome, ApiError):
        assert not new
    elif isinstance(outcome, AmbiguousResultError):
        assert len(new) <= 1
    else:
        assert new == {outcome.id}
        assert (outcome.total, outcome.date) == (Decimal("5.5"), DAY)


class Change(NamedTuple):
    """A change of state: the document, the state before, the method, and the state after."""

    kind: Any
    segment: str
    before: str
    method: str
    after: str


CHANGES = [
    Change(Invoices, "invoices", "draft", "finalize", "final"),
    Change(Invoices, "invoices", "final", "settle", "settled"),
    Change(Invoices, "invoices", "final", "cancel", "canceled"),
    Change(Invoices, "invoices", "draft", "delete", "deleted"),
    Change(CreditNotes, "credit_notes", "settled", "unsettle", "final"),
    Change(Quotes, "quotes", "final", "accept", "accepted"),
    Change(Quotes, "quotes", "accepted", "refuse", "refused"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.segment}.{change.method}")
@given(writes=WRITES, reads=READS, late=st.floats(0, 4), retries=RETRIES)
def test_a_change_of_state_is_made_once(
    change: Change, writes: list[Fault], reads: list[bool], late: float, retries: int
) -> None:
    # Finalizing reads the draft first; without it nothing is sent.
    model = Model(writes, [False, *reads], late=late)
    number = model.add(change.segment, status=change.before)
    args = ("wrong client",) if change.method == "cancel" else ()
    flow = getattr(change.kind, change.method).flow(change.kind(core(retries)), number, *args)
    outcome = outcome_of(flow, model)
    found = model.documents[number]
    assert found.get("changed", 0) <= 1
    if isinstance(outcome, ApiError):
        assert found["status"] == change.before
    elif not isinstance(outcome, AmbiguousResultError):
        assert found["status"] == change.after
        if change.method == "delete":
            assert outcome is None
        else:
            assert (outcome.id, outcome.status) == (number, change.after)


NAMESPACES: dict[str, tuple[Any, dict[str, Any]]] = {
    "clients": (Clients, {"name": "Rui"}),
    "items": (Items, {"name": "Chá", "unit_price": Decimal("1.23456")}),
    "taxes": (Taxes, {"name": "IVA5", "value": Decimal(5), "region": "PT-MA"}),
}


@pytest.mark.parametrize("kind", NAMESPACES)
@given(writes=WRITES, reads=READS, lag_and_late=LAG_AND_LATE, retries=RETRIES)
def test_what_is_unique_is_made_once(
    kind: str, writes: list[Fault], reads: list[bool], lag_and_late: tuple[float, float], retries: int
) -> None:
    lag, late = lag_and_late
    model = Model(writes, reads, lag=lag, late=late)
    namespace, fields = NAMESPACES[kind]
    if kind == "items":
        fields = {**fields, "unit_price": Decimal("1.25")}
    outcome = outcome_of(namespace.create.flow(namespace(core(retries)), **fields), model)
    assert len(model.catalogue[kind]) <= 1
    if isinstance(outcome, ApiError):
        assert model.catalogue[kind] == {}
    elif not isinstance(outcome, AmbiguousResultError):
        assert model.catalogue[kind].keys() == {outcome.id}


ENTRIES = {"clients": client_json(id=1), "items": item_json(id=1), "taxes": tax_json(id=1)}


@pytest.mark.parametrize("kind", ENTRIES)
@given(writes=WRITES, reads=READS, late=st.floats(0, 60), retries=RETRIES)
def test_a_deletion_is_done_refused_or_in_doubt(
    kind: str, writes: list[Fault], reads: list[bool], late: float, retries: int
) -> None:
    """This holds for any delay: a deleted thing stays deleted."""
    # A client is read before it is deleted.
    model = Model(writes, [False, *reads], late=late)
    model.catalogue[kind][1] = dict(ENTRIES[kind])
    namespace = NAMESPACES[kind][0]
    outcome = outcome_of(namespace.delete.flow(namespace(core(retries)), 1), model)
    if isinstance(outcome, ApiError):
        assert model.catalogue[kind].keys() == {1}
    elif not isinstance(outcome, AmbiguousResultError):
        assert outcome is None
        assert model.catalogue[kind] == {}


@given(writes=WRITES, reads=READS, late=st.floats(0, 60), retries=RETRIES)
def test_a_serie_is_made_the_default_or_is_in_doubt(
    writes: list[Fault], reads: list[bool], late: float, retries: int
) -> None:
    model = Model(writes, reads, late=late)
    outcome = outcome_of(Sequences.set_current.flow(Sequences(core(retries)), 6), model)
    default = [number for number, serie in model.series.items() if serie["default_sequence"]]
    if isinstance(outcome, ApiError):
        assert default == [5]
    elif not isinstance(outcome, AmbiguousResultError):
        assert outcome is None
        assert default == [6]


class Update(NamedTuple):
    """Two updates of one thing: the namespace, fields of each, and a field to tell them apart."""

    kind: Any
    first: dict[str, Any]
    second: dict[str, Any]
    field: str
    shown: tuple[Any, Any]
    """The field's value after each, as the client reads it."""


UPDATES = {
    "clients": Update(
        Clients,
        {"name": "Ana", "email": "a@example.com"},
        {"name": "Ana", "email": "b@example.com"},
        "email",
        ("a@example.com", "b@example.com"),
    ),
    "items": Update(
        Items,
        {"name": "Chá", "unit_price": Decimal("1.25")},
        {"name": "Chá", "unit_price": Decimal("2.5")},
        "unit_price",
        (Decimal("1.25"), Decimal("2.5")),
    ),
    "taxes": Update(
        Taxes,
        {"name": "IVA23", "value": Decimal(22), "region": "PT"},
        {"name": "IVA23", "value": Decimal(23), "region": "PT"},
        "value",
        (Decimal(22), Decimal(23)),
    ),
    "invoices": Update(
        Invoices, {**FIELDS, "reference": "R-1"}, {**FIELDS, "reference": "R-2"}, "reference", ("R-1", "R-2")
    ),
}


def stored(model: Model, kind: str, number: int, field: str) -> Any:
    entries = model.documents if kind == "invoices" else model.catalogue[kind]
    value = entries[number][field]
    return Decimal(value) if field in ("unit_price", "value") else value


def with_entry(model: Model, kind: str) -> int:
    """Adds the thing to update."""
    if kind == "invoices":
        return model.add("invoices", status="draft")
    model.catalogue[kind][1] = dict(ENTRIES[kind])
    return 1


@pytest.mark.parametrize("kind", UPDATES)
@given(writes=WRITES, reads=READS, late=st.floats(0, WINDOW), retries=RETRIES)
def test_an_update_is_done_refused_or_in_doubt(
    kind: str, writes: list[Fault], reads: list[bool], late: float, retries: int
) -> None:
    update = UPDATES[kind]
    model = Model(writes, reads, late=late)
    number = with_entry(model, kind)
    before = stored(model, kind, number, update.field)
    outcome = outcome_of(update.kind.update.flow(update.kind(core(retries)), number, **update.second), model)
    now = stored(model, kind, number, update.field)
    if isinstance(outcome, ApiError):
        assert now == before
    elif not isinstance(outcome, AmbiguousResultError):
        assert getattr(outcome, update.field) == now == update.shown[1]


@pytest.mark.parametrize("kind", UPDATES)
@given(
    first=st.lists(st.sampled_from(FAULTS), max_size=3),
    second=st.lists(st.sampled_from(FAULTS), max_size=3),
    late=st.floats(0, WINDOW),
    retries=RETRIES,
)
def test_a_late_update_never_overwrites_a_newer_one(
    kind: str, first: list[Fault], second: list[Fault], late: float, retries: int
) -> None:
    """Even if the first ends in doubt: its call lasts as long as it may be late."""
    update = UPDATES[kind]
    model = Model(["late", *first], late=late)
    number = with_entry(model, kind)
    things = update.kind(core(retries))
    with contextlib.suppress(AmbiguousResultError):
        drive(update.kind.update.flow(things, number, **update.first), model.answer)
    model.writes.clear()
    model.writes.extend(second)
    outcome = outcome_of(update.kind.update.flow(things, number, **update.second), model)
    if not isinstance(outcome, AmbiguousResultError | ApiError):
        assert stored(model, kind, number, update.field) == update.shown[1]


@pytest.mark.parametrize("kind", UPDATES)
def test_an_update_that_the_service_does_not_keep_is_in_doubt(kind: str) -> None:
    """It is answered with success, and another program changes the thing right away."""
    update = UPDATES[kind]
    model = Model()
    number = with_entry(model, kind)

    def answer(step: Any) -> object:
        answered = model.answer(step)
        if isinstance(step, Request) and step.method == "PUT":
            entries = model.documents if kind == "invoices" else model.catalogue[kind]
            entries[number][update.field] = "9"
            if kind == "invoices":
                return reply(200, {"invoice": entries[number]})
        return answered

    with pytest.raises(AmbiguousResultError, match=rf"read back, it differs: {update.field} .?9"):
        drive(update.kind.update.flow(update.kind(core()), number, **update.second), answer)
    assert len(model.writes_sent) == 1


class Failed(NamedTuple):
    """A step that raised."""

    error: Exception


class Schedule:
    """Several flows of one client against one service, with interleaved steps."""

    def __init__(self, model: Model, flows: list[Flow[Any]]) -> None:
        self.model = model
        self.flows = flows
        self.asleep: dict[int, float] = {}
        self.steps: dict[int, Any] = {}
        self.results: dict[int, Any] = {}

    def run(self, choose: Callable[[list[int]], int]) -> dict[int, Any]:
        for number in range(len(self.flows)):
            self._resume(number, next)
        while self.steps or self.asleep:
            ready = [*self.steps, *(each for each, until in self.asleep.items() if until <= self.model.clock)]
            if not ready:
                self.model.advance(min(self.asleep.values()) - self.model.clock)
                continue
            number = choose(sorted(ready))
            if number in self.asleep:
                del self.asleep[number]
                self._resume(number, lambda flow: flow.send(self.model.clock))
            else:
                self._answer(number)
        self.model.settle()
        return self.results

    def _answer(self, number: int) -> None:
        """The service carries out a step; its answer arrives later."""
        step = self.steps.pop(number)
        if isinstance(step, Failed):
            error = step.error
            self._resume(number, lambda flow: flow.throw(error))
        elif isinstance(step, Response):
            self._resume(number, lambda flow: flow.send(step))
        else:
            try:
                self.steps[number] = self.model.answer(step)
            except (TransportError, AmbiguousResultError) as error:
                self.steps[number] = Failed(error)

    def _resume(self, number: int, go: Callable[[Flow[Any]], Any]) -> None:
        try:
            step = go(self.flows[number])
        except StopIteration as done:
            self.results[number] = done.value
        except (AmbiguousResultError, ApiError) as error:
            self.results[number] = error
        else:
            if hasattr(step, "seconds"):
                self.asleep[number] = self.model.clock + step.seconds
            else:
                self.steps[number] = step


@given(data=st.data(), writes=st.lists(st.sampled_from(FAULTS), max_size=6), lag_and_late=LAG_AND_LATE)
def test_callers_of_one_client_that_create_the_same_get_a_document_each(
    data: st.DataObject, writes: list[Fault], lag_and_late: tuple[float, float]
) -> None:
    """Same reference, same content, same moment: no caller gets the document of another."""
    lag, late = lag_and_late
    model = Model(writes, lag=lag, late=late)
    quotes = Quotes(core())
    flows = [Quotes.create.flow(quotes, **FIELDS, reference="R-1") for _ in range(3)]
    results = Schedule(model, flows).run(lambda ready: data.draw(st.sampled_from(ready)))
    ids = [each.id for each in results.values() if not isinstance(each, AmbiguousResultError | ApiError)]
    assert len(ids) == len(set(ids)), "two callers were given one document"
    assert set(ids) <= model.documents.keys()
    assert len(model.documents) <= 3, "more documents than creates"


def test_the_first_409_of_a_key_is_waited_for() -> None:
    """Another worker is creating the same document, and finishes two seconds later."""
    model = Model(["late"], late=2)
    invoices = Invoices(core())
    other = Invoices.create.flow(invoices, **FIELDS, proprietary_uid="order-17")
    step = next(other)
    with pytest.raises(AmbiguousResultError):
        model.answer(step)
    found = drive(Invoices.create.flow(invoices, **FIELDS, proprietary_uid="order-17"), model.answer)
    assert model.documents.keys() == {found.id}
    assert model.clock >= 2


@pytest.mark.parametrize("retries", [0, 2])
def test_a_409_that_does_not_end_is_in_doubt_after_the_window(retries: int) -> None:
    model = Model(["late"], late=60)
    with pytest.raises(AmbiguousResultError) as caught:
        drive(
            Invoices.create.flow(Invoices(core(max(retries, 1))), **FIELDS, proprietary_uid="k"), model.answer
        )
    assert caught.value.proprietary_uid == "k"
    assert isinstance(caught.value.__cause__, ConflictError)
    assert WINDOW <= model.clock < 2 * WINDOW


@pytest.mark.parametrize("status", [400, 401, 404, 422, 429])
def test_a_refusal_of_a_repeated_create_does_not_end_the_doubt(status: int) -> None:
    """The first attempt may be under way, so the key is sent as often as it may be."""
    model = Model(["lost before"])
    model.refuse_with = status
    with pytest.raises(AmbiguousResultError, match=f"repeated: answered {status}") as caught:
        drive(Invoices.create.flow(Invoices(core()), **FIELDS), model.answer)
    assert caught.value.proprietary_uid
    assert len(model.writes_sent) == 3


@pytest.mark.parametrize("status", [401, 404, 422, 429])
def test_a_create_in_doubt_whose_repeat_is_refused_once_is_done(status: int) -> None:
    model = Model(["lost after"])

    def answer(step: Any) -> object:
        model.refuse_with = status if len(model.writes_sent) == 1 else None
        return model.answer(step)

    created = drive(Invoices.create.flow(Invoices(core()), **FIELDS), answer)
    assert model.documents.keys() == {created.id}


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (401, AuthenticationError),
        (404, NotFoundError),
        (409, ConflictError),
        (422, ValidationError),
    ],
)
def test_a_refusal_of_the_first_attempt_is_passed_on(status: int, raised: type[Exception]) -> None:
    model = Model()
    model.refuse_with = status
    number = model.add("invoices", status="draft")
    with pytest.raises(raised):
        drive(Invoices.settle.flow(Invoices(core()), number), model.answer)
    assert [request.method for request in model.sent] == ["PUT"]
    with pytest.raises(raised):
        drive(Invoices.finalize.flow(Invoices(core()), number), model.answer)
    assert len(model.writes_sent) == 2


def test_a_change_of_state_is_repeated_after_429_once_the_document_was_read() -> None:
    model = Model()
    model.refuse_with = 429
    number = model.add("invoices", status="draft")
    with pytest.raises(RateLimitError):
        drive(Invoices.finalize.flow(Invoices(core()), number), model.answer)
    assert [request.method for request in model.sent] == ["GET", "PUT", "GET", "PUT", "GET", "PUT"]


@pytest.mark.parametrize("answers_429", [True, False])
def test_a_draft_that_another_caller_changes_is_not_reported_as_expected(answers_429: bool) -> None:
    """Between the read and the change of state no rule can stop it; the answer shows it."""
    model = Model()
    number = model.add("invoices", status="draft")
    expected = drive(Invoices.get.flow(Invoices(core()), number), model.answer).total
    refused = 0

    def answer(step: Any) -> object:
        nonlocal refused
        if isinstance(step, Request) and step.method == "PUT":
            model.documents[number].update(total=99.0)
            if answers_429 and not refused:
                refused += 1
                return Response(429, {"retry-after": "30"})
        return model.answer(step)

    with pytest.raises(DraftMismatchError) as caught:
        drive(Invoices.finalize.flow(Invoices(core()), number, expect_total=expected), answer)
    assert caught.value.status == ("draft" if answers_429 else "final")
    assert model.documents[number]["status"] == caught.value.status


def test_without_retries_what_was_carried_out_is_found_all_the_same() -> None:
    model = Model(["lost after"], lag=2)
    quote = drive(Quotes.create.flow(Quotes(core(retries=0)), **FIELDS, reference="R-1"), model.answer)
    assert model.documents.keys() == {quote.id}
    assert len(model.writes_sent) == 1


def test_reads_that_fail_prove_no_absence() -> None:
    """Otherwise an existing quote would be created again."""
    model = Model(["lost after"], [False, *[True] * 100])
    with pytest.raises(AmbiguousResultError, match="looking for it: ReadTimeout") as caught:
        drive(Quotes.create.flow(Quotes(core()), **FIELDS, reference="R-1"), model.answer)
    assert len(model.writes_sent) == 1
    assert "'R-1'" in caught.value.look_at
    assert model.clock >= WINDOW


def test_nothing_is_sent_when_the_note_cannot_be_taken() -> None:
    model = Model(reads=[True])
    with pytest.raises(TransportError):
        drive(Quotes.create.flow(Quotes(core()), **FIELDS, reference="R-1"), model.answer)
    assert model.writes_sent == []


def test_absence_is_believed_after_the_window_only() -> None:
    model = Model(["lost before"])
    drive(Items.create.flow(Items(core()), name="Chá", unit_price=Decimal(1)), model.answer)
    assert len(model.writes_sent) == 2
    assert model.clock >= WINDOW


@pytest.mark.parametrize("retries", [0, 3])
def test_a_create_without_a_key_is_not_sent_again(retries: int) -> None:
    """It may land after the window, and a second one beside it."""
    model = Model(["late"], late=WINDOW + 1)
    flow = Quotes.create.flow(Quotes(core(retries)), **FIELDS, reference="R-1")
    outcome = outcome_of(flow, model)
    assert isinstance(outcome, AmbiguousResultError)
    assert "no result was found within 5 s" in str(outcome)
    assert len(model.documents) == len(model.writes_sent) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"client": {"id": 4, "name": "Rui", "code": "R"}},
        {"date": "22/11/2026"},
        {"due_date": "02/12/2026"},
        {"items": []},
        {"items": [line_json(name="Chá", unit_price="1.5", quantity="2.0")]},
        {"items": [line_json(unit_price="1.51", quantity="2.0")]},
        {"items": [line_json(unit_price="1.5", quantity="3.0")]},
        {"items": [{**SENT_LINE, "discount": 5.0}]},
        {"items": [{**SENT_LINE, "tax": {"id": 2, "name": "IVA6", "value": 6.0}}]},
        {"reference": "R-2"},
        {"observations": "another"},
        {"retention": "11.5"},
    ],
    ids=str,
)
def test_a_new_document_with_other_content_decides_nothing(other: dict[str, Any]) -> None:
    model = Model(["lost before"])
    sent: dict[str, Any] = {
        **FIELDS,
        "due_date": datetime.date(2026, 12, 1),
        "items": [{**LINE, "discount": Decimal(0), "tax": {"name": "IVA23"}}],
    }
    flow = Quotes.create.flow(Quotes(core()), **sent, reference="R-1")

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "POST":
            fields: dict[str, Any] = {"reference": "R-1", "items": [SENT_LINE], "status": "draft", **other}
            number = model.add("quotes", **{**fields, "reference": "R-1"})
            model.documents[number]["shown"] = True
            try:
                return model.answer(step)
            finally:
                model.documents[number].update(fields)
        if isinstance(step, Request) and step.path == "/estimates.json":
            # The list is filtered by one reference, but shows an entry with another.
            shown = [each for each in model.documents.values() if each.get("shown")]
            return reply(
                200,
                {
                    "estimates": shown,
                    "pagination": {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100},
                },
            )
        return model.answer(step)

    with pytest.raises(AmbiguousResultError, match="differs"):
        drive(flow, answer)
    assert len(model.writes_sent) == 1


def test_two_new_documents_decide_nothing() -> None:
    """Another process creates an identical document at the same moment."""
    model = Model(["lost after"])
    flow = Quotes.create.flow(Quotes(core()), **FIELDS, reference="R-1")

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "POST":
            model.add("quotes", reference="R-1", status="draft")
        return model.answer(step)

    with pytest.raises(AmbiguousResultError, match="there are 2 new ones: 100, 101"):
        drive(flow, answer)
    assert len(model.writes_sent) == 1


def test_a_payment_that_is_later_than_the_window_is_in_doubt_and_not_made_twice() -> None:
    model = Model(["late"], late=WINDOW + 1)
    invoice = model.add("invoices", status="final", open=Decimal(100))
    flow = Invoices.pay.flow(Invoices(core()), invoice, amount=Decimal(10), payment_date=DAY)
    outcome = outcome_of(flow, model)
    assert isinstance(outcome, AmbiguousResultError)
    assert outcome.look_at == f"the receipts of document {invoice}"
    assert len(model.paid) == len(model.writes_sent) == 1


@pytest.mark.parametrize(
    "made",
    [{"total": 5.51}, {"date": "20/11/2026"}, {"status": "canceled"}],
    ids=str,
)
def test_another_receipt_decides_nothing(made: dict[str, Any]) -> None:
    model = Model(["lost before"])
    invoice = model.add("invoices", status="final", open=Decimal(10))
    flow = Invoices.pay.flow(Invoices(core()), invoice, amount=Decimal("5.5"))

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "POST":
            number = model.add("receipts", **{"status": "final", "total": 5.5, **made})
            model.paid[number] = invoice
        return model.answer(step)

    with pytest.raises(AmbiguousResultError, match="new but differs") as caught:
        drive(flow, answer)
    assert caught.value.look_at == f"the receipts of document {invoice}"


def test_a_payment_at_midnight_is_of_either_day(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(["lost after"])
    invoice = model.add("invoices", status="final", open=Decimal(10))
    flow = Invoices.pay.flow(Invoices(core()), invoice, amount=Decimal(10))

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "POST":
            monkeypatch.setattr(lisbon, "today", lambda: DAY + datetime.timedelta(days=1))
            with pytest.raises(AmbiguousResultError):
                model.answer(step)
            (receipt,) = model.paid
            model.documents[receipt]["date"] = "22/11/2026"
            raise AmbiguousResultError(step.method, step.path, "ReadTimeout")
        return model.answer(step)

    assert drive(flow, answer).date == DAY + datetime.timedelta(days=1)


def finalizing(model: Model, number: int, *, retries: int = 2) -> Generator[Any, Any, Invoice]:
    return Invoices.finalize.flow(Invoices(core(retries)), number, expect_total=Decimal("12.3"))


def changing(model: Model, number: int, **changes: Any) -> Callable[[Any], object]:
    """Another caller changes the draft while it is being finalized."""

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "PUT":
            model.documents[number].update(changes)
        return model.answer(step)

    return answer


def test_a_draft_that_changed_meanwhile_is_not_finalized_by_a_repeat() -> None:
    model = Model(["lost before"])
    number = model.add("invoices", status="draft")
    with pytest.raises(AmbiguousResultError, match=r"its total is 99\.90 EUR, expected 12\.30 EUR"):
        drive(finalizing(model, number), changing(model, number, total=99.9))
    assert len(model.writes_sent) == 1
    assert model.clock >= WINDOW, "the first attempt might still be carried out"


@pytest.mark.parametrize("fault", ["lost after", "late", "500 after"])
def test_what_was_finalized_with_another_total_is_in_doubt(fault: Fault) -> None:
    """It is a legal document, but not the intended one."""
    model = Model([fault], late=1)
    number = model.add("invoices", status="draft")
    with pytest.raises(
        AmbiguousResultError, match=r"final, but its total is 99\.90 EUR, expected 12\.30 EUR"
    ):
        drive(finalizing(model, number), changing(model, number, total=99.9))
    assert len(model.writes_sent) == 1


def test_a_draft_that_is_the_same_is_finalized_by_a_repeat() -> None:
    model = Model(["lost before", "500 before"])
    number = model.add("invoices", status="draft")
    assert drive(finalizing(model, number), model.answer).status == "final"
    verbs = [request.method for request in model.sent]
    assert verbs == ["GET", "PUT", "GET", "PUT", "GET", "PUT"]


def test_an_invoice_receipt_is_finalized_when_it_is_settled() -> None:
    assert "settled" in document_types.statuses_after("finalized")
    draft, settled = (
        reply(200, {"invoice_receipt": document_json(type="InvoiceReceipt", status=status)})
        for status in ("draft", "settled")
    )
    answers = iter([draft, Response(500), settled])
    flow = InvoiceReceipts.finalize.flow(InvoiceReceipts(core()), 7)
    found = drive(flow, lambda step: next(answers) if isinstance(step, Request) else 0.0)
    assert found.status == "settled"


def test_a_state_that_was_reached_by_a_refused_repeat_is_reached() -> None:
    """The first attempt is carried out between the check and the repeat."""
    model = Model(["late"], late=0.1001)
    number = model.add("invoices", status="draft")
    flow = Invoices.finalize.flow(Invoices(core()), number)

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "PUT":
            model.advance(0.01)
        return model.answer(step)

    assert drive(flow, answer).status == "final"
    assert len(model.writes_sent) == 2
    assert model.documents[number]["changed"] == 1


def test_a_refusal_that_nothing_explains_is_passed_on() -> None:
    model = Model()
    number = model.add("invoices", status="canceled")
    with pytest.raises(ValidationError, match="CantHandle: finalized"):
        drive(Invoices.finalize.flow(Invoices(core()), number), model.answer)


def test_a_refusal_after_a_doubt_does_not_end_it() -> None:
    """The draft was cancelled by another caller, or by nobody: the first attempt may still be under way."""
    model = Model(["lost before"])
    number = model.add("invoices", status="canceled")
    with pytest.raises(AmbiguousResultError, match="CantHandle: finalized"):
        drive(Invoices.finalize.flow(Invoices(core()), number), model.answer)


def test_a_document_that_another_caller_finalized_is_returned_if_it_is_as_expected() -> None:
    model = Model()
    number = model.add("invoices", status="final")
    assert drive(finalizing(model, number), model.answer).id == number
    assert model.writes_sent == []


def test_a_document_that_another_caller_finalized_otherwise_is_a_mismatch() -> None:
    model = Model()
    number = model.add("invoices", status="final", total=99.9)
    with pytest.raises(DraftMismatchError, match=r"document 100 is final, and not as expected") as caught:
        drive(finalizing(model, number), model.answer)
    assert caught.value.status == "final"
    assert model.writes_sent == []


@pytest.mark.parametrize(("total", "is_same"), [(12.3, True), (99.9, False)])
def test_a_document_that_another_caller_finalizes_at_the_same_moment(total: float, is_same: bool) -> None:
    """The service refuses the second, and a read tells what was issued."""
    model = Model()
    number = model.add("invoices", status="draft")
    answer = changing(model, number, status="final", total=total)
    if is_same:
        assert drive(finalizing(model, number), answer).status == "final"
    else:
        with pytest.raises(
            DraftMismatchError, match=r"document 100 is final, .* 99\.90 EUR, expected 12\.30 EUR"
        ):
            drive(finalizing(model, number), answer)
    assert len(model.writes_sent) == 1


def test_a_refusal_stays_one_if_the_document_cannot_be_read_again() -> None:
    model = Model(reads=[False, True])
    model.refuse_with = 422
    number = model.add("invoices", status="draft")
    with pytest.raises(ValidationError, match="refused"):
        drive(finalizing(model, number), model.answer)


@pytest.mark.parametrize("segment", ["invoices", "quotes"])
def test_a_state_that_the_answer_does_not_show_is_looked_up(segment: str) -> None:
    """The status in the answer decides, not its number."""
    kind: Any = {"invoices": Invoices, "quotes": Quotes}[segment]
    model = Model()
    number = model.add(segment, status="draft")

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "PUT" and len(model.writes_sent) < 1:
            model.sent.append(step)
            return reply(200, {segment[:-1]: model.documents[number]})
        return model.answer(step)

    assert drive(kind.finalize.flow(kind(core()), number), answer).status == "final"
    assert len(model.writes_sent) == 2
    assert model.documents[number]["changed"] == 1


def test_a_blank_success_whose_document_cannot_be_read_yet_is_looked_for() -> None:
    model = Model(["blank after"], [False, True, True])
    number = model.add("invoices", status="draft")
    assert drive(Invoices.finalize.flow(Invoices(core()), number), model.answer).status == "final"
    assert len(model.writes_sent) == 1


def test_a_deleted_draft_that_is_not_readable_is_deleted() -> None:
    answers = iter([Response(502, {}, b"<html>"), Response(404)])
    flow = Quotes.delete.flow(Quotes(core()), 7)
    assert drive(flow, lambda step: next(answers) if isinstance(step, Request) else 0.0) is None


@pytest.mark.parametrize("fault", FAULTS)
def test_an_email_is_sent_once(fault: Fault) -> None:
    """Whether it was sent cannot be read back: the only answer is a blank 200."""
    sent: list[Request] = []

    def answer(step: Any) -> object:
        sent.append(step)
        return Model.unanswered(step, fault) if fault != "none" else Response(200)

    flow = Invoices.email.flow(Invoices(core()), 7, "ana@example.com")
    if fault.partition(" ")[0] in ("lost", "late", "400", "500", "html", "redirect"):
        with pytest.raises(AmbiguousResultError) as caught:
            drive(flow, answer)
        assert caught.value.look_at == "the recipient's mailbox"
        assert "ana@" not in str(caught.value)
    else:
        drive(flow, answer)
    assert len(sent) == 1


@pytest.mark.parametrize("is_carried_out", [True, False])
def test_a_registration_is_sent_once_and_then_looked_up(is_carried_out: bool) -> None:
    code, sent, now = "N/D", list[str](), 0.0

    def answer(step: Any) -> object:
        nonlocal code, now
        if not isinstance(step, Request):
            now += step.seconds
            return now
        if step.method == "GET":
            row = {"id": 6, "serie": "A", "current_invoice_validation_code": code}
            return reply(200, {"sequence": row})
        sent.append(step.path)
        code = "AAJFJ9VC" if is_carried_out else code
        return Response(502)

    flow = Sequences.register.flow(Sequences(core()), 6)
    if is_carried_out:
        assert [each.current_invoice_validation_code for each in drive(flow, answer)] == ["AAJFJ9VC"]
    else:
        with pytest.raises(AmbiguousResultError) as caught:
            drive(flow, answer)
        assert "validation codes" in caught.value.look_at
    assert sent == ["/sequences/6/register.json"]


def test_a_client_that_is_there_with_other_content_decides_nothing() -> None:
    model = Model(["500 before"])
    model.catalogue["clients"][1] = {"id": 1, "name": "Rui", "email": "rui@other.example"}
    model.born[1] = 0
    flow = Clients.create.flow(Clients(core()), name="Rui", email="rui@example.com")
    with pytest.raises(AmbiguousResultError, match="1 exists but differs: email"):
        drive(flow, model.answer)


def test_clients_of_one_name_decide_nothing() -> None:
    """Either could be the new one."""
    model = Model(["500 after"])

    def answer(step: Any) -> object:
        given = model.answer(step)
        model.catalogue["clients"][99] = {"id": 99, "name": "Rui", "code": "R1"}
        model.born[99] = 0
        return given

    with pytest.raises(AmbiguousResultError, match=r"2 clients have this name: .*99 \(code 'R1'\)"):
        drive(Clients.create.flow(Clients(core()), name="Rui"), answer)
    assert len(model.catalogue["clients"]) == 2


def test_a_client_is_looked_for_by_its_code() -> None:
    answers = iter([Response(500), reply(200, {"client": {"id": 3, "name": "Ana", "code": "A1"}})])
    asked: list[Request] = []

    def answer(step: Any) -> object:
        if not isinstance(step, Request):
            return 0.0
        asked.append(step)
        return next(answers)

    assert drive(Clients.create.flow(Clients(core()), name="Ana", code="A1"), answer).id == 3
    assert asked[1].path == "/clients/find-by-code.json"


def test_a_client_without_a_code_is_never_sent_again() -> None:
    """Whether names are unique is not known, so a second create might make a second client. A search by name
    was seen to answer 500 for an unknown one (oxdog 2026-08).
    """
    asked: list[str] = []
    clock = 0.0

    def answer(step: Any) -> object:
        nonlocal clock
        if isinstance(step, Request):
            asked.append(step.method)
            return Response(500)
        clock += step.seconds
        return clock

    with pytest.raises(AmbiguousResultError, match="no result was found"):
        drive(Clients.create.flow(Clients(core()), name="Ana"), answer)
    assert asked.count("POST") == 1
    assert asked.count("GET") > 1


def test_a_serie_is_looked_for_in_the_list() -> None:
    listed = {"sequences": [{"id": 6, "serie": "2026", "default_sequence": 0}]}
    answers = iter([Response(500), reply(200, listed)])
    flow = Sequences.create.flow(Sequences(core()), serie="2026", default_sequence=True)
    assert drive(flow, lambda step: next(answers) if isinstance(step, Request) else 0.0).id == 6


def test_a_deletion_that_answers_500_is_asked_for_again() -> None:
    answers = iter([Response(500), Response(404)])
    flow = delete_once(delete_item.request(4), delete_item.parse)
    drive(flow, lambda step: next(answers) if isinstance(step, Request) else 0.0)


def test_a_deletion_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        drive(delete_once(delete_item.request(4), delete_item.parse), lambda _: Response(404))


@pytest.mark.parametrize("status", [401, 409, 422, 429])
def test_a_deletion_that_is_refused_after_an_unknown_result_is_in_doubt(status: int) -> None:
    answers = iter([Response(500), Response(status)])
    flow = delete_once(delete_item.request(4), delete_item.parse)
    with pytest.raises(AmbiguousResultError, match=str(status)):
        drive(flow, lambda step: next(answers) if isinstance(step, Request) else 0.0)


def interrupted(flow: Flow[Any], model: Model, interruption: BaseException, after: int) -> None:
    """Runs a flow up to an interrupted step."""
    steps = 0

    def answer(step: Any) -> object:
        nonlocal steps
        steps += 1
        if steps == after:
            flow.throw(interruption)
        return model.answer(step)

    drive(flow, answer)


@pytest.mark.parametrize(
    "interruption", [KeyboardInterrupt(), asyncio.CancelledError(), SystemExit()], ids=repr
)
@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_an_interruption_passes_through(interruption: BaseException, after: int) -> None:
    """At any step, and without blocking other creates of the same document."""
    model = Model(["lost after"], lag=1)
    quotes = Quotes(core())
    with pytest.raises(type(interruption)) as caught:
        interrupted(Quotes.create.flow(quotes, **FIELDS, reference="R-1"), model, interruption, after)
    assert caught.value is interruption
    model.settle()
    model.writes.clear()
    model.writes.append("lost after")
    found = drive(Quotes.create.flow(quotes, **FIELDS, reference="R-1"), model.answer)
    assert found.id == max(model.documents)


def test_the_same_twice_in_a_row_is_two_documents() -> None:
    """The first is not listed yet when the second gets no answer."""
    model = Model(["none", "lost after"], lag=2)
    in_flight = InFlight()
    # Two namespaces, as `with_options` makes them.
    first, second = (
        drive(
            Quotes.create.flow(Quotes(core(in_flight=in_flight)), **FIELDS, reference="R-1"),
            model.answer,
        )
        for _ in range(2)
    )
    assert first.id != second.id
    assert model.documents.keys() == {first.id, second.id}


def test_the_first_is_not_taken_for_the_second() -> None:
    """The second is lost, and meanwhile the list begins to show the first."""
    model = Model(["none", "lost before"], lag=2)
    in_flight = InFlight()
    quotes = Quotes(core(in_flight=in_flight))
    first = drive(Quotes.create.flow(quotes, **FIELDS, reference="R-1"), model.answer)
    with pytest.raises(AmbiguousResultError, match="no result was found"):
        drive(Quotes.create.flow(quotes, **FIELDS, reference="R-1"), model.answer)
    assert model.documents.keys() == {first.id}


def test_every_change_of_state_says_where_it_leads() -> None:
    for event in STATE_EVENT_VALUES:
        assert document_types.statuses_after(event) <= DOCUMENT_STATUS_VALUES


@pytest.mark.parametrize("retries", [0, 1, 3])
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Invoices, FIELDS),
        (Items, {"name": "Chá", "unit_price": Decimal(1)}),
    ],
    ids=["key", "unique"],
)
def test_a_create_is_sent_again_as_often_as_it_may_be(
    kind: Any, fields: dict[str, Any], retries: int
) -> None:
    lost: list[Fault] = ["lost before"]
    model = Model(lost * 10)
    with pytest.raises(AmbiguousResultError):
        drive(kind.create.flow(kind(core(retries)), **fields), model.answer)
    assert len(model.writes_sent) == retries + 1


REPEATED: dict[str, Callable[[], Flow[Any]]] = {
    "unique": lambda: Items.create.flow(Items(core()), name="Chá", unit_price=Decimal(1)),
    "state": lambda: Invoices.settle.flow(Invoices(core()), 100),
    "delete": lambda: Invoices.delete.flow(Invoices(core()), 100),
    "update": lambda: Invoices.update.flow(Invoices(core()), 100, **FIELDS),
}


@pytest.mark.parametrize("status", [400, 401, 402, 404, 406, 409, 422, 429])
@pytest.mark.parametrize("call", REPEATED)
def test_a_refusal_of_a_repeat_tells_of_the_repeat_alone(call: str, status: int) -> None:
    """The first attempt may be under way."""
    model = Model(["lost before"])
    model.add("invoices", status="final" if call == "state" else "draft")
    model.refuse_with = status
    with pytest.raises(AmbiguousResultError, match=f"repeated: answered {status}"):
        drive(REPEATED[call](), model.answer)
    # A 429 comes before any work, so a change of state is sent again after each.
    assert len(model.writes_sent) == 2 + 2 * (call == "state" and status == 429)


def test_a_repeat_that_is_not_sent_leaves_the_first_in_doubt() -> None:
    """TransportError would claim that nothing changed."""
    model = Model(["lost before"])

    def answer(step: Any) -> object:
        if isinstance(step, Request) and model.writes_sent and step.method == "POST":
            raise TransportError(step.method, step.path, "ConnectError")
        return model.answer(step)

    for flow in (
        Items.create.flow(Items(core()), name="Chá", unit_price=Decimal(1)),
        Invoices.create.flow(Invoices(core()), **FIELDS),
    ):
        model.sent.clear()
        model.writes.append("lost before")
        with pytest.raises(AmbiguousResultError, match="repeated: ConnectError"):
            drive(flow, answer)


def finished(flow: Flow[Any], step: Any, model: Model) -> Any:
    """The result of a flow that waits for the outcome of a step."""
    try:
        while True:
            step = flow.send(model.answer(step))
    except StopIteration as done:
        return done.value


def test_a_document_that_may_be_anothers_is_not_taken() -> None:
    """The other create is done, and its answer on the way: the document in the list is the other's."""
    model = Model(["lost before"])
    quotes = Quotes(core())
    one, other = (Quotes.create.flow(quotes, **FIELDS, reference="R-1") for _ in range(2))
    noted = model.answer(next(one)), model.answer(next(other))
    with pytest.raises(AmbiguousResultError) as lost:
        model.answer(one.send(noted[0]))
    on_the_way = model.answer(other.send(noted[1]))
    step = one.throw(lost.value)
    while model.clock < WINDOW / 2:
        step = one.send(model.answer(step))
    with pytest.raises(StopIteration) as heard:
        other.send(on_the_way)
    with pytest.raises(AmbiguousResultError, match="no result was found"):
        finished(one, step, model)
    assert model.documents.keys() == {heard.value.value.id}


# Known keys.

KEYED: dict[str, Any] = {
    **FIELDS,
    "due_date": datetime.date(2026, 12, 1),
    "reference": "R-1",
    "observations": "Obrigado",
    "retention": Decimal("11.5"),
    "currency_code": "USD",
    "rate": Decimal("1.25"),
}
CHAIR = {"name": "Cadeira", "unit_price": Decimal(90), "quantity": Decimal(1)}
OTHERS: dict[str, tuple[dict[str, Any], str]] = {
    "date": ({"date": datetime.date(2026, 11, 22)}, "date 2026-11-21, sent 2026-11-22"),
    "due date": ({"due_date": datetime.date(2026, 12, 2)}, "due_date 2026-12-01, sent 2026-12-02"),
    "reference": ({"reference": "R-2"}, "reference 'R-1', sent 'R-2'"),
    "observations": ({"observations": "Até já"}, "observations 'Obrigado', sent 'Até já'"),
    "retention": ({"retention": Decimal(25)}, "retention 11.5 %, sent 25 %"),
    "currency": ({"currency_code": "GBP"}, "currency U.S. dollar, sent Pound sterling"),
    "rate": ({"rate": Decimal("1.26")}, "rate 1.25, sent 1.26"),
    "client": ({"client": {"name": "Rui", "code": "R1"}}, "client code A1, sent R1"),
    "lines": ({"items": [LINE, CHAIR]}, "1 lines, sent 2"),
    "name": ({"items": [{**LINE, "name": "Chá"}]}, "line 1: name Café, sent Chá"),
    "price": (
        {"items": [{**LINE, "unit_price": Decimal("1.51")}]},
        "line 1: unit_price 1.50 EUR, sent 1.51 EUR",
    ),
    "quantity": ({"items": [{**LINE, "quantity": Decimal(3)}]}, "line 1: quantity 2, sent 3"),
}
OPTIONAL = {"reference", "observations", "retention", "currency_code"}
"""Fields that a document without them shows as empty, or in the account's currency."""


def keyed(kind: Any = Invoices, **changes: Any) -> Flow[Any]:
    fields = {name: value for name, value in {**KEYED, **changes}.items() if value is not None}
    flow: Flow[Any] = kind.create.flow(kind(core()), **fields, proprietary_uid="order-17")
    return flow


def test_a_known_key_returns_its_document() -> None:
    model = Model()
    first, second = (drive(keyed(), model.answer) for _ in range(2))
    assert first == second
    assert model.documents.keys() == {first.id}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("state", ["draft", "final", "canceled"])
def test_a_key_of_a_document_with_other_content_is_refused(other: str, state: str) -> None:
    """Both ways: the service keeps the first document, whichever it is."""
    changes, said = OTHERS[other]
    model = Model()
    first = drive(keyed(), model.answer)
    model.documents[first.id]["status"] = state
    with pytest.raises(KeyReusedError) as caught:
        drive(keyed(**changes), model.answer)
    assert caught.value.differences == ((said,) if state != "canceled" else ("it is canceled", said))
    assert (caught.value.key, caught.value.field) == ("order-17", "proprietary_uid")
    assert (caught.value.document.id, caught.value.document.status) == (first.id, state)
    assert len(model.documents) == 1
    reverse = Model()
    drive(keyed(**changes), reverse.answer)
    with pytest.raises(KeyReusedError):
        drive(keyed(), reverse.answer)


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_a_field_that_only_one_of_two_documents_has_makes_them_differ(name: str) -> None:
    for first, second in ({name: None}, {}), ({}, {name: None}):
        model = Model()
        # A rate goes with its currency.
        for each in (first, second):
            if name == "currency_code" and each:
                each["rate"] = None
        made = drive(keyed(**first), model.answer)
        with pytest.raises(KeyReusedError, match=name.partition("_")[0]):
            drive(keyed(**second), model.answer)
        assert model.documents.keys() == {made.id}


def test_a_due_date_that_was_left_to_the_service_makes_no_difference() -> None:
    """The service fills it in."""
    model = Model()
    first = drive(keyed(), model.answer)
    assert drive(keyed(due_date=None), model.answer) == first


def test_a_key_of_a_document_of_another_type_is_refused() -> None:
    """The service returns an invoice where an invoice-receipt was asked for."""
    model = Model()
    first = drive(keyed(), model.answer)
    with pytest.raises(KeyReusedError, match=r"type Invoice, expected InvoiceReceipt") as caught:
        drive(keyed(InvoiceReceipts), model.answer)
    assert caught.value.document == first


def test_an_issued_document_of_a_known_key_is_checked_too() -> None:
    """Its total or taxes may not be those of this call: a draft may be changed before it is issued."""
    model = Model()
    first = drive(keyed(), model.answer)
    model.documents[first.id].update(status="final", total=3.69)
    invoices = Invoices(SyncCore(NoSender(), Options()))
    again = drive(Invoices.create.flow(invoices, **KEYED, proprietary_uid="order-17"), model.answer)
    assert (again.id, again.status) == (first.id, "final")
    model.documents[first.id].update(total=99.0)
    with pytest.raises(SilentChangeError, match=f"final Invoice {first.id} exists, and differs") as caught:
        drive(Invoices.create.flow(invoices, **KEYED, proprietary_uid="order-17"), model.answer)
    assert "delete" not in str(caught.value)


def test_blanks_at_the_ends_of_names_are_not_sent_and_the_callers_objects_stay() -> None:
    line = DocumentItemWrite(" Café ", Decimal("1.50"), Decimal(2), tax=TaxReference(" IVA23 "))
    client = DocumentClientWrite("\tAna ", code=" A1 ")
    fields: dict[str, Any] = {"date": DAY, "client": client, "items": [line], "reference": " R-1 "}
    given = copy.deepcopy(fields)
    model = Model()
    drive(Quotes.create.flow(Quotes(core()), **fields), model.answer)
    assert fields == given
    sent = (model.writes_sent[0].body or {})["quote"]
    assert (sent["reference"], sent["client"]) == ("R-1", {"name": "Ana", "code": "A1"})
    assert (sent["items"][0]["name"], sent["items"][0]["tax"]) == ("Café", {"name": "IVA23"})
    assert dict(model.sent[0].query)["reference"] == "R-1"


@pytest.mark.parametrize("kind", NAMESPACES)
def test_a_thing_is_found_by_its_name_without_blanks(kind: str) -> None:
    namespace, fields = NAMESPACES[kind]
    fields = {**fields, "name": f"  {fields['name']} "}
    if kind == "items":
        fields["unit_price"] = Decimal("1.25")
    model = Model(["lost after"])
    found = drive(namespace.create.flow(namespace(core()), **fields), model.answer)
    assert (len(model.catalogue[kind]), len(model.writes_sent)) == (1, 1)
    assert found.name == fields["name"].strip()


# Issued at once.


def test_a_refusal_of_issue_stays_in_doubt_while_the_document_cannot_be_read() -> None:
    """Another program with the key finalized it, so the key gives the issued document later."""
    model = Model()
    fields: dict[str, Any] = {**FIELDS, "key": "order-17", "expect_total": Decimal("12.30")}

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.method == "PUT":
            model.documents[100]["status"] = "final"
        elif isinstance(step, Request) and step.method == "GET" and model.writes_sent[1:]:
            return Response(502, {}, b"<html>")
        return model.answer(step)

    with pytest.raises(AmbiguousResultError, match=r"CantHandle: finalized.* could not be read") as caught:
        drive(Invoices.issue.flow(Invoices(core()), **fields), answer)
    assert caught.value.proprietary_uid == "order-17"
    assert drive(Invoices.issue.flow(Invoices(core()), **fields), model.answer).status == "final"
    assert len(model.documents) == 1


@given(writes=WRITES, reads=READS, late=st.floats(0, 60), retries=RETRIES, calls=st.integers(1, 3))
def test_an_invoice_is_issued_once_for_its_key(
    writes: list[Fault], reads: list[bool], late: float, retries: int, calls: int
) -> None:
    model = Model(writes, reads, late=late)
    fields: dict[str, Any] = {**FIELDS, "key": "order-17", "expect_total": Decimal("12.30")}
    issued: set[int] = set()
    for _ in range(calls):
        try:
            issued.add(drive(Invoices.issue.flow(Invoices(core(retries)), **fields), model.answer).id)
        except (AmbiguousResultError, ApiError, TransportError):
            model.advance(WINDOW)
    model.settle()
    assert len(issued) <= 1
    assert len(model.documents) <= 1
    final = drive(Invoices.issue.flow(Invoices(core(5)), **fields), Model.answer.__get__(calm(model)))
    assert {final.id} == model.documents.keys()
    assert issued <= {final.id}
    assert (final.status, model.documents[final.id]["changed"]) == ("final", 1)


def calm(model: Model) -> Model:
    """The model without further faults."""
    model.writes.clear()
    model.reads.clear()
    return model


@given(writes=WRITES, lag_and_late=LAG_AND_LATE, calls=st.integers(1, 3), data=st.data())
def test_a_quote_is_issued_once_for_its_reference(
    writes: list[Fault], lag_and_late: tuple[float, float], calls: int, data: st.DataObject
) -> None:
    """By several threads or tasks of one process at once, whatever happens to their requests."""
    lag, late = lag_and_late
    model = Model(writes, lag=lag, late=late)
    quotes = Quotes(core())
    fields: dict[str, Any] = {**FIELDS, "reference": "R-1", "expect_total": Decimal("12.30")}
    flows = [Quotes.issue.flow(quotes, **fields) for _ in range(calls)]
    results = Schedule(model, flows).run(lambda ready: data.draw(st.sampled_from(ready)))
    ids = {each.id for each in results.values() if not isinstance(each, AmbiguousResultError | ApiError)}
    assert len(ids) <= 1
    assert len(model.documents) <= 1
    assert ids <= model.documents.keys()


def test_other_content_for_a_known_key_is_refused() -> None:
    model = Model()
    invoices = Invoices(core())
    issue: dict[str, Any] = {**FIELDS, "key": "order-17", "expect_total": Decimal("12.30")}
    first = drive(Invoices.issue.flow(invoices, **issue), model.answer)
    for changes, said in (
        ({"date": DAY + datetime.timedelta(1)}, "date 2026-11-21, sent 2026-11-22"),
        ({"reference": "R-2"}, "reference '', sent 'R-2'"),
        ({"observations": "Obrigado"}, "observations '', sent 'Obrigado'"),
        ({"retention": Decimal("11.5")}, "retention 0 %, sent 11.5 %"),
        ({"client": {"name": "Rui", "code": "B2"}}, "client code A1, sent B2"),
        ({"items": [LINE, LINE]}, "1 lines, sent 2"),
        ({"items": [{**LINE, "name": "Chá"}]}, "line 1: name Café, sent Chá"),
        ({"items": [{**LINE, "unit_price": Decimal("1.51")}]}, "line 1: unit_price 1.50 EUR, sent 1.51 EUR"),
        ({"items": [{**LINE, "quantity": Decimal(3)}]}, "line 1: quantity 2, sent 3"),
        ({"expect_total": Decimal("12.31")}, "its total is 12.30 EUR, expected 12.31 EUR"),
    ):
        changed: dict[str, Any] = {**issue, **changes}
        flow = Invoices.issue.flow(invoices, **changed)
        with pytest.raises(KeyReusedError, match="order-17") as caught:
            drive(flow, model.answer)
        assert caught.value.differences == (said,)
        assert caught.value.document.id == first.id
    assert model.documents.keys() == {first.id}


def test_a_key_that_the_client_made_is_never_reused() -> None:
    """The service changed the line; that is left to Checks."""
    model = Model()

    def answer(step: Any) -> object:
        outcome = model.answer(step)
        for document in model.documents.values():
            document["items"] = []
        shown = dict(model.documents[max(model.documents)], items=[])
        return outcome if isinstance(outcome, float) else reply(201, {"invoice": shown})

    assert drive(Invoices.create.flow(Invoices(core()), **FIELDS), answer).items == []


def test_the_receipt_of_another_payment_is_not_taken_for_this_one() -> None:
    """A proxy may answer with what it has kept."""
    model = Model()
    invoice = model.add("invoices", status="final", open=Decimal(100))

    def answer(step: Any) -> object:
        found = model.answer(step)
        if isinstance(step, Request) and step.operation == "generatePayment":
            return reply(200, {"receipt": document_json(id=9_000, type="Receipt", total="7.00")})
        return found

    receipt = drive(Invoices.pay.flow(Invoices(core()), invoice, amount=Decimal("5.50")), answer)
    assert {receipt.id} == model.paid.keys()
    assert receipt.total == Decimal("5.5")


def test_the_receipt_of_a_settlement_is_not_taken_for_a_payment() -> None:
    """The payment never arrives; settling meanwhile issues a receipt of the same amount and day."""
    model, in_flight = Model(), InFlight()
    invoice = model.add("invoices", status="final", open=Decimal(100))
    paying, settling = (Invoices(core(in_flight=in_flight)) for _ in range(2))

    def answer(step: Any) -> object:
        if isinstance(step, Request) and step.operation == "generatePayment":
            drive(Invoices.settle.flow(settling, invoice), model.answer)
            receipt = model.add("receipts", status="final", total=Decimal("5.50"))
            model.paid[receipt] = invoice
            raise AmbiguousResultError(step.method, step.path, "ReadTimeout")
        return model.answer(step)

    with pytest.raises(AmbiguousResultError, match="another call of this process has changed the document"):
        drive(Invoices.pay.flow(paying, invoice, amount=Decimal("5.50")), answer)
