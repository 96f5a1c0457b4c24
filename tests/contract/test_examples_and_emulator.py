"""The emulator accepts every example request in both profiles, except where the service refuses it.

Ids in the examples are made up. Before sending one, the test creates what it refers to (a draft to update,
a final invoice to pay) and replaces its ids by real ones; nothing else changes.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from invoicexpress import Invoice, InvoiceXpress, lisbon
from invoicexpress_wire import is_array, is_object

from .conftest import Account
from .example_files import Example, read_examples

REQUESTS: Final = [
    example
    for example in read_examples()
    if example.request is not None and (example.response is None or example.response.status < 300)
]


OTHERWISE: Final[dict[tuple[str, str | None, str], int]] = {
    # In 2026 every guide got this answer; the documentation does not mention it (diogopms 2026-06).
    ("updateDocument", "shippings", "observed"): 500,
    # The movement is deleted nevertheless (diogopms 2026-06).
    ("deleteClientTreasuryMovement", None, "observed"): 500,
    # The documented wire never shows the id that deleting requires.
    ("deleteClientTreasuryMovement", None, "documented"): 404,
}
"""What a profile answers to a request that is well said, by operation, document type and profile."""

ADDRESS: Final = {"detail": "Rua 5", "city": "Lisboa", "postal_code": "1000-555", "country": "Portugal"}
GUIDES: Final = ("shippings", "transports", "devolutions")


class Books:
    """An account that provides whatever an example refers to."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.ix = InvoiceXpress(account.name, account.api_key, base_url=account.base_url)

    def draft(self, segment: str, **changes: Any) -> Invoice:
        namespace: Any = getattr(self.ix, segment)
        fields: dict[str, Any] = {
            "date": lisbon.today(),
            "client": {"name": "Cliente", "code": "C"},
            "items": [
                {"name": "Artigo", "description": "", "unit_price": Decimal(500), "quantity": Decimal(1)}
            ],
        }
        if segment in GUIDES:
            tomorrow = lisbon.today() + datetime.timedelta(days=1)
            fields["loaded_at"] = datetime.datetime.combine(tomorrow, datetime.time(9))
            fields["address_from"] = fields["address_to"] = ADDRESS
        document: Invoice = namespace.create(**fields | changes)
        return document

    def final(self, segment: str, **changes: Any) -> Invoice:
        namespace: Any = getattr(self.ix, segment)
        document: Invoice = namespace.finalize(self.draft(segment, **changes))
        return document

    def receipt(self) -> Invoice:
        return self.ix.invoices.pay(self.final("invoices"), amount=Decimal(100))

    def debtor(self) -> int:
        """The id of a client who owes something."""
        return self.final("invoices").client.id or 0

    def call(self, method: str, path: str, body: object) -> dict[str, Any]:
        """Sends a request without the client, and returns the answer below its root."""
        answer = httpx.request(
            method, f"{self.account.base_url}{path}", params={"api_key": self.account.api_key}, json=body
        )
        assert answer.is_success, answer.text
        content: dict[str, Any] = answer.json()
        (value,) = content.values()
        found: dict[str, Any] = value[0] if is_array(value) else value
        return found

    def serie(self, name: str) -> None:
        if name not in {sequence.serie for sequence in self.ix.sequences.list()}:
            self.ix.sequences.create(serie=name)

    def row(self, root: str) -> int:
        (first, *_) = self.ix.sequences.list()
        row: int = getattr(first, f"current_{root}_sequence_id")
        return row


def _changing(books: Books, example: Example) -> int:
    assert example.segment is not None
    assert example.request is not None
    (change,) = example.request.body.values()
    if example.segment == "receipts":
        return books.receipt().id
    on_drafts = change["state"] in ("finalized", "deleted")
    if change["state"] == "unsettled":
        note = books.final(example.segment)
        namespace: Any = getattr(books.ix, example.segment)
        namespace.settle(note)
        return note.id
    return (books.draft if on_drafts else books.final)(example.segment).id


def _segment(example: Example) -> str:
    return example.segment or "invoices"


def _unregistered(books: Books, _: Example) -> int:
    """A série that still has to be registered."""
    answer = httpx.post(
        f"{books.account.base_url}/_emulator/config",
        json={"account": books.account.name, "at_registration": "manual"},
    )
    assert answer.is_success, answer.text
    return books.ix.sequences.create(serie="POR-REGISTAR").id


def _reading(books: Books, example: Example) -> int:
    return books.receipt().id if example.segment == "receipts" else books.draft(_segment(example)).id


def _account(books: Books, _: Example) -> int:
    """An account for the user and company named in the examples."""
    account = {
        "organization_name": f"Padaria {books.account.name}",
        "email": "john.doe@example.com",
        "password": "secret123",
        "fiscal_id": "500100200",
        "terms": "1",
    }
    return int(books.call("POST", "/api/accounts/create.json", {"account": account})["id"])


def _regularization(books: Books, _: Example) -> tuple[int, int]:
    client = books.debtor()
    body = {"regularization": {"value": 10, "date": "2026-11-21"}}
    created = books.call("POST", f"/api/v3/clients/{client}/regularization.json", body)
    return client, created["id"]


def _movement(books: Books, _: Example) -> tuple[int, int]:
    client = books.debtor()
    body = {"treasury_movement": {"value": 10, "movement_type": "Payment", "date": "2026-11-21"}}
    created = books.call("POST", f"/api/v3/clients/{client}/treasury_movements.json", body)
    return client, created.get("id", 1)


def _month(books: Books, example: Example) -> None:
    """A document in the exported month."""
    assert example.request is not None
    query = {key: int(str(value)) for key, value in example.request.query.items()}
    day = datetime.date(query.get("year", query.get("years", 0)), query["month"], 1)
    books.final("invoices", date=day, due_date=day)


NEW_USER: Final = {
    "organization_name": "Another Company",
    "email": "john.doe@example.com",
    "password": "secret123",
    "terms": "1",
}

# Preparation for requests that contain no id.
BEFORE: Final[dict[str, Callable[[Books, Example], object]]] = {
    "createAccountForExistingUser": lambda books, _: books.call(
        "POST", "/api/accounts/create.json", {"account": NEW_USER}
    ),
    "exportSaft": _month,
}
# Makes the resources behind the ids in an example's path.
THINGS: Final[dict[str, Callable[[Books, Example], int | tuple[int, int]]]] = {
    "getDocument": _reading,
    "updateDocument": lambda books, example: books.draft(_segment(example)).id,
    "changeDocumentState": _changing,
    "sendDocumentEmail": lambda books, example: books.final(_segment(example)).id,
    "generatePdf": lambda books, _: books.final("invoices").id,
    "getQrCode": lambda books, _: books.final("invoices").id,
    "relatedDocuments": lambda books, _: books.final("invoices").id,
    "generatePayment": lambda books, _: books.final("invoices").id,
    "getSequence": lambda books, _: books.ix.sequences.list()[0].id,
    "setCurrentSequence": lambda books, _: books.ix.sequences.list()[0].id,
    "registerSequence": _unregistered,
    "getClient": lambda books, _: books.ix.clients.create(name="Ana", code="ANA").id,
    "updateClient": lambda books, _: books.ix.clients.create(name="Ana", code="ANA").id,
    "listClientInvoices": lambda books, _: books.ix.clients.create(name="Ana", code="ANA").id,
    "getItem": lambda books, _: books.ix.items.create(name="A", unit_price=Decimal(1)).id,
    "updateItem": lambda books, _: books.ix.items.create(name="A", unit_price=Decimal(1)).id,
    "deleteItem": lambda books, _: books.ix.items.create(name="A", unit_price=Decimal(1)).id,
    "getTax": lambda books, _: books.ix.taxes.create(name="T", value=Decimal(1), region="PT").id,
    "updateTax": lambda books, _: books.ix.taxes.create(name="T", value=Decimal(1), region="PT").id,
    "getAccount": _account,
    "updateAccount": _account,
    "getClientBalance": lambda books, _: books.debtor(),
    "updateClientInitialBalance": lambda books, _: books.debtor(),
    "listClientRegularizations": lambda books, _: books.debtor(),
    "createClientRegularization": lambda books, _: books.debtor(),
    "deleteClientRegularization": _regularization,
    "createClientTreasuryMovement": lambda books, _: books.debtor(),
    "deleteClientTreasuryMovement": _movement,
    "deleteTax": lambda books, _: books.ix.taxes.create(name="T", value=Decimal(1), region="PT").id,
}


def _with_real_references(books: Books, example: Example, body: object) -> object:
    """The body with its ids replaced by those of existing resources."""
    replaced = copy.deepcopy(body)
    for root, value in replaced.items() if is_object(replaced) else ():
        if not is_object(value):
            continue
        if "sequence_id" in value:
            value["sequence_id"] = str(books.row(_singular(example, root)))
        if "owner_invoice_id" in value:
            value["owner_invoice_id"] = str(books.final("invoices").id)
        if "serie" in value and root in ("partial_payment", "treasury_movement"):
            books.serie(value["serie"])
    return replaced


def _singular(example: Example, root: str) -> str:
    return root if example.segment is None else example.segment.removesuffix("s")


def _path(books: Books, example: Example) -> str:
    assert example.request is not None
    thing = THINGS.get(example.operation)
    if thing is None:
        return example.request.path
    named = thing(books, example)
    ids = iter(named if isinstance(named, tuple) else (named,))
    parts = example.request.path.split("/")
    return "/".join(_with_id(part, ids) for part in parts)


def _with_id(part: str, ids: Iterator[int]) -> str:
    name, dot, suffix = part.partition(".")
    return f"{next(ids)}{dot}{suffix}" if name.isdigit() else part


@pytest.mark.parametrize("example", [pytest.param(example, id=example.name) for example in REQUESTS])
def test_an_example_is_accepted(account: Account, example: Example) -> None:
    assert example.request is not None
    books = Books(account)
    with books.ix:
        if prepare := BEFORE.get(example.operation):
            prepare(books, example)
        path = _path(books, example)
        body = _with_real_references(books, example, example.request.body)
        for key, value in example.request.query.items():
            if key == "client_name":
                books.ix.clients.create(name=str(value))
            if key == "client_code":
                books.ix.clients.create(name="Ana", code=str(value))
        answer = httpx.request(
            example.request.method,
            f"{account.base_url}{path}",
            params={**example.request.query, "api_key": account.api_key},
            json=body,
        )
    otherwise = OTHERWISE.get((example.operation, example.segment, account.profile))
    if otherwise is not None:
        assert answer.status_code == otherwise, answer.text
        return
    assert answer.is_success, f"{example.request.method} {path} {body}: {answer.status_code} {answer.text}"
    if example.response is not None:
        assert answer.status_code in (example.response.status, 202)
