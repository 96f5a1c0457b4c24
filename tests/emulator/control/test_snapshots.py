"""Snapshots restore an account byte for byte, and leave all other accounts alone."""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator, create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.control import snapshots
from invoicexpress_emulator.control.snapshots import BadSnapshot, NoSnapshot
from invoicexpress_emulator.fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from invoicexpress_emulator.storage.schema import ROWS_OF_ACCOUNT

from tests.emulator.conftest import Api

NOW = "2026-11-21T10:00:00"
SEGMENTS = [row.segment for row in DOCUMENT_TYPES if row.creatable]
LISTS = (
    "/invoices.json", "/estimates.json", "/guides.json", "/purchase_orders.json", "/clients.json",
    "/items.json", "/taxes.json", "/sequences.json",
)  # read by rows # fmt: skip
CONTROL = ("config", "clock", "outbox")
_names = itertools.count(1)


def taken(api: Any, **body: Any) -> Any:
    return api.post("/_emulator/snapshot", {"account": api.name, **body})


def restored(api: Any, **body: Any) -> Any:
    return api.post("/_emulator/restore", {"account": api.name, **body})


def reading(api: Any) -> list[bytes]:
    """Everything that reads of an account show, without changing it."""
    found: list[bytes] = []
    for path in LISTS:
        answer = api.get(path, per_page=30)
        found.append(answer.content)
        rows = next(iter(answer.json().values()))
        for row in rows:
            if path == "/clients.json":
                client = api.get("/clients/find-by-name.json", client_name=row["name"])
                found.append(client.content)
                one = f"/api/v3/clients/{client.json()['client']['id']}"
                found += [api.get(f"{one}/{part}.json").content for part in ("balance", "regularization")]
            elif "status" in row:
                found.append(api.get(f"/document/{row['id']}/related_documents.json").content)
    return [*found, *(api.get(f"/_emulator/{path}", account=api.name).content for path in CONTROL)]


def rows_of(emulator: Emulator, name: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of an account, read from the tables."""
    store = app_of(emulator).emulation.store
    account = accounts.by_name(store.db, name)
    assert account is not None
    return {
        table: sorted(map(tuple, store.db.execute(f"SELECT * FROM {table} WHERE {condition}",  # noqa: S608 - own constants
                                                  {"account": account.id})), key=repr)
        for table, condition in ROWS_OF_ACCOUNT.items()
    }  # read by rows # fmt: skip


# Random lives ---------------------------------------------------------------------------------------


def app_of(emulator: Any) -> EmulatorApp:
    """The application of a running emulator, to read its tables beside the API."""
    app: EmulatorApp = emulator._running.app
    return app


class Writer:
    """Sends requests chosen by a word and a number; any answer will do, refusals included."""

    def __init__(self, emulator: Emulator, api: Api) -> None:
        self.api = api
        self.db = app_of(emulator).emulation.store.db

    def write(self, kind: str, n: int) -> tuple[int, bytes]:
        answer: httpx.Response = REQUESTS[kind](self, n)
        if kind == "reset":
            self.api.freeze(NOW)
        return answer.status_code, answer.content

    def one_of(self, table: str, n: int) -> Any:
        rows = self.db.execute(
            f"SELECT * FROM {table} WHERE account_id = (SELECT id FROM accounts WHERE name = ?) ORDER BY id",  # noqa: S608 - own constants
            (self.api.name,),
        ).fetchall()
        return rows[n % len(rows)] if rows else {"id": 1, "type": "Invoice"}

    def create(self, n: int) -> httpx.Response:
        segment = SEGMENTS[n % len(SEGMENTS)]
        body = self.api.plain(client={"name": f"Cliente {n % 3}", "code": f"C{n % 3}"}, reference=str(n))
        sent = {self.api.root_of(segment): body, "proprietary_uid": f"u{n % 7}"}
        return self.api.post(f"/{segment}.json", sent)

    def change(self, n: int, verb: str) -> httpx.Response:
        return self.on_document(n, "change-state", lambda root: {root: {"state": verb, "message": "m"}})

    def on_document(self, n: int, what: str, body: Callable[[str], Any]) -> httpx.Response:
        document = self.one_of("documents", n)
        segment = BY_NAME[document["type"]].segment
        path = f"/{segment}/{document['id']}/{what}.json"
        return self.api.put(path, body(self.api.root_of(segment)))

    def credit(self, n: int) -> httpx.Response:
        owner = self.one_of("documents", n)["id"]
        body = self.api.plain(owner_invoice_id=owner, items=[{"name": "x", "unit_price": n}])
        return self.api.post("/credit_notes.json", {"credit_note": body})

    def of_client(self, n: int, what: str) -> str:
        return f"/api/v3/clients/{self.one_of('clients', n)['id']}/{what}.json"


def _put(what: str, body: Callable[[int], Any]) -> Callable[[Writer, int], httpx.Response]:
    return lambda w, n: w.on_document(n, what, lambda root: body(n))


REQUESTS: dict[str, Callable[[Writer, int], httpx.Response]] = {
    "create": Writer.create,
    "finalize": lambda w, n: w.change(n, "finalized"),
    "settle": lambda w, n: w.change(n, "settled"),
    "cancel": lambda w, n: w.change(n, "canceled"),
    "delete": lambda w, n: w.change(n, "deleted"),
    "accept": lambda w, n: w.change(n, "accepted"),
    "pay": lambda w, n: w.api.pay(w.one_of("documents", n), n + 1),
    "credit": Writer.credit,
    "mail": _put(
        "email-document", lambda n: {"message": {"client": {"email": f"a{n}@b.pt", "save": str(n % 2)}}}
    ),
    "archive": _put("archive", lambda n: None),
    "client": lambda w, n: w.api.post("/clients.json", {"client": {"name": f"Novo {n}"}}),
    "tax": lambda w, n: w.api.post(
        "/taxes.json", {"tax": {"name": f"T{n}", "value": str(n), "region": "PT"}}
    ),
    "series": lambda w, n: w.api.post(
        "/sequences.json", {"sequence": {"serie": f"S{n}", "default_sequence": "1"}}
    ),
    "item": lambda w, n: w.api.post("/items.json", {"item": {"name": f"I{n}", "unit_price": str(n)}}),
    "drop_item": lambda w, n: w.api.delete(f"/items/{w.one_of('items', n)['id']}.json"),
    "drop_client": lambda w, n: w.api.delete(f"/clients/{w.one_of('clients', n)['id']}.json"),
    "drop_tax": lambda w, n: w.api.delete(f"/taxes/{w.one_of('taxes', n)['id']}.json"),
    "balance": lambda w, n: w.api.put(
        w.of_client(n, "initial_balance"), {"initial_balance": {"value": str(n), "date": "2020-01-01"}}
    ),
    "write_off": lambda w, n: w.api.post(
        w.of_client(n, "regularization"), {"regularization": {"value": "0.5", "date": "2026-01-01"}}
    ),
    "movement": lambda w, n: w.api.post(
        w.of_client(n, "treasury_movements"),
        {"treasury_movement": {"movement_type": "Payment", "value": n, "date": "2026-11-21"}},
    ),
    "pdf": lambda w, n: w.api.get(f"/api/pdf/{w.one_of('documents', n)['id']}.json"),
    "saft": lambda w, n: w.api.get("/api/export_saft.json", year=2026, month=11),
    "config": lambda w, n: w.api.post("/_emulator/config", {"account": w.api.name, "pdf": {"polls": n + 1}}),
    "advance": lambda w, n: w.api.post("/_emulator/clock", {"account": w.api.name, "advance": n * 3600}),
    "reset": lambda w, n: w.api.post("/_emulator/reset", {"account": w.api.name}),
}  # read by rows # fmt: skip
WRITES = st.lists(
    st.tuples(
        st.sampled_from(("create", "create", "create", "finalize", "finalize", *REQUESTS)), st.integers(0, 50)
    ),
    max_size=30,
)


@contextmanager
def new_account(emulator: Emulator) -> Generator[Api]:
    name = f"snapshot-{next(_names)}"
    answer = httpx.post(f"{emulator.base_url}/_emulator/accounts", json={"name": name})
    api = Api(emulator.base_url, name, answer.json()["api_key"])
    with closing(api.http):
        api.freeze(NOW)
        yield api


@contextmanager
def default_account(emulator: Emulator) -> Generator[Api]:
    api = Api(emulator.base_url, "demo", "demo-key")
    with closing(api.http):
        yield api


class TestLaws:
    @settings(max_examples=20)
    @given(before=WRITES, after=WRITES, profile=st.sampled_from(("observed", "documented")))
    def test_after_a_restore_all_is_read_as_before(
        self, servers: dict[str, Emulator], before: Any, after: Any, profile: str
    ) -> None:
        emulator = servers[profile]
        with new_account(emulator) as api:
            writer = Writer(emulator, api)
            for each in before:
                writer.write(*each)
            assert taken(api, name="antes").status_code == 201
            rows, read = rows_of(emulator, api.name), reading(api)
            for each in after:
                writer.write(*each)
            assert restored(api, name="antes").status_code == 200
            assert rows_of(emulator, api.name) == rows
            assert reading(api) == read

    @settings(max_examples=15)
    @given(before=WRITES, after=WRITES, between=WRITES)
    def test_the_same_writes_get_the_same_answers_whatever_others_do(
        self, servers: dict[str, Emulator], before: Any, after: Any, between: Any
    ) -> None:
        emulator = servers["observed"]
        with new_account(emulator) as api, new_account(emulator) as neighbour:
            writer, other = Writer(emulator, api), Writer(emulator, neighbour)
            for each in before:
                writer.write(*each)
            taken(api, name="x")
            first = [writer.write(*each) for each in after]
            for each in between:
                other.write(*each)
            untouched = rows_of(emulator, neighbour.name)
            restored(api, name="x")
            again = [writer.write(*each) for each in after]
            assert again == first
            assert rows_of(emulator, neighbour.name) == untouched


# Examples -------------------------------------------------------------------------------------------


class TestRestore:
    def test_ids_numbers_codes_and_signatures_repeat(self, any_api: Any) -> None:
        any_api.freeze(NOW)
        any_api.issue()
        taken(any_api, name="um")
        first = any_api.issue()
        restored(any_api, name="um")
        assert any_api.get(f"/invoices/{first['id']}.json").status_code == 404
        again = any_api.issue()
        assert again == first
        assert again["sequence_number"].startswith("2/")

    def test_settings_and_a_stopped_clock_come_back(self, api: Any) -> None:
        api.freeze("2030-05-06T07:08:09")
        api.control("config", pdf="immediate", list_lag={"seconds": 0})
        taken(api, name="s")
        api.control("clock", advance=1_000_000)
        api.control("config", pdf={"polls": 5})
        restored(api, name="s")
        assert api.get("/_emulator/clock", account=api.name).json() == {
            "now": "2030-05-06T07:08:09+01:00", "frozen": True,
        }  # read by rows # fmt: skip
        assert api.get("/_emulator/config", account=api.name).json()["pdf"] == "immediate"

    def test_key_and_name_stay_those_of_the_account(self, api: Any) -> None:
        taken(api, name="s")
        restored(api, name="s")
        assert api.get("/invoices.json").status_code == 200

    def test_polls_go_on_from_where_they_were(self, api: Any) -> None:
        invoice = api.issue()
        assert api.get(f"/api/pdf/{invoice['id']}.json").status_code == 202
        taken(api, name="s")
        for _ in range(2):
            assert api.get(f"/api/pdf/{invoice['id']}.json").status_code == 200
            restored(api, name="s")

    def test_it_survives_a_reset_and_can_be_put_back_again(self, api: Any) -> None:
        invoice = api.issue()
        taken(api, name="s")
        for _ in range(2):
            api.control("reset")
            assert api.get("/invoices.json").json()["invoices"] == []
            restored(api, name="s")
            assert api.read(invoice) == invoice

    def test_others_never_get_an_id_that_a_snapshot_holds(self, api: Any, other: Any) -> None:
        other.freeze(NOW)
        held = [api.issue()["id"] for _ in range(3)]
        series = api.get("/sequences.json").json()["sequences"][0]["id"]
        taken(api, name="s")
        api.control("reset")
        theirs = [other.issue()["id"] for _ in range(9)]
        made = other.post("/sequences.json", {"sequence": {"serie": "NOVA"}}).json()
        assert not {*held} & {*theirs}
        assert other.only(made)["id"] != series
        before = reading(other)
        assert restored(api, name="s").status_code == 200
        assert [each["id"] for each in api.get("/invoices.json").json()["invoices"]] == held
        assert reading(other) == before

    def test_faults_and_late_writes_are_forgotten_as_by_a_reset(self, api: Any) -> None:
        taken(api, name="s")
        api.control("faults", operation="*", effect={"status": 503}, times=None)
        restored(api, name="s")
        assert api.get("/invoices.json").status_code == 200

    def test_nothing_lags_in_lists_afterwards(self, api: Any) -> None:
        api.freeze(NOW)
        api.control("config", list_lag={"seconds": 60})
        invoice = api.issue()
        assert api.get("/invoices.json").json()["invoices"] == []
        taken(api, name="s")
        restored(api, name="s")
        assert [each["id"] for each in api.get("/invoices.json").json()["invoices"]] == [invoice["id"]]

    def test_all_accounts_at_once(self) -> None:
        with Emulator() as emulator, new_account(emulator) as one, new_account(emulator) as two:
            kept = one.issue(), two.issue()
            answer = one.post("/_emulator/snapshot", {"account": "*", "name": "todas"})
            assert answer.json() == {"name": "todas", "accounts": ["demo", one.name, two.name]}
            with new_account(emulator) as later:
                born_later = later.issue()
                one.issue()
                two.control("reset")
                assert one.post("/_emulator/restore", {"account": "*", "name": "todas"}).json() == {
                    "name": "todas", "accounts": ["demo", one.name, two.name],
                }  # read by rows # fmt: skip
                assert later.read(born_later) == born_later
            for api, invoice in zip((one, two), kept, strict=True):
                found = api.get("/invoices.json").json()["invoices"]
                assert [each["id"] for each in found] == [invoice["id"]]
            assert one.post("/_emulator/restore", {"account": "*", "name": "nada"}).status_code == 404


class TestNames:
    def test_one_is_found_where_none_is_sent(self, api: Any) -> None:
        assert [taken(api).json()["name"] for _ in range(3)] == ["snapshot-1", "snapshot-2", "snapshot-3"]
        api.http.delete("/_emulator/snapshots", params={"account": api.name, "name": "snapshot-2"})
        assert taken(api).json()["name"] == "snapshot-2"

    def test_they_are_listed_and_deleted(self, api: Any, other: Any) -> None:
        api.freeze(NOW)
        api.issue()
        taken(api, name="b")
        taken(api, name="a")
        taken(other, name="a")
        listed = api.get("/_emulator/snapshots", account=api.name).json()["snapshots"]
        assert [(each["name"], each["documents"]) for each in listed] == [("a", 1), ("b", 1)]
        assert listed[0]["taken_at"] == "2026-11-21T10:00:00+00:00"
        assert listed[0]["bytes"] > 0
        query = {"account": api.name, "name": "a"}
        assert api.http.delete("/_emulator/snapshots", params=query).json() == {"deleted": 1}
        assert api.http.delete("/_emulator/snapshots", params=query).status_code == 404
        assert restored(api, name="a").status_code == 404
        assert restored(other, name="a").status_code == 200
        assert api.http.delete("/_emulator/snapshots", params={"account": api.name}).json() == {"deleted": 1}
        assert len(other.get("/_emulator/snapshots", account=other.name).json()["snapshots"]) == 1

    def test_one_of_another_account_is_not_there(self, api: Any, other: Any) -> None:
        taken(api, name="minha")
        assert restored(other, name="minha").status_code == 404

    def test_a_second_of_a_name_has_to_be_asked_for(self, api: Any) -> None:
        taken(api, name="s")
        invoice = api.issue()
        refused = taken(api, name="s")
        assert refused.status_code == 409
        assert "already" in refused.json()["error"]
        assert taken(api, name="s", replace=True).status_code == 201
        restored(api, name="s")
        assert api.read(invoice)["id"] == invoice["id"]

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "/etc/passwd", "a b", "ção 日本", "'; DROP TABLE x; --", "%"]
    )
    def test_any_text_is_a_name_and_none_a_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with Emulator(data=tmp_path / "data.db") as emulator:
            with new_account(emulator) as api:
                assert taken(api, name=name).json()["name"] == name
                assert restored(api, name=name).status_code == 200
                listed = api.get("/_emulator/snapshots", account=api.name).json()["snapshots"]
                names = [each["name"] for each in listed]
                assert names == [name]
                query = {"account": api.name, "name": name}
                assert api.http.delete("/_emulator/snapshots", params=query).json() == {"deleted": 1}
            assert {each.name.removesuffix("-wal") for each in tmp_path.iterdir()} == {"data.db"}

    @pytest.mark.parametrize("name", ["", "   ", "a\nb", "\x00", "n" * 101, 1, True, ["a"], {}])
    def test_what_is_no_name(self, api: Any, name: Any) -> None:
        assert taken(api, name=name).status_code == 422
        assert restored(api, name=name).status_code in {404, 422}
        assert restored(api).status_code == 422

    def test_there_is_an_end_to_them(self, api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(snapshots, "MOST", 2)
        assert [taken(api).status_code for _ in range(3)] == [201, 201, 409]
        monkeypatch.setattr(snapshots, "MOST", 100)
        monkeypatch.setattr(snapshots, "LARGEST_TOTAL", 100)
        refused = taken(api)
        assert refused.status_code == 409
        assert "100 bytes" in refused.json()["error"]
        assert len(api.get("/_emulator/snapshots", account=api.name).json()["snapshots"]) == 2


class TestWhereTheyAre:
    def test_in_the_data_file_they_survive_a_restart(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        with Emulator(data=data) as emulator, default_account(emulator) as api:
            api.freeze(NOW)
            invoice = api.issue()
            taken(api, name="s")
            after = api.issue()
        with Emulator(data=data) as emulator, default_account(emulator) as api:
            assert restored(api, name="s").status_code == 200
            assert [each["id"] for each in api.get("/invoices.json").json()["invoices"]] == [invoice["id"]]
            again = api.issue()
            assert again["id"] == after["id"]
            assert again["saft_hash"] == after["saft_hash"]

    def test_no_key_is_in_one(self) -> None:
        app = create_app()
        emulation = app.emulation
        with emulation.store.transaction() as db:
            account = accounts.by_name(db, "demo")
            assert account is not None
            snapshots.take(emulation, account, "s")
            content = db.execute("SELECT content FROM snapshots").fetchone()[0]
        app.close()
        assert b"demo-key" not in zlib.decompress(content)

    def test_one_that_an_older_version_took_is_migrated(self) -> None:
        """The rows of an account from version 2, stored as a snapshot."""
        text = (Path(__file__).parents[1] / "data_files" / "version_2.sql").read_text(encoding="utf-8")
        with closing(sqlite3.connect(":memory:")) as old:
            old.executescript(text)
            old.execute("PRAGMA foreign_keys = OFF")
            account_id = old.execute("SELECT id FROM accounts WHERE name = 'demo'").fetchone()[0]
            numbered = old.execute(
                "SELECT id, number FROM documents WHERE account_id = ? ORDER BY id", (account_id,)
            ).fetchall()
            for table, condition in reversed(ROWS_OF_ACCOUNT.items()):
                if table != "counters":
                    old.execute(
                        f"DELETE FROM {table} WHERE NOT ({condition})",  # noqa: S608 - own constants
                        {"account": account_id},
                    )
            old.execute("DELETE FROM accounts WHERE id <> ?", (account_id,))
            old.commit()
            content = zlib.compress(old.serialize())
        app = create_app()
        emulation = app.emulation
        with emulation.store.transaction() as db:
            account = accounts.by_name(db, "demo")
            assert account is not None
            assert account.id == account_id
            db.execute("INSERT INTO snapshots VALUES (?, 'velha', '2026-01-01', 0, ?)", (account.id, content))
            snapshots.restore(emulation, account, "velha")
        found = app.emulation.store.db.execute("SELECT id, number FROM documents ORDER BY id").fetchall()
        assert [tuple(row) for row in found] == numbered
        account = accounts.by_name(app.emulation.store.db, "demo")
        assert account is not None
        assert account.settings.saft.seconds == 5.0
        app.close()


class TestInPython:
    @pytest.fixture
    def emulator(self) -> Iterator[Emulator]:
        with Emulator(control_plane=False) as emulator:
            yield emulator

    def test_it_needs_no_control_plane(self, emulator: Emulator) -> None:
        with default_account(emulator) as api:
            invoice = api.issue()
            assert (emulator.snapshot(), emulator.snapshot(), emulator.snapshot("s")) == (
                "snapshot-1",
                "snapshot-2",
                "s",
            )
            api.issue()
            emulator.restore("s")
            assert [each["id"] for each in api.get("/invoices.json").json()["invoices"]] == [invoice["id"]]
            assert emulator.snapshot("s") == "s"

    def test_what_is_not_there_is_said(self, emulator: Emulator) -> None:
        with pytest.raises(NoSnapshot, match="There is no snapshot 'x' of 'demo'"):
            emulator.restore("x")
        with pytest.raises(BadSnapshot, match="printable"):
            emulator.snapshot("")
        with pytest.raises(LookupError, match="no account 'x'"):
            emulator.snapshot(account="x")
        stopped = Emulator()
        with pytest.raises(RuntimeError, match="not running"):
            stopped.snapshot()
