"""JSON with exact decimals in both directions.

The standard library can read fractions as Decimal but cannot write one; `dumps` can.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from .wire_error import WireError, shown


def _no_constant(name: str) -> Any:
    raise WireError(f"not JSON: {name}")


def loads(body: bytes | str) -> Any:
    """Reads JSON, every fraction as an exact Decimal. Raises WireError if it is not JSON."""
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_no_constant)
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
        return "".join(_parts(value)).encode("ascii")
    except WireError:
        raise
    except (ValueError, RecursionError) as error:
        raise WireError(f"cannot be written as JSON: {error}") from None


def _parts(value: object) -> Iterator[str]:
    if value is None or isinstance(value, bool | int | str):
        yield json.dumps(value)
    elif isinstance(value, Decimal) and value.is_finite():
        yield format(value, "f")
    elif isinstance(value, Mapping):
        yield "{"
        for place, (key, entry) in enumerate(cast("Mapping[object, object]", value).items()):
            if not isinstance(key, str):
                raise WireError(f"expected a str as key, got {shown(key)}")
            yield f"{', ' if place else ''}{json.dumps(key)}: "
            yield from _parts(entry)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for place, entry in enumerate(cast("list[object]", value)):
            if place:
                yield ", "
            yield from _parts(entry)
        yield "]"
    else:
        raise WireError(f"cannot be written as JSON: {type(value).__name__} {shown(value)}")
