"""Files are saved whole or not at all, fetched only from safe addresses, and checked for their type."""

from __future__ import annotations

import inspect
import os
import stat
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from invoicexpress import (
    AsyncInvoiceXpress,
    Download,
    DownloadError,
    InputError,
    InvoiceXpress,
    InvoiceXpressError,
)
from invoicexpress.quirks.downloads import LIMIT, SAFT, download
from invoicexpress.sending.address import Address
from invoicexpress.sending.asynchronous.transport import AsyncNetworkSender
from invoicexpress.sending.flows import Link, Step
from invoicexpress.sending.links import checked_link
from invoicexpress.sending.transport import NetworkSender
from invoicexpress_generated.types import Response

from tests.unit.conftest import (
    KEY,
    ORIGIN,
    PDF,
    PDF_LINK,
    PNG,
    QR_LINK,
    Answer,
    Run,
    Service,
    document_json,
    drive,
)

MAGIC = (b"%PDF-",)


class Web:
    """A fake web of addresses and answers that counts fetches."""

    def __init__(self, pages: dict[str, Response]) -> None:
        self.pages = pages
        self.fetched: list[str] = []

    def __call__(self, step: Step) -> object:
        assert isinstance(step, Link)
        assert step.limit == LIMIT
        # As the sender does before it fetches.
        checked_link(step, httpx)
        self.fetched.append(step.url)
        return self.pages[step.url]


def found(content: bytes = PDF, media_type: str | None = None) -> Response:
    return Response(200, {} if media_type is None else {"content-type": media_type}, content)


def moved(location: str, status: int = 302) -> Response:
    return Response(status, {"location": location})


def fetch(url: str, pages: dict[str, Response]) -> tuple[Download, list[str]]:
    web = Web(pages)
    return drive(download(url, MAGIC), web), web.fetched


def refused(url: str, pages: dict[str, Response]) -> tuple[str, list[str]]:
    """The message of the refusal, and the addresses fetched before it."""
    web = Web(pages)
    with pytest.raises(DownloadError) as caught:
        drive(download(url, MAGIC), web)
    return str(caught.value), web.fetched


def test_saving_writes_the_whole_content_and_returns_the_path(tmp_path: Path) -> None:
    target = tmp_path / "invoice.pdf"
    assert Download(PDF, "application/pdf").save(target) == target
    assert Download(PDF, "application/pdf").save(str(target)) == target
    assert target.read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [target]


def test_saving_replaces_a_file_in_one_go(tmp_path: Path) -> None:
    """Readers of the old file keep all of it, because it is replaced, not truncated."""
    target = tmp_path / "invoice.pdf"
    target.write_bytes(b"old")
    with target.open("rb") as reader:
        Download(PDF, "application/pdf").save(target)
        assert reader.read() == b"old"
    assert target.read_bytes() == PDF


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_saving_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "invoice.pdf"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(KeyboardInterrupt):
        Download(PDF, "application/pdf").save(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_saving_into_a_directory_that_is_not_there_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Download(PDF, "application/pdf").save(tmp_path / "missing" / "invoice.pdf")


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_a_saved_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    plain, saved = tmp_path / "plain", tmp_path / "saved"
    plain.write_bytes(PDF)
    Download(PDF, "application/pdf").save(saved)
    assert saved.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_a_file_that_was_closed_to_others_stays_closed(tmp_path: Path) -> None:
    target = tmp_path / "invoice.pdf"
    target.write_bytes(b"old")
    target.chmod(0o600)
    Download(PDF, "application/pdf").save(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o4755)
    Download(PDF, "application/pdf").save(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755, "the setuid bit is not copied"


@pytest.mark.skipif(os.name != "posix", reason="links need no rights under POSIX only")
@pytest.mark.parametrize("leads", ["to a file", "nowhere"])
def test_a_symbolic_link_is_replaced_and_not_followed(tmp_path: Path, leads: str) -> None:
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "invoice.pdf"
    if leads == "to a file":
        elsewhere.write_bytes(b"precious")
        elsewhere.chmod(0o600)
    target.symlink_to(elsewhere)
    Download(PDF, "application/pdf").save(target)
    assert not target.is_symlink()
    assert target.read_bytes() == PDF
    assert (elsewhere.read_bytes() if elsewhere.exists() else b"precious") == b"precious"
    target.unlink()
    target.symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        Download(PDF, "application/pdf").save_in(tmp_path, name="invoice.pdf")


@pytest.mark.skipif(os.name != "posix", reason="a folder cannot be synchronised elsewhere")
def test_the_content_reaches_the_disk_before_the_name_and_then_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def logged_fsync(descriptor: int) -> None:
        log.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "content")
        fsync(descriptor)

    def logged_replace(path: Path, target: Path) -> Path:
        log.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", logged_fsync)
    monkeypatch.setattr(Path, "replace", logged_replace)
    Download(PDF, "application/pdf").save(tmp_path / "invoice.pdf")
    assert log == ["content", "name", "folder"]


def test_a_folder_that_cannot_be_synchronised_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError("not on this file system")

    monkeypatch.setattr(os, "open", refuse)
    assert Download(PDF, "application/pdf").save(tmp_path / "invoice.pdf").read_bytes() == PDF


def test_a_name_as_long_as_names_can_be_is_saved(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".pdf")
    assert Download(PDF, "application/pdf").save(target).read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_saved_under_its_own_name_and_overwrites_nothing_unless_told(tmp_path: Path) -> None:
    first, second = Download(PDF, "application/pdf", "FT A-28.pdf"), Download(b"2", "", "FT A-28.pdf")
    target = first.save_in(tmp_path)
    assert target == tmp_path / "FT A-28.pdf"
    with pytest.raises(FileExistsError, match="exists already; overwrite=True replaces it") as error:
        second.save_in(str(tmp_path))
    assert error.value.filename == str(target)
    assert target.read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [target], "no partial file is left"
    assert second.save_in(tmp_path, overwrite=True) == target
    assert target.read_bytes() == b"2"
    assert second.save_in(tmp_path, name="../other/a.pdf") == tmp_path / "other-a.pdf"


def test_a_path_of_the_caller_s_is_replaced_unless_told_not_to(tmp_path: Path) -> None:
    first, second, target = Download(PDF, ""), Download(b"2", ""), tmp_path / "a.pdf"
    assert first.save(target, overwrite=False) == target
    with pytest.raises(FileExistsError, match="overwrite=True replaces it, or choose another name") as error:
        second.save(target, overwrite=False)
    assert error.value.filename == str(target)
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "missing.pdf")
    with pytest.raises(FileExistsError):
        second.save(link, overwrite=False)
    assert sorted(tmp_path.iterdir()) == [target, link], "no partial file is left"
    assert target.read_bytes() == PDF
    assert second.save(target).read_bytes() == b"2"
    assert first.save(target, overwrite=True).read_bytes() == PDF


def test_an_error_of_the_disk_names_the_file_and_what_to_do(tmp_path: Path) -> None:
    found = Download(PDF, "application/pdf", "FT A-28.pdf")
    with pytest.raises(FileNotFoundError, match="its folder does not exist; create it first") as error:
        found.save_in(tmp_path / "missing")
    assert error.value.filename == str(tmp_path / "missing" / "FT A-28.pdf")
    with pytest.raises(IsADirectoryError, match="it is a folder; save_in writes into a folder") as folder:
        found.save(tmp_path)
    assert folder.value.filename == str(tmp_path)
    assert folder.value.filename2 is None
    assert list(tmp_path.iterdir()) == []


def test_where_there_are_no_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not on this file system")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    file = Download(PDF, "application/pdf", "FT A-28.pdf")
    target = file.save_in(tmp_path)
    assert target.read_bytes() == PDF
    with pytest.raises(FileExistsError):
        Download(b"2", "", "FT A-28.pdf").save_in(tmp_path)
    assert target.read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [target]


def test_of_many_that_save_under_one_name_one_does(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    outcomes: list[bytes | None] = []

    def save(content: bytes) -> None:
        start.wait(10)
        try:
            outcomes.append(Download(content, "", "FT A-28.pdf").save_in(tmp_path).read_bytes())
        except FileExistsError:
            outcomes.append(None)

    savers = [threading.Thread(target=save, args=(bytes([n]) * 10_000,)) for n in range(8)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join(10)
    (won,) = [outcome for outcome in outcomes if outcome is not None]
    assert len(outcomes) == 8
    assert (tmp_path / "FT A-28.pdf").read_bytes() == won
    assert len(list(tmp_path.iterdir())) == 1


def test_a_download_does_not_show_its_content() -> None:
    assert "1.4" not in repr(Download(PDF, "application/pdf"))


def test_a_file_is_fetched_by_its_link() -> None:
    file, fetched = fetch(PDF_LINK, {PDF_LINK: found(media_type="application/pdf")})
    assert (file.content, file.media_type, fetched) == (PDF, "application/pdf", [PDF_LINK])


def test_a_file_without_a_type_is_of_no_particular_type() -> None:
    assert fetch(PDF_LINK, {PDF_LINK: found()})[0].media_type == "application/octet-stream"


@pytest.mark.parametrize(
    "url",
    [
        "https://files.example/x",
        "HTTPS://files.example/x",
        "http://localhost:8080/x",
        "http://acme.localhost/x",
        "http://127.0.0.1/x",
        "http://127.9.9.9/x",
        "http://[::1]:80/x",
    ],
)
def test_a_link_over_https_or_to_this_machine_is_followed(url: str) -> None:
    assert fetch(url, {url: found()})[1] == [url]


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/x",
        "http://localhost.example/x",
        "http://10.0.0.1/x",
        "http://0.0.0.0/x",
        "http://169.254.169.254/latest",
        "http://127.0.0.1@files.example/x",
        "ftp://files.example/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//files.example/x",
        "/documents/1.pdf",
        "files.example/x",
        "https:///x",
        "https://",
        "",
        "https://files.example:port/x",
        "https://files.example/\n",
    ],
)
def test_any_other_link_is_refused_before_anything_is_sent(url: str) -> None:
    assert refused(url, {})[1] == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status: int) -> None:
    elsewhere = "https://store.example/y"
    assert fetch(PDF_LINK, {PDF_LINK: moved(elsewhere, status), elsewhere: found()})[1] == [
        PDF_LINK,
        elsewhere,
    ]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/y", "https://files.example/y"),
        ("y?z=1", "https://files.example/pdf/y?z=1"),
        ("//store.example/y", "https://store.example/y"),
    ],
)
def test_a_relative_redirect_is_followed_from_where_it_was_given(location: str, target: str) -> None:
    assert fetch(PDF_LINK, {PDF_LINK: moved(location), target: found()})[1] == [PDF_LINK, target]


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/x", "http://files.example/x", "ftp://x/y", "file:///etc/passwd", "http:///x"],
)
def test_a_redirect_to_where_it_is_not_safe_is_refused(location: str) -> None:
    message, fetched = refused(PDF_LINK, {PDF_LINK: moved(location)})
    assert fetched == [PDF_LINK]
    assert "from HTTPS to" in message


@pytest.mark.parametrize("location", ["https://[::1/", "https://files.example:port/", "https://x/\n"])
def test_a_redirect_to_no_address_is_refused(location: str) -> None:
    assert refused(PDF_LINK, {PDF_LINK: moved(location)})[1] == [PDF_LINK]


def chain(length: int) -> dict[str, Response]:
    pages = {f"https://files.example/{n}": moved(f"/{n + 1}") for n in range(length)}
    return {**pages, f"https://files.example/{length}": found()}


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    assert len(fetch("https://files.example/0", chain(3))[1]) == 4
    message, fetched = refused("https://files.example/0", chain(4))
    assert len(fetched) == 4
    assert "more than 3 times" in message


def test_a_circle_of_redirects_ends() -> None:
    assert len(refused(PDF_LINK, {PDF_LINK: moved(PDF_LINK)})[1]) == 4


@pytest.mark.parametrize("status", [202, 204, 301, 304, 403, 404, 410, 500, 530])
def test_an_answer_without_a_file_is_refused(status: int) -> None:
    """A 301 without a location leads nowhere; expired links answer 403."""
    assert str(status) in refused(PDF_LINK, {PDF_LINK: Response(status, {}, PDF)})[0]


@pytest.mark.parametrize("content", [b"", b"<html>", b" %PDF-", b"%pdf-", PNG])
def test_what_does_not_begin_like_the_file_that_was_asked_for_is_refused(content: bytes) -> None:
    """An error page with status 200 is not an invoice."""
    assert "expected a file that begins with" in refused(PDF_LINK, {PDF_LINK: found(content)})[0]


@pytest.mark.parametrize(
    ("url", "pages"),
    [
        ("http://files.example/bearer", {}),
        ("https://files.example:port/bearer", {}),
        ("https://files.example/bearer", {"https://files.example/bearer": Response(403)}),
        ("https://files.example/bearer", {"https://files.example/bearer": found(b"<html>")}),
        ("https://files.example/bearer", {"https://files.example/bearer": moved("http://x.example/bearer")}),
        ("https://files.example/bearer", {"https://files.example/bearer": moved("/bearer")}),
    ],
)
def test_the_link_is_never_in_the_message(url: str, pages: dict[str, Response]) -> None:
    """The link is a secret: it alone is enough to read the document."""
    assert "bearer" not in refused(url, pages)[0]


ADDRESS = Address(httpx.URL(ORIGIN), KEY)


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(service: Service) -> None:
    service.will(Answer(body=b"12345"), Answer(body=b"123456"))
    sender = NetworkSender(ADDRESS, transport=service.transport)
    assert sender.fetch(Link(PDF_LINK, 5)).content == b"12345"
    with pytest.raises(DownloadError, match="larger than 5 bytes"):
        sender.fetch(Link(PDF_LINK, 5))
    sender.close()


async def test_an_asynchronous_file_may_be_as_large_as_the_limit_and_no_larger(service: Service) -> None:
    service.will(Answer(body=b"12345"), Answer(body=b"123456"))
    sender = AsyncNetworkSender(ADDRESS, transport=service.transport)
    assert (await sender.fetch(Link(PDF_LINK, 5))).content == b"12345"
    with pytest.raises(DownloadError, match="larger than 5 bytes"):
        await sender.fetch(Link(PDF_LINK, 5))
    await sender.aclose()


async def got(answer: Any) -> Any:
    """The answer of either sender, awaited if it is asynchronous."""
    return await answer if inspect.isawaitable(answer) else answer


async def test_a_file_that_says_it_is_too_large_is_not_read() -> None:
    """A large announced size is refused at once; a missing one does not disable the limit."""
    for announced, reads in (("6", 0), ("0006", 0), ("5", 1), ("-6", 1), ("6, 6", 1), ("²", 1), ("", 1)):
        for kind in (NetworkSender, AsyncNetworkSender):
            body = Endless()
            headers = [(b"content-length", announced.encode())]

            def answer(
                _: httpx.Request, body: Endless = body, headers: list[tuple[bytes, bytes]] = headers
            ) -> httpx.Response:
                return httpx.Response(200, headers=headers, stream=body)

            sender: Any = kind(ADDRESS, transport=httpx.MockTransport(answer))
            with pytest.raises(DownloadError, match="larger than 5 bytes"):
                await got(sender.fetch(Link(PDF_LINK, 5)))
            assert (body.read, body.is_closed) == (1000 * reads, True)
            await got((sender.aclose if isinstance(sender, AsyncNetworkSender) else sender.close)())


@pytest.mark.parametrize(
    ("method", "answer", "file"),
    [
        ("pdf", {"output": {"pdfUrl": PDF_LINK}}, PDF),
        ("qr_code", {"qr_code": {"url": QR_LINK}}, PNG),
    ],
)
def test_the_caller_sets_how_large_a_file_may_be(
    service: Service, run: Run, method: str, answer: Any, file: bytes
) -> None:
    service.will(Answer(body=answer), Answer(body=file))
    with pytest.raises(DownloadError, match="larger than"):
        run(service, lambda ix: getattr(ix.invoices, method)(7, limit=len(file) - 1))
    service.will(Answer(body=answer), Answer(body=file))
    assert run(service, lambda ix: getattr(ix.invoices, method)(7, limit=len(file))).content == file


@pytest.mark.parametrize("limit", [0, -1, True, 1.5, None])
@pytest.mark.parametrize("method", ["pdf", "qr_code"])
def test_a_limit_that_is_no_size_is_refused_before_anything_is_sent(
    service: Service, run: Run, method: str, limit: Any
) -> None:
    with pytest.raises(InputError, match="limit: expected a size in bytes"):
        run(service, lambda ix: getattr(ix.invoices, method)(7, limit=limit))


def test_a_file_is_named_after_its_document(service: Service, run: Run) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    assert run(service, lambda ix: ix.invoices.pdf(7)).name == "document 7.pdf"
    service.will(
        Answer(body={"invoice": document_json(status="final", inverted_sequence_number="A/28")}),
    )
    document = run(service, lambda ix: ix.invoices.get(7))
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    assert run(service, lambda ix: ix.invoices.pdf(document)).name == "FT A-28.pdf"
    service.will(Answer(body={"qr_code": {"url": QR_LINK}}), Answer(body=PNG))
    assert run(service, lambda ix: ix.invoices.qr_code(document)).name == "FT A-28.png"


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0" encoding="Windows-1252"?><AuditFile/>',
        b'\xef\xbb\xbf<?xml version="1.0"?><AuditFile/>',
        b"PK\x03\x04...",
    ],
)
def test_a_saft_file_is_xml_or_an_archive_of_it(content: bytes) -> None:
    pages = {PDF_LINK: found(content)}
    assert drive(download(PDF_LINK, SAFT), Web(pages)).content == content


@pytest.mark.parametrize("content", [b"<!DOCTYPE html>", b"<html>", b"\xef\xbb\xbf<html>", b"{}", PDF])
def test_anything_else_is_no_saft_file(content: bytes) -> None:
    with pytest.raises(DownloadError, match="expected a file that begins with"):
        drive(download(PDF_LINK, SAFT), Web({PDF_LINK: found(content)}))


def test_a_link_to_the_account_s_own_address_goes_without_the_key(service: Service, run: Run) -> None:
    """Only API requests carry the key. Following a link is none, wherever it leads."""
    link = f"{ORIGIN}/invoices/7.json"
    service.will(Answer(body={"output": {"pdfUrl": link}}), Answer(body=PDF))
    assert run(service, lambda ix: ix.invoices.pdf(7)).content == PDF
    asked, fetched = service.requests
    assert asked.url.params["api_key"] == KEY
    assert str(fetched.url) == link
    assert KEY not in str(fetched.headers.raw)


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that never ends; records how much was read, and whether it was closed."""

    def __init__(self) -> None:
        self.read = 0
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.read += 1000
            yield b"x" * 1000

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def test_a_file_without_end_is_cut_at_the_limit_and_its_connection_closed() -> None:
    body = Endless()
    sender = NetworkSender(ADDRESS, transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=body)))
    with pytest.raises(DownloadError, match="larger than"):
        sender.fetch(Link(PDF_LINK, 10_000))
    sender.close()
    assert body.read <= 12_000
    assert body.is_closed


async def test_an_asynchronous_file_without_end_is_cut_at_the_limit() -> None:
    body = Endless()
    sender = AsyncNetworkSender(
        ADDRESS, transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=body))
    )
    with pytest.raises(DownloadError, match="larger than"):
        await sender.fetch(Link(PDF_LINK, 10_000))
    await sender.aclose()
    assert body.read <= 12_000
    assert body.is_closed


FAILURES: list[Exception] = [
    httpx.ConnectError("no way there"),
    httpx.ConnectTimeout("too slow"),
    httpx.ReadTimeout(""),
    httpx.RemoteProtocolError("cut off"),
    httpx.UnsupportedProtocol("?"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_a_file_that_cannot_be_fetched_is_a_download_error(
    service: Service, run: Run, failure: Exception
) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), failure)
    with pytest.raises(DownloadError, match=type(failure).__name__):
        run(service, lambda ix: ix.invoices.pdf(7))


def test_a_file_that_cannot_be_unpacked_is_an_error_of_ours(service: Service, run: Run) -> None:
    service.will(
        Answer(body={"output": {"pdfUrl": PDF_LINK}}),
        Answer(body=b"not gzip", headers=(("content-encoding", "gzip"),)),
    )
    with pytest.raises(InvoiceXpressError):
        run(service, lambda ix: ix.invoices.pdf(7))


class Files(BaseHTTPRequestHandler):
    """A file server on this machine."""

    headers_seen: ClassVar[list[dict[str, str]]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.headers_seen.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        if self.path.startswith("/api/pdf"):
            port = self.headers["Host"].rpartition(":")[2]
            body, status = f'{{"output": {{"pdfUrl": "http://127.0.0.1:{port}/moved?sig=1"}}}}'.encode(), 200
        elif self.path.startswith("/moved"):
            body, status = b"", 302
        else:
            body, status = PDF, 200
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "/file.pdf?sig=2")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def files() -> Iterator[str]:
    Files.headers_seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_over_a_real_connection_a_file_comes_without_the_key_or_the_placeholder(
    files: str, tmp_path: Path
) -> None:
    with InvoiceXpress(None, KEY, base_url=files) as ix:
        ix.invoices.pdf(7).save(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    first, *others = Files.headers_seen
    assert KEY in first["path"]
    assert [seen["path"] for seen in others] == ["/moved?sig=1", "/file.pdf?sig=2"]
    for seen in others:
        assert KEY not in str(seen)
        assert seen["host"] == f"127.0.0.1:{files.rpartition(':')[2]}"


async def test_asynchronously_over_a_real_connection_it_is_the_same(files: str) -> None:
    async with AsyncInvoiceXpress(None, KEY, base_url=files) as ix:
        assert (await ix.invoices.pdf(7)).content == PDF
    assert [KEY in str(seen) for seen in Files.headers_seen] == [True, False, False]
