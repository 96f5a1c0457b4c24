"""Removes secrets from texts, exceptions and log records.

Two ways, since an answer may repeat a secret in any form. By pattern: keys as parameters or fields, and
links, which open something by themselves. Literally: the key, the passwords and the proxy's password of the
call that runs, wherever they stand; `known` adds them.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import html
import json
import logging
import re
from collections.abc import Callable, Generator, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Final, ParamSpec, TypeVar, cast
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
_SENT_SECRETS: Final = ("password", "api_key", "credentials")
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
        self._in_bytes: Final = (
            re.compile(pattern.encode("utf-8", "replace"), re.IGNORECASE) if pattern else None
        )

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
    texts = {secret, html.escape(secret)}
    in_json = {
        json.dumps(text, ensure_ascii=ascii_only)[1:-1] for text in texts for ascii_only in (True, False)
    }
    # Rails writes the characters of markup as escapes, PHP each slash.
    in_json |= {
        form.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") for form in in_json
    }
    in_json |= {form.replace("/", "\\/") for form in in_json}
    # JSON as a text in JSON.
    in_json |= {json.dumps(form)[1:-1] for form in in_json}
    written = secret.encode("utf-8", "replace")
    in_urls = {quote(written, safe=safe) for safe in ("", "/", "!$&'()*+,;=:@/?")} | {quote_plus(written)}
    return {*texts, *in_json, *in_urls, *_in_base64(written)}


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


@contextlib.contextmanager
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


def known_in(values: object) -> None:
    """Makes the passwords and keys in a body, or in the fields of a call, known until the call ends."""
    if found := set(secrets_in(values)):
        known(Secrets(found))


def secrets_in(values: object) -> Generator[str]:
    """The passwords and keys in a body or in the fields of a call, in plain text and in base64.

    Of a value of the wrong type, all that its repr shows: a message may say what was given.
    """
    if isinstance(values, Mapping):
        for name, value in cast("Mapping[object, object]", values).items():
            if not _names_a_secret(name) or _has_fields(value):
                yield from secrets_in(value)
            else:
                yield from _texts_in(value)
    elif isinstance(values, list):
        for value in cast("list[object]", values):
            yield from secrets_in(value)
    elif fields := getattr(type(values), "__attrs_attrs__", ()):
        yield from secrets_in({field.name: getattr(values, field.name) for field in fields})


def _names_a_secret(name: object) -> bool:
    return any(part in str(name) for part in _SENT_SECRETS)


def _has_fields(value: object) -> bool:
    """Whether only some fields of a value are secret, as of credentials."""
    if isinstance(value, Mapping):
        return any(map(_names_a_secret, cast("Mapping[object, object]", value)))
    return hasattr(type(value), "__attrs_attrs__")


def _texts_in(value: object) -> Generator[str]:
    if isinstance(value, str):
        yield value
        yield _decoded(value)
    elif isinstance(value, bytes):
        yield value.decode(errors="replace")
    elif isinstance(value, Mapping):
        yield from _texts_in(list(cast("Mapping[object, object]", value).values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for entry in cast("Iterable[object]", value):
            yield from _texts_in(entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


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
            _mask(one)


def _clear_frames(error: BaseException) -> None:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] in _OWN | _LIBRARY:
            # A frame that still runs refuses; its own code has to hold no secret.
            with contextlib.suppress(RuntimeError):
                trace.tb_frame.clear()
        trace = trace.tb_next


def _mask(error: BaseException) -> None:
    own = {value for name in _CALLERS_OWN if isinstance(value := getattr(error, name, None), str)}
    # The HTTP library's messages were not redacted when they were made.
    is_ours = type(error).__module__.partition(".")[0] in _OWN
    mask = _KNOWN.get().masked if is_ours else redacted

    def without(value: Any) -> Any:
        if isinstance(value, str):
            return value if value in own else mask(value)
        if isinstance(value, bytes):
            return _KNOWN.get().masked_body(value)
        if type(value) in (tuple, list):
            return type(value)(map(without, value))
        return value

    if error.args:
        error.args = without(error.args)
    for name, value in vars(error).items():
        if isinstance(value, str | bytes | tuple | list):
            vars(error)[name] = without(value)


def hides_arguments(function: Callable[P, T]) -> Callable[P, T]:
    """Keeps arguments, and all that a function makes of them, out of the tracebacks of its errors."""

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
