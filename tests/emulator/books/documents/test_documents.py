"""How creates and updates treat the fields of a request."""

from __future__ import annotations

from typing import Any

import pytest


def line(**changes: Any) -> dict[str, Any]:
    return {"name": "Peça", "unit_price": "10", "quantity": "1", **changes}


ALL_TYPES = (
    "invoices", "simplified_invoices", "invoice_receipts", "vat_moss_invoices", "vat_moss_credit_notes",
    "credit_notes", "debit_notes", "quotes", "proformas", "fees_notes",
    "shippings", "transports", "devolutions", "purchase_orders",
)  # read by rows # fmt: skip
FAMILY_ROOTS = {
    **dict.fromkeys(("quotes", "proformas", "fees_notes"), "quote"),
    **dict.fromkeys(("shippings", "transports", "devolutions"), "shipping"),
    "purchase_orders": "purchase_order",
}
"""The root that the documentation has for a whole family; `invoice` for those that are not here."""


@pytest.mark.parametrize("segment", ALL_TYPES)
def test_both_roots_are_accepted_and_the_type_answers(api: Any, segment: str) -> None:
    own = api.root_of(segment)
    family = FAMILY_ROOTS.get(segment, "invoice")
    for root in {own, family}:
        answer = api.post(f"/{segment}.json", {root: api.plain()})
        assert answer.status_code == 201
        assert list(answer.json()) == [own]
        document = answer.json()[own]
        assert api.get(f"/{segment}/{document['id']}.json").json() == {own: document}
        if family != "shipping":
            changed = api.put(f"/{segment}/{document['id']}.json", {root: api.plain(reference="R")})
            assert list(changed.json()) == [own]
        final = api.put(f"/{segment}/{document['id']}/change-state.json", {root: {"state": "finalized"}})
        assert list(final.json()) == [own]


@pytest.mark.parametrize("segment", ALL_TYPES)
def test_the_documented_answer_has_the_root_of_the_family(documented: Any, segment: str) -> None:
    family = FAMILY_ROOTS.get(segment, "invoice")
    answer = documented.post(f"/{segment}.json", {family: documented.plain()})
    assert answer.status_code == 201
    assert list(answer.json()) == [family]


def test_a_root_of_another_family_is_no_root(any_api: Any) -> None:
    answer = any_api.post("/invoices.json", {"quote": any_api.plain()})
    assert answer.status_code == 422
    assert any_api.post("/quotes.json", {"invoice": any_api.plain()}).status_code == 422


def test_a_recorded_draft(api: Any) -> None:
    """A draft has the recorded shape, key by key; in 2019 prices and quantities had one decimal."""
    api.control("config", line_decimals=1)
    body = {
        "date": "13/11/2026",
        "due_date": "14/11/2026",
        "client": {"name": "John", "code": "100"},
        "items": [{"name": "A", "description": "Cleaning", "unit_price": "10.0", "quantity": "1.0"}],
    }
    answer = api.post("/invoice_receipts.json", {"invoice": body})
    draft = answer.json()["invoice_receipt"]
    permalink, identifier = draft.pop("permalink"), draft.pop("id")
    client_id, tax_id = draft["client"].pop("id"), draft["items"][0]["tax"].pop("id")
    assert draft == {
        "status": "draft",
        "archived": False,
        "type": "InvoiceReceipt",
        "sequence_number": "rascunho",
        "date": "13/11/2026",
        "due_date": "14/11/2026",
        "reference": None,
        "observations": None,
        "retention": None,
        "sum": 10.0,
        "discount": 0.0,
        "before_taxes": 10.0,
        "taxes": 2.3,
        "total": 12.3,
        "currency": "Euro",
        "client": {"name": "John", "code": "100"},
        "items": [
            {
                "name": "A",
                "description": "Cleaning",
                "unit_price": "10.0",
                "unit": None,
                "quantity": "1.0",
                "tax": {"name": "IVA23", "value": 23.0},
                "discount": 0.0,
                "subtotal": 10.0,
                "tax_amount": 2.3,
                "discount_amount": 0.0,
                "total": 12.3,
            }
        ],
    }
    assert permalink.rsplit("/", 1)[1].startswith(str(identifier))
    assert all(isinstance(each, int) for each in (identifier, client_id, tax_id))
    assert b'"unit_price":"10.0"' in answer.content
    assert b'"sum":10.0' in answer.content


def test_a_documented_document(documented: Any) -> None:
    document = documented.issue(
        items=[line(name="P", unit_price=100, quantity=2, unit="hour", tax={"name": "IVA23"})]
    )
    assert isinstance(document["sequence_id"], str)
    assert document["retention"] == "0"
    assert document["reference"] == document["observations"] == document["tax_exemption"] == ""
    assert document["atcud"].endswith("-1")
    assert document["client"]["email"] == ""
    assert document["items"] == [
        {
            "name": "P",
            "description": "",
            "unit_price": 100,
            "quantity": 2,
            "unit": "hour",
            "discount": 0,
            "tax": {"name": "IVA23", "value": 23},
            "total": 246,
        }
    ]
    draft = documented.create()
    assert draft["sequence_number"] == "draft"
    assert draft["atcud"] == "N/D"
    row = documented.get("/invoices.json").json()["invoices"][0]
    assert row["items"][0]["unit_price"] == "100.0"
    assert set(row["client"]) == {"id", "name", "country"}


def test_accents_travel_as_escapes(api: Any) -> None:
    answer = api.post("/invoices.json", {"invoice": api.plain(observations="Ação – €")})
    assert b"A\\u00e7\\u00e3o \\u2013 \\u20ac" in answer.content
    assert answer.json()["invoice"]["observations"] == "Ação – €"


class TestClientsOfDocuments:
    def test_an_unknown_client_is_created_with_all_it_says(self, api: Any) -> None:
        sent = {"name": "Nova", "code": "N1", "email": "n@nova.pt", "city": "Faro", "country": "Portugal"}
        document = api.create(client=sent)
        client = api.get("/clients/find-by-code.json", client_code="N1").json()["client"]
        assert client["id"] == document["client"]["id"]
        assert {key: client[key] for key in sent} == sent

    def test_the_code_decides_before_the_name_and_other_fields_are_ignored(self, api: Any) -> None:
        by_code = api.create(client={"name": "Primeira", "code": "C1", "city": "Porto"})["client"]["id"]
        by_name = api.create(client={"name": "Segunda", "code": "C2"})["client"]["id"]
        assert (
            api.create(client={"name": "Segunda", "code": "C1", "city": "Braga"})["client"]["id"] == by_code
        )
        assert api.create(client={"name": "Segunda", "code": "C9"})["client"]["id"] == by_name
        assert api.create(client={"name": "Segunda"})["client"]["id"] == by_name
        assert api.get(f"/clients/{by_code}.json").json()["client"]["city"] == "Porto"

    def test_without_a_client_only_simplified_invoices_are_made(self, api: Any) -> None:
        answer = api.post("/invoices.json", {"invoice": {"items": [line()]}})
        assert answer.status_code == 422
        assert api.texts(answer) == ["Elemento client não fornecido"]
        made = api.post("/simplified_invoices.json", {"invoice": {"items": [line()]}})
        assert made.json()["simplified_invoice"]["client"]["name"] == "Consumidor Final"

    def test_a_bad_new_client_refuses_the_document_and_leaves_nothing(self, api: Any) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(client={"name": "X", "country": "PT"})})
        assert answer.status_code == 422
        assert api.texts(answer) == ["Cliente não é válido", "Country PT was not found"]
        assert api.get("/clients.json").json()["pagination"]["total_entries"] == 0
        assert api.get("/items.json").json() == {"items": []}

    def test_a_wrong_tax_number_can_be_refused_dropped_or_kept(self, api: Any) -> None:
        def client(code: str) -> dict[str, str]:
            return {"name": code, "code": code, "fiscal_id": "123456780", "country": "Portugal"}

        refused = api.post("/invoices.json", {"invoice": api.plain(client=client("A"))})
        assert api.texts(refused) == ["Cliente não é válido", "Fiscal não é válido"]
        for setting, kept in (("final_consumer", None), ("accept", "123456780")):
            api.control("config", fiscal_id=setting)
            document = api.create(client=client(setting))
            stored = api.get(f"/clients/{document['client']['id']}.json").json()["client"]
            assert stored["fiscal_id"] == kept

    def test_issued_documents_keep_the_client_that_they_had(self, api: Any) -> None:
        draft, issued = api.create(), api.issue()
        client_id = draft["client"]["id"]
        assert api.put(f"/clients/{client_id}.json", {"client": {"name": "Outro nome"}}).status_code == 200
        assert api.read(draft)["client"]["name"] == "Outro nome"
        assert api.read(issued)["client"]["name"] == "Ana Lda"


class TestLines:
    def test_items_are_created_and_overwritten(self, api: Any) -> None:
        api.create(items=[line(name="Peça", description="um", unit_price="10")])
        api.create(items=[line(name="Peça", description="dois", unit_price="12.5", unit="hour")])
        (item,) = api.get("/items.json").json()["items"]
        assert (item["description"], item["unit_price"], item["unit"]) == ("dois", 12.5, "hour")

    def test_scales_are_two_decimals_for_quantity_and_four_for_price(self, api: Any) -> None:
        api.control("config", line_decimals="stored")
        (shown,) = api.create(items=[line(unit_price="1.23455", quantity="2.345")])["items"]
        assert (shown["unit_price"], shown["quantity"]) == ("1.2346", "2.35")
        assert shown["subtotal"] == pytest.approx(2.90131)

    def test_numbers_may_be_text_or_numbers(self, api: Any) -> None:
        totals = {
            api.create(items=[line(unit_price=price, quantity=quantity, discount=discount)])["total"]
            for price, quantity, discount in (("10.5", "2", "50"), (10.5, 2, 50), ("10.50", 2.0, "50.0"))
        }
        assert totals == {12.92}

    @pytest.mark.parametrize("tax", [None, {}, {"name": "IVA99"}, {"id": 1}, {"name": None, "value": None}])
    def test_an_unknown_tax_is_the_default_tax(self, api: Any, tax: Any) -> None:
        assert api.create(items=[line(tax=tax)])["items"][0]["tax"]["name"] == "IVA23"
        taxes = api.get("/taxes.json").json()["taxes"]
        other = {"name": "IVA6", "value": "6.0", "region": "PT", "default_tax": 1}
        assert api.put(f"/taxes/{taxes[2]['id']}.json", {"tax": other}).status_code == 200
        assert api.create(items=[line(tax=tax)])["items"][0]["tax"]["name"] == "IVA6"

    def test_a_tax_is_found_by_name_or_by_rate(self, api: Any) -> None:
        assert api.create(items=[line(tax={"name": "IVA6"})])["taxes"] == 0.6
        assert api.create(items=[line(tax={"value": 13})])["items"][0]["tax"]["name"] == "IVA13"

    def test_a_percent_discount_works_and_an_absolute_one_is_ignored(self, api: Any) -> None:
        document = api.create(items=[line(unit_price="100", discount="10", discount_amount="50")])
        assert (document["sum"], document["discount"], document["before_taxes"]) == (100, 10, 90)

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"unit_price": "abc"}, "Unit price must be a number"),
            ({"unit_price": None}, "Unit price must be a number"),
            ({"unit_price": "1,5"}, "Unit price must be a number"),
            ({"unit_price": True}, "Unit price must be a number"),
            ({"unit_price": "-1"}, "Item price must be positive"),
            ({"quantity": "-1"}, "Quantity must be a number greater than 0"),
            ({"quantity": "muitos"}, "Quantity must be a number greater than 0"),
            ({"discount": "-5"}, "Discount must be a number between 0 and 100"),
            ({"discount": "100.01"}, "Discount must be a number between 0 and 100"),
            ({"discount": "x"}, "Discount is not a number"),
            ({"unit": "kg"}, "Unit kg is not included in the list of accepted units"),
            ({"name": ""}, "Name is a required field"),
            ({"unit_price": "9" * 20}, "Total is too large"),
            ({"unit_price": "999999999", "quantity": "9"}, "Total is too large"),
        ],
    )
    def test_bad_lines_are_named(self, api: Any, changes: dict[str, Any], complaint: str) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(items=[line(**changes)])})
        assert answer.status_code == 422
        assert complaint in api.texts(answer)

    @pytest.mark.parametrize(
        ("items", "complaint"),
        [
            (None, "Document should have at least one item"),
            ([], "Document should have at least one item"),
            ({"item": [line()]}, "Items element should be of type array"),
            ("linhas", "Items element should be of type array"),
            (["linha"], "Items element should be an array of objects"),
        ],
    )
    def test_items_must_be_a_list_with_something_in_it(self, api: Any, items: Any, complaint: str) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(items=items)})
        assert answer.status_code == 422
        assert complaint in api.texts(answer)


class TestDates:
    @pytest.mark.parametrize("sent", ["32/13/2026", "amanhã", "", "2026/01/01", "31/02/2026"])
    def test_an_unreadable_date_is_today_in_lisbon(self, api: Any, sent: str) -> None:
        # Half past midnight in Lisbon's summer is still yesterday in UTC.
        api.freeze("2026-07-01T00:30:00")
        document = api.create(date=sent, due_date=sent)
        assert document["date"] == document["due_date"] == "01/07/2026"

    def test_dates_are_read_day_first_and_iso_too(self, api: Any) -> None:
        assert api.create(date="3/12/2017", due_date="2017-12-04")["date"] == "03/12/2017"
        assert api.create(date="2020-10-24")["date"] == "24/10/2020"
        assert api.create(date="01/01/2030")["date"] == "01/01/2030"

    def test_a_missing_due_date_is_the_date(self, api: Any) -> None:
        assert api.create(date="05/05/2027")["due_date"] == "05/05/2027"
        api.freeze("2026-03-04T12:00:00")
        assert api.create()["date"] == "04/03/2026"

    def test_an_unreadable_due_date_is_today_too(self, api: Any) -> None:
        api.freeze("2026-03-04T12:00:00")
        assert api.create(date="05/05/2027", due_date="logo")["due_date"] == "04/03/2026"

    def test_a_number_is_no_date(self, api: Any, documented: Any) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(date=1)})
        assert (answer.status_code, api.texts(answer)) == (422, ["Date is not valid"])
        answer = documented.post("/invoices.json", {"invoice": documented.plain(date=1)})
        assert answer.json() == {"errors": {"error": "undefined method `match' for 1:Integer"}}


class TestExemption:
    EXEMPT = (line(tax={"name": "Isento"}),)

    @pytest.mark.parametrize("code", [None, "M00", ""])
    def test_a_line_without_tax_needs_a_reason(self, any_api: Any, code: str | None) -> None:
        answer = any_api.post(
            "/invoices.json", {"invoice": any_api.plain(items=self.EXEMPT, tax_exemption=code)}
        )
        assert answer.status_code == 422
        assert any_api.texts(answer) == ["Razão de isenção deve ter uma opção selecionada"]

    @pytest.mark.parametrize(
        "sent",
        [
            {"items": EXEMPT, "tax_exemption": "M07"},
            {"items": EXEMPT, "tax_exemption_reason": "M07"},
            {"items": [line(tax={"name": "Isento"}, tax_exemption="M07")]},
        ],
    )
    def test_the_reason_may_stand_in_three_places(self, api: Any, sent: dict[str, Any]) -> None:
        draft = api.create(**sent)
        assert draft["tax_exemption"] == "M07"
        assert draft["observations"] is None
        issued = api.changed(draft, "finalized")
        assert issued["observations"] == "\nIsento artigo 9.º do CIVA"

    def test_the_words_are_appended_to_the_observations(self, api: Any) -> None:
        issued = api.issue(items=self.EXEMPT, tax_exemption="M02", observations="Obrigado")
        assert issued["observations"].startswith("Obrigado\nArtigo 6.º")

    @pytest.mark.parametrize("place", ["tax_exemption", "line"])
    def test_an_unknown_code_is_refused_with_the_list(self, api: Any, place: str) -> None:
        sent = (
            {"items": self.EXEMPT, "tax_exemption": "M03"}
            if place == "tax_exemption"
            else {"items": [line(tax={"name": "Isento"}, tax_exemption="M03")]}
        )
        answer = api.post("/invoices.json", {"invoice": api.plain(**sent)})
        (text,) = api.texts(answer)
        assert text.startswith("Tax exemption should be one of: M01,")
        assert text.endswith("M99")

    def test_a_nested_code_is_ignored(self, api: Any) -> None:
        items = [line(tax={"name": "Isento", "exemption_code": "M07"})]
        assert api.post("/invoices.json", {"invoice": api.plain(items=items)}).status_code == 422

    def test_an_update_without_a_reason_stamps_m99(self, api: Any) -> None:
        draft = api.create(items=self.EXEMPT, tax_exemption="M07")
        changed = api.put(f"/invoices/{draft['id']}.json", {"invoice": api.plain(items=self.EXEMPT)})
        assert changed.json()["invoice"]["tax_exemption"] == "M99"

    def test_taxed_documents_show_no_reason(self, api: Any) -> None:
        assert "tax_exemption" not in api.create(tax_exemption="M01")


class TestOtherFields:
    def test_retention_is_a_percentage_that_leaves_the_total_alone(self, api: Any) -> None:
        document = api.create(retention="25")
        assert (document["retention"], document["total"]) == ("25.0", 123.0)

    @pytest.mark.parametrize("sent", ["-1", "99.999", "100", "muito"])
    def test_retention_has_a_range(self, api: Any, sent: str) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(retention=sent)})
        assert api.texts(answer) == ["Retention must be a number between 0 and 99.99"]

    def test_a_global_discount_in_percent_and_in_euros(self, api: Any) -> None:
        document = api.create(global_discount={"value_type": "percentage", "value": 10})
        assert (document["sum"], document["discount"], document["total"]) == (100, 10, 110.7)
        assert document["global_discount"] == {"value_type": "percentage", "value": 10}
        document = api.create(global_discount={"value_type": "absolute", "value": "40"})
        assert (document["before_taxes"], document["taxes"]) == (60, 13.8)
        assert "global_discount" not in api.create()

    @pytest.mark.parametrize(
        "sent",
        [
            {"value_type": "absolute", "value": "100.01"},
            {"value_type": "percentage", "value": 101},
            {"value_type": "tudo", "value": 1},
            {"value_type": "percentage"},
            {"value_type": "percentage", "value": -1},
        ],
    )
    def test_a_global_discount_that_cannot_be(self, api: Any, sent: dict[str, Any]) -> None:
        assert api.post("/invoices.json", {"invoice": api.plain(global_discount=sent)}).status_code == 422

    def test_a_foreign_currency_converts_the_total_only(self, api: Any) -> None:
        document = api.create(currency_code="USD", rate="1.23565")
        assert document["total"] == 123
        assert document["currency"] == "Euro"
        assert document["multicurrency"] == {"rate": "1.23565", "currency": "U.S. dollar", "total": 151.98}
        assert "multicurrency" not in api.create(currency_code="EUR")
        assert api.post("/invoices.json", {"invoice": api.plain(currency_code="XXX")}).status_code == 422
        refused = api.post("/invoices.json", {"invoice": api.plain(currency_code="USD", rate="0")})
        assert refused.status_code == 422

    def test_a_multibanco_reference_comes_with_the_number(self, api: Any) -> None:
        draft = api.create(mb_reference="1")
        assert "mb_reference" not in draft
        reference = api.changed(draft, "finalized")["mb_reference"]
        assert (reference["entity"], reference["value"]) == ("00000", 123.0)
        digits = f"00000{reference['reference'][:7]}{12300:08d}{reference['reference'][7:]}"
        assert int(digits) % 97 == 1
        assert len(reference["reference"]) == 9
        assert "mb_reference" not in api.issue()
        assert "mb_reference" not in api.issue("credit_notes", mb_reference="1")

    def test_a_multibanco_reference_wants_the_feature(self, any_api: Any) -> None:
        any_api.control("config", multibanco=False)
        answer = any_api.post("/invoices.json", {"invoice": any_api.plain(mb_reference="1")})
        assert answer.status_code == 422
        assert "no payment provider is configurated" in str(any_api.texts(answer))
        any_api.create(mb_reference="0")
        any_api.create("credit_notes", mb_reference="1")

    def test_an_update_replaces_everything(self, api: Any) -> None:
        draft = api.create(reference="R", observations="O", retention="10", mb_reference="1")
        changed = api.put(
            f"/invoices/{draft['id']}.json",
            {"invoice": api.plain(date="01/02/2027", items=[line(name="Outra")])},
        ).json()["invoice"]
        assert (changed["reference"], changed["observations"], changed["retention"]) == (None, None, None)
        assert [each["name"] for each in changed["items"]] == ["Outra"]
        assert changed == api.read(draft)

    def test_an_update_wants_client_and_items(self, any_api: Any) -> None:
        draft = any_api.create()
        path = f"/invoices/{draft['id']}.json"
        answer = any_api.put(path, {"invoice": {"items": [line()]}})
        assert "Elemento client não fornecido" in str(any_api.texts(answer))
        assert any_api.put(path, {"invoice": {"client": {"name": "Ana Lda"}}}).status_code == 422
        assert any_api.read(draft)["items"][0]["name"] == "Trabalho"

    def test_a_series_of_another_type_is_refused(self, api: Any) -> None:
        series = api.get("/sequences.json").json()["sequences"][0]
        answer = api.post("/invoice_receipts.json", {"invoice": api.plain(sequence_id=series["id"])})
        assert answer.json() == {"errors": [{"error": "A série não corresponde ao tipo de documento"}]}
        own = series["current_invoice_receipt_sequence_id"]
        assert api.issue("invoice_receipts", sequence_id=str(own))["sequence_id"] == own

    def test_the_documented_error_is_one_object(self, documented: Any) -> None:
        answer = documented.post("/invoices.json", {"invoice": {"items": [line()]}})
        assert answer.json() == {"errors": {"error": "Elemento client não fornecido"}}


class TestProprietaryUid:
    def test_a_replay_gives_the_same_document(self, any_api: Any) -> None:
        def create(**changes: Any) -> Any:
            answer = any_api.post(
                "/invoices.json", {"invoice": any_api.plain(**changes), "proprietary_uid": "u-1"}
            )
            assert answer.status_code == 201
            return any_api.only(answer.json())

        first = create()
        assert create(reference="outra") == first
        assert any_api.get("/invoices.json").json()["pagination"]["total_entries"] == 1
        any_api.changed(first, "finalized")
        assert create()["id"] == first["id"]

    @pytest.mark.parametrize("way", [("finalized", "canceled"), ("deleted",)])
    def test_a_canceled_document_frees_its_uid(self, api: Any, way: tuple[str, ...]) -> None:
        body = {"invoice": api.plain(), "proprietary_uid": "u-2"}
        first = api.post("/invoices.json", body).json()["invoice"]
        for verb in way:
            api.changed(first, verb, "motivo")
        assert api.post("/invoices.json", body).json()["invoice"]["id"] != first["id"]

    def test_inside_the_root_it_means_nothing(self, api: Any) -> None:
        body = {"invoice": api.plain(proprietary_uid="u-3")}
        ids = {api.post("/invoices.json", body).json()["invoice"]["id"] for _ in range(2)}
        assert len(ids) == 2

    def test_accounts_do_not_share_uids(self, api: Any, other: Any) -> None:
        body = {"invoice": api.plain(), "proprietary_uid": "u-4"}
        assert api.post("/invoices.json", body).json() != other.post("/invoices.json", body).json()

    def test_estimates_have_none(self, api: Any) -> None:
        body = {"quote": api.plain(), "proprietary_uid": "u-5"}
        ids = {api.post("/quotes.json", body).json()["quote"]["id"] for _ in range(2)}
        assert len(ids) == 2

    @pytest.mark.parametrize("uid", [1, ["a"], {"a": 1}, "x" * 256])
    def test_it_must_be_a_text(self, api: Any, uid: Any) -> None:
        answer = api.post("/invoices.json", {"invoice": api.plain(), "proprietary_uid": uid})
        assert answer.status_code == 422


@pytest.mark.parametrize("key", ["cc", "bcc"])
def test_a_copy_to_false_is_none(any_api: Any, key: str) -> None:
    """A client sends false where it has no copy (assumed to be accepted)."""
    issued = any_api.issue()
    path = f"/invoices/{issued['id']}/email-document.json"
    message = {"client": {"email": "a@example.com"}, "subject": "S", key: False}
    assert any_api.put(path, {"message": message}).status_code == 200
    (sent,) = any_api.get("/_emulator/outbox", account=any_api.name).json()["messages"]
    assert sent[key] is None
    assert any_api.put(path, {"message": {**message, key: True}}).status_code == 422
