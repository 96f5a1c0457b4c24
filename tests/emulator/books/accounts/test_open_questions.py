"""Questions that no source answers: a setting with two values for each, seen on the wire."""

from __future__ import annotations

from typing import Any

import pytest

DATES = {"date": "01/12/2026", "due_date": "15/12/2026"}
LINE: dict[str, Any] = {"name": "Trabalho", "unit_price": "2.0244", "quantity": "1"}


def shown_line(api: Any, document_id: int) -> tuple[Any, ...]:
    (entry,) = api.get(f"/invoices/{document_id}.json").json()["invoice"]["items"]
    return entry["unit_price"], entry["quantity"]


class TestLines:
    def test_prices_and_quantities_are_rounded_and_amounts_are_not(self, api: Any) -> None:
        """2 decimals were seen in 2022 and 2026, at least one, or exactly one, in 2019."""
        draft = api.create(items=[LINE])
        (entry,) = draft["items"]
        assert (entry["subtotal"], entry["tax_amount"], entry["total"]) == (2.0244, 0.465612, 2.49)
        assert (entry["unit_price"], entry["quantity"]) == ("2.02", "1.00")
        for decimals, values in ((1, ("2.0", "1.0")), ("stored", ("2.0244", "1.0")), (2, ("2.02", "1.00"))):
            api.control("config", line_decimals=decimals)
            assert shown_line(api, draft["id"]) == values, decimals
            (listed,) = api.get("/invoices.json").json()["invoices"]
            assert (listed["items"][0]["unit_price"], listed["items"][0]["subtotal"]) == (values[0], 2.0244)

    def test_by_the_page_they_have_all_their_decimals(self, documented: Any) -> None:
        documented.control("config", line_decimals=1)
        draft = documented.create(items=[{**LINE, "quantity": "1.25"}])
        assert shown_line(documented, draft["id"]) == (2.0244, 1.25)
        (listed,) = documented.get("/invoices.json").json()["invoices"]
        assert listed["items"][0]["unit_price"] == "2.0244"

    def test_the_catalogue_keeps_them(self, any_api: Any) -> None:
        any_api.create(items=[LINE])
        (item,) = any_api.get("/items.json").json()["items"]
        assert item["unit_price"] == 2.0244

    def test_a_tax_may_lose_its_name_and_rate(self, any_api: Any) -> None:
        draft = any_api.create(items=[LINE])
        any_api.control("config", line_tax="id_only")
        seen = any_api.get(f"/invoices/{draft['id']}.json").json()["invoice"]
        tax = seen["items"][0]["tax"]
        assert (tax["name"], tax["value"]) == (None, None)
        assert tax.get("id") == draft["items"][0]["tax"].get("id")
        assert (seen["taxes"], seen["total"]) == (draft["taxes"], draft["total"]) == (0.47, 2.49)


class TestClientNames:
    def test_a_name_in_use_is_refused(self, any_api: Any) -> None:
        assert any_api.post("/clients.json", {"client": {"name": "Ana", "code": "A1"}}).status_code == 201
        refused = any_api.post("/clients.json", {"client": {"name": "Ana", "code": "A2"}})
        assert refused.status_code == 422

    def test_a_name_is_shared_and_the_oldest_client_is_found(self, any_api: Any) -> None:
        any_api.control("config", client_names="shared")
        ids = [
            any_api.post("/clients.json", {"client": {"name": "Ana", "code": code}}).json()["client"]["id"]
            for code in ("A1", "A2")
        ]
        assert any_api.get("/clients/find-by-name.json", client_name="Ana").json()["client"]["id"] == ids[0]
        assert any_api.get("/clients/find-by-code.json", client_code="A2").json()["client"]["id"] == ids[1]
        assert str(any_api.create(client={"name": "Ana"})["client"]["id"]) == str(ids[0])
        by_code = any_api.create(client={"name": "Ana", "code": "A2"})["client"]["id"]
        assert str(by_code) == str(ids[1])
        assert any_api.post("/clients.json", {"client": {"name": "Rui", "code": "A2"}}).status_code == 422


class TestBlanksInNamesOfSeries:
    @pytest.mark.parametrize(
        ("serie", "treatment", "status"),
        [("A B", "refuse", 422), ("A B", "accept", 201), (" AB", "accept", 422), ("AB ", "accept", 422),
         (" ", "accept", 422), ("A/B", "accept", 422), ("AB", "refuse", 201)],
    )  # read by rows # fmt: skip
    def test_a_blank_inside(self, any_api: Any, serie: str, treatment: str, status: int) -> None:
        any_api.control("config", serie_blanks=treatment)
        answer = any_api.post("/sequences.json", {"sequence": {"serie": serie}})
        assert answer.status_code == status, answer.text

    def test_its_documents_have_it_in_their_number(self, api: Any) -> None:
        api.control("config", serie_blanks="accept")
        made = api.post("/sequences.json", {"sequence": {"serie": "A B"}}).json()["sequence"]
        draft = api.create(sequence_id=made["current_invoice_sequence_id"])
        issued = api.changed(draft, "finalized")
        assert (issued["sequence_number"], issued["inverted_sequence_number"]) == ("1/A B", "A B/1")


class TestPostOfChangeState:
    def test_it_is_refused(self, any_api: Any) -> None:
        draft = any_api.create()
        path = f"/invoices/{draft['id']}/change-state.json"
        answer = any_api.post(path, {"invoice": {"state": "finalized"}})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "PUT")

    def test_it_does_what_put_does(self, any_api: Any) -> None:
        any_api.control("config", post_change_state="accept")
        draft = any_api.create()
        path = f"/invoices/{draft['id']}/change-state.json"
        assert any_api.post(path, {"invoice": {"state": "finalized"}}).json()["invoice"]["status"] == "final"
        # Other paths are not concerned.
        assert any_api.post(f"/invoices/{draft['id']}.json", {"invoice": {}}).status_code == 405


class TestDatesAlone:
    def update(self, api: Any, draft: Any, **fields: Any) -> Any:
        return api.put(f"/invoices/{draft['id']}.json", {"invoice": fields})

    def test_they_are_refused(self, any_api: Any) -> None:
        draft = any_api.create()
        assert self.update(any_api, draft, **DATES).status_code == 422
        again = any_api.get(f"/invoices/{draft['id']}.json").json()["invoice"]
        assert again == draft

    def test_they_change_and_all_else_stays(self, any_api: Any) -> None:
        any_api.control("config", dates_alone="accept")
        draft = any_api.create(
            reference="R1", observations="O", items=[LINE], retention="11.5",
            global_discount={"value_type": "percentage", "value": 10},
        )  # read by rows # fmt: skip
        answer = self.update(any_api, draft, **DATES)
        assert answer.json()["invoice"] == {**draft, **DATES}
        assert self.update(any_api, draft, date="02/12/2026").json()["invoice"] == {
            **draft, **DATES, "date": "02/12/2026",
        }  # read by rows # fmt: skip
        for more in ({"reference": "R2"}, {}):
            sent = {**DATES, **more} if more else {}
            assert self.update(any_api, draft, **sent).status_code == 422, sent

    def test_an_issued_document_is_refused_either_way(self, any_api: Any) -> None:
        any_api.control("config", dates_alone="accept")
        issued = any_api.issue()
        assert self.update(any_api, issued, **DATES).status_code == 422


class TestKeyOfACancelledDocument:
    def keyed(self, api: Any) -> Any:
        body = {"invoice": api.plain(), "proprietary_uid": "u1"}
        answer = api.post("/invoices.json", body)
        assert answer.status_code == 201, answer.text
        return answer.json()["invoice"]

    @pytest.mark.parametrize("which", ["new", "old"])
    def test_it_is_a_new_document_or_the_old_one(self, any_api: Any, which: str) -> None:
        any_api.control("config", key_of_canceled=which)
        first = any_api.changed(self.keyed(any_api), "finalized")
        any_api.changed(first, "canceled", "Engano")
        again = self.keyed(any_api)
        if which == "old":
            assert (again["id"], again["status"]) == (first["id"], "canceled")
        else:
            assert again["id"] != first["id"]
            assert again["status"] == "draft"
            any_api.control("config", key_of_canceled="old")
            assert self.keyed(any_api)["id"] == again["id"], "the live one comes first"

    def test_a_deleted_draft_frees_its_key(self, any_api: Any) -> None:
        any_api.control("config", key_of_canceled="old")
        first = self.keyed(any_api)
        any_api.changed(first, "deleted")
        assert self.keyed(any_api)["id"] != first["id"]
