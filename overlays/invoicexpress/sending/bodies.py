"""Bodies of answers within a limit: unpacked in small pieces, and given up at the first byte too many.

The HTTP library unpacks all that it has read at once: 64 KiB of a gzip bomb become 64 MiB.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from .http_library import HttpAnswer

_PIECE: Final = 64 * 1024
"""Most bytes unpacked at once."""
_HEAD: Final = 2
"""Bytes that tell one format from another."""
ACCEPTED: Final = "gzip, deflate"
"""Content codings that are understood."""
_MOST_CODINGS: Final = 4


class DecodingError(Exception):
    """A body is not packed as its headers say."""


class TooLarge(Exception):
    """A body is larger than its limit."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Body:
    """A body as it arrives. Codings that are not understood stay as they are."""

    def __init__(self, answer: HttpAnswer, limit: int) -> None:
        """Raises TooLarge for a larger announced size, DecodingError for a body packed too often."""
        self._status: Final = answer.status_code
        self._limit: Final = limit
        # A packed form is hardly larger than the body. Without a limit of its own, one that unpacks to
        # nothing keeps the processor busy: 9 KB packed three times are 2 GB of empty blocks.
        self._packed_limit: Final = 2 * limit + _PIECE
        self._content = bytearray()
        # A transport may hand over a whole answer, unpacked.
        codings = [] if answer.is_stream_consumed else _codings(answer)
        if not codings:
            self._check(_announced_size(answer))
        if len(codings) > _MOST_CODINGS:
            raise DecodingError(f"packed {len(codings)} times")
        self._unpackers: Final = list(filter(None, map(_unpacker, reversed(codings))))
        self._packed: Final = [0] * len(self._unpackers)
        """Bytes of each packed form so far."""

    def add(self, chunk: bytes) -> None:
        """Adds bytes as they came. Raises TooLarge, DecodingError."""
        if not self._unpackers:
            self._append(chunk)
            return
        try:
            self._unpack(chunk, 0)
        except zlib.error as error:
            raise DecodingError(f"not the announced coding: {error}") from None

    def whole(self) -> bytes:
        """The body after its last byte. Raises DecodingError if its packed form is cut off."""
        if any(each.is_cut_off for each in self._unpackers):
            raise DecodingError("the packed body is cut off")
        return bytes(self._content)

    def _unpack(self, chunk: bytes, level: int) -> None:
        if level == len(self._unpackers):
            self._append(chunk)
            return
        self._packed[level] += len(chunk)
        if self._packed[level] > self._packed_limit:
            raise TooLarge(self._status)
        for piece in self._unpackers[level].pieces(chunk):
            self._unpack(piece, level + 1)

    def _append(self, chunk: bytes) -> None:
        self._check(len(self._content) + len(chunk))
        self._content += chunk

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise TooLarge(self._status)


class _Inflation(Protocol):
    """A decompressor of zlib."""

    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Unpacker:
    """One coding of a body."""

    def __init__(self, *formats: int) -> None:
        """`formats` are values of zlib's `wbits`. The first bytes tell which one it is."""
        self._formats = formats
        self._head = b""
        self._zlib: _Inflation | None = None

    def pieces(self, chunk: bytes) -> Iterable[bytes]:
        """The unpacked bytes, in small pieces. Bytes after the end of the packed form are ignored."""
        if self._zlib is None:
            self._head += chunk
            if len(self._head) < _HEAD:
                return
            self._zlib, chunk = _decompressor(self._head, self._formats), self._head
        while not self._zlib.eof:
            piece = self._zlib.decompress(chunk, _PIECE)
            chunk = self._zlib.unconsumed_tail
            yield piece
            if not chunk and len(piece) < _PIECE:
                return

    @property
    def is_cut_off(self) -> bool:
        """Whether bytes are missing. An empty body is whole: it was not packed."""
        return self._head != b"" and (self._zlib is None or not self._zlib.eof)


def _decompressor(head: bytes, formats: Iterable[int]) -> _Inflation:
    """The decompressor of the first format that accepts the first bytes, or of the last one."""
    *others, last = formats
    for wbits in others:
        try:
            zlib.decompressobj(wbits).decompress(head[:_HEAD])
        except zlib.error:
            continue
        return zlib.decompressobj(wbits)
    return zlib.decompressobj(last)


# Servers send deflate with zlib's header, as the standard says, or without.
_UNPACKERS: Final[dict[str, Callable[[], _Unpacker]]] = {
    "gzip": lambda: _Unpacker(zlib.MAX_WBITS | 16),
    "x-gzip": lambda: _Unpacker(zlib.MAX_WBITS | 16),
    "deflate": lambda: _Unpacker(zlib.MAX_WBITS, -zlib.MAX_WBITS),
}


def _unpacker(coding: str) -> _Unpacker | None:
    make = _UNPACKERS.get(coding)
    return make() if make else None


def _codings(answer: HttpAnswer) -> list[str]:
    said = answer.headers.get("content-encoding", "")
    return [each.strip().lower() for each in said.split(",")] if said else []


def _announced_size(answer: HttpAnswer) -> int:
    """The announced size, or 0. It may be wrong, so the bytes are counted as well."""
    announced = answer.headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() and len(announced) <= 18 else 0
