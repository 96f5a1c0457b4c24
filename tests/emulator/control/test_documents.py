"""Documents in the control plane: their list, with search, filters and pages, and one in full."""

from __future__ import annotations

import base64
import datetime as dt
import io
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
import zxingcpp
from invoicexpress_emulator.control_client import Control, ControlRefused
from PIL import Image

LINES: Final = [
    {"name": "Trabalho", "description": "à hora", "unit_price": "12.345", "quantity": "2.5", "unit": "hour"},
    {"name": "Livro", "unit_price": "10", "quantity": "1", "discount": 10, "tax": {"name": "IVA6"}},
]


@pytest.fixture
def control(any_api: Any) -> Control:
    any_api.freeze("2026-06-30T12:00:00+01:00")
    return Control(str(any_api.http.base_url), account=any_api.name)


class TestTheList:
    def test_each_filter_looks_at_all_documents(self, any_api: Any, control: Control) -> None:
        control.clock.set(dt.datetime(2026, 5, 31, 12, tzinfo=dt.UTC))
        issued = any_api.issue(client={"name": "Café Ártico, S.A."}, reference="ENC_1%")
        control.clock.set(dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC))
        draft = any_api.create("quotes", items=LINES, observations="Até já")
        receipt = any_api.only(any_api.pay(issued, 123).json())
        (of_issued,) = control.documents(type="Invoice")
        number, atcud = str(of_issued.number), str(of_issued.atcud)
        serie, place = number.removeprefix("FT ").rsplit("/", 1)
        found: list[tuple[dict[str, Any], set[int]]] = [
            ({}, {issued["id"], draft["id"], receipt["id"]}),
            ({"text": "CAFÉ ártico"}, {issued["id"], receipt["id"]}),
            ({"text": " enc_1% "}, {issued["id"]}),
            ({"text": "encx1"}, set()),
            ({"text": number}, {issued["id"]}),
            ({"text": f"{place}/{serie}"}, {issued["id"], receipt["id"]}),
            ({"text": atcud}, {issued["id"]}),
            ({"text": str(draft["id"])}, {draft["id"]}),
            ({"text": "livro"}, {draft["id"]}),
            ({"text": "À HORA"}, {draft["id"]}),
            ({"text": "até JÁ"}, {draft["id"]}),
            ({"text": ""}, {issued["id"], draft["id"], receipt["id"]}),
            ({"type": "Receipt"}, {receipt["id"]}),
            ({"status": "settled"}, {issued["id"]}),
            ({"serie": serie}, {issued["id"], receipt["id"]}),
            ({"serie": "nenhuma"}, set()),
            ({"date_to": dt.date(2026, 5, 31)}, {issued["id"]}),
            ({"date_from": dt.date(2026, 6, 1), "type": "Quote"}, {draft["id"]}),
            ({"date_from": dt.date(2026, 6, 1), "date_to": dt.date(2026, 6, 29)}, set()),
        ]  # fmt: skip
        for wanted, ids in found:
            assert {each.id for each in control.documents(**wanted)} == ids, wanted

    def test_pages(self, any_api: Any, control: Control) -> None:
        made = [any_api.create(reference=f"R{number % 2}")["id"] for number in range(5)]
        newest_first = made[::-1]
        pages = [[each.id for each in control.documents(limit=2, page=page)] for page in (1, 2, 3, 4)]
        assert pages == [newest_first[:2], newest_first[2:4], newest_first[4:], []]
        before = control.documents(limit=2, page=2, before=newest_first[1])
        assert [each.id for each in before] == newest_first[4:]
        answer = any_api.get("/_emulator/documents", account=any_api.name, text="R1", limit=1).json()
        assert (answer["total"], answer["found"], len(answer["documents"])) == (5, 2, 1)

    def test_what_it_refuses(self, control: Control) -> None:
        refused: list[tuple[dict[str, Any], str]] = [
            ({"type": "Fatura"}, '"type" must be one of Invoice, '),
            ({"status": "sent"}, '"status" must be one of draft, final, '),
            ({"page": 0}, '"page" must be a whole number from 1 to '),
        ]
        for wanted, sentence in refused:
            with pytest.raises(ControlRefused, match=f"^422: {sentence}"):
                control.documents(**wanted)

    def test_a_date_is_iso(self, any_api: Any, control: Control) -> None:
        for text in ("30/06/2026", "20260630", "2026-06-31", ""):
            answer = any_api.get("/_emulator/documents", account=any_api.name, date_from=text)
            assert answer.status_code == 422
            assert answer.json()["error"] == '"date_from" must be a date such as 2026-11-21.'


class TestOneInFull:
    def test_a_draft(self, any_api: Any, control: Control) -> None:
        draft = any_api.create(items=LINES, observations="Até já", retention="25")
        shown = control.document_details(draft["id"])
        assert [shown.document] == control.documents()
        work, book = shown.lines
        assert (work.name, work.description, work.unit) == ("Trabalho", "à hora", "hour")
        assert (work.unit_price, work.quantity, work.subtotal) == (
            Decimal("12.345"), Decimal("2.5"), Decimal("30.86"),
        )  # fmt: skip
        assert (str(book.discount), book.tax_name, str(book.tax_rate), str(book.subtotal)) == (
            "10.0", "IVA6", "6.0", "9.00",
        )  # fmt: skip
        assert [(each.rate, each.base, each.tax) for each in sorted(shown.vat, key=lambda it: it.rate)] == [
            (Decimal(6), Decimal(9), Decimal("0.54")), (Decimal(23), Decimal("30.86"), Decimal("7.10")),
        ]  # fmt: skip
        totals = shown.totals
        assert (totals.sum, totals.discount, totals.before_taxes, totals.taxes, totals.total) == (
            Decimal("40.86"), Decimal(1), Decimal("39.86"), Decimal("7.64"), Decimal("47.50"),
        )  # fmt: skip
        assert (totals.withheld, shown.retention, totals.open) == (
            Decimal("9.97"),
            Decimal(25),
            Decimal("47.50"),
        )
        assert (shown.observations, shown.issued_at, shown.qr) == ("Até já", None, None)
        assert (shown.payments, shown.related, shown.chain.previous, shown.chain.signature) == (
            [],
            [],
            None,
            None,
        )
        assert shown.api["states"] == ["finalized", "deleted"]
        assert (shown.api["segment"], shown.api["root"], shown.api["credit_note"]) == (
            "invoices",
            "invoice",
            None,
        )

    def test_payments_relations_and_states(self, any_api: Any, control: Control) -> None:
        invoice = any_api.issue()
        receipt = any_api.only(any_api.pay(invoice, 23).json())
        note = any_api.create("credit_notes", owner_invoice_id=invoice["id"])
        shown = control.document_details(invoice["id"])
        assert [(each.receipt_id, each.amount) for each in shown.payments] == [(receipt["id"], Decimal(23))]
        assert {(each.relation, each.document.id) for each in shown.related} == {
            ("receipt", receipt["id"]), ("successor", note["id"]),
        }  # fmt: skip
        assert shown.totals.open == 100
        assert shown.api["states"] == ["canceled", "settled"]
        assert shown.api["credit_note"] == {"segment": "credit_notes", "root": "credit_note"}
        (of_note,) = control.document_details(note["id"]).related
        (of_receipt,) = control.document_details(receipt["id"]).related
        assert (of_note.relation, of_receipt.relation) == ("origin", "paid")
        assert of_note.document.id == of_receipt.document.id == invoice["id"]
        assert control.document_details(receipt["id"]).payments == shown.payments
        any_api.changed(receipt, "canceled", "engano")
        gone = control.document_details(receipt["id"])
        assert gone.cancel_message == "engano"
        assert gone.canceled_at == dt.datetime.fromisoformat("2026-06-30T12:00:00+01:00")
        assert gone.api["states"] == []

    def test_the_chain_and_the_qr_code(self, any_api: Any, control: Control) -> None:
        ids = [any_api.issue()["id"] for _ in range(3)]
        first, middle, last = (control.document_details(each) for each in ids)
        assert (first.chain.previous, middle.chain.previous) == (None, first.document)
        assert (middle.chain.next, last.chain.next) == (last.document, None)
        assert len({each.chain.signature for each in (first, middle, last)}) == 3
        assert middle.qr is not None
        assert f"*G:{middle.document.number}*H:{middle.document.atcud}*" in middle.qr.text
        picture = Image.open(io.BytesIO(base64.b64decode(middle.qr.png)))
        assert zxingcpp.read_barcodes(picture)[0].text == middle.qr.text

    def test_goods_discount_and_multibanco(self, any_api: Any, control: Control) -> None:
        guide = control.document_details(any_api.create("transports")["id"])
        assert guide.delivery is not None
        assert guide.delivery["loaded_at"]
        assert guide.delivery["from"]
        assert guide.totals.open is None
        invoice = any_api.issue(mb_reference="1", global_discount={"value_type": "percentage", "value": 10})
        shown = control.document_details(invoice["id"])
        assert shown.multibanco is not None
        assert shown.multibanco["amount"] == f"{shown.totals.total}"
        assert shown.global_discount == {"value_type": "percentage", "value": "10.0"}

    def test_it_belongs_to_one_account(self, any_api: Any, control: Control) -> None:
        made = any_api.create()["id"]
        other = control.of(control.create_account(f"{any_api.name}-z").name)
        for wanted, account, refusal in (
            (made, other, "404: There is no document"),
            (1, control, "404: There is no document"),
            (made, control.of("*"), "422: A document belongs to one account"),
        ):
            with pytest.raises(ControlRefused, match=f"^{refusal}"):
                account.document_details(wanted)


def test_the_key_of_an_account_opens_the_api(any_api: Any, control: Control) -> None:
    key = control.api_key()
    made = any_api.create()
    answer = httpx.get(f"{any_api.http.base_url}/invoices/{made['id']}.json", params={"api_key": key})
    assert answer.is_success
    every = any_api.get("/_emulator/key", account="*").json()
    assert every[any_api.name] == {"api_key": key}
    assert len({each["api_key"] for each in every.values()}) == len(every)
