# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
)

from ..models.balance_amounts import BalanceAmounts
from ..models.balance_before import BalanceBefore
from ..models.balance_currency import BalanceCurrency
from ..models.balance_remaining import BalanceRemaining
from ..types import UNSET, Unset, as_subclass

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
        at = ""
        try:
            at = "balance"
            field_dict["balance"] = self.balance.to_dict()
            at = "currency"
            if not isinstance(self.currency, Unset):
                field_dict["currency"] = self.currency.to_dict()
            at = "initial_balance"
            if not isinstance(self.initial_balance, Unset):
                field_dict["initial_balance"] = self.initial_balance.to_dict()
            at = "overdue_balance"
            if not isinstance(self.overdue_balance, Unset):
                field_dict["overdue_balance"] = self.overdue_balance.to_dict()
            at = "remaining_balance"
            if not isinstance(self.remaining_balance, Unset):
                field_dict["remaining_balance"] = self.remaining_balance.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> ClientBalance:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source = parse_object(src_dict)
        _get = _source.get
        _model = ClientBalance.__new__(ClientBalance)
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
