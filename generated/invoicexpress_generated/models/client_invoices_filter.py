# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final, Unpack

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_choice,
    format_each,
    format_text,
)

from .. import models
from ..models.document_status_filter import DOCUMENT_STATUS_FILTER_VALUES, DocumentStatusFilter
from ..models.document_type import DOCUMENT_TYPE_VALUES, DocumentType
from ..types import UNSET, Unset, known_fields

_NAMES: Final[frozenset[str]] = frozenset(
    {
        "status",
        "by_type",
        "archived",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset()


@define
class ClientInvoicesFilter:
    """Which documents of a client."""

    status: list[DocumentStatusFilter] | Unset = UNSET
    """Statuses of the documents, by the names of filters."""

    by_type: list[DocumentType] | Unset = UNSET
    """Types of the documents."""

    archived: list[str] | Unset = UNSET
    """Which documents to list: `non_archived`, `archived`, or both."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    @classmethod
    def of(cls, **fields: Unpack[models.ClientInvoicesFilterFields]) -> ClientInvoicesFilter:
        """From keyword arguments. Raises WireError for a missing or an unknown field."""
        values = known_fields("ClientInvoicesFilter", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that does not fit the contract."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "status"
            if not isinstance(self.status, Unset):
                field_dict["status"] = format_each(
                    lambda value: format_choice(DOCUMENT_STATUS_FILTER_VALUES, value), self.status
                )
            at = "by_type"
            if not isinstance(self.by_type, Unset):
                field_dict["by_type"] = format_each(
                    lambda value: format_choice(DOCUMENT_TYPE_VALUES, value), self.by_type
                )
            at = "archived"
            if not isinstance(self.archived, Unset):
                field_dict["archived"] = format_each(format_text, self.archived)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict
