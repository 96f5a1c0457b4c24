# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_date,
    format_decimal_string,
    format_each,
    format_integer,
    format_model,
    format_text,
    with_entries,
)

from .. import models
from ..models.document_client_write import DocumentClientWrite
from ..models.document_item_write import DocumentItemWrite
from ..types import UNSET, Unset, as_model, as_models, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "date",
        "items",
        "due_date",
        "reference",
        "observations",
        "retention",
        "tax_exemption",
        "tax_exemption_reason",
        "sequence_id",
        "manual_sequence_number",
        "client",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "date",
        "items",
    }
)


@define
class DocumentWrite:
    """What can be sent for documents of every type."""

    date: datetime.date
    """Date of the document, dd/mm/yyyy on the wire. The service silently replaces an unreadable date with
    today."""

    items: list[DocumentItemWrite]
    """The lines, one at least."""

    due_date: datetime.date | Unset = UNSET
    """Date when it is due, dd/mm/yyyy on the wire, not before the date."""

    reference: str | Unset = UNSET
    """The caller's own reference, such as an order number."""

    observations: str | Unset = UNSET
    """Remarks that the document prints."""

    retention: Decimal | Unset = UNSET
    """Withholding tax in percent, 0 to 99.99."""

    tax_exemption: str | Unset = UNSET
    """Code of the reason for the lines at 0 %, such as `M01`."""

    tax_exemption_reason: str | Unset = UNSET
    """The exemption code when a draft is changed. `M00` takes the exemption away."""

    sequence_id: int | Unset = UNSET
    """Id of the série's row for this type; the default série otherwise."""

    manual_sequence_number: str | Unset = UNSET
    """Number of the document, on accounts that number by hand (not Portuguese)."""

    client: DocumentClientWrite | Unset = UNSET
    """The client that it is for. A new name creates a client; for a known name the other fields are
    ignored."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.DocumentWriteFields]) -> DocumentWrite:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("DocumentWrite", fields, _REQUIRED, _NAMES)
        if "items" in values:
            values["items"] = as_models(DocumentItemWrite.of, values["items"], "items")
        if "client" in values:
            values["client"] = as_model(DocumentClientWrite.of, values["client"], "client")
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "date"
            field_dict["date"] = format_date(self.date)
            at = "items"
            field_dict["items"] = with_entries(
                format_each(partial(format_model, DocumentItemWrite), self.items), min_items=1
            )
            at = "due_date"
            if not isinstance(self.due_date, Unset):
                field_dict["due_date"] = format_date(self.due_date)
            at = "reference"
            if not isinstance(self.reference, Unset):
                field_dict["reference"] = format_text(self.reference)
            at = "observations"
            if not isinstance(self.observations, Unset):
                field_dict["observations"] = format_text(self.observations)
            at = "retention"
            if not isinstance(self.retention, Unset):
                field_dict["retention"] = constrained(
                    format_decimal_string(self.retention), minimum="0", maximum="99.99"
                )
            at = "tax_exemption"
            if not isinstance(self.tax_exemption, Unset):
                field_dict["tax_exemption"] = constrained(
                    format_text(self.tax_exemption), pattern="^M\\d{2}$"
                )
            at = "tax_exemption_reason"
            if not isinstance(self.tax_exemption_reason, Unset):
                field_dict["tax_exemption_reason"] = constrained(
                    format_text(self.tax_exemption_reason), pattern="^M\\d{2}$"
                )
            at = "sequence_id"
            if not isinstance(self.sequence_id, Unset):
                field_dict["sequence_id"] = format_integer(self.sequence_id)
            at = "manual_sequence_number"
            if not isinstance(self.manual_sequence_number, Unset):
                field_dict["manual_sequence_number"] = format_text(self.manual_sequence_number)
            at = "client"
            if not isinstance(self.client, Unset):
                field_dict["client"] = format_model(DocumentClientWrite, self.client)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
