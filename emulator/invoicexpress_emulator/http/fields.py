"""Reading the fields of a JSON object, with the complaint that each may give.

Reading goes on after a bad field, so that one answer names everything that is wrong, as the service does.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from . import messages
from .wire_values import JsonValue, parse_decimal, parse_flag

if TYPE_CHECKING:
    from .messages import Complaint, Text

JsonObject = Mapping[str, JsonValue]


class Fields:
    """Typed reading of one JSON object; complaints are collected in a list shared with its parents."""

    def __init__(self, data: JsonObject, complaints: list[Complaint]) -> None:
        self.data = data
        self.complaints = complaints

    def has(self, key: str) -> bool:
        """Whether the key is there with a value that is not null."""
        return self.data.get(key) is not None

    def complain(self, text: Text, **values: object) -> None:
        """Add a complaint."""
        self.complaints.append(text.about(**values))

    def text(self, key: str) -> str | None:
        """Return text; numbers are taken as their digits, blank as nothing, objects and lists are refused."""
        value = self.data.get(key)
        if isinstance(value, str):
            return value if value.strip() else None
        if value is None:
            return None
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, int | float | Decimal):
            return str(value)
        self.complain(messages.WRONG_TYPE, field=key, expected="string")
        return None

    def decimal(self, key: str, complaint: Text) -> Decimal | None:
        """Return a number given as JSON number or text, None when absent or blank."""
        value = self.data.get(key)
        if value is None or value == "":
            return None
        result = parse_decimal(value)
        if result is None:
            self.complain(complaint)
        return result

    def flag(self, key: str) -> bool:
        """Return whether a flag is set."""
        return parse_flag(self.data.get(key))

    def child(self, key: str) -> Fields | None:
        """Return the reader of an object inside this one; anything else but null is refused."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Fields(value, self.complaints)
        self.complain(messages.WRONG_TYPE, field=key, expected="object")
        return None
