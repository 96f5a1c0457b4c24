# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from collections import abc
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_model,
    format_text,
)

from ..models.estimate_write import EstimateWrite
from ..models.guide_write import GuideWrite
from ..models.invoice_write import InvoiceWrite
from ..models.purchase_order_write import PurchaseOrderWrite
from ..types import UNSET, Unset

_CLASSES: Final[abc.Mapping[str, type[EstimateWrite | GuideWrite | InvoiceWrite | PurchaseOrderWrite]]] = {
    "invoice": InvoiceWrite,
    "simplified_invoice": InvoiceWrite,
    "invoice_receipt": InvoiceWrite,
    "credit_note": InvoiceWrite,
    "debit_note": InvoiceWrite,
    "vat_moss_invoice": InvoiceWrite,
    "vat_moss_credit_note": InvoiceWrite,
    "quote": EstimateWrite,
    "proforma": EstimateWrite,
    "fees_note": EstimateWrite,
    "shipping": GuideWrite,
    "transport": GuideWrite,
    "devolution": GuideWrite,
    "purchase_order": PurchaseOrderWrite,
}


@define
class DocumentUpdateRequest:
    """One changed document under a root key."""

    root: str
    """The root key: `invoice`, `simplified_invoice`, `invoice_receipt`, `credit_note`, `debit_note`, `vat_moss_invoice`, `vat_moss_credit_note`, `quote`, `proforma`, `fees_note`, `shipping`, `transport`, `devolution`, `purchase_order`."""
    value: EstimateWrite | GuideWrite | InvoiceWrite | PurchaseOrderWrite
    """The value under the root key."""
    raw_owner_invoice: str | Unset = UNSET
    """Number of the document that a note corrects, when it was issued elsewhere."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys beside the root that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for an unknown root key, or a value that belongs to another root."""
        if self.root not in _CLASSES:
            raise WireError(
                f"DocumentUpdateRequest has no root key {self.root!r}; it has {', '.join(_CLASSES)}"
            )
        try:
            field_dict: dict[str, Any] = {self.root: format_model(_CLASSES[self.root], self.value)}
        except WireError as error:
            raise error.inside(self.root) from None
        if not isinstance(self.raw_owner_invoice, Unset):
            try:
                field_dict["raw_owner_invoice"] = constrained(
                    format_text(self.raw_owner_invoice), min_length=1
                )
            except WireError as error:
                raise error.inside("raw_owner_invoice") from None
        for key, value in self.additional_properties.items():
            if key in _CLASSES:
                raise WireError(f"DocumentUpdateRequest has one root key, not {self.root!r} and {key!r}")
            field_dict.setdefault(key, value)
        return field_dict
