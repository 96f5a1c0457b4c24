# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from collections import abc
from decimal import Decimal
from typing import Required, TypedDict

from ...models.document_client_write import DocumentClientWrite
from ...models.document_item_write import DocumentItemWrite
from ...models.global_discount_write import GlobalDiscountWrite
from .document_client_write import DocumentClientWriteFields
from .document_item_write import DocumentItemWriteFields
from .global_discount_write import GlobalDiscountWriteFields


class InvoiceWriteFields(TypedDict, total=False):
    """The fields of InvoiceWrite as keyword arguments. None leaves a field out.

    What can be sent for a document of the invoice family.

    Required:
        date (date): Date of the document, dd/mm/yyyy. The service silently replaces an unreadable date
            with today.
        items (Sequence[DocumentItemWrite | DocumentItemWriteFields]): The lines, one at least.

    Optional:
        due_date (date): Date when it is due, dd/mm/yyyy, not before the date.
        reference (str): The caller's own reference.
        observations (str): Printed remarks.
        retention (Decimal): Withholding tax in percent, 0 to 99.99.
        tax_exemption (str): Exemption code for the lines at 0 %.
        tax_exemption_reason (str): Exemption code on updates. `M00` takes the exemption away.
        sequence_id (int): Id of the série's row for this type; the default série otherwise.
        manual_sequence_number (str): Number on accounts that number by hand (not Portuguese).
        client (DocumentClientWrite | DocumentClientWriteFields): The client of a document. A new name
            creates a client; for a known name the other fields are ignored.
        mb_reference (bool): Asks for a Multibanco reference on finalizing.
        owner_invoice_id (int): The document that a credit or debit note corrects, or the guide that an
            invoice bills.
        currency_code (str): Other currency, ISO 4217.
        rate (Decimal): Exchange rate of the other currency.
        global_discount (GlobalDiscountWrite | GlobalDiscountWriteFields): A discount on the whole
            document.
        plugin_id (str): Undocumented in meaning.
    """

    date: Required[datetime.date]
    """Date of the document, dd/mm/yyyy. The service silently replaces an unreadable date with today."""
    items: Required[abc.Sequence[DocumentItemWrite | DocumentItemWriteFields]]
    """The lines, one at least."""
    due_date: datetime.date | None
    """Date when it is due, dd/mm/yyyy, not before the date."""
    reference: str | None
    """The caller's own reference."""
    observations: str | None
    """Printed remarks."""
    retention: Decimal | None
    """Withholding tax in percent, 0 to 99.99."""
    tax_exemption: str | None
    """Exemption code for the lines at 0 %."""
    tax_exemption_reason: str | None
    """Exemption code on updates. `M00` takes the exemption away."""
    sequence_id: int | None
    """Id of the série's row for this type; the default série otherwise."""
    manual_sequence_number: str | None
    """Number on accounts that number by hand (not Portuguese)."""
    client: DocumentClientWrite | DocumentClientWriteFields | None
    """The client of a document. A new name creates a client; for a known name the other fields are
    ignored."""
    mb_reference: bool | None
    """Asks for a Multibanco reference on finalizing."""
    owner_invoice_id: int | None
    """The document that a credit or debit note corrects, or the guide that an invoice bills."""
    currency_code: str | None
    """Other currency, ISO 4217."""
    rate: Decimal | None
    """Exchange rate of the other currency."""
    global_discount: GlobalDiscountWrite | GlobalDiscountWriteFields | None
    """A discount on the whole document."""
    plugin_id: str | None
    """Undocumented in meaning."""
