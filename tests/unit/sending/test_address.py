"""The key only goes to the account's own host over HTTPS, or to this machine, whatever name is given."""

from __future__ import annotations

import dataclasses
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, InvoiceXpress
from invoicexpress.sending.address import Address, address, from_environment, is_loopback

from tests.unit.conftest import KEY, Answer, Service, tax_json


def of(account: Any = None, key: Any = KEY, base_url: Any = None, *, insecure: bool = False) -> Address:
    return address(account, key, base_url, allow_insecure_http=insecure, http=httpx)


@pytest.mark.parametrize("account", ["a", "0", "acme", "acme-2", "a-b-c", "9lives", "a--b", "n" * 63])
def test_an_account_is_the_first_part_of_its_host(account: str) -> None:
    assert str(of(account).base_url) == f"https://{account}.app.invoicexpress.com"


BAD_ACCOUNTS: list[Any] = [
    "",
    " ",
    "Acme",
    "-acme",
    "acme-",
    "a" * 64,
    "acme.evil",
    "evil.example/",
    "evil.example#",
    "evil.example?",
    "evil.example:443",
    "user@evil.example",
    "..",
    "../acme",
    "acme/../evil",
    "acme\n",
    "acme ",
    "acme\\evil",
    "xn--",
    "xn--a",
    "xn--caf-",
    "a..b",
    "acme.",
    "\u0130",
    "\ud800",
    "acmé",
    "acme%2eevil",
    "аcme",  # a Cyrillic letter
    "acme_2",
    "１２",
    5,
    b"acme",
    ["acme"],
]


@pytest.mark.parametrize("account", BAD_ACCOUNTS)
@pytest.mark.parametrize("base_url", [None, "https://emulator.example"])
def test_what_is_not_the_name_of_an_account_is_refused(account: Any, base_url: str | None) -> None:
    with pytest.raises(ConfigurationError, match="account: ") as caught:
        of(account, base_url=base_url)
    assert KEY not in str(caught.value)


HOSTILE = "aA0-._:@/?#[]%\\ \n\u0130ß\u3002\ud800\u200dxn"
ADDRESSES = st.one_of(
    st.text(max_size=40),
    st.text(HOSTILE, max_size=40),
    st.builds("https://{}".format, st.text(HOSTILE, max_size=40)),
    st.builds("https://xn--{}.{}".format, st.text("a0-é", max_size=70), st.text(HOSTILE, max_size=5)),
    st.builds("http://localhost{}".format, st.text(HOSTILE, max_size=10)),
    st.builds("https://{}.example/{}".format, st.text(max_size=70), st.just(KEY)),
    st.builds("https://user:{}@x.example".format, st.just(KEY)),
    st.just(KEY),
    st.binary(max_size=10),
    st.integers(),
    st.none(),
)


def address_or_error(*given_: Any, insecure: bool) -> Address | ConfigurationError:
    try:
        return of(*given_, insecure=insecure)
    except ConfigurationError as error:
        return error


@given(ADDRESSES, ADDRESSES, st.sampled_from([KEY, f"{KEY} {KEY}", KEY.encode(), None, 5]), st.booleans())
def test_anything_is_an_address_or_a_configuration_error(
    account: Any, base_url: Any, key: Any, insecure: bool
) -> None:
    """No other exception, and none that repeats the key or keeps an exception that does."""
    where = address_or_error(account, key, base_url, insecure=insecure)
    if isinstance(where, ConfigurationError):
        assert KEY not in f"{where} {where.args!r}"
        assert where.__context__ is None
        return
    assert where.base_url.scheme in ("https", "http")
    assert where.base_url.host
    assert where.base_url.raw_host
    # It can be used: nothing about it fails later.
    assert where.place
    httpx.Client(base_url=str(where.base_url), trust_env=False).build_request("GET", "/taxes.json")


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://xn--caf-dma.example", "xn--caf-dma.example"),
        ("https://café.example", "xn--caf-dma.example"),
        ("https://emulator.example.", "emulator.example."),
        ("https://\u0130.example", "xn--i-9bb.example"),
        ("https://my_host.example", "my_host.example"),
        (f"https://{'a' * 63}.example", f"{'a' * 63}.example"),
    ],
)
def test_an_international_or_unusual_name_is_taken(base_url: str, host: str) -> None:
    assert of(base_url=base_url).base_url.raw_host == host.encode()


@given(st.text(max_size=70))
def test_no_text_at_all_leads_to_another_host(account: str) -> None:
    try:
        where = of(account)
    except ConfigurationError:
        return
    assert where.base_url.host == f"{account}.app.invoicexpress.com"
    assert where.base_url.raw_path == b"/"
    assert where.base_url.port is None
    assert not where.base_url.userinfo


def test_without_an_account_or_an_address_there_is_nowhere_to_go() -> None:
    with pytest.raises(ConfigurationError, match="account: missing"):
        of()


@pytest.mark.parametrize("key", ["k", "0123456789abcdef" * 3, "a+b/c=&d?e#f%"])
def test_a_key_of_printable_characters_is_taken(key: str) -> None:
    assert of("acme", key).api_key == key


@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        " ",
        "secret key",
        "secretkey\n",
        "\tsecretkey",
        "secret\x00key",
        "sécretkey",
        "secret\x7fkey",
        5,
        b"key",
    ],
)
def test_what_cannot_be_a_key_is_refused_and_not_repeated(key: Any) -> None:
    """A trailing newline comes from reading a whole file."""
    with pytest.raises(ConfigurationError, match="api_key: ") as caught:
        of("acme", key)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(caught.value)


@pytest.mark.parametrize(
    ("base_url", "host", "port"),
    [
        ("https://emulator.example", "emulator.example", None),
        ("https://emulator.example:8443/", "emulator.example", 8443),
        ("HTTPS://EMULATOR.example", "emulator.example", None),
        ("http://localhost", "localhost", None),
        ("http://LOCALHOST:8080", "localhost", 8080),
        ("http://acme.localhost:8080", "acme.localhost", 8080),
        ("http://127.0.0.1:8080", "127.0.0.1", 8080),
        ("http://127.1.2.3", "127.1.2.3", None),
        ("http://[::1]:8080", "::1", 8080),
        ("https://10.0.0.1", "10.0.0.1", None),
    ],
)
def test_another_address_is_taken_where_the_key_is_safe(base_url: str, host: str, port: int | None) -> None:
    where = of(base_url=base_url)
    assert (where.base_url.host, where.base_url.port) == (host, port)
    assert of("acme", base_url=base_url).base_url == where.base_url


BAD_URLS: list[Any] = [
    "",
    "emulator.example",
    "//emulator.example",
    "https://",
    "https:///path",
    "ftp://emulator.example",
    "file:///etc/passwd",
    "ws://localhost",
    "https://user@emulator.example",
    "https://user:hunter2@emulator.example",
    "https://:hunter2@emulator.example",
    "http://127.0.0.1@emulator.example",
    "https://emulator.example?api_key=hunter2",
    "https://emulator.example/#fragment",
    # An empty query would swallow every appended path.
    "https://emulator.example?",
    "https://emulator.example/?",
    "https://emulator.example:port",
    "https://emulator.example\n",
    "https://[::1",
    "http://emulator.example",
    "http://localhost.example",
    "http://notlocalhost",
    "http://127.0.0.1.example",
    "http://0.0.0.0",
    "http://10.0.0.1",
    "http://192.168.1.1:8080",
    "http://[::]",
    "http://[fe80::1]",
    "http://2130706433",
    "http://0x7f.1",
    5,
    b"https://emulator.example",
    # Names that cannot be looked up, international ones among them.
    "https://xn--",
    "https://xn--a.example",
    "https://\ud800.example",
    "https://a..b",
    "https://.",
    "https://.a",
    "https://a..",
    "https://-a.example",
    "https://a-.example",
    "https://a b.example",
    "https://a%20b.example",
    "https://a_b!.example",
    "https://*.example",
    f"https://{'a' * 64}.example",
    f"https://{'a.' * 127}example",
    f"https://{'ã' * 60}.example",
    "https://" + "a" * 70_000,
    "https://emulator.example:99999",
    "https://emulator.example:0",
    "https://[::1]x",
    "https://[emulator]",
    True,
    ["https://emulator.example"],
]


@pytest.mark.parametrize("base_url", BAD_URLS)
def test_an_address_that_is_none_or_not_safe_is_refused(base_url: Any) -> None:
    with pytest.raises(ConfigurationError, match="base_url: ") as caught:
        of("acme", base_url=base_url)
    assert KEY not in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "base_url", ["https://h.example/a/../b", "https://h.example/../b", "https://h.example/b/"]
)
def test_a_path_of_an_address_is_kept_and_cannot_be_left(service: Service, base_url: str) -> None:
    service.will(Answer(body={"tax": tax_json()}))
    with InvoiceXpress(None, KEY, base_url=base_url, transport=service.transport) as ix:
        ix.taxes.get(5)
    assert [sent.path for sent in service.sent] == ["/b/taxes/5.json"]


def test_plain_http_to_another_machine_has_to_be_meant() -> None:
    assert of(base_url="http://emulator.example", insecure=True).base_url.host == "emulator.example"
    with pytest.raises(ConfigurationError, match="user"):
        of(base_url="http://u:p@emulator.example", insecure=True)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("a.b.localhost", True),
        ("127.0.0.1", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("localhost.example", False),
        ("mylocalhost", False),
        ("128.0.0.1", False),
        ("::2", False),
        ("", False),
        ("0.0.0.0", False),  # noqa: S104 it is looked at, not bound
    ],
)
def test_loopback_is_this_machine_and_nothing_else(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_the_key_does_not_show_in_an_address() -> None:
    where = of("acme")
    assert KEY not in repr(where)
    assert KEY not in str(where)
    with pytest.raises(dataclasses.FrozenInstanceError):
        where.api_key = "other"  # type: ignore[misc] # it must fail


FULL = {"INVOICEXPRESS_ACCOUNT": "acme", "INVOICEXPRESS_API_KEY": KEY}


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_a_client_is_made_from_the_environment(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = kind.from_env(FULL)
    assert type(client) is kind
    assert repr(client) == f"<{kind.__name__} acme.app.invoicexpress.com>"
    monkeypatch.setenv("INVOICEXPRESS_ACCOUNT", "other")
    monkeypatch.setenv("INVOICEXPRESS_API_KEY", KEY)
    monkeypatch.setenv("INVOICEXPRESS_BASE_URL", "")
    with pytest.raises(ConfigurationError, match="INVOICEXPRESS_BASE_URL is set but empty"):
        kind.from_env()
    monkeypatch.delenv("INVOICEXPRESS_BASE_URL")
    assert repr(kind.from_env()) == f"<{kind.__name__} other.app.invoicexpress.com>"
    monkeypatch.setenv("INVOICEXPRESS_BASE_URL", "http://127.0.0.1:1")
    assert repr(kind.from_env()) == f"<{kind.__name__} 127.0.0.1>"


def test_an_address_in_the_environment_needs_no_account() -> None:
    found = from_environment({"INVOICEXPRESS_API_KEY": KEY, "INVOICEXPRESS_BASE_URL": "http://localhost:1"})
    assert found == (None, KEY, "http://localhost:1")


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"INVOICEXPRESS_ACCOUNT": "acme"}, "INVOICEXPRESS_API_KEY"),
        ({**FULL, "INVOICEXPRESS_API_KEY": ""}, "INVOICEXPRESS_API_KEY"),
        ({"INVOICEXPRESS_API_KEY": KEY}, "INVOICEXPRESS_ACCOUNT"),
        ({**FULL, "INVOICEXPRESS_ACCOUNT": ""}, "INVOICEXPRESS_ACCOUNT"),
    ],
)
def test_what_is_missing_in_the_environment_is_named(environment: dict[str, str], variable: str) -> None:
    with pytest.raises(ConfigurationError, match=f"environment: {variable} is not set") as caught:
        InvoiceXpress.from_env(environment)
    assert KEY not in str(caught.value)


def test_all_that_is_missing_in_the_environment_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        InvoiceXpress.from_env({})
    assert str(caught.value) == (
        "environment: INVOICEXPRESS_ACCOUNT and INVOICEXPRESS_API_KEY are not set; set INVOICEXPRESS_ACCOUNT "
        "to the account's name and INVOICEXPRESS_API_KEY to the account's key"
    )


@pytest.mark.parametrize(
    ("base_url", "got"),
    [
        ("localhost:8080", ", got 'localhost:8080'"),
        ("ftp://localhost", ", got 'ftp://localhost'"),
        ("acme.app.invoicexpress.com", ", got 'acme.app.invoicexpress.com'"),
        ("", ", got ''"),
        (5, ", got int"),
        (KEY, ""),
        (f"x:/{KEY}", ""),
        ("user:hunter2@emulator", ""),
        ("emulator?api_key=hunter2", ""),
    ],
)
def test_an_address_that_is_none_shows_unless_it_may_hold_a_secret(base_url: Any, got: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        of(base_url=base_url)
    assert str(caught.value) in {
        f"base_url: not an address{got}; expected https://HOST",
        f"base_url: expected https://HOST{got}",
    }


def test_the_environment_is_checked_like_arguments() -> None:
    with pytest.raises(ConfigurationError, match="account: "):
        InvoiceXpress.from_env({**FULL, "INVOICEXPRESS_ACCOUNT": "evil.example/"})
    with pytest.raises(ConfigurationError, match="base_url: "):
        InvoiceXpress.from_env({**FULL, "INVOICEXPRESS_BASE_URL": "http://emulator.example"})


def test_options_are_passed_on(service: Service) -> None:
    service.will(Answer(body={"taxes": []}))
    with InvoiceXpress.from_env(FULL, transport=service.transport, timeout=3.0) as ix:
        assert ix.taxes.list() == []
    assert service.requests[0].extensions["timeout"] == {
        "connect": 3.0,
        "read": 3.0,
        "write": 3.0,
        "pool": 3.0,
    }


def test_arguments_the_wrong_way_round_do_not_show_the_key() -> None:
    """A hexadecimal key is even a valid host name, and would leak into DNS queries."""
    for key in ("0123456789abcdef0123456789abcdef01234567", "SECRET-KEY"):
        with pytest.raises(ConfigurationError) as caught:
            InvoiceXpress(key, "acme")
        assert key not in str(caught.value)


@pytest.mark.parametrize("timeout", [None, 0, -1, float("inf"), float("nan")])
def test_nobody_waits_for_ever(timeout: Any) -> None:
    with pytest.raises(ConfigurationError, match="timeout"):
        InvoiceXpress("acme", "key", timeout=timeout)


@pytest.mark.parametrize(
    "base_url", ["https://a.example/#", "https://a.example#", "http://127.0.0.1:8000/p/#"]
)
def test_an_empty_fragment_is_refused(base_url: str) -> None:
    """Every path would be appended to it, and none would be sent."""
    with pytest.raises(ConfigurationError, match="without user, query or fragment"):
        of(base_url=base_url)
