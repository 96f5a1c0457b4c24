"""The session cookie that each answer sets, and the notice taken of a client that sends it back.

The live service sets one on every answer, for all of its hosts (recorded 2019). No request needs it: the key
says which account a request is for, and a cookie of one account would go with the key of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..seeded import seeded_hex

NAME: Final = "_invoicexpress_emulator_session"
"""Not the service's, which is unknown: under the vendor's names a browser would lose its real session."""
_DOMAIN: Final = ".invoicexpress.com"
_DIGITS: Final = 32

REMARK: Final = (
    f"The cookie {NAME} came back: this client keeps cookies, and would send those of one account with the "
    "key of another."
)


@lru_cache(maxsize=256)
def set_cookie(seed: int, account: str | None, *, for_vendors_hosts: bool) -> str:
    """Return the value of Set-Cookie on an answer to a request for this account.

    Args:
        seed: the emulator's.
        account: its name; None without a valid key.
        for_vendors_hosts: whether the cookie is for all of the vendor's names. Under other names it is for
            the host alone, since clients refuse a Domain that is an IP address or `localhost`.
    """
    domain = f"; domain={_DOMAIN}" if for_vendors_hosts else ""
    value = seeded_hex(seed, "session", account or "", length=_DIGITS)
    return f"{NAME}={value}{domain}; path=/; HttpOnly"


def is_among(cookies: Iterable[str]) -> bool:
    """Whether the session cookie is in one of these Cookie headers."""
    return any(part.strip().partition("=")[0] == NAME for header in cookies for part in header.split(";"))
