from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NotRequired, TypedDict, Unpack

from attrs import define, field
from invoicexpress_wire import (
    WireError,
    constrained,
    format_choice,
    format_decimal_string,
    format_flag_string,
    format_text,
    parse_decimal,
    parse_flag,
    parse_object,
    parse_text,
)

from ..models.tax_write_code import TAX_WRITE_CODE_VALUES, TaxWriteCode
from ..types import UNSET, Unset, known_fields

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "name",
        "value",
        "region",
        "code",
        "default_tax",
    }
)
_NAMES: Final[frozenset[str]] = frozenset(
    {
        "name",
        "value",
        "region",
        "code",
        "default_tax",
    }
)
_REQUIRED: Final[frozenset[str]] = frozenset(
    {
        "name",
        "value",
        "region",
    }
)


class TaxWriteFields(TypedDict):
    """The fields of TaxWrite as keyword arguments. None means that a field is not given."""

    name: str
    value: Decimal
    region: str
    code: NotRequired[TaxWriteCode | None]
    default_tax: NotRequired[bool | None]


@define
class TaxWrite:
    """A new or changed tax."""

    name: str
    """Name, unique."""

    value: Decimal
    """Rate in percent. A JSON number was answered with 500."""

    region: str
    """Region code: PT, PT-AC, PT-MA, Desconhecido, or a country."""

    code: TaxWriteCode | Unset = UNSET
    """Kind of rate."""

    default_tax: bool | Unset = UNSET
    """Makes it the account's default."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])
    """Keys that the contract does not know, kept as they came."""

    @classmethod
    def of(cls, **fields: Unpack[TaxWriteFields]) -> TaxWrite:
        """Made from keyword arguments. Raises WireError for a field that is missing or unknown."""
        values = known_fields("TaxWrite", fields, _REQUIRED, _NAMES)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON. Raises WireError for a value that is not of its declared type."""
        field_dict: dict[str, Any] = {}
        at = ""
        try:
            at = "name"
            field_dict["name"] = constrained(format_text(self.name), min_length=1)
            at = "value"
            field_dict["value"] = constrained(format_decimal_string(self.value), minimum="0", maximum="100")
            at = "region"
            field_dict["region"] = constrained(format_text(self.region), min_length=1)
            at = "code"
            if not isinstance(self.code, Unset):
                field_dict["code"] = format_choice(TAX_WRITE_CODE_VALUES, self.code)
            at = "default_tax"
            if not isinstance(self.default_tax, Unset):
                field_dict["default_tax"] = format_flag_string(self.default_tax)
        except WireError as error:
            raise error.inside(at) from None
        for key, value in self.additional_properties.items():
            field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> TaxWrite:
        """From JSON. Raises WireError with the field's path for a value that is missing or cannot be read."""
        _source = parse_object(src_dict)
        _get = _source.get
        _at = ""
        try:
            _at = "name"
            _value = _source[_at]
            name_ = _value if type(_value) is str else parse_text(_value)
            _at = "value"
            _value = _source[_at]
            value_ = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "region"
            _value = _source[_at]
            region_ = _value if type(_value) is str else parse_text(_value)
            _at = "code"
            _value = _get(_at, UNSET)
            code_ = _value if _value is UNSET else (_value if type(_value) is str else parse_text(_value))
            _at = "default_tax"
            _value = _get(_at, UNSET)
            default_tax_ = _value if _value is UNSET else parse_flag(_value)
        except KeyError:
            raise WireError("TaxWrite lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model = cls(
            name_,
            value_,
            region_,
            code_,
            default_tax_,
        )
        if not _KNOWN.issuperset(_source):
            _model.additional_properties = {key: _source[key] for key in _source if key not in _KNOWN}
        return _model
