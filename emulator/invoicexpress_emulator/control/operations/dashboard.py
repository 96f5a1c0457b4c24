"""The dashboard: a page, its style sheet and its script modules. It loads nothing from other servers.

These files hold no data, so they need no token. The page asks the user for the token and gets all its data
through the guarded control plane.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response

_FOLDER: Final = Path(__file__).parents[1] / "page"
_INDEX: Final = "index.html"
_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""With these the browser itself refuses to turn text into markup or code, should the script ever try."""


def _found() -> dict[str, Path]:
    """List the folder, and return its files by the path that serves each."""
    files = sorted(each for each in _FOLDER.rglob("*") if each.suffix in _MEDIA_TYPES)
    names = {file: file.relative_to(_FOLDER).as_posix() for file in files}
    return {f"/{name if name != _INDEX else ''}": file for file, name in names.items()}


_FILES: Final = _found()
"""The only files served. A request selects a key of this table; its path never reaches the file system."""

PATHS: Final = tuple(_FILES)


@cache
def _content(file: Path) -> bytes:
    return file.read_bytes()


def page(path: str) -> Response:
    """Return the file at one of `PATHS`."""
    file = _FILES[path]
    return Response(_content(file), media_type=_MEDIA_TYPES[file.suffix], headers=_HEADERS)
