"""Payments make receipts, receipts settle invoices; cancelling a receipt or credit note reopens them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.document_types import BY_NAME, RECEIPT_TYPE
from ...fiscal.payment_mechanisms import DEFAULT_MECHANISM, PAYMENT_MECHANISMS
from ...fiscal.totals import cents, euros
from ...http import messages
from ...http.errors import Missing, NotFound, Shape, invalid, refuse_if_any
from ...http.fields import Fields
from ...http.root_object import root_object
from ...http.wire_values import decimal_text, parse_date
from ..clients import rows as clients
from ..series.rows import row_for
from . import payment_rows, rows
from .api import answer_with
from .balances import open_amount
from .issuing import issue

if TYPE_CHECKING:
    from ...http.answer import Answer
    from ..call import Call
    from .document import Document

_LARGEST_PAYMENT: Final = Decimal(10) ** 9


def create_payment(call: Call) -> Answer:
    """POST /documents/{id}/partial_payments.json: a payment and the receipt for it; 200 with the receipt."""
    invoice = rows.by_id(call.db, call.account.id, call.path_id("document_id"))
    if invoice is None:
        raise NotFound(Missing.DOCUMENT_READ)
    fields = Fields(root_object(call.body, "partial_payment"), [])
    mechanism = fields.text("payment_mechanism") or DEFAULT_MECHANISM
    if mechanism not in PAYMENT_MECHANISMS:
        raise invalid(Shape.PAYMENT_FIELD, messages.MECHANISM_INVALID.about())
    amount = fields.decimal("amount", messages.AMOUNT_REQUIRED)
    if amount is None or not 0 <= amount < _LARGEST_PAYMENT:
        fields.complain(messages.AMOUNT_REQUIRED)
    note, serie, paid_on = fields.text("note"), fields.text("serie"), fields.text("payment_date")
    refuse_if_any(Shape.GENERAL, fields.complaints)
    if not invoice.type.payable or invoice.status != "final":
        raise invalid(
            Shape.GENERAL, messages.NOT_PAYABLE.about(type=invoice.type.name, status=invoice.status)
        )
    receipt_id = pay(
        call,
        invoice,
        cents(amount or Decimal(0)),
        mechanism=mechanism,
        note=note,
        serie=serie,
        paid_on=(parse_date(paid_on) if paid_on else None) or call.today,
    )
    return answer_with(call, receipt_id, under=RECEIPT_TYPE)


def pay(
    call: Call,
    invoice: Document,
    amount: int,
    *,
    mechanism: str = DEFAULT_MECHANISM,
    note: str | None = None,
    serie: str | None = None,
    paid_on: date | None = None,
) -> int:
    """Make a receipt for `amount` cents and return its id; the document settles once it is paid in full.

    An unknown `serie` means the document's own (assumed: the vendor's example sends the word "string").

    Raises:
        Refused: 422, the amount exceeds the open amount, or the receipt's series does not allow its date.
    """
    still_open = open_amount(call.db, invoice)
    if amount > still_open:
        raise invalid(Shape.GENERAL, messages.AMOUNT_ABOVE_OPEN.about(open=decimal_text(euros(still_open))))
    receipt_id = _issue_receipt(call, invoice, amount, note=note, serie=serie, day=paid_on or call.today)
    payment_rows.insert_payment(call.db, payment_rows.Payment(receipt_id, invoice.id, amount, mechanism))
    if amount == still_open:
        rows.set_status(call.db, invoice.id, "settled")
    return receipt_id


def _issue_receipt(
    call: Call, invoice: Document, amount: int, *, note: str | None, serie: str | None, day: date
) -> int:
    """Make and issue a receipt, and return its id."""
    receipt_type = BY_NAME[invoice.type.receipt_name]
    chosen = row_for(call.db, call.account.id, receipt_type.root, serie)
    if chosen.serie != serie:
        chosen = row_for(call.db, call.account.id, receipt_type.root, invoice.serie)
    client = clients.by_id(call.db, call.account.id, invoice.client_id)
    assert client is not None  # noqa: S101 - a foreign key
    receipt_id = rows.insert_receipt(
        call.db, call.account.id, invoice, client, amount, day=day, note=note, series_row_id=chosen.id
    )
    receipt = rows.by_id(call.db, call.account.id, receipt_id)
    assert receipt is not None  # noqa: S101 - it has just been inserted
    issue(call, receipt)
    return receipt.id


def settle(call: Call, invoice: Document) -> None:
    """Settle a document by change-state: types that take payments get a receipt for the open amount."""
    if not invoice.type.payable:
        return
    still_open = open_amount(call.db, invoice)
    if still_open:
        pay(call, invoice, still_open)


def reopen_documents_of(call: Call, canceled: Document) -> None:
    """Make documents final again after the cancellation of a receipt that paid them, or of a credit note.

    Assumed: clients cancel an invoice after its receipt, so cancelling the receipt must reopen the invoice.
    """
    for payment in payment_rows.payments_of(call.db, [canceled.id]):
        invoice = rows.by_id(call.db, call.account.id, payment.document_id)
        # A receipt of 0.00 reopens nothing while other receipts pay the whole document.
        if invoice and (
            open_amount(call.db, invoice) or not payment_rows.has_live_payments(call.db, invoice.id)
        ):
            _reopen(call, invoice.id)
    if canceled.type.reduces_owner and canceled.owner_id is not None:
        owner = rows.by_id(call.db, call.account.id, canceled.owner_id)
        if owner and owner.type.payable and open_amount(call.db, owner):
            _reopen(call, owner.id)


def _reopen(call: Call, document_id: int) -> None:
    found = rows.by_id(call.db, call.account.id, document_id)
    if found and found.status == "settled":
        rows.set_status(call.db, document_id, "final")
