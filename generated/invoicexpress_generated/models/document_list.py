# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from collections import abc
from functools import partial
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_each,
    parse_object,
)

from ..models.estimate import Estimate
from ..models.guide import Guide
from ..models.invoice import Invoice
from ..models.pagination import Pagination
from ..models.purchase_order import PurchaseOrder
from ..types import UNSET, Unset

_READERS: Final[
    abc.Mapping[str, abc.Callable[[Any], list[Estimate] | list[Guide] | list[Invoice] | list[PurchaseOrder]]]
] = {
    "invoices": partial(parse_each, Invoice.from_dict),
    "simplified_invoices": partial(parse_each, Invoice.from_dict),
    "invoice_receipts": partial(parse_each, Invoice.from_dict),
    "credit_notes": partial(parse_each, Invoice.from_dict),
    "debit_notes": partial(parse_each, Invoice.from_dict),
    "vat_moss_invoices": partial(parse_each, Invoice.from_dict),
    "receipts": partial(parse_each, Invoice.from_dict),
    "vat_moss_credit_notes": partial(parse_each, Invoice.from_dict),
    "vat_moss_receipts": partial(parse_each, Invoice.from_dict),
    "estimates": partial(parse_each, Estimate.from_dict),
    "guides": partial(parse_each, Guide.from_dict),
    "purchase_orders": partial(parse_each, PurchaseOrder.from_dict),
}
_KNOWN: Final[frozenset[str]] = frozenset(
    {
        *_READERS,
        "pagination",
    }
)


def _only_root(keys: abc.Mapping[str, Any]) -> str:
    roots = [key for key in keys if key in _READERS]
    if len(roots) == 1:
        return roots[0]
    wanted = " or ".join(_READERS)
    raise WireError(f"DocumentList: expected exactly one root key ({wanted}), got {sorted(keys) or 'none'}")


@define
class DocumentList:
    """A page of documents under the list key of its type or family."""

    root: str
    """The root key: `invoices`, `simplified_invoices`, `invoice_receipts`, `credit_notes`, `debit_notes`, `vat_moss_invoices`, `receipts`, `vat_moss_credit_notes`, `vat_moss_receipts`, `estimates`, `guides`, `purchase_orders`."""
    value: list[Estimate] | list[Guide] | list[Invoice] | list[PurchaseOrder]
    """The value under the root key."""
    pagination: Pagination | Unset = UNSET
    """Position of a page in its list."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys beside the root that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for an unknown root key, or a value that belongs to another root."""
        if self.root not in _READERS:
            raise WireError(f"DocumentList has no root key {self.root!r}; it has {', '.join(_READERS)}")
        field_dict: dict[str, Any] = {self.root: [entry.to_dict() for entry in self.value]}
        if not isinstance(self.pagination, Unset):
            field_dict["pagination"] = self.pagination.to_dict()
        for key, value in self.additional_properties.items():
            if key in _READERS:
                raise WireError(f"DocumentList has one root key, not {self.root!r} and {key!r}")
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentList:
        """From JSON. Raises WireError unless there is exactly one root key, with a value it can read."""
        source = parse_object(src_dict)
        root = _only_root(source)
        at = root
        try:
            envelope = cls(root, _READERS[root](source[root]))
            if "pagination" in source:
                at = "pagination"
                value = source[at]
                envelope.pagination = Pagination.from_dict(value)
        except WireError as error:
            raise error.inside(at) from None
        envelope.additional_properties = {key: source[key] for key in source if key not in _KNOWN}
        return envelope
