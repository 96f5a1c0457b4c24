# Generated from openapi.yaml by `make generate`. Do not edit.

import datetime
from collections import abc
from decimal import Decimal
from typing import Required, TypedDict

from ...models.document_client_write import DocumentClientWrite
from ...models.document_item_write import DocumentItemWrite
from .document_client_write import DocumentClientWriteFields
from .document_item_write import DocumentItemWriteFields


class DocumentWriteFields(TypedDict, total=False):
    """The fields of DocumentWrite as keyword arguments. None leaves a field out.

    What can be sent for documents of every type.

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
