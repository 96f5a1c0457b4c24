# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from attrs import define, field
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

from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "id"
            if not isinstance(self.id, Unset):
                field_dict["id"] = format_integer_or_none(self.id)
            at = "value"
            if not isinstance(self.value, Unset):
                field_dict["value"] = format_decimal_number_or_none(self.value)
            at = "movement_type"
            if not isinstance(self.movement_type, Unset):
                field_dict["movement_type"] = self.movement_type
            at = "payment_method"
            if not isinstance(self.payment_method, Unset):
                field_dict["payment_method"] = self.payment_method
            at = "date"
            if not isinstance(self.date, Unset):
                field_dict["date"] = format_iso_date_or_none(self.date)
            at = "serie"
            if not isinstance(self.serie, Unset):
                field_dict["serie"] = format_text_or_none(self.serie)
            at = "observation"
            if not isinstance(self.observation, Unset):
                field_dict["observation"] = self.observation
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> TreasuryMovement:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = TreasuryMovement.__new__(TreasuryMovement)
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
