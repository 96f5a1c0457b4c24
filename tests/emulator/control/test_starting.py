"""Starting on a terminal and into a pipe: what is said, the demo company, the browser, the way from `/`."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control.greeting import greeting, open_in_browser
from invoicexpress_emulator.control_client import Control

COMMAND: Final = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0"]
PATIENCE: Final = 60.0
BROWSER: Final = """#!/bin/sh
echo "$1" > {file}.part
mv {file}.part {file}
"""


@contextmanager
def on_terminal(*options: str, **environment: str) -> Generator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the command on a terminal; yield what it says until it is ready."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *options],
        stdin=slave,
        stdout=slave,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    os.close(slave)
    try:
        said = b""
        while b"Ctrl-C stops it" not in said:
            said += os.read(master, 65_536)
        yield said.decode().replace("\r\n", "\n"), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        os.close(master)


def wait_for(file: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < deadline, f"{file.name} is not there"
        time.sleep(0.01)
    return file.read_text("utf-8").strip()


def test_on_a_terminal_with_the_company_and_a_browser_and_then_into_a_pipe(tmp_path: Path) -> None:
    opened, browser, data = tmp_path / "opened", tmp_path / "browser", tmp_path / "books.db"
    browser.write_text(BROWSER.format(file=shlex.quote(str(opened))), "utf-8")
    browser.chmod(0o755)
    options = ["--profile", "documented", "--data", str(data), "--company-seed", "3"]
    with on_terminal(*options, "--open", BROWSER=str(browser)) as (said, process):
        url = re.findall(r"^  Address    (http://127\.0\.0\.1:\d+)$", said, re.MULTILINE)[0]
        assert f"profile documented, data in {data}\n" in said
        assert f"\n  Dashboard  {url}/_emulator/\n" in said
        assert f"\n  invoicexpress-emulator requests --follow --url {url}\n" in said
        assert "{" not in said
        (example,) = re.findall(r"^  curl (.+)$", said, re.MULTILINE)
        assert [tax["name"] for tax in httpx.get(*shlex.split(example)).json()["taxes"]]
        assert wait_for(opened) == f"{url}/_emulator/"
        control = Control(url)
        made = control.documents(limit=1000)
        assert (len(made) > 500, control.health().profile, control.health().seed) == (True, "documented", 0)
    assert process.returncode == 0

    again = subprocess.Popen(
        [*COMMAND, "--data", str(data), "--company"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert again.stdout is not None
        first = json.loads(again.stdout.readline())
        assert first.keys() == {"base_url", "pid", "account", "api_key"}
        assert Control(first["base_url"]).documents(limit=1000) == made
    finally:
        again.send_signal(signal.SIGINT)
        out, errors = again.communicate(timeout=PATIENCE)
    assert out == ""
    assert "The account demo has books already, and keeps them" in errors


FIRST_LINE: Final[dict[str, str | int]] = {
    "base_url": "http://127.0.0.1:8080",
    "pid": 1,
    "account": "demo",
    "api_key": "demo-key",
}


class TestGreeting:
    def test_at_the_usual_address(self) -> None:
        text = greeting(
            FIRST_LINE, "It runs", dashboard="http://127.0.0.1:8080/_emulator/", needs_token=False
        )
        assert text == (
            "It runs\n\n"
            "  Address    http://127.0.0.1:8080\n"
            "  Account    demo\n"
            "  API key    demo-key\n"
            "  Dashboard  http://127.0.0.1:8080/_emulator/\n\n"
            "To try it:\n\n"
            "  curl 'http://127.0.0.1:8080/taxes.json?api_key=demo-key'\n"
            "  export INVOICEXPRESS_ACCOUNT=demo INVOICEXPRESS_API_KEY=demo-key "
            "INVOICEXPRESS_BASE_URL=http://127.0.0.1:8080\n"
            "  invoicexpress-emulator requests --follow\n\n"
            "Ctrl-C stops it.\n"
        )

    def test_a_token_is_shown_only_if_it_was_made(self) -> None:
        def shown(first_line: dict[str, str | int]) -> str:
            return greeting(first_line, "", dashboard="http://x/_emulator/", needs_token=True)

        assert "\n  Token      abc\n" in shown({**FIRST_LINE, "control_token": "abc"})
        assert "\n  Token      the one that you gave\n" in shown(FIRST_LINE)

    def test_without_a_control_plane(self) -> None:
        text = greeting(FIRST_LINE, "", dashboard=None, needs_token=False)
        assert "Dashboard" not in text
        assert "requests" not in text

    def test_with_tls(self) -> None:
        text = greeting({**FIRST_LINE, "ca_file": "/a b.pem"}, "", dashboard=None, needs_token=False)
        assert "\n  curl --cacert '/a b.pem' 'http://127" in text

    def test_no_browser(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        threads: list[Any] = []

        class Now:
            """Works at once."""

            def __init__(self, target: Any, **options: Any) -> None:
                threads.append(target)
                self.start = target

        def none(url: str) -> bool:
            return False

        monkeypatch.setattr(threading, "Thread", Now)
        monkeypatch.setattr(webbrowser, "open", none)
        open_in_browser("http://x/")
        assert "open http://x/ yourself" in capsys.readouterr().err
        assert len(threads) == 1


class TestFrontPage:
    BROWSERS = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    def test_a_browser_is_led_to_the_dashboard(self, any_api: Any) -> None:
        root = str(any_api.http.base_url).rstrip("/")
        answer = httpx.get(root, headers={"Accept": self.BROWSERS})
        assert (answer.status_code, answer.headers["location"]) == (307, "/_emulator/")
        assert answer.headers["vary"] == "Accept"
        page = httpx.get(root, headers={"Accept": self.BROWSERS}, follow_redirects=True)
        assert page.headers["content-type"] == "text/html; charset=utf-8"

    def test_nothing_else_is(self, any_api: Any) -> None:
        root = str(any_api.http.base_url).rstrip("/")
        sentence = {"error": "GET / is not emulated."}
        for accepted in ("*/*", "application/json"):
            answer = httpx.get(root, headers={"Accept": accepted})
            assert (answer.status_code, answer.json()) == (501, sentence)
        assert httpx.post(root, headers={"Accept": self.BROWSERS}).status_code == 501
        assert httpx.get(f"{root}/nada", headers={"Accept": self.BROWSERS}).status_code == 501
        foreign = {"Accept": self.BROWSERS, "Host": "evil.example"}
        assert httpx.get(root, headers=foreign).status_code == 403

    def test_there_is_none_without_the_dashboard(self) -> None:
        with Emulator(control_plane=False) as server:
            assert httpx.get(server.base_url, headers={"Accept": self.BROWSERS}).status_code == 501
