"""Files made by the service. Their links are secrets; their contents stay in memory until saved."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias, cast
from urllib.parse import urljoin

from invoicexpress_wire import shown

from ..errors import ConfigurationError, DownloadError, InputError
from ..redaction import hides_arguments
from ..sending.flows import Flow, Link, fetch
from .file_names import file_name
from .seal import Seal

LIMIT: Final = 50 * 1024 * 1024
"""Default limit of a file in bytes."""
SAFT_LIMIT: Final = 200 * 1024 * 1024
"""Default limit of a SAF-T file in bytes."""

Magic: TypeAlias = tuple[bytes, ...]
"""Possible first bytes of a kind of file."""

PDF: Final[Magic] = (b"%PDF-",)
PNG: Final[Magic] = (b"\x89PNG\r\n\x1a\n",)
ZIP: Final[Magic] = (b"PK\x03\x04",)
SAFT: Final[Magic] = (b"<?xml", b"\xef\xbb\xbf<?xml", *ZIP)
"""XML, with a byte order mark or without, or a ZIP archive (assumed: the vendor's page of 2026-07 mentions
only a link).
"""

_HOPS: Final = 4
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Download:
    """A fetched file."""

    content: bytes = field(repr=False)
    """The file's bytes."""
    media_type: str
    """Its type, such as `application/pdf`."""
    name: str = "document"
    """File name for `save_in`: `FT A-28.pdf`."""

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = True) -> Path:
        """Writes the file atomically. Returns the path.

        Replaces an existing file, unless `overwrite` is False, and keeps its permissions. Replaces a symbolic
        link itself and leaves its target unchanged. Raises FileExistsError for an existing file that may not
        be replaced, OSError if the file cannot be written (IsADirectoryError for a folder, FileNotFoundError
        without its folder, PermissionError), InputError for anything but a path.
        """
        return _write(_path("path", path), self.content, _put(overwrite))

    def save_in(
        self, folder: str | os.PathLike[str], *, name: str | None = None, overwrite: bool = False
    ) -> Path:
        """Writes the file atomically into a folder, under its own name or `name`. Returns the path.

        Both names are sanitized, so that they cannot lead out of the folder. Raises FileExistsError if the
        name exists and `overwrite` is not set, and what `save` raises.
        """
        if not isinstance(cast("object", name), str | None):
            raise InputError("name", f"expected a file name as a text, got {shown(name)}")
        target = _path("folder", folder) / file_name(self.name if name is None else name)
        return _write(target, self.content, _put(overwrite))

    def seals(self) -> list[Seal]:
        """The electronic seals and signatures in the PDF, the oldest first; empty without any.

        See `Seal` for what is checked, and what is not. Raises InputError for anything but a readable PDF,
        ConfigurationError without the extra `sign`.
        """
        with _needs_pyhanko("reading"):
            from .seal_reading import seals_of  # noqa: PLC0415 - an extra, and half a second
        return seals_of(self.content)

    @hides_arguments
    def sealed_with(
        self, pkcs12: bytes | str | os.PathLike[str], password: str | bytes | None = None
    ) -> Download:
        """A new file: this PDF with one more seal, which is invisible on paper. This file stays as it is.

        `pkcs12` is a PKCS#12 file (.p12, .pfx) or its path, with the private key, its certificate and those
        of the issuer; `password` opens it. The seal is as good as the certificate: only a qualified one,
        whose key is in a qualified device, makes a qualified seal, and such keys are rarely in files. The
        format is PAdES B-B (ETSI EN 319 142-1): without a time stamp, and without proof that the certificate
        was not revoked.

        Raises InputError for anything but a PDF, for a PKCS#12 file in place of the password, for one that
        cannot be opened, or whose certificate is not valid today, and for a PDF with a seal that the new one
        would break, or that is broken; OSError for a path, ConfigurationError without the extra `sign`.
        """
        with _needs_pyhanko("making"):
            from .sealing import sealed  # noqa: PLC0415 - as above
        # Before any path is opened, whose error shows it: swapped, it would show the password.
        opens = _password(password, pkcs12)
        return replace(self, content=sealed(self.content, _file(pkcs12), opens))


@contextlib.contextmanager
def _needs_pyhanko(doing: str) -> Generator[None]:
    try:
        yield
    except ImportError:
        raise ConfigurationError(f'{doing} seals takes pyhanko: pip install "invoicexpress[sign]"') from None


def _file(given: object) -> bytes:
    """The content of a PKCS#12 file that was given itself or by its path."""
    if isinstance(given, bytes):
        return given
    kind = type(given).__name__
    path = Path(cast("str | os.PathLike[str]", given)) if isinstance(given, str | os.PathLike) else None
    if path is None or "\0" in str(path):
        # Not shown: it may be the file in another type, or its password.
        raise InputError("pkcs12", f"expected a path or the file's bytes, got {kind}")
    return path.read_bytes()


_PKCS12: Final[Magic] = (b"\x30\x80", b"\x30\x82", b"\x30\x83")
"""A sequence in BER, whose length is unknown, or takes two or three bytes."""
_PKCS12_NAMES: Final = (".p12", ".pfx")


def _password(given: object, pkcs12: object) -> bytes | None:
    """A password as it opens a file. Raises InputError that does not show what was given."""
    if not isinstance(given, str | bytes | None):
        raise InputError("password", f"expected a text, got {type(given).__name__}")
    if (isinstance(given, bytes) and given.startswith(_PKCS12)) or (
        _has_name_of_pkcs12(given) and isinstance(pkcs12, str) and not _has_name_of_pkcs12(pkcs12)
    ):
        raise InputError("password", "is a PKCS#12 file; pass the file first, then its password")
    return (given.encode(errors="surrogatepass") if isinstance(given, str) else given) or None


def _has_name_of_pkcs12(given: object) -> bool:
    return isinstance(given, str) and given.lower().endswith(_PKCS12_NAMES)


def _path(field: str, given: object) -> Path:
    """A path. Raises InputError for a value that no file can have as its path."""
    if not isinstance(given, str | os.PathLike):
        raise InputError(field, f"expected a path, got {shown(given)}")
    path = Path(cast("str | os.PathLike[str]", given))
    if "\0" in str(path):
        raise InputError(field, f"expected a path, got {shown(str(path))} with a NUL character")
    return path


def _write(target: Path, content: bytes, put: Callable[[Path, Path], object]) -> Path:
    """Writes a file beside the target, syncs it to disk, then puts it in place.

    Errors name the target, not the file beside it.
    """
    if target.is_dir() and not target.is_symlink():
        # "." and ".." have no name to put a file beside.
        raise IsADirectoryError(errno.EISDIR, _REMEDIES[errno.EISDIR], str(target))
    # Not derived from the target's name, which may have the maximum length.
    partial = target.parent / f".{secrets.token_hex(16)}.part"
    try:
        with partial.open("xb") as file:
            _keep_permissions(file.fileno(), target)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(partial, target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _about(target, error) from None
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return target


_REMEDIES: Final[Mapping[int | None, str]] = {
    errno.EEXIST: "it exists already; overwrite=True replaces it, or choose another name",
    errno.ENOENT: "its folder does not exist; create it first",
    errno.EISDIR: "it is a folder; save_in writes into a folder",
}


def _about(target: Path, error: OSError) -> OSError:
    """The same error about the target, with a remedy where there is one."""
    text = _REMEDIES.get(error.errno, error.strerror or str(error))
    return type(error)(error.errno, text, str(target))


def _keep_permissions(descriptor: int, target: Path) -> None:
    """Copies the permissions of an existing file, so that a private file stays private."""
    if os.name != "posix":
        return
    try:
        found = target.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(found.st_mode) & 0o777)


def _put(overwrite: bool) -> Callable[[Path, Path], object]:
    return Path.replace if overwrite else _put_where_nothing_is


def _put_where_nothing_is(partial: Path, target: Path) -> None:
    """Renames atomically. Raises FileExistsError instead of replacing a file."""
    if os.name == "nt":
        partial.rename(target)
        return
    try:
        target.hardlink_to(partial)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT): reserve the name, then replace the placeholder.
        target.touch(exist_ok=False)
        partial.replace(target)
    else:
        partial.unlink()


def _sync_folder(folder: Path) -> None:
    """Syncs the folder, so that the name is as durable as the content.

    Windows has no such call, and some network file systems refuse it; the file is in place anyway.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def download(url: str, magic: Magic, *, limit: int = LIMIT, name: str = "document") -> Flow[Download]:
    """Fetches a file over HTTPS, or HTTP from this machine. It has to begin with one of `magic`.

    `limit` is the largest size in bytes; fetching stops as soon as it is exceeded. `name` is the name of the
    file. Raises DownloadError, InputError.
    """
    check_limit(limit)
    link = Link(url, limit)
    for _ in range(_HOPS):
        answer = yield from fetch(link)
        following = answer.headers.get("location")
        if answer.status not in _REDIRECTS or following is None:
            break
        link = _redirected(link, following)
    else:
        raise DownloadError(f"the link was redirected more than {_HOPS - 1} times")
    if answer.status != 200:
        raise DownloadError(f"the link answered {answer.status}")
    if not answer.content.startswith(magic):
        expected = " or ".join(map(repr, magic))
        raise DownloadError(f"expected a file that begins with {expected}, got {answer.content[:8]!r}")
    return Download(answer.content, answer.headers.get("content-type", "application/octet-stream"), name)


def check_limit(limit: object) -> None:
    """Raises InputError for an invalid size, before any request."""
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise InputError("limit", f"expected a size in bytes, 1 or more, got {limit!r}")


def _redirected(link: Link, location: str) -> Link:
    """The link that a redirect leads to. Its address is checked before the request."""
    try:
        # It would leave out control characters.
        url = urljoin(link.url, location) if location.isprintable() else location
    except ValueError:
        raise DownloadError("the link was redirected to an invalid address") from None
    if _is_https(link.url) and not _is_https(url):
        # Otherwise a server on the internet could make this machine call itself.
        raise DownloadError(f"the link was redirected from HTTPS to {url.partition(':')[0]}")
    return link._replace(url=url, is_redirected=True)


def _is_https(url: str) -> bool:
    return url[:6].lower() == "https:"
