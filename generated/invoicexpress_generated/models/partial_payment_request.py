# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from collections import abc
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_model,
)

from ..models.partial_payment import PartialPayment

_CLASSES: Final[abc.Mapping[str, type[PartialPayment]]] = {
    "partial_payment": PartialPayment,
}


@define
class PartialPaymentRequest:
    """A payment under its root key."""

    root: str
    """The root key: `partial_payment`."""
    value: PartialPayment
    """The value under the root key."""
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys beside the root that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for an unknown root key, or a value that belongs to another root."""
        if self.root not in _CLASSES:
            raise WireError(
                f"PartialPaymentRequest has no root key {self.root!r}; it has {', '.join(_CLASSES)}"
            )
        try:
            field_dict: dict[str, Any] = {self.root: format_model(_CLASSES[self.root], self.value)}
        except WireError as error:
            raise error.inside(self.root) from None
        for key, value in self.additional_properties.items():
            if key in _CLASSES:
                raise WireError(f"PartialPaymentRequest has one root key, not {self.root!r} and {key!r}")
            field_dict.setdefault(key, value)
        return field_dict
