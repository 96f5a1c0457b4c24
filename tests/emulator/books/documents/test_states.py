"""The state tables, pair by pair: documented transitions work, all others are refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

INVOICES = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "canceled"): "canceled",
    ("final", "settled"): "settled",
}
ESTIMATES = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "accept"): "accepted",
    ("final", "accepted"): "accepted",
    ("final", "refuse"): "refused",
    ("final", "refused"): "refused",
    ("final", "canceled"): "canceled",
    ("accepted", "refuse"): "refused",
    ("accepted", "refused"): "refused",
    ("accepted", "canceled"): "canceled",
    ("refused", "accept"): "accepted",
    ("refused", "accepted"): "accepted",
    ("refused", "canceled"): "canceled",
}
GUIDES = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "canceled"): "canceled",
}
TABLES: dict[str, dict[tuple[str, str], str]] = {
    "invoices": INVOICES,
    "simplified_invoices": INVOICES,
    "vat_moss_invoices": INVOICES,
    "vat_moss_credit_notes": INVOICES,
    "invoice_receipts": {
        ("draft", "finalized"): "settled",
        ("draft", "deleted"): "deleted",
        ("settled", "canceled"): "canceled",
    },
    "credit_notes": {**INVOICES, ("settled", "unsettled"): "final"},
    "debit_notes": {**INVOICES, ("settled", "unsettled"): "final"},
    "quotes": ESTIMATES,
    "proformas": ESTIMATES,
    "fees_notes": ESTIMATES,
    "shippings": GUIDES,
    "transports": GUIDES,
    "devolutions": GUIDES,
    "purchase_orders": {
        ("draft", "finalized"): "final",
        ("draft", "deleted"): "deleted",
        ("final", "second_copy"): "second_copy",
        ("final", "accept"): "accepted",
        ("final", "accepted"): "accepted",
        ("final", "refuse"): "refused",
        ("final", "refused"): "refused",
        ("final", "canceled"): "canceled",
        ("second_copy", "canceled"): "canceled",
        ("accepted", "refuse"): "refused",
        ("accepted", "refused"): "refused",
        ("accepted", "completed"): "completed",
        ("refused", "accept"): "accepted",
        ("refused", "accepted"): "accepted",
        ("refused", "canceled"): "canceled",
    },
}
VERBS = (
    "finalized", "deleted", "canceled", "settled", "unsettled", "accept", "accepted", "refuse", "refused",
    "draft", "final", "sent", "second_copy", "completed", "nonsense",
)  # fmt: skip
WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "deleted": ("deleted",),
    "final": ("finalized",),
    "settled": ("finalized", "settled"),
    "canceled": ("finalized", "canceled"),
    "accepted": ("finalized", "accept"),
    "refused": ("finalized", "refuse"),
    "second_copy": ("finalized", "second_copy"),
    "completed": ("finalized", "accepted", "completed"),
}


def reachable(segment: str) -> set[str]:
    return {"draft"} | set(TABLES[segment].values())


def in_state(api: Any, segment: str, state: str) -> Any:
    """Make a document of a type and bring it into a state by the shortest way."""
    document = api.create(segment)
    ways = {**WAYS, "settled": ("finalized",)} if segment == "invoice_receipts" else WAYS
    for verb in ways[state]:
        document = api.changed(document, verb, "motivo")
    assert document["status"] == state
    return document


@pytest.mark.parametrize(
    ("segment", "state"), [(segment, state) for segment in TABLES for state in sorted(reachable(segment))]
)
def test_every_verb_in_every_state(api: Any, segment: str, state: str) -> None:
    for verb in VERBS:
        document = in_state(api, segment, state)
        answer = api.change(document, verb, "motivo")
        expected = TABLES[segment].get((state, verb))
        # Settling an invoice makes a receipt, which blocks nothing in this table.
        if expected is None:
            assert answer.status_code == 422, (state, verb)
            assert answer.json() == {"errors": [{"error": [f"CantHandle: {verb} for {document['type']}"]}]}
            assert api.read(document)["status"] == state
        else:
            assert answer.status_code == 200, (state, verb, answer.text)
            assert api.only(answer.json())["status"] == expected
            assert api.read(document)["status"] == expected


def test_receipts_can_only_be_canceled(api: Any) -> None:
    for verb, repeated in itertools.product(VERBS, (False, True)):
        receipt = api.only(api.pay(api.issue(), 10).json())
        if repeated:
            receipt = api.changed(receipt, "canceled", "motivo")
        answer = api.change(receipt, verb, "motivo")
        assert answer.status_code == (200 if verb == "canceled" and not repeated else 422)


def test_an_illegal_transition_in_the_documented_words(documented: Any) -> None:
    answer = documented.change(documented.create("credit_notes"), "settled")
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"error": "CantHandle: settled for CreditNote"}}


def test_a_number_as_state_is_named_in_the_refusal(api: Any) -> None:
    draft = api.create()
    answer = api.put(f"/invoices/{draft['id']}/change-state.json", {"invoice": {"state": 1}})
    assert answer.json() == {"errors": [{"error": ["CantHandle: 1 for Invoice"]}]}


def test_without_a_state(any_api: Any) -> None:
    draft = any_api.create()
    answer = any_api.put(f"/invoices/{draft['id']}/change-state.json", {"invoice": {}})
    assert answer.status_code == 422
    assert any_api.texts(answer) == ["Invalid state"]


@pytest.mark.parametrize("message", [None, "", "  "])
def test_canceling_wants_a_reason(api: Any, message: str | None) -> None:
    invoice = api.issue()
    answer = api.change(invoice, "canceled", message)
    assert answer.status_code == 422
    assert api.texts(answer) == ["Cancel message can't be blank"]
    assert api.read(invoice)["status"] == "final"


# A guide cannot be edited in any state: see the tests of guides.
@pytest.mark.parametrize("segment", sorted(segment for segment in TABLES if TABLES[segment] is not GUIDES))
@pytest.mark.parametrize("verb", ["finalized", "deleted"])
def test_only_drafts_are_edited(api: Any, segment: str, verb: str) -> None:
    document = api.changed(api.create(segment), verb)
    answer = api.put(
        f"/{segment}/{document['id']}.json", {api.root_of(segment): api.plain(reference="outra")}
    )
    assert answer.status_code == 422
    assert api.read(document)["reference"] is None
