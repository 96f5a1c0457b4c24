"""Commands by a proxy: which one they take, and who learns its password."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from .running import impatient
from .shop import Shop

WORD = "planted-word-77"


class Proxy(ThreadingHTTPServer):
    """Forwards requests with an absolute address, and keeps their hosts and credentials."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Forwarding)
        self.seen: list[tuple[str, str | None]] = []

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"


class Forwarding(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        cast("Proxy", self.server).seen.append((address.netloc, self.headers["Proxy-Authorization"]))
        there = http.client.HTTPConnection(address.netloc, timeout=10)
        headers = {name: value for name, value in self.headers.items() if not name.startswith("Proxy-")}
        there.request("GET", f"{address.path}?{address.query}", headers=headers)
        answer = there.getresponse()
        body = answer.read()
        there.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def with_proxy(shop: Shop, address: str) -> None:
    """Writes a proxy into the settings file."""
    key = f'key = "{shop.account.api_key}"\nproxy = "{address}"\n'
    shop.shell.settings(f'default = "main"\n[accounts.main]\n{shop.account.toml}{key}')


@pytest.mark.parametrize("place", ["file", "environment", "both"])
def test_a_command_goes_by_its_proxy(one_shop: Shop, proxy: Proxy, place: str) -> None:
    """The environment goes before the file. The proxy alone learns its password."""
    address = f"http://user:{WORD}@{proxy.place}"
    if place == "file":
        with_proxy(one_shop, address)
    else:
        one_shop.shell.environment["INVOICEXPRESS_PROXY"] = address
    if place == "both":
        with_proxy(one_shop, "http://127.0.0.1:9")
    ended = [one_shop.run(*each) for each in (("taxes", "list", "--json"), ("doctor",), ("config", "list"))]
    assert ended[0].json
    host = urlsplit(one_shop.account.base_url).netloc
    credentials = f"Basic {base64.b64encode(f'user:{WORD}'.encode()).decode()}"
    assert set(proxy.seen) == {(host, credentials)}
    assert f"http://***@{proxy.place}" in ended[1].out
    assert (f"http://***@{proxy.place}" in ended[2].out) == (place == "file")
    assert not [each for each in ended if WORD in each.out + each.err]


def test_config_add_takes_a_proxy_without_a_password(one_shop: Shop, proxy: Proxy) -> None:
    account = one_shop.account
    named = ("config", "add", "other", "--service-name", account.name, "--base-url", account.base_url)
    key = f"{account.api_key}\n"
    one_shop.run(*named, "--proxy", f"http://{proxy.place}", given=key)
    assert one_shop.run("taxes", "list", "--account", "other", "--json").json
    assert len(proxy.seen) == 1
    refused = one_shop.run(*named, "--proxy", f"http://user:{WORD}@{proxy.place}", given=key, code=2)
    assert "settings file" in refused.err
    assert WORD not in refused.err
    # `doctor` repeats the proxy in its command, which replaces the account.
    assert f"--proxy http://{proxy.place}" in one_shop.run("doctor", "--account", "other").out.replace(
        "\n", " "
    )


@pytest.mark.parametrize("address", [f"{WORD}", f"ftp://{WORD}@host:1", f"http://u:{WORD}@host:x", "http://"])
def test_a_wrong_proxy_is_refused_and_not_shown(one_shop: Shop, address: str) -> None:
    with_proxy(one_shop, address)
    wrong = one_shop.shell("list", "--debug")
    assert "accounts.main.proxy: not the address of a proxy" in wrong.err
    one_shop.shell.use(one_shop.account)
    one_shop.shell.environment["INVOICEXPRESS_PROXY"] = address
    other = one_shop.shell("list", "--debug")
    assert "INVOICEXPRESS_PROXY: not the address of a proxy" in other.err
    assert (wrong.code, other.code) == (1, 1)
    assert WORD not in wrong.out + wrong.err + other.out + other.err


def test_proxies_of_other_programs_are_not_used(one_shop: Shop, proxy: Proxy) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        one_shop.shell.environment[name] = f"http://user:{WORD}@{proxy.place}"
    assert one_shop.run("taxes", "list", "--json").json
    assert proxy.seen == []
    one_shop.shell.settings(
        one_shop.shell.config.read_text().replace(one_shop.account.base_url, "http://127.0.0.1:9")
    )
    with impatient():
        ended = one_shop.run("taxes", "list", code=75)
    assert "HTTPS_PROXY is not used; if the network needs a proxy, set INVOICEXPRESS_PROXY" in ended.err
    assert WORD not in ended.err
