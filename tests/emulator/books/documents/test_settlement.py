"""Payments, receipts, credit notes: the open amount, the creditable amount, and the obstacles."""

from __future__ import annotations

from typing import Any

import pytest


def related(api: Any, document: Any) -> list[Any]:
    answer = api.get(f"/document/{document['id']}/related_documents.json")
    assert answer.status_code == 200
    return list(answer.json()["documents"])


def credit(api: Any, owner: Any, price: str = "100.0") -> Any:
    items = [{"name": "Crédito", "unit_price": price, "quantity": 1}]
    return api.create("credit_notes", owner_invoice_id=owner["id"], items=items)


class TestPayments:
    def test_a_payment_makes_a_receipt(self, any_api: Any) -> None:
        invoice = any_api.issue()
        answer = any_api.pay(invoice, 23, payment_mechanism="MB", note="Obrigado", payment_date="26/10/2026")
        assert answer.status_code == 200
        assert list(answer.json()) == ["receipt"]
        receipt = answer.json()["receipt"]
        assert (receipt["type"], receipt["status"], receipt["total"]) == ("Receipt", "final", 23)
        assert (receipt["date"], receipt["observations"]) == ("26/10/2026", "Obrigado")
        assert receipt["client"]["id"] == invoice["client"]["id"]
        assert any_api.read(receipt) == receipt
        assert any_api.read(invoice)["status"] == "final"

    def test_the_document_settles_when_all_is_paid(self, api: Any) -> None:
        invoice = api.issue()
        for amount, status in ((100, "final"), (22.99, "final"), ("0.01", "settled")):
            assert api.pay(invoice, amount).status_code == 200
            assert api.read(invoice)["status"] == status
        assert [each["total"] for each in related(api, invoice)] == [100, 22.99, 0.01]

    def test_no_more_than_what_is_open(self, api: Any) -> None:
        invoice = api.issue()
        api.pay(invoice, 100)
        answer = api.pay(invoice, 23.01)
        assert answer.status_code == 422
        assert api.texts(answer) == ["O valor deve ser menor ou igual a 23.0"]
        assert len(related(api, invoice)) == 1

    def test_canceling_the_receipt_opens_the_amount_again(self, any_api: Any) -> None:
        invoice = any_api.issue()
        receipt = any_api.pay(invoice, 123).json()["receipt"]
        assert any_api.read(invoice)["status"] == "settled"
        assert any_api.change(receipt, "canceled").status_code == 422
        answer = any_api.change(receipt, "canceled", "engano")
        assert answer.json()["receipt"]["status"] == "canceled"
        assert any_api.read(invoice)["status"] == "final"
        assert [each["status"] for each in related(any_api, invoice)] == ["canceled"]
        assert any_api.pay(invoice, 123).status_code == 200

    def test_canceling_a_receipt_of_nothing_opens_nothing(self, any_api: Any) -> None:
        invoice = any_api.issue()
        nothing = any_api.only(any_api.pay(invoice, 0).json())
        whole = any_api.only(any_api.pay(invoice, invoice["total"]).json())
        any_api.changed(nothing, "canceled", "engano")
        assert any_api.read(invoice)["status"] == "settled"
        any_api.changed(whole, "canceled", "engano")
        assert any_api.read(invoice)["status"] == "final"

    def test_settling_by_change_state_makes_a_receipt_for_the_rest(self, api: Any) -> None:
        invoice = api.issue()
        api.pay(invoice, 23)
        assert api.changed(invoice, "settled")["status"] == "settled"
        assert [each["total"] for each in related(api, invoice)] == [23, 100]
        receipt = related(api, invoice)[1]
        assert [each["id"] for each in related(api, receipt)] == [invoice["id"]]

    @pytest.mark.parametrize("segment", ["credit_notes", "debit_notes", "vat_moss_credit_notes"])
    def test_settling_what_is_not_payable_makes_no_receipt(self, api: Any, segment: str) -> None:
        document = api.changed(api.issue(segment), "settled")
        assert related(api, document) == []

    @pytest.mark.parametrize("segment", ["invoices", "simplified_invoices", "vat_moss_invoices"])
    def test_what_takes_payments(self, api: Any, segment: str) -> None:
        assert api.pay(api.issue(segment), 1).status_code == 200

    @pytest.mark.parametrize("segment", ["invoice_receipts", "credit_notes", "debit_notes", "quotes"])
    def test_what_takes_none(self, api: Any, segment: str) -> None:
        assert api.pay(api.issue(segment), 1).status_code == 422

    def test_only_final_documents_are_paid(self, api: Any) -> None:
        draft, canceled = api.create(), api.changed(api.issue(), "canceled", "engano")
        settled = api.changed(api.issue(), "settled")
        for document in (draft, canceled, settled):
            assert api.pay(document, 1).status_code == 422

    @pytest.mark.parametrize("amount", [None, "", "dez", -1, True, [1], 10**12])
    def test_amounts_that_are_none(self, api: Any, amount: Any) -> None:
        assert api.pay(api.issue(), amount).status_code == 422

    def test_a_wrong_mechanism_has_shapes_of_its_own(self, api: Any, documented: Any) -> None:
        answer = api.pay(api.issue(), 1, payment_mechanism="XX")
        assert (answer.status_code, answer.json()) == (422, [["payment_mechanism", "is invalid"]])
        answer = documented.pay(documented.issue(), 1, payment_mechanism="XX")
        assert (answer.status_code, answer.json()) == (422, ["payment_mechanism", "is invalid"])

    def test_the_receipt_takes_its_number_in_the_series_that_is_named(self, api: Any) -> None:
        api.post("/sequences.json", {"sequence": {"serie": "RC"}})
        invoice = api.issue()
        named = api.pay(invoice, 1, serie="RC").json()["receipt"]
        unknown = api.pay(invoice, 1, serie="nenhuma").json()["receipt"]
        default = api.pay(invoice, 1).json()["receipt"]
        assert named["sequence_number"] == "1/RC"
        assert [unknown["sequence_number"], default["sequence_number"]] == [
            f"1/{invoice['sequence_number'].split('/')[1]}",
            f"2/{invoice['sequence_number'].split('/')[1]}",
        ]

    def test_receipts_are_numbered_in_the_order_of_their_dates(self, api: Any) -> None:
        invoice = api.issue()
        api.pay(invoice, 1, payment_date="02/11/2026")
        answer = api.pay(invoice, 1, payment_date="01/11/2026")
        assert answer.status_code == 422
        assert "last receipt of this sequence[02 Nov 26]" in api.texts(answer)[0]
        assert len(related(api, invoice)) == 1

    def test_a_document_of_nothing_settles_without_a_receipt(self, api: Any) -> None:
        invoice = api.issue(items=[{"name": "Oferta", "unit_price": 0, "quantity": 1}])
        assert api.changed(invoice, "settled")["status"] == "settled"
        assert related(api, invoice) == []


class TestCreditNotes:
    def test_a_credit_note_takes_from_its_owner(self, api: Any) -> None:
        invoice = api.issue()
        api.changed(credit(api, invoice, "40"), "finalized")
        api.changed(credit(api, invoice, "60"), "finalized")
        too_much = credit(api, invoice, "0.01")
        answer = api.change(too_much, "finalized")
        assert answer.status_code == 422
        assert api.texts(answer) == ["O total não pode ser superior ao total dos documentos relacionados"]
        assert [each["type"] for each in related(api, invoice)] == ["CreditNote"] * 3

    def test_a_canceled_credit_note_gives_back(self, api: Any) -> None:
        invoice = api.issue()
        first = api.changed(credit(api, invoice), "finalized")
        api.changed(first, "canceled", "engano")
        assert api.changed(credit(api, invoice), "finalized")["status"] == "final"

    def test_it_lowers_what_is_open(self, api: Any) -> None:
        invoice = api.issue()
        api.changed(credit(api, invoice), "finalized")
        assert api.pay(invoice, 0.01).status_code == 422

    @pytest.mark.parametrize("segment", ["invoice_receipts", "simplified_invoices", "debit_notes"])
    def test_what_else_can_be_credited(self, api: Any, segment: str) -> None:
        owner = api.issue(segment)
        assert api.changed(credit(api, owner), "finalized")["status"] == "final"
        assert api.change(credit(api, owner, "1"), "finalized").status_code == 422

    def test_its_owner_must_not_be_in_draft(self, any_api: Any) -> None:
        body = any_api.plain(owner_invoice_id=any_api.create()["id"])
        answer = any_api.post("/credit_notes.json", {"credit_note": body})
        assert answer.status_code == 422
        assert any_api.texts(answer) == ["Owner document must not be in draft"]

    @pytest.mark.parametrize("owner", [999_999_999, "abc", -1, {}])
    def test_its_owner_must_exist(self, api: Any, owner: Any) -> None:
        answer = api.post("/credit_notes.json", {"credit_note": api.plain(owner_invoice_id=owner)})
        assert answer.status_code == 422

    def test_its_owner_must_be_of_this_account(self, api: Any, other: Any) -> None:
        body = api.plain(owner_invoice_id=other.issue()["id"])
        assert api.post("/credit_notes.json", {"credit_note": body}).status_code == 422

    def test_its_owner_must_not_be_canceled_by_then(self, api: Any) -> None:
        invoice = api.issue()
        note = credit(api, invoice)
        api.changed(invoice, "canceled", "engano")
        answer = api.change(note, "finalized")
        assert (answer.status_code, api.texts(answer)) == (422, ["Owner document must not be canceled"])

    def test_its_owner_must_be_an_invoice(self, api: Any) -> None:
        body = api.plain(owner_invoice_id=api.issue("quotes")["id"])
        assert api.post("/credit_notes.json", {"credit_note": body}).status_code == 422

    def test_an_update_keeps_the_owner(self, api: Any) -> None:
        invoice = api.issue()
        note = credit(api, invoice)
        items = [{"name": "Crédito", "unit_price": 500, "quantity": 1}]
        api.put(f"/credit_notes/{note['id']}.json", {"credit_note": api.plain(items=items)})
        assert api.change(note, "finalized").status_code == 422

    def test_invoices_ignore_an_owner(self, api: Any) -> None:
        assert related(api, api.create(owner_invoice_id=1049)) == []

    def test_deleted_notes_are_not_related(self, api: Any) -> None:
        invoice = api.issue()
        api.changed(credit(api, invoice), "deleted")
        assert related(api, invoice) == []


class TestVatMossReceipts:
    def test_paying_a_vat_moss_invoice_makes_one(self, any_api: Any) -> None:
        invoice = any_api.issue("vat_moss_invoices")
        answer = any_api.pay(invoice, 23)
        assert list(answer.json()) == ["receipt"]
        receipt = answer.json()["receipt"]
        assert (receipt["type"], receipt["status"], receipt["total"]) == ("VatMossReceipt", "final", 23)
        read = any_api.get(f"/vat_moss_receipts/{receipt['id']}.json").json()
        assert read == {"vat_moss_receipt": receipt}
        listed = any_api.get("/vat_moss_receipts.json").json()
        assert [each["id"] for each in listed["vat_moss_receipts"]] == [receipt["id"]]
        filtered = any_api.get("/invoices.json", **{"type[]": "VatMossReceipt"}).json()
        assert [each["id"] for each in filtered["invoices"]] == [receipt["id"]]
        assert any_api.get("/receipts.json").json()["receipts"] == []

    def test_it_has_numbers_of_its_own(self, api: Any) -> None:
        api.pay(api.issue(), 1)
        receipt = api.pay(api.issue("vat_moss_invoices"), 1).json()["receipt"]
        (series,) = api.get("/sequences.json").json()["sequences"]
        assert receipt["sequence_id"] == series["current_vat_moss_receipt_sequence_id"]
        assert (series["current_vat_moss_receipt_number"], series["current_receipt_number"]) == (1, 1)

    @pytest.mark.parametrize("segment", ["vat_moss_receipts", "receipts"])
    def test_canceling_it_reopens_the_invoice(self, any_api: Any, segment: str) -> None:
        """Under either path, although only the path of receipts is documented."""
        invoice = any_api.issue("vat_moss_invoices")
        receipt = any_api.pay(invoice, 123).json()["receipt"]
        assert any_api.read(invoice)["status"] == "settled"
        root = segment.removesuffix("s")
        path = f"/{segment}/{receipt['id']}/change-state.json"
        assert any_api.put(path, {root: {"state": "canceled"}}).status_code == 422
        answer = any_api.put(path, {root: {"state": "canceled", "message": "engano"}})
        assert answer.status_code == 200
        assert answer.json()[root]["status"] == "canceled"
        assert any_api.read(invoice)["status"] == "final"

    def test_it_is_neither_made_nor_changed_by_hand(self, any_api: Any) -> None:
        assert any_api.post("/vat_moss_receipts.json", {}).status_code == 405
        receipt = any_api.pay(any_api.issue("vat_moss_invoices"), 1).json()["receipt"]
        assert any_api.put(f"/vat_moss_receipts/{receipt['id']}.json", {}).status_code == 405

    def test_a_receipt_is_none(self, api: Any) -> None:
        receipt = api.pay(api.issue(), 1).json()["receipt"]
        assert api.get(f"/vat_moss_receipts/{receipt['id']}.json").status_code == 404


class TestCanceling:
    def test_a_live_receipt_stands_in_the_way(self, api: Any) -> None:
        invoice = api.issue()
        receipt = api.pay(invoice, 1).json()["receipt"]
        answer = api.change(invoice, "canceled", "engano")
        assert answer.status_code == 422
        assert "já contém pagamentos" in api.texts(answer)[0]
        api.changed(receipt, "canceled", "engano")
        assert api.changed(invoice, "canceled", "engano")["status"] == "canceled"

    @pytest.mark.parametrize("segment", ["credit_notes", "debit_notes"])
    def test_so_does_a_live_note(self, api: Any, segment: str) -> None:
        invoice = api.issue()
        note = api.issue(segment, owner_invoice_id=invoice["id"])
        assert api.change(invoice, "canceled", "engano").status_code == 422
        api.changed(note, "canceled", "engano")
        assert api.changed(invoice, "canceled", "engano")["status"] == "canceled"

    def test_a_draft_of_a_note_does_not(self, api: Any) -> None:
        invoice = api.issue()
        credit(api, invoice)
        assert api.changed(invoice, "canceled", "engano")["status"] == "canceled"
