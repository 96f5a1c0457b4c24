"""Links to files, checked by the parser that connects."""

from __future__ import annotations

from ..errors import DownloadError
from .address import is_loopback, url_or_none
from .http_library import HttpLibrary, Url
from .steps import Link


def checked_link(link: Link, http: HttpLibrary) -> Url:
    """The address of a link: over HTTPS, or HTTP from this machine. Raises DownloadError."""
    url = url_or_none(link.url, http)
    if url is None:
        raise DownloadError(
            "the link was redirected to an invalid address"
            if link.is_redirected
            else "the service sent an invalid link"
        )
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise DownloadError(f"the service sent a link over {url.scheme or 'nothing'}, expected HTTPS")
    return url
