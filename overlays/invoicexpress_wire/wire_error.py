"""The one error of the wire: the field, what is wrong with it, and its value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from invoicexpress_loading import loading

_SHOWN: Final = 60


class WireError(ValueError):
    """A value that cannot be read from the wire, or must not be written to it.

    `path` leads to the value, outermost key first, array places as numbers: `("items", 2, "quantity")`. Each
    enclosing model adds its own key with `inside`, so the message has the full path of the field.
    """

    def __init__(self, reason: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def inside(self, key: str | int) -> WireError:
        """The same error with the enclosing key in front of its path."""
        return type(self)(self.reason, (key, *self.path))

    @property
    def field(self) -> str:
        """The path as text: `items[2].quantity`; empty at the root."""
        text = ""
        for key in self.path:
            text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
        return text

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.path else self.reason


def shown(value: object) -> str:
    """A value, short enough for a message."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(text)} characters)"


def kind_of(value: object) -> str:
    """The JSON type of a value, for messages that must not show the value: it may be a secret link."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else "a number"


def did_you_mean(given: str, known: Iterable[str], then: str = "") -> str:
    """The end of a message about an unknown name: `; did you mean 'unit_price'?`, or nothing.

    `then` goes on: `; did you mean 'unit_price'? Known are …`, or `; known are …`.

    Case, accents, hyphens and underscores count for nothing: `unitPrice` is close to `unit_price`. So is
    `preço`, and other words that people write for a field.
    """
    if then:
        nearest = did_you_mean(given, known)
        return f"{nearest} {then[0].upper()}{then[1:]}" if nearest else f"; {then}"
    with loading():
        from difflib import get_close_matches  # noqa: PLC0415 - for errors only

        from .other_words import meant_by, plain  # noqa: PLC0415 - for errors only

    names = {plain(name): name for name in sorted(known)}
    if plain(given) not in names and (meant := meant_by(given, names.values())) is not None:
        return f"; did you mean {meant!r}?"
    found = get_close_matches(plain(given), names, n=1)
    return f"; did you mean {names[found[0]]!r}?" if found else ""
