"""Clients, items, taxes and series, each with the shapes of both wires."""

from __future__ import annotations

from typing import Any

import pytest

CLIENT: dict[str, Any] = {
    "name": "Ana, Unipessoal",
    "code": "A-1",
    "email": "ana@example.pt",
    "language": "pt",
    "address": "Rua A",
    "city": "Lisboa",
    "postal_code": "1000-001",
    "country": "Portugal",
    "fiscal_id": "508025338",
    "website": "www.ana.pt",
    "phone": "210000000",
    "fax": "210000001",
    "observations": "boa cliente",
    "send_options": "2",
    "payment_days": "30",
    "tax_exemption_code": "M07",
    "preferred_contact": {"name": "Ana", "email": "a@example.pt", "phone": "1", "mobile": 912345678},
}


class TestClients:
    def test_create_echoes_what_was_sent(self, api: Any) -> None:
        answer = api.post("/clients.json", {"client": CLIENT})
        assert answer.status_code == 201
        shown = answer.json()["client"]
        assert isinstance(shown.pop("id"), int)
        contact = {**CLIENT["preferred_contact"], "mobile": "912345678"}
        expected: dict[str, Any] = {**CLIENT, "send_options": 2, "preferred_contact": contact}
        del expected["payment_days"], expected["tax_exemption_code"]
        assert shown == expected

    def test_get_and_the_finds_show_more(self, api: Any) -> None:
        made = api.post("/clients.json", {"client": CLIENT}).json()["client"]
        shown = api.get(f"/clients/{made['id']}.json").json()["client"]
        assert shown.pop("open_account_link").rsplit("/", 1)[0].endswith("/suppliers")
        assert (shown.pop("payment_days"), shown.pop("tax_exemption_code")) == (30, "M07")
        assert shown == made
        by_name = api.get("/clients/find-by-name.json", client_name=CLIENT["name"]).json()
        by_code = api.get("/clients/find-by-code.json", client_code="A-1").json()
        assert by_name == by_code == api.get(f"/clients/{made['id']}.json").json()

    def test_the_least_client(self, api: Any) -> None:
        made = api.post("/clients.json", {"client": {"name": "Só nome"}}).json()["client"]
        assert made["preferred_contact"] == {}
        assert "country" not in made
        assert made["code"] is made["email"] is made["send_options"] is None
        shown = api.get(f"/clients/{made['id']}.json").json()["client"]
        assert (shown["payment_days"], shown["tax_exemption_code"]) == (0, "M00")
        assert shown["preferred_contact"] == {}
        (row,) = api.get("/clients.json").json()["clients"]
        assert row["preferred_contact"] == {}

    def test_documented_types(self, documented: Any) -> None:
        made = documented.post("/clients.json", {"client": CLIENT}).json()["client"]
        assert isinstance(made["id"], str)
        assert (made["send_options"], made["payment_days"]) == ("2", "30")
        assert "code" not in made
        (row,) = documented.get("/clients.json").json()["clients"]
        assert "id" not in row
        assert row["code"] == "A-1"

    def test_find_is_exact(self, any_api: Any) -> None:
        any_api.post("/clients.json", {"client": CLIENT})
        for path, query in (
            ("name", {"client_name": "Ana"}),
            ("name", {}),
            ("code", {"client_code": "A"}),
            ("code", {"client_code": "a-1"}),
        ):
            answer = any_api.get(f"/clients/find-by-{path}.json", **query)
            assert (answer.status_code, answer.content) == (404, b"")

    def test_update_changes_what_is_sent_and_answers_nothing(self, any_api: Any) -> None:
        made = any_api.post("/clients.json", {"client": CLIENT}).json()["client"]
        path = f"/clients/{made['id']}.json"
        answer = any_api.put(path, {"client": {"name": "Ana Nova", "city": "", "payment_days": 8}})
        assert (answer.status_code, answer.content) == (200, b"")
        shown = any_api.get(path).json()["client"]
        assert shown["name"] == "Ana Nova"
        assert not shown["city"]
        assert str(shown["payment_days"]) == "8"
        assert shown["preferred_contact"]["name"] == "Ana"
        assert shown["address"] == "Rua A"

    def test_update_wants_the_name(self, any_api: Any) -> None:
        made = any_api.post("/clients.json", {"client": CLIENT}).json()["client"]
        assert any_api.put(f"/clients/{made['id']}.json", {"client": {"city": "Faro"}}).status_code == 422

    def test_lists_are_in_the_order_of_names(self, any_api: Any) -> None:
        for name in ("Zé", "Ana", "Marta"):
            any_api.post("/clients.json", {"client": {"name": name}})
        body = any_api.get("/clients.json", per_page=2).json()
        assert [row["name"] for row in body["clients"]] == ["Ana", "Marta"]
        assert body["pagination"]["total_entries"] == 3
        assert body["pagination"]["total_pages"] == 2

    def test_the_list_is_filtered_by_tax_number(self, api: Any) -> None:
        api.post("/clients.json", {"client": CLIENT})
        api.post("/clients.json", {"client": {"name": "Outra"}})
        (row,) = api.get("/clients.json", fiscal_id="508025338").json()["clients"]
        assert row["name"] == CLIENT["name"]

    @pytest.mark.parametrize(
        ("sent", "observed", "in_documents"),
        [
            ({}, "Nome é um campo obrigatório", "Name can't be blank"),
            ({"name": "A" * 101}, "Nome é demasiado longo", "Name is too long"),
            ({"name": "Tomado"}, "Nome não está disponível", "Name has already been taken"),
            ({"name": "B", "code": "T"}, "Código não está disponível", "Code has already been taken"),
            ({"name": "B", "country": "PT"}, "Country PT was not found", "Country PT was not found"),
            ({"name": "B", "fiscal_id": "123456780"}, "Contribuinte não é válido", "Fiscal is invalid"),
            ({"name": "B", "fiscal_id": "12"}, "Contribuinte não é válido", "Fiscal is invalid"),
            ({"name": "B", "email": "sem arroba"}, *["Email must be an email address"] * 2),
            ({"name": "B", "send_options": 4}, *["Send options must be within 1 and 3"] * 2),
            ({"name": "B", "send_options": "x"}, *["Send options is not a number"] * 2),
            ({"name": "B", "language": "fr"}, *["Language should be one of: pt, en, es"] * 2),
            ({"name": "B", "payment_days": "logo"}, *["Payment days is not a number"] * 2),
        ],
    )
    def test_refusals(
        self, api: Any, documented: Any, sent: dict[str, Any], observed: str, in_documents: str
    ) -> None:
        for each in (api, documented):
            each.post("/clients.json", {"client": {"name": "Tomado", "code": "T"}})
        answer = api.post("/clients.json", {"client": sent})
        assert (answer.status_code, answer.json()) == (422, {"errors": [{"error": observed}]})
        answer = documented.post("/clients.json", {"client": sent})
        assert (answer.status_code, answer.json()) == (422, {"errors": [in_documents]})

    def test_foreign_tax_numbers_are_not_checked(self, api: Any) -> None:
        sent = {"name": "Hans", "country": "Germany", "fiscal_id": "DE1"}
        assert api.post("/clients.json", {"client": sent}).status_code == 201


class TestItems:
    def test_the_life_of_an_item(self, any_api: Any) -> None:
        sent = {"name": "Peça", "description": "d", "unit_price": "24.3902", "unit": "service"}
        answer = any_api.post("/items.json", {"item": {**sent, "tax": {"name": "IVA6"}}})
        assert answer.status_code == 201
        item = answer.json()["item"]
        assert (item["unit_price"], item["tax"]["name"]) == (24.3902, "IVA6")
        path = f"/items/{item['id']}.json"
        assert any_api.get(path).json() == {"item": item}
        answer = any_api.put(path, {"item": {**sent, "name": "Outra", "unit_price": "1"}})
        assert (answer.status_code, answer.content) == (200, b"")
        assert any_api.get(path).json()["item"]["name"] == "Outra"
        answer = any_api.delete(path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert any_api.get(path).status_code == 404
        assert any_api.delete(path).status_code == 404

    def test_the_rate_is_text_live_and_a_number_in_the_documentation(self, api: Any, documented: Any) -> None:
        sent = {"item": {"name": "P", "unit_price": "1"}}
        assert api.post("/items.json", sent).json()["item"]["tax"]["value"] == "23.0"
        tax = documented.post("/items.json", sent).json()["item"]["tax"]
        assert tax == {"name": "IVA23", "value": 23, "comment": "tax value:23.0%"}

    def test_the_price_must_be_text_live(self, api: Any, documented: Any) -> None:
        answer = api.post("/items.json", {"item": {"name": "P", "unit_price": 9.99}})
        assert (answer.status_code, answer.json()) == (
            422,
            {"errors": [{"error": "unit price is not valid"}]},
        )
        assert documented.post("/items.json", {"item": {"name": "P", "unit_price": 9.99}}).status_code == 201

    def test_all_complaints_at_once(self, any_api: Any) -> None:
        answer = any_api.post("/items.json", {"item": {}})
        assert answer.json() == {
            "errors": [{"error": "Price is a required field"}, {"error": "Name is a required field"}]
        }

    def test_names_are_unique_and_frozen_by_use(self, any_api: Any) -> None:
        any_api.create()
        (item,) = any_api.get("/items.json").json()["items"]
        answer = any_api.post("/items.json", {"item": {"name": "Trabalho", "unit_price": "1"}})
        assert any_api.texts(answer) == ["Name is not available."]
        answer = any_api.put(f"/items/{item['id']}.json", {"item": {"name": "Outro", "unit_price": "1"}})
        assert "already associated with invoices" in any_api.texts(answer)[0]
        same_name = {"item": {"name": "Trabalho", "unit_price": "1"}}
        assert any_api.put(f"/items/{item['id']}.json", same_name).status_code == 200

    def test_deleting_an_item_leaves_documents_alone(self, api: Any) -> None:
        document = api.create()
        (item,) = api.get("/items.json").json()["items"]
        assert api.delete(f"/items/{item['id']}.json").status_code == 200
        assert api.read(document) == document

    def test_lists_have_pages_but_no_pagination(self, any_api: Any) -> None:
        for number in range(12):
            any_api.post("/items.json", {"item": {"name": f"I{number:02}", "unit_price": "1"}})
        body = any_api.get("/items.json").json()
        assert list(body) == ["items"]
        assert len(body["items"]) == 10
        assert len(any_api.get("/items.json", page=2).json()["items"]) == 2
        assert len(any_api.get("/items.json", per_page=1).json()["items"]) == 1


class TestTaxes:
    def test_a_new_account_has_the_mainland_rates(self, api: Any) -> None:
        taxes = api.get("/taxes.json").json()
        assert list(taxes) == ["taxes"]
        assert [
            (t["name"], t["value"], t["region"], t["code"], t["default_tax"]) for t in taxes["taxes"]
        ] == [
            ("IVA23", "23.0", "PT", "NOR", 1),
            ("IVA13", "13.0", "PT", "INT", 0),
            ("IVA6", "6.0", "PT", "RED", 0),
            ("Isento", "0.0", "PT", "ISE", 0),
        ]

    def test_the_documented_rate_is_a_number(self, documented: Any) -> None:
        assert documented.get("/taxes.json").json()["taxes"][0]["value"] == 23

    def test_the_life_of_a_tax(self, any_api: Any) -> None:
        sent = {"name": "IVA16", "value": "16", "region": "PT-AC", "code": "NOR"}
        answer = any_api.post("/taxes.json", {"tax": sent})
        assert answer.status_code == 201
        tax = answer.json()["tax"]
        assert float(tax["value"]) == 16
        path = f"/taxes/{tax['id']}.json"
        assert any_api.get(path).json() == {"tax": tax}
        answer = any_api.put(path, {"tax": {**sent, "value": "22.5", "region": "PT-MA"}})
        assert (answer.status_code, answer.content) == (200, b"")
        assert float(any_api.get(path).json()["tax"]["value"]) == 22.5
        assert any_api.delete(path).status_code == 200
        assert any_api.get(path).status_code == 404

    def test_deleting_answers_one_space_live_and_nothing_in_the_documentation(
        self, api: Any, documented: Any
    ) -> None:
        for each, body in ((api, b" "), (documented, b"")):
            made = each.post("/taxes.json", {"tax": {"name": "T", "value": "1", "region": "PT"}}).json()[
                "tax"
            ]
            answer = each.delete(f"/taxes/{made['id']}.json")
            assert (answer.status_code, answer.content) == (200, body)
            assert answer.headers["content-type"] == "application/json; charset=utf-8"

    def test_there_is_one_default(self, any_api: Any) -> None:
        sent = {"name": "Nova", "value": "5", "region": "PT", "default_tax": "1"}
        made = any_api.post("/taxes.json", {"tax": sent}).json()["tax"]
        taxes = any_api.get("/taxes.json").json()["taxes"]
        assert [tax["id"] for tax in taxes if tax["default_tax"]] == [made["id"]]
        assert any_api.delete(f"/taxes/{made['id']}.json").status_code == 422
        unset = {"tax": {**sent, "default_tax": 0}}
        assert any_api.put(f"/taxes/{made['id']}.json", unset).status_code == 200
        assert any_api.get(f"/taxes/{made['id']}.json").json()["tax"]["default_tax"] == 1

    def test_a_taken_name(self, api: Any, documented: Any) -> None:
        sent = {"tax": {"name": "IVA23", "value": "1", "region": "PT"}}
        answer = api.post("/taxes.json", sent)
        assert (answer.status_code, answer.json()) == (422, [["name", "não está disponível."]])
        answer = documented.post("/taxes.json", sent)
        assert (answer.status_code, answer.json()) == (422, {"name": ["is not available."]})

    def test_the_region(self, api: Any, documented: Any) -> None:
        sent = {"tax": {"name": "T", "value": "1"}}
        answer = api.post("/taxes.json", sent)
        assert (answer.status_code, answer.json()) == (422, [["base", "region is empty"]])
        answer = documented.post("/taxes.json", sent)
        assert answer.status_code == 201
        answer = documented.put(f"/taxes/{answer.json()['tax']['id']}.json", sent)
        assert (answer.status_code, answer.json()) == (422, {"base": ["Tax region is empty"]})
        for region, status in (("Desconhecido", 201), ("PT-MA", 201), ("Lisboa", 422)):
            name = {"name": region, "value": "1", "region": region}
            assert api.post("/taxes.json", {"tax": name}).status_code == status

    @pytest.mark.parametrize("value", [23, 23.0])
    def test_a_number_for_a_rate_fails_live(self, api: Any, documented: Any, value: Any) -> None:
        for each, status in ((api, 500), (documented, 422)):
            sent = {"tax": {"name": "T", "value": value, "region": "PT"}}
            assert each.post("/taxes.json", sent).status_code == status
            assert len(each.get("/taxes.json").json()["taxes"]) == 4

    @pytest.mark.parametrize("value", ["x", "-1", "100.01", None, True, ["1"]])
    def test_the_rate_must_be_text_and_a_percentage(self, any_api: Any, value: Any) -> None:
        sent = {"name": "T", "value": value, "region": "PT"}
        assert any_api.post("/taxes.json", {"tax": sent}).status_code == 422

    def test_documents_keep_the_rate_that_they_had(self, api: Any) -> None:
        document = api.create(items=[{"name": "x", "unit_price": 10, "tax": {"name": "IVA6"}}])
        tax = document["items"][0]["tax"]
        changed = {"name": "IVA6", "value": "7", "region": "PT"}
        assert api.put(f"/taxes/{tax['id']}.json", {"tax": changed}).status_code == 200
        assert api.read(document) == document
        assert api.delete(f"/taxes/{tax['id']}.json").status_code == 200
        assert api.read(document) == document
        (item,) = api.get("/items.json").json()["items"]
        assert item["tax"]["name"] == "IVA23"


ROWS = (
    "invoice", "simplified_invoice", "invoice_receipt", "receipt", "debit_note", "credit_note", None,
    "vat_moss_invoice", "vat_moss_credit_note", "vat_moss_receipt", "purchase_order", "quote", "proforma",
    "fees_note", "shipping", "devolution", "transport",
)  # read by rows # fmt: skip


class TestSequences:
    def test_ids_are_in_the_observed_order(self, api: Any) -> None:
        (series,) = api.get("/sequences.json").json()["sequences"]
        assert series["serie"] == api.name.upper().replace("-", "")
        assert series["default_sequence"] == 1
        first = series["id"]
        for offset, name in enumerate(ROWS):
            if name is not None:
                assert series[f"current_{name}_sequence_id"] == first + offset
                assert series[f"current_{name}_number"] == 0
        assert "current_cash_invoice_number" not in series
        assert len(series) == 3 + 16 * 3

    def test_which_types_have_a_validation_code(self, api: Any) -> None:
        (series,) = api.get("/sequences.json").json()["sequences"]
        without = {name for name in ROWS if name and series[f"current_{name}_validation_code"] == "N/A"}
        assert without == {
            "vat_moss_invoice",
            "vat_moss_credit_note",
            "vat_moss_receipt",
            "fees_note",
            "purchase_order",
        }
        codes = [series[f"current_{name}_validation_code"] for name in ROWS if name and name not in without]
        assert len(set(codes)) == len(codes)

    def test_the_root_of_one_series(self, api: Any, documented: Any) -> None:
        for each, root in ((api, "sequence"), (documented, "sequences")):
            answer = each.post("/sequences.json", {"sequence": {"serie": "2027"}})
            assert (answer.status_code, list(answer.json())) == (201, [root])
            series = answer.json()[root]
            assert each.get(f"/sequences/{series['id']}.json").json() == {root: series}
        assert len(series) == 3 + 15 * 3
        assert "current_purchase_order_number" not in series

    def test_the_name_is_echoed_in_the_type_it_was_sent(self, api: Any, documented: Any) -> None:
        assert api.post("/sequences.json", {"sequence": {"serie": 2017}}).json()["sequence"]["serie"] == 2017
        assert (
            api.post("/sequences.json", {"sequence": {"serie": "2018"}}).json()["sequence"]["serie"] == "2018"
        )
        made = documented.post("/sequences.json", {"sequence": {"serie": 2017}}).json()["sequences"]
        assert made["serie"] == "2017"

    @pytest.mark.parametrize(
        ("sent", "default"), [("1", 1), (True, 1), (1, 0), ("0", 0), (None, 0), (1.0, 0)]
    )
    def test_only_a_text_or_true_makes_a_default(self, api: Any, sent: Any, default: int) -> None:
        body = {"sequence": {"serie": "NOVA", "default_sequence": sent}}
        assert api.post("/sequences.json", body).json()["sequence"]["default_sequence"] == default
        defaults = [
            s["serie"] for s in api.get("/sequences.json").json()["sequences"] if s["default_sequence"]
        ]
        assert len(defaults) == 1

    def test_set_current(self, any_api: Any) -> None:
        made = any_api.only(any_api.post("/sequences.json", {"sequence": {"serie": "NOVA"}}).json())
        answer = any_api.put(f"/sequences/{made['id']}/set_current.json")
        assert (answer.status_code, answer.content) == (200, b"")
        assert any_api.issue()["sequence_number"] == "1/NOVA"
        assert any_api.put("/sequences/1/set_current.json").status_code == 404

    def test_refusals_carry_a_code(self, any_api: Any) -> None:
        def code(body: Any) -> str:
            answer = any_api.post("/sequences.json", {"sequence": body})
            assert answer.status_code == 422
            return str(answer.json()["errors"]["code"])

        any_api.post("/sequences.json", {"sequence": {"serie": "A"}})
        assert [
            code(body) for body in ({}, {"serie": ""}, {"serie": "A/B"}, {"serie": "A B"}, {"serie": ["A"]})
        ] == ["001"] * 5
        assert code({"serie": "A"}) == "002"
        any_api.control("config", at_registration="no_credentials")
        assert code({"serie": "B"}) == "004"

    def test_registering(self, any_api: Any) -> None:
        any_api.control("config", at_registration="manual")
        made = any_api.only(any_api.post("/sequences.json", {"sequence": {"serie": "A"}}).json())
        path = f"/sequences/{made['id']}/register.json"
        any_api.control("config", at_registration="no_credentials")
        refused = any_api.put(path)
        assert (refused.status_code, refused.json()["errors"]["code"]) == (422, "002")
        any_api.control("config", at_registration="automatic")
        (registered,) = any_api.put(path).json()["sequences"]
        assert registered["current_invoice_validation_code"].startswith("EMU")
        again = any_api.put(path)
        assert (again.status_code, again.json()["errors"]["code"]) == (409, "005")
        missing = any_api.put("/sequences/1/register.json")
        assert missing.status_code == 404
        assert missing.json() == {"errors": {"code": "006", "message": "The sequence doesn't exist."}}

    def test_unregistered_is_called_differently(self, api: Any, documented: Any) -> None:
        for each, words in ((api, "N/A"), (documented, "N/D")):
            each.control("config", at_registration="manual")
            made = each.only(each.post("/sequences.json", {"sequence": {"serie": "A"}}).json())
            assert made["current_invoice_validation_code"] == words
            assert made["current_fees_note_validation_code"] == "N/A"

    def test_a_series_is_found_by_its_own_id_only(self, api: Any) -> None:
        (series,) = api.get("/sequences.json").json()["sequences"]
        assert api.get(f"/sequences/{series['id']}.json").status_code == 200
        assert api.get(f"/sequences/{series['current_quote_sequence_id']}.json").status_code == 404


def test_options_names_only_what_the_wire_has(api: Any, documented: Any) -> None:
    for each, methods in ((api, "DELETE, GET, PUT"), (documented, "GET, PUT")):
        refused = each.http.request("OPTIONS", "/clients/1.json")
        assert (refused.status_code, refused.headers["allow"]) == (405, methods)
