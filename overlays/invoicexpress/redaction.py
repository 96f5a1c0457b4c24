"""Removes secrets from texts, exceptions and log records.

Two ways, since an answer may repeat a secret in any form. By pattern: keys as parameters or fields, and links,
which are bearer secrets. Literally: the key, the passwords and the proxy's password of the call that runs,
wherever they stand. `known` says which these are; whatever builds a message redacts it while the call runs.
"""

from __future__ import annotations

import base64
import functools
import html
import json
import logging
import re
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, ParamSpec, TypeVar
from urllib.parse import quote, quote_plus

T = TypeVar("T")
P = ParamSpec("P")

# As a parameter, in JSON, in a Ruby hash, in XML, and each of them in another pair of quotes.
_KEY_PATTERN: Final = (
    r"(api_?key\\?[\"']?\s*(?:=>|=|%3D|:|>)\s*\\?[\"']?)"
    r"[^&\s\"'<>,;)}\]\\]+"
)
# The host stays, since it is informative; JSON may write each slash with a backslash.
_LINK_PATTERN: Final = r"(https?:(?:\\?/){2}[^\s/?#\"'<>\\]+)[^\s\"'<>]+"
_KEY: Final = re.compile(_KEY_PATTERN, re.IGNORECASE)
_LINK: Final = re.compile(_LINK_PATTERN, re.IGNORECASE)
_KEY_IN_BODY: Final = re.compile(_KEY_PATTERN.encode(), re.IGNORECASE)
_LINK_IN_BODY: Final = re.compile(_LINK_PATTERN.encode(), re.IGNORECASE)
_HEADER: Final = re.compile(
    r"(\(b'(?:location|content-location|set-cookie|link)', )b(['\"]).*?\2\)", re.IGNORECASE
)
_CONNECTION_LOGGERS: Final = (
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.connection",
    "httpcore.proxy",
    "httpcore.socks",
)
_CLIENT_LOGGER: Final = "httpx"

_SHORT: Final = 6
"""Characters. A shorter secret is masked as a whole word only, or it would mask parts of common words."""
_SENT_SECRETS: Final = ("password", "api_key")
"""Parts of the names of fields whose values are secrets."""


class Secrets:
    """Literal secrets, and the pattern that finds each of their forms."""

    __slots__ = ("_in_bytes", "_in_text", "_secrets")

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: Final = frozenset(filter(None, secrets))
        pattern = "|".join(
            # Longer ones first, so that no part of a form is left.
            re.escape(form) if len(form) >= _SHORT else rf"(?<![\w-]){re.escape(form)}(?![\w-])"
            for form in sorted({form for secret in self._secrets for form in _forms(secret)}, key=len)[::-1]
        )
        # The hexadecimal digits of an escape come in both cases.
        self._in_text: Final = re.compile(pattern, re.IGNORECASE) if pattern else None
        self._in_bytes: Final = re.compile(pattern.encode(), re.IGNORECASE) if pattern else None

    def __repr__(self) -> str:
        return "<Secrets>"

    def __reduce__(self) -> Any:
        raise TypeError("Secrets cannot be pickled or copied")

    def plus(self, secrets: Iterable[str]) -> Secrets:
        """These secrets and more."""
        more = self._secrets.union(filter(None, secrets))
        return self if more == self._secrets else Secrets(more)

    def include(self, other: Secrets) -> bool:
        """Whether these contain all of the others."""
        return self is other or self._secrets >= other._secrets

    def joined(self, other: Secrets) -> Secrets:
        """These secrets and the others."""
        return other if other.include(self) else self.plus(other._secrets)

    def masked(self, text: str) -> str:
        """The text without the secrets."""
        return self._in_text.sub("***", text) if self._in_text else text

    def masked_body(self, content: bytes) -> bytes:
        """The bytes without the secrets."""
        return self._in_bytes.sub(b"***", content) if self._in_bytes else content


def _forms(secret: str) -> set[str]:
    """A secret as answers, headers and error pages may write it."""
    in_json = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    # Rails writes the characters of markup as escapes, PHP each slash.
    in_json |= {
        form.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") for form in in_json
    }
    in_json |= {form.replace("/", "\\/") for form in in_json}
    in_urls = {
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        quote(secret, safe="!$&'()*+,;=:@/?"),
    }
    return {secret, html.escape(secret), *in_json, *in_urls, *_in_base64(secret.encode())}


def _in_base64(secret: bytes) -> set[str]:
    """Base64 of a secret, alone or within a longer text such as `user:password`."""
    forms = {base64.b64encode(secret).decode().rstrip("=")}
    if len(secret) >= _SHORT:
        for before in range(3):
            # Characters that depend on the neighbours are left out.
            written = base64.b64encode(bytes(before) + secret).decode()
            forms.add(written[-(-before * 8 // 6) : (before + len(secret)) * 8 // 6])
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


NO_SECRETS: Final = Secrets()
_KNOWN: Final[ContextVar[Secrets]] = ContextVar("invoicexpress_secrets", default=NO_SECRETS)


@contextmanager
def call() -> Generator[None]:
    """The run of one call. What it makes `known` is forgotten afterwards."""
    token = _KNOWN.set(NO_SECRETS)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def known(secrets: Secrets) -> None:
    """Makes secrets known, until the call ends."""
    found = _KNOWN.get()
    if not found.include(secrets):
        _KNOWN.set(found.joined(secrets))


def secrets_in(body: object) -> Generator[str]:
    """The passwords and keys in a request's body, in plain text and in base64."""
    if isinstance(body, Mapping):
        for name, value in body.items():
            if isinstance(value, str) and any(part in name for part in _SENT_SECRETS):
                yield value
                yield _decoded(value)
            else:
                yield from secrets_in(value)
    elif isinstance(body, list):
        for value in body:
            yield from secrets_in(value)


def _decoded(text: str) -> str:
    """The text that was written in base64, or nothing."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return ""


def redacted(text: str) -> str:
    """The text without keys, links and the secrets of the running call."""
    return _LINK.sub(r"\1/***", _KEY.sub(r"\1***", _KNOWN.get().masked(text)))


def redacted_body(content: bytes) -> bytes:
    """A body without keys, links and the secrets of the running call.

    Exceptions keep bodies, and go into queues, databases and reports.
    """
    return _LINK_IN_BODY.sub(rb"\1/***", _KEY_IN_BODY.sub(rb"\1***", _KNOWN.get().masked_body(content)))


_OWN: Final = frozenset({__name__.partition(".")[0], "invoicexpress_generated", "invoicexpress_wire"})
_LIBRARY: Final = frozenset({"httpx", "httpcore", "h11", "anyio"})
_CALLERS_OWN: Final = frozenset({"method", "path", "field", "proprietary_uid", "key"})
"""Attributes with values of the caller. A short secret may occur in them by chance."""


def cleaned(error: BaseException) -> None:
    """Removes secrets from an exception that leaves the package, and from those that it refers to.

    Clears the local variables of this package's finished frames, which error reporters print: they hold keys,
    passwords and links. The traceback keeps its lines.
    """
    waiting: list[BaseException | None] = [error]
    seen = set[int]()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__]
        _clear_frames(one)
        # An exception of the caller's that was being handled is left alone.
        if type(one).__module__.partition(".")[0] in _OWN | _LIBRARY:
            _mask(one, _KNOWN.get())


def _clear_frames(error: BaseException) -> None:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] in _OWN | _LIBRARY:
            try:
                trace.tb_frame.clear()
            except RuntimeError:
                # Still running: its own code has to hold no secret.
                pass
        trace = trace.tb_next


def _mask(error: BaseException, secrets: Secrets) -> None:
    own = {value for name in _CALLERS_OWN if isinstance(value := getattr(error, name, None), str)}

    def without(value: Any) -> Any:
        if isinstance(value, str):
            return value if value in own else secrets.masked(value)
        if isinstance(value, bytes):
            return secrets.masked_body(value)
        if type(value) in (tuple, list):
            return type(value)(map(without, value))
        return value

    if error.args:
        error.args = without(error.args)
    for name, value in vars(error).items():
        if isinstance(value, str | bytes | tuple | list):
            vars(error)[name] = without(value)


def hides_arguments(function: Callable[P, T]) -> Callable[P, T]:
    """Keeps the arguments of a function, and all that it makes of them, out of the tracebacks of its errors."""

    @functools.wraps(function)
    def hiding(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            cleaned(error)
            raise
        finally:
            del args, kwargs

    return hiding


class ConnectionLogFilter(logging.Filter):
    """Removes links, cookies, keys and passwords from the log records of the HTTP library.

    Drops no record. The library's client logs the address, so only literal secrets are masked there.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        secrets = _KNOWN.get()
        if record.name == _CLIENT_LOGGER:
            if isinstance(record.args, tuple):
                record.args = tuple(
                    secrets.masked(each) if isinstance(each, str) else each for each in record.args
                )
        elif isinstance(record.msg, str):
            record.msg = redacted(_HEADER.sub(r"\1b'***')", record.msg))
        return True


_FILTER: Final = ConnectionLogFilter("invoicexpress")


def guard_connection_logs() -> None:
    """Puts the filter on the HTTP library's loggers. Safe to call again."""
    for name in (*_CONNECTION_LOGGERS, _CLIENT_LOGGER):
        logging.getLogger(name).addFilter(_FILTER)
