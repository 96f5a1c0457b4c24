"""Invoices and what goes with them: receipts, credit and debit notes, payments.

Receipts are issued by payments, and cannot be created. Notes name the document that they correct.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Unpack

from invoicexpress_generated.api.documents import generate_payment
from invoicexpress_generated.models.document_item_write import DocumentItemWrite, DocumentItemWriteFields
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.models.invoice_write import InvoiceWrite, InvoiceWriteFields
from invoicexpress_generated.models.partial_payment import PartialPayment, PartialPaymentFields
from invoicexpress_generated.models.sequence import Sequence as Serie
from invoicexpress_generated.types import Response

from .. import lisbon
from ..errors import DraftMismatchError, InputError, InvoiceXpressError
from ..quirks import crediting, document_types, envelopes
from ..quirks.comparison import payment_differences
from ..quirks.crediting import CreditFields
from ..quirks.envelopes import unwrap_document
from ..quirks.identity import id_of
from ..quirks.polymorphism import AnyDocument, read_document, read_relatives
from ..quirks.reconciliation import Write, create_noted
from ..sending.flows import C_co, Flow, operation
from ..sending.in_flight import WriteScope
from .documents import ID_SPACE, Cancelling, Issuing, Listed, QrCoded


def _written(fields: InvoiceWriteFields) -> InvoiceWrite:
    return InvoiceWrite.of(**fields)


class _InvoiceFamily(Listed[C_co, Invoice], QrCoded[C_co, Invoice]):
    model = Invoice


class _RelatedDocuments(_InvoiceFamily[C_co]):
    @operation
    def related_documents(self, document: Invoice | int) -> Flow[Sequence[AnyDocument]]:
        """Receipts, notes and guides that belong to a document, cancelled ones included.

        Each is of the class of its type.
        """
        return (yield from read_relatives(id_of(document)))


class _InvoiceIssuing(Issuing[C_co, Invoice], _RelatedDocuments[C_co]):
    @operation
    def create(
        self,
        *,
        proprietary_uid: str | None = None,
        sequence: Serie | str | None = None,
        raw_owner_invoice: str | None = None,
        **fields: Unpack[InvoiceWriteFields],
    ) -> Flow[Invoice]:
        """Creates a draft. Fields are those of InvoiceWrite; client and items may be mappings.

        `sequence` is a série or the name of one; the right `sequence_id` is picked from it.
        `raw_owner_invoice` is the number of the document that a note corrects, when it was issued elsewhere.
        `proprietary_uid` is the caller's key for this one document, and one is made where none is given: a
        create with a key that the service knows gives the document that it has. So it is repeated with its
        key while its result is unknown, or while another worker creates the same. Raises InputError before
        anything is sent, ValidationError when the service refuses, AmbiguousResultError (with the key) when
        it stays unknown.
        """
        return (yield from self._create(fields, _written, sequence, proprietary_uid, raw_owner_invoice))

    @operation
    def update(
        self,
        document: Invoice | int,
        *,
        sequence: Serie | str | None = None,
        raw_owner_invoice: str | None = None,
        **fields: Unpack[InvoiceWriteFields],
    ) -> Flow[Invoice]:
        """Replaces a draft as a whole: lines that are not given again are gone, and so is an exemption.

        Fields are those of `create`. Raises ValidationError for anything but a draft.
        """
        return (yield from self._update(document, fields, _written, sequence, raw_owner_invoice))

    def _blocking(self, document_id: int) -> Flow[Sequence[Invoice]]:
        try:
            related = yield from read_relatives(document_id)
        except InvoiceXpressError:
            # The refusal is what the caller has to hear of.
            return ()
        return crediting.blocking(document_id, related)


class _Settling(_InvoiceIssuing[C_co]):
    @operation
    def settle(self, document: Invoice | int) -> Flow[Invoice]:
        """Marks a finalized document as paid in full. On an invoice this issues a receipt."""
        return (yield from self._change_state(document, "settled"))


class _Payable(_Settling[C_co]):
    @operation
    def pay(self, document: Invoice | int, **fields: Unpack[PartialPaymentFields]) -> Flow[Invoice]:
        """Takes a payment, in part or in full, and returns the receipt that it issues.

        `amount` is in the account's currency, at most what is open (ValidationError otherwise). The receipts
        that there are are noted first. After an unknown result exactly one new one of this amount and date is
        the one; AmbiguousResultError when that cannot be told.
        """
        body = envelopes.payment(lambda: PartialPayment.of(**fields))
        request = generate_payment.request(id_of(document), body=body)
        if body.value.amount <= 0:
            raise InputError("partial_payment.amount", f"expected more than nothing, got {body.value.amount}")

        def read(response: Response) -> Invoice:
            envelope = generate_payment.parse(response)
            return unwrap_document(response, envelope, document_types.RECEIPT, Invoice)

        write = Write(request, read, f"the receipts of document {id_of(document)}")
        first_day = lisbon.today()

        def differing(receipt: Invoice) -> Iterator[str]:
            return payment_differences(body.value, receipt, first_day, lisbon.today())

        def receipts() -> Flow[Sequence[Invoice]]:
            related = yield from read_relatives(id_of(document))
            return [
                each
                for each in related
                if isinstance(each, Invoice) and each.type in document_types.RECEIPT_TYPES
            ]

        scope = WriteScope(self._core.in_flight, ID_SPACE, "receipts", id_of(document))
        return (yield from create_noted(write, receipts, differing, self._core.options, scope))


class _Unsettling(_Settling[C_co]):
    @operation
    def unsettle(self, document: Invoice | int) -> Flow[Invoice]:
        """Opens a settled note again."""
        return (yield from self._change_state(document, "unsettled"))


class Invoices(_Payable[C_co]):
    """Invoices (FT)."""

    row = document_types.INVOICE


class SimplifiedInvoices(_Payable[C_co]):
    """Simplified invoices (FS), for Portuguese accounts only. Without a client: the final consumer."""

    row = document_types.SIMPLIFIED_INVOICE


class InvoiceReceipts(_InvoiceIssuing[C_co]):
    """Invoice-receipts (FR): finalizing settles them."""

    row = document_types.INVOICE_RECEIPT


class CreditNotes(_Unsettling[C_co]):
    """Credit notes (NC); `owner_invoice_id` names what they correct."""

    row = document_types.CREDIT_NOTE

    @operation
    def left_to_credit(self, invoice: Invoice) -> Flow[Decimal]:
        """What credit notes may still take from a document that was issued, in the account's currency.

        The document is read again. It is its total less the credit notes that were issued for it and not
        cancelled, and 0 when all of it is credited; drafts of notes do not count. Raises InputError for a
        document that cannot be credited.
        """
        owner = yield from _read_again(crediting.creditable(invoice))
        related = yield from read_relatives(owner.id)
        return max(Decimal(0), crediting.issued(owner).total - crediting.credited(related))

    @operation
    def credit(
        self,
        invoice: Invoice,
        items: Sequence[DocumentItemWrite | DocumentItemWriteFields] | None = None,
        *,
        proprietary_uid: str | None = None,
        sequence: Serie | str | None = None,
        **fields: Unpack[CreditFields],
    ) -> Flow[Invoice]:
        """Creates the draft of a credit note for an invoice that was issued: all of it, or the given lines.

        The invoice is read again; owner, client, exemption and discount are taken from it, and so are the
        lines where none are given. `date` is today in Europe/Lisbon unless given. Raises InputError for a
        document that cannot be credited, that is credited already in full, or in part when no lines are
        given; DraftMismatchError, which names the draft, when its total is above what is left, or not that of
        the invoice.
        """
        owner = yield from _read_again(crediting.creditable(invoice))
        related = yield from read_relatives(owner.id)
        left = crediting.left_to_credit(owner, related)
        if items is None and left != owner.total:
            raise InputError("items", f"{left} of {owner.total} is left to credit; say which lines")
        written = crediting.note(owner, items, fields)
        draft = yield from self._create(written, _written, sequence, proprietary_uid)
        different = crediting.differences(draft, owner, left, items)
        if different:
            raise DraftMismatchError(draft.id, tuple(different))
        return draft


def _read_again(invoice: Invoice) -> Flow[Invoice]:
    return (yield from read_document(document_types.row_of(invoice.type), Invoice, invoice.id))


class DebitNotes(_Unsettling[C_co]):
    """Debit notes (ND); `owner_invoice_id` names what they correct."""

    row = document_types.DEBIT_NOTE


class VatMossInvoices(_Payable[C_co]):
    """VAT MOSS invoices, which only older documentation describes."""

    row = document_types.VAT_MOSS_INVOICE


class VatMossCreditNotes(_Settling[C_co]):
    """VAT MOSS credit notes, which only older documentation names.

    `owner_invoice_id` names what they correct.
    """

    row = document_types.VAT_MOSS_CREDIT_NOTE


class VatMossReceipts(Cancelling[C_co, Invoice], _InvoiceFamily[C_co]):
    """VAT MOSS receipts, which only older documentation names. They are issued by payments."""

    row = document_types.VAT_MOSS_RECEIPT


class Receipts(Cancelling[C_co, Invoice], _InvoiceFamily[C_co]):
    """Receipts. They are issued by payments; cancelling one opens the amount again."""

    row = document_types.RECEIPT
