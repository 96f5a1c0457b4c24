# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    parse_object,
    parse_text,
)

from ..models.account_document_stats import AccountDocumentStats
from ..models.account_user_stats import AccountUserStats
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "plan",
        "expires_at",
        "documents",
        "users",
    }
)


@define
class AccountStats:
    """What an account has used of its plan."""

    plan: None | str | Unset = UNSET
    """Name of the plan."""

    expires_at: None | str | Unset = UNSET
    """When it ends, as the service writes it."""

    documents: AccountDocumentStats | None | Unset = UNSET
    """Documents."""

    users: AccountUserStats | None | Unset = UNSET
    """Users."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept unchanged."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        field_dict: dict[str, Any] = {}
        _value: Any
        at = ""
        try:
            at = "plan"
            _value = self.plan
            if _value is not UNSET:
                field_dict["plan"] = _value
            at = "expires_at"
            _value = self.expires_at
            if _value is not UNSET:
                field_dict["expires_at"] = _value
            at = "documents"
            _value = self.documents
            if _value is not UNSET:
                field_dict["documents"] = None if _value is None else _value.to_dict()
            at = "users"
            _value = self.users
            if _value is not UNSET:
                field_dict["users"] = None if _value is None else _value.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> AccountStats:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(AccountStats)
        _at = ""
        try:
            _at = "plan"
            _value = _get(_at, UNSET)
            _model.plan = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "expires_at"
            _value = _get(_at, UNSET)
            _model.expires_at = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "documents"
            _value = _get(_at, UNSET)
            _model.documents = (
                _value if _value is UNSET or _value is None else AccountDocumentStats.from_dict(_value)
            )
            _at = "users"
            _value = _get(_at, UNSET)
            _model.users = _value if _value is UNSET or _value is None else AccountUserStats.from_dict(_value)
        except KeyError:
            raise WireError("AccountStats lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is AccountStats else as_subclass(cls, _model)
