"""Monthly and yearly files from the control plane, its client and the command line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.control_client import Control, ControlRefused

from tests import saft_schema
from tests.emulator.support.saft_file import File

DAYS = ["2025-12-31", "2026-10-31", "2026-11-01"]


def live(api: Any) -> list[str]:
    """Issue an invoice on each of the days; return their numbers."""
    made: list[str] = []
    for day in DAYS:
        api.freeze(f"{day}T10:00:00")
        made.append(f"FT {api.issue()['inverted_sequence_number']}")
    return made


def numbers(content: bytes) -> list[str]:
    assert saft_schema.errors(content) == []
    return [number for number, _ in File(content).every()]


class TestControlPlane:
    def ask(self, api: Any, **query: Any) -> httpx.Response:
        answer = api.get("/_emulator/saft", **{"account": api.name, **query})
        assert isinstance(answer, httpx.Response)
        return answer

    def test_a_month_or_a_year_at_once(self, any_api: Any) -> None:
        made = live(any_api)
        for query, expected, name in (
            ({"year": 2025}, made[:1], "2025"),
            ({"year": 2026}, made[1:], "2026"),
            ({"year": 2026, "month": 10}, made[1:2], "2026-10"),
            ({"year": "2026", "month": "11"}, made[2:], "2026-11"),
        ):
            answer = self.ask(any_api, **query)
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == "application/xml"
            assert answer.headers["content-disposition"] == (
                f'attachment; filename="SAFT-PT_599999993_{name}.xml"'
            )
            assert numbers(answer.content) == expected

    def test_a_month_is_what_the_api_gives(self, any_api: Any) -> None:
        live(any_api)
        assert self.ask(any_api, year=2026, month=11).content == File.of(any_api, 11).content

    @pytest.mark.parametrize("query", [{"year": 2024}, {"year": 2026, "month": 9}, {"year": 9999}])
    def test_nothing_to_export(self, api: Any, query: dict[str, int]) -> None:
        live(api)
        answer = self.ask(api, **query)
        name = f"{query['year']}" + (f"-{query['month']:02}" if "month" in query else "")
        assert (answer.status_code, answer.json()) == (
            404,
            {"error": f"The account {api.name!r} issued nothing to export in {name}."},
        )

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({}, "requires year"), ({"year": "x"}, '"year" must be'), ({"year": 1999}, '"year" must be'),
            ({"year": 2026, "month": 0}, '"month" must be'), ({"year": 2026, "month": 13}, '"month" must be'),
            ({"year": 2026, "account": "*"}, "one account"),
        ],
    )  # read by rows # fmt: skip
    def test_what_is_no_period(self, api: Any, query: dict[str, Any], words: str) -> None:
        answer = self.ask(api, **query)
        assert answer.status_code == 422
        assert words in answer.json()["error"]

    def test_no_such_account_and_one_abroad(self, api: Any) -> None:
        assert self.ask(api, year=2026, account="ninguem").status_code == 404
        abroad = {"name": f"{api.name}-ie", "country": "Ireland"}
        assert api.post("/_emulator/accounts", abroad).status_code == 201
        answer = self.ask(api, year=2026, account=f"{api.name}-ie")
        assert (answer.status_code, "not in Portugal" in answer.text) == (404, True)

    def test_a_trial_account_sees_its_books_here(self, api: Any, caller: Any) -> None:
        """The service refuses; the control plane exists for tests and does not."""
        name = f"{api.name}-t"
        made = api.post("/_emulator/accounts", {"name": name, "trial": True}).json()
        trial = caller(str(api.http.base_url), name, made["api_key"])
        with trial.http:
            trial.freeze("2026-11-05T10:00:00")
            trial.issue()
            assert trial.get("/api/export_saft.json", year=2026, month=11).status_code == 422
            assert len(numbers(self.ask(trial, year=2026).content)) == 1

    def test_the_client_saves_it(self, any_api: Any, tmp_path: Path) -> None:
        made = live(any_api)
        control = Control(str(any_api.http.base_url), account=any_api.name)
        path = control.save_saft(tmp_path / "ano.xml", 2026)
        assert path == tmp_path / "ano.xml"
        assert numbers(path.read_bytes()) == made[1:]
        assert numbers(control.save_saft(str(path), 2026, 10).read_bytes()) == made[1:2]
        with pytest.raises(ControlRefused, match=r"404: .* issued nothing to export in 2024"):
            control.save_saft(tmp_path / "nada.xml", 2024)
        assert list(tmp_path.iterdir()) == [path]


class TestCommand:
    @pytest.fixture
    def books(self, tmp_path: Path, caller: Any) -> tuple[Path, list[str]]:
        path = tmp_path / "livros" / "books.db"
        path.parent.mkdir()
        with Emulator(data=path) as server:
            api = caller(server.base_url, "demo", "demo-key")
            with api.http:
                return path, live(api)

    def test_to_a_file(self, books: tuple[Path, list[str]], tmp_path: Path) -> None:
        path, made = books
        before, output = path.read_bytes(), tmp_path / "saft.xml"
        for period, expected in (
            (["--year", "2026"], made[1:]),
            (["--year", "2026", "--month", "11"], made[2:]),
            (["--year", "2025", "--account", "demo"], made[:1]),
        ):
            assert main(["saft", str(path), *period, "--output", str(output)]) == 0
            assert numbers(output.read_bytes()) == expected
        assert path.read_bytes() == before
        assert [*path.parent.iterdir()] == [path]
        assert sorted(tmp_path.iterdir()) == [path.parent, output]

    def test_to_standard_output(self, books: tuple[Path, list[str]]) -> None:
        path, made = books
        command = [sys.executable, "-m", "invoicexpress_emulator", "saft", str(path), "--year", "2026"]
        done = subprocess.run(command, capture_output=True, check=True)
        assert numbers(done.stdout) == made[1:]
        assert done.stderr == b""

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--year", "2024"], "issued nothing to export in 2024"),
            (["--year", "1999"], "the year must be from 2000 to 9999, not 1999"),
            (["--year", "2026", "--month", "13"], "the month must be from 1 to 12, not 13"),
            (["--year", "2026", "--account", "ninguem"], "no account 'ninguem'"),
        ],
    )
    def test_nothing_to_export(
        self, books: tuple[Path, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str],
        arguments: list[str], words: str,
    ) -> None:  # read by rows # fmt: skip
        output = tmp_path / "saft.xml"
        assert main(["saft", str(books[0]), *arguments, "--output", str(output)]) == 1
        assert words in capsys.readouterr().err
        assert not output.exists()

    def test_what_is_no_data_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        other = tmp_path / "other.db"
        with closing(sqlite3.connect(other)) as db:
            db.execute("CREATE TABLE t (x)")
        for path in (other, tmp_path / "nada.db"):
            assert main(["saft", str(path), "--year", "2026"]) == 2
            assert str(path) in capsys.readouterr().err

    def test_while_an_emulator_runs(
        self, tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "books.db"
        with Emulator(data=path) as server:
            api = caller(server.base_url, "demo", "demo-key")
            with api.http:
                api.issue()
                assert main(["saft", str(path), "--year", "2026"]) == 2
        assert "ask that one, at /_emulator/saft" in capsys.readouterr().err

    def test_where_nothing_can_be_written(
        self, books: tuple[Path, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output = tmp_path / "nada" / "saft.xml"
        assert main(["saft", str(books[0]), "--year", "2026", "--output", str(output)]) == 2
        assert f"{output} cannot be written" in capsys.readouterr().err
