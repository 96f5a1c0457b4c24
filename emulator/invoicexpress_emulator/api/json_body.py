"""The body of a request: its bytes, and the JSON in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NoReturn, cast

from ..http import messages
from ..http.errors import Refused, Shape

if TYPE_CHECKING:
    from starlette.types import Receive

    from ..http.wire_values import JsonValue

BODY_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a request body; the service's own limit is not known (assumed)."""

_JSON_TYPE: Final = re.compile(r"(application|text)/([\w.+-]+\+)?json", re.IGNORECASE)
_ESCAPED_SURROGATE: Final = re.compile(rb"\\u[dD][89abABcCdDeEfF]")


class BodyTooLarge(Exception):
    """The body has more bytes than any request needs."""


class HalfSent(Exception):
    """The connection ended before the whole body arrived: nothing may be carried out."""

    def __init__(self) -> None:
        super().__init__("The connection ended before the whole body arrived.")


async def read_body(receive: Receive, headers: Mapping[str, str]) -> bytes:
    """Return the body of a request.

    Raises:
        BodyTooLarge: it has more than `BODY_LIMIT` bytes.
        HalfSent: the headers announce a body that did not arrive.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
                raise HalfSent
            return b""
        chunk = cast(bytes, event.get("body", b""))
        size += len(chunk)
        if size > BODY_LIMIT:
            raise BodyTooLarge
        chunks.append(chunk)
        if not event.get("more_body", False):
            return b"".join(chunks)


def parse_json(body: bytes) -> JsonValue:
    """Return the value of a JSON text; numbers with a fraction become Decimal.

    Raises:
        ValueError: the text is not JSON, is nested too deeply, or holds an unpaired surrogate.
    """
    try:
        text = body.decode("utf-8")
        value = _decoder.decode(text)
        if _ESCAPED_SURROGATE.search(body):
            json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return cast("JsonValue", value)


def parse_body(body: bytes, content_type: str) -> JsonValue:
    """Return the value of a request's body, None when it is blank.

    Raises:
        Refused: 422, the content type is not JSON; 400, the body is not.
    """
    if not body.strip():
        return None
    if not _JSON_TYPE.fullmatch(content_type.partition(";")[0].strip()):
        raise Refused(422, Shape.GENERAL, messages.NOT_JSON.about())
    try:
        return parse_json(body)
    except ValueError as error:
        raise Refused(400, Shape.GENERAL, messages.MALFORMED_JSON.about(reason=error)) from None


def is_double_encoded(body: JsonValue) -> bool:
    """Whether a body is a JSON text that holds JSON again."""
    if not isinstance(body, str):
        return False
    try:
        return isinstance(parse_json(body.encode()), dict | list)
    except ValueError:
        return False


def _parse_float(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("a number is out of range") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


_decoder: Final = json.JSONDecoder(parse_float=_parse_float, parse_constant=_refuse_constant)
