# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
)

from ..models.balance_amounts import BalanceAmounts
from ..models.balance_before import BalanceBefore
from ..models.balance_currency import BalanceCurrency
from ..models.balance_remaining import BalanceRemaining
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "balance",
        "currency",
        "initial_balance",
        "overdue_balance",
        "remaining_balance",
    }
)


@define
class ClientBalance:
    """What a client owes. Stands under no root key."""

    balance: BalanceAmounts
    """An amount, with and without VAT."""

    currency: BalanceCurrency | Unset = UNSET
    """The account's currency."""

    initial_balance: BalanceBefore | Unset = UNSET
    """What was owed before the first document."""

    overdue_balance: BalanceAmounts | Unset = UNSET
    """An amount, with and without VAT."""

    remaining_balance: BalanceRemaining | Unset = UNSET
    """What is left of balance, payments and regularizations."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "balance"
            _value = self.balance
            field_dict["balance"] = _value.to_dict()
            at = "currency"
            _value = self.currency
            if _value is not UNSET:
                field_dict["currency"] = _value.to_dict()
            at = "initial_balance"
            _value = self.initial_balance
            if _value is not UNSET:
                field_dict["initial_balance"] = _value.to_dict()
            at = "overdue_balance"
            _value = self.overdue_balance
            if _value is not UNSET:
                field_dict["overdue_balance"] = _value.to_dict()
            at = "remaining_balance"
            _value = self.remaining_balance
            if _value is not UNSET:
                field_dict["remaining_balance"] = _value.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ClientBalance:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(ClientBalance)
        _at = ""
        try:
            _at = "balance"
            _value = _source[_at]
            _model.balance = BalanceAmounts.from_dict(_value)
            _at = "currency"
            _value = _get(_at, UNSET)
            _model.currency = _value if _value is UNSET else BalanceCurrency.from_dict(_value)
            _at = "initial_balance"
            _value = _get(_at, UNSET)
            _model.initial_balance = _value if _value is UNSET else BalanceBefore.from_dict(_value)
            _at = "overdue_balance"
            _value = _get(_at, UNSET)
            _model.overdue_balance = _value if _value is UNSET else BalanceAmounts.from_dict(_value)
            _at = "remaining_balance"
            _value = _get(_at, UNSET)
            _model.remaining_balance = _value if _value is UNSET else BalanceRemaining.from_dict(_value)
        except KeyError:
            raise WireError("ClientBalance lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is ClientBalance else as_subclass(cls, _model)
