# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_integer,
    parse_integer,
    parse_object,
)

from ..types import as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "total_entries",
        "current_page",
        "total_pages",
        "per_page",
    }
)


@define
class Pagination:
    """Position of a page in its list."""

    total_entries: int
    """Entries on all pages."""

    current_page: int
    """Number of this page."""

    total_pages: int
    """Number of pages."""

    per_page: int
    """Entries a page."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "total_entries"
            _value = self.total_entries
            field_dict["total_entries"] = _value if type(_value) is int else format_integer(_value)
            at = "current_page"
            _value = self.current_page
            field_dict["current_page"] = _value if type(_value) is int else format_integer(_value)
            at = "total_pages"
            _value = self.total_pages
            field_dict["total_pages"] = _value if type(_value) is int else format_integer(_value)
            at = "per_page"
            _value = self.per_page
            field_dict["per_page"] = _value if type(_value) is int else format_integer(_value)
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Pagination:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _model = new_model(Pagination)
        _at = ""
        try:
            _at = "total_entries"
            _value = _source[_at]
            _model.total_entries = parse_integer(_value)
            _at = "current_page"
            _value = _source[_at]
            _model.current_page = parse_integer(_value)
            _at = "total_pages"
            _value = _source[_at]
            _model.total_pages = parse_integer(_value)
            _at = "per_page"
            _value = _source[_at]
            _model.per_page = parse_integer(_value)
        except KeyError:
            raise WireError("Pagination lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Pagination else as_subclass(cls, _model)
