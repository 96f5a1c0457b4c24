"""Amounts as people write them: `1.234,56`, `1,234.56`, `1 234,56 €`, `-5`.

Whether a comma or a point separates the decimals is a matter of the whole column: `1.234` is 1234 beside
`0,50`, and 1.234 beside `0.50`. Alone it is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

Mark: TypeAlias = Literal[",", "."]
"""What separates the decimals."""

MARK_NAMES: Final[dict[Mark, str]] = {",": "decimal comma", ".": "decimal point"}

_OTHER: Final[dict[Mark, Mark]] = {",": ".", ".": ","}
_AROUND: Final = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR|EUROS?|%)$", re.IGNORECASE)
_BLANKS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
"""Blanks between groups of three digits."""
_MOST_DIGITS: Final = 12
"""Of an amount, before its decimals."""


class NotAnAmountError(Exception):
    """A text is no amount. The text says why."""


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    mark: Mark | None
    """What the form proves; None if it proves nothing."""


_FORMS: Final = (
    _Form(re.compile(r"\d+"), None),
    _Form(re.compile(r"\d{1,3}(\.\d{3})+,\d+"), ","),
    _Form(re.compile(r"\d{1,3}(,\d{3})+\.\d+"), "."),
    _Form(re.compile(r"\d{1,3}(\.\d{3}){2,}"), ","),
    _Form(re.compile(r"\d{1,3}(,\d{3}){2,}"), "."),
    # Three digits after one separator, and one to three before it: a thousand, or three decimals.
    _Form(re.compile(r"[1-9]\d{0,2}[.,]\d{3}"), None),
    _Form(re.compile(r"\d+,\d+"), ","),
    _Form(re.compile(r"\d+\.\d+"), "."),
)
"""The first form that fits decides."""


class Style(NamedTuple):
    """How a column writes its decimals."""

    mark: Mark | None
    """None if no text of it tells."""
    row: int | None
    """The first row that tells."""
    example: str | None
    """Its text."""

    def read(self, text: str) -> Decimal:
        """The amount of a text. Raises NotAnAmountError for one of another style, or of none."""
        body, sign = _body(text)
        form = next((each for each in _FORMS if each.pattern.fullmatch(body)), None)
        if form is None:
            raise NotAnAmountError(f"{text!r} is no amount; expected one such as 1234,56")
        if form.mark and form.mark != self.mark:
            raise NotAnAmountError(
                f"{text!r} has a {MARK_NAMES[form.mark]}, but row {self.row} has {self.example!r} with a "
                f"{MARK_NAMES[_OTHER[form.mark]]}; write the whole column one way"
            )
        if self.mark is None:
            if not body.isdecimal():
                raise NotAnAmountError(_both_ways(text, body))
            return sign * _decimal(text, body)
        plain = body.replace(_OTHER[self.mark], "").replace(self.mark, ".")
        return sign * _decimal(text, plain)


def style_of(texts: Iterable[tuple[int, str]]) -> Style:
    """The style of a column's texts, each with its row: that of the first text that tells."""
    for row, text in texts:
        body, _ = _body(text)
        form = next((each for each in _FORMS if each.pattern.fullmatch(body)), None)
        if form is not None and form.mark is not None:
            return Style(form.mark, row, text)
    return Style(None, None, None)


def is_amount(text: str) -> bool:
    """Whether a text is a number in any style."""
    body, _ = _body(text)
    return any(form.pattern.fullmatch(body) for form in _FORMS)


def _body(text: str) -> tuple[str, int]:
    """The digits and separators of a text, and its sign."""
    bare = _AROUND.sub("", text.strip()).strip()
    bare = _AROUND.sub("", bare)
    is_negative = bare.startswith(("-", "\u2212"))
    return _BLANKS.sub("", bare[1:].strip() if is_negative else bare), -1 if is_negative else 1


def _decimal(text: str, plain: str) -> Decimal:
    if not plain.isascii():
        raise NotAnAmountError(f"{text!r} is no amount; expected the digits 0 to 9")
    if len(plain.partition(".")[0]) > _MOST_DIGITS:
        raise NotAnAmountError(f"{text!r} is too large for an amount")
    return Decimal(plain)


def _both_ways(text: str, body: str) -> str:
    thousands, decimals = re.split("[.,]", body)
    return (
        f"{text!r} may be {thousands}{decimals}.00 or {thousands}.{decimals}, and its column does not "
        "tell; write it without a separator of thousands, and with two or four decimals"
    )
