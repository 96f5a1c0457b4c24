"""Shared by the client's tests: bodies as the service writes them, and a fake network."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypedDict, TypeVar

import anyio
import httpx
import pytest
from invoicexpress import (
    AsyncInvoiceXpress,
    AsyncListing,
    Checks,
    Estimate,
    Guide,
    Invoice,
    InvoiceXpress,
    Listing,
    PurchaseOrder,
)
from invoicexpress.quirks.document_types import DocumentTypeRow, row_of
from invoicexpress.sending.flows import Flow, Namespace, Step, listing, operation
from invoicexpress.sending.in_flight import forget_all
from invoicexpress.totals import rounded
from invoicexpress_wire import loads

T = TypeVar("T")
JSON = dict[str, Any]

ORIGIN = "https://acme.app.invoicexpress.com"
KEY = "kEy-0123456789-planted"
PDF_LINK = "https://files.example/pdf/1?signature=bearer-planted"
QR_LINK = "https://files.example/qr/1.png?signature=bearer-planted"
SAFT_LINK = "https://files.example/saft/1.xml?signature=bearer-planted"
PDF = b"%PDF-1.4 test"
SAFT = b'<?xml version="1.0" encoding="windows-1252"?><AuditFile/>'
PNG = b"\x89PNG\r\n\x1a\n test"


def document_json(**changes: Any) -> JSON:
    """A document as the service answers: numbers as numbers or texts, and null for missing values."""
    return {
        "id": 7,
        "status": "draft",
        "archived": False,
        "type": "Invoice",
        "sequence_number": "rascunho",
        "date": "21/11/2026",
        "due_date": "01/12/2026",
        "reference": None,
        "permalink": "https://acme.app.invoicexpress.com/documents/0123abcd",
        "sum": 10.0,
        "discount": 0.0,
        "before_taxes": 10.0,
        "taxes": 2.3,
        "total": 12.3,
        "currency": "Euro",
        "client": {"id": 3, "name": "Ana", "code": "A1"},
        "items": [line_json()],
        **changes,
    }


def line_json(**changes: Any) -> JSON:
    """A line as the service answers, with the exact amounts of its values."""
    line = {
        "name": "Café",
        "unit_price": "10.0",
        "quantity": "1.0",
        "unit": None,
        "tax": {"id": 1, "name": "IVA23", "value": 23.0},
        "discount": 0.0,
        **changes,
    }
    price, quantity, discount = (
        Decimal(str(line[name] or 0)) for name in ("unit_price", "quantity", "discount")
    )
    tax: Any = line["tax"] or {}
    subtotal = rounded(price, 4) * rounded(quantity, 2) * (1 - discount / 100)
    vat = subtotal * Decimal(str(tax.get("value") or 0)) / 100
    amounts = {"subtotal": subtotal, "tax_amount": vat, "total": rounded(subtotal + vat, 4)}
    return {**line, **{name: float(value) for name, value in amounts.items()}, **changes}


def client_json(**changes: Any) -> JSON:
    """A client as the service answers."""
    return {"id": 3, "name": "Ana", "code": "A1", "email": None, "send_options": 1, **changes}


def item_json(**changes: Any) -> JSON:
    """An item of the catalogue as the service answers."""
    return {"id": 4, "name": "Café", "unit_price": "1.5", "tax": {"id": 1, "name": "IVA23"}, **changes}


def tax_json(**changes: Any) -> JSON:
    """A tax as the service answers."""
    return {"id": 5, "name": "IVA23", "value": "23.0", "region": "PT", "default_tax": 1, **changes}


def sequence_json(**changes: Any) -> JSON:
    """A série as the service answers."""
    return {"id": 6, "serie": "2026", "default_sequence": 0, "current_invoice_sequence_id": 6, **changes}


def guide_json(**changes: Any) -> JSON:
    """A guide as the service answers once the tax authority has given its code."""
    place = {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
    moved = {"loaded_at": "21/11/2026 15:00:00", "address_from": place, "address_to": place}
    return document_json(**{"type": "Transport", **moved, "license_plate": "11-AA-22", **changes})


def as_read(body: Any) -> Any:
    """A body as read from the wire, without floats. A Decimal becomes a text there."""
    return loads(json.dumps(body, default=str))


def model_of(row: DocumentTypeRow) -> type[Invoice | Estimate | Guide | PurchaseOrder]:
    """The model class for documents of a type."""
    models: dict[str, type[Invoice | Estimate | Guide | PurchaseOrder]] = {
        "invoice": Invoice,
        "estimate": Estimate,
        "guide": Guide,
        "purchase_order": PurchaseOrder,
    }
    return models[row.family]


def spaces_of(client: object) -> dict[str, Any]:
    """The namespaces of a client, by name."""
    found = ((name, getattr(client, name)) for name in dir(client) if not name.startswith("_"))
    return {name: space for name, space in found if isinstance(space, Namespace)}


def methods_of(namespace: object) -> set[str]:
    """The methods of a namespace."""
    kind = type(namespace)
    return {
        name
        for name in dir(kind)
        if not name.startswith("_") and isinstance(getattr(kind, name), operation | listing)
    }


def echo(root: str, status: int = 200, **changes: Any) -> Answer:
    """An answer that shows the document sent, as the service does."""

    def shown(sent: JSON) -> JSON:
        given = sent[root]
        tax = line_json()["tax"]
        kept = {
            name: given[name]
            for name in ("date", "due_date", "reference", "observations", "retention")
            if name in given
        }
        if "client" in given:
            kept["client"] = {"id": 3, **given["client"]}
        kept["items"] = [
            line_json(**{**each, "tax": {**tax, **each.get("tax", {})}}) for each in given["items"]
        ]
        row = row_of(root)
        make = guide_json if row.family == "guide" else document_json
        return {root: make(**{"type": row.type, **kept, **changes})}

    return Answer(status, shown)


class Answer(NamedTuple):
    """The service's answer to one request."""

    status: int = 200
    body: Any = b""
    """Bytes as they are, a function of the request's body, anything else as JSON."""
    headers: tuple[tuple[str, str], ...] = ()


class Sent(NamedTuple):
    """A request as the service sees it, without the key."""

    verb: str
    path: str
    query: list[tuple[str, str]]
    body: Any


@pytest.fixture(autouse=True)
def _first_client_of_the_process() -> None:  # pyright: ignore[reportUnusedFunction] # pytest calls it
    """Each test has a service of its own, so what another's clients knew of the account is not true here."""
    forget_all()


class Service:
    """Answers from a queue and records the requests. A request on an empty queue fails the test."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: deque[Answer | BaseException] = deque()

    def will(self, *answers: Answer | BaseException) -> Service:
        """Queues answers, or exceptions to raise instead."""
        self.answers.extend(answers)
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self.answers, f"unexpected request: {request.method} {request.url.path}"
        answer = self.answers.popleft()
        if isinstance(answer, BaseException):
            raise answer
        if callable(answer.body):
            answer = answer._replace(body=answer.body(loads(request.content)))
        content = (
            answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body, default=str).encode()
        )
        return httpx.Response(answer.status, content=content, headers=list(answer.headers))

    @property
    def transport(self) -> httpx.MockTransport:
        """A transport to this service, for either client."""
        return httpx.MockTransport(self)

    @property
    def sent(self) -> list[Sent]:
        """The body sent, with decimals as on the wire."""
        return [
            Sent(
                request.method,
                request.url.path,
                [pair for pair in request.url.params.multi_items() if pair[0] != "api_key"],
                loads(request.content) if request.content else None,
            )
            for request in self.requests
        ]


def drive(flow: Flow[T], answer: Callable[[Step], object]) -> T:
    """Drives a flow: `answer` handles each step, and its exceptions are thrown into the flow."""
    try:
        step = next(flow)
        while True:
            try:
                outcome = answer(step)
            except Exception as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as done:
        result: T = done.value
        return result


class Run(Protocol):
    """Opens a client on a service, makes a call, and returns the result; listings are read to the end.

    The client neither repeats nor waits, so each answer meets the request that it is meant for.
    """

    def __call__(self, service: Service, call: Callable[[Any], Any]) -> Any: ...


def is_of(value: object, kind: type) -> bool:
    """isinstance, without narrowing an Any for the checkers."""
    return isinstance(value, kind)


def every(listing: Listing[Any]) -> list[Any]:
    """All entries."""
    return list(listing)


async def every_async(listing: AsyncListing[Any]) -> list[Any]:
    """All entries."""
    return [entry async for entry in listing]


class Once(TypedDict):
    """Settings of a client that sends nothing twice, and checks an unknown outcome only once."""

    retries: int
    consistency_window: float
    pace: None
    checks: Checks


# A Service's answers are prepared, so they do not reflect the request.
UNCHECKED = Checks.off()
ONCE: Once = {"retries": 0, "consistency_window": 0, "pace": None, "checks": UNCHECKED}


def run_sync(service: Service, call: Callable[[Any], Any]) -> Any:
    """Run on the synchronous client."""
    with InvoiceXpress("acme", KEY, transport=service.transport, **ONCE) as ix:
        result = call(ix)
        return every(result) if is_of(result, Listing) else result


def run_async(service: Service, call: Callable[[Any], Any]) -> Any:
    """Run on the asynchronous client."""

    async def run() -> Any:
        async with AsyncInvoiceXpress("acme", KEY, transport=service.transport, **ONCE) as ix:
            result = call(ix)
            if is_of(result, AsyncListing):
                return await every_async(result)
            return await result

    return anyio.run(run)


RUNS: dict[str, Run] = {"sync": run_sync, "async": run_async}


@pytest.fixture(params=sorted(RUNS))
def run(request: pytest.FixtureRequest) -> Run:
    """Each client in turn."""
    return RUNS[request.param]


@pytest.fixture
def service() -> Iterator[Service]:
    """A service with an empty queue. At the end of the test, every queued answer must be used up."""
    made = Service()
    yield made
    assert not made.answers, f"{len(made.answers)} answers were never requested"
