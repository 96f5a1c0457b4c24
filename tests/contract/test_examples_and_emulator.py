"""Every documented example request is accepted by the emulator, in both profiles.

An example names things by made-up ids. Before it is sent, what it needs is put in place (a draft to
update, a final invoice to pay), and the ids in it are replaced by those of the things themselves;
nothing else is changed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest
from invoicexpress import Invoice, InvoiceXpress, lisbon
from invoicexpress_generated.client import httpx
from invoicexpress_wire import is_object

from .conftest import Account
from .example_files import Example, read_examples

REQUESTS: Final = [
    example
    for example in read_examples()
    if example.request is not None and (example.response is None or example.response.status < 300)
]


class Books:
    """An account with whatever an example needs in it."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.ix = InvoiceXpress(account.name, account.api_key, base_url=account.base_url)

    def draft(self, segment: str, **changes: Any) -> Invoice:
        namespace: Any = getattr(self.ix, segment)
        document: Invoice = namespace.create(
            date=lisbon.today(),
            client={"name": "Cliente", "code": "C"},
            items=[{"name": "Artigo", "description": "", "unit_price": Decimal(500), "quantity": Decimal(1)}],
            **changes,
        )
        return document

    def final(self, segment: str, **changes: Any) -> Invoice:
        namespace: Any = getattr(self.ix, segment)
        document: Invoice = namespace.finalize(self.draft(segment, **changes))
        return document

    def receipt(self) -> Invoice:
        return self.ix.invoices.pay(self.final("invoices"), amount=Decimal(100))

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
    """A série whose registration was left to the endpoint that registers."""
    answer = httpx.post(
        f"{books.account.base_url}/_emulator/config",
        json={"account": books.account.name, "at_registration": "manual"},
    )
    assert answer.is_success, answer.text
    return books.ix.sequences.create(serie="POR-REGISTAR").id


def _reading(books: Books, example: Example) -> int:
    return books.receipt().id if example.segment == "receipts" else books.draft(_segment(example)).id


# What the id in an example's path stands for.
THINGS: Final[dict[str, Callable[[Books, Example], int]]] = {
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
    "deleteTax": lambda books, _: books.ix.taxes.create(name="T", value=Decimal(1), region="PT").id,
}


def _with_real_references(books: Books, example: Example, body: object) -> object:
    """A body whose ids are those of things that exist."""
    replaced = copy.deepcopy(body)
    for root, value in replaced.items() if is_object(replaced) else ():
        if not is_object(value):
            continue
        if "sequence_id" in value:
            value["sequence_id"] = str(books.row(_singular(example, root)))
        if "owner_invoice_id" in value:
            value["owner_invoice_id"] = str(books.final("invoices").id)
        if "serie" in value and root == "partial_payment":
            books.serie(value["serie"])
    return replaced


def _singular(example: Example, root: str) -> str:
    return root if example.segment is None else example.segment.removesuffix("s")


def _path(books: Books, example: Example) -> str:
    assert example.request is not None
    thing = THINGS.get(example.operation)
    if thing is None:
        return example.request.path
    identity = str(thing(books, example))
    parts = example.request.path.split("/")
    return "/".join(_with_id(part, identity) for part in parts)


def _with_id(part: str, identity: str) -> str:
    name, dot, suffix = part.partition(".")
    return f"{identity}{dot}{suffix}" if name.isdigit() else part


@pytest.mark.parametrize("example", [pytest.param(example, id=example.name) for example in REQUESTS])
def test_an_example_is_accepted(account: Account, example: Example) -> None:
    assert example.request is not None
    books = Books(account)
    with books.ix:
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
    assert answer.is_success, f"{example.request.method} {path} {body}: {answer.status_code} {answer.text}"
    if example.response is not None:
        assert answer.status_code in (example.response.status, 202)
