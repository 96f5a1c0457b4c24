"""How InvoiceXpress writes dates, money, flags and numbers into JSON, and how that is read back.

The leaf of the house: it imports nothing of the project. The generated models call it for every field that
carries a wire format of the contract, so a rule of the wire stands here once and nowhere else.

Reading is liberal in exactly the ways that were observed (a number written as a string, `""` for nothing) and
refuses everything else. Writing is strict: what is not of the declared type never leaves the process.
"""

from __future__ import annotations

from .constraints import constrained, with_entries
from .dates import (
    parse_date,
    parse_date_or_none,
    parse_datetime,
    parse_datetime_or_none,
    parse_iso_date,
    parse_iso_date_or_none,
    print_date,
    print_date_or_none,
    print_datetime,
    print_datetime_or_none,
    print_iso_date,
    print_iso_date_or_none,
)
from .decimals import (
    parse_decimal,
    parse_decimal_or_none,
    print_decimal_number,
    print_decimal_number_or_none,
    print_decimal_string,
    print_decimal_string_or_none,
)
from .json_text import dumps, loads
from .loose_values import (
    parse_flag,
    parse_flag_or_none,
    parse_integer,
    parse_integer_or_none,
    parse_text,
    parse_text_or_none,
    print_boolean,
    print_choice,
    print_flag_integer,
    print_flag_integer_or_none,
    print_flag_string,
    print_flag_string_or_none,
    print_integer,
    print_integer_or_none,
    print_text,
    print_text_or_none,
)
from .structures import (
    is_array,
    is_object,
    parse_array,
    parse_each,
    parse_object,
    print_array,
    print_each,
    print_model,
)
from .wire_error import WireError

__all__ = [
    "WireError",
    "constrained",
    "dumps",
    "is_array",
    "is_object",
    "loads",
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
    "print_array",
    "print_boolean",
    "print_choice",
    "print_date",
    "print_date_or_none",
    "print_datetime",
    "print_datetime_or_none",
    "print_decimal_number",
    "print_decimal_number_or_none",
    "print_decimal_string",
    "print_decimal_string_or_none",
    "print_each",
    "print_flag_integer",
    "print_flag_integer_or_none",
    "print_flag_string",
    "print_flag_string_or_none",
    "print_integer",
    "print_integer_or_none",
    "print_iso_date",
    "print_iso_date_or_none",
    "print_model",
    "print_text",
    "print_text_or_none",
    "with_entries",
]
