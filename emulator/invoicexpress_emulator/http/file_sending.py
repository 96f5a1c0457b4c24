"""Sending a file while it is made, without keeping other requests waiting.

Work on it is done for some milliseconds at a time. Then the ready part is sent, and other requests have their
turn. A small file is sent whole, with its length.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Final

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from .answer import FileAnswer, Unfinished
from .connections import NoConnection, connection_of

GO: Final = 0.025
"""Seconds of work on a file before other requests have a turn, about: no piece is cut."""
ENOUGH: Final = 256 * 1024
"""Bytes that are sent before more are made; a file of fewer is a small one."""

_log: Final = logging.getLogger("invoicexpress_emulator")


def file_response(file: FileAnswer) -> Response:
    """Return the response that sends a file."""
    return _Sent(file)


def _go(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """Work for a while; return the bytes made, and whether the file ends with them."""
    ready: list[bytes] = []
    length = 0
    until = time.perf_counter() + GO
    for piece in pieces:
        ready.append(piece)
        length += len(piece)
        if length >= ENOUGH or time.perf_counter() >= until:
            return b"".join(ready), False
    return b"".join(ready), True


async def _begun(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """Work, with turns of other requests in between, until the file is whole or no longer a small one."""
    ready, is_all = _go(pieces)
    while not is_all and len(ready) < ENOUGH:
        await asyncio.sleep(0)
        more, is_all = _go(pieces)
        ready += more
    return ready, is_all


async def _rest(ready: bytes, is_all: bool, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        if ready:
            yield ready
        if is_all:
            return
        await asyncio.sleep(0)
        ready, is_all = _go(pieces)


class _Sent(StreamingResponse):
    """A file that is small and sent whole, or large and of unknown length. Which of them it is depends on its
    size alone and never on how busy the machine was. One that cannot be finished has its connection closed.
    """

    def __init__(self, file: FileAnswer) -> None:
        super().__init__(_of(()), 200, dict(file.headers), file.media_type)
        self._pieces = file.pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file; for HEAD, its headers alone."""
        try:
            first, is_all = await _begun(self._pieces)
            if is_all:
                self.headers["Content-Length"] = str(len(first))
            self.body_iterator = _of(()) if scope["method"] == "HEAD" else _rest(first, is_all, self._pieces)
            await super().__call__(scope, receive, send)
        except Unfinished as error:
            _log.warning("%s: not finished. %s", scope["path"], error)
            try:
                connection = connection_of(scope)
            except NoConnection:
                raise error from None
            await connection.hang_up(receive)


async def _of(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
