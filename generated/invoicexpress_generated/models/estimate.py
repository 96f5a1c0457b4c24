# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_date,
    format_date_or_none,
    format_decimal_number,
    format_decimal_string_or_none,
    format_each,
    format_integer,
    format_integer_or_none,
    parse_date,
    parse_date_or_none,
    parse_decimal,
    parse_decimal_or_none,
    parse_each,
    parse_flag,
    parse_integer,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..models.document_client import DocumentClient
from ..models.document_item import DocumentItem
from ..models.document_status import DocumentStatus
from ..models.document_type import DocumentType
from ..models.multibanco_reference import MultibancoReference
from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "status",
        "type",
        "date",
        "sum",
        "discount",
        "before_taxes",
        "taxes",
        "total",
        "currency",
        "items",
        "client",
        "archived",
        "sequence_number",
        "inverted_sequence_number",
        "atcud",
        "sequence_id",
        "tax_exemption",
        "due_date",
        "reference",
        "observations",
        "retention",
        "permalink",
        "saft_hash",
        "proprietary_uid",
        "mb_reference",
    }
)


@define
class Estimate:
    """A quote, a proforma or a fees note."""

    id: int
    """Id, unique across the types of an account."""

    status: DocumentStatus
    """Status of a document in an answer. Filters call `final` `sent`."""

    type: DocumentType
    """Type of a document, as the service writes it."""

    date: datetime.date
    """Date of the document, dd/mm/yyyy."""

    sum: Decimal
    """Lines before discount, 2 decimals."""

    discount: Decimal
    """Discount as an amount, 2 decimals."""

    before_taxes: Decimal
    """Sum less discount, 2 decimals."""

    taxes: Decimal
    """VAT, 2 decimals."""

    total: Decimal
    """Amount to pay before withholding, 2 decimals. Rounded once, from lines in full precision."""

    currency: str
    """Name of the currency, not its code: `Euro`."""

    items: list[DocumentItem]
    """The lines."""

    client: DocumentClient
    """The client as a document shows it. Live, it has every field with a value, and fields without one are
    missing."""

    archived: bool | Unset = UNSET
    """Put away in the account's archive."""

    sequence_number: None | str | Unset = UNSET
    """Number and série, `28/A`. A draft has `rascunho`, `draft` or nothing."""

    inverted_sequence_number: None | str | Unset = UNSET
    """Série and number, `A/28`, as it is printed. Drafts lack it."""

    atcud: None | str | Unset = UNSET
    """Unique document code, `<validation code>-<number>`. `N/D` for an unregistered série, `N/A` where
    none is needed."""

    sequence_id: int | None | Unset = UNSET
    """Id of the série's row for this type. Drafts lack it."""

    tax_exemption: None | str | Unset = UNSET
    """Exemption code, on exempt documents."""

    due_date: datetime.date | None | Unset = UNSET
    """Date when it is due, dd/mm/yyyy."""

    reference: None | str | Unset = UNSET
    """The caller's own reference."""

    observations: None | str | Unset = UNSET
    """Printed remarks. Finalizing appends the text of the exemption."""

    retention: Decimal | None | Unset = UNSET
    """Withholding tax in percent. It does not lower the total."""

    permalink: None | str | Unset = field(default=UNSET, repr=False)
    """Public address of the document. Anyone with the address can read it."""

    saft_hash: None | str | Unset = UNSET
    """The four printed characters of the signature. Drafts lack them."""

    proprietary_uid: None | str | Unset = UNSET
    """The caller's idempotency key, where the service repeats it."""

    mb_reference: MultibancoReference | None | Unset = UNSET
    """Multibanco reference, once final and where asked for."""

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
            field_dict["id"] = _value if type(_value) is int else format_integer(_value)
            at = "status"
            _value = self.status
            field_dict["status"] = _value
            at = "type"
            _value = self.type
            field_dict["type"] = _value
            at = "date"
            _value = self.date
            field_dict["date"] = format_date(_value)
            at = "sum"
            _value = self.sum
            field_dict["sum"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
            at = "discount"
            _value = self.discount
            field_dict["discount"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
            at = "before_taxes"
            _value = self.before_taxes
            field_dict["before_taxes"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
            at = "taxes"
            _value = self.taxes
            field_dict["taxes"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
            at = "total"
            _value = self.total
            field_dict["total"] = (
                _value if type(_value) is Decimal and _value.is_finite() else format_decimal_number(_value)
            )
            at = "currency"
            _value = self.currency
            field_dict["currency"] = _value
            at = "items"
            _value = self.items
            field_dict["items"] = format_each(DocumentItem.to_dict, _value)
            at = "client"
            _value = self.client
            field_dict["client"] = _value.to_dict()
            at = "archived"
            _value = self.archived
            if _value is not UNSET:
                field_dict["archived"] = _value
            at = "sequence_number"
            _value = self.sequence_number
            if _value is not UNSET:
                field_dict["sequence_number"] = _value
            at = "inverted_sequence_number"
            _value = self.inverted_sequence_number
            if _value is not UNSET:
                field_dict["inverted_sequence_number"] = _value
            at = "atcud"
            _value = self.atcud
            if _value is not UNSET:
                field_dict["atcud"] = _value
            at = "sequence_id"
            _value = self.sequence_id
            if _value is not UNSET:
                field_dict["sequence_id"] = _value if type(_value) is int else format_integer_or_none(_value)
            at = "tax_exemption"
            _value = self.tax_exemption
            if _value is not UNSET:
                field_dict["tax_exemption"] = _value
            at = "due_date"
            _value = self.due_date
            if _value is not UNSET:
                field_dict["due_date"] = format_date_or_none(_value)
            at = "reference"
            _value = self.reference
            if _value is not UNSET:
                field_dict["reference"] = _value
            at = "observations"
            _value = self.observations
            if _value is not UNSET:
                field_dict["observations"] = _value
            at = "retention"
            _value = self.retention
            if _value is not UNSET:
                field_dict["retention"] = format_decimal_string_or_none(_value)
            at = "permalink"
            _value = self.permalink
            if _value is not UNSET:
                field_dict["permalink"] = _value
            at = "saft_hash"
            _value = self.saft_hash
            if _value is not UNSET:
                field_dict["saft_hash"] = _value
            at = "proprietary_uid"
            _value = self.proprietary_uid
            if _value is not UNSET:
                field_dict["proprietary_uid"] = _value
            at = "mb_reference"
            _value = self.mb_reference
            if _value is not UNSET:
                field_dict["mb_reference"] = None if _value is None else _value.to_dict()
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Estimate:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Estimate)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer(_value)
            _at = "status"
            _value = _source[_at]
            _model.status = _value if type(_value) is str else parse_text(_value)
            _at = "type"
            _value = _source[_at]
            _model.type = _value if type(_value) is str else parse_text(_value)
            _at = "date"
            _value = _source[_at]
            _model.date = parse_date(_value)
            _at = "sum"
            _value = _source[_at]
            _model.sum = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "discount"
            _value = _source[_at]
            _model.discount = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "before_taxes"
            _value = _source[_at]
            _model.before_taxes = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "taxes"
            _value = _source[_at]
            _model.taxes = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "total"
            _value = _source[_at]
            _model.total = _value if type(_value) is Decimal else parse_decimal(_value)
            _at = "currency"
            _value = _source[_at]
            _model.currency = _value if type(_value) is str else parse_text(_value)
            _at = "items"
            _value = _source[_at]
            _model.items = parse_each(DocumentItem.from_dict, _value)
            _at = "client"
            _value = _source[_at]
            _model.client = DocumentClient.from_dict(_value)
            _at = "archived"
            _value = _get(_at, UNSET)
            _model.archived = _value if type(_value) is bool or _value is UNSET else parse_flag(_value)
            _at = "sequence_number"
            _value = _get(_at, UNSET)
            _model.sequence_number = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "inverted_sequence_number"
            _value = _get(_at, UNSET)
            _model.inverted_sequence_number = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "atcud"
            _value = _get(_at, UNSET)
            _model.atcud = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "sequence_id"
            _value = _get(_at, UNSET)
            _model.sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "tax_exemption"
            _value = _get(_at, UNSET)
            _model.tax_exemption = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "due_date"
            _value = _get(_at, UNSET)
            _model.due_date = _value if _value is UNSET else parse_date_or_none(_value)
            _at = "reference"
            _value = _get(_at, UNSET)
            _model.reference = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "observations"
            _value = _get(_at, UNSET)
            _model.observations = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "retention"
            _value = _get(_at, UNSET)
            _model.retention = (
                _value if type(_value) is Decimal or _value is UNSET else parse_decimal_or_none(_value)
            )
            _at = "permalink"
            _value = _get(_at, UNSET)
            _model.permalink = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "saft_hash"
            _value = _get(_at, UNSET)
            _model.saft_hash = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "proprietary_uid"
            _value = _get(_at, UNSET)
            _model.proprietary_uid = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "mb_reference"
            _value = _get(_at, UNSET)
            _model.mb_reference = (
                _value if _value is UNSET or _value is None else MultibancoReference.from_dict(_value)
            )
        except KeyError:
            raise WireError("Estimate lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Estimate else as_subclass(cls, _model)
