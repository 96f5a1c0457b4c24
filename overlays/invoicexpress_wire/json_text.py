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
    parts: list[str] = []
    try:
        _write(value, parts.append)
        return "".join(parts).encode("ascii")
    except WireError:
        raise
    except (ValueError, RecursionError) as error:
        raise WireError(f"cannot be written as JSON: {error}") from None


def _decimal(value: Decimal) -> str:
    if value.is_finite():
        return format(value, "f")
    raise WireError(f"cannot be written as JSON: Decimal {shown(value)}")


_LEAVES: Final = dict[type, Callable[[Any], str]](
    {
        str: encode_basestring_ascii,
        Decimal: _decimal,
        int: int.__repr__,
        bool: lambda value: "true" if value else "false",
        type(None): lambda _: "null",
    }
)


@lru_cache(1024)
def _key(key: str) -> str:
    return f"{encode_basestring_ascii(key)}: "


def _write(value: object, write: Callable[[str], object]) -> None:
    leaf = _LEAVES.get(type(value))
    if leaf is not None:
        write(leaf(value))
    elif isinstance(value, Mapping):
        opening = "{"
        for key, entry in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise WireError(f"expected a str as key, got {shown(key)}")
            leaf = _LEAVES.get(type(entry))
            write(opening + _key(key) + (leaf(entry) if leaf else ""))
            if not leaf:
                _write(entry, write)
            opening = ", "
        write("{}" if opening == "{" else "}")
    elif isinstance(value, list | tuple):
        opening = "["
        for entry in cast("Sequence[object]", value):
            write(opening)
            _write(entry, write)
            opening = ", "
        write("[]" if opening == "[" else "]")
    else:
        _write_subclass(value, write)


def _write_subclass(value: object, write: Callable[[str], object]) -> None:
    """Writes a value of a subclass, such as a member of a StrEnum."""
    for kind, leaf in _LEAVES.items():
        if isinstance(value, kind):
            write(leaf(value))
            return
    raise WireError(f"cannot be written as JSON: {type(value).__name__} {shown(value)}")
