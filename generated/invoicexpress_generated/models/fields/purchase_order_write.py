# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from collections import abc
from decimal import Decimal
from typing import Required, TypedDict

from ...models.document_client_write import DocumentClientWrite
from ...models.document_item_write import DocumentItemWrite
from .document_client_write import DocumentClientWriteFields
from .document_item_write import DocumentItemWriteFields


class PurchaseOrderWriteFields(TypedDict, total=False):
    """The fields of PurchaseOrderWrite as keyword arguments. None leaves a field out.

    What can be sent for a purchase order.

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
        loaded_at (date): Day of delivery, dd/mm/yyyy.
        delivery_site (str): Place of delivery, as free text.
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
    loaded_at: datetime.date | None
    """Day of delivery, dd/mm/yyyy."""
    delivery_site: str | None
    """Place of delivery, as free text."""
