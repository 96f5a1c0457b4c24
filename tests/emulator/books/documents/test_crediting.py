"""The law on credit and debit notes, and on cancelling documents that have them, in both profiles (Despacho
8632/2014, 3.2.7, 3.3.7 and 3.3.8). Each test ends with a check of the books.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator

Json = Any
ABOVE = ["O total não pode ser superior ao total dos documentos relacionados"]
CREDITABLE = ["invoices", "simplified_invoices", "invoice_receipts", "vat_moss_invoices", "debit_notes"]


@pytest.fixture
def books(any_api: Any) -> Iterator[Any]:
    """An account whose books are checked at the end of the test."""
    yield any_api
    assert any_api.get("/_emulator/verify", account=any_api.name).json()["findings"] == []


def line(price: str, quantity: str = "1", **more: Json) -> Json:
    return {"name": "Trabalho", "unit_price": price, "quantity": quantity, **more}


def note(api: Any, owner: Json, price: str = "100", segment: str = "credit_notes", **more: Json) -> Json:
    return api.create(segment, owner_invoice_id=owner["id"], **{"items": [line(price)], **more})


def refusal(api: Any, document: Json, state: str = "finalized") -> Any:
    answer = api.change(document, state, "engano")
    assert answer.status_code == 422
    return api.texts(answer)


class TestLimit:
    @pytest.mark.parametrize("segment", CREDITABLE)
    def test_in_parts_up_to_the_last_cent(self, books: Any, segment: str) -> None:
        """123 EUR take three notes of 41 EUR; one cent more is refused."""
        owner = books.issue(segment)
        parts = [note(books, owner, "33.3333"), note(books, owner, "33.3333"), note(books, owner, "33.3333")]
        assert [books.changed(each, "finalized")["total"] for each in parts] == [41, 41, 41]
        assert refusal(books, note(books, owner, "0.01")) == ABOVE

    @pytest.mark.parametrize("segment", CREDITABLE)
    def test_what_is_credited_in_full_has_no_further_note(self, books: Any, segment: str) -> None:
        """Not even a note of 0 EUR."""
        owner = books.issue(segment)
        whole = books.changed(note(books, owner), "finalized")
        nothing = note(books, owner, "0")
        assert refusal(books, nothing) == ABOVE
        books.changed(whole, "canceled", "engano")
        assert books.changed(nothing, "finalized")["total"] == 0

    def test_of_nothing_there_may_be_a_note_of_nothing(self, books: Any) -> None:
        owner = books.issue(items=[line("0")])
        assert books.changed(note(books, owner, "0"), "finalized")["total"] == 0
        assert refusal(books, note(books, owner, "0.01")) == ABOVE

    def test_drafts_and_deleted_notes_take_nothing(self, books: Any) -> None:
        owner = books.issue()
        note(books, owner)
        books.changed(note(books, owner), "deleted")
        assert books.changed(note(books, owner), "finalized")["status"] == "final"

    def test_settled_notes_count(self, books: Any) -> None:
        owner = books.issue()
        books.changed(books.changed(note(books, owner, "60"), "finalized"), "settled")
        assert refusal(books, note(books, owner, "60")) == ABOVE

    def test_debit_notes_neither_count_nor_raise_it(self, books: Any) -> None:
        owner = books.issue()
        books.changed(note(books, owner, "500", "debit_notes"), "finalized")
        assert refusal(books, note(books, owner, "100.01")) == ABOVE
        assert books.changed(note(books, owner), "finalized")["total"] == 123
        assert books.changed(note(books, owner, "1", "debit_notes"), "finalized")["status"] == "final"

    def test_a_tax_withheld_lowers_it_not(self, books: Any) -> None:
        """Withholding reduces the payment, not the total (Despacho 8632/2014, 2.2.7)."""
        owner = books.issue(retention="25")
        assert owner["total"] == 123
        assert books.changed(note(books, owner, retention="25"), "finalized")["total"] == 123
        assert refusal(books, note(books, owner, "0.01")) == ABOVE

    def test_a_discount_of_the_whole_document_lowers_it(self, books: Any) -> None:
        owner = books.issue(global_discount={"value_type": "percentage", "value": "50"})
        assert refusal(books, note(books, owner, "50.01")) == ABOVE
        assert books.changed(note(books, owner, "50"), "finalized")["total"] == 61.5

    def test_a_foreign_currency_is_counted_in_eur(self, books: Any) -> None:
        owner = books.issue(currency_code="USD", rate="2")
        assert refusal(books, note(books, owner, "100.01")) == ABOVE
        assert books.changed(note(books, owner, currency_code="USD", rate="3"), "finalized")["total"] == 123

    @settings(max_examples=10, deadline=None)
    @given(prices=st.lists(st.decimals("0.01", "90", places=2), min_size=2, max_size=6), data=st.data())
    def test_whatever_is_tried_it_holds(
        self, servers: dict[str, Emulator], caller: Any, prices: list[Any], data: Any
    ) -> None:
        server = servers[data.draw(st.sampled_from(["observed", "documented"]))]
        api = caller(server.base_url, "demo", "demo-key")
        with api.http:
            owner = api.issue()
            live: list[Json] = []
            for price in prices:
                draft = note(api, owner, str(price))
                left = round(owner["total"] - sum(each["total"] for each in live), 2)
                answer = api.change(draft, "finalized")
                assert (answer.status_code == 200) == (draft["total"] <= left and left > 0)
                if answer.status_code == 200:
                    live.append(draft)
                elif live and data.draw(st.booleans()):
                    api.changed(live.pop(), "canceled", "engano")


class TestOwner:
    @pytest.mark.parametrize("segment", ["credit_notes", "debit_notes"])
    def test_a_cancelled_one_has_no_note(self, books: Any, segment: str) -> None:
        owner = books.issue()
        before = note(books, owner, segment=segment)
        books.changed(owner, "canceled", "engano")
        body = books.plain(owner_invoice_id=owner["id"])
        answer = books.post(f"/{segment}.json", {books.root_of(segment): body})
        assert (answer.status_code, books.texts(answer)) == (422, ["Owner document must not be canceled"])
        assert refusal(books, before) == ["Owner document must not be canceled"]

    def test_a_draft_may_get_another(self, books: Any) -> None:
        """The limit follows the owner that the note has on issue."""
        small, large = books.issue(items=[line("10")]), books.issue()
        draft = note(books, small)
        assert refusal(books, draft) == ABOVE
        body = books.plain(owner_invoice_id=large["id"], items=[line("100")])
        assert books.put(f"/credit_notes/{draft['id']}.json", {"credit_note": body}).status_code == 200
        assert books.changed(draft, "finalized")["status"] == "final"
        assert refusal(books, note(books, large, "1")) == ABOVE
        assert books.changed(note(books, small, "10"), "finalized")["status"] == "final"

    @pytest.mark.parametrize("owner", [0, "x", 999_999_999])
    def test_a_draft_may_not_get_one_that_is_not_there(self, books: Any, owner: Json) -> None:
        invoice = books.issue()
        draft = note(books, invoice)
        body = books.plain(owner_invoice_id=owner, items=[line("100")])
        assert books.put(f"/credit_notes/{draft['id']}.json", {"credit_note": body}).status_code == 422
        books.changed(draft, "finalized")
        assert refusal(books, note(books, invoice, "1")) == ABOVE

    def test_an_issued_note_gets_no_other(self, books: Any) -> None:
        first, second = books.issue(), books.issue()
        issued = books.changed(note(books, first), "finalized")
        body = books.plain(owner_invoice_id=second["id"])
        assert books.put(f"/credit_notes/{issued['id']}.json", {"credit_note": body}).status_code == 422
        assert books.changed(note(books, second), "finalized")["status"] == "final"


class TestPaying:
    def test_a_receipt_takes_what_the_notes_leave(self, books: Any) -> None:
        owner = books.issue()
        books.changed(note(books, owner, "60"), "finalized")
        assert books.pay(owner, "49.21").status_code == 422
        assert books.pay(owner, "49.20").status_code == 200
        assert books.read(owner)["status"] == "settled"

    def test_of_what_is_credited_in_full_nothing_is_paid(self, books: Any) -> None:
        owner = books.issue()
        books.changed(note(books, owner), "finalized")
        assert books.pay(owner, "0.01").status_code == 422
        assert books.changed(owner, "settled")["status"] == "settled"
        related = books.get(f"/document/{owner['id']}/related_documents.json").json()["documents"]
        assert [each["type"] for each in related] == ["CreditNote"]

    def test_what_is_paid_may_be_credited(self, books: Any) -> None:
        """The money is refunded; the invoice stays paid, with or without the note."""
        owner = books.issue()
        books.pay(owner, 123)
        issued = books.changed(note(books, owner), "finalized")
        assert books.read(owner)["status"] == "settled"
        books.changed(issued, "canceled", "engano")
        assert books.read(owner)["status"] == "settled"

    def test_a_cancelled_note_opens_what_was_settled_without_it(self, books: Any) -> None:
        owner = books.issue()
        issued = books.changed(note(books, owner, "60"), "finalized")
        books.pay(owner, "49.20")
        books.changed(issued, "canceled", "engano")
        assert books.read(owner)["status"] == "final"
        assert books.pay(owner, "73.80").status_code == 200
        assert books.read(owner)["status"] == "settled"


class TestCanceling:
    @pytest.mark.parametrize(
        "segment", ["invoices", "simplified_invoices", "invoice_receipts", "vat_moss_invoices"]
    )
    @pytest.mark.parametrize("kind", ["credit_notes", "debit_notes"])
    @pytest.mark.parametrize("settled", [False, True])
    def test_a_live_note_stands_in_the_way(self, books: Any, segment: str, kind: str, settled: bool) -> None:
        """Partial or full, settled or not, the note blocks until it is cancelled itself (3.3.8)."""
        owner = books.issue(segment)
        issued = books.changed(note(books, owner, "0.10", kind), "finalized")
        if settled:
            books.changed(issued, "settled")
            refusal(books, owner, "canceled")
            books.changed(issued, "unsettled")
        refusal(books, owner, "canceled")
        books.changed(issued, "canceled", "engano")
        assert books.changed(owner, "canceled", "engano")["status"] == "canceled"

    def test_so_does_a_note_of_a_note(self, books: Any) -> None:
        owner = books.issue()
        debit = books.changed(note(books, owner, "10", "debit_notes"), "finalized")
        credit = books.changed(note(books, debit, "10"), "finalized")
        for each in (owner, debit):
            refusal(books, each, "canceled")
        for each in (credit, debit, owner):
            assert books.changed(each, "canceled", "engano")["status"] == "canceled"

    def test_a_receipt_and_a_note_both_do(self, books: Any) -> None:
        owner = books.issue()
        receipt = books.only(books.pay(owner, 1).json())
        issued = books.changed(note(books, owner, "1"), "finalized")
        refusal(books, owner, "canceled")
        books.changed(receipt, "canceled", "engano")
        refusal(books, owner, "canceled")
        books.changed(issued, "canceled", "engano")
        assert books.changed(owner, "canceled", "engano")["status"] == "canceled"
