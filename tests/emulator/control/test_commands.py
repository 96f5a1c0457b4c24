"""The commands for a running emulator, on a terminal and into a pipe, and what bad input gets."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator import __main__ as command
from invoicexpress_emulator.control_client import Control
from invoicexpress_emulator.control_client.command_line import COMMANDS, arguments, output, values

from tests.folded import folded

PAGE: Final = Path(__file__).parents[3] / "docs" / "emulator.md"
INVOICE: Final = {"invoice": {"client": {"name": "Ana"}, "items": [{"name": "i", "unit_price": "10"}]}}
MAIL: Final = {
    "message": {"client": {"email": "ana@example.com"}, "subject": "A \x1b[31mfatura", "body": "Olá"}
}


class Ran:
    """What a command printed, and its exit status."""

    def __init__(self, status: int, out: str, errors: str) -> None:
        self.status = status
        self.out = out
        self.errors = errors

    @property
    def objects(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> Any:
        (only,) = self.objects
        return only


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Generator[Callable[[], str]]:
    """Make standard output a terminal; yield a function that ends it and returns what was printed."""
    master, slave = pty.openpty()
    read: list[bytes] = []

    def drain() -> None:
        while True:
            try:
                piece = os.read(master, 65_536)
            except OSError:  # the other end is closed
                return
            if not piece:
                return
            read.append(piece)

    reader = threading.Thread(target=drain)
    reader.start()
    with monkeypatch.context() as patched, os.fdopen(slave, "w") as stdout:
        patched.setattr("sys.stdout", stdout)
        patched.setenv("COLUMNS", "100")
        patched.setenv("TERM", "xterm")
        patched.delenv("NO_COLOR", raising=False)

        def end() -> str:
            stdout.close()
            reader.join(10)
            return b"".join(read).decode().replace("\r\n", "\n")

        yield end
    reader.join(10)
    os.close(master)


@pytest.fixture(scope="module", params=["observed", "documented"])
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with Emulator(profile=request.param) as made:
        yield made


@pytest.fixture
def control(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Control:
    """The control plane of an emptied emulator, which the commands find by themselves."""
    monkeypatch.setenv(arguments.URL_VARIABLE, emulator.base_url)
    emulator.control.reset(all_accounts=True)
    return emulator.control


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(line: str, *more: str) -> Ran:
        capsys.readouterr()
        try:
            status = command.main([*line.split(), *more])
        except SystemExit as ended:
            status = int(str(ended.code))
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return ran


@pytest.fixture
def run_on_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    def ran(line: str, *more: str) -> Ran:
        with terminal(monkeypatch) as end:
            status = command.main([*line.split(), *more])
            out = end()
        return Ran(status, out, capsys.readouterr().err)

    return ran


def call(emulator: Emulator, method: str, path: str, body: Any = None) -> httpx.Response:
    return httpx.request(method, f"{emulator.base_url}{path}", params={"api_key": "demo-key"}, json=body)


def mailed(emulator: Emulator) -> int:
    """Make a draft, mail it, and return its id."""
    made = call(emulator, "POST", "/invoices.json", INVOICE).json()["invoice"]["id"]
    assert call(emulator, "PUT", f"/invoices/{made}/email-document.json", MAIL).status_code == 200
    return int(made)


def test_the_help_of_the_command_names_the_commands() -> None:
    assert command.REMOTE.keys() == COMMANDS.keys()


def test_the_commands_of_the_page_run(
    emulator: Emulator, control: Control, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "|".join(COMMANDS)
    lines = re.findall(rf"^invoicexpress-emulator ((?:{names}) .+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {line.split()[0] for line in lines} == COMMANDS.keys()

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    def seed(self: Control, seed: int) -> dict[str, int]:
        return {"documents": seed}

    monkeypatch.setattr(time, "sleep", interrupted)
    monkeypatch.setattr(Control, "seed", seed)
    monkeypatch.chdir(tmp_path)
    for each in control.snapshots():
        control.delete_snapshot(each.name)
    for _ in range(3):
        mailed(emulator)
    for line in lines:
        ran = run(*shlex.split(line, comments=True))
        assert (ran.status, ran.errors) == (0, ""), line


class TestReset:
    def test_an_account(self, emulator: Emulator, control: Control, run: Any, run_on_terminal: Any) -> None:
        call(emulator, "POST", "/invoices.json", INVOICE)
        assert run("reset").object == {"reset": ["demo"]}
        assert control.documents() == []
        assert run_on_terminal("reset").out == "demo is empty.\n"

    def test_every_account(self, control: Control, run: Any) -> None:
        if "loja" not in {each.name for each in control.accounts()}:
            control.create_account("loja")
        assert run("reset --all").object == {"reset": ["demo", "loja"]}
        assert run("reset --account loja").object == {"reset": ["loja"]}

    def test_then_the_company(self, control: Control, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[int] = []

        def seed(self: Control, seed: int) -> dict[str, int]:
            asked.append(seed)
            return {"documents": 590}

        monkeypatch.setattr(Control, "seed", seed)
        assert run("reset --company").object == {"reset": ["demo"], "company": {"documents": 590}}
        assert "590 documents" in run("reset --company-seed 7 --text").out
        assert asked == [0, 7]


class TestClock:
    def test_its_life(self, control: Control, run: Any, run_on_terminal: Any) -> None:
        assert run("clock").object["frozen"] is False
        frozen = run("clock freeze", "2026-11-21", "09:30").object
        assert frozen == {"now": "2026-11-21T09:30:00+00:00", "frozen": True}
        assert run("clock advance 1d12h").object["now"] == "2026-11-22T21:30:00+00:00"
        assert run("clock back 90").object["now"] == "2026-11-22T21:28:30+00:00"
        assert run("clock set 2026-07-01").object["now"] == "2026-07-01T00:00:00+01:00"
        assert run_on_terminal("clock show").out == "Wed 2026-07-01 00:00:00 in Lisbon, frozen\n"
        assert run("clock thaw").object["frozen"] is False
        assert control.clock.now().date().isoformat() == "2026-07-01"

    def test_reset_is_the_real_time(self, control: Control, run: Any) -> None:
        for before in ("clock set 2020-01-01", "clock freeze 2020-01-01"):
            run(before)
            earliest = datetime.now(UTC)
            now = run("clock reset").object
            assert now["frozen"] is False
            assert earliest <= datetime.fromisoformat(now["now"]) <= datetime.now(UTC)

    def test_an_option_may_stand_before_the_action(self, control: Control, run: Any) -> None:
        control.create_account(name := f"conta-{control.health().profile}")
        assert run(f"clock --account {name} freeze 2026-01-02").status == 0
        assert run(f"clock freeze 2026-01-03 --account {name}").status == 0
        assert control.of(name).clock.now().isoformat() == "2026-01-03T00:00:00+00:00"
        assert control.clock.read().frozen is False


EFFECTS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "--status 503": ({"status": 503, "body": "", "headers": {}, "applied": False}, "status 503"),
    "--status 429 --header Retry-After:5 --body x --applied": (
        {"status": 429, "body": "x", "headers": {"Retry-After": "5"}, "applied": True},
        "status 429, carried out",
    ),
    "--html": ({"html": True, "headers": {}, "applied": True}, "HTML page"),
    "--html --status 502 --no-applied": (
        {"html": True, "status": 502, "headers": {}, "applied": False},
        "HTML page with 502, not carried out",
    ),
    "--delay 1m": ({"delay": 60.0}, "delay of 1m"),
    "--reset after": ({"reset": "after"}, "reset after it is carried out"),
    "--commit-late": ({"commit": "late", "seconds": 2.0}, "reset at once, carried out 2s later"),
    "--commit-late 0.5s": ({"commit": "late", "seconds": 0.5}, "reset at once, carried out 0.5s later"),
    "--truncate 10": ({"truncate": 10}, "answer cut after 10 bytes"),
}


class TestFault:
    @folded("case", EFFECTS.items())
    def test_each_effect(self, emulator: Emulator, control: Control, run: Any, case: Any) -> None:
        options, (effect, text) = case
        number = run(f"fault arm createInvoice {options}").object["id"]
        (made,) = control.faults.registered()
        assert (made.id, made.operation, made.effect, made.times) == (number, "createInvoice", effect, 1)
        assert run("fault --text").out.splitlines()[1].endswith(text)
        assert run(f"fault clear {number}").object == {"cleared": 1}

    def test_when(self, control: Control, run: Any, run_on_terminal: Any) -> None:
        armed = run_on_terminal("fault arm * --reset before --nth 3 --forever --all").out
        said = "*, without limit: reset before it is carried out, from request 3 on"
        assert armed == f"Fault {control.faults.registered()[0].id} is armed: {said}.\n"
        run("fault arm listTaxes --reset before --probability 0.5 --seed 4 --times 2")
        everywhere, by_chance = run("fault").objects
        assert (everywhere["account"], everywhere["when"], everywhere["times"]) == ("*", {"nth": 3}, None)
        assert (by_chance["when"], by_chance["times"]) == ({"probability": 0.5, "seed": 4}, 2)
        assert run("fault clear").object == {"cleared": 1}
        assert run_on_terminal("fault clear --all").out == "1 fault cleared.\n"
        assert run_on_terminal("fault").out == "No fault is armed.\n"

    def test_it_fires(self, emulator: Emulator, control: Control, run: Any, run_on_terminal: Any) -> None:
        run("fault arm listTaxes --status 503")
        assert call(emulator, "GET", "/taxes.json").status_code == 503
        head, row = run_on_terminal("fault").out.splitlines()
        assert head.strip("\x1b[02m").split() == ["Fault", "Account", "Operation", "Fired", "Effect"]
        assert row.split() == [row.split()[0], "demo", "listTaxes", "1", "of", "1", "status", "503"]

    def test_the_names_of_operations(self, control: Control, run: Any) -> None:
        names = run("fault operations --text").out.splitlines()
        assert {"createInvoice", "listTaxes"} <= set(names)
        assert "*" not in names


class TestRequests:
    def test_the_last_ones(
        self, emulator: Emulator, control: Control, run: Any, run_on_terminal: Any
    ) -> None:
        assert run_on_terminal("requests").out == "No request yet.\n"
        assert run("requests").objects == []
        call(emulator, "GET", "/taxes.json")
        call(emulator, "POST", "/invoices.json", {"invoice": {"bogus": "1"}})
        listed, refused = run("requests").objects
        assert (listed["operation"], listed["status"]) == ("listTaxes", 200)
        assert (refused["operation"], refused["unknown_fields"]) == ("createInvoice", ["invoice.bogus"])
        assert [each["number"] for each in run("requests --last 1").objects] == [refused["number"]]
        assert [each["number"] for each in run("requests --operation listTaxes").objects] == [
            listed["number"]
        ]
        assert run("requests --status 404").objects == []
        head, good, bad, note = run_on_terminal("requests").out.splitlines()
        assert head == "\x1b[2mNumber  Time      Status      ms  Operation               Request\x1b[0m"
        assert good.endswith("  listTaxes               GET /taxes.json")
        assert bad.startswith("\x1b[31m")
        assert bad.endswith("POST /invoices.json\x1b[0m")
        assert note == "\x1b[2m    Unknown fields: invoice.bogus\x1b[0m"

    def test_a_long_request_keeps_to_its_line(
        self, emulator: Emulator, control: Control, run_on_terminal: Any
    ) -> None:
        call(emulator, "GET", f"/{'nada' * 50}")
        row = run_on_terminal("requests --all").out.splitlines()[-1].removeprefix("\x1b[31m")
        assert len(row.removesuffix("\x1b[0m")) == 100
        assert row.removesuffix("\x1b[0m").endswith("nada…")

    def test_follow_until_interrupted(
        self,
        emulator: Emulator,
        control: Control,
        run: Any,
        run_on_terminal: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Each wait stands for the user: a request, another, then Ctrl-C."""
        call(emulator, "GET", "/taxes.json")

        def user() -> Iterator[None]:
            yield None
            call(emulator, "GET", "/items.json")
            yield None
            call(emulator, "GET", "/sequences.json")
            yield None
            raise KeyboardInterrupt

        def follow(with_terminal: bool, line: str) -> Ran:
            acts = user()
            next(acts)

            def wait(seconds: float) -> None:
                next(acts)

            monkeypatch.setattr(time, "sleep", wait)
            ran: Ran = run_on_terminal(line) if with_terminal else run(line)
            return ran

        shown = follow(True, "requests -f")
        assert [line.split()[-1] for line in shown.out.splitlines()[1:]] == [
            "/taxes.json",
            "/items.json",
            "/sequences.json",
        ]
        assert (shown.status, shown.errors) == (0, "")
        piped = follow(False, "requests --follow --last 0")
        assert [each["path"] for each in piped.objects] == ["/items.json", "/sequences.json"]
        assert (piped.status, piped.errors) == (0, "")


class TestSnapshot:
    def test_its_life(self, emulator: Emulator, control: Control, run: Any, run_on_terminal: Any) -> None:
        for each in control.snapshots():
            control.delete_snapshot(each.name)
        assert run_on_terminal("snapshot").out.startswith("No snapshot yet")
        assert run("snapshot save antes").object == {"name": "antes"}
        call(emulator, "POST", "/invoices.json", INVOICE)
        assert run_on_terminal("snapshot save").out == "demo is kept as snapshot-1.\n"
        taken = run("snapshot save antes")
        assert (taken.status, taken.out) == (1, "")
        assert "add --replace" in taken.errors
        assert [(each["name"], each["documents"]) for each in run("snapshot list").objects] == [
            ("antes", 0),
            ("snapshot-1", 1),
        ]
        assert run_on_terminal("snapshot").out.splitlines()[1].split()[0] == "antes"
        assert run_on_terminal("snapshot restore antes").out == "demo is as it was at antes.\n"
        assert control.documents() == []
        assert run("snapshot save snapshot-1 --replace").status == 0
        assert run("snapshot delete snapshot-1").object == {"deleted": "snapshot-1"}
        unknown = run("snapshot restore snapshot-1")
        assert (unknown.status, unknown.errors) == (
            1,
            "invoicexpress-emulator: demo has no snapshot 'snapshot-1'. There are: antes.\n",
        )


class TestMail:
    def test_list_and_show(
        self, emulator: Emulator, control: Control, run: Any, run_on_terminal: Any
    ) -> None:
        assert run_on_terminal("mail").out == "No mail yet.\n"
        document = mailed(emulator)
        listed = run("mail").object
        assert (listed["to"], listed["document_id"]) == ("ana@example.com", document)
        shown = run_on_terminal("mail").out
        assert "ana@example.com  " in shown
        assert "A ?[31mfatura" in shown, "the subject steers the terminal"
        assert run(f"mail show {listed['id']}").object == listed
        assert run_on_terminal(f"mail show {listed['id']}").out.endswith("\n\nOlá\n")
        assert "`invoicexpress-emulator mail` lists them" in run("mail show 99").errors

    def test_save(
        self, emulator: Emulator, control: Control, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = mailed(emulator)
        monkeypatch.chdir(tmp_path)
        number = run("mail").object["id"]
        file = Path(f"Invoice-{document}.pdf")
        assert run(f"mail save {number}").object == {"file": str(file), "bytes": file.stat().st_size}
        assert file.read_bytes().startswith(b"%PDF-")
        assert run(f"mail save {number}").status == 1
        assert run(f"mail save {number} --force").status == 0
        nowhere = run(f"mail save {number} --output nada/x.pdf")
        assert (nowhere.status, nowhere.errors) == (
            1,
            "invoicexpress-emulator: nada/x.pdf cannot be written: No such file or directory. "
            "Choose one with --output.\n",
        )

    def test_a_deleted_document_has_none(self, emulator: Emulator, control: Control, run: Any) -> None:
        document = mailed(emulator)
        change = {"invoice": {"state": "deleted"}}
        assert call(emulator, "PUT", f"/invoices/{document}/change-state.json", change).status_code == 200
        refused = run(f"mail save {run('mail').object['id']} --output x.pdf")
        assert (refused.status, "is deleted, so it has no PDF" in refused.errors) == (1, True)

    def test_of_another_account(self, emulator: Emulator, control: Control) -> None:
        mailed(emulator)
        (mail,) = control.outbox()
        control.create_account(name := f"outra-{control.health().profile}")
        sent = {"account": name}
        answer = httpx.get(f"{emulator.base_url}/_emulator/outbox/{mail.id}/pdf", params=sent)
        assert answer.status_code == 404
        assert httpx.get(
            f"{emulator.base_url}/_emulator/outbox/{mail.id}/pdf", params={"account": "*"}
        ).is_error


BAD: Final = {
    "clock set yesterday": (2, "write 2026-11-21 09:30"),
    "clock advance tomorrow": (2, "write 30s, 5m"),
    "clock advance 99999999999w": (2, "is too long"),
    "clock nada": (2, "choose from"),
    "clock set 9999-12-31T23:59 --account nada": (1, "no account 'nada'. There are: demo"),
    "fault arm createinvoce --reset after": (2, "Did you mean createInvoice?"),
    "fault arm zzzz --reset after": (2, "`invoicexpress-emulator fault operations` lists all"),
    "fault arm createInvoice": (2, "Give one effect"),
    "fault arm createInvoice --reset after --delay 1s": (2, "Give one effect"),
    "fault arm createInvoice --reset after --body x": (2, "--body goes with --status or --html"),
    "fault arm createInvoice --html --body x": (2, "--html has a body of its own"),
    "fault arm createInvoice --html --nth 2 --probability 1": (2, "--nth and --probability exclude"),
    "fault arm createInvoice --html --times 2 --forever": (2, "--forever and --times exclude"),
    "fault arm createInvoice --html --seed 1": (2, "give --probability too"),
    "fault arm createInvoice --html --probability 2": (2, "from 0 to 1"),
    "fault arm createInvoice --html --header x": (2, "write 'Retry-After: 5'"),
    "fault arm createInvoice --delay 1w": (2, "a request waits 1h at most"),
    "fault clear 99": (1, "`invoicexpress-emulator fault --all` lists them"),
    "requests --operation listTax": (2, "Did you mean listTaxes?"),
    "requests --last x": (2, "from 0 to 1000"),
    "requests --json --text": (2, "not allowed with"),
    "mail save x": (2, "not a whole number"),
    "snapshot restore": (2, "required: NAME"),
    "reset --url nonsense": (2, "is not an emulator's address"),
    "reset --url http://[::1": (2, "is not an emulator's address"),
    "reset --url http://127.0.0.1:x": (2, "is not an emulator's address"),
    "reset --ca-file nada.pem --url https://127.0.0.1": (2, "nada.pem holds no certificate"),
    "--company reset": (2, "reset does not take --company before its name"),
    "--open --no-control-plane": (2, "--open needs the dashboard"),
    "--company-seed -1": (2, "is not a seed"),
}


@folded("case", BAD.items())
def test_bad_input_is_a_sentence(control: Control, run: Any, case: Any) -> None:
    line, (status, sentence) = case
    ran = run(line)
    assert (ran.status, ran.out) == (status, "")
    assert sentence in ran.errors
    assert "Traceback" not in ran.errors


class Stranger:
    """A server that answers every connection with the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    @contextmanager
    def running(self) -> Generator[str]:
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def serve() -> None:
                while True:
                    try:
                        connection, _ = listener.accept()
                    except OSError:
                        return
                    with connection:
                        connection.recv(65_536)
                        connection.sendall(self._answer)

            thread = threading.Thread(target=serve)
            thread.start()
            yield f"127.0.0.1:{listener.getsockname()[1]}"
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


STRANGERS: Final = {
    "json": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", "http", 1, "is no emulator"),
    "page": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "http", 1, "is no emulator"),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", "http", 1, "is no emulator"),
    "plain HTTP": (b"HTTP/1.1 400 Bad Request\r\n\r\n", "https", 1, "does not speak HTTPS"),
    "closes": (b"", "http", 75, "Nothing answers at"),
}


@folded("case", STRANGERS.items())
def test_what_is_no_emulator(run: Any, case: Any) -> None:
    _, (answer, scheme, status, sentence) = case
    with Stranger(answer).running() as address:
        ran = run(f"reset --url {scheme}://{address}")
    assert (ran.status, ran.out) == (status, "")
    assert sentence in ran.errors
    assert "Traceback" not in ran.errors


def test_nothing_listens(run: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    ran = run(f"clock --url http://127.0.0.1:{port}")
    assert ran.status == 75
    assert "start one with `invoicexpress-emulator`" in ran.errors


def test_no_control_plane(run: Any) -> None:
    with Emulator(control_plane=False) as server:
        ran = run(f"clock --url {server.base_url}")
    assert (ran.status, "has no control plane" in ran.errors) == (1, True)


def test_the_certificate(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Emulator(tls=True) as server:
        monkeypatch.chdir(tmp_path)
        ran = run(f"clock --url {server.base_url}")
        assert (ran.status, "with --ca-file" in ran.errors) == (1, True)
        assert run(f"clock --url {server.base_url} --ca-file {server.ca_file}").status == 0
        Path("invoicexpress-emulator-ca.pem").write_bytes(server.ca_file.read_bytes())
        assert run(f"clock --url {server.base_url}/_emulator/").status == 0, "the usual file is not found"


class TestValues:
    @folded("case", [("90", 90), ("5m", 300), ("1d12h", 129_600), ("0.5s", 0.5), ("2w", 1_209_600), ("0", 0)])
    def test_spans(self, case: Any) -> None:
        text, seconds = case
        assert values.span(text) == timedelta(seconds=seconds)
        assert values.span(values.span_text(seconds)) == timedelta(seconds=seconds)

    def test_widths(self) -> None:
        assert [output.width_of(text) for text in ("abc", "ação", "日本", "e\u0301")] == [3, 4, 4, 1]
