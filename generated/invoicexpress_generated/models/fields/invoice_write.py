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
        date (date): Date of the document, dd/mm/yyyy on the wire. The service silently replaces an
            unreadable date with today.
        items (Sequence[DocumentItemWrite | DocumentItemWriteFields]): The lines, one at least.

    Optional:
        due_date (date): Date when it is due, dd/mm/yyyy on the wire, not before the date.
        reference (str): The caller's own reference, such as an order number.
        observations (str): Remarks that the document prints.
        retention (Decimal): Withholding tax in percent, 0 to 99.99.
        tax_exemption (str): Code of the reason for the lines at 0 %, such as `M01`.
        tax_exemption_reason (str): The exemption code when a draft is changed. `M00` takes the
            exemption away.
        sequence_id (int): Id of the série's row for this type; the default série otherwise.
        manual_sequence_number (str): Number of the document, on accounts that number by hand (not
            Portuguese).
        client (DocumentClientWrite | DocumentClientWriteFields): The client that it is for. A new name
            creates a client; for a known name the other fields are ignored.
        mb_reference (bool): Asks for a Multibanco reference on finalizing.
        owner_invoice_id (int): Id of the document that a credit or debit note corrects, or of the guide
            that an invoice bills.
        currency_code (str): Code of another currency (ISO 4217, such as `USD`), in which the total is
            shown too. Prices stay in the account's.
        rate (Decimal): Exchange rate: how much of the other currency one unit of the account's is
            worth.
        global_discount (GlobalDiscountWrite | GlobalDiscountWriteFields): A discount on the whole
            document.
        plugin_id (str): The vendor's documentation has it without a meaning.
    """

    date: Required[datetime.date]
    """Date of the document, dd/mm/yyyy on the wire. The service silently replaces an unreadable date with
    today."""
    items: Required[abc.Sequence[DocumentItemWrite | DocumentItemWriteFields]]
    """The lines, one at least."""
    due_date: datetime.date | None
    """Date when it is due, dd/mm/yyyy on the wire, not before the date."""
    reference: str | None
    """The caller's own reference, such as an order number."""
    observations: str | None
    """Remarks that the document prints."""
    retention: Decimal | None
    """Withholding tax in percent, 0 to 99.99."""
    tax_exemption: str | None
    """Code of the reason for the lines at 0 %, such as `M01`."""
    tax_exemption_reason: str | None
    """The exemption code when a draft is changed. `M00` takes the exemption away."""
    sequence_id: int | None
    """Id of the série's row for this type; the default série otherwise."""
    manual_sequence_number: str | None
    """Number of the document, on accounts that number by hand (not Portuguese)."""
    client: DocumentClientWrite | DocumentClientWriteFields | None
    """The client that it is for. A new name creates a client; for a known name the other fields are
    ignored."""
    mb_reference: bool | None
    """Asks for a Multibanco reference on finalizing."""
    owner_invoice_id: int | None
    """Id of the document that a credit or debit note corrects, or of the guide that an invoice bills."""
    currency_code: str | None
    """Code of another currency (ISO 4217, such as `USD`), in which the total is shown too. Prices stay in
    the account's."""
    rate: Decimal | None
    """Exchange rate: how much of the other currency one unit of the account's is worth."""
    global_discount: GlobalDiscountWrite | GlobalDiscountWriteFields | None
    """A discount on the whole document."""
    plugin_id: str | None
    """The vendor's documentation has it without a meaning."""
