"""The address of an account, and the checks before a key goes there.

The account's name becomes part of the host name, so a wrong name would send the key to a stranger's host.
Plain HTTP is for loopback only: the service refuses it (vendor docs 2026-07), and the key travels in the
address.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, NamedTuple

from invoicexpress_loading import lazy_pattern
from invoicexpress_loading.records import record

from ..errors import ConfigurationError
from .http_library import HttpLibrary, Url

_ACCOUNT: Final = lazy_pattern(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LABEL: Final = lazy_pattern(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_LONGEST_HOST: Final = 253
_PORTS: Final = range(1, 65536)
_LOOKS_LIKE_A_KEY: Final = lazy_pattern(r"[0-9a-f]{32,}", re.IGNORECASE)
_KEY: Final = lazy_pattern(r"[\x21-\x7e]+")

ACCOUNT_VARIABLE: Final = "INVOICEXPRESS_ACCOUNT"
API_KEY_VARIABLE: Final = "INVOICEXPRESS_API_KEY"
BASE_URL_VARIABLE: Final = "INVOICEXPRESS_BASE_URL"


@record(frozen=True)
class Address:
    """A checked address and the key that may go there."""

    base_url: Url
    api_key: str = field(repr=False)
    account: str | None = None
    """The account's name, where it was given."""

    def __reduce__(self) -> Any:
        raise TypeError("an Address holds the key, and cannot be pickled or copied")

    @property
    def place(self) -> str:
        """Identifies the account without a secret. An emulator has many accounts at one address."""
        return f"{self.account or ''}@{self.base_url}"


def address(
    account: str | None,
    api_key: str | None,
    base_url: str | None,
    *,
    allow_insecure_http: bool,
    http: HttpLibrary,
) -> Address:
    """The address of an account, as the HTTP library reads it.

    Raises ConfigurationError for an invalid account, key or address; the message never repeats the key.
    """
    if base_url is not None:
        url = _checked_url(base_url, http, allow_insecure_http=allow_insecure_http)
        if account is not None:
            _check_account(account, http)
    elif account is not None:
        url = _check_account(account, http)
    else:
        raise ConfigurationError(
            "account: missing; it is the first part of https://ACCOUNT.app.invoicexpress.com"
        )
    if not isinstance(api_key, str) or not _KEY.fullmatch(api_key):
        raise ConfigurationError(
            "api_key: missing, or contains blanks or control characters; "
            "the account's settings show it under Account > API"
        )
    return Address(url, api_key, account)


_NO_ACCOUNT: Final = (
    "account: not the name of an account; expected lower-case letters, digits and hyphens, "
    "the first part of https://ACCOUNT.app.invoicexpress.com"
)


def _check_account(account: object, http: HttpLibrary) -> Url:
    """The address of an account of the service."""
    # The message does not repeat the value: with the arguments swapped it is the key.
    if isinstance(account, str) and _LOOKS_LIKE_A_KEY.fullmatch(account):
        raise ConfigurationError(
            "account: this looks like a key; pass the account's name first, the key second"
        )
    if isinstance(account, str) and _ACCOUNT.fullmatch(account):
        url = url_or_none(f"https://{account}.app.invoicexpress.com", http)
        if url is not None:
            return url
    raise ConfigurationError(_NO_ACCOUNT)


def _checked_url(text: object, http: HttpLibrary, *, allow_insecure_http: bool) -> Url:
    # An address may hold a password or the key, so a message repeats only one that cannot.
    url = url_or_none(text, http)
    if url is None:
        raise ConfigurationError(f"base_url: not an address{_harmless(text)}; expected https://HOST")
    if url.scheme not in ("https", "http"):
        raise ConfigurationError(f"base_url: expected https://HOST{_harmless(text)}")
    # An empty query or fragment too: every path would be appended to it.
    if url.userinfo or b"?" in url.raw_path or "#" in str(url):
        raise ConfigurationError("base_url: expected https://HOST without user, query or fragment")
    if url.scheme == "http" and not allow_insecure_http and not is_loopback(url.host):
        raise ConfigurationError(
            "base_url: plain HTTP to another machine would expose the key on the way; use https, "
            "or pass allow_insecure_http=True to accept that"
        )
    return url


def _harmless(text: object) -> str:
    """`, got 'localhost:8080'`, for a message; "" for an address that may hold a secret.

    Shown are words and small numbers, as hosts and ports have them: no user, query or fragment, nothing as
    long as a key, and nothing that mixes letters and digits, as secrets do.
    """
    if not isinstance(text, str):
        return f", got {type(text).__name__}"
    is_plain = re.fullmatch(r"[a-zA-Z0-9.:/\\_ -]{0,60}", text) is not None
    words = re.split(r"[^a-zA-Z0-9]+", text)
    return f", got {text!r}" if is_plain and all(map(_HARMLESS.fullmatch, words)) else ""


_HARMLESS: Final = lazy_pattern(r"[a-zA-Z]{0,19}|[0-9]{1,5}")


def url_or_none(text: object, http: HttpLibrary) -> Url | None:
    """The parsed address, or None if it is none or a connection to it is impossible."""
    # A separate function, so that the exception has no context: the HTTP library's repeats the address.
    if not isinstance(text, str):
        return None
    try:
        url: Url = http.URL(text)
        # Reading the host decodes an international name, which may fail too.
        is_host = _is_host(url.host, url.raw_host.decode("ascii"))
        return url if is_host and (url.port is None or url.port in _PORTS) else None
    except (http.InvalidURL, ValueError):
        return None


def _is_host(host: str, on_the_wire: str) -> bool:
    """Whether a host is an address, or a name that can be looked up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        name = on_the_wire.removesuffix(".")
        return len(name) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, name.split(".")))
    return True


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: localhost, *.localhost, 127.0.0.0/8, ::1."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Environment(NamedTuple):
    """Account, key and address from environment variables."""

    account: str | None
    api_key: str
    base_url: str | None

    def __repr__(self) -> str:
        return f"<Environment of {self.account or 'an address'}>"

    def __reduce__(self) -> Any:
        raise TypeError("an Environment holds the key, and cannot be pickled or copied")


def from_environment(environment: Mapping[str, str]) -> Environment:
    """Reads the variables. Raises ConfigurationError if the key or the account is missing."""
    account = environment.get(ACCOUNT_VARIABLE) or None
    api_key = environment.get(API_KEY_VARIABLE) or None
    base_url = environment.get(BASE_URL_VARIABLE) or None
    if environment.get(BASE_URL_VARIABLE) == "":
        # An empty one would mean the live service, where a document cannot be deleted.
        raise ConfigurationError(
            f"environment: {BASE_URL_VARIABLE} is set but empty; give it an address, or unset it for the "
            "live service"
        )
    missing: dict[str, str] = {}
    if account is None and base_url is None:
        missing[ACCOUNT_VARIABLE] = "the account's name"
    if api_key is None:
        missing[API_KEY_VARIABLE] = "the account's key"
    if api_key is None or missing:
        verb = "is" if len(missing) == 1 else "are"
        what = " and ".join(f"{name} to {meaning}" for name, meaning in missing.items())
        raise ConfigurationError(f"environment: {' and '.join(missing)} {verb} not set; set {what}")
    return Environment(account, api_key, base_url)
