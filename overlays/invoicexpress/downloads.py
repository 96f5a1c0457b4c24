"""Files that the service makes:

their links are secrets, their contents are kept in memory until they are saved.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from invoicexpress_generated.client import httpx

from .address import is_loopback
from .errors import DownloadError
from .flows import Flow, Link, fetch

LIMIT: Final = 50 * 1024 * 1024
"""Largest file that is fetched, in bytes."""
_HOPS: Final = 4
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched."""

    content: bytes = field(repr=False)
    media_type: str

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the file in one go: whoever looks sees all of it or nothing. Returns the path."""
        target = Path(path)
        partial = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            with partial.open("xb") as file:
                file.write(self.content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return target


def download(url: str, magic: bytes) -> Flow[Download]:
    """Fetches a file that has to begin with `magic`, over HTTPS or from this machine.

    Raises DownloadError.
    """
    for _ in range(_HOPS):
        _check_link(url)
        answer = yield from fetch(Link(url, LIMIT))
        following = answer.headers.get("location")
        if answer.status not in _REDIRECTS or following is None:
            break
        url = _joined(url, following)
    else:
        raise DownloadError(f"the link was redirected more than {_HOPS - 1} times")
    if answer.status != 200:
        raise DownloadError(f"the link answered {answer.status}")
    if not answer.content.startswith(magic):
        raise DownloadError(f"expected a file that begins with {magic!r}, got {answer.content[:8]!r}")
    return Download(answer.content, answer.headers.get("content-type", "application/octet-stream"))


def _joined(url: str, location: str) -> str:
    try:
        following = httpx.URL(url).join(location)
    except httpx.InvalidURL:
        raise DownloadError("the link was redirected to what is not an address") from None
    if httpx.URL(url).scheme == "https" and following.scheme != "https":
        # Nobody out there has a say in what this machine asks itself.
        raise DownloadError(f"the link was redirected from HTTPS to {following.scheme or 'nothing'}")
    return str(following)


def _check_link(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise DownloadError("the service gave a link that is not an address") from None
    secure = parsed.scheme == "https" or (parsed.scheme == "http" and is_loopback(parsed.host))
    if not secure or not parsed.host:
        raise DownloadError(f"the service gave a link that is not HTTPS but {parsed.scheme or 'nothing'}")
