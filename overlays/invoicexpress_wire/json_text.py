"""JSON with exact decimals in both directions.

The standard library can read fractions as Decimal but cannot write one; `dumps` can. With the extra `speed`,
msgspec reads: the same values, some three times as fast.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any, Final, cast

from invoicexpress_loading import loading

from .wire_error import WireError, shown


def _no_constant(name: str) -> Any:
    raise WireError(f"not JSON: {name}")


def _standard(body: bytes | str) -> Any:
    return json.loads(body, parse_float=Decimal, parse_constant=_no_constant)


@cache
def _reader() -> Callable[[bytes | str], Any]:
    """The reader of this installation."""
    with loading():
        try:
            import msgspec  # noqa: PLC0415 - an extra
        except ImportError:
            return _standard

    decode = msgspec.json.Decoder(float_hook=Decimal).decode

    def read(body: bytes | str) -> Any:
        try:
            return decode(body)
        except (msgspec.DecodeError, UnicodeError):
            # It refuses a little more, such as half a character or UTF-16, and says less about errors.
            return _standard(body)

    return read


def loads(body: bytes | str) -> Any:
    """Reads JSON, every fraction as an exact Decimal. Raises WireError if it is not JSON."""
    try:
        return _reader()(body)
    except WireError:
        raise
    except (ValueError, ArithmeticError, RecursionError) as error:
        # ArithmeticError: an exponent beyond what a Decimal can have.
        raise WireError(f"not JSON: {error}") from None


def dumps(value: object) -> bytes:
    """Writes JSON in ASCII, every Decimal as an exact number.

    Raises WireError for a value that JSON cannot hold, and for floats.
    """
    try:
        return _WRITERS[type(value)](value).encode("ascii")
    except WireError:
        raise
    except (ValueError, RecursionError) as error:
        raise WireError(f"cannot be written as JSON: {error}") from None


def _decimal(value: Decimal) -> str:
    text = Decimal.__str__(value)
    if "E" not in text and "N" not in text and "I" not in text:
        return text
    if value.is_finite():
        return format(value, "f")
    raise WireError(f"cannot be written as JSON: Decimal {shown(value)}")


@lru_cache(1024)
def _template(keys: tuple[object, ...]) -> str:
    """An object with these keys and a `%s` for each value: documents have the same keys again and again."""
    for key in keys:
        if not isinstance(key, str):
            raise WireError(f"expected a str as key, got {shown(key)}")
    names = (encode_basestring_ascii(cast("str", key)).replace("%", "%%") for key in keys)
    return "{" + ", ".join(f"{name}: %s" for name in names) + "}"


def _object(value: Mapping[object, object]) -> str:
    return _template(tuple(value)) % tuple([_WRITERS[type(entry)](entry) for entry in value.values()])


def _array(value: Sequence[object]) -> str:
    return "[" + ", ".join([_WRITERS[type(entry)](entry) for entry in value]) + "]"


class _Writers(dict[type, Callable[[Any], str]]):
    """The writer of each type."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        """The writer of a subclass, such as a StrEnum, or of another Mapping."""
        for known, writer in self.items():
            if issubclass(kind, known):
                return writer
        return _object if issubclass(kind, Mapping) else _refused


def _refused(value: object) -> str:
    raise WireError(f"cannot be written as JSON: {type(value).__name__} {shown(value)}")


_WRITERS: Final = _Writers(
    {
        str: encode_basestring_ascii,
        Decimal: _decimal,
        bool: lambda value: "true" if value else "false",
        int: int.__repr__,
        type(None): lambda _: "null",
        dict: _object,
        list: _array,
        tuple: _array,
    }
)
