"""Files that the service makes:

their links are secrets, their contents are kept in memory until they are saved.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from invoicexpress_generated.client import httpx

from ..errors import DownloadError, InputError
from ..sending.address import is_loopback
from ..sending.flows import Flow, Link, fetch
from .file_names import file_name

LIMIT: Final = 50 * 1024 * 1024
"""Largest file that is fetched unless the caller says otherwise, in bytes."""
SAFT_LIMIT: Final = 200 * 1024 * 1024
"""The same for a SAF-T file, which has a month of documents, in bytes."""

Magic: TypeAlias = tuple[bytes, ...]
"""How a file of some kind may begin."""

PDF: Final[Magic] = (b"%PDF-",)
PNG: Final[Magic] = (b"\x89PNG\r\n\x1a\n",)
ZIP: Final[Magic] = (b"PK\x03\x04",)
SAFT: Final[Magic] = (b"<?xml", b"\xef\xbb\xbf<?xml", *ZIP)
"""XML, with a byte order mark or without, or a ZIP archive. Which of them comes is assumed: the vendor's page
(2026-07) says no more than that there is a link.
"""

_HOPS: Final = 4
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched."""

    content: bytes = field(repr=False)
    media_type: str
    name: str = "document"
    """A name for it, which `save_in` takes: `FT A-28.pdf`."""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the file in one go: whoever looks sees all of it or nothing. Returns the path.

        A file that is there already is replaced, and hands on its permissions. So is a symbolic link: it is
        replaced itself, and what it led to stays as it was.
        """
        return _write(Path(path), self.content, Path.replace)

    def save_in(
        self, folder: str | os.PathLike[str], *, name: str | None = None, overwrite: bool = False
    ) -> Path:
        """Writes the file into a folder under its own name, or under another one. Returns the path.

        The name cannot lead out of the folder, whatever the document's série is called: `name` is made
        harmless as well. Raises FileExistsError when there is something of that name and `overwrite` is
        not set.
        """
        target = Path(folder) / file_name(self.name if name is None else name)
        return _write(target, self.content, Path.replace if overwrite else _put_where_nothing_is)


def _write(target: Path, content: bytes, put: Callable[[Path, Path], object]) -> Path:
    """Writes beside the target, and puts it in place when all of it has reached the disk."""
    # Not of the target's name, which may be as long as names can be.
    partial = target.with_name(f".{secrets.token_hex(16)}.part")
    try:
        with partial.open("xb") as file:
            _keep_permissions(file.fileno(), target)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(partial, target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return target


def _keep_permissions(descriptor: int, target: Path) -> None:
    """Whoever closed a file to others did not mean the next version of it to be open."""
    if os.name != "posix":
        return
    try:
        found = target.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(found.st_mode) & 0o777)


def _put_where_nothing_is(partial: Path, target: Path) -> None:
    """Renames, and raises FileExistsError where a rename would replace. Nobody comes in between."""
    if os.name == "nt":
        partial.rename(target)
        return
    try:
        target.hardlink_to(partial)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT): the name is taken first, and then what holds it replaced.
        target.touch(exist_ok=False)
        partial.replace(target)
    else:
        partial.unlink()


def _sync_folder(folder: Path) -> None:
    """Makes the name as durable as the content, where the system has a call for that.

    Windows has none, and some network file systems refuse it; the file is in place all the same.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def download(url: str, magic: Magic, *, limit: int = LIMIT, name: str = "document") -> Flow[Download]:
    """Fetches a file that has to begin with one of `magic`, over HTTPS or from this machine.

    `limit` is the largest size to take, in bytes; what is larger is given up as soon as that shows. `name` is
    what the file is to be called. Raises DownloadError, InputError.
    """
    check_limit(limit)
    for _ in range(_HOPS):
        _check_link(url)
        answer = yield from fetch(Link(url, limit))
        following = answer.headers.get("location")
        if answer.status not in _REDIRECTS or following is None:
            break
        url = _joined(url, following)
    else:
        raise DownloadError(f"the link was redirected more than {_HOPS - 1} times")
    if answer.status != 200:
        raise DownloadError(f"the link answered {answer.status}")
    if not answer.content.startswith(magic):
        expected = " or ".join(map(repr, magic))
        raise DownloadError(f"expected a file that begins with {expected}, got {answer.content[:8]!r}")
    return Download(answer.content, answer.headers.get("content-type", "application/octet-stream"), name)


def check_limit(limit: object) -> None:
    """Refuses what is no size, before anything is asked for. Raises InputError."""
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise InputError("limit", f"expected a size in bytes, 1 or more, got {limit!r}")


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
