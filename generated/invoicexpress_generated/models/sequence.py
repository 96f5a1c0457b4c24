# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from typing import Any, Final

from attr import define, field
from invoicexpress_wire import (
    WireError,
    format_flag_integer_or_none,
    format_integer,
    format_integer_or_none,
    format_text,
    parse_flag_or_none,
    parse_integer,
    parse_integer_or_none,
    parse_object,
    parse_text,
)

from ..types import UNSET, Unset, as_subclass, new_model

_KNOWN: Final[frozenset[str]] = frozenset(
    {
        "id",
        "serie",
        "default_sequence",
        "current_invoice_number",
        "current_invoice_sequence_id",
        "current_invoice_validation_code",
        "current_simplified_invoice_number",
        "current_simplified_invoice_sequence_id",
        "current_simplified_invoice_validation_code",
        "current_invoice_receipt_number",
        "current_invoice_receipt_sequence_id",
        "current_invoice_receipt_validation_code",
        "current_receipt_number",
        "current_receipt_sequence_id",
        "current_receipt_validation_code",
        "current_debit_note_number",
        "current_debit_note_sequence_id",
        "current_debit_note_validation_code",
        "current_credit_note_number",
        "current_credit_note_sequence_id",
        "current_credit_note_validation_code",
        "current_vat_moss_invoice_number",
        "current_vat_moss_invoice_sequence_id",
        "current_vat_moss_invoice_validation_code",
        "current_vat_moss_credit_note_number",
        "current_vat_moss_credit_note_sequence_id",
        "current_vat_moss_credit_note_validation_code",
        "current_vat_moss_receipt_number",
        "current_vat_moss_receipt_sequence_id",
        "current_vat_moss_receipt_validation_code",
        "current_purchase_order_number",
        "current_purchase_order_sequence_id",
        "current_purchase_order_validation_code",
        "current_quote_number",
        "current_quote_sequence_id",
        "current_quote_validation_code",
        "current_proforma_number",
        "current_proforma_sequence_id",
        "current_proforma_validation_code",
        "current_fees_note_number",
        "current_fees_note_sequence_id",
        "current_fees_note_validation_code",
        "current_shipping_number",
        "current_shipping_sequence_id",
        "current_shipping_validation_code",
        "current_devolution_number",
        "current_devolution_sequence_id",
        "current_devolution_validation_code",
        "current_transport_number",
        "current_transport_sequence_id",
        "current_transport_validation_code",
    }
)


@define
class Sequence:
    """A série. It has one row per document type, each with its own id, counter and validation code; a
    document names the row of its own type."""

    id: int
    """Id, which is the id of the row for invoices."""

    serie: str
    """Name of the série. It is repeated in the JSON type in which it was sent."""

    default_sequence: bool | None | Unset = UNSET
    """Documents that name no série go here."""

    current_invoice_number: int | None | Unset = UNSET
    """Last number given."""

    current_invoice_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_invoice_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_simplified_invoice_number: int | None | Unset = UNSET
    """Last number given."""

    current_simplified_invoice_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_simplified_invoice_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_invoice_receipt_number: int | None | Unset = UNSET
    """Last number given."""

    current_invoice_receipt_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_invoice_receipt_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_receipt_number: int | None | Unset = UNSET
    """Last number given."""

    current_receipt_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_receipt_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_debit_note_number: int | None | Unset = UNSET
    """Last number given."""

    current_debit_note_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_debit_note_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_credit_note_number: int | None | Unset = UNSET
    """Last number given."""

    current_credit_note_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_credit_note_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_vat_moss_invoice_number: int | None | Unset = UNSET
    """Last number given."""

    current_vat_moss_invoice_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_vat_moss_invoice_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_vat_moss_credit_note_number: int | None | Unset = UNSET
    """Last number given."""

    current_vat_moss_credit_note_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_vat_moss_credit_note_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_vat_moss_receipt_number: int | None | Unset = UNSET
    """Last number given."""

    current_vat_moss_receipt_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_vat_moss_receipt_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_purchase_order_number: int | None | Unset = UNSET
    """Last number given."""

    current_purchase_order_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_purchase_order_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_quote_number: int | None | Unset = UNSET
    """Last number given."""

    current_quote_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_quote_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_proforma_number: int | None | Unset = UNSET
    """Last number given."""

    current_proforma_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_proforma_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_fees_note_number: int | None | Unset = UNSET
    """Last number given."""

    current_fees_note_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_fees_note_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_shipping_number: int | None | Unset = UNSET
    """Last number given."""

    current_shipping_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_shipping_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_devolution_number: int | None | Unset = UNSET
    """Last number given."""

    current_devolution_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_devolution_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

    current_transport_number: int | None | Unset = UNSET
    """Last number given."""

    current_transport_sequence_id: int | None | Unset = UNSET
    """Id of the row."""

    current_transport_validation_code: None | str | Unset = UNSET
    """Code of the tax authority, `N/D` or `N/A`."""

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
            at = "serie"
            _value = self.serie
            field_dict["serie"] = format_text(_value)
            at = "default_sequence"
            _value = self.default_sequence
            if _value is not UNSET:
                field_dict["default_sequence"] = format_flag_integer_or_none(_value)
            at = "current_invoice_number"
            _value = self.current_invoice_number
            if _value is not UNSET:
                field_dict["current_invoice_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_invoice_sequence_id"
            _value = self.current_invoice_sequence_id
            if _value is not UNSET:
                field_dict["current_invoice_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_invoice_validation_code"
            _value = self.current_invoice_validation_code
            if _value is not UNSET:
                field_dict["current_invoice_validation_code"] = _value
            at = "current_simplified_invoice_number"
            _value = self.current_simplified_invoice_number
            if _value is not UNSET:
                field_dict["current_simplified_invoice_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_simplified_invoice_sequence_id"
            _value = self.current_simplified_invoice_sequence_id
            if _value is not UNSET:
                field_dict["current_simplified_invoice_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_simplified_invoice_validation_code"
            _value = self.current_simplified_invoice_validation_code
            if _value is not UNSET:
                field_dict["current_simplified_invoice_validation_code"] = _value
            at = "current_invoice_receipt_number"
            _value = self.current_invoice_receipt_number
            if _value is not UNSET:
                field_dict["current_invoice_receipt_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_invoice_receipt_sequence_id"
            _value = self.current_invoice_receipt_sequence_id
            if _value is not UNSET:
                field_dict["current_invoice_receipt_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_invoice_receipt_validation_code"
            _value = self.current_invoice_receipt_validation_code
            if _value is not UNSET:
                field_dict["current_invoice_receipt_validation_code"] = _value
            at = "current_receipt_number"
            _value = self.current_receipt_number
            if _value is not UNSET:
                field_dict["current_receipt_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_receipt_sequence_id"
            _value = self.current_receipt_sequence_id
            if _value is not UNSET:
                field_dict["current_receipt_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_receipt_validation_code"
            _value = self.current_receipt_validation_code
            if _value is not UNSET:
                field_dict["current_receipt_validation_code"] = _value
            at = "current_debit_note_number"
            _value = self.current_debit_note_number
            if _value is not UNSET:
                field_dict["current_debit_note_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_debit_note_sequence_id"
            _value = self.current_debit_note_sequence_id
            if _value is not UNSET:
                field_dict["current_debit_note_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_debit_note_validation_code"
            _value = self.current_debit_note_validation_code
            if _value is not UNSET:
                field_dict["current_debit_note_validation_code"] = _value
            at = "current_credit_note_number"
            _value = self.current_credit_note_number
            if _value is not UNSET:
                field_dict["current_credit_note_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_credit_note_sequence_id"
            _value = self.current_credit_note_sequence_id
            if _value is not UNSET:
                field_dict["current_credit_note_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_credit_note_validation_code"
            _value = self.current_credit_note_validation_code
            if _value is not UNSET:
                field_dict["current_credit_note_validation_code"] = _value
            at = "current_vat_moss_invoice_number"
            _value = self.current_vat_moss_invoice_number
            if _value is not UNSET:
                field_dict["current_vat_moss_invoice_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_invoice_sequence_id"
            _value = self.current_vat_moss_invoice_sequence_id
            if _value is not UNSET:
                field_dict["current_vat_moss_invoice_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_invoice_validation_code"
            _value = self.current_vat_moss_invoice_validation_code
            if _value is not UNSET:
                field_dict["current_vat_moss_invoice_validation_code"] = _value
            at = "current_vat_moss_credit_note_number"
            _value = self.current_vat_moss_credit_note_number
            if _value is not UNSET:
                field_dict["current_vat_moss_credit_note_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_credit_note_sequence_id"
            _value = self.current_vat_moss_credit_note_sequence_id
            if _value is not UNSET:
                field_dict["current_vat_moss_credit_note_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_credit_note_validation_code"
            _value = self.current_vat_moss_credit_note_validation_code
            if _value is not UNSET:
                field_dict["current_vat_moss_credit_note_validation_code"] = _value
            at = "current_vat_moss_receipt_number"
            _value = self.current_vat_moss_receipt_number
            if _value is not UNSET:
                field_dict["current_vat_moss_receipt_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_receipt_sequence_id"
            _value = self.current_vat_moss_receipt_sequence_id
            if _value is not UNSET:
                field_dict["current_vat_moss_receipt_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_vat_moss_receipt_validation_code"
            _value = self.current_vat_moss_receipt_validation_code
            if _value is not UNSET:
                field_dict["current_vat_moss_receipt_validation_code"] = _value
            at = "current_purchase_order_number"
            _value = self.current_purchase_order_number
            if _value is not UNSET:
                field_dict["current_purchase_order_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_purchase_order_sequence_id"
            _value = self.current_purchase_order_sequence_id
            if _value is not UNSET:
                field_dict["current_purchase_order_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_purchase_order_validation_code"
            _value = self.current_purchase_order_validation_code
            if _value is not UNSET:
                field_dict["current_purchase_order_validation_code"] = _value
            at = "current_quote_number"
            _value = self.current_quote_number
            if _value is not UNSET:
                field_dict["current_quote_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_quote_sequence_id"
            _value = self.current_quote_sequence_id
            if _value is not UNSET:
                field_dict["current_quote_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_quote_validation_code"
            _value = self.current_quote_validation_code
            if _value is not UNSET:
                field_dict["current_quote_validation_code"] = _value
            at = "current_proforma_number"
            _value = self.current_proforma_number
            if _value is not UNSET:
                field_dict["current_proforma_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_proforma_sequence_id"
            _value = self.current_proforma_sequence_id
            if _value is not UNSET:
                field_dict["current_proforma_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_proforma_validation_code"
            _value = self.current_proforma_validation_code
            if _value is not UNSET:
                field_dict["current_proforma_validation_code"] = _value
            at = "current_fees_note_number"
            _value = self.current_fees_note_number
            if _value is not UNSET:
                field_dict["current_fees_note_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_fees_note_sequence_id"
            _value = self.current_fees_note_sequence_id
            if _value is not UNSET:
                field_dict["current_fees_note_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_fees_note_validation_code"
            _value = self.current_fees_note_validation_code
            if _value is not UNSET:
                field_dict["current_fees_note_validation_code"] = _value
            at = "current_shipping_number"
            _value = self.current_shipping_number
            if _value is not UNSET:
                field_dict["current_shipping_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_shipping_sequence_id"
            _value = self.current_shipping_sequence_id
            if _value is not UNSET:
                field_dict["current_shipping_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_shipping_validation_code"
            _value = self.current_shipping_validation_code
            if _value is not UNSET:
                field_dict["current_shipping_validation_code"] = _value
            at = "current_devolution_number"
            _value = self.current_devolution_number
            if _value is not UNSET:
                field_dict["current_devolution_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_devolution_sequence_id"
            _value = self.current_devolution_sequence_id
            if _value is not UNSET:
                field_dict["current_devolution_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_devolution_validation_code"
            _value = self.current_devolution_validation_code
            if _value is not UNSET:
                field_dict["current_devolution_validation_code"] = _value
            at = "current_transport_number"
            _value = self.current_transport_number
            if _value is not UNSET:
                field_dict["current_transport_number"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_transport_sequence_id"
            _value = self.current_transport_sequence_id
            if _value is not UNSET:
                field_dict["current_transport_sequence_id"] = (
                    _value if type(_value) is int else format_integer_or_none(_value)
                )
            at = "current_transport_validation_code"
            _value = self.current_transport_validation_code
            if _value is not UNSET:
                field_dict["current_transport_validation_code"] = _value
        except WireError as error:
            raise error.inside(at) from None
        if self.additional_properties:
            for key, value in self.additional_properties.items():
                field_dict.setdefault(key, value)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: object) -> Sequence:
        """From JSON. Raises WireError with the path of a field that is missing or unreadable."""
        _source: dict[str, Any] = src_dict if type(src_dict) is dict else parse_object(src_dict)  # pyright: ignore[reportUnknownVariableType]
        _get = _source.get
        _model = new_model(Sequence)
        _at = ""
        try:
            _at = "id"
            _value = _source[_at]
            _model.id = parse_integer(_value)
            _at = "serie"
            _value = _source[_at]
            _model.serie = parse_text(_value)
            _at = "default_sequence"
            _value = _get(_at, UNSET)
            _model.default_sequence = _value if _value is UNSET else parse_flag_or_none(_value)
            _at = "current_invoice_number"
            _value = _get(_at, UNSET)
            _model.current_invoice_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_invoice_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_invoice_sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_invoice_validation_code"
            _value = _get(_at, UNSET)
            _model.current_invoice_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_simplified_invoice_number"
            _value = _get(_at, UNSET)
            _model.current_simplified_invoice_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_simplified_invoice_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_simplified_invoice_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_simplified_invoice_validation_code"
            _value = _get(_at, UNSET)
            _model.current_simplified_invoice_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_invoice_receipt_number"
            _value = _get(_at, UNSET)
            _model.current_invoice_receipt_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_invoice_receipt_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_invoice_receipt_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_invoice_receipt_validation_code"
            _value = _get(_at, UNSET)
            _model.current_invoice_receipt_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_receipt_number"
            _value = _get(_at, UNSET)
            _model.current_receipt_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_receipt_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_receipt_sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_receipt_validation_code"
            _value = _get(_at, UNSET)
            _model.current_receipt_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_debit_note_number"
            _value = _get(_at, UNSET)
            _model.current_debit_note_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_debit_note_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_debit_note_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_debit_note_validation_code"
            _value = _get(_at, UNSET)
            _model.current_debit_note_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_credit_note_number"
            _value = _get(_at, UNSET)
            _model.current_credit_note_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_credit_note_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_credit_note_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_credit_note_validation_code"
            _value = _get(_at, UNSET)
            _model.current_credit_note_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_vat_moss_invoice_number"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_invoice_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_invoice_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_invoice_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_invoice_validation_code"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_invoice_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_vat_moss_credit_note_number"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_credit_note_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_credit_note_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_credit_note_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_credit_note_validation_code"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_credit_note_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_vat_moss_receipt_number"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_receipt_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_receipt_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_receipt_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_vat_moss_receipt_validation_code"
            _value = _get(_at, UNSET)
            _model.current_vat_moss_receipt_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_purchase_order_number"
            _value = _get(_at, UNSET)
            _model.current_purchase_order_number = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_purchase_order_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_purchase_order_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_purchase_order_validation_code"
            _value = _get(_at, UNSET)
            _model.current_purchase_order_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_quote_number"
            _value = _get(_at, UNSET)
            _model.current_quote_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_quote_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_quote_sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_quote_validation_code"
            _value = _get(_at, UNSET)
            _model.current_quote_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_proforma_number"
            _value = _get(_at, UNSET)
            _model.current_proforma_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_proforma_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_proforma_sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_proforma_validation_code"
            _value = _get(_at, UNSET)
            _model.current_proforma_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_fees_note_number"
            _value = _get(_at, UNSET)
            _model.current_fees_note_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_fees_note_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_fees_note_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_fees_note_validation_code"
            _value = _get(_at, UNSET)
            _model.current_fees_note_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_shipping_number"
            _value = _get(_at, UNSET)
            _model.current_shipping_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_shipping_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_shipping_sequence_id = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_shipping_validation_code"
            _value = _get(_at, UNSET)
            _model.current_shipping_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_devolution_number"
            _value = _get(_at, UNSET)
            _model.current_devolution_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_devolution_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_devolution_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_devolution_validation_code"
            _value = _get(_at, UNSET)
            _model.current_devolution_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
            _at = "current_transport_number"
            _value = _get(_at, UNSET)
            _model.current_transport_number = _value if _value is UNSET else parse_integer_or_none(_value)
            _at = "current_transport_sequence_id"
            _value = _get(_at, UNSET)
            _model.current_transport_sequence_id = (
                _value if _value is UNSET else parse_integer_or_none(_value)
            )
            _at = "current_transport_validation_code"
            _value = _get(_at, UNSET)
            _model.current_transport_validation_code = (
                _value if type(_value) is str or _value is UNSET or _value is None else parse_text(_value)
            )
        except KeyError:
            raise WireError("Sequence lacks this field", (_at,)) from None
        except WireError as error:
            raise error.inside(_at) from None
        _model.additional_properties = (
            {} if _KNOWN.issuperset(_source) else {key: _source[key] for key in _source if key not in _KNOWN}
        )
        return _model if cls is Sequence else as_subclass(cls, _model)
