"""The dashboard: one page, one style sheet, one script, of which nothing comes from elsewhere.

They hold no data, so they are served without the token; the page asks for it, and every number that it shows
comes from the control plane, under its guards.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response

_FOLDER: Final = Path(__file__).with_name("page")
_FILES: Final = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/dashboard.css": ("dashboard.css", "text/css; charset=utf-8"),
    "/dashboard.js": ("dashboard.js", "text/javascript; charset=utf-8"),
}
"""By path, all that is served; no name of a file ever comes from a request."""

PATHS: Final = tuple(_FILES)

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""Text cannot become markup or code, even if the script forgot itself: the browser refuses both."""


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


def page(path: str) -> Response:
    """Return what is served at one of the paths."""
    name, media_type = _FILES[path]
    return Response(_content(name), media_type=media_type, headers=_HEADERS)
