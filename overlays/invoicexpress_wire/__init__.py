"""Dates, money, flags and numbers as InvoiceXpress writes them into JSON, in both directions.

A leaf: it imports no other package of the project. The generated models call it for every field with a wire
format, so each rule of the wire exists only here.

Reading accepts the variants seen in answers (a number as a string, `""` for null) and refuses everything
else. Writing is strict: a value of another type never leaves the process.
"""

from __future__ import annotations

from .amounts import shown_amount
from .constraints import constrained, with_entries
from .dates import (
    format_date,
    format_date_or_none,
    format_datetime,
    format_datetime_or_none,
    format_iso_date,
    format_iso_date_or_none,
    parse_date,
    parse_date_or_none,
    parse_datetime,
    parse_datetime_or_none,
    parse_iso_date,
    parse_iso_date_or_none,
)
from .decimals import (
    format_decimal_number,
    format_decimal_number_or_none,
    format_decimal_string,
    format_decimal_string_or_none,
    parse_decimal,
    parse_decimal_or_none,
)
from .json_text import dumps, loads
from .loose_values import (
    format_boolean,
    format_choice,
    format_flag_integer,
    format_flag_integer_or_none,
    format_flag_string,
    format_flag_string_or_none,
    format_integer,
    format_integer_or_none,
    format_text,
    format_text_or_none,
    parse_flag,
    parse_flag_or_none,
    parse_integer,
    parse_integer_or_none,
    parse_text,
    parse_text_or_none,
)
from .structures import (
    format_array,
    format_each,
    format_model,
    is_array,
    is_object,
    not_a_list,
    parse_array,
    parse_each,
    parse_object,
)
from .wire_error import WireError, did_you_mean, shown

__all__ = [
    "WireError",
    "constrained",
    "did_you_mean",
    "dumps",
    "format_array",
    "format_boolean",
    "format_choice",
    "format_date",
    "format_date_or_none",
    "format_datetime",
    "format_datetime_or_none",
    "format_decimal_number",
    "format_decimal_number_or_none",
    "format_decimal_string",
    "format_decimal_string_or_none",
    "format_each",
    "format_flag_integer",
    "format_flag_integer_or_none",
    "format_flag_string",
    "format_flag_string_or_none",
    "format_integer",
    "format_integer_or_none",
    "format_iso_date",
    "format_iso_date_or_none",
    "format_model",
    "format_text",
    "format_text_or_none",
    "is_array",
    "is_object",
    "loads",
    "not_a_list",
    "parse_array",
    "parse_date",
    "parse_date_or_none",
    "parse_datetime",
    "parse_datetime_or_none",
    "parse_decimal",
    "parse_decimal_or_none",
    "parse_each",
    "parse_flag",
    "parse_flag_or_none",
    "parse_integer",
    "parse_integer_or_none",
    "parse_iso_date",
    "parse_iso_date_or_none",
    "parse_object",
    "parse_text",
    "parse_text_or_none",
    "shown",
    "shown_amount",
    "with_entries",
]
