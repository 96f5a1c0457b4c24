"""HTTPS under the vendor's own host names, for clients that know nothing of the emulator: the standard
library, requests, and the project's client without a base address.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import invoicexpress_emulator
import pytest
import requests
from cryptography import x509
from invoicexpress import InvoiceXpress
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.control_client import Control, Reset, Truncate
from invoicexpress_emulator.http.answer import EMULATOR_HEADER
from invoicexpress_emulator.http.certificates import Authority
from invoicexpress_emulator.http.tls_recipe import recipe

from tests.folded import folded

VENDORS: Final = "https://demo.app.invoicexpress.com"
KEY: Final = {"api_key": "demo-key"}
BODY: Final[Any] = {"invoice": {"client": {"name": "Ana"}, "items": [{"name": "i", "unit_price": "10"}]}}
FINALIZED: Final = {"invoice": {"state": "finalized"}}
DEADLINE: Final = 20.0


@pytest.fixture(scope="module")
def secure() -> Iterator[Emulator]:
    """An emulator that serves HTTPS."""
    with Emulator(tls=True, allow_hosts=["shop.test", "192.0.2.7"]) as emulator:
        yield emulator


def port_of(emulator: Emulator) -> int:
    port = urlsplit(emulator.base_url).port
    assert port is not None
    return port


@pytest.fixture
def vendors_names(secure: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recipe: the vendor's names lead to this machine, its port 443 leads to the emulator, and
    REQUESTS_CA_BUNDLE names the authority.
    """
    resolve = socket.getaddrinfo

    def resolve_here(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        own = "127.0.0.1" if str(host).endswith(".app.invoicexpress.com") else host
        return resolve(own, port_of(secure) if port == 443 else port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(secure.ca_file))


def trusting(emulator: Emulator) -> ssl.SSLContext:
    """The strictest trust that Python has, as 3.13 has by default."""
    context = ssl.create_default_context(cafile=emulator.ca_file)
    context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


@pytest.mark.usefixtures("vendors_names")
class TestClientsThatKnowNothing:
    def test_the_standard_library(self, secure: Emulator) -> None:
        connection = http.client.HTTPSConnection(
            "demo.app.invoicexpress.com", timeout=DEADLINE, context=trusting(secure)
        )
        connection.request("GET", "/taxes.json?api_key=demo-key")
        answer = connection.getresponse()
        assert answer.status == 200
        assert json.loads(answer.read())["taxes"]
        connection.close()

    def test_requests_with_links_to_files(self, secure: Emulator) -> None:
        with requests.Session() as session:
            session.params = KEY
            made = session.post(f"{VENDORS}/invoices.json", json=BODY, timeout=DEADLINE).json()["invoice"]
            state = f"{VENDORS}/invoices/{made['id']}/change-state.json"
            invoice = session.put(state, json=FINALIZED, timeout=DEADLINE).json()["invoice"]
            secure.control.config.change(pdf=Readiness(polls=1), saft=Readiness(polls=1))
            pdf = session.get(f"{VENDORS}/api/pdf/{made['id']}.json", timeout=DEADLINE).json()["output"][
                "pdfUrl"
            ]
            date = datetime.strptime(invoice["date"], "%d/%m/%Y").replace(tzinfo=UTC)
            month = {"month": str(date.month), "year": str(date.year)}
            saft = session.get(f"{VENDORS}/api/export_saft.json", params=month, timeout=DEADLINE).json()[
                "url"
            ]
        for url, start in ((invoice["permalink"], b"%PDF-"), (pdf, b"%PDF-"), (saft, b"<?xml")):
            assert url.startswith(f"{VENDORS}/")
            assert requests.get(url, timeout=DEADLINE).content.startswith(start), url

    def test_the_projects_client_without_a_base_address(self, secure: Emulator) -> None:
        with InvoiceXpress("demo", "demo-key", verify=trusting(secure), pace=None) as ix:
            assert ix.taxes.list()

    def test_an_accounts_own_name(self, secure: Emulator) -> None:
        key = secure.control.create_account("acme").api_key
        acme = VENDORS.replace("demo", "acme")
        for base, status in ((acme, 200), (VENDORS, 401)):
            answer = requests.get(f"{base}/taxes.json", params={"api_key": key}, timeout=DEADLINE)
            assert answer.status_code == status

    def test_no_one_else_trusts_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{VENDORS}/taxes.json", params=KEY, timeout=DEADLINE)


def shown_to(emulator: Emulator, name: str) -> x509.Certificate:
    """The certificate that a client sees, after it has checked it for a name."""
    with (
        socket.create_connection(("127.0.0.1", port_of(emulator)), timeout=DEADLINE) as plain,
        trusting(emulator).wrap_socket(plain, server_hostname=name) as connection,
    ):
        shown = connection.getpeercert(binary_form=True)
        assert shown is not None
        return x509.load_der_x509_certificate(shown)


class TestTheCertificate:
    @folded(
        "name",
        (
            "demo.app.invoicexpress.com",
            "any-other.app.invoicexpress.com",
            "app.invoicexpress.com",
            "localhost",
            "acme.localhost",
            "ACME.localhost",
            "a.b.localhost",
            "127.0.0.1",
            "::1",
            "shop.test",
            "192.0.2.7",
        ),
    )
    def test_it_is_for_each_name_that_is_accepted(self, secure: Emulator, name: str) -> None:
        shown_to(secure, name)

    @folded(
        "name",
        (
            "evil.example",
            "shop.test.evil.example",
            "a_b.localhost",
            "invoicexpress.com",
            "demo.macewindu.invoicexpress.com",
            "192.0.2.8",
        ),
    )
    def test_and_for_no_other(self, secure: Emulator, name: str) -> None:
        with pytest.raises(ssl.SSLCertVerificationError, match=r"not valid for|doesn't match|mismatch"):
            shown_to(secure, name)

    def test_browsers_accept_how_long_it_is_valid(self, secure: Emulator) -> None:
        for name in ("localhost", "acme.localhost"):
            shown = shown_to(secure, name)
            assert shown.not_valid_before_utc < datetime.now(UTC)
            assert shown.not_valid_after_utc > datetime.now(UTC) + timedelta(days=365)
            assert shown.not_valid_after_utc - shown.not_valid_before_utc < timedelta(days=398)

    def test_a_name_that_no_certificate_can_have(self) -> None:
        with pytest.raises(ValueError, match="No certificate can have"):
            Authority(["a_b.test"])

    def test_no_key_is_left_on_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        emulator = Emulator(tls=True)
        seen: list[bytes] = []
        for _ in range(2):
            with emulator:
                (file,) = tmp_path.iterdir()
                assert file == emulator.ca_file
                seen.append(file.read_bytes())
                shown_to(emulator, "acme.localhost")
                assert list(tmp_path.iterdir()) == [file]
            assert list(tmp_path.iterdir()) == []
        assert seen[0] != seen[1]
        for content in seen:
            assert x509.load_pem_x509_certificate(content).extensions
            assert content.count(b"-----BEGIN ") == content.count(b"-----BEGIN CERTIFICATE-----") == 1

    @pytest.mark.parametrize("options", [{}, {"tls": False}])
    def test_without_it_there_is_none(self, options: Any) -> None:
        with pytest.raises(RuntimeError, match="tls=True"):
            _ = Emulator(**options).ca_file


class TestTheRest:
    def test_the_control_plane_trusts_it_alone(self, secure: Emulator) -> None:
        assert secure.base_url.startswith("https://127.0.0.1:")
        assert secure.control.health().status == "ok"
        with pytest.raises(ssl.SSLCertVerificationError):
            Control(secure.base_url).health()

    def test_faults_break_connections(self, secure: Emulator) -> None:
        url = f"{secure.base_url}/taxes.json"
        for effect, error in (
            (Reset("before"), requests.ConnectionError),
            (Truncate(5), requests.exceptions.ChunkedEncodingError),
        ):
            with secure.control.faults.injected(effect, "listTaxes"), pytest.raises(error):
                requests.get(url, params=KEY, verify=str(secure.ca_file), timeout=DEADLINE)
        assert requests.get(url, params=KEY, verify=str(secure.ca_file), timeout=DEADLINE).status_code == 200

    def test_a_handshake_that_stands_still_is_closed(self) -> None:
        with Emulator(tls=True, request_timeout=0.2) as emulator:
            for beginning in (b"", b"\x16\x03\x01\x02"):
                with socket.create_connection(
                    ("127.0.0.1", port_of(emulator)), timeout=DEADLINE
                ) as connection:
                    connection.sendall(beginning)
                    assert connection.recv(1) == b""
            with (
                socket.create_connection(("127.0.0.1", port_of(emulator)), timeout=DEADLINE) as plain,
                trusting(emulator).wrap_socket(plain, server_hostname="localhost") as connection,
            ):
                connection.sendall(b"GET /taxes.json HTTP/1.1\r\nHost: localhost\r\nX-")
                assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")
                assert connection.recv(1) == b""
            answer = requests.get(
                f"{emulator.base_url}/taxes.json", params=KEY, verify=str(emulator.ca_file), timeout=DEADLINE
            )
            assert answer.status_code == 200

    @folded("method", ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"))
    def test_plain_http_is_told_so(self, secure: Emulator, method: str) -> None:
        """An empty answer would leave the caller to guess; it says nothing of the books, and changes none."""
        body = b"" if method in {"GET", "HEAD"} else b"x" * 100_000
        url = f"{secure.base_url}/taxes.json".replace("https", "http")
        answer = requests.request(method, url, params=KEY, data=body, timeout=DEADLINE)
        assert answer.status_code == 400
        assert EMULATOR_HEADER in answer.headers
        if method != "HEAD":
            assert answer.json() == {"error": "This port speaks HTTPS: begin the address with https://."}

    @pytest.mark.parametrize("beginning", [b"SSH-2.0-x\r\n", b"\x00" * 64, b"\x16\x03\x01\x00\x05hello"])
    def test_other_protocols_disturb_nobody(self, beginning: bytes, secure: Emulator) -> None:
        with socket.create_connection(("127.0.0.1", port_of(secure)), timeout=DEADLINE) as connection:
            connection.sendall(beginning)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):
                pass
        assert secure.control.health().status == "ok"


class TestTheCommand:
    def test_it_writes_the_certificate_and_prints_the_recipe(self, tmp_path: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "invoicexpress_emulator",
            "--port",
            "0",
            "--tls",
            "--allow-host",
            "shop.test",
            "--data",
            "books.db",
        ]
        with Emulator(data=tmp_path / "books.db") as emulator:
            emulator.control.create_account("loja")
        source = str(Path(invoicexpress_emulator.__file__).parent.parent)
        with subprocess.Popen(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": source},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stdout is not None
                first: dict[str, str] = json.loads(process.stdout.readline())
                port = urlsplit(first["base_url"]).port
                file = tmp_path / "invoicexpress-emulator-ca.pem"
                assert (first["base_url"], first["ca_file"]) == (f"https://127.0.0.1:{port}", str(file))
                health = f"https://localhost:{port}/_emulator/health"
                assert requests.get(health, verify=str(file), timeout=DEADLINE).json()["status"] == "ok"
                named = requests.get(
                    health, headers={"Host": "shop.test"}, verify=str(file), timeout=DEADLINE
                )
                assert named.status_code == 200
                for options in ([], ["--tls"]):
                    assert main(["--port", str(port), "--check-health", *options]) == 0
            finally:
                process.terminate()
            _, errors = process.communicate(timeout=DEADLINE)
        assert "Traceback" not in errors
        for step in (
            "127.0.0.1 demo.app.invoicexpress.com",
            "127.0.0.1 loja.app.invoicexpress.com",
            "--port 443",
            f"--to-ports {port}",
            *(f"{name}={file}" for name in ("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")),
        ):
            assert step in errors
        assert {each.name for each in tmp_path.iterdir()} == {file.name, "books.db"}

    def test_what_cannot_be_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for options, told in (
            (["--tls", "--ca-file", str(tmp_path / "missing" / "ca.pem")], "cannot be written"),
            (["--allow-host", "shop.test:80"], "is not a host name"),
            (["--tls", "--allow-host", "a_b.test"], "No certificate can have"),
        ):
            assert main(["--port", "0", *options]) == 2
            assert told in capsys.readouterr().err
        with pytest.raises(SystemExit):
            main(["--request-timeout", "-1"])
        assert "is not a time" in capsys.readouterr().err

    def test_a_health_check_compares_what_it_is_given(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A check that ignores an option says that all is well with another emulator."""
        with Emulator(profile="documented", seed=3) as plain, Emulator(tls=True, seed=4) as secure:
            at, tls_at = (["--check-health", "--port", str(port_of(each))] for each in (plain, secure))
            for options in ([], ["--profile", "documented"], ["--seed", "3", "--profile", "documented"]):
                assert main([*at, *options]) == 0
            assert main([*tls_at, "--seed", "4"]) == 0
            assert capsys.readouterr().err == ""
            for command, told in (
                ([*at, "--profile", "observed"], "has the profile documented, not observed."),
                ([*at, "--seed", "0"], "has the seed 3, not 0."),
                ([*tls_at, "--seed", "3"], "has the seed 4, not 3."),
                ([*at, "--no-control-plane"], "has a control plane."),
            ):
                assert main(command) == 1, command
                assert told in capsys.readouterr().err

    @folded(
        "options",
        (
            ["--data", "x.db"],
            ["--rate-limit", "0"],
            ["--request-timeout", "0"],
            ["--api-key", "k"],
            ["--allow-host", "shop.test"],
            ["--ca-file", "ca.pem"],
        ),
    )
    def test_an_option_without_an_effect_is_refused(
        self, options: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        for command, beside in (
            (["--check-health", *options], "--check-health"),
            ([*options, "verify", "missing.db"], "verify"),
            ([*options, "--check-health", "ledger"], "ledger"),
        ):
            with pytest.raises(SystemExit) as ended:
                main(command)
            assert ended.value.code == 2
            told = capsys.readouterr().err
            assert f"{beside} does not take " in told
            assert options[0] in told

    def test_without_tls_health_over_tls_is_trouble(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Emulator() as emulator:
            assert main(["--port", str(port_of(emulator)), "--check-health", "--tls"]) == 1
            assert main(["--port", str(port_of(emulator)), "--check-health"]) == 0
        assert "https://127.0.0.1" in capsys.readouterr().err


class TestTheRecipe:
    def test_at_port_443_nothing_is_forwarded(self) -> None:
        text = recipe(accounts=["demo"], address="127.0.0.1", port=443, ca_file=Path("/a b/ca.pem"))
        assert "--to-ports" not in text
        assert "NODE_EXTRA_CA_CERTS='/a b/ca.pem'" in text

    def test_each_account_has_its_line(self) -> None:
        text = recipe(accounts=["demo", "loja"], address="127.0.0.1", port=8443, ca_file=Path("/ca.pem"))
        lines = [line.strip() for line in text.splitlines()]
        for name in ("demo", "loja"):
            assert f"127.0.0.1 {name}.app.invoicexpress.com" in lines
        many = recipe(
            accounts=[f"a{number}" for number in range(23)], address="127.0.0.1", port=443, ca_file=Path("/c")
        )
        assert many.count("     127.0.0.1 a") == 20
        assert "the other accounts, 3 of them" in many

    @pytest.mark.parametrize(
        ("address", "tables", "family"),
        [("127.0.0.1", "sudo iptables", "inet proto"), ("::1", "sudo ip6tables", "inet6 proto")],
    )
    def test_what_forwards_the_port_can_be_undone(self, address: str, tables: str, family: str) -> None:
        text = recipe(accounts=["demo"], address=address, port=8443, ca_file=Path("/ca.pem"))
        rules = [line.partition(tables)[2] for line in text.splitlines() if tables in line]
        added, removed = rules
        assert removed == added.replace("-A OUTPUT", "-D OUTPUT")
        assert f"lo0 {family}" in text
        assert f"-> {address} port 8443" in text
        assert "undo   sudo pfctl -d -f /etc/pf.conf" in text

    @pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
    def test_its_curl_command_works(self, secure: Emulator) -> None:
        text = recipe(accounts=["demo"], address="127.0.0.1", port=port_of(secure), ca_file=secure.ca_file)
        command = text.rpartition("To try it: ")[2].replace("api_key=KEY", "api_key=demo-key")
        done = subprocess.run(
            ["sh", "-c", command], capture_output=True, text=True, timeout=DEADLINE, check=False
        )
        assert json.loads(done.stdout)["taxes"], done.stderr
