"""Removes secrets from texts, exceptions and log records.

Two ways, since an answer may repeat a secret in any form. By pattern: keys as parameters or fields, and
links, which open something by themselves. Literally: the key, the passwords and the proxy's password of the
call that runs, wherever they stand; `known` adds them.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import logging
import re
from collections.abc import Callable, Generator, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Final, ParamSpec, TypeVar, cast

from invoicexpress_loading import lazy_pattern, loading

T = TypeVar("T")
P = ParamSpec("P")

# As a parameter, in JSON, in a Ruby hash, in XML, and each of them in another pair of quotes.
_KEY_PATTERN: Final = (
    r"(api_?key\\?[\"']?\s*(?:=>|=|%3D|:|>)\s*\\?[\"']?)"
    r"[^&\s\"'<>,;)}\]\\]+"
)
# The host stays, since it is informative; JSON may write each slash with a backslash.
_LINK_PATTERN: Final = r"(https?:(?:\\?/){2}[^\s/?#\"'<>\\]+)[^\s\"'<>]+"
_KEY: Final = lazy_pattern(_KEY_PATTERN, re.IGNORECASE)
_LINK: Final = lazy_pattern(_LINK_PATTERN, re.IGNORECASE)
_KEY_IN_BODY: Final = lazy_pattern(_KEY_PATTERN.encode(), re.IGNORECASE)
_LINK_IN_BODY: Final = lazy_pattern(_LINK_PATTERN.encode(), re.IGNORECASE)
_HEADER: Final = lazy_pattern(
    r"(\(b'(?:location|content-location|set-cookie|link)', )b(['\"]).*?\2\)", re.IGNORECASE
)
_CONNECTION_LOGGERS: Final = tuple(
    f"{package}.{part}"
    for package in ("httpcore", "httpcore2")
    for part in ("http11", "http2", "connection", "proxy", "socks")
)

_SHORT: Final = 6
"""Characters. A shorter secret is masked as a whole word only, or it would mask parts of common words."""
_SENT_SECRETS: Final = ("password", "api_key", "credentials")
"""Parts of the names of fields whose values are secrets."""


class Secrets:
    """Literal secrets, and the patterns that find them however they are spelt."""

    __slots__ = ("_in_bytes", "_in_text", "_secrets")

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: Final = frozenset(filter(None, secrets))
        # Made for the first error or log line. The patterns are long.
        self._in_text: re.Pattern[str] | None = None
        self._in_bytes: re.Pattern[bytes] | None = None

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
        if not self._secrets:
            return text
        if self._in_text is None:
            self._in_text = re.compile(_pattern(self._secrets, _in_texts), re.IGNORECASE)
        return self._in_text.sub("***", text)

    def masked_body(self, content: bytes) -> bytes:
        """The bytes without the secrets."""
        if not self._secrets:
            return content
        if self._in_bytes is None:
            pattern = _pattern(self._secrets, _in_bodies)
            self._in_bytes = re.compile(pattern.encode("latin-1"), re.IGNORECASE)
        return self._in_bytes.sub(b"***", content)


def _pattern(secrets: Iterable[str], raw: Callable[[str], Iterable[str]]) -> str:
    """A regular expression of secrets in all their spellings. `raw` spells a character without an escape."""
    spelt = {form: _spelt(form, raw) for secret in secrets for form in (secret, _misread(secret))}
    in_base64 = {form: _spelt_in_base64(form) for secret in spelt for form in _in_base64(secret)}
    first = {each[0] for secret in spelt for each in raw(secret[0])} | {form[0] for form in in_base64}
    spelt |= in_base64
    found = "|".join(
        # Longer ones first, so that no part of a form is left.
        spelt[form] if len(form) >= _SHORT else rf"(?<![\w-])(?:{spelt[form]})(?![\w-])"
        for form in sorted(spelt, key=len, reverse=True)
    )
    # Most places are passed over by their character alone, which makes the search three times as fast.
    return f"(?=[{re.escape(''.join(first) + _ESCAPES)}])(?:{found})"


_ESCAPES: Final = "%\\u&+-/_"
"""First characters of escapes."""


def _in_texts(character: str) -> list[str]:
    """A character, and what stands for a lost one."""
    return [character] if character.isascii() else [character, "?", "\ufffd", "\ufffd" * 2]


def _in_bodies(character: str) -> list[str]:
    """A character in UTF-8 and in Latin-1, each byte as the character of its number; a lost one is a `?`."""
    if character.isascii():
        return [character]
    return [_misread(character), "?", *([character] if ord(character) < _NOT_LATIN else [])]


_NOT_LATIN: Final = 256


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _misread(text: str) -> str:
    """UTF-8 read as Latin-1."""
    return _utf8(text).decode("latin-1")


def _spelt(secret: str, raw: Callable[[str], Iterable[str]]) -> str:
    """A regular expression of a secret, each of whose characters may be escaped in its own way.

    No answer may make the search slow, so each quantifier has a bound.
    """
    return "".join(
        _backslashes(len(run))
        if run.startswith("\\")
        else "".join(_spellings(each, raw(each)) for each in run)
        for run in re.findall(r"\\+|[^\\]+", secret)
    )


def _backslashes(number: int) -> str:
    """A regular expression of a run of backslashes. JSON doubles each, and JSON within JSON again."""
    return rf"(?:{_spellings(_BACKSLASH, ())}{{{number}}}|\\{{{number},{8 * number}}}+)"


_BACKSLASH: Final = "\\"


def _spellings(character: str, raw: Iterable[str]) -> str:
    """A regular expression of a character in URLs, JSON and markup, each of them also within another one."""
    code = ord(character)
    units = character.encode("utf-16-be", "surrogatepass").hex()
    entities = [f"#0{{0,5}}{code}", f"#x0{{0,5}}{code:x}", *filter(None, [_entities().get(character)])]
    spellings = [
        "".join(f"%(?:25){{0,3}}{byte:02x}" for byte in _utf8(character)),
        "".join(rf"\\{{0,7}}u{units[at : at + 4]}" for at in range(0, len(units), 4)),
        f"&(?:amp;){{0,3}}(?:{'|'.join(entities)});",
        *map(re.escape, raw),
    ]
    if character in _WITH_BACKSLASH:
        spellings.append(rf"\\{{0,7}}{_WITH_BACKSLASH[character]}")
    if character == " ":
        spellings.append(r"\+")
    return f"(?:{'|'.join(spellings)})"


@functools.cache
def _entities() -> Mapping[str, str]:
    """Names in HTML by character."""
    with loading():
        from html.entities import codepoint2name  # noqa: PLC0415 - for errors only

    return {chr(code): name for code, name in codepoint2name.items()} | {"'": "apos"}


_WITH_BACKSLASH: Final = {
    "/": "/", "'": "'", '"': '"', "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"
}  # fmt: skip
"""Characters that JSON and others write with a backslash, and their letters."""


def _in_base64(text: str) -> set[str]:
    """Base64 of a secret, alone or within a longer text such as `user:password`."""
    secret = _utf8(text)
    forms = {base64.b64encode(secret).decode().rstrip("=")}
    if len(secret) >= _SHORT:
        for before in range(3):
            # Characters that depend on the neighbours are left out.
            written = base64.b64encode(bytes(before) + secret).decode()
            forms.add(written[-(-before * 8 // 6) : (before + len(secret)) * 8 // 6])
    return forms


def _spelt_in_base64(form: str) -> str:
    """A regular expression of base64 in both alphabets, and in lines, as e-mail and Ruby write it."""
    return r"(?:\\{1,7}n|\s)?".join(map(_in_both_alphabets, form))


@functools.cache
def _in_both_alphabets(character: str) -> str:
    """A character of base64 in its usual alphabet, and in the one for addresses."""
    other = {"+": "-", "/": "_"}.get(character)
    return character if other is None else f"(?:{other}|{_spellings(character, character)})"


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
    waiting, seen = [values], dict[int, object]()
    while waiting:
        given = waiting.pop()
        if id(given) in seen:
            continue
        # Kept, so that no other object gets its id.
        seen[id(given)] = given
        if isinstance(given, list):
            waiting += cast("list[object]", given)
            continue
        if isinstance(given, Mapping):
            fields = cast("Mapping[object, object]", given)
        elif attributes := getattr(type(given), "__attrs_attrs__", ()):
            fields = {each.name: getattr(given, each.name) for each in attributes}
        else:
            continue
        for name, value in fields.items():
            if _names_a_secret(str(name)) and not _has_fields(value):
                yield from _texts_in(value)
            elif type(value) is not str:
                waiting.append(value)


@functools.lru_cache(1024)
def _names_a_secret(name: str) -> bool:
    return any(part in name for part in _SENT_SECRETS)


def _has_fields(value: object) -> bool:
    """Whether only some fields of a value are secret, as of credentials."""
    if isinstance(value, Mapping):
        return any(_names_a_secret(str(name)) for name in cast("Mapping[object, object]", value))
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


_OWN: Final = frozenset(
    {__name__.partition(".")[0], "invoicexpress_generated", "invoicexpress_loading", "invoicexpress_wire"}
)
_LIBRARY: Final = frozenset({"httpx", "httpcore", "httpx2", "httpcore2", "h11", "anyio"})
_CALLERS_OWN: Final = frozenset({"method", "path", "field", "proprietary_uid", "key"})
"""Attributes with values of the caller. A short secret may occur in them by chance."""


def cleaned(error: BaseException) -> None:
    """Removes secrets from an exception that leaves the package, and from those that it refers to.

    Clears the local variables of this package's finished frames, which error reporters print: they hold keys,
    passwords and links. The traceback keeps its lines.
    """
    waiting: list[tuple[BaseException | None, bool]] = [(error, False)]
    seen = set[int]()
    while waiting:
        one, is_ours = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        came_this_way = _clear_frames(one)
        # An exception of the caller's that was being handled is left alone.
        is_ours = is_ours or came_this_way or _package_of(type(one).__module__) in _OWN | _LIBRARY
        if is_ours:
            _mask(one)
        waiting += [(one.__context__, False), (one.__cause__, is_ours)]
        if isinstance(one, BaseExceptionGroup):
            parts = cast("BaseExceptionGroup[BaseException]", one).exceptions
            waiting += [(part, is_ours) for part in parts]


def _package_of(module: str) -> str:
    return module.partition(".")[0]


def _clear_frames(error: BaseException) -> bool:
    """Clears the frames of this package and of the HTTP library. Returns whether there are any."""
    trace, found = error.__traceback__, False
    while trace is not None:
        if _package_of(trace.tb_frame.f_globals.get("__name__", "")) in _OWN | _LIBRARY:
            found = True
            # A frame that still runs refuses; its own code has to hold no secret.
            with contextlib.suppress(RuntimeError):
                trace.tb_frame.clear()
        trace = trace.tb_next
    return found


def _mask(error: BaseException) -> None:
    own = {value for name in _CALLERS_OWN if isinstance(value := getattr(error, name, None), str)}
    # The HTTP library's messages were not redacted when they were made.
    mask = redacted if _package_of(type(error).__module__) in _LIBRARY else _KNOWN.get().masked

    def without(value: Any) -> Any:
        if isinstance(value, str):
            return value if value in own else mask(value)
        if isinstance(value, bytes):
            return _KNOWN.get().masked_body(value)
        if type(value) in (tuple, list):
            return type(value)(map(without, value))
        # A request has the key in its address.
        return mask(repr(value)) if _package_of(type(value).__module__) in _LIBRARY else value

    if error.args:
        error.args = without(error.args)
    if isinstance(error, OSError):
        # Its text is kept outside of `args` as well.
        error.strerror, error.filename = without(error.strerror), without(error.filename)
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
    """Removes links, cookies, keys and passwords from the log records of the HTTP library. Drops none."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = redacted(_HEADER.sub(r"\1b'***')", record.msg))
        return True


_FILTER: Final = ConnectionLogFilter("invoicexpress")


def guard_connection_logs() -> None:
    """Puts the filter on the HTTP library's loggers. Safe to call again."""
    for name in _CONNECTION_LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)
