"""Documents of several types in one answer: each is read as what its `type` says.

Related documents mix receipts, notes, guides and estimates under one key (vendor docs 2026-07;
Webdados). The contract reads them as documents of the invoice family, which have every field that all
types share; what only a guide has is kept beside them, so nothing is lost on the way to the right
class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from invoicexpress_generated.models.estimate import Estimate
from invoicexpress_generated.models.guide import Guide
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.models.purchase_order import PurchaseOrder

from .document_types import Family, row_of

AnyDocument: TypeAlias = Invoice | Estimate | Guide | PurchaseOrder

MODELS: Final[Mapping[Family, type[AnyDocument]]] = {
    "invoice": Invoice,
    "estimate": Estimate,
    "guide": Guide,
    "purchase_order": PurchaseOrder,
}
"""The class of each family's documents."""


def of_its_type(document: Invoice) -> AnyDocument:
    """A document as the class of its type; one of an unknown type stays what it was read as."""
    try:
        model = MODELS[row_of(document.type).family]
    except KeyError:
        return document
    return document if model is Invoice else model.from_dict(document.to_dict())
