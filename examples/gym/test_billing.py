"""The suite of a program that issues invoices, with the fixtures of `invoicexpress_pytest`.

    python -m pytest examples/gym

Installing `invoicexpress[emulator]` is all the set-up: each test gets an account of its own in an emulator,
`invoicexpress_client` is a client of it, `invoicexpress_clock` moves the day for both, and
`invoicexpress_emulator.control` reads its books and injects faults. Effects are counted in those books; the
program's own word is no proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from invoicexpress import InvoiceXpress
from invoicexpress_emulator.control_client import Clock, Control, Reset, Respond
from invoicexpress_pytest import EmulatedAccount, OperationName

from examples.gym.billing import Member, bill_month, remind

ANA = Member("A1", "Ana Sousa", "ana@example.com", Decimal("34.90"))
RUI = Member("R1", "Rui Costa", "rui@example.com", Decimal("24.99"))
DAY = date(2026, 3, 2)


@pytest.fixture
def control(invoicexpress_emulator: EmulatedAccount, invoicexpress_clock: Clock) -> Iterator[Control]:
    """The account's control plane, on the morning of the billing day. Its books are lawful in the end."""
    invoicexpress_clock.freeze(datetime(DAY.year, DAY.month, DAY.day, 9, 0))  # noqa: DTZ001 - taken as Lisbon's
    control = invoicexpress_emulator.control
    yield control
    assert control.verify() == []


def books(control: Control) -> list[tuple[str, str, Decimal]]:
    """Client, status and total of each document, oldest first."""
    return [(each.client, each.status, each.total) for each in reversed(control.documents())]


BOTH = [("Ana Sousa", "final", ANA.fee), ("Rui Costa", "final", RUI.fee)]


@pytest.mark.parametrize(
    "profile",
    [
        # Documentation and service differ; a program should get along with both.
        pytest.param("observed", marks=pytest.mark.invoicexpress(profile="observed")),
        pytest.param("documented", marks=pytest.mark.invoicexpress(profile="documented")),
    ],
)
def test_a_month_is_billed_once(profile: str, invoicexpress_client: InvoiceXpress, control: Control) -> None:
    first, second = (bill_month(invoicexpress_client, [ANA, RUI], DAY) for _ in range(2))
    assert list(first.issued) == ["A1", "R1"], profile
    assert second == first
    assert books(control) == BOTH


@pytest.mark.parametrize("operation", ["createInvoice", "changeInvoiceState"])
def test_an_answer_that_is_lost(
    operation: OperationName, invoicexpress_client: InvoiceXpress, control: Control
) -> None:
    # A fault that hits no request would fail the test: it would prove nothing.
    control.faults.add(Reset("after"), operation)
    assert list(bill_month(invoicexpress_client, [ANA, RUI], DAY).issued) == ["A1", "R1"]
    assert books(control) == BOTH


def test_a_refusal_stops_one_member_alone(invoicexpress_client: InvoiceXpress, control: Control) -> None:
    control.faults.add(Respond(422, {"errors": [{"error": "Nome inválido"}]}), "createInvoice")
    run = bill_month(invoicexpress_client, [ANA, RUI], DAY)
    assert (list(run.refused), list(run.issued)) == (["A1"], ["R1"])
    assert "Nome inválido" in run.refused["A1"]
    assert books(control) == BOTH[1:]


def test_a_result_that_stays_unknown_is_settled_by_the_next_run(
    invoicexpress_client: InvoiceXpress, control: Control, invoicexpress_clock: Clock
) -> None:
    with control.faults.injected(Reset("after"), "createInvoice", times=None):
        run = bill_month(invoicexpress_client.with_options(retries=0), [ANA], DAY)
    assert (list(run.unknown), run.issued) == (["A1"], {})
    # The draft is there, although the program cannot know it.
    assert books(control) == [("Ana Sousa", "draft", ANA.fee)]
    invoicexpress_clock.advance(timedelta(days=1))  # and it is the next day
    assert list(bill_month(invoicexpress_client, [ANA], DAY).issued) == ["A1"]
    assert books(control) == BOTH[:1]


def test_reminders_go_to_those_who_are_late(
    invoicexpress_client: InvoiceXpress, control: Control, invoicexpress_clock: Clock
) -> None:
    ix = invoicexpress_client
    numbers = bill_month(ix, [ANA, RUI], DAY).issued
    (paid,) = ix.invoices.list(text="Rui Costa")
    ix.invoices.settle(paid)

    invoicexpress_clock.advance(timedelta(days=8))
    assert remind(ix, [ANA, RUI]) == []  # it may still be paid today
    invoicexpress_clock.advance(timedelta(days=1))
    assert remind(ix, [ANA, RUI]) == [numbers["A1"]]
    (mail,) = control.outbox()
    assert (mail.to, mail.subject) == ("ana@example.com", f"{numbers['A1']} was due on 2026-03-10")
    assert control.attachment(mail.id).startswith(b"%PDF-")
