"""Sources of a file: a path, bytes, an open file or a download, plain or as the only XML file in a ZIP.

A file is read more than once and never held as a whole, so a source must be readable again. The sizes in a
ZIP are untrusted: the unpacked bytes are counted (CWE-409).
"""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypeAlias

from ..errors import InputError, SaftFileError
from ..quirks.downloads import Download

Source: TypeAlias = str | os.PathLike[str] | bytes | IO[bytes] | Download
"""A file to read: its path, its bytes, an open binary file, or a download; plain, or in a ZIP file."""

LIMIT: Final = 1024 * 1024 * 1024
"""Default limit of a file in bytes, unpacked."""

_CHUNK: Final = 64 * 1024
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x1
# For other methods the library may unpack more than requested.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of a file, readable any number of times."""

    source: Source
    limit: int
    start: int
    """Initial position of an open file."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning. Raises SaftFileError, OSError."""
        size = 0
        with self._open() as file:
            while chunk := _read(file):
                size += len(chunk)
                if size > self.limit:
                    raise SaftFileError(
                        f"the file is larger than {self.limit} bytes; pass a larger limit to read it"
                    )
                yield chunk

    @contextlib.contextmanager
    def _open(self) -> Generator[IO[bytes]]:
        with contextlib.ExitStack() as opened:
            file = _opened(self.source, opened)
            file.seek(self.start)
            is_archive = file.read(len(_ZIP)) == _ZIP
            file.seek(self.start)
            if is_archive:
                file = opened.enter_context(_only_xml(file, opened))
            yield file


def bytes_of(source: Source, limit: int) -> Bytes:
    """The bytes of a source. Raises InputError for an invalid source."""
    if type(limit) is not int or limit < 1:
        raise InputError("limit", f"expected a size in bytes, 1 or more, got {limit!r}")
    if isinstance(source, str) and "\0" in source:
        raise InputError("source", "expected a path, got a text with a NUL character; pass contents as bytes")
    if isinstance(source, str | os.PathLike | bytes | Download):
        return Bytes(source, limit, 0)
    if not callable(getattr(source, "read", None)):
        raise InputError("source", f"expected a path, bytes or a file, got {type(source).__name__}")
    if source.read(0) != b"":
        raise InputError("source", "expected a file opened in binary mode")
    if not source.seekable():
        raise InputError("source", "expected a seekable file; pass its bytes, or a path")
    return Bytes(source, limit, source.tell())


def _opened(source: Source, opened: contextlib.ExitStack) -> IO[bytes]:
    if isinstance(source, Download):
        source = source.content
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, str | os.PathLike):
        return opened.enter_context(Path(source).open("rb"))
    # The caller closes its own file.
    return source


def _only_xml(file: IO[bytes], opened: contextlib.ExitStack) -> IO[bytes]:
    try:
        archive = opened.enter_context(zipfile.ZipFile(file))
        found = [
            each for each in archive.infolist() if not each.is_dir() and "__MACOSX/" not in each.filename
        ]
        named = [each for each in found if each.filename.lower().endswith(".xml")] or found
        if len(named) != 1:
            raise SaftFileError(f"expected one XML file in the ZIP archive, got {len(named)}")
        if named[0].flag_bits & _ENCRYPTED:
            raise SaftFileError("the ZIP archive is encrypted")
        if named[0].compress_type not in _METHODS:
            raise SaftFileError(
                f"the ZIP archive is packed by method {named[0].compress_type}, not by deflate"
            )
        return archive.open(named[0])
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        if isinstance(error, SaftFileError):
            raise
        raise SaftFileError(f"the ZIP archive cannot be read: {error}") from error


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(_CHUNK)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SaftFileError(f"the ZIP archive cannot be read: {error}") from error
