# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "success",
    }
)


@define
class AtCommunicationAnswer:
    """That it was done."""

    success: None | str | Unset = UNSET
    """`true`, as a text."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        _value = self.success
        if _value is not UNSET:
            field_dict["success"] = _value
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> AtCommunicationAnswer:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(AtCommunicationAnswer)
        _at = ""
        try:
            _at = "success"
            _value = _get(_at, UNSET)
            _model.success = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("AtCommunicationAnswer lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is AtCommunicationAnswer else as_subclass(cls, _model)
