"""A request as a curl command, to paste into a POSIX shell.

The key is the variable `INVOICEXPRESS_API_KEY`, so a command can be shown to anyone, and runs against any
account.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

KEY_VARIABLE: Final = "INVOICEXPRESS_API_KEY"


def command(*, method: str, url: str, needs_key: bool, headers: Mapping[str, str | None], body: bytes) -> str:
    """Return the command.

    Args:
        method: GET, POST, ...
        url: the address with its query, without a key.
        needs_key: whether the key belongs into the query.
        headers: those to send; None removes one that curl would add by itself.
        body: the whole body, of any bytes.
    """
    # Brackets of a query are no patterns, and dots of a path stay.
    words = ["curl", "--globoff", "--path-as-is", "--silent", "--show-error"]
    if method == "HEAD":
        words.append("--head")
    elif method != "GET" or body:
        words += ["--request", shlex.quote(method)]
    words.append(_address(url, needs_key=needs_key))
    for name, value in headers.items():
        words += ["--header", shlex.quote(f"{name}:" if value is None else f"{name}: {value}")]
    if not body:
        return " ".join(words)
    text = _as_argument(body)
    if text is not None:
        return " ".join([*words, "--data-raw", shlex.quote(text)])
    return " ".join([f"printf {shlex.quote(_for_printf(body))} |", *words, "--data-binary", "@-"])


def _address(url: str, *, needs_key: bool) -> str:
    if not needs_key:
        return shlex.quote(url)
    separator = "&" if "?" in url else "?"
    return f'{shlex.quote(f"{url}{separator}api_key=")}"${KEY_VARIABLE}"'


def _as_argument(body: bytes) -> str | None:
    """Return a body as text that can be an argument of a program, None if it cannot."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _for_printf(body: bytes) -> str:
    """Return bytes as a format of POSIX printf: octal, except for ASCII that printf takes literally."""
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b"\\%-" else f"\\{byte:03o}" for byte in body
    )
