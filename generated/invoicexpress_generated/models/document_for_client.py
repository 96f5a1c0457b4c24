# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
)

from ..models.document_client import DocumentClient
from ..types import as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "client",
    }
)


@define
class DocumentForClient:
    """Whom a document is for."""

    client: DocumentClient
    """The client as a document shows it. Live, it has every field with a value, and fields without one are
    missing."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "client"
            _value = self.client
            field_dict["client"] = _value.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> DocumentForClient:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _model = new_model(DocumentForClient)
        _at = ""
        try:
            _at = "client"
            _value = _source[_at]
            _model.client = DocumentClient.from_dict(_value)
        except KeyError:
            raise WireError("DocumentForClient lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is DocumentForClient else as_subclass(cls, _model)
