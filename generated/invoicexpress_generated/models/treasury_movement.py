# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_decimal_number_or_none,
    format_integer_or_none,
    format_iso_date_or_none,
    format_text_or_none,
    parse_decimal_or_none,
    parse_integer_or_none,
    parse_iso_date_or_none,
    parse_object,
    parse_text,
    parse_text_or_none,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "value",
        "movement_type",
        "payment_method",
        "date",
        "serie",
        "observation",
    }
)


@define
class TreasuryMovement:
    """A payment of a client, or to one."""

    id: int | None | Unset = UNSET
    """Id, without which a movement cannot be deleted. The vendor's page leaves it out."""

    value: Decimal | None | Unset = UNSET
    """Amount in the account's currency."""

    movement_type: None | str | Unset = UNSET
    """`Payment` or `Reimbursement`."""

    payment_method: None | str | Unset = UNSET
    """How it was paid."""

    date: datetime.date | None | Unset = UNSET
    """Its day, yyyy-mm-dd."""

    serie: str | None | Unset = UNSET
    """Name of the receipt's série."""

    observation: None | str | Unset = UNSET
    """Remarks."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "id"
            _value = self.id
            if _value is not UNSET:
                field_dict["id"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "value"
            _value = self.value
            if _value is not UNSET:
                field_dict["value"] = (
                    _value
                    if type(_value) is Decimal and _value.is_finite()
                    else format_decimal_number_or_none(_value)
                )
            at = "movement_type"
            _value = self.movement_type
            if _value is not UNSET:
                field_dict["movement_type"] = _value
            at = "payment_method"
            _value = self.payment_method
            if _value is not UNSET:
                field_dict["payment_method"] = _value
            at = "date"
            _value = self.date
            if _value is not UNSET:
                field_dict["date"] = format_iso_date_or_none(_value)
            at = "serie"
            _value = self.serie
            if _value is not UNSET:
                field_dict["serie"] = format_text_or_none(_value)
            at = "observation"
            _value = self.observation
            if _value is not UNSET:
                field_dict["observation"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> TreasuryMovement:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(TreasuryMovement)
        _at = ""
        try:
            _at = "id"
            _value = _get(_at, UNSET)
            _model.id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "value"
            _value = _get(_at, UNSET)
            _model.value = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "movement_type"
            _value = _get(_at, UNSET)
            _model.movement_type = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "payment_method"
            _value = _get(_at, UNSET)
            _model.payment_method = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "date"
            _value = _get(_at, UNSET)
            _model.date = _value if _value is UNSET else parse_iso_date_or_none(_value)
            _at = "serie"
            _value = _get(_at, UNSET)
            _model.serie = _value if _value is UNSET else parse_text_or_none(_value)
            _at = "observation"
            _value = _get(_at, UNSET)
            _model.observation = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("TreasuryMovement lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is TreasuryMovement else as_subclass(cls, _model)
