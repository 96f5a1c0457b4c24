"""A secret that the caller gave is masked literally, stands in no frame of ours, and is in no pickle."""

from __future__ import annotations

import base64
import copy
import datetime
import html
import json
import logging
import pickle
import socket
import ssl
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import anyio
import httpcore
import httpx
import invoicexpress
import invoicexpress_generated
import invoicexpress_loading
import invoicexpress_wire
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    AccountCredentials,
    AmbiguousResultError,
    ApiError,
    AsyncInvoiceXpress,
    Checks,
    Exchange,
    InvoiceXpress,
    Pace,
    TransportError,
)
from invoicexpress.options import Options
from invoicexpress.redaction import Secrets, secrets_in
from invoicexpress.sending.address import Address, from_environment
from invoicexpress.sending.asynchronous.transport import AsyncNetworkSender
from invoicexpress.sending.delivery import Terms
from invoicexpress.sending.flows import Link
from invoicexpress.sending.transport import NetworkSender

from tests.unit.conftest import ORIGIN, Answer, Service
from tests.unit.support.certificates import certificate_file, paper

KEY = "K3y<Pl4nt3d>/+&9f"
PASSWORD = 'Pässwört "Pl4nt3d"/+'
PROXY_PASSWORD = "Pr0xyPl4nt3d"
LINK = "https://files.example/L1nkPl4nt3d?signature=Pl4nt3d"
MARK = "Pl4nt3d"
CERTIFICATE = certificate_file(password="of another")
PAPER = paper()
SECRETS = {"key": KEY, "password": PASSWORD, "proxy": PROXY_PASSWORD}

FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in a sentence": lambda secret: f"key {secret} is invalid",
    "at its end": lambda secret: f"invalid: {secret}.",
    "percent-encoded": lambda secret: quote(secret, safe=""),
    "percent-encoded in lower case": lambda secret: quote(secret, safe="").replace("%2F", "%2f"),
    "a path": quote,
    "json": lambda secret: json.dumps(secret)[1:-1],
    "json of other letters": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "json of Rails": lambda secret: (
        json.dumps(secret)[1:-1].replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    ),
    "json of PHP": lambda secret: json.dumps(secret)[1:-1].replace("/", "\\/"),
    "each byte percent-encoded": lambda secret: "".join(f"%{byte:02x}" for byte in secret.encode()),
    "percent-encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "each character of json": lambda secret: "".join(f"\\u{ord(each):04X}" for each in secret),
    "json in json": lambda secret: json.dumps(json.dumps(secret))[3:-3],
    "a word of Ruby": lambda secret: secret.replace("\\", "\\\\").replace('"', '\\"'),
    "html": html.escape,
    "html of Rails": lambda secret: html.escape(secret).replace("&quot;", "&#34;"),
    "html of other letters": lambda secret: "".join(
        f"&#{ord(each)};" if ord(each) > 127 else each for each in html.escape(secret)
    ),
    "html in html": lambda secret: html.escape(html.escape(secret)),
    "UTF-8 written twice": lambda secret: secret.encode().decode("latin-1"),
    "letters that were lost": lambda secret: secret.encode("ascii", "replace").decode(),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 for URLs": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    "base64 in lines": lambda secret: base64.encodebytes(b"x" * 52 + secret.encode()).decode(),
    "basic authorization": lambda secret: base64.b64encode(f"{secret}:x".encode()).decode(),
}


def core_of(form: str, secret: str) -> list[str]:
    """Parts of a form that would give the secret away."""
    if form == "base64 in lines":
        return ["50bnQzZ", "UGw0bnQz", "BsNG50M2"]
    if form.startswith("bas"):
        inner = base64.b64encode(secret.encode()).decode().rstrip("=")[:-1]
        return [inner, inner.replace("+", "-").replace("/", "_")]
    return [MARK, FORMS[form](secret)]


def create_account(ix: Any) -> Any:
    return ix.accounts.create(
        organization_name="A", email="a@example.com", password=PASSWORD, terms=True, first_name="A",
        last_name="B",
    )  # fmt: skip


def set_at(ix: Any) -> Any:
    return ix.accounts.set_at_communication(
        subuser="500100200/1", password=PASSWORD, communication_type="auto"
    )


def update_account(ix: Any) -> Any:
    credentials = AccountCredentials(username="500100200/1", password=PASSWORD)
    return ix.accounts.update(1, credentials=credentials)


def sealed(_: Any) -> Any:
    return PAPER.sealed_with(CERTIFICATE, PASSWORD)


def get_tax(ix: Any) -> Any:
    return ix.taxes.get(5)


def run(kind: str, call: Callable[[Any], Any], key: str = KEY, **settings: Any) -> Any:
    """The outcome of a call; an exception is returned. The key stands in no frame of the test."""
    settings = {"base_url": ORIGIN, "retries": 0, "consistency_window": 0, "pace": None, **settings}
    try:
        if kind == "sync":
            with InvoiceXpress("acme", key, **settings) as ix:
                return call(ix)

        async def go() -> Any:
            async with AsyncInvoiceXpress("acme", key, **settings) as ix:
                return await call(ix)

        return anyio.run(go)
    except BaseException as error:
        return error


def texts_of(error: BaseException) -> str:
    """All that an exception keeps, those that it refers to included."""
    texts: list[str] = [repr(pickle.dumps(error)), "".join(traceback.format_exception(error))]
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None:
            texts += [str(one), repr(one), repr(one.args), repr(vars(one))]
            waiting += [one.__cause__, one.__context__]
    return "\n".join(texts)


SENT = [("key", get_tax), ("password", create_account), ("password", set_at), ("password", update_account)]


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(("what", "call"), SENT)
@pytest.mark.parametrize("form", FORMS)
def test_a_secret_that_the_service_repeats_is_masked(
    kind: str, what: str, call: Callable[[Any], Any], form: str
) -> None:
    secret = SECRETS[what]
    said = FORMS[form](secret)
    for status, body in (
        (401, said.encode()),
        (422, json.dumps({"errors": [{"error": said}]}).encode()),
        (422, f'{{"errors": [{{"error": "{said}"}}]}}'.encode()),
        (500, f"<html><title>{said}</title></html>".encode()),
        (200, said.encode()),
        # Cut where a message ends: a part of the secret must not stay.
        (422, b"x" * 180 + said.encode()),
    ):
        service = Service().will(Answer(status, body, headers=(("x-said", quote(said)), ("location", "/x"))))
        error = run(kind, call, transport=service.transport)
        assert isinstance(error, ApiError | AmbiguousResultError), error
        for part in core_of(form, secret):
            assert part not in texts_of(error)
            assert part.encode() not in getattr(error, "body", b"")


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("form", FORMS)
def test_a_secret_in_a_failure_of_the_connection_is_masked(kind: str, form: str) -> None:
    said = FORMS[form](KEY)
    for failure in (httpx.RemoteProtocolError(f"illegal status line: {said}"), httpx.ConnectError(said)):
        error = run(kind, get_tax, transport=Service().will(failure).transport)
        assert isinstance(error, TransportError)
        for part in core_of(form, KEY):
            assert part not in texts_of(error)


class Repeats:
    """A server that repeats in its answer what it gets, and says that it is no good."""

    def __init__(self, status_line: bytes = b"HTTP/1.1 400 %s") -> None:
        self.status_line = status_line
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def answer(self) -> None:
        connection, _ = self.listener.accept()
        with connection:
            line, *headers = connection.recv(65536).split(b"\r\n")
            path = line.split()[1]
            said = b"; ".join([path, *(each for each in headers if b"uthorization" in each)])
            secret = b"key " + KEY.encode()
            connection.sendall(
                (self.status_line % secret)
                + b"\r\nX-Path: " + path + b"\r\nX-Said: " + said + b"\r\nX-Key: " + secret
                + b"\r\nContent-Length: 0\r\n\r\n"
            )  # fmt: skip


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("status_line", [b"HTTP/1.1 400 %s", b"%s"])
def test_a_secret_in_a_head_stays_out_of_logs_and_errors(
    kind: str, status_line: bytes, caplog: pytest.LogCaptureFixture
) -> None:

    for name in {"", "httpx", "httpcore", "httpcore2", "invoicexpress", *logging.root.manager.loggerDict}:
        if not name.startswith(("hypothesis", "pytest", "_pytest")):
            caplog.set_level(logging.DEBUG, logger=name or None)
    server = Repeats(status_line)
    thread = threading.Thread(target=server.answer)
    thread.start()
    error = run(kind, get_tax, base_url=server.base_url)
    thread.join()
    server.listener.close()
    assert isinstance(error, ApiError | TransportError)
    logged = "\n".join(f"{record.getMessage()} {record.args!r} {record.msg}" for record in caplog.records)
    assert "receive_response_headers" in logged
    for part in (MARK, quote(KEY, safe="")):
        assert part not in logged
        assert part not in texts_of(error)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    ("key", "said", "shown"),
    [
        ("k", "kkk k (k) k. block key-k k_1", "kkk *** (***) ***. block key-k k_1"),
        ("abc12", "abc123 abc12 xabc12", "abc123 *** xabc12"),
        ("abc123", "abc1234 abc123 xabc123", "***4 *** x***"),
    ],
)
def test_a_short_secret_is_masked_as_a_whole_word_only(kind: str, key: str, said: str, shown: str) -> None:
    error = run(kind, get_tax, key=key, transport=Service().will(Answer(422, [said])).transport)
    assert error.messages == [shown]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_short_key_leaves_the_callers_own_values_alone(kind: str) -> None:
    def create(ix: Any) -> Any:

        return ix.invoices.create(
            date=datetime.date(2026, 11, 21),
            client={"name": "Ana"},
            items=[{"name": "Caneca", "unit_price": 1, "quantity": 1}],
            proprietary_uid="order a",
        )

    answers = [Answer(500, [f"a bad {each} of a"]) for each in range(3)]
    error = run(kind, create, key="a", transport=Service().will(*answers).transport)
    assert error.proprietary_uid == "order a"
    assert "order a" in str(error)


@given(st.text(min_size=6, max_size=30), st.binary(max_size=5), st.binary(max_size=5))
def test_no_form_of_any_secret_is_left(secret: str, before: bytes, after: bytes) -> None:
    masking = Secrets([secret])
    written = secret.encode("utf-8", "replace")
    for form in (secret, quote(written, safe=""), quote(written), json.dumps(secret)[1:-1]):
        assert masking.masked(f"<{form}>") == "<***>" or secret in "<***>"
    packed = base64.b64encode(before + written + after).decode()
    start, end = -(-len(before) * 8 // 6), (len(before) + len(written)) * 8 // 6
    assert packed[start:end] not in masking.masked(packed)
    assert masking.masked_body(written) == b"***" or "?" in secret


@pytest.mark.parametrize("coding", ["utf-8", "latin-1"])
def test_a_secret_in_a_page_of_another_coding_is_masked(coding: str) -> None:
    page = f"<html><title>bad: {PASSWORD}</title></html>".encode(coding)
    error = run("sync", create_account, transport=Service().will(Answer(422, page)).transport)
    assert isinstance(error, AmbiguousResultError)
    assert MARK not in texts_of(error)
    assert MARK.encode() not in Secrets([PASSWORD]).masked_body(page)


ESCAPES = [
    "\\",
    "%",
    "%25",
    "&",
    "amp;",
    "&amp;",
    "u",
    "\\u",
    "#",
    "0",
    " ",
    "+",
    '"',
    "ä",
    "a",
    "\ud800",
    "\n",
]
SPELLINGS = [FORMS[name] for name in FORMS if not name.startswith(("base64", "basic", "in a", "at its"))]


@given(st.lists(st.sampled_from(ESCAPES), min_size=6, max_size=12).map("".join), st.sampled_from(SPELLINGS))
def test_a_secret_made_of_escapes_is_masked(secret: str, spell: Callable[[str], str]) -> None:
    try:
        spelt = spell(secret)
    except UnicodeEncodeError:
        return
    assert Secrets([secret]).masked(f"<{spelt}>") == "<***>"


@pytest.mark.parametrize(
    "secret", ["\\" * 20 + "x", "%" * 20 + "x", "%25" * 9 + "x", "&amp;" * 9 + "x", '"' * 20]
)
def test_no_answer_makes_the_search_slow(secret: str) -> None:
    masking = Secrets([secret])
    for piece in (b"\\", b"%25", b"25", b"amp;", b"&", b"&#0", b"\\u00", b'"', b"\\n"):
        body = b"%&\\" + piece * (100_000 // len(piece))
        began = time.process_time()
        masking.masked_body(body)
        assert time.process_time() - began < 2


def test_secrets_in_a_body_are_found_in_both_forms() -> None:
    packed = base64.b64encode(b"hunter22").decode()
    body = {"account": {"password": "plain", "email": "x", "list": [{"at_password": packed}]}}
    assert list(filter(None, secrets_in(body))) == ["plain", packed, "hunter22"]
    assert list(secrets_in(None)) == []
    credentials = AccountCredentials(username="500100200/1", password="hunter2!")
    for fields, found in (
        ({"credentials": credentials}, {"hunter2!"}),
        ({"credentials": {"username": "u", "password": "hunter2!"}}, {"hunter2!"}),
        ({"credentials": ["hunter2!"]}, {"hunter2!"}),
        ({"password": {"value": b"hunter2!"}}, {"hunter2!"}),
        ({"password": 12345}, {"12345"}),
        ({"password": None}, set[str]()),
    ):
        assert set(filter(None, secrets_in(fields))) == found


# Frames.


class Failure(NamedTuple):
    """A failure, and what provokes it."""

    name: str
    call: Callable[[Any], Any]
    answers: tuple[Answer | BaseException, ...] = ()
    settings: dict[str, Any] = {}  # noqa: RUF012 it is never changed
    key: Any = KEY
    by_sync: bool = True


READY = Answer(body={"output": {"pdfUrl": LINK}})


def pdf(ix: Any) -> Any:
    return ix.invoices.pdf(7)


def moved(location: str) -> Answer:
    return Answer(302, headers=(("location", location),))


def accounts_call(method: str, *values: Any, **fields: Any) -> Callable[[Any], Any]:
    return lambda ix: getattr(ix.accounts, method)(*values, **fields)


def password_of(value: Any) -> Callable[[Any], Any]:
    return accounts_call(
        "set_at_communication", subuser="500100200/1", password=value, communication_type="auto"
    )


PROXY = f"http://user:{PROXY_PASSWORD}@"
FAILURES: list[Failure] = [
    Failure("a bad key", get_tax, key=f"{MARK} {MARK}"),
    Failure("a key of another type", get_tax, key=[MARK]),
    Failure("a bad account", get_tax, settings={"base_url": f"https://{MARK}@x.example"}),
    Failure("a bad address", get_tax, settings={"base_url": f"https://xn--{MARK}"}),
    Failure("an address of another type", get_tax, settings={"base_url": [MARK]}),
    Failure("plain http", get_tax, settings={"base_url": f"http://{MARK}.example"}),
    Failure("a bad proxy", get_tax, settings={"proxy": f"ftp://user:{PROXY_PASSWORD}@x.example"}),
    Failure("a proxy of another type", get_tax, settings={"proxy": [MARK]}),
    Failure("a bad option", get_tax, settings={"retries": -1, "proxy": PROXY + "x.example"}),
    Failure("an unknown option", get_tax, settings={"retrys": 1, "proxy": PROXY + "x.example"}),
    Failure("a bad hook", get_tax, settings={"on_request": 5}),
    Failure("connection refused", get_tax, settings={"base_url": "http://127.0.0.1:1"}),
    Failure("a write refused a connection", create_account, settings={"base_url": "http://127.0.0.1:1"}),
    Failure("proxy refused", get_tax, settings={"proxy": PROXY + "127.0.0.1:1"}),
    Failure("401", get_tax, (Answer(401, f"key {KEY} is invalid".encode()),)),
    Failure("unreadable", get_tax, (Answer(200, f'{{"tax": "{KEY}"}}'.encode()),)),
    Failure("no answer", get_tax, (httpx.ReadTimeout(KEY),)),
    Failure("ambiguous", create_account, (httpx.ReadTimeout(PASSWORD),)),
    Failure("422", create_account, (Answer(422, [PASSWORD]),)),
    Failure("ambiguous at", set_at, (Answer(500, [PASSWORD]),)),
    Failure("not done at", set_at, (Answer(200, {"success": "false", "password": PASSWORD}),)),
    Failure("update", update_account, (Answer(404, [PASSWORD]),)),
    Failure("a link to nowhere", pdf, (READY, Answer(403, LINK.encode()))),
    Failure("a link that fails", pdf, (READY, httpx.ReadError(LINK))),
    Failure("an unsafe link", pdf, (Answer(body={"output": {"pdfUrl": f"http://x.example/{MARK}"}}),)),
    Failure("a broken link", pdf, (Answer(body={"output": {"pdfUrl": f"https://x:y/{MARK}"}}),)),
    Failure("an unsafe redirect", pdf, (READY, moved(f"http://x.example/{MARK}"))),
    Failure("a broken redirect", pdf, (READY, moved(f"https://x:y/{MARK}"))),
    Failure("redirects without end", pdf, (READY, *[moved(LINK)] * 4)),
    Failure("another file", pdf, (READY, Answer(200, b"<html>"))),
    Failure("a redirect of the service", get_tax, (moved(LINK),)),
    Failure("bytes for a password", password_of(MARK.encode())),
    Failure("a list for a password", password_of([MARK])),
    Failure("a password that is no text", password_of(f"{MARK}\ud800")),
    Failure("an unknown argument", accounts_call("set_at_communication", pasword=PASSWORD)),
    Failure("an unknown field", accounts_call("create", pasword=PASSWORD, password=PASSWORD)),
    Failure("a missing field", accounts_call("create", password=PASSWORD)),
    Failure(
        "a password of another type",
        accounts_call("create", organization_name="A", email="a@x.example", password=[MARK], terms=True),
    ),
    Failure("credentials of another type", accounts_call("update", 1, credentials=[MARK])),
    Failure(
        "credentials with a bad password",
        accounts_call("update", 1, credentials={"username": "500100200/1", "password": [MARK]}),
    ),
    Failure(
        "a bug below",
        get_tax,
        (RuntimeError("a bug in a transport"),),
        settings={"proxy": PROXY + "x.example"},
    ),
    Failure("another password of a certificate", sealed),
    Failure("a password of a seal of another type", lambda _: PAPER.sealed_with(CERTIFICATE, [PASSWORD])),  # type: ignore[arg-type]  # is the test
    Failure("a key and an interrupt", get_tax, (KeyboardInterrupt(),)),
]


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_no_frame_of_ours_holds_a_secret(kind: str, failure: Failure) -> None:
    settings = dict(failure.settings)
    if failure.answers:
        settings["transport"] = Service().will(*failure.answers).transport
    error = run(kind, failure.call, key=failure.key, **settings)
    assert isinstance(error, BaseException), error
    shown = [line for each in reported(error) for line in each]
    assert [line for line in shown if MARK in line] == []
    assert error.__traceback__ is not None


PACKAGES: Final = tuple(
    f"{Path(str(package.__file__)).parent}/"
    for package in (
        invoicexpress,
        invoicexpress_generated,
        invoicexpress_loading,
        invoicexpress_wire,
        httpx,
        httpcore,
    )
)
"""Folders whose frames are looked at. Never a part of a path: a clone may have the name of a package."""


def reported(error: BaseException) -> list[list[str]]:
    """What an error reporter shows of the frames of the package, with their local variables."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    waiting: list[traceback.TracebackException | None] = [told]
    found: list[list[str]] = []
    while waiting:
        one = waiting.pop()
        if one is None:
            continue
        waiting += [one.__cause__, one.__context__]
        found += [
            [
                f"{frame.filename}:{frame.lineno} {name}={value}"
                for name, value in (frame.locals or {}).items()
            ]
            for frame in one.stack
            if frame.filename.startswith(PACKAGES)
        ]
        found.append([str(one)])
    return found


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_no_frame_holds_the_environment(kind: Any) -> None:
    environment = {"INVOICEXPRESS_ACCOUNT": "a..b", "INVOICEXPRESS_API_KEY": KEY}
    for settings in ({}, {"retries": -1}):
        with pytest.raises(ValueError, match="account") as caught:
            kind.from_env(environment, **settings)
        assert MARK not in "\n".join(line for each in reported(caught.value) for line in each)


def test_no_frame_holds_the_address_of_a_redis_server() -> None:
    for address in (f"http://:{MARK}@x.example", f"redis://:{MARK}@x.example"):
        with pytest.raises(ValueError, match="pace") as caught:
            Pace(0 if address.startswith("redis") else 1, redis=address)
        assert MARK not in "\n".join(line for each in reported(caught.value) for line in each)


class Failing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A caller's transport that fails with an exception made of the address, which holds the key."""

    def __init__(self, fail: Callable[[str], None]) -> None:
        self.fail = fail

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.fail(str(request.url))
        raise AssertionError("it does not fail")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def with_a_note(url: str) -> None:
    error = httpx.ReadError("broken")
    error.add_note(url)
    raise error


def with_a_cause(url: str) -> None:
    raise httpx.ReadError("broken") from ValueError(url)


def of_the_system(url: str) -> None:
    raise ConnectionResetError(104, url, url)


def of_tls(url: str) -> None:
    raise ssl.SSLError(1, url)


def in_a_group(url: str) -> None:
    raise ExceptionGroup("several", [httpx.ReadError(url), ValueError(url)])


def of_its_own(url: str) -> None:
    raise RuntimeError(url)


def of_a_test(url: str) -> None:
    raise AssertionError(httpx.Request("GET", url))


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "fail", [with_a_note, with_a_cause, of_the_system, of_tls, in_a_group, of_its_own, of_a_test]
)
@pytest.mark.parametrize("call", [get_tax, create_account, pdf])
def test_an_exception_that_comes_through_the_client_is_masked(
    kind: str, fail: Callable[[str], None], call: Callable[[Any], Any]
) -> None:
    error = run(kind, call, transport=Failing(fail))
    assert isinstance(error, Exception)
    shown = "".join(traceback.format_exception(error)) + "".join(
        line for each in reported(error) for line in each
    )
    assert MARK not in shown
    assert quote(KEY, safe="") not in shown


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_an_exception_that_the_caller_handles_meanwhile_is_left_alone(kind: str) -> None:
    """Its text is the caller's own, and so is any secret in it."""
    mine = ValueError(KEY)
    try:
        raise mine
    except ValueError:
        error = run(kind, get_tax, transport=Failing(of_the_system))
    assert isinstance(error, TransportError)
    assert mine.args == (KEY,)


# Pickles and copies.

INNER = httpx.MockTransport(lambda _: httpx.Response(200))
ADDRESS = Address(httpx.URL(ORIGIN), KEY)
SYNC = InvoiceXpress("acme", KEY, transport=INNER)
ASYNC = AsyncInvoiceXpress("acme", KEY, transport=INNER)
PROXIED = InvoiceXpress("acme", KEY, proxy=PROXY + "127.0.0.1:1")
REDIS = Pace(redis=f"redis://:{MARK}@127.0.0.1:1")
THINGS: dict[str, object] = {
    "address": ADDRESS,
    "environment": from_environment({"INVOICEXPRESS_API_KEY": KEY, "INVOICEXPRESS_ACCOUNT": "acme"}),
    "sender": NetworkSender(ADDRESS, transport=INNER),
    "async sender": AsyncNetworkSender(ADDRESS, transport=INNER),
    "sender with a proxy": PROXIED._sender,  # pyright: ignore[reportPrivateUsage]
    "connections": PROXIED._sender._inner,  # pyright: ignore[reportPrivateUsage]
    "terms": SYNC._terms,  # pyright: ignore[reportPrivateUsage]
    "terms with redis": Terms(pace=REDIS),
    "core": SYNC._core,  # pyright: ignore[reportPrivateUsage]
    "async core": ASYNC._core,  # pyright: ignore[reportPrivateUsage]
    "client": SYNC,
    "async client": ASYNC,
    "client with a proxy": PROXIED,
    "client with options": SYNC.with_options(retries=1),
    "namespace": SYNC.invoices,
    "async namespace": ASYNC.accounts,
    "raw": SYNC.with_raw_response,
    "raw namespace": ASYNC.with_raw_response.taxes,
    "method": SYNC.taxes.get,
    "list": SYNC.taxes.list,
    "listing": SYNC.invoices.list(),
    "link": Link(LINK, 10),
    "pace": REDIS,
    "secrets": Secrets([KEY]),
    "exchange": Exchange("getTax", "GET", "/taxes/5.json", 1),
    "options": Options(),
    "checks": Checks(),
}


def made_by(way: Callable[[object], object], thing: object) -> str:
    """What a way makes of a thing, or why it cannot. A function of a function raises AttributeError."""
    try:
        return repr(way(thing))
    except (TypeError, AttributeError, pickle.PicklingError) as error:
        return str(error)


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_no_pickle_and_no_copy_holds_a_secret(thing: object) -> None:
    ways: list[Callable[[object], object]] = [pickle.dumps, copy.deepcopy, copy.copy]
    for way in ways:
        assert MARK not in made_by(way, thing)
    assert MARK not in repr(thing)


@pytest.mark.parametrize("name", ["client", "sender", "namespace", "address", "link", "pace", "core"])
def test_an_object_that_cannot_be_pickled_says_why(name: str) -> None:
    with pytest.raises(TypeError, match="cannot be pickled or copied"):
        pickle.dumps(THINGS[name])


def test_a_pace_without_a_password_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Pace(5, 7))) == copy.deepcopy(Pace(5, 7)) == Pace(5, 7)  # noqa: S301 our own
    assert pickle.loads(pickle.dumps(Options(deadline=5))) == Options(deadline=5)  # noqa: S301 our own


def test_a_success_keeps_its_values() -> None:
    """Only errors are masked: the caller asked for the key of a new account."""
    body = {"account": {"id": 1, "name": "A", "url": None, "api_key": KEY, "state": "active"}}
    made = run("sync", create_account, transport=Service().will(Answer(201, body)).transport)
    assert made.api_key == KEY


def test_values_that_hold_themselves_end() -> None:
    values: dict[str, Any] = {"password": "planted"}
    values["list"] = [values, [values, values]]
    assert "planted" in list(secrets_in(values))
