"""Each error says what to do in the words of the call: its method, its arguments, values to write."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import AmbiguousResultError, Invoice
from invoicexpress_generated.client import httpx

from tests.unit.conftest import Answer, Run, Service, as_read, document_json, echo

FIELDS: dict[str, Any] = {
    "date": datetime.date(2026, 11, 21),
    "client": {"name": "Ana", "code": "A1"},
    "items": [{"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}],
}
LOST = httpx.ReadTimeout("")
INVOICE = Answer(body={"invoice": document_json(status="final")})
OWNER = Invoice.from_dict(as_read(document_json(status="final")))
TOTAL = Decimal("12.30")

Call = Callable[[Any], Any]


def row(call: Call, *expected: Any) -> tuple[Any, ...]:
    """A row. A function, since a checker infers a lambda's type from a parameter."""
    return call, *expected


@pytest.mark.parametrize(
    ("call", "answers", "advice"),
    [
        row(
            lambda ix: ix.invoices.issue(key=" z2 ", expect_total=TOTAL, **FIELDS),
            [LOST],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.invoices.issue(key="z2", expect_total=TOTAL, **FIELDS),
            [echo("invoice", 201, total="12.3"), LOST, Answer(503)],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.credit_notes.issue(OWNER, key="z2"),
            [INVOICE, LOST],
            "call `issue` again with key='z2' and the same content to get the same document",
        ),
        row(
            lambda ix: ix.invoices.create(proprietary_uid="z2", **FIELDS),
            [LOST],
            "call `create` again with proprietary_uid='z2' and the same content to get the same document",
        ),
        row(lambda ix: ix.invoices.cancel(7, "wrong"), [LOST, Answer(503)], "read the status of document 7"),
    ],
)
def test_a_result_in_doubt_names_the_call_that_decides_it(
    call: Call, answers: list[Any], advice: str, run: Run, service: Service
) -> None:
    with pytest.raises(AmbiguousResultError) as caught:
        run(service.will(*answers), call)
    assert f"it may have been carried out, so {advice}" in str(caught.value)
    assert str(copy.deepcopy(caught.value)) == str(caught.value)
