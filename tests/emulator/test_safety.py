"""A request must never read a file, inject markup into a page or a PDF, leak a key into a log, block the
server for others, or drive the control plane from outside.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import httpx
import invoicexpress_emulator
import pytest
from invoicexpress_emulator import create_app
from invoicexpress_emulator.http.request_log import without_key, without_secrets
from pypdf import PdfReader

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "') Tj ET Q (x) Tj BT (",
    "\\) \\( \\\\ \\101 (((",
    ">> endobj 4 0 obj << /JS (app.alert(1)) /S /JavaScript >>",
    "stream endstream xref trailer %%EOF",
    "{pages} {nb} {{pages}} %s %(name)s ${x}",
    "**negrito** __sublinhado__ --riscado-- [a](http://example.com)",
    "&lt;b&gt; &amp; &#0; ]]> <!-- <!DOCTYPE x>",
    "a\"b'c;d\\e",
)
"""Texts of which every character has to come out as it went in."""

STRIPPED: Final = (
    ("a\x00b\x07c\x1bd", "abcd"),
    ("Lda\u202e\u2066gpj.exe\u2069", "Ldagpj.exe"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("Casa 💥 Nova", "Casa ? Nova"),
    ("\u0627\u0644\u0639", "???"),
)
"""Texts with characters that no page shows, and what is left of them."""

MARK: Final = "marca-do-teste"


# --- files ------------------------------------------------------------------------------------------


def _traversals() -> list[str]:
    target = f"{MARK}.txt"
    ups = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", "....//", "%c0%ae%c0%ae/")
    return [
        *(f"/downloads/{kind}/{up * 6}{target}" for kind in ("pdf", "saft", "qr_code", "..") for up in ups),
        *(f"/documents/{up * 4}{target}" for up in ups),
        f"/downloads/pdf//etc/{target}",
        f"/downloads/pdf/file:%2f%2f%2f{target}",
        f"/downloads/pdf/{target}%00.pdf",
        f"/downloads/%00/{target}",
        f"/api/pdf/..%2f..%2f{target}.json",
        f"/{target}",
        f"//{target}",
        f"/_emulator/../{target}",
        f"/_emulator/faults/..%2f{target}",
    ]


_opened: Final[list[str]] = []
_watching: Final[list[bool]] = []


def _note_files(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"}:
        _opened.append(repr(arguments))


sys.addaudithook(_note_files)


async def test_no_request_names_a_file() -> None:
    """A hook sees every file that the process opens; no file name comes from a request."""
    with closing(create_app()) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            key = {"api_key": "demo-key"}
            _watching.append(True)
            try:
                for path in _traversals():
                    answer = await client.get(path, params=key)
                    assert answer.status_code in {403, 404, 405, 501}, (path, answer.text)
                body = {
                    "invoice": {
                        "client": {"name": f"../{MARK}/a", "code": f"/{MARK}"},
                        "items": [{"name": f"..\\{MARK}", "unit_price": "1"}],
                        "reference": f"file:///{MARK}",
                    }
                }
                made = (await client.post("/invoices.json", params=key, json=body)).json()["invoice"]
                file = await client.get(made["permalink"])
                assert file.status_code == 200
                Path(__file__).read_bytes()
            finally:
                _watching.clear()
    assert [name for name in _opened if Path(__file__).name in name], "the hook saw nothing"
    assert not [name for name in _opened if MARK in name]


def test_names_of_files_are_made_of_letters_and_digits(any_api: Any) -> None:
    any_api.control("config", pdf="immediate")
    hostile = 'x"; filename="../../evil.exe'
    sequence = any_api.post("/sequences.json", {"sequence": {"serie": hostile}})
    assert sequence.status_code == 422
    for document in (
        any_api.create(client={"name": hostile}, reference=hostile),
        any_api.issue(client={"name": hostile}),
    ):
        answer = httpx.get(any_api.get(f"/api/pdf/{document['id']}.json").json()["output"]["pdfUrl"])
        assert re.fullmatch(r'inline; filename="[\w.-]+\.pdf"', answer.headers["content-disposition"])


# --- PDF, XML, HTML ---------------------------------------------------------------------------------


def _pdf(api: Any, **changes: Any) -> bytes:
    api.control("config", pdf="immediate")
    document = api.issue(**changes)
    answer = httpx.get(api.get(f"/api/pdf/{document['id']}.json").json()["output"]["pdfUrl"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


def _everywhere(text: str) -> dict[str, Any]:
    """A document with this text in every printed field."""
    return {
        "client": {
            "name": text,
            "code": text,
            "address": text,
            "city": text,
            "postal_code": text,
        },
        "items": [{"name": text, "description": text, "unit_price": "10", "quantity": 1}],
        "reference": text,
        "observations": text,
    }


def _squeezed(text: str) -> str:
    """The text without blanks and hyphens, since lines may break at either."""
    return re.sub(r"[\s-]+", "", text)


@pytest.mark.parametrize(("text", "shown"), [*((text, text) for text in HOSTILE), *STRIPPED])
def test_a_pdf_shows_text_as_text(api: Any, text: str, shown: str, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    content = _pdf(api, **_everywhere(text))
    reader = PdfReader(io.BytesIO(content), strict=True)
    root = reader.root_object
    assert not {"/AA", "/AcroForm", "/Names", "/URI"} & root.keys()
    assert isinstance(root.get("/OpenAction"), list), "the initial view, which is not an action"
    assert b"/JavaScript" not in re.sub(rb"stream.*?endstream", b"", content, flags=re.DOTALL)
    assert all("/Annots" not in page for page in reader.pages)
    assert len(reader.pages) == 1
    file = tmp_path / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(file), "-"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    seen = _squeezed(done.stdout)
    # Name, address, town twice, line, its description, remarks; a reference may be cut where it does not fit.
    assert seen.count(_squeezed(shown)) >= 6, done.stdout


@pytest.mark.parametrize("text", [*HOSTILE, *(text for text, _ in STRIPPED)])
def test_an_export_is_xml_whatever_it_says(api: Any, text: str) -> None:
    api.freeze("2026-11-21T10:00:00")
    api.control("config", saft="immediate")
    api.issue(**_everywhere(text))
    url = api.get("/api/export_saft.json", month=11, year=2026).json()["url"]
    tree = ET.fromstring(httpx.get(url).content)  # noqa: S314 - it is our own
    names = [each.text or "" for each in tree.iter() if each.tag.endswith("CompanyName")]
    assert any(_squeezed(text)[:20].strip("\x00") in _squeezed(name) for name in names) or "\x00" in text
    assert not [each for each in tree.iter() if each.tag.lower().endswith(("script", "b"))]


def test_no_page_repeats_what_was_sent(any_api: Any) -> None:
    script = f"<script>{MARK}</script>"
    quoted = f"%3Cscript%3E{MARK}%3C/script%3E"
    answers = [
        any_api.get(f"/{quoted}"),
        any_api.get(f"/invoices/{quoted}.json"),
        any_api.get("/clients/find-by-name.json", client_name=script),
        any_api.post("/clients/0/invoices.json", {"filter": {script: script}}),
        any_api.post("/clients.json", {"client": {"name": "x", "country": script}}),
        any_api.put("/transports/1.json", {script: {}}),
        any_api.put("/api/v3/clients/1/initial_balance.json", {script: script}),
        httpx.get(f"{any_api.http.base_url}/documents/{quoted}"),
        httpx.get(f"{any_api.http.base_url}/invoices.json", params={"api_key": script}),
        httpx.get(f"{any_api.http.base_url}/_emulator/{quoted}"),
        httpx.get(f"{any_api.http.base_url}/_emulator/clock", params={"account": script}),
    ]
    for answer in answers:
        if "html" in answer.headers.get("content-type", ""):
            assert MARK not in answer.text, answer.url


# --- logs -------------------------------------------------------------------------------------------

KEY: Final = "chave-verdadeira-0123456789"
STRAY: Final = "chave-alheia-9876543210"
TOKEN: Final = "testemunho-de-controlo-55"
PASSWORD: Final = "palavra-passe-secreta"

_LOUD: Final = (
    "import logging, sys; logging.basicConfig(stream=sys.stderr, level=1); logging.captureWarnings(True);"
    "from invoicexpress_emulator.__main__ import main; sys.exit(main(sys.argv[1:]))"
)
"""The command with every logger as loud as it can be."""


@contextmanager
def running(*options: str, loud: bool = False) -> Generator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """Run the command on a free port; yield its first line and the process."""
    program = ["-c", _LOUD] if loud else ["-m", "invoicexpress_emulator"]
    source = str(Path(invoicexpress_emulator.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, *program, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONPATH": source, "PYTHONASYNCIODEBUG": "1" if loud else ""},
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.mark.parametrize("loud", [False, True], ids=["as it comes", "every logger at its loudest"])
def test_no_secret_is_logged(loud: bool) -> None:
    with running("--control-token", TOKEN, loud=loud) as (first, process):
        base = first["base_url"]
        control = {"X-Emulator-Token": TOKEN}
        made = httpx.post(f"{base}/_emulator/accounts", json={"name": "a", "api_key": KEY}, headers=control)
        assert made.status_code == 201
        body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": "1"}]}}
        invoice = httpx.post(f"{base}/invoices.json", params={"api_key": KEY}, json=body).json()["invoice"]
        link = invoice["permalink"].rsplit("/", 1)[1]
        for secret in (KEY, STRAY):
            _whisper(base, secret, link)
        shown = httpx.get(f"{base}/_emulator/requests", params={"account": "*"}, headers=control).text
        httpx.get(f"{base}/_emulator/health", headers={"X-Emulator-Token": TOKEN + "x"})
        httpx.get(f"{base}/_emulator/health", params={"token": TOKEN, "control_token": TOKEN})
        httpx.get(f"{base}/{TOKEN}")
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert "GET /invoices.json" in errors, "without a log, the absence of secrets proves nothing"
    for secret in (KEY, STRAY, TOKEN, PASSWORD, link[-40:]):
        assert secret not in errors, secret
        assert secret not in out, secret
        assert secret not in re.sub(r'"body":\s*"(\\.|[^"\\])*"', "", shown), secret


def _whisper(base: str, secret: str, link: str) -> None:
    """Send a key in every conceivable way."""
    address = urlsplit(base)
    targets = [
        f"/invoices.json?api_key={secret}",
        f"/invoices.json?api%5Fkey={secret}",
        f"/invoices.json?%61pi_key={secret}&page=1",
        f"/invoices.json?API_KEY={secret}",
        f"/invoices.json?Api-Key={secret}",
        f"/invoices.json?apikey={secret}",
        f"/invoices.json?api_key[]={secret}",
        f"/invoices.json?api_key={secret}%zz%",
        f"/invoices.json?page=1;api_key={secret}",
        f"/invoices.json?api_key%3D{secret}",
        f"/invoices.json%3Fapi_key={secret}",
        f"/invoices.json/api_key={secret}",
        f"/invoices.json?text=https://a.example/x?api_key%3D{secret}%26y=1",
        f"/invoices.json?access_token={secret}",
        f"/invoices.json?password={PASSWORD}&api_key={secret}",
        f"/%00invoices.json?api_key={secret}%00",
        f"/documents/{link}?api_key={secret}",
        f"/documents/{link}/x",
        f"/invoices.json?text={link}&api_key={secret}",
    ]
    if secret == KEY:  # without a telling name, only the value gives a secret away
        targets += [
            f"/{secret}/invoices.json",
            f"/invoices/{secret}.json",
            f"/invoices.json?{secret}",
            f"/x?y={secret}",
        ]
    for target in targets:
        request = (
            f"GET {target} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n"
            f"X-InvoiceXpress-API-Key: {secret}\r\nAuthorization: Bearer {secret}\r\n"
            f"Referer: {base}/x?api_key={secret}\r\nX-Emulator-Token: {TOKEN}\r\n\r\n"
        )
        assert _talk(base, request.encode())[:9] == b"HTTP/1.1 ", target
    for method, line in (("POST", f"/invoices.json?api_key={secret}"), ("FOO BAR", f"/?api_key={secret}")):
        _talk(base, f"{method} {line} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{{x}}".encode())
    _talk(base, f"GET http://x/?api_key={secret} HTTP/9.9\r\n\r\n".encode())
    account = {"account": {"organization_name": "B", "password": PASSWORD, "email": "x"}}
    httpx.post(f"{base}/api/accounts/create.json", params={"api_key": secret}, json=account)


def _talk(base: str, request: bytes) -> bytes:
    address = urlsplit(base)
    with closing(socket.create_connection((address.hostname, address.port or 80), timeout=10)) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        with suppress(ConnectionResetError):
            while chunk := connection.recv(65_536):
                received += chunk
        return received


@pytest.mark.parametrize(
    ("query", "left"),
    [
        (b"page=2&api%5Fkey=segredo", "page=2"),
        (b"API_KEY=segredo&a=1", "a=1"),
        (b"api_key%5B%5D=segredo", ""),
        (b"text=x%3Fapi_key%3Dsegredo", "text=x%3Fapi_key%3D..."),
        (b"text=chave&chave=1", "text=...&...=1"),
        (b"key=1&monkey=2", "key=1&monkey=2"),
    ],
)
def test_what_is_left_of_a_query(query: bytes, left: str) -> None:
    assert without_key(query, ("chave",)) == left


def test_what_is_left_of_a_path() -> None:
    assert without_secrets("/a/chave/b", ["chave"]) == "/a/.../b"
    assert without_secrets(f"/documents/12{'0a' * 20}") == "/documents/..."
    assert without_secrets("/invoices/12.json") == "/invoices/12.json"


# --- availability -----------------------------------------------------------------------------------


def test_slow_and_endless_requests_stop_nobody() -> None:
    started = time.monotonic()
    with running() as (first, process):
        base: str = first["base_url"]
        address = urlsplit(base)
        with ExitStack() as stack:
            for beginning in (
                b"",
                b"G",
                b"GET /invoices.json HTTP/1.1\r\nHost: x\r\nX-A: ",
                b"POST /clients.json HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{",
                b"POST /clients.json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
            ) * 20:
                slow = socket.create_connection((address.hostname, address.port or 80), timeout=10)
                stack.enter_context(closing(slow))
                slow.sendall(beginning)
            key = {"api_key": "demo-key"}
            for _ in range(20):
                assert httpx.get(f"{base}/taxes.json", params=key, timeout=5).status_code == 200
        for endless in (b"X-A: " + b"a" * 1_000 + b"\r\n", b"a" * 1_000):
            assert _sent_before_refusal(base, endless) < 8_000_000
        assert httpx.get(f"{base}/taxes.json", params=key, timeout=5).status_code == 200
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        assert process.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in errors
    assert time.monotonic() - started < 60


def _sent_before_refusal(base: str, piece: bytes) -> int:
    """How many bytes of an endless header a server accepts before it refuses."""
    address = urlsplit(base)
    with closing(socket.create_connection((address.hostname, address.port or 80), timeout=10)) as connection:
        connection.sendall(b"GET /taxes.json HTTP/1.1\r\nHost: x\r\nX-B: ")
        sent = 0
        with suppress(BrokenPipeError, ConnectionResetError):
            while sent < 64_000_000:
                connection.sendall(piece * 64)
                sent += len(piece) * 64
        return sent


def test_headers_of_a_sensible_length_are_read(any_api: Any) -> None:
    answer = any_api.http.get("/taxes.json", headers={"X-Long": "x" * 30_000})
    assert answer.status_code == 200
    for _ in range(5):  # one connection: each request starts a new count
        assert any_api.http.get("/taxes.json", headers={"X-Long": "x" * 30_000}).status_code == 200


# --- control plane ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:1", 200),
        ("acme.localhost", 200),
        ("[::1]:8080", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost@evil.example", 403),
        ("evil.example#localhost", 403),
        ("192.0.2.1", 403),
        ("0.0.0.0", 403),  # noqa: S104 - a name, not an address to bind
        ("", 403),
    ],
)
def test_a_name_that_was_rebound_is_refused(api: Any, host: str, status: int) -> None:
    answer = httpx.get(f"{api.http.base_url}/_emulator/accounts", headers={"Host": host})
    assert answer.status_code == status, answer.text


def test_a_page_of_another_origin_cannot_drive_it(api: Any) -> None:
    url = f"{api.http.base_url}/_emulator/reset"
    origin = {"Origin": "https://evil.example"}
    draft = api.create()
    for media_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ):
        headers = {**origin, **({"Content-Type": media_type} if media_type else {})}
        answer = httpx.post(url, content=json.dumps({"account": api.name}), headers=headers)
        assert answer.status_code == 415
    preflight = httpx.options(url, headers={**origin, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 405
    asked = httpx.get(f"{api.http.base_url}/_emulator/accounts", headers=origin)
    for answer in (preflight, asked, api.get("/invoices.json")):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert api.read(draft)["id"] == draft["id"]


def test_where_others_may_reach_it_nothing_is_open() -> None:
    """The operating system resolves `127.1` to this machine; the emulator does not treat it as loopback."""
    with running("--host", "127.1") as (first, _):
        base = first["base_url"]
        assert len(first["api_key"]) >= 32
        assert len(first["control_token"]) >= 32
        token = {"X-Emulator-Token": first["control_token"]}
        assert httpx.get(f"{base}/taxes.json", params={"api_key": "demo-key"}).status_code == 401
        assert httpx.get(f"{base}/taxes.json", params={"api_key": first["api_key"]}).status_code == 200
        for path in ("accounts", "requests", "config", "outbox", "clock", "faults", "health"):
            for headers in ({}, {"X-Emulator-Token": "x"}, {"Host": "localhost"}):
                assert httpx.get(f"{base}/_emulator/{path}", headers=headers).status_code == 401, path
            assert httpx.get(f"{base}/_emulator/{path}", headers=token).status_code == 200
        fault = {"X-Emulator-Fault": '{"status": 503}'}
        key = {"api_key": first["api_key"]}
        assert httpx.get(f"{base}/taxes.json", params=key, headers=fault).status_code == 400
        assert httpx.get(f"{base}/taxes.json", params=key, headers={**fault, **token}).status_code == 503
