"""Which Host headers the emulator answers.

The well-known `demo-key` opens a server on a loopback address. A web page of another origin cannot read its
answers, unless the page's own name is made to resolve to 127.0.0.1 (DNS rebinding): then the browser takes
page and emulator for one origin. It still sends the page's name as Host, so names that a stranger may own are
refused, whatever the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import Final, NamedTuple, Self

from ..books.accounts.hosts import account_named_by_host, is_no_site
from ..http.answer import Answer, json_answer
from ..http.loopback import is_loopback
from .refusals import NO_SITE

_HOST: Final = re.compile(r"(?:([A-Za-z0-9._-]+)|\[([0-9A-Fa-f:.]+)\])(?::([0-9]*))?")
_LARGEST_PORT: Final = 65_535
_LONGEST_NAME: Final = 253


class _Host(NamedTuple):
    name: str
    """In lower case, without the dot that may end it; an address in its shortest form."""
    has_port: bool


def _parse(text: str) -> _Host | None:
    """Return the parts of a Host header (RFC 9110, 7.2), None if it is malformed or not ASCII."""
    match = _HOST.fullmatch(text)
    if match is None:
        return None
    name, address, port = match.groups()
    if port and (len(port) > len(str(_LARGEST_PORT)) or int(port) > _LARGEST_PORT):
        return None
    if address is not None:
        try:
            return _Host(str(ip_address(address)), port is not None)
        except ValueError:
            return None
    name = name.lower().removesuffix(".")
    if len(name) > _LONGEST_NAME or not all(name.split(".")):
        return None
    return _Host(name, port is not None)


def _is_own(name: str) -> bool:
    """Whether a name is of this machine, or an account's at the vendor: no stranger can own either."""
    account = account_named_by_host(name)
    return is_loopback(name) or (account is not None and "." not in account)


def _allowed(text: str) -> str:
    """Return the name that a caller adds, as `_parse` would.

    Raises:
        ValueError: it is not a host name or an address; the message is a sentence.
    """
    is_bare_ipv6 = text.count(":") > 1 and not text.startswith("[")
    host = _parse(f"[{text}]" if is_bare_ipv6 else text)
    if host is None or host.has_port:
        raise ValueError(
            f"{text!r} is not a host name: give a name such as shop.test or an address, without scheme, port "
            "and path."
        )
    return host.name


class Hosts(NamedTuple):
    """The Host headers of one server.

    Attributes:
        added: names beyond the emulator's own, as `--allow-host` adds them.
        accepts_any: whether every name is accepted, since each request needs a secret.
    """

    added: frozenset[str] = frozenset()
    accepts_any: bool = False

    @classmethod
    def own_and(cls, added: Iterable[str]) -> Self:
        """Return the emulator's own names and further ones.

        Raises:
            ValueError: one is not a host name; the message is a sentence.
        """
        if isinstance(added, str):
            raise ValueError(f"Host names come as a list: [{added!r}].")
        return cls(frozenset(map(_allowed, added)))

    def refusal(self, headers: Sequence[str]) -> Answer | None:
        """Return the answer to a request with these Host headers, None if it is accepted."""
        if len(headers) > 1:
            return _refused(400, "The request has more than one Host header (RFC 9112, 3.2).")
        if self.accepts_any:
            return None
        if not headers:
            return _refused(400, "The request has no Host header (RFC 9112, 3.2).")
        return _refusal_of(headers[0], self.added)


@lru_cache(maxsize=64)
def _refusal_of(header: str, added: frozenset[str]) -> Answer | None:
    """Return the answer to a Host header, None if it is accepted: its own, or one of the names added."""
    host = _parse(header)
    if host is None:
        return _refused(403, f"The Host header is malformed. {_OWN}.")
    if _is_own(host.name) or host.name in added:
        return None
    if is_no_site(host.name):
        return NO_SITE
    return _refused(
        403,
        f"The Host header must be a loopback name, not {host.name}. {_OWN}. To add this name, start it "
        f"with --allow-host {host.name} or Emulator(allow_hosts=[{host.name!r}]).",
    )


_OWN: Final = (
    "The emulator accepts localhost, *.localhost, loopback addresses, and the vendor's host name of an "
    "account, such as demo.app.invoicexpress.com"
)

ANY_HOST: Final = Hosts(accepts_any=True)


def _refused(status: int, sentence: str) -> Answer:
    return json_answer({"error": sentence}, status)
