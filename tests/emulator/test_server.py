"""The command, the context manager, the data file, the rate limit."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import invoicexpress_emulator
import pytest
from invoicexpress_emulator import Emulator, RateLimit, UnusableDataFile, create_app
from invoicexpress_emulator.__main__ import guards_for, main
from invoicexpress_emulator.app import build_app
from invoicexpress_emulator.http.rate_limit import SlidingWindow, parse_rate_limit
from invoicexpress_emulator.http.request_log import without_key
from invoicexpress_emulator.profiles.profile import ProfileName
from invoicexpress_emulator.storage.store import Store

PLAIN = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": "10"}]}}
FINALIZED = {"invoice": {"state": "finalized"}}
KEY = {"api_key": "demo-key"}


def client_of(base_url: str, key: str = "demo-key") -> httpx.Client:
    return httpx.Client(base_url=base_url, params={"api_key": key}, timeout=20)


@contextmanager
def command(*options: str) -> Generator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """Run the command on a free port; yield its first line and the process."""
    source = str(Path(invoicexpress_emulator.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


class TestCommand:
    def test_the_first_line_tells_where_it_is(self) -> None:
        with command() as (first, process):
            assert first["pid"] == process.pid
            assert first["base_url"].startswith("http://127.0.0.1:")
            with client_of(first["base_url"], first["api_key"]) as client:
                assert client.get("/invoices.json").status_code == 200
                assert client.get("/_emulator/health").json()["status"] == "ok"

    def test_the_access_log_has_no_key(self) -> None:
        with command() as (first, process):
            with client_of(first["base_url"]) as client:
                client.get("/invoices.json", params={"page": 3})
                client.get("/x%0Ay")
                file = client.post("/invoices.json", json=PLAIN).json()["invoice"]["permalink"]
                assert client.get(file).status_code == 200
            process.send_signal(signal.SIGINT)
            out, errors = process.communicate(timeout=20)
        assert "GET /invoices.json?page=3 200" in errors
        assert "GET /x%0Ay 501" in errors
        assert file.rsplit("/", 1)[1] not in errors
        assert "demo-key" not in errors
        assert "demo-key" not in out

    def test_stopping_is_clean(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM):
            with command() as (_, process):
                process.send_signal(name)
                _, errors = process.communicate(timeout=20)
            assert "Traceback" not in errors

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "emulator.example"])  # noqa: S104 - not bound
    def test_where_other_machines_reach_it_there_are_secrets(self, host: str) -> None:
        one, other = guards_for(host, None, control_plane=True), guards_for(host, None, control_plane=True)
        assert one.are_new
        assert one.api_key != other.api_key != "demo-key"
        assert one.control_token is not None
        assert min(len(one.api_key), len(one.control_token)) >= 32
        assert guards_for(host, "mine", control_plane=True).control_token == "mine"
        assert guards_for(host, None, control_plane=False).control_token is None

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.0.1"])
    def test_on_loopback_the_key_is_known(self, host: str) -> None:
        assert guards_for(host, None, control_plane=True) == ("demo-key", None, False)

    async def test_guards_are_wanted(self) -> None:
        guards = guards_for("192.0.2.7", None, control_plane=True)
        assert guards.control_token is not None
        with closing(
            build_app(
                data=None,
                profile="observed",
                rate_limit=None,
                seed=0,
                control_plane=True,
                clock=None,
                api_key=guards.api_key,
                control_token=guards.control_token,
            )
        ) as app:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://emulator.example") as client:

                async def status(path: str, **options: Any) -> int:
                    return (await client.get(path, **options)).status_code

                assert await status("/invoices.json", params={"api_key": "demo-key"}) == 401
                assert await status("/invoices.json", params={"api_key": guards.api_key}) == 200
                assert await status("/_emulator/health") == 401
                token = {"X-Emulator-Token": guards.control_token}
                assert await status("/_emulator/health", headers=token) == 200

    def test_options(self) -> None:
        options = ("--profile", "documented", "--no-control-plane", "--rate-limit", "2/60", "--seed", "3")
        with command(*options) as (first, _), client_of(first["base_url"]) as client:
            port: int | None = client.base_url.port
            assert client.get("/taxes.json").json()["taxes"][0]["value"] == 23
            assert client.get("/_emulator/health").status_code == 501
            assert [client.get("/taxes.json").status_code for _ in range(2)] == [200, 429]
            check = ("--check-health", "--port", str(port))
            assert main([*check, "--no-control-plane"]) == 0
            assert main([*check, "--profile", "documented"]) == 1, "it does not tell"

    @pytest.mark.parametrize(
        "options",
        [
            ("--rate-limit", "muito"),
            ("--profile", "x"),
            ("--port", "x"),
            ("--port", "70000"),
            ("--host", "256.1.1.1"),
        ],
    )
    def test_options_that_cannot_be(self, options: tuple[str, ...]) -> None:
        source = str(Path(invoicexpress_emulator.__file__).parent.parent)
        done = subprocess.run(
            [sys.executable, "-m", "invoicexpress_emulator", *options],
            capture_output=True, text=True, timeout=20, env={**os.environ, "PYTHONPATH": source}, check=False,
        )  # read by rows # fmt: skip
        assert done.returncode == 2
        assert "Traceback" not in done.stderr

    def test_killed_after_an_answer_it_has_kept_the_write(self, tmp_path: Path) -> None:
        data = str(tmp_path / "data.db")
        issued: list[str] = []
        with command("--data", data, "--rate-limit", "0") as (first, process):
            with client_of(first["base_url"]) as client:
                for _ in range(20):
                    made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
                    path = f"/invoices/{made['id']}/change-state.json"
                    issued.append(client.put(path, json=FINALIZED).json()["invoice"]["sequence_number"])
            process.kill()
            process.communicate(timeout=20)
        with Emulator(data=data) as emulator, client_of(emulator.base_url) as client:
            kept = client.get("/invoices.json", params={"per_page": 100}).json()["invoices"]
            assert [each["sequence_number"] for each in kept] == issued == [f"{n}/DEMO" for n in range(1, 21)]


class TestContextManager:
    def test_it_says_where_and_who(self) -> None:
        with Emulator() as emulator:
            assert emulator.account == "demo"
            answer = httpx.get(f"{emulator.base_url}/invoices.json", params={"api_key": emulator.api_key})
            assert answer.status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{emulator.base_url}/invoices.json")

    def test_it_stops_with_a_connection_open(self) -> None:
        started, threads = time.monotonic(), set(threading.enumerate())
        with Emulator() as emulator:
            client = client_of(emulator.base_url)
            assert client.get("/taxes.json").status_code == 200
        client.close()
        assert time.monotonic() - started < 5
        assert set(threading.enumerate()) <= threads

    def test_two_at_once_know_nothing_of_each_other(self) -> None:
        with Emulator() as one, Emulator() as two:
            httpx.post(f"{one.base_url}/invoices.json", params=KEY, json=PLAIN)
            assert httpx.get(f"{two.base_url}/invoices.json", params=KEY).json()["invoices"] == []

    def test_the_same_seed_gives_the_same_answers(self) -> None:
        def story(seed: int) -> list[str]:
            with Emulator(seed=seed) as emulator, client_of(emulator.base_url) as client:
                client.post("/_emulator/clock", json={"set": "2026-01-02T03:04:05", "freeze": True})
                made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
                client.put(f"/invoices/{made['id']}/change-state.json", json=FINALIZED)
                paths = ("/invoices.json", "/sequences.json", f"/clients/{made['client']['id']}.json")
                answers = [client.get(path).text.replace(emulator.base_url, "") for path in paths]
                client.post("/_emulator/config", json={"pdf": "immediate"})
                file = client.get(f"/api/pdf/{made['id']}.json").json()["output"]["pdfUrl"]
                return [*answers, httpx.get(file).content.hex()]

        assert story(1) == story(1)
        assert story(1)[0] != story(2)[0]


class TestDataFile:
    def test_a_restart_keeps_everything(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        with Emulator(data=data, seed=5) as emulator, client_of(emulator.base_url) as client:
            made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
            client.put(f"/invoices/{made['id']}/change-state.json", json=FINALIZED)
            paying = {"partial_payment": {"amount": 1}}
            client.post(f"/documents/{made['id']}/partial_payments.json", json=paying)
            client.post("/_emulator/clock", json={"set": "2030-01-01T00:00:00", "freeze": True})
            client.post("/_emulator/config", json={"pdf": {"polls": 7}})
            paths = ("/invoices.json", "/clients.json", "/items.json", "/taxes.json", "/sequences.json",
                     "/_emulator/clock", "/_emulator/config")  # read by rows # fmt: skip
            before = [client.get(path).text.replace(emulator.base_url, "") for path in paths]
        with Emulator(data=str(data), seed=99) as emulator, client_of(emulator.base_url) as client:
            assert [client.get(path).text.replace(emulator.base_url, "") for path in paths] == before
            assert client.get("/_emulator/health").json()["seed"] == 5
            second = client.post("/invoices.json", json=PLAIN).json()["invoice"]
            done = client.put(f"/invoices/{second['id']}/change-state.json", json=FINALIZED).json()["invoice"]
            assert done["sequence_number"] == "2/DEMO"

    def test_another_schema_is_refused_with_a_sentence(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        Store(data, 0).close()
        db = sqlite3.connect(data)
        db.execute("PRAGMA user_version = 99")
        db.commit()
        db.close()
        with pytest.raises(UnusableDataFile, match="schema version 99"):
            create_app(data=data)

    @pytest.mark.parametrize("content", [b"isto nao e uma base de dados" * 100, None])
    def test_what_is_not_ours_is_refused(self, tmp_path: Path, content: bytes | None) -> None:
        data = tmp_path / "data.db"
        if content is not None:
            data.write_bytes(content)
        else:
            db = sqlite3.connect(data)
            db.execute("CREATE TABLE alheia (x)")
            db.commit()
            db.close()
        before = data.read_bytes()
        with pytest.raises(UnusableDataFile):
            create_app(data=data)
        assert data.read_bytes() == before
        with pytest.raises(UnusableDataFile):
            create_app(data=tmp_path / "falta" / "data.db")

    def test_a_failing_rule_leaves_nothing_behind(self) -> None:
        store = Store(None, 0)
        with pytest.raises(ZeroDivisionError), store.transaction() as db:  # noqa: PT012 in a transaction
            db.execute(
                "INSERT INTO accounts (name, api_key, organization_name, fiscal_id) VALUES ('a','b','c','d')"
            )
            raise ZeroDivisionError
        assert store.db.execute("SELECT count(*) FROM accounts").fetchone()[0] == 0
        store.close()


class TestRateLimit:
    def test_it_answers_429_and_says_when_to_come_back(self) -> None:
        with Emulator(rate_limit=RateLimit(3, 60)) as emulator, client_of(emulator.base_url) as client:
            assert [client.get("/taxes.json").status_code for _ in range(4)] == [200, 200, 200, 429]
            refused = client.get("/taxes.json")
            assert 1 <= int(refused.headers["retry-after"]) <= 60
            assert refused.json() == {"errors": [{"error": "Too Many Requests"}]}
            assert client.get("/_emulator/health").status_code == 200
            key = client.post("/_emulator/accounts", json={"name": "outra"}).json()["api_key"]
            with client_of(emulator.base_url, key) as other:
                assert other.get("/taxes.json").status_code == 200

    def test_it_may_keep_that_to_itself(self) -> None:
        with Emulator(rate_limit=RateLimit(1, 60)) as emulator, client_of(emulator.base_url) as client:
            assert client.post("/_emulator/config", json={"retry_after": False}).is_success
            assert client.get("/taxes.json").status_code == 200
            refused = client.get("/taxes.json")
            assert refused.status_code == 429
            assert "retry-after" not in refused.headers

    @pytest.mark.parametrize("profile", ["observed", "documented"])
    def test_it_tells_what_is_left_only_if_asked(self, profile: ProfileName) -> None:
        limit = RateLimit(2, 60)
        with Emulator(rate_limit=limit, profile=profile) as emulator, client_of(emulator.base_url) as client:
            assert not [name for name in client.get("/taxes.json").headers if "ratelimit" in name]
            assert client.post("/_emulator/config", json={"rate_limit_headers": True}).is_success
            told = [client.get("/taxes.json") for _ in range(2)]
            assert [answer.headers["x-ratelimit-limit"] for answer in told] == ["2", "2"]
            assert [answer.headers["x-ratelimit-remaining"] for answer in told] == ["0", "0"]
            assert 1 <= int(told[1].headers["x-ratelimit-reset"]) <= 60

    def test_without_a_limit_there_is_nothing_to_tell(self) -> None:
        with Emulator(rate_limit=None) as emulator, client_of(emulator.base_url) as client:
            assert client.post("/_emulator/config", json={"rate_limit_headers": True}).is_success
            assert "x-ratelimit-limit" not in client.get("/taxes.json").headers

    def test_the_window_slides(self) -> None:
        moments = iter((0.0, 6.0, 9.0, 10.0, 11.0, 15.9, 16.0, 16.0))
        window = SlidingWindow(RateLimit(2, 10), monotonic=lambda: next(moments))
        assert [window.wait_for(1) for _ in range(7)] == [None, None, 1, None, 5, 1, None]
        assert window.wait_for(2) is None

    @pytest.mark.parametrize(
        ("text", "limit"),
        [("780/60", RateLimit(780, 60)), ("5", RateLimit(5, 60)), ("0", None), ("9/0.5", RateLimit(9, 0.5))],
    )
    def test_how_it_is_written(self, text: str, limit: RateLimit | None) -> None:
        assert parse_rate_limit(text) == limit

    @pytest.mark.parametrize("text", ["", "x", "1/", "1/0", "-1", "1/x"])
    def test_how_it_is_not(self, text: str) -> None:
        with pytest.raises(ValueError, match="rate limit"):
            create_app(rate_limit=text)


def test_the_key_is_taken_out_of_a_query() -> None:
    assert without_key(b"page=2&api_key=segredo&text=a+b&api_key=outro") == "page=2&text=a+b"


def test_what_is_exported() -> None:
    assert sorted(invoicexpress_emulator.__all__) == [
        "Emulator",
        "RateLimit",
        "UnusableDataFile",
        "__version__",
        "create_app",
    ]


def test_the_help_names_each_default_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    for option, default in (("--data FILE", "in memory"), ("--port PORT", "8080"), ("--seed SEED", "0")):
        assert f"(default: {default})" in text.rpartition(option)[2].partition(" --")[0]
    assert "default: None" not in text
    assert "default: False" not in text
