"""The request log's content; its curl commands repeat the logged requests exactly."""

from __future__ import annotations

import json
import logging
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.http import curl
from invoicexpress_emulator.http.request_log import (
    MOST_ANSWERS,
    LineFormatter,
    LogEntry,
    RequestLog,
    without_key,
)

KEY: Final = "INVOICEXPRESS_API_KEY"

JSON: Final = "application/json"
NASTY: Final = "@'\"$(touch x)`id`\\n %s!\n\t€ é \u202e😀 </script>"


class Sent(NamedTuple):
    """A request. A text body is sent as is, any other as JSON."""

    method: str
    path: str
    query: Mapping[str, Any] = MappingProxyType({})
    body: Any = None
    media_type: str | None = JSON


def log_of(api: Any, **query: Any) -> Any:
    return api.get("/_emulator/requests", account=api.name, **query).json()["requests"]


def run(command: str, key: str) -> httpx.Response:
    """Run a command in a POSIX shell; return the answer and headers that curl prints."""
    done = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl --include ", 1)],
        env={"PATH": "/usr/bin:/bin", KEY: key},
        capture_output=True,
        timeout=30,
        check=True,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    status_line, *_ = head.decode("latin-1").split("\r\n")
    return httpx.Response(int(status_line.split()[1]), content=body)


def replayed(command: str, key: str) -> tuple[int, Any]:
    """Send a logged command: with curl, or, where curl is missing, by parsing it like a shell."""
    send = read_and_sent if shutil.which("curl") is None else run
    answer = send(command, key)
    try:
        return answer.status_code, answer.json()
    except ValueError:
        return answer.status_code, answer.content


def read_and_sent(command: str, key: str) -> httpx.Response:
    """A stand-in for curl, for commands whose body is an argument."""
    words = shlex.split(command.replace(f'"${KEY}"', shlex.quote(key)))
    options: dict[str, list[str]] = {}
    (name, *rest) = words
    assert name == "curl"
    url = ""
    while rest:
        word = rest.pop(0)
        if word in {"--request", "--header", "--data-raw"}:
            options.setdefault(word, []).append(rest.pop(0))
        elif not word.startswith("--"):
            url = word
    headers = dict(each.split(": ", 1) for each in options.get("--header", []) if ": " in each)
    (method,) = options.get("--request", ["GET"])
    (body,) = options.get("--data-raw", [""])
    return httpx.request(method, url, headers=headers, content=body.encode())


def shown(log: RequestLog, account: str | None) -> list[Any]:
    return [entry.shown(number) for number, entry in log.of_account(account)]


def alike(answer: tuple[int, Any]) -> tuple[int, str]:
    """An answer without ids, which differ between accounts."""
    status, body = answer
    text = json.dumps(body) if not isinstance(body, bytes) else body.decode()
    return status, "".join("#" if character.isdigit() else character for character in text)


class TestReplay:
    @pytest.mark.parametrize(
        "sent",
        [
            Sent("POST", "/clients.json", body={"client": {"name": NASTY, "code": "'\"$HOME"}}),
            Sent(
                "POST", "/clients.json", body={"client": {"name": "Zé"}}, media_type=f"{JSON}; charset=utf-8"
            ),
            Sent("POST", "/clients.json", body="@/etc/hostname"),
            Sent("POST", "/clients.json", body="não é JSON", media_type="text/plain"),
            Sent("POST", "/clients.json", body=None, media_type=None),
            Sent("GET", "/invoices.json", {"type[]": ["Invoice", "x y&z=é'"], "page": "1"}),
            Sent("GET", "/clients/find-by-name.json", {"client_name": "[a-z]{1}$x'"}),
            Sent("PUT", "/taxes/0.json", body={"tax": {"name": "'"}}),
            Sent("DELETE", "/items/0.json"),
        ],
    )
    def test_the_command_does_it_again(self, api: Any, other: Any, sent: Sent) -> None:
        content = (
            sent.body if isinstance(sent.body, str | None) else json.dumps(sent.body, ensure_ascii=False)
        )
        headers = {"Content-Type": sent.media_type} if sent.media_type else {}
        first = api.http.request(sent.method, sent.path, params=sent.query, content=content, headers=headers)
        (entry,) = log_of(api)
        command = entry["curl"]
        assert api.key not in command
        assert f'"${KEY}"' in command
        shown = alike((first.status_code, first.json() if first.text.strip() else first.content))
        assert alike(replayed(command, other.key)) == shown
        (again,) = log_of(other)
        for name in ("method", "path", "query", "body", "status", "operation"):
            assert again[name] == entry[name], name

    @pytest.mark.skipif(
        shutil.which("curl") is None, reason="a binary body goes through printf to curl itself"
    )
    @pytest.mark.parametrize("content", [bytes(range(256)) + b"%d %s \\0", b"-n \xff", b"\xff\n\n"])
    def test_a_body_of_any_bytes(self, api: Any, other: Any, content: bytes) -> None:
        headers = {"Content-Type": "application/json"}
        answer = api.http.post("/clients.json", content=content, headers=headers)
        (entry,) = log_of(api)
        assert (entry["body_binary"], entry["body_size"]) == (True, len(content))
        assert replayed(entry["curl"], other.key)[0] == answer.status_code
        (again,) = log_of(other)
        assert (again["body"], again["body_size"]) == (entry["body"], len(content))

    def test_without_a_key_none_is_added(self, api: Any) -> None:
        httpx.get(f"{api.http.base_url}/invoices.json?page=77")
        entries = api.get("/_emulator/requests", account="*").json()["requests"]
        (entry,) = (each for each in entries if each["query"] == "page=77")
        assert KEY not in entry["curl"]
        assert entry["account"] is None

    @given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.binary())
    def test_a_shell_reads_what_was_sent(self, text: str, content: bytes) -> None:
        """Every word survives the shell's quoting unchanged."""
        url = "http://127.0.0.1:1/x?a=1"
        command = curl.command(
            method="POST", url=url, needs_key=False, headers={"X": text}, body=(text or "-").encode()
        )
        words = shlex.split(command)
        assert words[-2:] == ["--data-raw", text or "-"]
        assert f"X: {text}" in words
        assert url in words
        piped = curl.command(method="POST", url=url, needs_key=False, headers={}, body=content + b"\0")
        (printf, octal, bar, *_) = shlex.split(piped)
        assert (printf, bar) == ("printf", "|")
        assert octal.encode("ascii").decode("unicode_escape").encode("latin-1") == content + b"\0"


class TestWhatIsKept:
    def test_a_long_body_is_cut_and_says_so(self, api: Any) -> None:
        api.post("/clients.json", {"client": {"name": "é" * 40_000}})
        (entry,) = log_of(api)
        assert entry["body_truncated"]
        assert entry["body_size"] > 80_000
        assert len(entry["body"].encode()) <= 65_536 + len("\ufffd".encode())
        assert not entry["body_binary"]
        assert entry["curl"] is None

    def test_a_body_that_is_too_large_is_none_to_replay(self, api: Any) -> None:
        content, headers = b"x" * (3 * 2**20), {"Content-Type": JSON}
        httpx.post(f"{api.http.base_url}/clients.json", content=content, headers=headers)
        entries = api.get("/_emulator/requests", account="*", status=413).json()["requests"]
        entry = entries[-1]
        assert (entry["body"], entry["body_truncated"], entry["curl"]) == ("", True, None)
        assert entry["body_size"] > 2 * 2**20

    @pytest.mark.parametrize(("size", "is_cut"), [(65_536, False), (65_537, True)])
    def test_where_it_is_cut(self, size: int, is_cut: bool) -> None:
        log = RequestLog()
        log.add(LogEntry("POST", "/", "", account="a", body=b"x" * size))
        (entry,) = shown(log, "a")
        assert (entry["body_size"], entry["body_truncated"], entry["curl"] is None) == (size, is_cut, is_cut)

    @pytest.mark.parametrize("before", range(4))
    def test_a_character_that_is_cut_is_no_binary(self, before: int) -> None:
        log = RequestLog()
        log.add(LogEntry("POST", "/", "", account="a", body=b"x" * before + "😀".encode() * 20_000))
        (entry,) = shown(log, "a")
        assert entry["body_truncated"]
        assert not entry["body_binary"]

    def test_filters(self, api: Any) -> None:
        invoice = api.create()
        api.read(invoice)
        api.get("/invoices/0.json")
        api.get("/invoices.json")

        def operations(**query: Any) -> list[str]:
            return [entry["operation"] for entry in log_of(api, **query)]

        assert operations() == ["createInvoice", "getInvoice", "getInvoice", "listInvoices"]
        assert operations(operation="getInvoice") == ["getInvoice"] * 2
        assert operations(operation="getDocument") == ["getInvoice"] * 2
        assert operations(operation="*", status=404) == ["getInvoice"]
        assert operations(limit=2) == ["getInvoice", "listInvoices"]
        second = log_of(api)[1]["number"]
        assert operations(since=second) == ["getInvoice", "listInvoices"]
        assert operations(since=second, limit=1, status=200) == ["listInvoices"]

    @pytest.mark.parametrize(
        ("query", "status"),
        [({"operation": "nada"}, 400), ({"status": "x"}, 422), ({"status": 0}, 422), ({"limit": 0}, 422),
         ({"limit": 1001}, 422), ({"since": -1}, 422)],
    )  # read by rows # fmt: skip
    def test_filters_that_are_none(self, api: Any, query: Any, status: int) -> None:
        assert api.get("/_emulator/requests", **query).status_code == status

    def test_who_watches_is_not_seen(self, api: Any) -> None:
        """Otherwise a dashboard that polls every second would push all other requests out of the log."""
        api.get("/taxes.json")
        before = api.get("/_emulator/requests", account="*").json()["requests"][-1]["number"]
        for _ in range(3):
            api.get("/_emulator/documents", account=api.name)
        api.control("config", pdf="immediate")
        entries = api.get("/_emulator/requests", account="*").json()["requests"]
        assert not [entry for entry in entries if entry["path"].startswith("/_emulator/")]
        mine = [entry["number"] for entry in entries if entry["account"] == api.name]
        assert mine == [before]

    @given(st.lists(st.sampled_from(["a=1", "api_key=k", "api%5Fkey=k", "x=%FF", "b=%26x%3D1", "", "y"])))
    def test_the_key_goes_and_the_rest_stays(self, parts: list[str]) -> None:
        kept = [part for part in parts if part and not part.startswith(("api_key", "api%5F"))]
        assert without_key("&".join(parts).encode()) == "&".join(kept)


class TestAnswers:
    def test_headers_and_body_are_kept_without_secrets(self, api: Any) -> None:
        invoice = api.create()
        read = api.get(f"/invoices/{invoice['id']}.json")
        (*_, entry) = log_of(api)
        answer = entry["answer"]
        shown = json.loads(answer["body"])["invoice"]
        token = invoice["permalink"].rpartition("/")[2]
        assert {**invoice, "permalink": invoice["permalink"].replace(token, "...")} == shown
        assert answer["body_size"] == len(read.content)
        assert (answer["body_truncated"], answer["body_binary"]) == (False, False)
        assert answer["headers"]["etag"] == read.headers["etag"]
        cookie = read.headers["set-cookie"].partition("=")[2].partition(";")[0]
        assert answer["headers"]["set-cookie"].startswith("_invoicexpress_emulator_session=...; ")
        assert cookie not in json.dumps(entry)

    def test_a_key_is_masked_wherever_an_answer_has_it(self, api: Any) -> None:
        body = {"api_key": "novo-segredo-1", "echo": f"a {api.key} b", "password": "p"}
        api.control("faults", operation="listTaxes", effect={"status": 200, "body": body,
                    "headers": {"Location": f"/x?api_key={api.key}"}})  # fmt: skip
        api.get("/taxes.json")
        (entry,) = log_of(api)
        assert json.loads(entry["answer"]["body"]) == {"api_key": "...", "echo": "a ... b", "password": "..."}
        assert entry["answer"]["headers"]["location"] == "/x?api_key=..."

    def test_what_a_fault_sends_is_what_is_kept(self, api: Any) -> None:
        for effect in ({"truncate": 7}, {"reset": "after"}):
            api.control("faults", operation="listTaxes", effect=effect)
            with pytest.raises(httpx.HTTPError):
                api.get("/taxes.json")
        cut, reset = log_of(api)
        assert (cut["answer"]["body"], cut["answer"]["body_size"]) == ('{"taxes', 7)
        assert (reset["status"], reset["answer"]) == (0, None)

    def test_the_answer_to_a_head_has_no_body(self, api: Any) -> None:
        api.http.head("/taxes.json")
        (entry,) = log_of(api)
        assert (entry["answer"]["body"], entry["answer"]["body_size"]) == ("", 0)

    def test_a_file_is_binary_and_not_shown(self, api: Any) -> None:
        invoice = api.create()
        assert httpx.get(invoice["permalink"]).content.startswith(b"%PDF")
        entries = api.get("/_emulator/requests", account="*", limit=1).json()["requests"]
        answer = entries[-1]["answer"]
        assert (answer["body"], answer["body_binary"]) == ("", True)
        assert answer["body_size"] > 1000

    def test_a_long_answer_is_cut_before_a_link(self) -> None:
        entry = LogEntry("GET", "/", "", status=200)
        for part in (b"x" * 65_530, b"/abcdef0123456789", b"more"):
            entry.keep(part)
        answer: Any = entry.shown(1)["answer"]
        assert (answer["body"], answer["body_truncated"]) == ("x" * 65_530 + "/", True)
        assert answer["body_size"] == 65_530 + 17 + 4

    def test_all_answers_together_have_a_bound(self) -> None:
        log = RequestLog()
        for number in range(1, 1200):
            entry = LogEntry("GET", f"/{number}", "", account="a" if number % 2 else "b", status=200)
            entry.keep(b"x" * 32 * 1024)
            log.add(entry)
        kept = [len(entry.answer) for _, entry in log.of_account(None)]
        assert len(kept) == 1000
        assert sum(kept) == MOST_ANSWERS
        assert kept[-512:] == [32 * 1024] * 512
        oldest: Any = log.of_account(None)[0][1].shown(1)["answer"]
        assert (oldest["body"], oldest["body_size"], oldest["body_truncated"]) == ("", 32 * 1024, True)
        log.clear("a")
        for _ in range(300):
            entry = LogEntry("GET", "/", "", account="c", status=200)
            entry.keep(b"y" * 32 * 1024)
            log.add(entry)
        assert sum(len(entry.answer) for _, entry in log.of_account(None)) == MOST_ANSWERS

    def test_requests_of_a_document(self, api: Any) -> None:
        first, second = api.issue(), api.issue()
        receipt = api.pay(first, "1").json()["receipt"]
        api.get(f"/api/pdf/{first['id']}.json")
        api.get(f"/clients/{first['client']['id']}.json")

        def operations(document: Any) -> list[str]:
            return [entry["operation"] for entry in log_of(api, document=document["id"])]

        assert operations(first) == ["createInvoice", "changeInvoiceState", "generatePayment", "generatePdf"]
        assert operations(second) == ["createInvoice", "changeInvoiceState"]
        assert operations(receipt) == ["generatePayment"]
        assert log_of(api, document=receipt["id"])[0]["document_ids"] == [first["id"], receipt["id"]]


class TestPython:
    """tests/contract/test_every_operation.py runs the code of every operation."""

    def test_values_have_the_types_that_the_client_takes(self, api: Any) -> None:
        line = {"name": NASTY, "unit_price": 2.50, "quantity": "3"}
        fields = {
            "date": "29/11/2026",
            "client": {"name": "Zé", "code": "7"},
            "items": [line],
            "reference": "10",
        }
        api.post("/invoices.json", {"invoice": fields, "proprietary_uid": "u1"})
        api.get(
            "/invoices.json", **{"type[]": "Receipt", "date[from]": "01/01/2026", "page": 2, "per_page": 5}
        )
        create, listed = (entry["python"] for entry in log_of(api))
        compile(create, "create", "exec")
        assert f'"name": {NASTY!r}' in create
        for part in (
            "from datetime import date\n",
            "date=date(2026, 11, 29)",
            '"code": "7"',
            'reference="10"',
            'Decimal("2.5")',
            'Decimal("3")',
            'proprietary_uid="u1"',
        ):
            assert part in create, part
        assert "ix.receipts.list(date_from=date(2026, 1, 1), per_page=5)" in listed
        assert api.key not in create

    def test_a_request_that_the_client_cannot_make_has_none(self, api: Any) -> None:
        api.post("/clients.json", {"client": {"name": "Ana", "nif": "1"}})
        api.http.post("/clients.json", content=b"no JSON", headers={"Content-Type": JSON})
        api.http.put("/invoices/1/change-state.json", json={"invoice": {"state": "lost"}})
        api.http.get("/nothing.json")
        assert [entry["python"] for entry in log_of(api)] == [None] * len(log_of(api))


def test_the_access_log_has_a_remark_once_for_an_account(caplog: pytest.LogCaptureFixture) -> None:
    log = RequestLog()
    for account in ("a", "a", "b", None):
        log.add(LogEntry("GET", "/taxes.json", "", account=account, remarks=("Mind the gap.",)))
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert said == ["GET /taxes.json: Mind the gap."] * 3
    assert [entry["remarks"] for entry in shown(log, None)] == [["Mind the gap."]] * 4


@given(st.lists(st.floats(0, 2**32), min_size=1, max_size=4))
def test_the_time_of_a_line_is_written_as_the_library_writes_it(moments: list[float]) -> None:
    """Also for two lines of one second, and for a clock that is put back."""
    form = "%(asctime)s %(message)s"
    ours, theirs = LineFormatter(form), logging.Formatter(form)
    for moment in [each + more for each in (*moments, moments[0]) for more in (0, 0.25)]:
        record = logging.LogRecord("a", logging.INFO, "", 0, "line", None, None)
        record.created, record.msecs = moment, moment % 1 * 1000
        assert ours.format(record) == theirs.format(record)
