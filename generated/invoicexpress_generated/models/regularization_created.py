# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_each,
    is_array,
    parse_each,
    parse_object,
)

from ..models.regularization import Regularization
from ..types import as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "regularization",
    }
)


@define
class RegularizationCreated:
    """A new regularization, alone or as a list of one."""

    regularization: list[Regularization] | Regularization
    """The regularization."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "regularization"
            _value = self.regularization
            field_dict["regularization"] = (
                format_each(Regularization.to_dict, _value) if is_array(_value) else _value.to_dict()
            )
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> RegularizationCreated:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _model = new_model(RegularizationCreated)
        _at = ""
        try:
            _at = "regularization"
            _value = _source[_at]
            _model.regularization = (
                parse_each(Regularization.from_dict, _value)
                if is_array(_value)
                else Regularization.from_dict(_value)
            )
        except KeyError:
            raise WireError("RegularizationCreated lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is RegularizationCreated else as_subclass(cls, _model)
