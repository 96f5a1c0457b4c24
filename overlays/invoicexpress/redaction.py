"""Removes secrets from texts: keys and links repeated by answers, links in logged headers.

The key never reaches the HTTP library's client, but the service's pages may repeat the requested address, and
the connection library logs the headers of answers at DEBUG, Location and Set-Cookie among them.
"""

from __future__ import annotations

import logging
import re
from typing import Final

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


def redacted(text: str) -> str:
    """The text without keys and links."""
    return _LINK.sub(r"\1/***", _KEY.sub(r"\1***", text))


def redacted_body(content: bytes) -> bytes:
    """A body without keys and links.

    Exceptions keep bodies, and go into queues, databases and reports.
    """
    return _LINK_IN_BODY.sub(rb"\1/***", _KEY_IN_BODY.sub(rb"\1***", content))


class ConnectionLogFilter(logging.Filter):
    """Removes links, cookies and keys from the connection library's log records. Drops no record."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = redacted(_HEADER.sub(r"\1b'***')", record.msg))
        return True


_FILTER: Final = ConnectionLogFilter("invoicexpress")


def guard_connection_logs() -> None:
    """Puts the filter on the connection library's loggers. Safe to call again."""
    for name in _CONNECTION_LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)
