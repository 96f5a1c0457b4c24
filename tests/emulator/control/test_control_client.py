"""The typed client of the control plane: each method against the emulator, and all of them against its
document.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints
from urllib.parse import quote, urlencode

import httpx
import pytest
from invoicexpress_emulator import Emulator, control_client
from invoicexpress_emulator.books.accounts.settings import Readiness, Settings
from invoicexpress_emulator.control import plane
from invoicexpress_emulator.control_client import (
    CommitLate,
    Control,
    ControlRefused,
    Delay,
    Effect,
    FaultNotFired,
    HtmlPage,
    OperationName,
    Reset,
    Respond,
    SettingChanges,
    Truncate,
)
from invoicexpress_emulator.control_client.connection import Ask, Connection, Sent, Sink
from invoicexpress_emulator.faults.effects import EFFECT_KEYS

from tests.emulator.support import operation_names
from tests.emulator.support.control_document import (
    complaints_of_answer,
    complaints_of_request,
    described,
    document,
    find,
)

NOON: Final = datetime(2026, 6, 30, 12)  # noqa: DTZ001 - Lisbon's, since it says no zone


@pytest.fixture
def control(any_api: Any) -> Control:
    """The control plane client for the test's account."""
    return Control(str(any_api.http.base_url), account=any_api.name)


class TestAccounts:
    def test_health(self, control: Control) -> None:
        health = control.health()
        assert (health.status, health.seed) == ("ok", 0)
        assert health.profile in {"observed", "documented"}

    def test_an_account_is_made_and_listed(self, any_api: Any, control: Control) -> None:
        made = control.create_account(
            f"{any_api.name}-x", api_key=f"k-{any_api.name}", trial=True, partner=False
        )
        assert (made.name, made.api_key) == (f"{any_api.name}-x", f"k-{any_api.name}")
        (listed,) = (each for each in control.accounts() if each.id == made.id)
        assert (listed.name, listed.state, listed.trial, listed.partner) == (made.name, "active", True, False)

    def test_a_refusal_says_status_and_sentence(self, control: Control) -> None:
        with pytest.raises(ControlRefused) as refused:
            control.create_account("demo")
        assert refused.value.status == 422
        assert refused.value.sentence == "there is an account 'demo' already, or another with this key."
        assert str(refused.value) == f"422: {refused.value.sentence}"

    def test_another_account(self, any_api: Any, control: Control) -> None:
        name = control.create_account(f"{any_api.name}-x").name
        control.of(name).clock.freeze(NOON)
        assert control.of(name).clock.read().frozen
        assert control.of(name).config.read() == Settings()
        assert control.of(name).account == name
        assert not control.clock.read().frozen
        with pytest.raises(ControlRefused, match="404: There is no account 'ninguem'"):
            control.of("ninguem").clock.now()

    def test_reset(self, any_api: Any, control: Control) -> None:
        any_api.issue()
        assert control.reset() == [any_api.name]
        assert control.documents() == []

    def test_reset_of_all(self) -> None:
        with Emulator() as emulator:
            emulator.control.create_account("acme")
            assert emulator.control.reset(all_accounts=True) == ["demo", "acme"]


class TestClockAndConfig:
    def test_set_advance_freeze_thaw(self, control: Control) -> None:
        assert control.clock.freeze(NOON).isoformat() == "2026-06-30T12:00:00+01:00"
        assert (
            control.clock.advance(timedelta(days=-1, minutes=30)).isoformat() == "2026-06-29T12:30:00+01:00"
        )
        assert control.clock.set(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 1, tzinfo=UTC)
        assert control.clock.read().frozen
        assert timedelta() <= control.clock.thaw() - datetime(2026, 1, 1, tzinfo=UTC) < timedelta(seconds=30)
        assert not control.clock.read().frozen
        assert control.clock.freeze() == control.clock.now()

    def test_a_time_that_is_none(self, control: Control) -> None:
        with pytest.raises(ControlRefused) as refused:
            control.clock.advance(timedelta(days=10**7))
        assert refused.value.status == 422

    def test_settings(self, control: Control) -> None:
        assert control.config.read() == Settings()
        changed = control.config.change(
            pdf=Readiness(polls=1), saft=Readiness(seconds=1.5), fiscal_id="accept", list_lag=2.5
        )
        assert changed == control.config.read()
        assert changed == Settings(
            pdf=Readiness(polls=1), saft=Readiness(seconds=1.5), fiscal_id="accept", list_lag=2.5
        )

    def test_a_setting_may_have_its_form_in_json_and_a_wrong_one_is_refused(self, control: Control) -> None:
        change: Any = control.config.change
        assert change(pdf="immediate", share_capital="5000").pdf == Readiness(polls=1)
        wrong: list[dict[str, Any]] = [
            {"nosuch": 1}, {"share_capital": Decimal("5000.555")}, {"pdf": "soon"}, {"line_decimals": "1"},
        ]  # fmt: skip
        for each in wrong:
            with pytest.raises(ControlRefused, match=next(iter(each))):
                change(**each)
        assert control.config.read().share_capital == Decimal(5000)

    def test_every_setting_can_be_changed(self) -> None:
        assert get_type_hints(SettingChanges) == get_type_hints(Settings)


EACH_EFFECT: Final[tuple[Effect, ...]] = (
    Respond(503, {"errors": []}, {"retry-after": "1"}, applied=True),
    Respond(500),
    HtmlPage(),
    HtmlPage(502, {"server": "nginx"}, applied=False),
    Delay(timedelta(seconds=0.5)),
    Reset("before"),
    CommitLate(timedelta(seconds=3)),
    Truncate(7),
)
FORMS_OF_FAULTS: Final = Path(plane.__file__).parent / "page" / "views" / "faults.js"


class TestFaults:
    def test_each_effect_has_a_class_a_schema_and_a_form(self) -> None:
        assert {type(effect) for effect in EACH_EFFECT} == set(get_args(Effect))
        of_classes = {key for effect in EACH_EFFECT for key in effect.as_json() if key in EFFECT_KEYS}
        schemas = document()["components"]["schemas"]
        of_schemas = [
            name
            for each in schemas["Effect"]["oneOf"]
            for name in schemas[each["$ref"].split("/")[-1]]["required"]
        ]
        forms = re.search(r"^const EFFECTS = \{$(.*?)^\};$", FORMS_OF_FAULTS.read_text("utf-8"), re.M | re.S)
        assert forms is not None
        of_forms = re.findall(r"^  (\w+): \[", forms[1], re.M)
        assert of_classes == set(EFFECT_KEYS)
        assert sorted(of_schemas) == sorted(EFFECT_KEYS)
        assert sorted(of_forms) == sorted(EFFECT_KEYS)

    def test_each_effect_is_taken_and_shown(self, control: Control) -> None:
        effects = EACH_EFFECT
        numbers = [control.faults.add(effect, "createInvoice") for effect in effects]
        found = control.faults.registered()
        assert [each.id for each in found] == numbers
        assert [each.effect for each in found] == [effect.as_json() for effect in effects]
        control.faults.remove(numbers[0])
        assert control.faults.clear() == len(effects) - 1
        assert control.faults.registered() == []
        with pytest.raises(ControlRefused, match="404"):
            control.faults.remove(numbers[0])

    def test_when_and_how_often(self, control: Control) -> None:
        control.faults.add(Respond(500), nth=3, times=None)
        control.faults.add(Respond(500), "listTaxes", probability=0.5, seed=7, times=2)
        first, second = control.faults.registered()
        assert (first.operation, first.when, first.times) == ("*", {"nth": 3}, None)
        assert (second.operation, second.when, second.times) == (
            "listTaxes", {"probability": 0.5, "seed": 7}, 2,
        )  # read by rows # fmt: skip

    def test_one_for_all_accounts(self) -> None:
        with Emulator() as emulator:
            faults = emulator.control.faults
            faults.add(Respond(500), all_accounts=True)
            (found,) = emulator.control.of("demo").faults.registered()
            assert found.account == "*"
            assert faults.clear() == 0
            assert len(faults.registered(all_accounts=True)) == 1
            assert faults.clear(all_accounts=True) == 1

    def test_an_injected_fault_has_to_fire(self, any_api: Any, control: Control) -> None:
        with control.faults.injected(Respond(503), "listTaxes"):
            assert any_api.get("/taxes.json").status_code == 503
        assert any_api.get("/taxes.json").status_code == 200
        with (
            pytest.raises(FaultNotFired, match="at least once; it fired 0 times in 0 requests"),
            control.faults.injected(Respond(503), "listTaxes"),
        ):
            any_api.get("/items.json")
        with (
            pytest.raises(FaultNotFired, match="2 times; it fired 1 times in 1 requests"),
            control.faults.injected(Respond(503), "listTaxes", times=None, expect=2),
        ):
            any_api.get("/taxes.json")
        with control.faults.injected(Respond(503), "listTaxes", nth=2, expect=0):
            any_api.get("/taxes.json")
        assert control.faults.registered() == []

    def test_what_a_block_raises_comes_through(self, control: Control) -> None:
        with pytest.raises(ZeroDivisionError), control.faults.injected(Reset("after"), "createInvoice"):
            raise ZeroDivisionError
        assert control.faults.registered() == []

    def test_an_operation_that_is_none(self, control: Control) -> None:
        with pytest.raises(ControlRefused, match="400: There is no operation 'nada'"):
            control.faults.add(Reset("after"), "nada")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    def test_an_operation_that_is_misspelt(self, control: Control) -> None:
        with pytest.raises(ControlRefused, match=r"'createinvoise'\. Did you mean createInvoice\?"):
            control.requests(operation="createinvoise")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    def test_each_name_of_the_type_is_one(self, control: Control) -> None:
        assert control.operations() == list(get_args(OperationName))
        assert operation_names.FILE.read_text("utf-8") == operation_names.module(), (
            "stale: run `python -m tests.emulator.support.operation_names`"
        )


def mailed(api: Any, to: str, subject: str) -> Any:
    invoice = api.issue()
    message = {"client": {"email": to}, "subject": subject, "body": "Segue."}
    assert api.put(f"/invoices/{invoice['id']}/email-document.json", {"message": message}).is_success
    return invoice


class TestWhatWasSent:
    def test_requests(self, any_api: Any, control: Control) -> None:
        any_api.get("/taxes.json")
        any_api.post("/clients.json", {"client": {"name": ""}})
        listed, refused = control.requests()
        assert (listed.operation, listed.method, listed.path, listed.status) == (
            "listTaxes", "GET", "/taxes.json", 200,
        )  # read by rows # fmt: skip
        assert listed.at.utcoffset() is not None
        assert json.loads(refused.body) == {"client": {"name": ""}}
        assert refused.curl is not None
        assert control.requests(status=422, operation="createClient", since=listed.number, limit=5) == [
            refused
        ]
        assert control.requests(since=refused.number) == []
        assert listed in control.requests(all_accounts=True)

    def test_a_message_is_waited_for(self, any_api: Any, control: Control) -> None:
        mailed(any_api, "outra@example.com", "Outra")
        ready = threading.Event()
        found: list[Any] = []

        def wait() -> None:
            ready.set()
            found.append(control.wait_for_message(to="ana@example.com", subject="atura", timeout=20))

        waiting = threading.Thread(target=wait)
        waiting.start()
        assert ready.wait(20)
        invoice = mailed(any_api, "ana@example.com", "Fatura 1")
        waiting.join(20)
        (message,) = found
        assert (message.to, message.subject, message.document_id) == (
            "ana@example.com", "Fatura 1", invoice["id"],
        )  # read by rows # fmt: skip
        assert control.wait_for_message(document_id=invoice["id"], timeout=0) == message
        assert [each.to for each in control.outbox()] == ["outra@example.com", "ana@example.com"]

    def test_one_that_does_not_come(self, any_api: Any, control: Control) -> None:
        with pytest.raises(TimeoutError, match="in the outbox: nothing"):
            control.wait_for_message(timeout=0)
        mailed(any_api, "outra@example.com", "Outra")
        with pytest.raises(TimeoutError, match=r"in the outbox: 'Outra' to outra@example\.com"):
            control.wait_for_message(to="ana@example.com", timeout=0.1)


class TestBooks:
    def test_documents(self, any_api: Any, control: Control) -> None:
        control.clock.freeze(NOON)
        issued, draft = any_api.issue(reference="R1"), any_api.create("quotes")
        newest, oldest = control.documents()
        assert (newest.id, newest.type, newest.status, newest.number) == (draft["id"], "Quote", "draft", None)
        assert (newest.hash, newest.chain_is_valid, newest.atcud) == (None, None, None)
        assert oldest.number == f"FT {issued['inverted_sequence_number']}"
        assert (oldest.total, oldest.date, oldest.reference) == (Decimal("123.00"), date(2026, 6, 30), "R1")
        assert (oldest.atcud, oldest.chain_is_valid) == (issued["atcud"], True)
        assert oldest.hash is not None
        assert len(oldest.hash) == 4
        assert oldest.pdf is not None
        assert any_api.get(oldest.pdf).content.startswith(b"%PDF-")
        assert control.documents(limit=1) == [newest]
        assert control.documents(limit=1, before=newest.id) == [oldest]

    def test_the_chain_of_a_series_is_checked(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        emulator = Emulator(data=data)

        def chain() -> list[bool | None]:
            with emulator:
                return [each.chain_is_valid for each in emulator.control.documents()]

        with emulator:
            with httpx.Client(base_url=emulator.base_url, params={"api_key": emulator.api_key}) as http:
                for _ in range(3):
                    body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": 1}]}}
                    made = http.post("/invoices.json", json=body).json()["invoice"]
                    state = {"invoice": {"state": "finalized"}}
                    assert http.put(f"/invoices/{made['id']}/change-state.json", json=state).is_success
            second = emulator.control.documents()[1]
        assert chain() == [True] * 3
        with closing(sqlite3.connect(data, isolation_level=None)) as db:
            db.execute("UPDATE documents SET total = total + 1 WHERE id = ?", (second.id,))
        assert chain() == [True, False, True]
        with closing(sqlite3.connect(data, isolation_level=None)) as db:
            db.execute("UPDATE documents SET signature = ? WHERE id = ?", ("A" * 172, second.id))
        assert chain() == [False, False, True]

    def test_deleted_documents_have_no_pdf(self, any_api: Any, control: Control) -> None:
        any_api.changed(any_api.create(), "deleted")
        (gone,) = control.documents()
        assert (gone.status, gone.pdf) == ("deleted", None)

    def test_series(self, any_api: Any, control: Control) -> None:
        any_api.issue()
        (series,) = control.series()
        counters = {each.type: each for each in series.counters}
        assert series.is_default
        assert (counters["invoice"].last_number, counters["quote"].last_number) == (1, 0)
        assert (counters["invoice"].validation_code or "").startswith("EMU")
        assert counters["invoice"].last_date is not None
        assert not counters["fees_note"].needs_registration


class TestConnection:
    @pytest.mark.parametrize("address", ["", "localhost:8080", "ftp://localhost", "http://"])
    def test_what_is_no_address(self, address: str) -> None:
        with pytest.raises(ValueError, match="not an emulator's address"):
            Control(address)

    def test_nobody_there(self) -> None:
        with Emulator() as emulator:
            control = emulator.control
        with pytest.raises(ConnectionRefusedError):
            control.health()

    def test_no_control_plane(self) -> None:
        with Emulator(control_plane=False) as emulator, pytest.raises(ControlRefused) as refused:
            emulator.control.health()
        assert refused.value.status == 501

    def test_no_proxy_is_taken_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        with Emulator() as emulator:
            assert emulator.control.health().status == "ok"

    def test_importing_the_emulator_imports_no_http_client(self) -> None:
        code = (
            "import sys, invoicexpress_emulator;"
            "print('httpx' in sys.modules, [name for name in sys.modules if 'control_client' in name])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False []"

    def test_a_token_is_shown(self) -> None:
        command = [
            sys.executable,
            "-m",
            "invoicexpress_emulator",
            "--port",
            "0",
            "--control-token",
            "segredo",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                base_url = json.loads(process.stdout.readline())["base_url"]
                assert Control(base_url, token="segredo").health().status == "ok"
                for wrong in (None, "errado"):
                    with pytest.raises(ControlRefused, match="401"):
                        Control(base_url, token=wrong).health()
            finally:
                process.terminate()


# Every operation has a method, and every method an operation ----------------------------------------


def saved_saft(control: Control, *period: int) -> bytes:
    """The SAF-T file that the client saved."""
    with tempfile.TemporaryDirectory() as folder:
        path = control.save_saft(Path(folder) / "saft.xml", *period)
        assert list(Path(folder).iterdir()) == [path]
        return path.read_bytes()


CALLS: Final[dict[str, list[Callable[[Control], Any]]]] = {
    "health": [lambda it: it.health()],
    "document": [lambda it: it.document()],
    "accounts": [lambda it: it.accounts()],
    "create_account": [
        lambda it: it.create_account("acme"),
        lambda it: it.create_account(
            "outra", api_key="k", trial=True, partner=False, country="Ireland", language="en"
        ),
    ],
    "snapshot": [lambda it: it.snapshot(), lambda it: it.snapshot("antes", replace=True)],
    "restore": [lambda it: it.restore("antes")],
    "snapshots": [lambda it: it.snapshots()],
    "delete_snapshot": [lambda it: it.delete_snapshot("antes")],
    "documents": [
        lambda it: it.documents(),
        lambda it: it.documents(text="FT", type="Invoice", status="final", serie="A", page=2),
        lambda it: it.documents(date_from=NOON.date(), date_to=NOON.date(), limit=1, before=2),
    ],
    "document_details": [lambda it: it.document_details(2_000_001)],
    "api_key": [lambda it: it.api_key()],
    "figures": [lambda it: it.figures()],
    "series": [lambda it: it.series()],
    "requests": [
        lambda it: it.requests(),
        lambda it: it.requests(operation="getItem", status=404, since=3, limit=9, all_accounts=True),
    ],
    "operations": [lambda it: it.operations()],
    "outbox": [lambda it: it.outbox()],
    "attachment": [lambda it: it.attachment(1)],
    "verify": [lambda it: it.verify(), lambda it: it.verify(all_accounts=True)],
    "warnings": [lambda it: it.warnings(), lambda it: it.warnings(all_accounts=True)],
    "public_key": [lambda it: it.public_key()],
    "ledger": [lambda it: it.ledger()],
    "save_saft": [lambda it: saved_saft(it, 2026), lambda it: saved_saft(it, 2026, NOON.month)],
    "reset": [lambda it: it.reset(), lambda it: it.reset(all_accounts=True)],
    "seed": [lambda it: it.seed(), lambda it: it.seed(7, reset=True)],
    "clock.read": [lambda it: it.clock.read()],
    "clock.now": [lambda it: it.clock.now()],
    "clock.set": [lambda it: it.clock.set(NOON)],
    "clock.advance": [lambda it: it.clock.advance(timedelta(hours=-1))],
    "clock.freeze": [lambda it: it.clock.freeze(), lambda it: it.clock.freeze(NOON)],
    "clock.thaw": [lambda it: it.clock.thaw()],
    "clock.reset": [lambda it: it.clock.reset()],
    "config.read": [lambda it: it.config.read()],
    "config.change": [lambda it: it.config.change(), lambda it: it.config.change(pdf=Readiness(seconds=1))],
    "faults.add": [
        lambda it: it.faults.add(Respond(503, {"a": 1}, {"x": "y"}, applied=True), "createInvoice"),
        lambda it: it.faults.add(HtmlPage(502), nth=2, times=None),
        lambda it: it.faults.add(HtmlPage(), probability=0.5, seed=1, all_accounts=True),
        lambda it: it.faults.add(Delay(timedelta(seconds=0.5))),
        lambda it: it.faults.add(Reset("after")),
        lambda it: it.faults.add(CommitLate()),
        lambda it: it.faults.add(Truncate(3)),
    ],
    "faults.registered": [
        lambda it: it.faults.registered(),
        lambda it: it.faults.registered(all_accounts=True),
    ],
    "faults.remove": [lambda it: it.faults.remove(3)],
    "faults.clear": [lambda it: it.faults.clear(), lambda it: it.faults.clear(all_accounts=True)],
}
COMPOSED: Final = {"of", "wait_for_message", "faults.injected"}
"""Methods that ask through others."""


def public_methods(kind: type, prefix: str = "") -> Iterator[str]:
    for name, member in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_"):
            yield f"{prefix}{name}"
        del member


def is_described(method: str, path: str) -> bool:
    return any((each.method, each.path) == (method, path) for each in described())


class Recording:
    """A connection that checks all its traffic against the document."""

    def __init__(self, base_url: str) -> None:
        self._ask: Ask = Connection(base_url, token=None, timeout=30)
        self.asked: dict[tuple[str, str], int] = {}

    def __call__(
        self, method: str, path: str, sent: Sent | None = None, /, *, into: Sink | None = None
    ) -> Any:
        if not is_described(method, path):
            self.asked[method, path] = 501
            return self._ask(method, path, sent)
        fields = json.loads(json.dumps(dict(sent or {})))
        concrete = path
        for name in [name for name in fields if f"{{{name}}}" in path]:
            concrete = concrete.replace(f"{{{name}}}", quote(str(fields.pop(name)), safe=""))
        operation = find(method, concrete)
        is_post = method == "POST"
        query = "" if is_post else urlencode(fields)
        assert not complaints_of_request(operation, concrete, query, fields if is_post else None)
        answer = self._ask(method, path, sent, into=into)
        (status,) = (int(status) for status in operation.content["responses"] if status.startswith("2"))
        if into is None:
            assert not complaints_of_answer(operation, status, answer)
        else:
            assert "application/json" not in operation.content["responses"][str(status)]["content"]
        self.asked[method, path] = status
        return answer


def called(base_url: str, name: str) -> dict[tuple[str, str], int]:
    """Call a method in all its ways; return its requests and their answers."""
    recording = Recording(base_url)
    control = Control.over(recording)
    for call in CALLS[name]:
        try:
            call(control)
        except ControlRefused as error:
            refused = error.status
        else:
            continue
        assert refused == 501, name
    return recording.asked


class TestDrift:
    def test_every_method_is_called_here(self) -> None:
        methods = {
            *public_methods(control_client.Control),
            *public_methods(control_client.Clock, "clock."),
            *public_methods(control_client.Config, "config."),
            *public_methods(control_client.Faults, "faults."),
        }
        assert methods == CALLS.keys() | COMPOSED

    def test_methods_and_operations_are_the_same(self) -> None:
        """Each method requests one operation, as the document allows, and can read the answer."""
        asked: dict[tuple[str, str], int] = {}
        with Emulator() as emulator:
            emulator.control.clock.freeze(NOON)
            with httpx.Client(base_url=emulator.base_url, params={"api_key": emulator.api_key}) as http:
                body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": 1}]}}
                made = http.post("/invoices.json", json=body).json()["invoice"]
                message = {"message": {"client": {"email": "a@example.com"}}}
                assert http.put(f"/invoices/{made['id']}/email-document.json", json=message).is_success
                state = {"invoice": {"state": "finalized"}}
                assert http.put(f"/invoices/{made['id']}/change-state.json", json=state).is_success
            for name in CALLS:
                of_this_method = called(emulator.base_url, name)
                assert len(of_this_method) == 1, name
                asked |= of_this_method
        there = {(each.method, each.path) for each in described()}
        assert there == {operation for operation, status in asked.items() if status != 501}

    @pytest.mark.parametrize(
        ("kind", "schema"),
        [
            (control_client.Health, "Health"),
            (control_client.AccountInfo, "Account"),
            (control_client.NewAccount, "NewAccount"),
            (control_client.ClockState, "Clock"),
            (control_client.LoggedRequest, "LoggedRequest"),
            (control_client.LoggedAnswer, "LoggedAnswer"),
            (control_client.Figures, "Figures"),
            (control_client.IssuedInMonth, "IssuedInMonth"),
            (control_client.VatOfRate, "VatOfRate"),
            (control_client.OpenItemsOfAge, "OpenItemsOfAge"),
            (control_client.Message, "Message"),
            (control_client.DocumentInfo, "Document"),
            (control_client.DocumentDetails, "DocumentDetails"),
            (control_client.DocumentLine, "DocumentLine"),
            (control_client.DocumentTotals, "DocumentTotals"),
            (control_client.DocumentPayment, "DocumentPayment"),
            (control_client.RelatedDocument, "RelatedDocument"),
            (control_client.ChainPlace, "ChainPlace"),
            (control_client.QrCode, "QrCode"),
            (control_client.VatPart, "VatPart"),
            (control_client.Counter, "Counter"),
            (control_client.SeriesInfo, "Series"),
            (control_client.FaultInfo, "Fault"),
        ],
    )
    def test_the_fields_are_those_of_the_document(self, kind: Any, schema: str) -> None:
        properties = document()["components"]["schemas"][schema]["properties"]
        assert [each.name for each in dataclasses.fields(kind)] == list(properties)


def test_what_is_exported() -> None:
    assert sorted(control_client.__all__) == control_client.__all__
    assert all(hasattr(control_client, name) for name in control_client.__all__)


@pytest.mark.parametrize("make", [control_client.Delay, control_client.CommitLate])
def test_a_span_is_a_timedelta(make: Any) -> None:
    with pytest.raises(TypeError, match=r"expected a timedelta, got 2; write timedelta\(seconds=2\)"):
        make(2)
