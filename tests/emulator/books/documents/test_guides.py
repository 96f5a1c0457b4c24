"""Guides: fields about goods, loading times, the tax authority's code, and invoicing."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.http.wire_values import parse_moment, portuguese_moment
from pypdf import PdfReader

SEGMENTS = ("shippings", "transports", "devolutions")
PORTO = {
    "detail": "Avenida dos Aliados",
    "city": "Porto",
    "postal_code": "4000-327",
    "country": "Portugal",
}


def ids(answer: Any, root: str = "guides") -> list[int]:
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()[root]]


def post(api: Any, segment: str = "transports", **changes: Any) -> httpx.Response:
    answer: httpx.Response = api.post(f"/{segment}.json", {api.root_of(segment): api.plain(**changes)})
    return answer


class TestContent:
    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_what_was_sent_is_shown(self, any_api: Any, segment: str) -> None:
        draft = any_api.create(segment, load_site="Armazém 2")
        assert draft["status"] == "draft"
        assert draft["license_plate"] == "11-AA-22"
        for key in ("address_from", "address_to"):
            assert draft[key] == any_api.plain()[key]
        assert "at_doc_code_id" not in draft
        assert any_api.read(draft) == draft

    def test_the_observed_guide_says_when_and_where_it_is_loaded(self, api: Any) -> None:
        draft = api.create("shippings", load_site="Armazém 2")
        assert draft["loaded_at"] == "02/01/2090 19:00:00"
        assert (draft["load_site"], draft["delivery_site"]) == ("Armazém 2", "Cais 3")
        assert api.create("shippings", delivery_site=None, license_plate=None).items() >= {
            ("load_site", None), ("delivery_site", None), ("license_plate", None)
        }  # fmt: skip

    def test_the_documented_guide_has_the_keys_of_the_vendors_example(self, documented: Any) -> None:
        guide = documented.issue("devolutions", license_plate="")
        for _ in range(2):
            guide = documented.read(guide)
        assert list(guide) == [
            "id", "status", "archived", "type", "sequence_number", "inverted_sequence_number", "atcud",
            "sequence_id", "tax_exemption", "date", "due_date", "reference", "observations", "retention",
            "permalink", "saft_hash", "sum", "discount", "before_taxes", "taxes", "total", "currency",
            "address_from", "address_to", "client", "items", "at_doc_code_id", "license_plate",
        ]  # fmt: skip
        assert guide["license_plate"] == ""
        (line,) = guide["items"]
        assert (line["unit_price"], line["quantity"], line["subtotal"]) == ("100.0", "1.0", 100)

    @pytest.mark.parametrize(
        "changes",
        [
            {"loaded_at": None}, {"loaded_at": ""}, {"loaded_at": "amanhã"},
            {"loaded_at": "2090-13-01 10:00:00"},
            {"loaded_at": "31/02/2090 10:00:00"}, {"loaded_at": "02/01/2090 25:00:00"},
            {"loaded_at": "02/01/2090 10h"}, {"loaded_at": ["02/01/2090 10:00:00"]},
            {"address_from": None}, {"address_to": {}}, {"address_to": "Porto"},
            {"address_to": {**PORTO, "postal_code": " "}},
            {"address_from": {**PORTO, "country": "Atlântida"}},
        ],
    )  # fmt: skip
    def test_what_a_guide_must_say(self, any_api: Any, changes: dict[str, Any]) -> None:
        answer = post(any_api, **changes)
        assert answer.status_code == 422
        assert any_api.texts(answer)
        assert ids(any_api.get("/guides.json")) == []

    def test_a_dash_stands_for_what_is_not_known(self, any_api: Any) -> None:
        answer = post(any_api, address_to={**PORTO, "postal_code": "-"})
        assert answer.status_code == 201

    def test_invoices_say_nothing_of_goods(self, any_api: Any) -> None:
        assert not {"loaded_at", "address_from", "license_plate"} & any_api.create().keys()

    def test_goods_may_be_worth_nothing(self, any_api: Any) -> None:
        guide = any_api.issue("transports", items=[{"name": "Amostra", "unit_price": "0", "quantity": 3}])
        assert (guide["status"], guide["total"]) == ("final", 0)

    @given(moment=st.datetimes())
    def test_moments_read_as_they_were_printed(self, moment: datetime) -> None:
        assert parse_moment(portuguese_moment(moment)) == moment.replace(microsecond=0)


class TestDeparture:
    def test_a_draft_may_be_late_and_an_issued_guide_may_not(self, any_api: Any) -> None:
        any_api.freeze("2026-07-10T12:00:00")
        draft = any_api.create("transports", loaded_at="10/07/2026 09:00:00")
        answer = any_api.change(draft, "finalized")
        assert answer.status_code == 422
        assert any_api.texts(answer) == ["Loaded at must be later than now"]
        assert any_api.read(draft)["status"] == "draft"

    @pytest.mark.parametrize(
        ("now", "loaded_at", "status"),
        [
            ("2026-07-10T12:00:00", "10/07/2026 12:00:01", 200),
            ("2026-07-10T12:00:00", "10/07/2026 12:00:00", 422),
            # In summer Lisbon is an hour ahead of UTC: 11:30 of UTC is 12:30 there.
            ("2026-07-10T11:30:00+00:00", "10/07/2026 12:15:00", 422),
            ("2026-07-10T11:30:00+00:00", "10/07/2026 12:45:00", 200),
            ("2026-12-10T11:30:00+00:00", "10/12/2026 11:45:00", 200),
        ],
    )
    def test_lisbon_time_decides(self, api: Any, now: str, loaded_at: str, status: int) -> None:
        api.freeze(now)
        draft = api.create("devolutions", loaded_at=loaded_at)
        assert api.change(draft, "finalized").status_code == status


class TestCodeOfTheTaxAuthority:
    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_it_is_there_from_the_second_read_on(self, any_api: Any, segment: str) -> None:
        draft = any_api.create(segment)
        for _ in range(3):
            assert "at_doc_code_id" not in any_api.read(draft)
        issued = any_api.changed(draft, "finalized")
        assert "at_doc_code_id" not in issued
        assert "at_doc_code_id" not in any_api.read(issued)
        code = any_api.read(issued)["at_doc_code_id"]
        assert code.startswith("EMU")
        (row,) = any_api.get("/guides.json").json()["guides"]
        assert row["at_doc_code_id"] == any_api.read(issued)["at_doc_code_id"] == code
        assert any_api.changed(issued, "canceled", "motivo")["at_doc_code_id"] == code

    def test_it_is_the_guides_own(self, api: Any) -> None:
        api.control("config", at_doc_code="immediate")
        assert (
            api.read(api.issue("shippings"))["at_doc_code_id"]
            != api.read(api.issue("shippings"))["at_doc_code_id"]
        )

    def test_a_canceled_guide_gets_none(self, api: Any) -> None:
        canceled = api.changed(api.issue("transports"), "canceled", "motivo")
        assert not [each for each in (api.read(canceled) for _ in range(3)) if "at_doc_code_id" in each]

    def test_polls(self, api: Any) -> None:
        api.control("config", at_doc_code={"polls": 4})
        guide = api.issue("transports")
        assert ["at_doc_code_id" in api.read(guide) for _ in range(5)] == [False, False, False, True, True]

    def test_seconds_are_those_of_the_accounts_clock(self, api: Any) -> None:
        api.control("config", at_doc_code={"seconds": 60})
        api.control("clock", freeze=True)
        guide = api.issue("transports")
        assert "at_doc_code_id" not in api.read(guide)
        api.control("clock", advance=59)
        assert "at_doc_code_id" not in api.read(guide)
        api.control("clock", advance=1)
        assert "at_doc_code_id" in api.read(guide)


class TestUpdate:
    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_live_it_fails_and_changes_nothing(self, api: Any, segment: str) -> None:
        draft = api.create(segment)
        body = {api.root_of(segment): api.plain(reference="R")}
        answer = api.put(f"/{segment}/{draft['id']}.json", body)
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith("text/html")
        assert api.read(draft) == draft
        assert api.put(f"/{segment}/0.json", body).status_code == 404

    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_as_documented_it_replaces_the_draft(self, documented: Any, segment: str) -> None:
        draft = documented.create(segment)
        moved = {**PORTO, "city": "Braga"}
        body = {"shipping": documented.plain(reference="R", address_to=moved)}
        answer = documented.put(f"/{segment}/{draft['id']}.json", body)
        assert (answer.status_code, list(answer.json())) == (200, ["shipping"])
        read = documented.read(draft)
        assert (read["reference"], read["address_to"]) == ("R", moved)
        late = {"shipping": documented.plain(loaded_at="ontem")}
        assert documented.put(f"/{segment}/{draft['id']}.json", late).status_code == 422
        documented.changed(draft, "finalized")
        assert documented.put(f"/{segment}/{draft['id']}.json", body).status_code == 422


class TestLists:
    def test_guides_of_all_types_and_nothing_else(self, any_api: Any) -> None:
        made = [any_api.create(segment)["id"] for segment in SEGMENTS]
        any_api.create("invoices")
        any_api.create("purchase_orders")
        answer = any_api.get("/guides.json")
        assert ids(answer) == made
        assert answer.json()["pagination"]["total_entries"] == 3
        assert ids(any_api.get("/guides.json", page=2, per_page=2)) == made[2:]
        assert ids(any_api.get("/invoices.json"), "invoices") == [made[-1] + 1]

    def test_filters(self, any_api: Any) -> None:
        early = any_api.create("shippings", loaded_at="31/12/2089 23:59:59", client={"name": "Outra"})
        same_day = any_api.create("transports", loaded_at="01/01/2090 00:00:00")
        late = any_api.issue("devolutions", loaded_at="01/01/2090 23:59:59")
        for query, expected in (
            ({"loaded_at[from]": "01/01/2090"}, [same_day, late]),
            ({"loaded_at[to]": "31/12/2089"}, [early]),
            ({"loaded_at[from]": "01/01/2090", "loaded_at[to]": "01/01/2090"}, [same_day, late]),
            ({"loaded_at[from]": "string", "loaded_at[to]": ""}, [early, same_day, late]),
            ({"type[]": ["Shipping", "Devolution"]}, [early, late]),
            ({"status[]": "sent"}, [late]),
            ({"status[]": ["draft", "canceled"]}, [early, same_day]),
            ({"text": "outra"}, [early]),
            ({"non_archived": "true"}, [early, same_day, late]),
            ({"archived": "true"}, []),
        ):
            assert ids(any_api.get("/guides.json", **query)) == [each["id"] for each in expected], query


class TestInvoicing:
    @pytest.mark.parametrize("segment", ["invoices", "simplified_invoices", "invoice_receipts"])
    def test_an_invoice_of_a_guide_is_related_to_it(self, any_api: Any, segment: str) -> None:
        guide = any_api.issue("transports")
        invoice = any_api.issue(segment, owner_invoice_id=guide["id"])
        for one, expected in ((guide, invoice), (invoice, guide)):
            answer = any_api.get(f"/document/{one['id']}/related_documents.json")
            assert ids(answer, "documents") == [expected["id"]]

    def test_a_guide_that_is_not_issued_cannot_be_invoiced(self, any_api: Any) -> None:
        draft = any_api.create("transports")
        canceled = any_api.changed(any_api.issue("shippings"), "canceled", "motivo")
        for guide, word in ((draft, "draft"), (canceled, "canceled")):
            answer = any_api.post("/invoices.json", {"invoice": any_api.plain(owner_invoice_id=guide["id"])})
            assert answer.status_code == 422
            assert any_api.texts(answer) == [
                f"Owner document must not be {'in draft' if word == 'draft' else word}"
            ]

    def test_a_guide_that_is_canceled_in_between_stops_the_invoice(self, api: Any) -> None:
        guide = api.issue("transports")
        draft = api.create(owner_invoice_id=guide["id"])
        api.changed(guide, "canceled", "motivo")
        assert api.change(draft, "finalized").status_code == 422

    def test_other_owners_of_an_invoice_are_ignored(self, api: Any) -> None:
        quote = api.issue("quotes")
        for owner in (quote["id"], 1, "x"):
            invoice = api.issue(owner_invoice_id=owner)
            answer = api.get(f"/document/{invoice['id']}/related_documents.json")
            assert answer.json() == {"documents": []}

    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_a_guide_may_come_after_its_invoice(self, any_api: Any, segment: str) -> None:
        invoice = any_api.issue()
        guide = any_api.issue(segment, owner_invoice_id=invoice["id"])
        for one, expected in ((guide, invoice), (invoice, guide)):
            answer = any_api.get(f"/document/{one['id']}/related_documents.json")
            assert ids(answer, "documents") == [expected["id"]]
        draft = any_api.post(
            f"/{segment}.json",
            {any_api.root_of(segment): any_api.plain(owner_invoice_id=any_api.create()["id"])},
        )
        assert (draft.status_code, any_api.texts(draft)) == (422, ["Owner document must not be in draft"])
        alone = any_api.issue(segment, owner_invoice_id=guide["id"])
        answer = any_api.get(f"/document/{alone['id']}/related_documents.json")
        assert answer.json() == {"documents": []}

    def test_a_guide_cannot_be_credited(self, any_api: Any) -> None:
        body = {"credit_note": any_api.plain(owner_invoice_id=any_api.issue("transports")["id"])}
        answer = any_api.post("/credit_notes.json", body)
        assert (answer.status_code, any_api.texts(answer)) == (422, ["Owner document must be an invoice"])


class TestRenderings:
    def test_the_pdf_says_where_the_goods_go(self, api: Any) -> None:
        api.control("config", pdf="immediate", at_doc_code="immediate")
        guide = api.read(api.issue("transports", load_site="Armazém 2"))
        url = api.get(f"/api/pdf/{guide['id']}.json").json()["output"]["pdfUrl"]
        pages = PdfReader(io.BytesIO(httpx.get(url).content)).pages
        text = "\n".join(page.extract_text() for page in pages)
        for expected in (
            "Guia de transporte", f"GT {guide['inverted_sequence_number']}", "Local de carga", "Armazém 2",
            "Avenida dos Aliados", "4000-327 Porto", "02/01/2090 às 19:00:00", "11-AA-22",
            guide["at_doc_code_id"], "Este documento não serve de fatura", f"ATCUD:{guide['atcud']}",
        ):  # fmt: skip
            assert expected in text, expected

    @pytest.mark.parametrize("segment", SEGMENTS)
    def test_the_qr_code_is_a_picture(self, any_api: Any, segment: str) -> None:
        any_api.control("config", qr_code="immediate")
        path = f"/api/qr_codes/{any_api.issue(segment)['id']}.json"
        file = httpx.get(any_api.get(path).json()["qr_code"]["url"])
        assert (file.status_code, file.headers["content-type"]) == (200, "image/png")
        assert any_api.get(f"/api/qr_codes/{any_api.create(segment)['id']}.json").status_code == 422

    def test_it_is_sent_by_email(self, any_api: Any) -> None:
        guide = any_api.issue("devolutions")
        message = {"message": {"client": {"email": "a@example.com"}}}
        answer = any_api.put(f"/devolutions/{guide['id']}/email-document.json", message)
        assert (answer.status_code, answer.content) == (200, b"")
        (kept,) = any_api.get("/_emulator/outbox", account=any_api.name).json()["messages"]
        assert (kept["document_id"], kept["document_type"]) == (guide["id"], "Devolution")


def test_a_reset_forgets_guides(api: Any) -> None:
    api.issue(owner_invoice_id=api.issue("transports")["id"])
    api.control("reset")
    assert ids(api.get("/guides.json")) == []
    api.freeze("2026-01-01T00:00:00")
    guide = api.issue("transports", loaded_at="01/01/2026 00:05:00")
    assert guide["inverted_sequence_number"].endswith("/1")
