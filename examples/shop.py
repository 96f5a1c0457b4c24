"""A shop behind FastAPI: a payment's webhook becomes one invoice-receipt and one e-mail, a refund one note.

    SHOP_WEBHOOK_SECRET=try-it python examples/with_emulator.py uvicorn --app-dir examples shop:app

Then http://127.0.0.1:8000/docs has the three requests. Payment providers deliver a webhook at least once: two
at the same moment, or again after a time-out, or tomorrow. Three rules prevent a second document:

* The order is stored with its prices, and at the first delivery with the date of its document. A later
  delivery sends the same content, even after midnight.
* `issue(key=...)` makes one document for each key. The key is the order's, so it survives a crash.
* An e-mail has no key and cannot be read back. One delivery claims it in the database, and sends it.

Each call of the client ends in one of three ways, and so does a webhook:

* done: 200, the provider is content.
* refused: 422. Nothing was issued, and the next delivery would be refused too: a person has to look.
* unknown, or not reached: 503. The provider delivers again, and the key leads to the same document.

Needs `pip install fastapi uvicorn` beside invoicexpress. The variables: INVOICEXPRESS_ACCOUNT and
INVOICEXPRESS_API_KEY; SHOP_WEBHOOK_SECRET, shared with the payment provider; SHOP_DATABASE, a file.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from invoicexpress import (
    AmbiguousResultError,
    ConflictError,
    DocumentItemWriteFields,
    Invoice,
    InvoiceXpress,
    InvoiceXpressError,
    RateLimitError,
    ServerError,
    TransportError,
    fiscal_ids,
    legal_number,
    lisbon,
    totals,
)
from pydantic import BaseModel, Field, field_validator

log = logging.getLogger("uvicorn.error")

VAT: Final = Decimal(23)
CATALOGUE: Final = {"caneca": ("Caneca", Decimal("8.1301")), "caderno": ("Caderno A5", Decimal("2.84"))}
"""Name, and price without VAT in EUR: the service keeps four decimals of it, and rounds the total once."""

Line: TypeAlias = tuple[str, Decimal, int]
"""Name, price without VAT, quantity."""


# --- Orders ---------------------------------------------------------------------------------------------

SCHEMA: Final = """
    CREATE TABLE IF NOT EXISTS orders (
        id INTEGER PRIMARY KEY,
        customer TEXT NOT NULL,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        fiscal_id TEXT,
        lines TEXT NOT NULL,  -- JSON: names, prices, quantities, as they were when it was ordered
        total TEXT NOT NULL,  -- EUR; text, since SQLite has no decimals
        paid_on TEXT,
        invoice_id INTEGER,
        mail TEXT NOT NULL DEFAULT 'none',  -- none, claimed, sent
        note_id INTEGER
    )"""


@dataclass(frozen=True)
class Order:
    """An order as it is stored."""

    id: int
    customer: str
    name: str
    email: str
    fiscal_id: str | None
    lines: list[Line]
    total: Decimal
    paid_on: date | None
    invoice_id: int | None
    mail: str
    note_id: int | None

    def items(self) -> list[DocumentItemWriteFields]:
        """The lines of its document."""
        return [
            {"name": name, "unit_price": price, "quantity": Decimal(quantity), "tax": {"name": "IVA23"}}
            for name, price, quantity in self.lines
        ]


@contextmanager
def database() -> Generator[sqlite3.Connection]:
    """A connection for one step. Its changes are on disk when the step ends."""
    db = sqlite3.connect(os.environ.get("SHOP_DATABASE", "shop.db"))
    try:
        with db:
            yield db
    finally:
        db.close()


def order_of(order_id: int) -> Order:
    """Reads an order; 404 if there is none."""
    with database() as db:
        row = db.execute("SELECT * FROM orders WHERE id = ?", [order_id]).fetchone()
    if row is None:
        raise HTTPException(404, f"there is no order {order_id}")
    number, customer, name, email, fiscal_id, lines, total, paid_on, invoice_id, mail, note_id = row
    return Order(
        number,
        customer,
        name,
        email,
        fiscal_id,
        [(article, Decimal(price), quantity) for article, price, quantity in json.loads(lines)],
        Decimal(total),
        None if paid_on is None else date.fromisoformat(paid_on),
        invoice_id,
        mail,
        note_id,
    )


def change(statement: str, *values: str | int) -> bool:
    """Changes an order in one atomic step. Returns whether a row matched."""
    with database() as db:
        return db.execute(statement, values).rowcount == 1


# --- Documents ------------------------------------------------------------------------------------------


def invoice_receipt_of(ix: InvoiceXpress, order: Order) -> Invoice:
    """The invoice-receipt of a paid order: issued once, however often and by however many this is called.

    Until it is issued, others may be issued with a later date; the service then refuses this one, whose date
    is older, and a person decides.
    """
    if order.invoice_id is not None:
        # The key of a cancelled document makes a new one, so it is not used again.
        return ix.invoice_receipts.get(order.invoice_id)
    # The first delivery decides on the date. A document of another day would be another document.
    today = lisbon.today().isoformat()
    change("UPDATE orders SET paid_on = ? WHERE id = ? AND paid_on IS NULL", today, order.id)
    order = order_of(order.id)
    assert order.paid_on is not None  # noqa: S101 - for the type checkers
    invoice = ix.invoice_receipts.issue(
        key=f"order-{order.id}",
        expect_total=order.total,  # a wrong total is refused before the document is legal
        date=order.paid_on,
        # Without a number it goes to the final consumer. A number that a known client does not have is
        # refused, since the service would ignore it: a person has to look.
        client={
            "name": order.name,
            "code": order.customer,
            "email": order.email,
            "fiscal_id": order.fiscal_id,
        },
        items=order.items(),
    )
    change("UPDATE orders SET invoice_id = ? WHERE id = ?", invoice.id, order.id)
    return invoice


def mail_once(ix: InvoiceXpress, order: Order, invoice: Invoice) -> None:
    """Sends the invoice-receipt to the customer, once.

    A crash, or an unknown result, leaves the mail `claimed`: it may have been sent, so it is never sent
    again by itself. GET /orders/1 shows it, and a person may look and decide.
    """
    if not change("UPDATE orders SET mail = 'claimed' WHERE id = ? AND mail = 'none'", order.id):
        return
    try:
        ix.invoice_receipts.email(invoice, order.email, subject=f"Order {order.id}: {legal_number(invoice)}")
    except AmbiguousResultError as error:
        log.warning("order %s: %s", order.id, error)
        return
    except InvoiceXpressError:
        # Refused, so there was no mail: the next delivery tries again.
        change("UPDATE orders SET mail = 'none' WHERE id = ?", order.id)
        raise
    change("UPDATE orders SET mail = 'sent' WHERE id = ?", order.id)


def credit_note_of(ix: InvoiceXpress, order: Order) -> Invoice:
    """The credit note of a refunded order, for all of it, issued once."""
    if order.note_id is not None:
        return ix.credit_notes.get(order.note_id)
    if order.invoice_id is None:
        # Webhooks overtake one another. The refund is delivered again, and then finds the invoice-receipt.
        raise HTTPException(503, f"order {order.id} has no invoice-receipt yet", {"Retry-After": "60"})
    invoice = ix.invoice_receipts.get(order.invoice_id)
    note = ix.credit_notes.issue(invoice, key=f"refund-{order.id}", expect_total=order.total)
    change("UPDATE orders SET note_id = ? WHERE id = ?", note.id, order.id)
    return note


# --- The web --------------------------------------------------------------------------------------------


def webhook_secret() -> bytes:
    """The secret that the payment provider signs with. Without it the shop does not start."""
    secret = os.environ.get("SHOP_WEBHOOK_SECRET")
    if not secret:
        raise RuntimeError(
            "SHOP_WEBHOOK_SECRET is missing or empty: set it to the secret that the payment provider signs "
            "webhooks with; any text will do to try it, such as SHOP_WEBHOOK_SECRET=try-it"
        )
    return secret.encode()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """One client for the whole life of the shop: its threads share connections and the account's pace."""
    app.state.secret = webhook_secret()
    with database() as db:
        db.execute(SCHEMA)
    with InvoiceXpress.from_env() as ix:
        app.state.ix = ix
        yield


app = FastAPI(title="A shop", lifespan=lifespan)


def client(request: Request) -> InvoiceXpress:
    """The shop's client of the invoicing service."""
    ix: InvoiceXpress = request.app.state.ix
    return ix


async def signed(request: Request) -> None:
    """Refuses a webhook that the payment provider did not sign: it would make legal documents.

    Providers differ in the header and the signed text; this is the usual form.
    """
    expected = hmac.digest(request.app.state.secret, await request.body(), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), request.headers.get("X-Signature", "").encode()):
        raise HTTPException(401, "the signature is missing or wrong")


class NewOrder(BaseModel):
    """A customer's order."""

    customer: str = Field(
        min_length=1, description="The shop's code of the customer: the same one each time."
    )
    name: str = Field(min_length=1)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    fiscal_id: str | None = Field(None, description="The customer's NIF, printed on the document.")

    @field_validator("fiscal_id")
    @classmethod
    def nif(cls, given: str | None) -> str | None:
        """Nine digits. A wrong number is refused with the order, while the customer can correct it."""
        if not given:
            return None
        if not fiscal_ids.is_valid(given):
            raise ValueError("not a Portuguese tax number (NIF)")
        return fiscal_ids.plain(given)

    lines: dict[Literal["caneca", "caderno"], Annotated[int, Field(gt=0, le=100)]] = Field(min_length=1)


class PaymentEvent(BaseModel):
    """A message of the payment provider."""

    type: Literal["payment.succeeded", "payment.refunded"]
    order_id: int
    amount: Decimal = Field(description="EUR, as text: a JSON number may be read as a float.")


class Answer(BaseModel):
    """An order, to its reader."""

    order_id: int
    total: Decimal
    document: str | None = None
    mail: str = "none"


def answer(order: Order, document: Invoice | None) -> Answer:
    """An order with a document of it."""
    number = None if document is None else legal_number(document)
    return Answer(order_id=order.id, total=order.total, document=number, mail=order.mail)


@app.post("/orders", status_code=201)
def take_order(new: NewOrder) -> Answer:
    """Stores an order, with today's prices, and its total as the service will compute it."""
    lines = [(*CATALOGUE[article], quantity) for article, quantity in new.lines.items()]
    total = totals.of_lines(
        totals.Line(unit_price=price, quantity=Decimal(quantity), tax=VAT) for _, price, quantity in lines
    ).total
    with database() as db:
        stored = db.execute(
            "INSERT INTO orders (customer, name, email, fiscal_id, lines, total) VALUES (?, ?, ?, ?, ?, ?)",
            [new.customer, new.name, new.email, new.fiscal_id, json.dumps(lines, default=str), str(total)],
        )
    assert stored.lastrowid is not None  # noqa: S101 - for the type checkers
    return Answer(order_id=stored.lastrowid, total=total)


@app.get("/orders/{order_id}")
def read_order(order_id: int, ix: Annotated[InvoiceXpress, Depends(client)]) -> Answer:
    """An order, with the number of its invoice-receipt and the state of its mail."""
    order = order_of(order_id)
    document = None if order.invoice_id is None else ix.invoice_receipts.get(order.invoice_id)
    return answer(order, document)


@app.post("/webhooks/payments", dependencies=[Depends(signed)])
def take_payment(event: PaymentEvent, ix: Annotated[InvoiceXpress, Depends(client)]) -> Answer:
    """Takes a message of the payment provider. Two deliveries run side by side, each in a thread."""
    order = order_of(event.order_id)
    if event.amount != order.total:
        raise HTTPException(422, f"order {order.id} is about {order.total}, the payment about {event.amount}")
    if event.type == "payment.refunded":
        document = credit_note_of(ix, order)
    else:
        document = invoice_receipt_of(ix, order)
        mail_once(ix, order, document)
    return answer(order_of(order.id), document)


NOT_SETTLED: Final = (AmbiguousResultError, TransportError, RateLimitError, ConflictError, ServerError)
"""The result is unknown, or the service was not reached: the same webhook, delivered again, settles it."""


@app.exception_handler(InvoiceXpressError)
def not_done(_: Request, error: Exception) -> JSONResponse:
    """Answers the payment provider for a call that was not done."""
    log.warning("%s: %s", type(error).__name__, error)
    if isinstance(error, NOT_SETTLED):
        return JSONResponse({"detail": str(error)}, 503, {"Retry-After": "60"})
    return JSONResponse({"detail": str(error)}, 422)
