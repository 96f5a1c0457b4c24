from __future__ import annotations

from collections import abc
from typing import Any, Final, NotRequired, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    format_choice,
    format_each,
    format_text,
    parse_each,
    parse_object,
    parse_text,
)

from ..models.document_status_filter import DOCUMENT_STATUS_FILTER_VALUES, DocumentStatusFilter
from ..models.document_type import DOCUMENT_TYPE_VALUES, DocumentType
from ..types import UNSET, Unset, known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "status",
        "by_type",
        "archived",
    }
)
_NAMES: Final[frozenset[str]] = frozenset(
    {
        "status",
        "by_type",
        "archived",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset()


class ClientInvoicesFilterFields(TypedDict):
    """The fields of ClientInvoicesFilter as keyword arguments. None means that a field is not given."""

    status: NotRequired[abc.Sequence[DocumentStatusFilter] | None]
    by_type: NotRequired[abc.Sequence[DocumentType] | None]
    archived: NotRequired[abc.Sequence[str] | None]


@define
class ClientInvoicesFilter:
    """Which documents of a client."""

    status: list[DocumentStatusFilter] | Unset = UNSET
    """Statuses."""

    by_type: list[DocumentType] | Unset = UNSET
    """Types."""

    archived: list[str] | Unset = UNSET
    """`non_archived`, `archived`, or both."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[ClientInvoicesFilterFields]) -> ClientInvoicesFilter:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("ClientInvoicesFilter", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
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
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ClientInvoicesFilter:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _get = _source.get
        _at = ""
        try:
            _at = "status"
            _value = _get(_at, UNSET)
            status_ = _value if _value is UNSET else parse_each(parse_text, _value)
            _at = "by_type"
            _value = _get(_at, UNSET)
            by_type_ = _value if _value is UNSET else parse_each(parse_text, _value)
            _at = "archived"
            _value = _get(_at, UNSET)
            archived_ = _value if _value is UNSET else parse_each(parse_text, _value)
        except KeyError:
            raise WireError("ClientInvoicesFilter lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            status_,
            by_type_,
            archived_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
