"""The dashboard: a page, a style sheet and the modules of a script, of which nothing comes from elsewhere.

They hold no data, so they are served without the token; the page asks for it, and every number that it shows
comes from the control plane, under its guards.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response

_FOLDER: Final = Path(__file__).with_name("page")
_INDEX: Final = "index.html"
_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}

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


def _found() -> dict[str, Path]:
    """Return, by path, the files of the page: those of its folder, listed once, and nothing else."""
    files = sorted(each for each in _FOLDER.rglob("*") if each.suffix in _MEDIA_TYPES)
    names = {file: file.relative_to(_FOLDER).as_posix() for file in files}
    return {f"/{name if name != _INDEX else ''}": file for file, name in names.items()}


_FILES: Final = _found()
"""By path, all that is served; no name of a file ever comes from a request."""

PATHS: Final = tuple(_FILES)


@cache
def _content(file: Path) -> bytes:
    return file.read_bytes()


def page(path: str) -> Response:
    """Return what is served at one of the paths."""
    file = _FILES[path]
    return Response(_content(file), media_type=_MEDIA_TYPES[file.suffix], headers=_HEADERS)
