"""Which requests may be repeated after which failure, and after what wait."""

from __future__ import annotations

import email.utils
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress.errors import AmbiguousResultError, TransportError
from invoicexpress.sending.retries import (
    BASE,
    CAP,
    REPEATS,
    TRANSIENT,
    Outcome,
    Repeat,
    delay,
    may_repeat,
    repeat_of,
    retry_after,
)
from invoicexpress_generated.types import Request, Response

from tests.contract.contract_files import COMPACT, loaded

ROOT = Path(__file__).parents[3]
VERBS = ("get", "post", "put", "patch", "delete")
# The only reads that are not a GET, each with its reason in the contract.
READS_IN_SPITE_OF_THEIR_VERB = {"listClientInvoices"}
# Sending one of these twice can make a second document, a second e-mail or a second payment.
NEVER_TWICE = {
    "createDocument",
    "changeDocumentState",
    "sendDocumentEmail",
    "generatePayment",
    "createClient",
    "createItem",
    "createTax",
    "createSequence",
    "registerSequence",
    "createClientTreasuryMovement",
    "deleteClientTreasuryMovement",
    # A late update would overwrite a newer one.
    "updateDocument",
    "updateClient",
    "updateItem",
    "updateTax",
    "updateAccount",
    "updateClientInitialBalance",
    "setCurrentSequence",
}


def operations() -> dict[str, str]:
    """The verb of each operation of the contract, by id."""
    return {
        path[verb]["operationId"]: verb
        for path in loaded(COMPACT)["paths"].values()
        for verb in VERBS
        if verb in path
    }


OPERATIONS = operations()


def test_every_operation_of_the_contract_is_in_the_table() -> None:
    assert len(OPERATIONS) > 30
    assert sorted(OPERATIONS.keys() - REPEATS.keys()) == []


@pytest.mark.parametrize(("operation", "verb"), sorted(OPERATIONS.items()))
def test_reads_are_what_the_verb_says_apart_from_known_exceptions(operation: str, verb: str) -> None:
    is_read = verb == "get" or operation in READS_IN_SPITE_OF_THEIR_VERB
    assert (REPEATS[operation] is Repeat.READ) is is_read


@pytest.mark.parametrize("operation", sorted(REPEATS))
def test_what_is_repeated_reads(operation: str) -> None:
    """Judged by name, as a second opinion on the table."""
    names = ("get", "list", "find", "generatePdf", "relatedDocuments", "exportSaft")
    assert (REPEATS[operation] is Repeat.READ) is operation.startswith(names)


@pytest.mark.parametrize("operation", sorted(NEVER_TWICE))
def test_what_would_make_a_second_one_is_never_repeated(operation: str) -> None:
    assert REPEATS[operation] in (Repeat.NEVER, Repeat.LOOK)


def test_what_the_table_does_not_know_is_repeated_only_if_it_is_a_get() -> None:
    assert repeat_of(Request("unheardOf", "GET", "/x")) is Repeat.READ
    for verb in ("POST", "PUT", "PATCH", "DELETE"):
        assert repeat_of(Request("unheardOf", verb, "/x")) is Repeat.NEVER
    assert repeat_of(Request("listClientInvoices", "POST", "/x")) is Repeat.READ
    assert repeat_of(Request("updateTax", "PUT", "/x")) is Repeat.NEVER


NOT_SENT = TransportError("PUT", "/x", "ConnectError")
NO_ANSWER = AmbiguousResultError("PUT", "/x", "ReadTimeout")
ALL = frozenset(Repeat)
READS = frozenset({Repeat.READ})
NONE: frozenset[Repeat] = frozenset()


@pytest.mark.parametrize(
    ("outcome", "may"),
    [
        (NOT_SENT, ALL),
        # A change of state is repeated by its flow, which reads first.
        (Response(429), ALL - {Repeat.LOOK}),
        # Only a write goes without an answer like this; a read is a TransportError.
        (NO_ANSWER, NONE),
        *[(Response(status), READS) for status in (500, 502, 503, 504)],
        *[
            (Response(status), NONE)
            for status in (200, 201, 202, 302, 400, 401, 403, 404, 406, 408, 409, 422)
        ],
        *[(Response(status), NONE) for status in (501, 505, 530)],
    ],
    ids=lambda value: str(getattr(value, "status", "")) or type(value).__name__,
)
def test_what_may_be_repeated_after_what(outcome: Outcome, may: frozenset[Repeat]) -> None:
    assert {repeat for repeat in Repeat if may_repeat(repeat, outcome)} == may


OUTCOMES = st.one_of(st.just(NOT_SENT), st.just(NO_ANSWER), st.integers(100, 599).map(Response))


@given(OUTCOMES)
def test_a_write_is_repeated_only_if_it_was_not_run(outcome: Outcome) -> None:
    """This rule prevents duplicate documents, and old values over new ones."""
    was_not_run = isinstance(outcome, TransportError) or getattr(outcome, "status", 0) == 429
    assert may_repeat(Repeat.NEVER, outcome) is was_not_run


@given(st.integers(1, 10_000), st.floats(0, 1), OUTCOMES)
def test_a_wait_is_within_the_jitter_which_doubles_up_to_a_cap(
    attempt: int, random: float, outcome: Outcome
) -> None:
    wait = delay(attempt, outcome, random=random, now=0)
    most = delay(attempt, outcome, random=1, now=0)
    assert 0 <= wait <= most <= CAP
    assert wait == pytest.approx(random * most)
    assert delay(attempt, outcome, random=0, now=0) == 0
    assert most == (CAP if attempt > 4 else BASE * 2 ** (attempt - 1))


def test_the_figures_of_the_jitter() -> None:
    assert [delay(attempt, NOT_SENT, random=1, now=0) for attempt in range(1, 7)] == [0.5, 1, 2, 4, 8, 8]


NOW = 1_795_255_200.0
LATER = email.utils.formatdate(NOW + 30, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "17"}, 17),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": LATER}, 30),
        ({"retry-after": LATER, "date": email.utils.formatdate(NOW + 20, usegmt=True)}, 10),
        ({"retry-after": LATER, "date": "yesterday"}, 30),
        ({"retry-after": email.utils.formatdate(NOW - 30, usegmt=True)}, 0),
        ({}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e3"}, None),
        ({"retry-after": "١٧"}, None),
        ({"retry-after": "Sat, 99 Nov 2026 10:00:00 GMT"}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(headers: dict[str, str], seconds: float | None) -> None:
    found = retry_after(Response(429, headers), NOW)
    assert found is None if seconds is None else found == pytest.approx(seconds)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_is_too_strange_to_be_read(said: str, date: str) -> None:
    found = retry_after(Response(503, {"retry-after": said, "date": date}), NOW)
    assert found is None or found >= 0


@given(st.integers(1, 20), st.floats(0, 1), st.integers(0, 600), st.sampled_from([429, *sorted(TRANSIENT)]))
def test_a_wait_is_never_less_than_the_service_asks(
    attempt: int, random: float, asked: int, status: int
) -> None:
    wait = delay(attempt, Response(status, {"retry-after": str(asked)}), random=random, now=NOW)
    assert asked <= wait <= max(asked, CAP)
