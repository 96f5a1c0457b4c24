"""A connection that ends too early gives an error and leaves no file."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Generator
from typing import Final

import pytest
from invoicexpress import AsyncInvoiceXpress, DownloadError, InvoiceXpress

from tests.unit.conftest import KEY, ONCE, SAFT

HALF: Final = SAFT[: len(SAFT) // 2]
CUT_SHORT: Final = {
    "in the middle of a chunk": (b"Transfer-Encoding: chunked", b"%x\r\n%s" % (len(SAFT), HALF)),
    "after a chunk": (b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(HALF), HALF)),
    "before the last line break": (b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n" % (len(SAFT), SAFT)),
    "before its length": (b"Content-Length: %d" % len(SAFT), HALF),
    "before anything of it": (b"Transfer-Encoding: chunked", b""),
}
WHOLE: Final = (b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(SAFT), SAFT))


class RawServer:
    """Answers the export with a link to itself, and the link with the given bytes."""

    def __init__(self, header: bytes, body: bytes) -> None:
        self.file = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n%s\r\n\r\n%s" % (header, body)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                request = b""
                while b"\r\n\r\n" not in request:
                    request += connection.recv(65536)
                connection.sendall(self.file if request.startswith(b"GET /file") else self.export())

    def export(self) -> bytes:
        body = json.dumps({"url": f"http://127.0.0.1:{self.port}/file.xml"}).encode()
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        return head + body


@contextlib.contextmanager
def serving(header: bytes, body: bytes) -> Generator[str]:
    server = RawServer(header, body)
    server.thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        # Closing alone does not wake the thread waiting in accept().
        with contextlib.suppress(OSError):
            server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()
        server.thread.join(10)
        assert not server.thread.is_alive()


@pytest.mark.parametrize("way", CUT_SHORT)
def test_a_file_that_ends_too_early_is_an_error(way: str) -> None:
    with (
        serving(*CUT_SHORT[way]) as url,
        InvoiceXpress(None, KEY, base_url=url, **ONCE) as ix,
        pytest.raises(DownloadError, match="RemoteProtocolError"),
    ):
        ix.saft.export(2026, 3)


@pytest.mark.parametrize("way", CUT_SHORT)
async def test_asynchronously_it_is_too(way: str) -> None:
    with serving(*CUT_SHORT[way]) as url:
        async with AsyncInvoiceXpress(None, KEY, base_url=url, **ONCE) as ix:
            with pytest.raises(DownloadError, match="RemoteProtocolError"):
                await ix.saft.export(2026, 3)


def test_the_same_file_with_its_end_is_fetched() -> None:
    with serving(*WHOLE) as url, InvoiceXpress(None, KEY, base_url=url, **ONCE) as ix:
        assert ix.saft.export(2026, 3).content == SAFT
