"""The account that a host name stands for (`acme.localhost`)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_VENDOR_DOMAIN: Final = "invoicexpress.com"
_ACCOUNT_DOMAINS: Final = (".localhost", f".app.{_VENDOR_DOMAIN}")


@lru_cache(maxsize=64)
def account_named_by_host(host: str) -> str | None:
    """Return the account in a Host header; None for an IP address or a bare name."""
    name = _name(host)
    for domain in _ACCOUNT_DOMAINS:
        if name.endswith(domain) and (account := name.removesuffix(domain)):
            return account
    return None


@lru_cache(maxsize=64)
def is_vendors(host: str) -> bool:
    """Whether a Host header is one of the vendor's own names."""
    return f".{_name(host)}".endswith(f".{_VENDOR_DOMAIN}")


@lru_cache(maxsize=64)
def is_no_site(host: str) -> bool:
    """Whether a Host header is one of the vendor's names that can be no account's, such as those without
    `app`, which serve no site any more (suestecreative 2026).
    """
    account = account_named_by_host(host)
    return is_vendors(host) and (account is None or "." in account)


def _name(host: str) -> str:
    """Return the name in a Host header, without its port and the dot that may end it."""
    return (host if host.endswith("]") else host.rsplit(":", 1)[0]).rstrip(".").lower()
