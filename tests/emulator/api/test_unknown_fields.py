"""Unknown fields are logged, and refused if the account is set to be strict."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from invoicexpress_emulator.api.routes import OPERATIONS
from invoicexpress_emulator.api.unknown_fields import of

from tests.emulator.books.test_resources import CLIENT

from .test_seed_examples import NEW_BODY, OLD_ESTIMATE, OLD_UPDATE


def noted(api: Any) -> list[str]:
    entry = api.get("/_emulator/requests", account=api.name).json()["requests"][-1]
    return list(entry["unknown_fields"])


@pytest.mark.parametrize(
    ("path", "body", "names"),
    [
        ("/invoices.json", {"invoice": {"colour": 1}, "color": 1}, ["invoice.colour", "color"]),
        ("/quotes.json", {"quote": {"items": [{}, {"sku": 1}]}}, ["quote.items[1].sku"]),
        ("/invoices.json", {"invoice": {"items": [{"tax": {"exemption_code": "M07"}}]}},
         ["invoice.items[0].tax.exemption_code"]),
        ("/clients.json", {"client": {"preferred_contact": {"fax": 1}}}, ["client.preferred_contact.fax"]),
        ("/items.json", {"item": {"quantity": 1}}, ["item.quantity"]),
        ("/sequences.json", {"sequence": {"series": "A"}}, ["sequence.series"]),
        ("/taxes.json", {"taxes": {}}, ["taxes"]),
    ],
)  # read by rows # fmt: skip
def test_they_are_noted_and_refused_on_demand(any_api: Any, path: str, body: Any, names: list[str]) -> None:
    any_api.post(path, body)
    assert noted(any_api) == names
    any_api.control("config", unknown_fields="refuse")
    answer = any_api.post(path, body)
    assert answer.status_code == 422
    assert [name for name in names if name not in str(any_api.texts(answer))] == []


@pytest.mark.parametrize("body", [OLD_UPDATE, NEW_BODY, OLD_ESTIMATE])
def test_the_vendors_examples_have_none(any_api: Any, body: dict[str, Any]) -> None:
    any_api.control("config", unknown_fields="refuse")
    answer = any_api.post("/invoices.json", {"invoice": body, "proprietary_uid": "u"})
    assert answer.status_code == 201, answer.text
    assert any_api.post("/transports.json", {"transport": any_api.plain()}).status_code == 201
    assert any_api.post("/clients.json", {"client": CLIENT}).status_code == 201


def test_a_read_has_none(any_api: Any) -> None:
    any_api.get("/invoices.json", colour=1)
    assert noted(any_api) == []


def test_a_body_of_nonsense_is_noted_in_part() -> None:
    body: Any = {"invoice": {f"f{number}": 1 for number in range(1000)}}
    assert len(of("createInvoice", body)) == 20
    assert of("createInvoice", None) == of("createInvoice", []) == of("createInvoice", "x") == ()
    assert of("createInvoice", {"invoice": [{"a": 1}]}) == ("invoice[0].a",)


def test_every_operation_that_takes_a_body_has_its_fields() -> None:
    without = {"setSequenceDefault", "registerSequence", "suspendAccount", "activateAccount"}
    for operation in OPERATIONS:
        takes_a_body = operation.method in {"POST", "PUT"} and operation.id not in without
        takes_a_body &= not operation.id.startswith(("archive", "unarchive"))
        assert bool(of(operation.id, {"nobody_knows": 1})) == takes_a_body, operation.id


def test_refused_fields_leave_the_rest_of_the_accounts_alone(any_api: Any) -> None:
    url = f"{any_api.http.base_url}/_emulator/config"
    assert httpx.post(url, json={"account": any_api.name, "unknown_fields": "refuse"}).is_success
    assert httpx.get(url, params={"account": "demo"}).json()["unknown_fields"] == "ignore"
