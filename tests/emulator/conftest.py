"""One server per profile for the whole run, a fresh account for every test."""

from __future__ import annotations

import itertools
import ssl
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
import pytest
from invoicexpress_emulator import Emulator

from tests.emulator.support.control_document import check_control_answer

PROFILES = ("observed", "documented")
_names = itertools.count(1)
_TLS = ssl.create_default_context()
"""Made once: every client would make its own, for 20 ms, and never use it."""

Json = Any


class Api:
    """A caller with a key, for one account of one emulator."""

    def __init__(self, base_url: str, name: str, key: str) -> None:
        self.name = name
        self.key = key
        self.http = httpx.Client(
            base_url=base_url,
            params={"api_key": key},
            timeout=20,
            verify=_TLS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            event_hooks={"response": [check_control_answer]},
        )

    @staticmethod
    def root_of(segment: str) -> str:
        """The root key of a single document: the path segment in the singular."""
        return segment.removesuffix("s")

    @staticmethod
    def only(body: Json) -> Json:
        """The value of a body's only key."""
        ((_, value),) = body.items()
        return value

    @staticmethod
    def plain(**changes: Json) -> Json:
        """A document body that every type accepts; only guides and orders read its fields about goods."""
        body = {
            "client": {"name": "Ana Lda", "code": "ANA"},
            "items": [
                {"name": "Trabalho", "description": "Um dia", "unit_price": "100.0", "quantity": "1.0"}
            ],
            **GOODS,
        }
        return {**body, **changes}

    @staticmethod
    def texts(answer: httpx.Response) -> list[str]:
        """Every text in an error body, whatever its shape."""
        found: list[str] = []

        def walk(value: Any) -> None:
            kind = value.__class__.__name__
            if kind == "str":
                found.append(value)
            elif kind == "dict":
                for each in value.values():
                    walk(each)
            elif kind == "list":
                for each in value:
                    walk(each)

        walk(answer.json())
        return found

    def get(self, path: str, **query: Json) -> httpx.Response:
        return self.http.get(path, params=query)

    def post(self, path: str, body: Json = None) -> httpx.Response:
        return self.http.post(path, json=body)

    def put(self, path: str, body: Json = None) -> httpx.Response:
        return self.http.put(path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.http.delete(path)

    def control(self, path: str, **body: Json) -> Json:
        answer = self.http.post(f"/_emulator/{path}", json={"account": self.name, **body})
        assert answer.is_success, answer.text
        return answer.json()

    def freeze(self, moment: str) -> None:
        """Freeze the account's clock at a moment (Lisbon time)."""
        self.control("clock", freeze=True, set=moment)

    def create(self, segment: str = "invoices", **changes: Json) -> Json:
        """Make a draft of 100 EUR + 23 %, with `changes` to its fields, and return it."""
        answer = self.post(f"/{segment}.json", {self.root_of(segment): self.plain(**changes)})
        assert answer.status_code == 201, answer.text
        return self.only(answer.json())

    def change(self, document: Json, state: str, message: str | None = None) -> httpx.Response:
        segment = SEGMENTS[document["type"]]
        body = {"state": state} if message is None else {"state": state, "message": message}
        return self.put(f"/{segment}/{document['id']}/change-state.json", {self.root_of(segment): body})

    def changed(self, document: Json, state: str, message: str | None = None) -> Json:
        answer = self.change(document, state, message)
        assert answer.status_code == 200, answer.text
        return self.only(answer.json())

    def issue(self, segment: str = "invoices", **changes: Json) -> Json:
        """Make a document and finalise it."""
        return self.changed(self.create(segment, **changes), "finalized")

    def read(self, document: Json) -> Json:
        answer = self.get(f"/{SEGMENTS[document['type']]}/{document['id']}.json")
        assert answer.status_code == 200, answer.text
        return self.only(answer.json())

    def pay(self, document: Json, amount: Json, **more: Json) -> httpx.Response:
        body = {"partial_payment": {"amount": amount, **more}}
        return self.post(f"/documents/{document['id']}/partial_payments.json", body)


GOODS: dict[str, Json] = {
    "loaded_at": "02/01/2090 19:00:00",
    "license_plate": "11-AA-22",
    "address_from": {
        "detail": "Avenida Duque d'Ávila, 46",
        "city": "Lisboa",
        "postal_code": "1050-083",
        "country": "Portugal",
    },
    "address_to": {
        "detail": "Avenida dos Aliados",
        "city": "Porto",
        "postal_code": "4000-327",
        "country": "Portugal",
    },
    "delivery_site": "Cais 3",
}
"""The transport fields of the vendor's example guide, with a loading date far in the future."""

SEGMENTS = {
    "Invoice": "invoices",
    "SimplifiedInvoice": "simplified_invoices",
    "InvoiceReceipt": "invoice_receipts",
    "VatMossInvoice": "vat_moss_invoices",
    "VatMossCreditNote": "vat_moss_credit_notes",
    "CreditNote": "credit_notes",
    "DebitNote": "debit_notes",
    "Receipt": "receipts",
    "Quote": "quotes",
    "Proforma": "proformas",
    "FeesNote": "fees_notes",
    "Shipping": "shippings",
    "Transport": "transports",
    "Devolution": "devolutions",
    "PurchaseOrder": "purchase_orders",
    "VatMossReceipt": "vat_moss_receipts",
}


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Emulator]]:
    with Emulator(profile="observed") as observed, Emulator(profile="documented") as documented:
        yield {"observed": observed, "documented": documented}


@pytest.fixture(scope="session")
def caller() -> type[Api]:
    """Makes callers, for tests that start their own emulator."""
    return Api


def _account(server: Emulator) -> Api:
    name = f"test-{next(_names)}"
    answer = httpx.post(f"{server.base_url}/_emulator/accounts", json={"name": name}, verify=_TLS)
    assert answer.status_code == 201, answer.text
    return Api(server.base_url, name, answer.json()["api_key"])


@pytest.fixture
def api(servers: dict[str, Emulator]) -> Iterator[Api]:
    """A fresh account under the observed profile."""
    api = _account(servers["observed"])
    with api.http:
        yield api


@pytest.fixture
def documented(servers: dict[str, Emulator]) -> Iterator[Api]:
    """A fresh account under the documented profile."""
    api = _account(servers["documented"])
    with api.http:
        yield api


@pytest.fixture(params=PROFILES)
def any_api(request: pytest.FixtureRequest, servers: dict[str, Emulator]) -> Iterator[Api]:
    """A fresh account, under each profile in turn."""
    api = _account(servers[request.param])
    with api.http:
        yield api


@pytest.fixture
def other(servers: dict[str, Emulator]) -> Iterator[Api]:
    """A second account on the emulator of `api`."""
    api = _account(servers["observed"])
    with api.http:
        yield api
