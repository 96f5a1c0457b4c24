"""Data files: older ones are migrated, unusable ones are refused with a clear message, and a failing disk is
reported and leaves nothing half-written.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import invoicexpress_emulator
import pytest
from invoicexpress_emulator import Emulator, UnusableDataFile, create_app
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.books.clients import rows as clients
from invoicexpress_emulator.books.clients.client import snapshot
from invoicexpress_emulator.books.documents.issuer import from_stored
from invoicexpress_emulator.storage import migrations
from invoicexpress_emulator.storage.schema import ROWS_OF_ACCOUNT, SCHEMA_VERSION
from invoicexpress_emulator.storage.store import Store

from tests.emulator.support import data_file

KEPT = Path(__file__).parents[1] / "data_files"
"""Files of every released version, as SQL text, and what the emulator that made them had answered."""

SOURCE = str(Path(invoicexpress_emulator.__file__).parent.parent)
PLAIN = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": "10"}]}}
FINALIZED = {"invoice": {"state": "finalized"}}


def client_of(emulator: Emulator, key: str = "demo-key") -> httpx.Client:
    return httpx.Client(base_url=emulator.base_url, params={"api_key": key}, timeout=20)


OLDER = pytest.mark.parametrize("version", range(2, SCHEMA_VERSION))


def of_version(version: int, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.executescript((KEPT / f"version_{version}.sql").read_text(encoding="utf-8"))
    return path


def of_version_2(path: Path) -> Path:
    return of_version(2, path)


def facts_of_version(version: int) -> Any:
    return json.loads((KEPT / f"version_{version}.json").read_text(encoding="utf-8"))


def run(*options: str, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in cases where it must exit by itself."""
    return subprocess.run(
        [*program(largest_file), *options],
        capture_output=True, text=True, timeout=30, env={**os.environ, "PYTHONPATH": SOURCE}, check=False,
    )  # read by rows # fmt: skip


def program(largest_file: int | None = None) -> list[str]:
    """The command; `largest_file` limits the bytes of any file that it writes, simulating a full disk."""
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, {largest_file}))"
    start = "runpy.run_module('invoicexpress_emulator', run_name='__main__')"
    lines = ["import resource, runpy", *([limit] if largest_file else []), start]
    return [sys.executable, "-c", "; ".join(lines), "--port", "0"]


def schema_of(db: sqlite3.Connection) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: re.sub(r'[\s"]+', "", sql) for name, sql in rows}


def rows_in(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own tables


def contents(path: Path) -> list[str]:
    """The full content of a closed data file, as SQL."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


class TestMigration:
    @OLDER
    def test_everything_that_was_answered_is_there_and_numbers_go_on(
        self, tmp_path: Path, version: int
    ) -> None:
        facts, data = facts_of_version(version), of_version(version, tmp_path / "data.db")
        with Emulator(data=data, seed=99) as emulator, client_of(emulator) as client:
            for known in facts["documents"]:
                ((_, found),) = client.get(known["path"], params={"api_key": known["api_key"]}).json().items()
                assert {name: found.get(name) for name in known.keys() - {"api_key", "path"}} == {
                    name: value for name, value in known.items() if name not in {"api_key", "path"}
                }
            for key in ("demo-key", "loja-key"):
                with client_of(emulator, key) as caller:
                    for path, root, name in (
                        ("clients", "clients", "name"),
                        ("items", "items", "name"),
                        ("taxes", "taxes", "name"),
                        ("sequences", "series", "serie"),
                    ):
                        rows = caller.get(f"/{path}.json").json()[path]
                        assert [[row["id"], row[name]] for row in rows] == facts[key][root]
            for name in ("demo", "loja"):
                config = client.get("/_emulator/config", params={"account": name}).json()
                assert {setting: config[setting] for setting in facts[name]["config"]} == facts[name][
                    "config"
                ]
                sent = client.get("/_emulator/outbox", params={"account": name}).json()["messages"]
                # These versions did not show the number.
                assert all(each.pop("document_number") for each in sent)
                assert {"messages": sent} == facts[name]["outbox"]
            assert client.get("/_emulator/clock").json() == facts["clock"]
            assert client.get("/_emulator/health").json()["seed"] == facts["health"]["seed"]

            last = max(
                int(known["sequence_number"].split("/")[0])
                for known in facts["documents"]
                if known["type"] == "Invoice" and known["sequence_number"].endswith("/DEMO")
            )
            known_ids = {known["id"] for known in facts["documents"]}
            for key, expected in (("demo-key", f"{last + 1}/DEMO"), ("loja-key", f"{last + 1}/LOJA")):
                with client_of(emulator, key) as caller:
                    made = caller.post("/invoices.json", json=PLAIN).json()["invoice"]
                    assert made["id"] not in known_ids
                    known_ids.add(made["id"])
                    path = f"/invoices/{made['id']}/change-state.json"
                    issued = caller.put(path, json=FINALIZED).json()["invoice"]
                    assert issued["sequence_number"] == expected
            again = {**PLAIN, "proprietary_uid": "uid-invoices"}
            assert client.post("/invoices.json", json=again).json()["invoice"]["id"] == 2000001

    def test_the_file_for_the_next_version_is_written_whole(self, tmp_path: Path) -> None:
        text = data_file.written(tmp_path)
        assert text.name == f"version_{SCHEMA_VERSION}.sql"
        assert json.loads(text.with_suffix(".json").read_bytes()) == facts_of_version(SCHEMA_VERSION - 1)
        with closing(sqlite3.connect(tmp_path / "data.db")) as db:
            db.executescript(text.read_text(encoding="utf-8"))
            assert migrations.version_of(db) == SCHEMA_VERSION
            tables = schema_of(db)
        with closing(Store(None, seed=0)) as new:
            assert tables == schema_of(new.db)
        with Emulator(data=tmp_path / "data.db") as emulator, client_of(emulator) as client:
            for known in facts_of_version(SCHEMA_VERSION - 1)["documents"]:
                answer = client.get(known["path"], params={"api_key": known["api_key"]})
                assert answer.json().popitem()[1]["id"] == known["id"]

    @OLDER
    def test_it_keeps_the_key_of_its_signatures_and_its_chains_go_on(
        self, tmp_path: Path, version: int
    ) -> None:
        facts, data = facts_of_version(version), of_version(version, tmp_path / "data.db")
        with Emulator(data=data) as emulator, client_of(emulator) as client:
            for restored in (False, True):
                if restored and version > 2:  # the snapshot has its own chains, one document shorter
                    answer = client.post("/_emulator/restore", json={"account": "demo", "name": "antes"})
                    assert answer.status_code == 200, answer.text
                made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
                client.put(f"/invoices/{made['id']}/change-state.json", json=FINALIZED)
                newest = client.get("/_emulator/documents").json()["documents"][0]
                assert (newest["id"], newest["chain_is_valid"]) == (made["id"], True)
                for name in ("demo", "loja"):
                    verified = client.get("/_emulator/verify", params={"account": name}).json()
                    assert [each for each in verified["findings"] if each["rule"] == "signature"] == []
                assert client.get("/_emulator/public_key").json()["public_key"] == facts["public_key"]

    @OLDER
    def test_its_tables_are_those_of_a_new_file_and_every_row_is_kept(
        self, tmp_path: Path, version: int
    ) -> None:
        data = of_version(version, tmp_path / "data.db")
        with closing(sqlite3.connect(data)) as db:
            tables = schema_of(db).keys() & ROWS_OF_ACCOUNT.keys()
            before = {name: rows_in(db, name) for name in tables}
        with closing(Store(data, 0)) as store, closing(Store(None, 0)) as new:
            assert schema_of(store.db) == schema_of(new.db)
            assert migrations.version_of(store.db) == SCHEMA_VERSION
            for name, count in before.items():
                assert rows_in(store.db, name) == count
            assert store.db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
            assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    @OLDER
    def test_issued_documents_have_the_issuer_that_their_account_is(
        self, tmp_path: Path, version: int
    ) -> None:
        data = of_version(version, tmp_path / "data.db")
        with closing(Store(data, 0)) as store:
            rows = store.db.execute(
                "SELECT d.number, d.issuer, a.organization_name AS name FROM documents d "
                "JOIN accounts a ON a.id = d.account_id"
            ).fetchall()
        kept = {row["name"]: from_stored(row["issuer"]).name for row in rows if row["number"] is not None}
        assert len(kept) > 1
        assert all(name == issuer for name, issuer in kept.items())
        assert {row["issuer"] for row in rows if row["number"] is None} == {None}

    @OLDER
    def test_drafts_have_all_of_their_client_and_issued_documents_what_they_had(
        self, tmp_path: Path, version: int
    ) -> None:
        """A draft shows its client as it is now: its copy is as a change of the client would write it."""
        known = {"phone": "+351 210 000 000", "website": "ana.example", "fax": "12"}
        data = of_version(version, tmp_path / "data.db")
        with closing(sqlite3.connect(data)) as db, db:
            db.execute("UPDATE clients SET phone = ?, website = ?, fax = ?", tuple(known.values()))
        with closing(Store(data, 0)) as store:
            read = "SELECT account_id, client_id, client FROM documents WHERE status {} 'draft' ORDER BY id"
            drafts = store.db.execute(read.format("=")).fetchall()
            for row in drafts:
                client = clients.by_id(store.db, row["account_id"], row["client_id"])
                assert client is not None
                assert list(json.loads(row["client"]).items()) == list(snapshot(client).items())
            assert drafts
            assert all(json.loads(row["client"]).items() >= known.items() for row in drafts)
            issued = store.db.execute(read.format("<>")).fetchall()
            assert issued
            assert not any(known.keys() & json.loads(row["client"]).keys() for row in issued)

    def test_the_file_as_it_was_is_kept_beside_it_and_that_is_said(self, tmp_path: Path) -> None:
        data = of_version_2(tmp_path / "livros de 2026.db")
        before = contents(data)
        (tmp_path / "livros de 2026.db.version-2").write_text("de outrem")
        with serving("--data", str(data)) as process:
            process.kill()
            _, errors = process.communicate(timeout=20)
        copy = tmp_path / "livros de 2026.db.version-2.1"
        assert contents(copy) == before
        with closing(sqlite3.connect(copy)) as db:
            assert migrations.version_of(db) == 2
        assert str(copy) in errors
        assert "schema version 2" in errors
        assert (tmp_path / "livros de 2026.db.version-2").read_text() == "de outrem"
        assert not list(tmp_path.glob("*.partial"))
        # Only once: the next start finds the current version.
        Store(data, 0).close()
        assert len(list(tmp_path.glob("*.version-2*"))) == 2

    def test_a_step_that_fails_leaves_the_file_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = of_version_2(tmp_path / "data.db")
        before = contents(data)
        real = migrations.STEPS[2]

        def half_way(db: sqlite3.Connection) -> None:
            real(db)
            db.execute("DELETE FROM clients")
            db.execute("INSERT INTO nowhere VALUES (1)")

        monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, 2: half_way})
        with pytest.raises(UnusableDataFile, match="left as it was: no such table: nowhere"):
            create_app(data=data)
        assert contents(data) == before

        def strays(db: sqlite3.Connection) -> None:
            real(db)
            db.execute("DELETE FROM clients")

        monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, 2: strays})
        with pytest.raises(UnusableDataFile, match=r"left as it was: a row of .* points to a row of clients"):
            create_app(data=data)
        assert contents(data) == before

    def test_no_room_for_the_copy_no_migration(self, tmp_path: Path) -> None:
        data = of_version_2(tmp_path / "data.db")
        before = contents(data)
        done = run("--data", str(data), largest_file=100_000)
        assert_refused(done, str(data), "copied")
        assert contents(data) == before

    def test_every_table_is_an_accounts_or_known_to_be_none(self) -> None:
        with closing(Store(None, 0)) as store:
            tables = {
                row[0] for row in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
        assert tables == ROWS_OF_ACCOUNT.keys() | {"meta", "accounts", "snapshots", "sqlite_sequence"}


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("invoicexpress-emulator: ")
    assert last.endswith(".")
    for each in said:
        assert each in last


def refused(capsys: pytest.CaptureFixture[str], data: str | Path, *said: str) -> None:
    """Check that the command rejects a file at once, with status 2 and a message containing these texts."""
    status = main(["--port", "0", "--data", str(data)])
    out, errors = capsys.readouterr()
    assert_refused(subprocess.CompletedProcess([], status, out, errors), *said)


@contextmanager
def serving(*options: str) -> Generator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*program(), *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCE},
    )  # read by rows # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


def with_documents(path: Path, count: int = 30) -> Path:
    with Emulator(data=path) as emulator, client_of(emulator) as client:
        for _ in range(count):
            made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
            client.put(f"/invoices/{made['id']}/change-state.json", json=FINALIZED)
    return path


class TestRefusal:
    @pytest.mark.parametrize(
        ("version", "age"), [(1, "too old"), (0, "too old"), (SCHEMA_VERSION + 1, "newer")]
    )
    def test_of_a_version_that_is_not_known(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], version: int, age: str
    ) -> None:
        data = tmp_path / "data.db"
        Store(data, 0).close()
        with closing(sqlite3.connect(data)) as db:
            db.execute(f"PRAGMA user_version = {version}")
        before = data.read_bytes()
        refused(capsys, data, str(data), f"schema version {version}", age)
        assert data.read_bytes() == before

    def test_of_a_folder_and_of_what_has_none(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        refused(capsys, tmp_path, str(tmp_path), "is a folder")
        refused(capsys, "", "is a folder")
        missing = tmp_path / "falta" / "data.db"
        refused(capsys, missing, str(missing), "there is no folder")
        refused(capsys, "/dev/null", "/dev/null")
        refused(capsys, tmp_path / ("n" * 300), "cannot be")

    def test_of_text_and_of_other_databases(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = tmp_path / "notas.txt"
        text.write_text("isto não é uma base de dados\n" * 100, encoding="utf-8")
        before = text.read_bytes()
        refused(capsys, text, str(text), "not a database")
        assert text.read_bytes() == before
        foreign = tmp_path / "alheia.db"
        with closing(sqlite3.connect(foreign)) as db:
            db.execute("CREATE TABLE alheia (x)")
        before = foreign.read_bytes()
        refused(capsys, foreign, str(foreign), "not a data file of this emulator")
        assert foreign.read_bytes() == before

    @pytest.mark.parametrize("keep", [0.3, 0.6, 0.97])
    def test_of_a_file_that_was_cut_off(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], keep: float
    ) -> None:
        data = with_documents(tmp_path / "data.db")
        whole = data.read_bytes()
        data.write_bytes(whole[: int(len(whole) * keep)])
        cut = data.read_bytes()
        refused(capsys, data, str(data))
        assert data.read_bytes() == cut

    def test_of_a_file_with_a_broken_page(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data = with_documents(tmp_path / "data.db")
        with closing(sqlite3.connect(data)) as db:
            page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
        broken = bytearray(data.read_bytes())
        broken[(page - 1) * 4096 : (page - 1) * 4096 + 200] = b"\x5a" * 200
        data.write_bytes(broken)
        refused(capsys, data, str(data))
        assert data.read_bytes() == broken

    def test_of_a_second_emulator_on_the_same_file(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        with Emulator(data=data) as emulator, client_of(emulator) as client:
            client.post("/invoices.json", json=PLAIN)
            assert_refused(run("--data", str(data)), str(data), "in use")
            with pytest.raises(UnusableDataFile, match="in use"):
                create_app(data=data)
            assert client.post("/invoices.json", json=PLAIN).status_code == 201
        with Emulator(data=data) as emulator, client_of(emulator) as client:
            assert len(client.get("/invoices.json").json()["invoices"]) == 2

    def test_of_what_may_not_be_written(self) -> None:
        """Root may write anything, so when the tests run as root, the command runs as the user `nobody`."""
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            data = with_documents(folder / "data.db", 1)
            before = data.read_bytes()
            data.chmod(0o444)
            folder.chmod(0o555)
            as_nobody = "import os; os.getuid() or os.setuid(65534); sys.exit(main(sys.argv[1:]))"
            program = f"import sys; from invoicexpress_emulator.__main__ import main; {as_nobody}"
            try:
                for path in (data, folder / "nova.db"):
                    done = subprocess.run(
                        [sys.executable, "-c", program, "--port", "0", "--data", str(path)],
                        capture_output=True, text=True, timeout=30, check=False,
                        env={**os.environ, "PYTHONPATH": SOURCE},
                    )  # read by rows # fmt: skip
                    assert_refused(done, str(path))
            finally:
                folder.chmod(0o755)
            assert data.read_bytes() == before
            assert not (folder / "nova.db").exists()


@pytest.mark.parametrize(
    "name", ["com espaços.db", "livros ação 日本 🧾.db", ":memory:", "file:x.db?mode=memory", "a#b%20c?d.db"]
)
def test_any_name_is_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    for data in (name, Path(name)):
        with Emulator(data=data) as emulator, client_of(emulator) as client:
            assert client.post("/invoices.json", json=PLAIN).status_code == 201
    assert [each.name for each in tmp_path.iterdir()] == [name]
    with Emulator(data=tmp_path / name) as emulator, client_of(emulator) as client:
        assert len(client.get("/invoices.json").json()["invoices"]) == 2


class TestFailingMachine:
    @pytest.mark.parametrize("kept", ["in memory", "in a file"])
    def test_a_full_disk_is_said_and_nothing_is_half_written(self, tmp_path: Path, kept: str) -> None:
        data = None if kept == "in memory" else tmp_path / "data.db"
        with Emulator(data=data) as emulator, client_of(emulator) as client:
            server: Any = emulator
            store: Store = server._running.app.emulation.store
            made = client.post("/invoices.json", json=PLAIN).json()["invoice"]
            pages = store.db.execute("PRAGMA page_count").fetchone()[0]
            store.db.execute(f"PRAGMA max_page_count = {pages + 30}")
            answers = [client.post("/invoices.json", json=big(n)) for n in range(40)]
            failed = [answer for answer in answers if answer.status_code == 500]
            assert failed
            assert {answer.status_code for answer in answers} == {201, 500}
            for answer in failed:
                (sentence,) = answer.json().values()
                assert "database or disk is full" in sentence
                assert "Nothing of this request was kept" in sentence
            refused = client.post("/_emulator/accounts", json={"name": "x" * 63})
            if refused.status_code != 201:
                assert (refused.status_code, refused.json().keys()) == (500, {"error"})
            # Reads still work, acknowledged writes are stored, failed ones are not, and later writes succeed.
            ids = [answer.json()["invoice"]["id"] for answer in answers if answer.status_code == 201]
            listed = client.get("/invoices.json", params={"per_page": 100}).json()["invoices"]
            assert [each["id"] for each in listed] == [made["id"], *ids]
            clients = client.get("/clients.json", params={"per_page": 100}).json()["clients"]
            assert len(clients) == len(listed)
            store.db.execute("PRAGMA max_page_count = 1000000")
            path = f"/invoices/{made['id']}/change-state.json"
            assert client.put(path, json=FINALIZED).json()["invoice"]["sequence_number"] == "1/DEMO"
            assert client.post("/invoices.json", json=big(99)).status_code == 201

    def test_a_disk_that_fails_under_a_running_server(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        Store(data, 0).close()
        process = subprocess.Popen(
            [*program(largest_file=600_000), "--data", str(data)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": SOURCE},
        )  # read by rows # fmt: skip
        kept: list[int] = []
        try:
            assert process.stdout is not None
            base_url = json.loads(process.stdout.readline())["base_url"]
            with httpx.Client(base_url=base_url, params={"api_key": "demo-key"}, timeout=20) as client:
                while (answer := client.post("/invoices.json", json=big(len(kept)))).status_code == 201:
                    kept.append(answer.json()["invoice"]["id"])
                    assert len(kept) < 200
                assert answer.status_code == 500
                assert "The emulator's machine could not keep its data" in answer.json()["error"]
                listed = client.get("/invoices.json", params={"per_page": 100}).json()
                assert listed["pagination"]["total_entries"] == len(kept)
        finally:
            process.kill()
            process.communicate(timeout=20)
        with closing(Store(data, 0)) as store:
            found = [row[0] for row in store.db.execute("SELECT id FROM documents ORDER BY id")]
            assert found == kept
            assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    def test_no_room_at_all_for_a_new_file(self, tmp_path: Path) -> None:
        data = tmp_path / "data.db"
        done = run("--data", str(data), largest_file=10_000)
        assert_refused(done, str(data))
        Store(data, 0).close()


def big(n: int) -> Any:
    items = [{"name": f"i{n}-{line}", "description": "d" * 900, "unit_price": "10"} for line in range(5)]
    return {"invoice": {"client": {"name": f"Cliente {n}"}, "items": items}}
