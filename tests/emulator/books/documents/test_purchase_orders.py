"""Purchase orders: the document that old clients send, under `client` or `supplier`."""

from __future__ import annotations

from typing import Any

import pytest

ITEMS = [{"name": "Papel", "description": "A4", "unit_price": "4.5", "quantity": "10", "unit": "unit"}]


def order(api: Any, **body: Any) -> Any:
    return api.post("/purchase_orders.json", {"purchase_order": {"items": ITEMS, **body}})


@pytest.mark.parametrize("key", ["client", "supplier"])
def test_the_other_side_has_two_names(any_api: Any, key: str) -> None:
    answer = order(
        any_api,
        date="03/12/2026",
        due_date="04/12/2026",
        loaded_at="05/12/2026",
        delivery_site="Porto",
        observations="Urgente",
        **{key: {"name": "Papelaria", "code": "P1"}},
    )
    assert (answer.status_code, list(answer.json())) == (201, ["purchase_order"])
    made = answer.json()["purchase_order"]
    assert (made["type"], made["status"]) == ("PurchaseOrder", "draft")
    assert (made["date"], made["due_date"], made["loaded_at"]) == ("03/12/2026", "04/12/2026", "05/12/2026")
    assert (made["delivery_site"], made["observations"]) == ("Porto", "Urgente")
    assert made["client"]["name"] == "Papelaria"
    assert (made["before_taxes"], made["total"]) == (45, 55.35)
    assert not {"address_from", "license_plate", "load_site", "at_doc_code_id", "supplier"} & made.keys()
    assert any_api.get(f"/purchase_orders/{made['id']}.json").json() == {"purchase_order": made}


def test_when_and_where_may_be_left_out(api: Any, documented: Any) -> None:
    for each, nothing in ((api, None), (documented, "")):
        made = each.only(order(each, client={"name": "P"}).json())
        assert (made["loaded_at"], made["delivery_site"]) == (None, nothing)


@pytest.mark.parametrize("body", [{}, {"client": {}}, {"supplier": None}])
def test_someone_must_deliver(any_api: Any, body: Any) -> None:
    answer = order(any_api, **body)
    assert (answer.status_code, any_api.texts(answer)) == (422, ["Elemento client não fornecido"])


def test_a_day_that_is_none_is_refused(any_api: Any) -> None:
    assert order(any_api, client={"name": "P"}, loaded_at="32/12/2026").status_code == 422
    assert any_api.post("/purchase_orders.json", {"invoice": any_api.plain()}).status_code == 422


def test_a_supplier_is_no_clients_name_elsewhere(any_api: Any) -> None:
    body = {"invoice": {"supplier": {"name": "P"}, "items": ITEMS}}
    assert any_api.post("/invoices.json", body).status_code == 422


def test_a_draft_is_replaced_by_an_update(any_api: Any) -> None:
    made = any_api.create("purchase_orders")
    body = any_api.plain(loaded_at="06/12/2026", delivery_site="Faro")
    answer = any_api.put(f"/purchase_orders/{made['id']}.json", {"purchase_order": body})
    assert answer.status_code == 200
    read = any_api.read(made)
    assert (read["loaded_at"], read["delivery_site"]) == ("06/12/2026", "Faro")


def test_an_order_in_the_past_can_be_issued(any_api: Any) -> None:
    issued = any_api.issue("purchase_orders", loaded_at="01/01/2001")
    assert (issued["status"], issued["loaded_at"]) == ("final", "01/01/2001")


def test_it_is_numbered_and_neither_signed_nor_registered(api: Any) -> None:
    first, second = api.issue("purchase_orders"), api.issue("purchase_orders")
    assert [each["inverted_sequence_number"].rsplit("/")[1] for each in (first, second)] == ["1", "2"]
    assert (first["saft_hash"], first["atcud"]) == (None, "N/A")
    (series,) = api.get("/sequences.json").json()["sequences"]
    assert series["current_purchase_order_number"] == 2


def test_the_list_and_its_filters(any_api: Any) -> None:
    draft = any_api.create("purchase_orders", date="01/02/2026", due_date="03/02/2026")
    final = any_api.issue("purchase_orders", date="05/02/2026", client={"name": "Outra"}, items=ITEMS)
    any_api.create("shippings")
    for query, expected in (
        ({}, [draft, final]),
        ({"type": "PurchaseOrder"}, [draft, final]),
        ({"type[]": "Invoice"}, []),
        ({"status[]": "sent"}, [final]),
        ({"date[from]": "02/02/2026"}, [final]),
        ({"due_date[to]": "03/02/2026"}, [draft]),
        ({"total_before_taxes[to]": "50.00"}, [final]),
        ({"text": "outra"}, [final]),
        ({"per_page": 1, "page": 2}, [final]),
    ):
        answer = any_api.get("/purchase_orders.json", **query)
        assert [each["id"] for each in answer.json()["purchase_orders"]] == [
            each["id"] for each in expected
        ], query


def test_it_is_sent_by_email_and_printed(any_api: Any) -> None:
    issued = any_api.issue("purchase_orders")
    message = {"message": {"client": {"email": "a@example.com"}}}
    answer = any_api.put(f"/purchase_orders/{issued['id']}/email-document.json", message)
    assert (answer.status_code, answer.content) == (200, b"")
    path = f"/api/pdf/{issued['id']}.json"
    assert [any_api.get(path).status_code for _ in range(2)] == [202, 200]
