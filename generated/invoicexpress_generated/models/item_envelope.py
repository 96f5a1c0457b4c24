# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from collections import abc
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
)

from ..models.item import Item

_READERS: Final[abc.Mapping[str, abc.Callable[[Any], Item]]] = {
    "item": Item.from_dict,
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
    raise WireError(f"ItemEnvelope: expected exactly one root key ({wanted}), got {sorted(keys) or 'none'}")


@define
class ItemEnvelope:
    """One item under its root key."""

    root: str
    """The root key: `item`."""
    value: Item
    """The value under the root key."""
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys beside the root that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for an unknown root key, or a value that belongs to another root."""
        if self.root not in _READERS:
            raise WireError(f"ItemEnvelope has no root key {self.root!r}; it has {', '.join(_READERS)}")
        field_dict: dict[str, Any] = {self.root: self.value.to_dict()}
        for key, value in self.additional_properties.items():
            if key in _READERS:
                raise WireError(f"ItemEnvelope has one root key, not {self.root!r} and {key!r}")
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ItemEnvelope:
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
