"""Clients' accounts: balance, initial balance, regularizations, movements; and deleting a client."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator

DAY = "2026-03-01"


def new_client(api: Any, name: str = "Ana Lda") -> int:
    answer = api.post("/clients.json", {"client": {"name": name, "code": name}})
    assert answer.status_code == 201, answer.text
    client_id: int = int(answer.json()["client"]["id"])
    return client_id


@pytest.fixture
def ana(any_api: Any) -> int:
    """A client, with the clock frozen."""
    any_api.freeze(f"{DAY}T12:00:00")
    return new_client(any_api)


def of(client: int, rest: str) -> str:
    return f"/api/v3/clients/{client}/{rest}.json"


def invoice(api: Any, client: int, price: str = "100.0", segment: str = "invoices", **changes: Any) -> Any:
    """An issued document; the price excludes 23 % VAT."""
    items = [{"name": f"T{price}", "unit_price": price, "quantity": "1.0"}]
    return api.issue(segment, client={"id": client, "name": "x"}, items=items, **changes)


def balance(api: Any, client: int) -> Any:
    answer = api.get(of(client, "balance"))
    assert answer.status_code == 200, answer.text
    return answer.json()


def owed(api: Any, client: int) -> float:
    value: float = balance(api, client)["balance"]["with_vat"]
    return value


def opened(api: Any, client: int, value: Any, day: str = DAY, **more: Any) -> Any:
    body = {"initial_balance": {"value": value, "date": day, **more}}
    return api.put(of(client, "initial_balance"), body)


def regularize(api: Any, client: int, value: Any, day: Any = DAY, **more: Any) -> Any:
    return api.post(of(client, "regularization"), {"regularization": {"value": value, "date": day, **more}})


def only_regularization(answer: Any) -> Any:
    assert answer.status_code == 201, answer.text
    found = answer.json()["regularization"]
    return found[0] if found.__class__ is list else found


def move(api: Any, client: int, value: Any, kind: Any = "Payment", **more: Any) -> Any:
    body = {"value": value, "movement_type": kind, "date": DAY, **more}
    return api.post(of(client, "treasury_movements"), {"treasury_movement": body})


def receipts_of(api: Any, document: Any) -> list[Any]:
    related = api.get(f"/document/{document['id']}/related_documents.json").json()["documents"]
    return [each for each in related if each["type"] == "Receipt"]


class TestBalance:
    def test_of_a_client_who_owes_nothing(self, any_api: Any, ana: int) -> None:
        nothing = {"with_vat": 0, "without_vat": 0}
        assert balance(any_api, ana) == {
            "currency": {"symbol": "€", "code": "EUR"},
            "initial_balance": {"value": 0, "created_at": "1970-01-01", "observation": None},
            "balance": nothing,
            "overdue_balance": nothing,
            "remaining_balance": {"total": 0, "value": 0},
        }

    def test_issued_documents_are_owed_and_payments_are_not(self, any_api: Any, ana: int) -> None:
        any_api.create(client={"id": ana, "name": "x"})
        invoice(any_api, ana, segment="invoice_receipts")
        any_api.issue("quotes", client={"id": ana, "name": "x"})
        assert owed(any_api, ana) == 0
        first = invoice(any_api, ana)
        assert balance(any_api, ana)["balance"] == {"with_vat": 123.0, "without_vat": 100.0}
        receipt = any_api.only(any_api.pay(first, "23.0").json())
        assert balance(any_api, ana)["balance"] == {"with_vat": 100.0, "without_vat": 81.3}
        any_api.changed(receipt, "canceled", "engano")
        assert owed(any_api, ana) == 123.0
        any_api.changed(first, "canceled", "engano")
        assert owed(any_api, ana) == 0

    def test_another_clients_documents_do_not_count(self, any_api: Any, ana: int) -> None:
        invoice(any_api, new_client(any_api, "Rui"))
        assert owed(any_api, ana) == 0

    def test_what_is_overdue(self, any_api: Any, ana: int) -> None:
        invoice(any_api, ana, date="01/03/2026", due_date="31/03/2026")
        late = invoice(any_api, ana, "10.0", date="01/03/2026", due_date="02/03/2026")
        assert balance(any_api, ana)["overdue_balance"]["with_vat"] == 0
        any_api.control("clock", advance=86_400)
        assert balance(any_api, ana)["overdue_balance"]["with_vat"] == 0
        any_api.control("clock", advance=86_400)
        assert balance(any_api, ana)["overdue_balance"] == {"with_vat": 12.3, "without_vat": 10.0}
        any_api.pay(late, "12.3")
        assert balance(any_api, ana)["overdue_balance"]["with_vat"] == 0

    def test_credit_notes_take_from_it(self, any_api: Any, ana: int) -> None:
        first = invoice(any_api, ana)
        note = invoice(any_api, ana, "40.0", "credit_notes", owner_invoice_id=first["id"])
        assert owed(any_api, ana) == 73.8
        any_api.pay(first, "73.8")
        assert owed(any_api, ana) == 0
        any_api.changed(note, "settled")
        assert owed(any_api, ana) == 0

    def test_what_was_paid_and_then_credited_is_owed_to_the_client_until_it_is_paid_back(
        self, any_api: Any, ana: int
    ) -> None:
        first = invoice(any_api, ana)
        any_api.changed(first, "settled")
        note = invoice(any_api, ana, "40.0", "credit_notes", owner_invoice_id=first["id"])
        assert owed(any_api, ana) == -49.2
        assert balance(any_api, ana)["remaining_balance"] == {"total": 0, "value": 0}
        any_api.changed(note, "settled")
        assert owed(any_api, ana) == 0

    def test_a_credit_of_a_paid_invoice_receipt(self, any_api: Any, ana: int) -> None:
        paid = invoice(any_api, ana, segment="invoice_receipts")
        note = invoice(any_api, ana, "100.0", "credit_notes", owner_invoice_id=paid["id"])
        assert owed(any_api, ana) == -123.0
        any_api.changed(note, "settled")
        assert owed(any_api, ana) == 0

    def test_debit_notes_are_owed_until_they_are_settled(self, any_api: Any, ana: int) -> None:
        first = invoice(any_api, ana)
        note = invoice(any_api, ana, "10.0", "debit_notes", owner_invoice_id=first["id"])
        assert owed(any_api, ana) == 135.3
        any_api.changed(note, "settled")
        assert owed(any_api, ana) == 123.0

    def test_a_client_that_is_not_there(self, any_api: Any) -> None:
        for method, rest in (
            ("GET", "balance"), ("PUT", "initial_balance"), ("GET", "regularization"),
            ("POST", "regularization"), ("DELETE", "regularization/1"), ("POST", "treasury_movements"),
            ("DELETE", "treasury_movements/1"),
        ):  # fmt: skip
            answer = any_api.http.request(method, of(0, rest), json={"initial_balance": {}})
            assert (answer.status_code, answer.json()) == (404, {"errors": [{"error": "Client not found"}]})

    def test_neighbours_clients_are_not_there(self, api: Any, other: Any) -> None:
        assert api.get(of(new_client(other), "balance")).status_code == 404


class TestInitialBalance:
    def test_it_counts(self, any_api: Any, ana: int) -> None:
        answer = opened(any_api, ana, 123.45, observation="Transita")
        assert answer.status_code == 200
        shown = {"value": 123.45, "date": DAY, "observation": "Transita"}
        assert answer.json() == {"initial_balance": shown}
        found = balance(any_api, ana)
        assert found["initial_balance"] == {"value": 123.45, "created_at": DAY, "observation": "Transita"}
        assert found["balance"] == {"with_vat": 123.45, "without_vat": 123.45}
        assert opened(any_api, ana, -5).json()["initial_balance"]["observation"] is None
        assert owed(any_api, ana) == -5

    def test_a_body_without_its_root(self, api: Any, documented: Any) -> None:
        for each, status in ((api, 500), (documented, 422)):
            client = new_client(each)
            answer = each.put(of(client, "initial_balance"), {"value": 1, "date": DAY})
            assert answer.status_code == status
            assert answer.headers["content-type"].startswith(
                "text/html" if status == 500 else "application/json"
            )
            assert owed(each, client) == 0

    @pytest.mark.parametrize(
        ("value", "day", "complaints"),
        [
            (1, None, ["Date can't be blank"]),
            (1, "01/03/2026", ["Date can't be blank"]),
            (1, "2026-02-30", ["Date can't be blank"]),
            ("x", DAY, ["Value is not a number"]),
            (None, "", ["Value is not a number", "Date can't be blank"]),
            (10**9, DAY, ["Value is not a number"]),
        ],
    )
    def test_what_is_refused(
        self, any_api: Any, ana: int, value: Any, day: Any, complaints: list[str]
    ) -> None:
        answer = opened(any_api, ana, value, day)
        assert answer.status_code == 422
        assert answer.json() == {"errors": [{"error": each} for each in complaints]}

    def test_no_document_may_be_older(self, any_api: Any, ana: int) -> None:
        who = {"client": {"id": ana, "name": "x"}, "due_date": "01/03/2026"}
        draft = any_api.create(**who, date="28/02/2026")
        assert opened(any_api, ana, 0).status_code == 200
        words = [f"Date cannot be earlier than the client's initial balance[{DAY}]"]
        answer = any_api.post("/invoices.json", {"invoice": any_api.plain(**who, date="28/02/2026")})
        assert (answer.status_code, any_api.texts(answer)) == (422, words)
        answer = any_api.change(draft, "finalized")
        assert (answer.status_code, any_api.texts(answer)) == (422, words)
        assert any_api.issue(**who, date="01/03/2026")["status"] == "final"
        other = {"client": {"name": "Rui", "code": "RUI"}, "date": "28/02/2026"}
        assert any_api.create(**other)["status"] == "draft"
        assert any_api.create("quotes", **who, date="28/02/2026")["status"] == "draft"


class TestRegularizations:
    def test_they_are_numbered_listed_and_deleted(self, any_api: Any, ana: int) -> None:
        opened(any_api, ana, 100)
        first = only_regularization(regularize(any_api, ana, 30.5, observation="Incobrável"))
        assert first == {
            "id": first["id"], "number": "NR00000001", "value": 30.5, "date": DAY, "observation": "Incobrável"
        }  # fmt: skip
        assert balance(any_api, ana)["remaining_balance"] == {"total": 100.0, "value": 69.5}
        assert only_regularization(regularize(any_api, ana, "9.5"))["number"] == "NR00000002"
        assert owed(any_api, ana) == 60
        listed = any_api.get(of(ana, "regularization"), per_page=1, page=1).json()
        assert listed["regularization"] == [first]
        assert listed["pagination"] == {
            "total_entries": 2, "total_pages": 2, "current_page": 1, "per_page": 1
        }  # fmt: skip
        path = of(ana, f"regularization/{first['id']}")
        answer = any_api.delete(path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert any_api.delete(path).status_code == 404
        assert owed(any_api, ana) == 90.5
        assert only_regularization(regularize(any_api, ana, 1))["number"] == "NR00000003"

    def test_an_object_live_and_a_list_in_the_documentation(self, api: Any, documented: Any) -> None:
        for each, kind in ((api, dict), (documented, list)):
            client = new_client(each)
            opened(each, client, 10)
            assert regularize(each, client, 1).json()["regularization"].__class__ is kind

    def test_not_above_what_remains(self, any_api: Any, ana: int) -> None:
        words = "The regularization amount must be less than or equal to the remaining balance"
        answer = regularize(any_api, ana, 1, None)
        assert answer.status_code == 422
        assert answer.json() == {"errors": [{"error": words}, {"error": "Date can't be blank"}]}
        opened(any_api, ana, 10)
        assert any_api.texts(regularize(any_api, ana, 10.01)) == [words]
        assert regularize(any_api, ana, 10).status_code == 201
        assert regularize(any_api, ana, 0.01).status_code == 422

    @pytest.mark.parametrize("value", [0, -1, "x", None])
    def test_values_that_cannot_be(self, any_api: Any, ana: int, value: Any) -> None:
        opened(any_api, ana, 10)
        answer = regularize(any_api, ana, value)
        assert (answer.status_code, any_api.texts(answer)) == (422, ["Value is not a number"])

    def test_of_another_client(self, any_api: Any, ana: int) -> None:
        rui = new_client(any_api, "Rui")
        opened(any_api, rui, 10)
        found = only_regularization(regularize(any_api, rui, 1))
        assert any_api.delete(of(ana, f"regularization/{found['id']}")).status_code == 404
        assert owed(any_api, rui) == 9


class TestMovements:
    def test_a_payment_pays_the_oldest_first(self, any_api: Any, ana: int) -> None:
        newer = invoice(any_api, ana, date="01/03/2026", due_date="01/03/2026")
        older = invoice(any_api, ana, segment="simplified_invoices", date="27/02/2026", due_date="01/03/2026")
        answer = move(any_api, ana, 150, payment_method="MB", observation="Cheque 1")
        assert answer.status_code == 201
        shown = answer.json()["treasury_movement"]
        assert {key: shown[key] for key in shown.keys() - {"id", "serie"}} == {
            "value": 150.0, "movement_type": "Payment", "payment_method": "MB", "date": DAY,
            "observation": "Cheque 1",
        }  # fmt: skip
        assert [any_api.read(each)["status"] for each in (older, newer)] == ["settled", "final"]
        paid = [[each["total"] for each in receipts_of(any_api, found)] for found in (older, newer)]
        assert paid == [[123.0], [27.0]]
        (receipt,) = receipts_of(any_api, newer)
        assert (receipt["status"], receipt["date"]) == ("final", "01/03/2026")
        assert receipt["sequence_number"].endswith(f"/{shown['serie']}")
        assert owed(any_api, ana) == 96.0

    def test_only_live_it_has_an_id(self, api: Any, documented: Any) -> None:
        for each, known in ((api, True), (documented, False)):
            answer = move(each, new_client(each), 5, "Reimbursement")
            assert ("id" in answer.json()["treasury_movement"]) is known

    def test_it_needs_open_documents(self, any_api: Any, ana: int) -> None:
        opened(any_api, ana, 50)
        words = ["The client has no open documents"]
        answer = move(any_api, ana, 5)
        assert (answer.status_code, any_api.texts(answer)) == (422, words)
        invoice(any_api, ana)
        answer = move(any_api, ana, 123.01)
        assert (answer.status_code, any_api.texts(answer)) == (
            422,
            ["O valor deve ser menor ou igual a 123.0"],
        )
        assert owed(any_api, ana) == 173.0
        assert move(any_api, ana, 123).status_code == 201
        assert any_api.texts(move(any_api, ana, 1)) == words

    def test_money_paid_back_is_owed_again(self, any_api: Any, ana: int) -> None:
        opened(any_api, ana, -20)
        assert move(any_api, ana, 20, "Reimbursement").status_code == 201
        assert owed(any_api, ana) == 0

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"value": "x"}, "Validation failed: Value is not a number"),
            ({"value": 0}, "Validation failed: Value is not a number"),
            ({"movement_type": "Gift"}, "Validation failed: Movement type is not included in the list"),
            ({"payment_method": "XX"}, "Validation failed: Payment method is not included in the list"),
            ({"date": "01/03/2026"}, "Date can't be blank"),
        ],
    )
    def test_what_is_refused(self, any_api: Any, ana: int, changes: Any, complaint: str) -> None:
        invoice(any_api, ana)
        body = {"value": 1, "movement_type": "Payment", "date": DAY, **changes}
        answer = any_api.post(of(ana, "treasury_movements"), {"treasury_movement": body})
        assert (answer.status_code, answer.json()) == (422, {"errors": [{"error": complaint}]})
        assert owed(any_api, ana) == 123.0

    def test_deleting_one_live_fails_and_is_done(self, api: Any) -> None:
        client = new_client(api)
        paid = invoice(api, client)
        made = move(api, client, 123).json()["treasury_movement"]
        path = of(client, f"treasury_movements/{made['id']}")
        answer = api.delete(path)
        assert answer.status_code == 500
        assert answer.json() == {"errors": [{"error": "undefined method 'invoice' for nil"}]}
        assert api.delete(path).status_code == 404
        assert api.read(paid)["status"] == "settled"
        assert api.change(paid, "canceled", "engano").status_code == 422

    def test_deleting_one_as_documented(self, documented: Any) -> None:
        with (
            Emulator(profile="documented") as emulator,
            httpx.Client(base_url=emulator.base_url, params={"api_key": emulator.api_key}) as http,
        ):
            documented.http.close()
            documented.http = http
            client = new_client(documented)
            assert move(documented, client, 20, "Reimbursement").status_code == 201
            assert owed(documented, client) == 20
            path = of(client, "treasury_movements/910001")  # the first id, which no answer shows
            answer = documented.delete(path)
            assert (answer.status_code, answer.content) == (204, b"")
            assert owed(documented, client) == 0
            assert documented.delete(path).status_code == 404

    def test_a_reset_takes_it_all(self, any_api: Any, ana: int) -> None:
        opened(any_api, ana, 10)
        regularize(any_api, ana, 5)
        move(any_api, ana, 5, "Reimbursement")
        any_api.control("reset")
        again = new_client(any_api)
        assert owed(any_api, again) == 0
        opened(any_api, again, 10)
        assert only_regularization(regularize(any_api, again, 5))["number"] == "NR00000001"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prices=st.lists(st.integers(1, 30_000), max_size=4),
    opening=st.integers(-10_000, 10_000),
    seed=st.integers(0, 10**6),
)
def test_a_balance_is_what_was_owed_less_what_was_paid(
    any_api: Any, prices: list[int], opening: int, seed: int
) -> None:
    """Every payment and write-off takes exactly its amount; a refused one takes nothing."""
    chance = random.Random(seed)  # noqa: S311 it has to repeat
    any_api.control("reset")
    client = new_client(any_api)
    any_api.freeze(f"{DAY}T12:00:00")
    assert opened(any_api, client, opening / 100).status_code == 200
    documents = [invoice(any_api, client, f"{price / 100:.2f}") for price in prices]
    expected = Decimal(opening) / 100 + sum((Decimal(str(each["total"])) for each in documents), Decimal(0))
    for _ in range(5):
        assert Decimal(str(owed(any_api, client))) == expected
        amount = Decimal(chance.randint(1, 40_000)) / 100
        act, sign = chance.choice([("pay", -1), ("write off", -1), ("pay back", 1)])
        if act == "write off":
            answer = regularize(any_api, client, str(amount))
        else:
            answer = move(any_api, client, str(amount), "Payment" if act == "pay" else "Reimbursement")
        assert answer.status_code in {201, 422}
        if answer.status_code == 201:
            expected += sign * amount
    assert Decimal(str(owed(any_api, client))) == expected


class TestDeletingClients:
    def test_live_an_error_although_it_is_gone(self, api: Any) -> None:
        client = new_client(api)
        opened(api, client, 10)
        regularize(api, client, 5)
        answer = api.delete(f"/clients/{client}.json")
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith("text/html")
        assert api.get(f"/clients/{client}.json").status_code == 404
        assert api.delete(f"/clients/{client}.json").status_code == 404
        assert new_client(api) != client

    @pytest.mark.parametrize("state", ["draft", "final", "deleted"])
    def test_one_with_documents_stays(self, api: Any, state: str) -> None:
        draft = api.create()
        if state != "draft":
            api.changed(draft, "finalized" if state == "final" else "deleted")
        path = f"/clients/{draft['client']['id']}.json"
        answer = api.delete(path)
        assert (answer.status_code, api.texts(answer)) == (
            422,
            ["Client can't be deleted because it has documents"],
        )
        assert api.get(path).status_code == 200

    def test_the_documentation_has_no_such_thing(self, documented: Any) -> None:
        client = new_client(documented)
        answer = documented.delete(f"/clients/{client}.json")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, PUT")
        assert documented.get(f"/clients/{client}.json").status_code == 200


def test_clients_are_found_by_tax_number(any_api: Any) -> None:
    for name, fiscal_id in (("Ana", "508000000"), ("Rui", "500999888"), ("Zé", None)):
        any_api.post("/clients.json", {"client": {"name": name, "code": name, "fiscal_id": fiscal_id}})

    def found(**query: Any) -> tuple[list[str], int]:
        answer = any_api.get("/clients.json", **query).json()
        return [each["name"] for each in answer["clients"]], answer["pagination"]["total_entries"]

    assert found(fiscal_id="500999888") == (["Rui"], 1)
    assert found(fiscal_id="1") == ([], 0)
    assert found() == (["Ana", "Rui", "Zé"], 3)
