"""The same contract always generates the committed bytes, and a failed run leaves the old ones in place.

So every difference in a review is deliberate, and generated code need not be read for hand edits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from generator import __main__ as command
from generator import driver
from generator.header import HEADER

from .support import CONTRACT, IMPORT_PATH, ROOT, SETTINGS, TARGET, contract_of, load_contract

GENERATE: Final = f"""
import sys
sys.path[:0] = {IMPORT_PATH!r}
from pathlib import Path
import yaml
from generator import driver
from generator.header import HEADER
contract = yaml.safe_load(Path({str(CONTRACT)!r}).read_text("utf-8"))
driver.generate(contract, Path({str(SETTINGS)!r}), Path(sys.argv[1]))
"""
SEEDS: Final = ("0", "1", "random")
SMALL: Final = contract_of(schemas="Thing: {type: object, properties: {name: {type: string}}}")


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, except Python's import caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def tree_hash(folder: Path) -> str:
    """One hash over the names and bytes of a folder."""
    whole = sha256()
    for name, content in files(folder).items():
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The package, generated in processes with different hash seeds and working directories."""
    folders = [tmp_path_factory.mktemp(f"seed_{seed}") / "package" for seed in SEEDS]
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", GENERATE, str(folder)],
            cwd=folder.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for seed, folder in zip(SEEDS, folders, strict=True)
    ]
    for process in running:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()
        assert said == b"", "a tool with nothing to report prints nothing"
    return folders


def test_the_order_of_sets_changes_nothing(outputs: list[Path]) -> None:
    assert len({tree_hash(folder) for folder in outputs}) == 1


def test_what_is_committed_is_what_comes_out(outputs: list[Path]) -> None:
    """The committed package has no hand edits."""
    fresh, committed = files(outputs[0]), files(TARGET)
    assert fresh.keys() == committed.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []
    assert tree_hash(outputs[0]) == tree_hash(TARGET)


def test_the_output_names_no_place_and_no_version(outputs: list[Path]) -> None:
    """Otherwise the bytes would depend on the machine."""
    text = b"".join(files(outputs[0]).values())
    for place in (str(ROOT), str(outputs[0].parent), sys.prefix):
        assert place.encode() not in text


def test_every_file_says_where_it_comes_from_and_not_to_edit_it(outputs: list[Path]) -> None:
    """All except py.typed, whose content type checkers read."""
    for word in ("openapi.yaml", "make generate", "Do not edit"):
        assert word in HEADER
    written = {name: content for name, content in files(outputs[0]).items() if name != "py.typed"}
    written["openapi.concrete.yaml"] = (ROOT / "openapi.concrete.yaml").read_bytes()
    assert [name for name, content in written.items() if not content.startswith(HEADER.encode())] == []
    assert [name for name, content in written.items() if content.count(HEADER.encode()) != 1] == []


def test_nothing_is_left_but_the_package(outputs: list[Path]) -> None:
    for folder in outputs:
        assert [path.name for path in folder.parent.iterdir()] == [folder.name]
        assert [path for path in folder.rglob(".*")] == []  # noqa: C416 the failure shows the names
        assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".py", ".typed"}


# --- a failure ------------------------------------------------------------------------------------


def test_a_failure_leaves_the_old_package_in_place(tmp_path: Path) -> None:
    target = tmp_path / "invoicexpress_generated"
    shutil.copytree(TARGET, target, ignore=shutil.ignore_patterns("__pycache__"))
    broken = load_contract()
    broken["components"]["schemas"]["Tax"]["properties"]["value"]["format"] = "money"
    with pytest.raises(driver.GenerationError, match="value: unknown format 'money'"):
        driver.rebuild(broken, SETTINGS, target)
    assert tree_hash(target) == tree_hash(TARGET)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_failing_hook_is_a_failure(tmp_path: Path) -> None:
    """Without ruff the package would be unformatted, and differ on the next machine."""
    settings = tmp_path / "settings.yaml"
    settings.write_text("literal_enums: true\npost_hooks: ['ruff check --no-such-option']\n")
    with pytest.raises(driver.GenerationError, match="ruff failed"):
        driver.generate(SMALL, settings, tmp_path / "package")
    settings.write_text("literal_enums: true\npost_hooks: ['no-such-program .']\n")
    with pytest.raises(driver.GenerationError, match="no-such-program is not in PATH"):
        driver.generate(SMALL, settings, tmp_path / "other")


def test_a_rebuild_replaces_the_whole_package(tmp_path: Path) -> None:
    target = tmp_path / "package"
    (target / "models").mkdir(parents=True)
    (target / "models" / "gone.py").write_text("")
    (target / "__init__.py").write_text("by_hand = True\n")
    driver.rebuild(SMALL, SETTINGS, target)
    assert "models/gone.py" not in files(target)
    assert "models/thing.py" in files(target)
    assert b"by_hand" not in files(target)["__init__.py"]
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_contract_is_not_changed_by_generating_it(tmp_path: Path) -> None:
    """The concrete contract is derived from the same object."""
    contract = load_contract()
    driver.generate(contract, SETTINGS, tmp_path / "package")
    assert contract == load_contract()


# --- `python -m generator --check` ----------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the committed package, to tamper with."""
    target = tmp_path / "invoicexpress_generated"
    shutil.copytree(TARGET, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def test_differences_of_what_is_committed() -> None:
    assert driver.differences(load_contract(), SETTINGS, TARGET) == []


def test_each_kind_of_difference_is_told(copy: Path) -> None:
    (copy / "models" / "tax.py").write_text((copy / "models" / "tax.py").read_text("utf-8") + "\n")
    (copy / "api" / "taxes" / "get_tax.py").unlink()
    (copy / "models" / "extra.py").write_text("")
    (copy / "py.typed").unlink()
    (copy / "models" / "__pycache__").mkdir()
    (copy / "models" / "__pycache__" / "tax.pyc").write_bytes(b"left by an import")
    assert driver.differences(load_contract(), SETTINGS, copy) == [
        "api/taxes/get_tax.py is missing",
        "models/extra.py is not generated",
        "models/tax.py differs",
        "py.typed is missing",
    ]


def test_a_file_of_the_same_size_differs_by_its_bytes(copy: Path) -> None:
    path = copy / "errors.py"
    path.write_bytes(path.read_bytes().replace(b"UnexpectedStatus", b"UnexpectedStatuz"))
    assert path.stat().st_size == (TARGET / "errors.py").stat().st_size
    assert driver.differences(load_contract(), SETTINGS, copy) == ["errors.py differs"]


def test_a_package_that_is_not_there_is_all_missing(tmp_path: Path) -> None:
    found = driver.differences(SMALL, SETTINGS, tmp_path / "nothing")
    assert "__init__.py is missing" in found
    assert all(finding.endswith(" is missing") for finding in found)


def test_the_command_checks_and_writes_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "TARGET", copy)
    assert command.main(["--check"]) == 0
    assert capsys.readouterr() == ("", "")
    (copy / "errors.py").write_text("edited = True\n")
    before = tree_hash(copy)
    assert command.main(["--check"]) == 1
    assert capsys.readouterr() == ("", "errors.py differs: run `make generate` and commit the result\n")
    assert tree_hash(copy) == before


def test_the_command_writes_what_it_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "TARGET", tmp_path / "generated" / "invoicexpress_generated")
    monkeypatch.setattr(command, "CONCRETE", tmp_path / "openapi.concrete.yaml")
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0
    assert tree_hash(command.TARGET) == tree_hash(TARGET)
    assert command.CONCRETE.read_bytes() == (ROOT / "openapi.concrete.yaml").read_bytes()
