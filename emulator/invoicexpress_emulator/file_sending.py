"""Sending a file while it is made, without keeping everybody else waiting.

Work on it is done for some milliseconds at a time. What is ready by then is sent, and others have their turn.
A small file is ready in the first go, and is sent whole, with its length.
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
"""Seconds of work on a file between two turns of others, about: no piece of it is cut."""
ENOUGH: Final = 256 * 1024
"""Bytes of which there is no use in making more before they are sent."""

_log: Final = logging.getLogger("invoicexpress_emulator")


def file_response(file: FileAnswer) -> Response:
    """Return what sends a file."""
    first, is_all = _go(file.pieces)
    if is_all:
        return Response(first, 200, dict(file.headers), file.media_type)
    return _Stream(_rest(first, file.pieces), 200, dict(file.headers), file.media_type)


def _go(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """Work for a while; return what is ready, and whether that was the last of it."""
    ready: list[bytes] = []
    length = 0
    until = time.perf_counter() + GO
    for piece in pieces:
        ready.append(piece)
        length += len(piece)
        if length >= ENOUGH or time.perf_counter() >= until:
            return b"".join(ready), False
    return b"".join(ready), True


async def _rest(first: bytes, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    ready, is_all = first, False
    while True:
        if ready:
            yield ready
        if is_all:
            return
        await asyncio.sleep(0)
        ready, is_all = _go(pieces)


class _Stream(StreamingResponse):
    """A file of unknown length; where it cannot be ended, the connection is closed in the middle of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, or what is said of it where no more is asked for."""
        if scope["method"] == "HEAD":
            self.body_iterator = _of(())
        try:
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
