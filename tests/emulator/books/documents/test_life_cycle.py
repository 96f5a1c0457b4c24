"""Invoices, receipts and credit notes in any order, against a model of a few lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)


@dataclass
class Invoice:
    """The model's invoice; amounts in cents."""

    document: Any
    total: int
    status: str = "draft"
    receipts: dict[int, tuple[Any, int]] = field(default_factory=dict[int, tuple[Any, int]])
    credits: dict[int, tuple[Any, int]] = field(default_factory=dict[int, tuple[Any, int]])

    @property
    def paid(self) -> int:
        return sum(amount for _, amount in self.receipts.values())

    @property
    def credited(self) -> int:
        return sum(amount for _, amount in self.credits.values())

    @property
    def open(self) -> int:
        return max(0, self.total - self.paid - self.credited)


def life_of(api: Any) -> type[RuleBasedStateMachine]:
    class Life(RuleBasedStateMachine):
        invoices = Bundle("invoices")

        @initialize()
        def start(self) -> None:
            api.control("reset")
            self.all: list[Invoice] = []
            self.issued = 0

        @rule(target=invoices, price=st.integers(1, 5000))
        def create(self, price: int) -> Invoice:
            items = [{"name": "i", "unit_price": price / 100, "quantity": 1, "tax": {"name": "Isento"}}]
            document = api.create(items=items, tax_exemption="M07")
            invoice = Invoice(document, price)
            self.all.append(invoice)
            return invoice

        def change(self, invoice: Invoice, verb: str, allowed: bool, status: str) -> bool:
            answer = api.change(invoice.document, verb, "motivo")
            assert answer.status_code == (200 if allowed else 422), (verb, invoice, answer.text)
            if allowed:
                invoice.status = status
            return allowed

        @rule(invoice=invoices)
        def finalize(self, invoice: Invoice) -> None:
            if self.change(invoice, "finalized", invoice.status == "draft", "final"):
                self.issued += 1

        @rule(invoice=invoices)
        def cancel(self, invoice: Invoice) -> None:
            allowed = invoice.status == "final" and not invoice.receipts and not invoice.credits
            self.change(invoice, "canceled", allowed, "canceled")

        @rule(invoice=invoices)
        def settle(self, invoice: Invoice) -> None:
            rest = invoice.open
            if self.change(invoice, "settled", invoice.status == "final", "settled") and rest:
                related = api.get(f"/document/{invoice.document['id']}/related_documents.json").json()[
                    "documents"
                ]
                receipt = [each for each in related if each["type"] == "Receipt"][-1]
                assert round(receipt["total"] * 100) == rest
                invoice.receipts[receipt["id"]] = (receipt, rest)

        @rule(invoice=invoices, amount=st.integers(1, 5000))
        def pay(self, invoice: Invoice, amount: int) -> None:
            answer = api.pay(invoice.document, amount / 100)
            allowed = invoice.status == "final" and amount <= invoice.open
            assert answer.status_code == (200 if allowed else 422)
            if allowed:
                receipt = answer.json()["receipt"]
                invoice.receipts[receipt["id"]] = (receipt, amount)
                if invoice.open == 0:
                    invoice.status = "settled"

        @rule(invoice=invoices, data=st.data())
        def cancel_a_receipt(self, invoice: Invoice, data: st.DataObject) -> None:
            if invoice.receipts:
                receipt_id = data.draw(st.sampled_from(sorted(invoice.receipts)))
                receipt, _ = invoice.receipts.pop(receipt_id)
                api.changed(receipt, "canceled", "motivo")
                invoice.status = "final"

        @rule(invoice=invoices, amount=st.integers(1, 5000))
        def credit(self, invoice: Invoice, amount: int) -> None:
            items = [{"name": "c", "unit_price": amount / 100, "quantity": 1, "tax": {"name": "Isento"}}]
            body = api.plain(items=items, tax_exemption="M07", owner_invoice_id=invoice.document["id"])
            answer = api.post("/credit_notes.json", {"credit_note": body})
            assert answer.status_code == (201 if invoice.status in {"final", "settled"} else 422)
            if answer.status_code == 201:
                note = answer.json()["credit_note"]
                done = api.change(note, "finalized")
                assert done.status_code == (200 if amount <= invoice.total - invoice.credited else 422)
                if done.status_code == 200:
                    invoice.credits[note["id"]] = (note, amount)

        @rule(invoice=invoices, data=st.data())
        def cancel_a_credit(self, invoice: Invoice, data: st.DataObject) -> None:
            if invoice.credits:
                note_id = data.draw(st.sampled_from(sorted(invoice.credits)))
                note, _ = invoice.credits.pop(note_id)
                api.changed(note, "canceled", "motivo")
                if invoice.status == "settled" and invoice.open:
                    invoice.status = "final"

        @invariant()
        def states_are_those_of_the_model(self) -> None:
            for invoice in self.all:
                assert api.read(invoice.document)["status"] == invoice.status
                assert invoice.status != "settled" or invoice.open == 0

        @invariant()
        def numbers_have_no_gap(self) -> None:
            (series,) = api.get("/sequences.json").json()["sequences"]
            assert series["current_invoice_number"] == self.issued

    return Life


def test_any_order(api: Any) -> None:
    run_state_machine_as_test(
        life_of(api),
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        ),
    )
