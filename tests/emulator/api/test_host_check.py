"""Only names that no stranger can own are accepted as Host, on every path alike; links follow the scheme that
the caller used.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import pytest
from invoicexpress_emulator import Emulator, create_app
from invoicexpress_emulator.__main__ import hosts_for
from invoicexpress_emulator.api.host_check import Hosts

from tests.folded import folded

KEY: Final = {"api_key": "demo-key"}
BODY: Final = {"invoice": {"client": {"name": "Ana"}, "items": [{"name": "i", "unit_price": "10"}]}}

OWN: Final = (
    "localhost",
    "LOCALHOST:8080",
    "localhost.",
    "localhost:",
    "acme.localhost",
    "a.b.localhost:1",
    "127.0.0.1",
    "127.8.0.1:65535",
    "[::1]",
    "[::1]:8080",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]:80",
    "demo.app.invoicexpress.com",
    "Demo.App.InvoiceXpress.com:443",
    "demo.app.invoicexpress.com.",
    "www.app.invoicexpress.com",
)
FOREIGN: Final = (
    "evil.example",
    "evil.example:8080",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "demo.app.invoicexpress.com.evil.example",
    "evilapp.invoicexpress.com.example",
    ".app.invoicexpress.com",
    "xlocalhost",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0.0.0.0",  # noqa: S104 - a name, not an address to bind
    "192.168.1.10",
    "[2001:db8::1]",
    "[::]",
)
MALFORMED: Final = (
    "",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost/",
    "localhost, evil.example",
    "local host",
    "localhost..",
    ".localhost",
    "localhost:x",
    "localhost:65536",
    "localhost:8080:8080",
    "::1",
    "[::1",
    "[::1]x",
    "[localhost]",
    "http://localhost",
    "ｌocalhost",
    "localhost\t",
    "x" * 300 + ".localhost",
)


def status_of(hosts: Hosts, *headers: str) -> int:
    """The status of the refusal, 200 if there is none."""
    refusal = hosts.refusal(headers)
    return 200 if refusal is None else refusal.status


class TestTheRule:
    @folded("host", OWN)
    def test_own_names(self, host: str) -> None:
        assert status_of(Hosts(), host) == 200

    @folded("host", (*FOREIGN, *MALFORMED))
    def test_others(self, host: str) -> None:
        assert status_of(Hosts(), host) == 403

    @folded(
        "host",
        (
            "demo.invoicexpress.com",
            "app.invoicexpress.com",
            "WWW.invoicexpress.com:443",
            "demo.macewindu.invoicexpress.com",
        ),
    )
    def test_the_vendors_names_without_an_account_have_no_site(self, host: str) -> None:
        assert status_of(Hosts(), host) == 530

    def test_one_host_it_must_be(self) -> None:
        assert status_of(Hosts()) == 400
        assert status_of(Hosts(), "localhost", "localhost") == 400
        assert status_of(Hosts(), "evil.example", "localhost") == 400

    def test_the_refusal_says_what_to_do(self) -> None:
        refusal = Hosts().refusal(["Shop.example:8080"])
        assert refusal is not None
        assert b"--allow-host shop.example" in refusal.body
        assert b"allow_hosts=['shop.example']" in refusal.body

    @folded(
        "added, host",
        [
            ("shop.test", "SHOP.test:443"),
            ("Shop.Test.", "shop.test"),
            ("192.168.1.10", "192.168.1.10:8080"),
            ("2001:db8:0::1", "[2001:db8::1]:8080"),
            ("[2001:db8::1]", "[2001:DB8::1]"),
        ],
    )
    def test_a_name_is_added(self, added: str, host: str) -> None:
        hosts = Hosts.own_and([added])
        assert status_of(hosts, host) == 200
        assert status_of(hosts, "localhost") == 200
        assert status_of(hosts, f"x.{host}") == 403

    @folded(
        "text", ("", " ", "*", "shop.test:80", "http://shop.test", "shop.test/x", "[::1]:80", "café.test")
    )
    def test_what_is_no_name_cannot_be_added(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a host name"):
            Hosts.own_and([text])

    def test_a_text_is_no_list(self) -> None:
        with pytest.raises(ValueError, match=r"\['shop.test'\]"):
            Hosts.own_and("shop.test")

    @folded("host", ("0.0.0.0", "::", "192.0.2.7", "emulator.example", "127.1"))  # noqa: S104 - not bound
    def test_where_others_reach_it_any_name_is_accepted(self, host: str) -> None:
        hosts = hosts_for(host, [])
        assert {status_of(hosts, each) for each in (*OWN, *FOREIGN)} == {200}
        assert status_of(hosts) == 200
        assert status_of(hosts, "emulator", "emulator") == 400

    def test_unless_some_are_given(self) -> None:
        hosts = hosts_for("192.0.2.7", ["shop.test"])
        for host in ("shop.test", "192.0.2.7:8080", "localhost", "demo.app.invoicexpress.com"):
            assert status_of(hosts, host) == 200, host
        assert status_of(hosts, "evil.example") == 403
        assert status_of(hosts_for("0.0.0.0", ["shop.test"]), "0.0.0.0") == 403  # noqa: S104 - not bound


@pytest.fixture(scope="module")
def open_to_shop() -> Iterator[Emulator]:
    """An emulator that accepts one more name."""
    with Emulator(allow_hosts=("Shop.test.",)) as emulator:
        yield emulator


def said(emulator: Emulator, path: str, host: str, **options: Any) -> httpx.Response:
    method = options.pop("method", "GET")
    url = f"{emulator.base_url}{path}"
    # Without a context for TLS, which takes 20 ms to make.
    return httpx.request(method, url, headers={"Host": host}, params=KEY, verify=False, **options)  # noqa: S501 - loopback


class TestTheServer:
    def test_every_path_refuses_alike(self, open_to_shop: Emulator) -> None:
        made = said(open_to_shop, "/invoices.json", "localhost", method="POST", json=BODY).json()["invoice"]
        permalink = httpx.URL(made["permalink"]).path
        for path in (
            "/invoices.json",
            f"/invoices/{made['id']}.json",
            permalink,
            "/downloads/pdf/1-x.pdf",
            "/nothing.json",
            "/_emulator",
            "/_emulator/",
            "/_emulator/health",
            "/_emulator/openapi.json",
            "/_emulator/app.js",
        ):
            for host in ("evil.example", "[2001:db8::1]:1", ""):
                refused = said(open_to_shop, path, host)
                assert refused.status_code == 403, (path, host)
                assert "Host" in refused.json()["error"]
                assert refused.headers["x-invoicexpress-emulator"]
            assert said(open_to_shop, path, "demo.invoicexpress.com").status_code == 530, path
            accepted = {said(open_to_shop, path, host).status_code for host in ("shop.test:1", "localhost")}
            assert len(accepted) == 1
            assert not accepted & {400, 403, 530}, path

    def test_a_rebound_page_writes_nothing(self, open_to_shop: Emulator) -> None:
        before = said(open_to_shop, "/invoices.json", "localhost").json()["pagination"]["total_entries"]
        assert (
            said(open_to_shop, "/invoices.json", "evil.example", method="POST", json=BODY).status_code == 403
        )
        for path in ("reset", "config", "accounts"):
            answer = said(open_to_shop, f"/_emulator/{path}", "evil.example", method="POST", json={})
            assert answer.status_code == 403
        after = said(open_to_shop, "/invoices.json", "localhost").json()["pagination"]["total_entries"]
        assert after == before

    @folded(
        "head, status",
        [
            (b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\n\r\n", 400),
            (b"GET /taxes.json?api_key=demo-key HTTP/1.0\r\n\r\n", 400),
            (
                b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\nHost: localhost\r\nhost: evil.example\r\n\r\n",
                400,
            ),
            (b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
            (b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
            (b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\nHost:\r\n\r\n", 403),
            (b"GET /taxes.json?api_key=demo-key HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
        ],
    )
    def test_as_it_is_sent(self, open_to_shop: Emulator, head: bytes, status: int) -> None:
        address = urlsplit(open_to_shop.base_url)
        with socket.create_connection((address.hostname, address.port or 80), timeout=10) as connection:
            connection.sendall(head)
            assert int(connection.recv(65_536).split()[1]) == status

    def test_a_name_that_is_none_is_told_at_the_start(self) -> None:
        with pytest.raises(ValueError, match=r"'shop\.test:80' is not a host name"):
            Emulator(allow_hosts=["shop.test:80"]).__enter__()


def links_of(answer: httpx.Response) -> str:
    scheme: str = answer.json()["invoice"]["permalink"].partition("://")[0]
    return scheme


class TestForwardedProto:
    async def test_it_counts_from_this_machine(self) -> None:
        for forwarded, scheme in (
            ([], "http"),
            (["https"], "https"),
            (["HTTPS"], "https"),
            (["https, http"], "https"),
            (["http"], "http"),
            (["ftp"], "http"),
            (["javascript:"], "http"),
            ([""], "http"),
            (["https", "https"], "http"),
        ):
            seen = await self.schemes(["127.0.0.1", "::1", "::ffff:127.0.0.1"], forwarded)
            assert seen == {scheme}, forwarded

    async def test_it_does_not_count_from_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
        peers = ["192.0.2.7", "10.0.0.1", "2001:db8::1", "::ffff:192.0.2.7"]
        assert await self.schemes(peers, ["https"]) == {"http"}

    def test_the_server_leaves_it_to_the_application(
        self, monkeypatch: pytest.MonkeyPatch, open_to_shop: Emulator
    ) -> None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "192.0.2.1")
        url = f"{open_to_shop.base_url}/invoices.json"
        answer = httpx.post(url, params=KEY, json=BODY, headers={"X-Forwarded-Proto": "https"})
        assert links_of(answer) == "https"

    async def schemes(self, peers: list[str], forwarded: list[str]) -> set[str]:
        """The schemes of links in answers to these peers, with these X-Forwarded-Proto headers."""
        seen: set[str] = set()
        headers = [("X-Forwarded-Proto", value) for value in forwarded]
        with closing(create_app()) as app:
            for peer in peers:
                transport = httpx.ASGITransport(app=app, client=(peer, 9))
                async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                    answer = await client.post("/invoices.json", params=KEY, json=BODY, headers=headers)
                    seen.add(links_of(answer))
        return seen
