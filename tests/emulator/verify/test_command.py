"""The command that checks a data file."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.__main__ import main

from tests.emulator.support.busy_books import NAME, QUOTE, one


class TestCommand:
    def test_books_that_are_right(self, books: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = sorted(books.parent.iterdir()), books.read_bytes()
        assert main(["verify", str(books)]) == 0
        assert capsys.readouterr().out == "no findings\n"
        assert (sorted(books.parent.iterdir()), books.read_bytes()) == before

    def test_books_that_are_not(
        self, db: sqlite3.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        row = one(db, QUOTE)
        db.execute("UPDATE documents SET sum = sum + 1 WHERE id = ?", (row["id"],))
        db.commit()
        with closing(sqlite3.connect(tmp_path / "a%20b?.db")) as file:
            db.backup(file)
        assert main(["verify", str(tmp_path / "a%20b?.db")]) == 1
        assert capsys.readouterr().out == (
            f"{NAME}: totals (Despacho 8632/2014, 3.2.3): OR {row['serie']}/1: "
            f"sum is {(row['sum'] + 1) / 100:.2f} and should be {row['sum'] / 100:.2f}.\n"
        )

    def test_while_an_emulator_runs(
        self, tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "books.db"
        with Emulator(data=path) as server:
            api = caller(server.base_url, "demo", "demo-key")
            with api.http:
                api.issue()
                assert main(["verify", str(path)]) == 2
                assert "in use by a running emulator: ask that one" in capsys.readouterr().err
        assert main(["verify", str(path)]) == 0
        assert capsys.readouterr().out == "no findings\n"

    def test_after_a_crash(self, tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "books.db"
        command = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--data", str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            try:
                assert server.stdout is not None
                api = caller(json.loads(server.stdout.readline())["base_url"], "demo", "demo-key")
                with api.http:
                    api.issue()
            finally:
                server.kill()
        assert path.with_name("books.db-wal").exists()
        assert main(["verify", str(path)]) == 0
        assert capsys.readouterr().out == "no findings\n"

    def test_what_is_no_data_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text, other = tmp_path / "a.txt", tmp_path / "other.db"
        text.write_text("olá " * 1000)
        with closing(sqlite3.connect(other)) as db:
            db.execute("CREATE TABLE t (x)")
        for path in (text, other, tmp_path / "nada.db"):
            assert main(["verify", str(path)]) == 2
            assert str(path) in capsys.readouterr().err
        assert not (tmp_path / "nada.db").exists()

    def test_another_version(
        self, db: sqlite3.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db.execute("PRAGMA user_version = 1")
        with closing(sqlite3.connect(tmp_path / "old.db")) as file:
            db.backup(file)
        assert main(["verify", str(tmp_path / "old.db")]) == 2
        assert "has schema version 1" in capsys.readouterr().err
