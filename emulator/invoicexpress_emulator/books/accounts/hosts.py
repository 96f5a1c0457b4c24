"""The account that a host name stands for (`acme.localhost`)."""

from __future__ import annotations

import re
from typing import Final

_ACCOUNT_DOMAINS: Final = (".localhost", ".app.invoicexpress.com", ".macewindu.invoicexpress.com")
"""The third is the vendor's own sandbox (suestecreative 2026)."""
_NO_SITE: Final = re.compile(r"[a-z0-9-]+\.invoicexpress\.com")


def is_no_site(host: str) -> bool:
    """Whether a Host header is the vendor's domain without `app`, which serves no site any more
    (suestecreative 2026).
    """
    return _NO_SITE.fullmatch(host.rsplit(":", 1)[0].lower()) is not None


def account_named_by_host(host: str) -> str | None:
    """Return the account in a Host header; None for an IP address or a bare name."""
    name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host
    for domain in _ACCOUNT_DOMAINS:
        if name.endswith(domain) and (account := name.removesuffix(domain)):
            return account
    return None
