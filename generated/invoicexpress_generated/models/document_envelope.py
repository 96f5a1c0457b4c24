# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from collections import abc
from typing import TYPE_CHECKING, Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
)

from .. import models

if TYPE_CHECKING:
    from ..models.estimate import Estimate
    from ..models.guide import Guide
    from ..models.invoice import Invoice
    from ..models.purchase_order import PurchaseOrder


_READERS: Final[abc.Mapping[str, abc.Callable[[Any], Estimate | Guide | Invoice | PurchaseOrder]]] = {
    "invoice": lambda value: models.Invoice.from_dict(value),
    "simplified_invoice": lambda value: models.Invoice.from_dict(value),
    "invoice_receipt": lambda value: models.Invoice.from_dict(value),
    "credit_note": lambda value: models.Invoice.from_dict(value),
    "debit_note": lambda value: models.Invoice.from_dict(value),
    "vat_moss_invoice": lambda value: models.Invoice.from_dict(value),
    "receipt": lambda value: models.Invoice.from_dict(value),
    "vat_moss_credit_note": lambda value: models.Invoice.from_dict(value),
    "vat_moss_receipt": lambda value: models.Invoice.from_dict(value),
    "quote": lambda value: models.Estimate.from_dict(value),
    "proforma": lambda value: models.Estimate.from_dict(value),
    "fees_note": lambda value: models.Estimate.from_dict(value),
    "shipping": lambda value: models.Guide.from_dict(value),
    "transport": lambda value: models.Guide.from_dict(value),
    "devolution": lambda value: models.Guide.from_dict(value),
    "purchase_order": lambda value: models.PurchaseOrder.from_dict(value),
}
_KNOWN: Final[frozenset[str]] = frozenset(
    {
        *_READERS,
    }
)


def _only_root(keys: abc.Mapping[str, Any]) -> str:
    roots = [key for key in keys if key in _READERS]
    if len(roots) == 1:
        return roots[0]
    wanted = " or ".join(_READERS)
    raise WireError(
        f"DocumentEnvelope: expected exactly one root key ({wanted}), got {sorted(keys) or 'none'}"
    )


@define
class DocumentEnvelope:
    """One document under the root key of its type."""

    root: str
    """The root key: `invoice`, `simplified_invoice`, `invoice_receipt`, `credit_note`, `debit_note`, `vat_moss_invoice`, `receipt`, `vat_moss_credit_note`, `vat_moss_receipt`, `quote`, `proforma`, `fees_note`, `shipping`, `transport`, `devolution`, `purchase_order`."""
    value: Estimate | Guide | Invoice | PurchaseOrder
    """The value under the root key."""
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys beside the root that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for an unknown root key, or a value that belongs to another root."""
        if self.root not in _READERS:
            raise WireError(f"DocumentEnvelope has no root key {self.root!r}; it has {', '.join(_READERS)}")
        field_dict: dict[str, Any] = {self.root: self.value.to_dict()}
        for key, value in self.additional_properties.items():
            if key in _READERS:
                raise WireError(f"DocumentEnvelope has one root key, not {self.root!r} and {key!r}")
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentEnvelope:
        """From JSON. Raises WireError unless there is exactly one root key, with a value it can read."""
        source = parse_object(src_dict)
        root = _only_root(source)
        at = root
        try:
            envelope = cls(root, _READERS[root](source[root]))
        except WireError as error:
            raise error.inside(at) from None
        envelope.additional_properties = {key: source[key] for key in source if key not in _KNOWN}
        return envelope
